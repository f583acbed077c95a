-- Instants are microseconds since 1970, UTC. Booleans are 0 and 1.

CREATE TABLE call (
    -- In the order in which calls were saved first. No call is ever deleted, so none is given out twice.
    seq         integer PRIMARY KEY,
    -- UUID version 7 as text: rows and index entries are only ever appended at the end.
    id          text NOT NULL UNIQUE,
    version     integer NOT NULL,
    provider    text NOT NULL,
    provider_id text NOT NULL,
    line        text NOT NULL,
    number      integer,
    customer    integer,
    started     integer NOT NULL,
    ended       integer,
    outcome     text,
    wake        integer,
    recent      integer NOT NULL,
    doc         text NOT NULL
);
-- Only live and recent calls are in these, so they stay small however long the history grows. None has
-- the providers' ids for its key: they come in no order, and each would cost a page of its own to write.
-- Whoever looks for one has the recent ones in memory.
CREATE INDEX call_recent ON call (seq) WHERE recent = 1;
CREATE INDEX call_wake ON call (wake) WHERE ended IS NULL;
CREATE INDEX call_forgettable ON call (ended) WHERE recent = 1 AND ended IS NOT NULL;

-- The history of one number and of one customer. A call is entered when it is recent no longer, two days after
-- its end, so that no call waits for this.
CREATE INDEX call_of_number ON call (number, id) WHERE recent = 0 AND number IS NOT NULL;
CREATE INDEX call_of_customer ON call (customer, id) WHERE recent = 0 AND customer IS NOT NULL;

-- What staff have written about a call.
CREATE TABLE call_note (
    call    text PRIMARY KEY NOT NULL,
    note    text NOT NULL,
    written integer NOT NULL,
    by      text NOT NULL
) WITHOUT ROWID;

CREATE TABLE engaged (
    staff text PRIMARY KEY NOT NULL,
    call  text NOT NULL,
    since integer NOT NULL
) WITHOUT ROWID;

CREATE TABLE promise (
    id       integer PRIMARY KEY AUTOINCREMENT,
    version  integer NOT NULL,
    customer integer,
    number   integer,
    owner    text NOT NULL,
    state    text NOT NULL,
    due      integer NOT NULL,
    wake     integer,
    -- Somebody waits, or is to be asked whether it is sorted.
    alive    integer NOT NULL,
    doc      text NOT NULL
);
CREATE INDEX promise_unsettled ON promise (due) WHERE state IN ('open', 'claimed', 'broken');
CREATE INDEX promise_wake ON promise (wake) WHERE wake IS NOT NULL;
CREATE INDEX promise_of_number ON promise (number) WHERE alive = 1;
CREATE INDEX promise_of_customer ON promise (customer) WHERE alive = 1;
-- Entered once nobody waits any more: nothing of it is written during a call.
CREATE INDEX promise_past_of_customer ON promise (customer) WHERE alive = 0;

-- Which promise a call is about.
CREATE TABLE promise_call (
    call    text PRIMARY KEY NOT NULL,
    promise integer NOT NULL
) WITHOUT ROWID;

CREATE TABLE call_back (
    -- UUID version 7 as text, in the order of asking.
    id      text PRIMARY KEY NOT NULL,
    version integer NOT NULL,
    promise integer NOT NULL,
    -- The customer's.
    number  integer NOT NULL,
    -- When to stop waiting for the next news; null once it is over.
    wake    integer,
    doc     text NOT NULL
) WITHOUT ROWID;
-- However often it is asked for, a promise is called back once at a time.
CREATE UNIQUE INDEX call_back_live ON call_back (promise) WHERE wake IS NOT NULL;
CREATE INDEX call_back_wake ON call_back (wake) WHERE wake IS NOT NULL;
-- Who is erased is erased from these too, however many there are.
CREATE INDEX call_back_of_promise ON call_back (promise);
CREATE INDEX call_back_of_number ON call_back (number);

CREATE TABLE job (
    id         integer PRIMARY KEY AUTOINCREMENT,
    key        text NOT NULL UNIQUE,
    doc        text NOT NULL,
    -- When it may next be claimed. While it runs: when its lease is over.
    due        integer NOT NULL,
    state      text NOT NULL,
    attempts   integer NOT NULL,
    -- The first try of which it is not known that it did nothing.
    tried      integer,
    worker     text,
    last_error text,
    made       integer NOT NULL
);
CREATE INDEX job_due ON job (due) WHERE state IN ('waiting', 'running', 'unknown');
CREATE INDEX job_over ON job (due) WHERE state IN ('done', 'failed');
-- What a person has to see to; nothing in it on a good day.
CREATE INDEX job_failed ON job (due) WHERE state = 'failed';

-- Everybody who has been on the staff; `gone` is when it was noticed that they no longer are.
CREATE TABLE staff (
    id   text PRIMARY KEY NOT NULL,
    name text NOT NULL,
    gone integer
) WITHOUT ROWID;

CREATE TABLE customer (
    id       integer PRIMARY KEY,
    name     text NOT NULL,
    -- JSON list of the digits of each number, as in customer_number.
    numbers  text NOT NULL,
    usual    text,
    language text,
    note     text,
    tags     text NOT NULL,
    blocked  integer NOT NULL,
    recent   text NOT NULL,
    -- Who was asked to be the usual person, as JSON.
    asked    text NOT NULL
);

CREATE TABLE customer_number (
    phone    integer PRIMARY KEY,
    customer integer NOT NULL
);

-- By which words of name and tags a customer is found: one of them, then the others.
CREATE TABLE customer_word (
    word     text NOT NULL,
    customer integer NOT NULL,
    PRIMARY KEY (word, customer)
) WITHOUT ROWID;

-- Numbers that have said STOP: no customer's text goes there.
CREATE TABLE stopped (
    phone integer PRIMARY KEY,
    since integer NOT NULL
);

-- Ids of erased customers are not given out again.
CREATE TABLE counter (
    name text PRIMARY KEY NOT NULL,
    last integer NOT NULL
) WITHOUT ROWID;
INSERT INTO counter (name, last) VALUES ('customer', 0);
-- Customers up to this id are found by their words.
INSERT INTO counter (name, last) VALUES ('customer_word', 0);
-- Grows whenever somebody is no longer found by a word, so that whoever writes many from memory sees it.
INSERT INTO counter (name, last) VALUES ('customer_word_removed', 0);
-- Grows with every live change, so that an instance sees that there is one it does not know.
INSERT INTO counter (name, last) VALUES ('live_change', 0);
-- Held by whoever makes a promise: two instances must not make two for one matter.
INSERT INTO counter (name, last) VALUES ('promise', 0);

-- Who is away, back or has swapped, said by text.
CREATE TABLE live_change (
    id      integer PRIMARY KEY AUTOINCREMENT,
    said_by text NOT NULL,
    doc     text NOT NULL,
    made    integer NOT NULL,
    -- From then on it has no effect.
    until   integer NOT NULL,
    undone  integer
);
CREATE INDEX live_change_in_force ON live_change (until) WHERE undone IS NULL;

-- Every text that the rota file has had.
CREATE TABLE rota_version (
    id       integer PRIMARY KEY AUTOINCREMENT,
    hash     text NOT NULL,
    doc      text NOT NULL,
    -- Null: it was found on disk.
    saved_by text,
    -- What it changed, in words.
    what     text NOT NULL,
    at       integer NOT NULL
);
-- Held by whoever adds one: several instances read the same file.
INSERT INTO counter (name, last) VALUES ('rota_version', 0);

-- At which secret address a calendar program finds somebody's turns.
CREATE TABLE calendar_link (
    staff  text PRIMARY KEY NOT NULL,
    secret text NOT NULL UNIQUE,
    made   integer NOT NULL
) WITHOUT ROWID;

-- Texts that have been answered.
CREATE TABLE heard (
    provider    text NOT NULL,
    provider_id text NOT NULL,
    at          integer NOT NULL,
    PRIMARY KEY (provider, provider_id)
) WITHOUT ROWID;
CREATE INDEX heard_at ON heard (at);

-- What somebody of the staff was asked by text. Of one kind there is one question at a time.
CREATE TABLE question (
    staff text NOT NULL,
    kind  text NOT NULL,
    doc   text NOT NULL,
    asked integer NOT NULL,
    until integer NOT NULL,
    PRIMARY KEY (staff, kind)
) WITHOUT ROWID;

-- What UNDO takes back.
CREATE TABLE deed (
    staff text PRIMARY KEY NOT NULL,
    doc   text NOT NULL
) WITHOUT ROWID;

-- Who may sign in to the console.
CREATE TABLE account (
    id       integer PRIMARY KEY AUTOINCREMENT,
    name     text NOT NULL,
    -- What is typed beside a password, in small letters; null where there has never been one.
    login    text UNIQUE,
    -- Argon2id, as a PHC string.
    password text,
    staff    text UNIQUE,
    role     text NOT NULL,
    language text,
    made     integer NOT NULL,
    signed   integer,
    removed  integer
);

-- Browsers that are signed in. Of what they show only the SHA-256 is kept.
CREATE TABLE session (
    id      integer PRIMARY KEY AUTOINCREMENT,
    hash    text NOT NULL UNIQUE,
    account integer NOT NULL,
    made    integer NOT NULL,
    seen    integer NOT NULL,
    expires integer NOT NULL,
    address text NOT NULL,
    browser text NOT NULL
);
CREATE INDEX session_of ON session (account);
CREATE INDEX session_expires ON session (expires);

-- Links with which somebody chooses their password; null for the first of all accounts. Deleted when used.
CREATE TABLE sign_in_link (
    hash    text PRIMARY KEY NOT NULL,
    account integer,
    expires integer NOT NULL
) WITHOUT ROWID;

-- The code that somebody was sent last. Deleted when used.
CREATE TABLE sign_in_code (
    staff   text PRIMARY KEY NOT NULL,
    hash    text NOT NULL,
    expires integer NOT NULL,
    tries   integer NOT NULL
) WITHOUT ROWID;

-- How often somebody tried to sign in and could not, by the beginning of the SHA-256 of what was tried.
CREATE TABLE failure (
    key   text PRIMARY KEY NOT NULL,
    count integer NOT NULL,
    last  integer NOT NULL
) WITHOUT ROWID;
CREATE INDEX failure_last ON failure (last);

-- Keys for programs. Of what they show only the SHA-256 is kept.
CREATE TABLE token (
    id      integer PRIMARY KEY AUTOINCREMENT,
    hash    text NOT NULL UNIQUE,
    account integer NOT NULL,
    name    text NOT NULL,
    scope   text NOT NULL,
    made    integer NOT NULL,
    used    integer,
    revoked integer,
    -- The token with which this one was made, if a program made it.
    parent  integer
);

-- Held by whoever takes a role from somebody: an owner must be left.
INSERT INTO counter (name, last) VALUES ('account', 0);

-- Who changed what. Never changed, but that an erased customer is taken out.
CREATE TABLE audit (
    id      integer PRIMARY KEY AUTOINCREMENT,
    at      integer NOT NULL,
    -- Null: nobody of the console, such as the command line.
    account integer,
    name    text NOT NULL,
    via     text NOT NULL,
    token   text,
    what    text NOT NULL,
    subject text NOT NULL,
    before  text,
    after   text
);
CREATE INDEX audit_of_subject ON audit (subject, id);
CREATE INDEX audit_of_account ON audit (account, id);
