//! The words of the calls' pages.

use crate::console::words::words;
use crate::domain::call::State;
use crate::domain::call::story::Happened;
use crate::domain::outcome::Kind;

words! { CallsWords:
    now: "In progress" | "Nu bezig" | "Im Gange" | "En cours" | "En curso";
    history: "History" | "Geschiedenis" | "Verlauf" | "Historique" | "Historial";
    text: "Number, customer or call" | "Nummer, klant of gesprek" | "Nummer, Kunde oder Anruf" | "Numéro, client ou appel" | "Número, cliente o llamada";
    line: "Line" | "Lijn" | "Leitung" | "Ligne" | "Línea";
    outcome: "Outcome" | "Afloop" | "Ausgang" | "Issue" | "Resultado";
    who: "Rang or reached" | "Ging over bij" | "Klingelte bei" | "A sonné chez" | "Sonó a";
    from: "From" | "Vanaf" | "Von" | "Du" | "Desde";
    to: "To" | "Tot en met" | "Bis" | "Au" | "Hasta";
    any: "any" | "alle" | "alle" | "tous" | "cualquiera";
    clear: "Clear" | "Wissen" | "Zurücksetzen" | "Effacer" | "Borrar";
    came_in: "Came in" | "Binnengekomen" | "Eingegangen" | "Reçu" | "Entró";
    caller: "Caller" | "Beller" | "Anrufer" | "Appelant" | "Quien llama";
    taken_by: "Taken by" | "Aangenomen door" | "Angenommen von" | "Pris par" | "Atendida por";
    after: "To a human" | "Tot een mens" | "Bis zum Menschen" | "Jusqu'à un humain" | "Hasta una persona";
    seconds(n): "{n} s" | "{n} s" | "{n} s" | "{n} s" | "{n} s";
    message: "Message" | "Bericht" | "Nachricht" | "Message" | "Mensaje";
    left_message: "message" | "bericht" | "Nachricht" | "message" | "mensaje";
    no_calls: "No call has come in yet. Point your number at this server, or rehearse one." | "Er is nog geen gesprek binnengekomen. Verwijs uw nummer naar deze server, of oefen er een." | "Noch ist kein Anruf eingegangen. Leiten Sie Ihre Nummer auf diesen Server, oder proben Sie einen." | "Aucun appel pour l'instant. Dirigez votre numéro vers ce serveur, ou répétez-en un." | "Aún no ha entrado ninguna llamada. Dirija su número a este servidor, o ensaye una.";
    rehearse: "Rehearse a call" | "Een gesprek oefenen" | "Einen Anruf proben" | "Répéter un appel" | "Ensayar una llamada";
    nothing_fits: "No call fits all of this. Take a filter away, or choose other dates." | "Geen gesprek voldoet hieraan. Haal een filter weg, of kies andere datums." | "Kein Anruf passt auf alles. Nehmen Sie einen Filter weg, oder wählen Sie andere Tage." | "Aucun appel ne correspond. Retirez un filtre, ou choisissez d'autres dates." | "Ninguna llamada cumple todo. Quite un filtro o elija otras fechas.";
    no_customer(text): "No customer fits \"{text}\". Try the beginning of the name, or a number." | "Geen klant past bij \"{text}\". Probeer het begin van de naam, of een nummer." | "Kein Kunde passt zu „{text}“. Versuchen Sie den Anfang des Namens oder eine Nummer." | "Aucun client ne correspond à « {text} ». Essayez le début du nom, ou un numéro." | "Ningún cliente encaja con «{text}». Pruebe el comienzo del nombre o un número.";
    which_customer(text): "Several customers fit \"{text}\". Whose calls?" | "Meer klanten passen bij \"{text}\". Wiens gesprekken?" | "Mehrere Kunden passen zu „{text}“. Wessen Anrufe?" | "Plusieurs clients correspondent à « {text} ». Les appels de qui ?" | "Varios clientes encajan con «{text}». ¿Las llamadas de quién?";
    only_of(name): "Calls of {name}" | "Gesprekken van {name}" | "Anrufe von {name}" | "Appels de {name}" | "Llamadas de {name}";
    looked_to(when): "Looked back to {when}, and found no more so far." | "Teruggekeken tot {when}, en tot zover niet meer gevonden." | "Bis {when} zurückgesehen und bisher nicht mehr gefunden." | "Recherché jusqu'au {when}, rien de plus jusque-là." | "Buscado hasta el {when}, sin más resultados hasta ahí.";
    look_further: "Look further back" | "Verder terugkijken" | "Weiter zurücksehen" | "Chercher plus loin" | "Buscar más atrás";
    newest: "Newest" | "Nieuwste" | "Neueste" | "Les plus récents" | "Las más recientes";
    bad_date(text): "\"{text}\" is not a date. Write it like 2026-06-10." | "\"{text}\" is geen datum. Schrijf hem als 2026-06-10." | "„{text}“ ist kein Datum. Schreiben Sie es wie 2026-06-10." | "« {text} » n'est pas une date. Écrivez-la ainsi : 2026-06-10." | "«{text}» no es una fecha. Escríbala así: 2026-06-10.";
    several(text): "More than one call begins with \"{text}\". Type more of its id." | "Meer dan één gesprek begint met \"{text}\". Typ meer van de id." | "Mehr als ein Anruf beginnt mit „{text}“. Geben Sie mehr von der Kennung ein." | "Plus d'un appel commence par « {text} ». Saisissez plus de caractères." | "Más de una llamada empieza por «{text}». Escriba más de su id.";
    reached: "reached" | "bereikt" | "erreicht" | "joint" | "atendida";
    promised: "promised" | "beloofd" | "versprochen" | "promis" | "prometida";
    hung_up: "hung up" | "opgehangen" | "aufgelegt" | "raccroché" | "colgó";
    blocked: "blocked" | "geblokkeerd" | "gesperrt" | "bloqué" | "bloqueada";
    ringing: "ringing" | "gaat over" | "klingelt" | "sonne" | "sonando";
    talking: "talking" | "in gesprek" | "im Gespräch" | "en conversation" | "hablando";
    hears_promise: "hears a promise" | "hoort een belofte" | "hört ein Versprechen" | "entend une promesse" | "oye una promesa";
    call_of(who): "Call of {who}" | "Gesprek van {who}" | "Anruf von {who}" | "Appel de {who}" | "Llamada de {who}";
    happened: "What happened" | "Wat er gebeurde" | "Was geschah" | "Ce qui s'est passé" | "Qué pasó";
    plan: "Who was to ring" | "Wie zou overgaan" | "Wer klingeln sollte" | "Qui devait sonner" | "A quién debía llamar";
    plan_none: "Nobody was to ring: the line was closed, or the caller is blocked." | "Niemand zou overgaan: de lijn was gesloten, of de beller is geblokkeerd." | "Niemand sollte klingeln: Die Leitung war geschlossen, oder der Anrufer ist gesperrt." | "Personne ne devait sonner : la ligne était fermée, ou l'appelant est bloqué." | "No debía sonar nadie: la línea estaba cerrada, o quien llama está bloqueado.";
    skipped: "Who was passed over" | "Wie werd overgeslagen" | "Wer übergangen wurde" | "Qui a été sauté" | "A quién se saltó";
    seconds_long(n): "for {n} seconds" | "{n} seconden lang" | "{n} Sekunden lang" | "pendant {n} secondes" | "durante {n} segundos";
    download: "Download the recording" | "De opname downloaden" | "Aufnahme herunterladen" | "Télécharger l'enregistrement" | "Descargar la grabación";
    listen: "Listen to the message" | "Luister naar het bericht" | "Nachricht anhören" | "Écouter le message" | "Escuchar el mensaje";
    transcript: "What was said" | "Wat er gezegd werd" | "Was gesagt wurde" | "Ce qui a été dit" | "Lo que se dijo";
    no_transcript: "Nobody has written it down." | "Niemand heeft het opgeschreven." | "Niemand hat es aufgeschrieben." | "Personne ne l'a transcrit." | "Nadie lo ha transcrito.";
    note: "Note" | "Notitie" | "Notiz" | "Note" | "Nota";
    note_hint: "For whoever looks at this call later. The caller never hears it." | "Voor wie dit gesprek later bekijkt. De beller hoort dit nooit." | "Für alle, die diesen Anruf später ansehen. Der Anrufer hört es nie." | "Pour qui regarde cet appel plus tard. L'appelant ne l'entend jamais." | "Para quien mire esta llamada después. Quien llamó nunca lo oye.";
    note_by(name, when): "{name}, {when}" | "{name}, {when}" | "{name}, {when}" | "{name}, {when}" | "{name}, {when}";
    no_note: "No note." | "Geen notitie." | "Keine Notiz." | "Aucune note." | "Sin nota.";
    add_customer: "Add as a customer" | "Als klant toevoegen" | "Als Kunden hinzufügen" | "Ajouter comme client" | "Añadir como cliente";
    who_would_ring: "Who would ring for them now?" | "Wie gaat nu voor hen over?" | "Bei wem würde es jetzt klingeln?" | "Qui sonnerait maintenant ?" | "¿A quién sonaría ahora?";
    rehearse_this: "Rehearse this call" | "Dit gesprek oefenen" | "Diesen Anruf proben" | "Répéter cet appel" | "Ensayar esta llamada";
    note_changed: "Somebody has written another note since you opened the page. It stands here; yours is below. Save again to put yours in its place." | "Iemand heeft een andere notitie geschreven sinds u de pagina opende. Die staat hier; de uwe staat eronder. Sla opnieuw op om hem te vervangen." | "Jemand hat eine andere Notiz geschrieben, seit Sie die Seite geöffnet haben. Sie steht hier; Ihre steht darunter. Speichern Sie erneut, um sie zu ersetzen." | "Quelqu'un a écrit une autre note depuis que vous avez ouvert la page. La voici ; la vôtre est dessous. Enregistrez encore pour la remplacer." | "Alguien ha escrito otra nota desde que abrió la página. Está aquí; la suya, debajo. Guarde otra vez para sustituirla.";
    note_too_long(max): "A note has at most {max} characters. Make it shorter." | "Een notitie heeft hoogstens {max} tekens. Maak hem korter." | "Eine Notiz hat höchstens {max} Zeichen. Kürzen Sie sie." | "Une note a au plus {max} caractères. Raccourcissez-la." | "Una nota tiene como máximo {max} caracteres. Acórtela.";
    promise(id): "Promise {id}" | "Belofte {id}" | "Versprechen {id}" | "Promesse {id}" | "Promesa {id}";
    promise_of(name, when): "{name} rings back by {when}" | "{name} belt terug vóór {when}" | "{name} ruft bis {when} zurück" | "{name} rappelle avant {when}" | "{name} devuelve la llamada antes de {when}";
    ids: "Identifiers" | "Kenmerken" | "Kennungen" | "Identifiants" | "Identificadores";
    id: "Call" | "Gesprek" | "Anruf" | "Appel" | "Llamada";
    at_provider(name): "At {name}" | "Bij {name}" | "Bei {name}" | "Chez {name}" | "En {name}";
    since_start(n): "after {n} s" | "na {n} s" | "nach {n} s" | "après {n} s" | "a los {n} s";

    came: "The call comes in" | "Het gesprek komt binnen" | "Der Anruf geht ein" | "L'appel arrive" | "Entra la llamada";
    rings(who, n): "{who}'s phone rings for {n} s" | "De telefoon van {who} gaat {n} s over" | "Das Telefon von {who} klingelt {n} s" | "Le téléphone de {who} sonne {n} s" | "El teléfono de {who} suena {n} s";
    not_rung(who): "{who} is not rung" | "{who} wordt niet gebeld" | "{who} wird nicht angerufen" | "{who} n'est pas appelé" | "No se llama a {who}";
    picked_up(who): "{who}'s phone picks up and hears who calls" | "De telefoon van {who} neemt op en hoort wie er belt" | "Das Telefon von {who} nimmt ab und hört, wer anruft" | "Le téléphone de {who} décroche et entend qui appelle" | "El teléfono de {who} descuelga y oye quién llama";
    wrong_key(who, key): "{who} presses {key}, which means nothing: told again" | "{who} toetst {key}, dat niets betekent: nog eens gezegd" | "{who} drückt {key}, was nichts bedeutet: noch einmal gesagt" | "{who} appuie sur {key}, sans effet : répété" | "{who} pulsa {key}, que no significa nada: se repite";
    accepted(who): "{who} takes the call" | "{who} neemt het gesprek aan" | "{who} nimmt den Anruf an" | "{who} prend l'appel" | "{who} atiende la llamada";
    declined(who): "{who} passes it on" | "{who} geeft het door" | "{who} gibt weiter" | "{who} passe au suivant" | "{who} la pasa";
    rings_back(who): "{who} will ring back in 15 minutes" | "{who} belt over 15 minuten terug" | "{who} ruft in 15 Minuten zurück" | "{who} rappelle dans 15 minutes" | "{who} devolverá la llamada en 15 minutos";
    silent(who): "{who}'s phone presses nothing: a machine, or nobody there" | "De telefoon van {who} toetst niets: een apparaat, of niemand" | "Das Telefon von {who} drückt nichts: eine Maschine, oder niemand da" | "Le téléphone de {who} n'appuie sur rien : une machine, ou personne" | "El teléfono de {who} no pulsa nada: una máquina, o nadie";
    no_answer(who): "{who} does not answer" | "{who} neemt niet op" | "{who} nimmt nicht ab" | "{who} ne répond pas" | "{who} no contesta";
    busy(who): "{who} is busy" | "{who} is in gesprek" | "{who} ist besetzt" | "{who} est occupé" | "{who} comunica";
    unreachable(who): "{who}'s phone cannot be reached" | "De telefoon van {who} is niet bereikbaar" | "Das Telefon von {who} ist nicht erreichbar" | "Le téléphone de {who} n'est pas joignable" | "No se puede llegar al teléfono de {who}";
    canceled(who): "The ring of {who} is cancelled" | "Het overgaan bij {who} wordt afgebroken" | "Das Klingeln bei {who} wird abgebrochen" | "La sonnerie chez {who} est annulée" | "Se cancela el timbre de {who}";
    hung_up_in_whisper(who): "{who}'s phone hangs up before a key" | "De telefoon van {who} hangt op vóór een toets" | "Das Telefon von {who} legt vor einer Taste auf" | "Le téléphone de {who} raccroche avant une touche" | "El teléfono de {who} cuelga antes de una tecla";
    bridged(who): "The provider connected {who} without an accept: counted as missed" | "De provider verbond {who} zonder aanname: telt als gemist" | "Der Anbieter verband {who} ohne Annahme: gilt als verpasst" | "L'opérateur a connecté {who} sans accord : compté comme manqué" | "El proveedor conectó a {who} sin aceptación: cuenta como perdida";
    not_bridged(who): "{who} took it but was never connected" | "{who} nam aan maar werd nooit verbonden" | "{who} nahm an, wurde aber nie verbunden" | "{who} a accepté mais n'a jamais été connecté" | "{who} aceptó pero nunca se conectó";
    promise_made(who): "Promise: {who} rings back" | "Belofte: {who} belt terug" | "Versprechen: {who} ruft zurück" | "Promesse : {who} rappelle" | "Promesa: {who} devuelve la llamada";
    leaves_message: "The caller leaves a message" | "De beller laat een bericht achter" | "Der Anrufer hinterlässt eine Nachricht" | "L'appelant laisse un message" | "Quien llama deja un mensaje";
    caller_hung_up: "The caller hangs up" | "De beller hangt op" | "Der Anrufer legt auf" | "L'appelant raccroche" | "Quien llama cuelga";
    talk_ended: "The conversation ends" | "Het gesprek eindigt" | "Das Gespräch endet" | "La conversation prend fin" | "Termina la conversación";
    talk_ended_after(n): "The conversation ends after {n} s" | "Het gesprek eindigt na {n} s" | "Das Gespräch endet nach {n} s" | "La conversation prend fin après {n} s" | "La conversación termina a los {n} s";
    is_blocked: "The caller is blocked" | "De beller is geblokkeerd" | "Der Anrufer ist gesperrt" | "L'appelant est bloqué" | "Quien llama está bloqueado";
    given_up: "The provider fell silent; closed" | "De provider zweeg; afgesloten" | "Der Anbieter verstummte; abgeschlossen" | "L'opérateur s'est tu ; clos" | "El proveedor calló; cerrada";
    without_store: "The store was away; the call went on without it" | "De opslag was weg; het gesprek ging zonder verder" | "Der Speicher war weg; der Anruf ging ohne ihn weiter" | "La base était absente ; l'appel a continué sans elle" | "El almacén no estaba; la llamada siguió sin él";
}

impl CallsWords {
    pub(super) fn kind(self, kind: Kind) -> String {
        match kind {
            Kind::Reached => self.reached(),
            Kind::Promised => self.promised(),
            Kind::HungUp => self.hung_up(),
            Kind::Blocked => self.blocked(),
        }
    }

    pub(super) fn state(self, state: &State) -> String {
        match state {
            State::Ringing { .. } => self.ringing(),
            State::Talking { .. } => self.talking(),
            State::RingingBack { .. } | State::Promising { .. } => self.hears_promise(),
            State::Ended { outcome, .. } => self.kind(outcome.kind()),
        }
    }

    /// A line of the timeline, about `who`.
    pub(super) fn told(self, what: Happened, who: &str) -> String {
        match what {
            Happened::CameIn => self.came(),
            Happened::Rings { seconds } => self.rings(who, seconds),
            Happened::NotRung => self.not_rung(who),
            Happened::PickedUp => self.picked_up(who),
            Happened::WrongKey { key } => self.wrong_key(who, key),
            Happened::Accepted => self.accepted(who),
            Happened::Declined => self.declined(who),
            Happened::RingsBack { .. } => self.rings_back(who),
            Happened::Silent => self.silent(who),
            Happened::NoAnswer => self.no_answer(who),
            Happened::Busy => self.busy(who),
            Happened::Unreachable => self.unreachable(who),
            Happened::Canceled => self.canceled(who),
            Happened::HungUpInWhisper => self.hung_up_in_whisper(who),
            Happened::BridgedWithoutAccept => self.bridged(who),
            Happened::AcceptedWithoutBridge => self.not_bridged(who),
            Happened::Promised { .. } => self.promise_made(who),
            Happened::MessageLeft { .. } => self.leaves_message(),
            Happened::CallerHungUp => self.caller_hung_up(),
            Happened::TalkEnded { seconds: Some(seconds) } => self.talk_ended_after(seconds),
            Happened::TalkEnded { seconds: None } => self.talk_ended(),
            Happened::Blocked => self.is_blocked(),
            Happened::GivenUpWaiting => self.given_up(),
            Happened::CarriedWithoutStore => self.without_store(),
        }
    }
}
