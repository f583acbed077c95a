//! What people read about who may come in.

use crate::console::words::words;
use crate::domain::access::Role;

words! { PeopleWords:
    title: "People and access" | "Mensen en toegang" | "Personen und Zugang" | "Personnes et accès" | "Personas y acceso";
    sessions: "Your sessions" | "Uw sessies" | "Ihre Sitzungen" | "Vos sessions" | "Sus sesiones";
    sessions_of(name): "Sessions of {name}" | "Sessies van {name}" | "Sitzungen von {name}" | "Sessions de {name}" | "Sesiones de {name}";
    tokens: "Tokens for programs" | "Sleutels voor programma's" | "Schlüssel für Programme" | "Clés pour programmes" | "Claves para programas";
    who: "Who may come in" | "Wie er in mag" | "Wer hereindarf" | "Qui peut entrer" | "Quién puede entrar";
    name: "Name" | "Naam" | "Name" | "Nom" | "Nombre";
    role: "Role" | "Rol" | "Rolle" | "Rôle" | "Rol";
    role_of(name): "Role of {name}" | "Rol van {name}" | "Rolle von {name}" | "Rôle de {name}" | "Rol de {name}";
    signed_in: "Last signed in" | "Laatst aangemeld" | "Zuletzt angemeldet" | "Dernière connexion" | "Última entrada";
    actions: "What to do" | "Wat te doen" | "Was tun" | "Que faire" | "Qué hacer";
    never: "not yet" | "nog niet" | "noch nie" | "pas encore" | "todavía no";
    withdrawn: "withdrawn" | "ingetrokken" | "entzogen" | "retiré" | "retirado";
    left: "no longer in the rota: may not sign in" | "niet meer in het rooster: mag zich niet aanmelden" | "nicht mehr im Dienstplan: darf sich nicht anmelden" | "n'est plus au planning : ne peut pas se connecter" | "ya no está en los turnos: no puede entrar";
    viewer: "Viewer" | "Kijker" | "Betrachter" | "Lecteur" | "Lector";
    staff: "Staff" | "Medewerker" | "Mitarbeiter" | "Équipe" | "Equipo";
    admin: "Admin" | "Beheerder" | "Verwalter" | "Administrateur" | "Administrador";
    owner: "Owner" | "Eigenaar" | "Inhaber" | "Propriétaire" | "Propietario";
    viewer_may: "looks at everything and changes nothing" | "bekijkt alles en wijzigt niets" | "sieht alles und ändert nichts" | "voit tout et ne change rien" | "lo ve todo y no cambia nada";
    staff_may: "also looks after their own promises, absences and calls, and customers" | "zorgt ook voor eigen beloftes, afwezigheid en gesprekken, en klanten" | "kümmert sich auch um eigene Versprechen, Abwesenheiten und Anrufe, und um Kunden" | "s'occupe aussi de ses promesses, absences et appels, et des clients" | "también atiende sus promesas, ausencias y llamadas, y a los clientes";
    admin_may: "also changes the rota and says who may come in" | "wijzigt ook het rooster en bepaalt wie er in mag" | "ändert auch den Dienstplan und bestimmt, wer hereindarf" | "modifie aussi le planning et décide qui peut entrer" | "también cambia los turnos y decide quién puede entrar";
    owner_may: "may do everything, to admins and owners as well" | "mag alles, ook met beheerders en eigenaars" | "darf alles, auch bei Verwaltern und Inhabern" | "peut tout, y compris pour administrateurs et propriétaires" | "puede todo, también con administradores y propietarios";
    what_roles_may: "What each role may do" | "Wat elke rol mag" | "Was jede Rolle darf" | "Ce que peut chaque rôle" | "Qué puede cada rol";
    give: "Give" | "Geven" | "Geben" | "Donner" | "Dar";
    give_role(name): "Give {name} this role" | "Geef {name} deze rol" | "{name} diese Rolle geben" | "Donner ce rôle à {name}" | "Dar este rol a {name}";
    place: "Place in the rota" | "Plaats in het rooster" | "Platz im Dienstplan" | "Place au planning" | "Lugar en los turnos";
    place_of(name): "{name} in the rota" | "{name} in het rooster" | "{name} im Dienstplan" | "{name} au planning" | "{name} en los turnos";
    no_place: "nobody of the rota" | "niemand van het rooster" | "niemand aus dem Dienstplan" | "personne du planning" | "nadie de los turnos";
    place_told: "Then these pages know whose turns, promises and calls theirs are, and a code by text signs them in as well. If that person has another account, it is withdrawn: this one takes its place." | "Dan weten deze pagina's wiens beurten, beloftes en gesprekken het zijn, en een code per sms meldt ook aan. Heeft die persoon een andere account, dan wordt die ingetrokken: deze komt ervoor in de plaats." | "Dann wissen diese Seiten, wessen Dienste, Versprechen und Anrufe es sind, und auch ein Code per SMS meldet an. Hat diese Person ein anderes Konto, wird es entzogen: dieses tritt an seine Stelle." | "Ces pages savent alors à qui sont les tours, promesses et appels, et un code par SMS connecte aussi. Si cette personne a un autre compte, il est retiré : celui-ci prend sa place." | "Entonces estas páginas saben de quién son los turnos, promesas y llamadas, y un código por SMS también da entrada. Si esa persona tiene otra cuenta, se retira: esta ocupa su lugar.";
    give_place(name): "Give {name} this place" | "{name} deze plaats geven" | "{name} diesen Platz geben" | "Donner cette place à {name}" | "Dar este lugar a {name}";
    withdraw: "Withdraw" | "Intrekken" | "Entziehen" | "Retirer" | "Retirar";
    withdraw_from(name): "Withdraw the access of {name}" | "Toegang van {name} intrekken" | "{name} den Zugang entziehen" | "Retirer l'accès de {name}" | "Retirar el acceso de {name}";
    withdraw_told(name): "{name} is out at once: on every browser, with every token and password, and the calendar link leads nowhere. They come back when somebody gives them a role." | "{name} is er meteen uit: in elke browser, met elke sleutel en elk wachtwoord, en de agendalink leidt nergens heen. Terug kan pas als iemand weer een rol geeft." | "{name} ist sofort draußen: in jedem Browser, mit jedem Schlüssel und Passwort, und der Kalenderlink führt ins Leere. Zurück geht es erst, wenn jemand wieder eine Rolle gibt." | "{name} est dehors tout de suite : sur chaque navigateur, avec chaque clé et mot de passe, et le lien d'agenda ne mène plus nulle part. Pour revenir, il faut qu'on lui redonne un rôle." | "{name} queda fuera enseguida: en todos los navegadores, con todas las claves y la contraseña, y el enlace de calendario no lleva a ninguna parte. Vuelve cuando alguien le dé un rol.";
    revoke_told: "Every program that shows it is refused from now on. It does not come back." | "Elk programma dat hem toont, wordt voortaan geweigerd. Hij komt niet terug." | "Jedes Programm, das ihn zeigt, wird ab jetzt abgewiesen. Er kommt nicht zurück." | "Tout programme qui la montre est refusé désormais. Elle ne revient pas." | "Todo programa que la muestre se rechaza desde ahora. No vuelve.";
    invite: "Invite by text" | "Uitnodigen per sms" | "Per SMS einladen" | "Inviter par SMS" | "Invitar por SMS";
    invite_whom(name): "Invite by text: {name}" | "Uitnodigen per sms: {name}" | "Per SMS einladen: {name}" | "Inviter par SMS : {name}" | "Invitar por SMS: {name}";
    link: "Sign-in link" | "Aanmeldlink" | "Anmeldelink" | "Lien de connexion" | "Enlace de entrada";
    link_for(name): "Sign-in link for {name}" | "Aanmeldlink voor {name}" | "Anmeldelink für {name}" | "Lien de connexion pour {name}" | "Enlace de entrada para {name}";
    link_made(name): "Give this link to {name}. It works once, within two days: with it they choose a password. It is not shown again." | "Geef deze link aan {name}. Hij werkt één keer, binnen twee dagen: hiermee kiest men een wachtwoord. Hij wordt niet opnieuw getoond." | "Geben Sie {name} diesen Link. Er gilt einmal, zwei Tage lang: damit wird ein Passwort gewählt. Er wird nicht noch einmal gezeigt." | "Donnez ce lien à {name}. Il marche une fois, pendant deux jours : il sert à choisir un mot de passe. Il ne sera plus affiché." | "Dé este enlace a {name}. Funciona una vez, durante dos días: con él se elige una contraseña. No se volverá a mostrar.";
    invited(name): "{name} gets a text that says where to sign in." | "{name} krijgt een sms met waar men zich aanmeldt." | "{name} bekommt eine SMS mit der Adresse zum Anmelden." | "{name} reçoit un SMS qui dit où se connecter." | "{name} recibe un SMS que dice dónde entrar.";
    invitation(business, by, url): "{business}: {by} invites you to the console. Open {url}/console and sign in with the number of this phone." | "{business}: {by} nodigt u uit voor de console. Open {url}/console en meld u aan met het nummer van deze telefoon." | "{business}: {by} lädt Sie zur Konsole ein. Öffnen Sie {url}/console und melden Sie sich mit der Nummer dieses Telefons an." | "{business} : {by} vous invite à la console. Ouvrez {url}/console et connectez-vous avec le numéro de ce téléphone." | "{business}: {by} le invita a la consola. Abra {url}/console y entre con el número de este teléfono.";
    no_mobile(name): "{name} has no phone in the rota that takes texts. Make a sign-in link instead." | "{name} heeft in het rooster geen telefoon die sms ontvangt. Maak een aanmeldlink." | "{name} hat im Dienstplan kein Telefon, das SMS empfängt. Machen Sie einen Anmeldelink." | "{name} n'a pas au planning de téléphone qui reçoit les SMS. Faites plutôt un lien de connexion." | "{name} no tiene en los turnos un teléfono que reciba SMS. Haga un enlace de entrada.";
    add: "Add somebody who is not in the rota" | "Iemand toevoegen die niet in het rooster staat" | "Jemanden hinzufügen, der nicht im Dienstplan steht" | "Ajouter quelqu'un qui n'est pas au planning" | "Añadir a alguien que no está en los turnos";
    add_button: "Add, and make a link" | "Toevoegen, en een link maken" | "Hinzufügen und Link machen" | "Ajouter et faire un lien" | "Añadir y hacer un enlace";
    last_owner: "This is the last owner. Make somebody else an owner first." | "Dit is de laatste eigenaar. Maak eerst iemand anders eigenaar." | "Das ist der letzte Inhaber. Machen Sie zuerst jemand anderen zum Inhaber." | "C'est le dernier propriétaire. Nommez d'abord un autre propriétaire." | "Este es el último propietario. Nombre antes a otro propietario.";
    guarded_owner: "Who owns the business is an owner's to say: whoever that is comes into the console as an owner. Ask an owner to save this." | "Alleen een eigenaar bepaalt van wie het bedrijf is: die komt als eigenaar in de console. Vraag een eigenaar dit op te slaan." | "Wem der Betrieb gehört, sagt nur ein Inhaber: wer es ist, kommt als Inhaber in die Konsole. Bitten Sie einen Inhaber, das zu speichern." | "Seul un propriétaire dit à qui est l'entreprise : cette personne entre dans la console comme propriétaire. Demandez à un propriétaire de l'enregistrer." | "Solo un propietario dice de quién es la empresa: esa persona entra en la consola como propietario. Pida a un propietario que lo guarde.";
    guarded_person(name): "{name} signs in with this phone and may do as much as you or more, so only an owner may change it, add it or take it out. Ask an owner to save this." | "{name} meldt zich met deze telefoon aan en mag evenveel als u of meer. Alleen een eigenaar mag die wijzigen, toevoegen of weghalen. Vraag een eigenaar dit op te slaan." | "{name} meldet sich mit diesem Telefon an und darf so viel wie Sie oder mehr. Nur ein Inhaber darf es ändern, hinzufügen oder wegnehmen. Bitten Sie einen Inhaber, das zu speichern." | "{name} se connecte avec ce téléphone et a autant de droits que vous, ou plus. Seul un propriétaire peut le changer, l'ajouter ou l'enlever. Demandez à un propriétaire de l'enregistrer." | "{name} entra con este teléfono y puede tanto como usted o más. Solo un propietario puede cambiarlo, añadirlo o quitarlo. Pida a un propietario que lo guarde.";
    back: "Back to people and access" | "Terug naar mensen en toegang" | "Zurück zu Personen und Zugang" | "Retour aux personnes et accès" | "Volver a personas y acceso";
    browser: "Browser" | "Browser" | "Browser" | "Navigateur" | "Navegador";
    address: "Address" | "Adres" | "Adresse" | "Adresse" | "Dirección";
    began: "Signed in" | "Aangemeld" | "Angemeldet" | "Connexion" | "Entrada";
    seen: "Last used" | "Laatst gebruikt" | "Zuletzt benutzt" | "Dernier usage" | "Último uso";
    this_one: "this one" | "deze" | "diese hier" | "celle-ci" | "esta";
    end: "End" | "Beëindigen" | "Beenden" | "Terminer" | "Cerrar";
    end_which(browser): "End the session in {browser}" | "Sessie in {browser} beëindigen" | "Sitzung in {browser} beenden" | "Terminer la session dans {browser}" | "Cerrar la sesión en {browser}";
    everywhere: "Sign out everywhere" | "Overal afmelden" | "Überall abmelden" | "Se déconnecter partout" | "Cerrar todas las sesiones";
    everywhere_means: "This also revokes the tokens of this account: programs that use one need another." | "Dit trekt ook de sleutels van deze account in: programma's die er een gebruiken, hebben een andere nodig." | "Das widerruft auch die Schlüssel dieses Kontos: Programme, die einen benutzen, brauchen einen anderen." | "Cela révoque aussi les clés de ce compte : les programmes qui en utilisent une en ont besoin d'une autre." | "Esto también revoca las claves de esta cuenta: los programas que usen una necesitarán otra.";
    no_sessions: "Nobody is signed in with this account." | "Niemand is met deze account aangemeld." | "Mit diesem Konto ist niemand angemeldet." | "Personne n'est connecté avec ce compte." | "Nadie ha entrado con esta cuenta.";
    your_password: "Your password" | "Uw wachtwoord" | "Ihr Passwort" | "Votre mot de passe" | "Su contraseña";
    old_password: "The password until now" | "Het wachtwoord tot nu toe" | "Das bisherige Passwort" | "Le mot de passe actuel" | "La contraseña actual";
    new_password: "The new password" | "Het nieuwe wachtwoord" | "Das neue Passwort" | "Le nouveau mot de passe" | "La contraseña nueva";
    change_password: "Change it, and sign out elsewhere" | "Wijzigen, en elders afmelden" | "Ändern und anderswo abmelden" | "Changer, et se déconnecter ailleurs" | "Cambiarla y cerrar las demás sesiones";
    token: "Token" | "Sleutel" | "Schlüssel" | "Clé" | "Clave";
    token_what_for: "A program shows a token instead of signing in. It may do no more than you." | "Een programma toont een sleutel in plaats van zich aan te melden. Het mag niet meer dan u." | "Ein Programm zeigt einen Schlüssel, statt sich anzumelden. Es darf nicht mehr als Sie." | "Un programme montre une clé au lieu de se connecter. Il ne peut pas plus que vous." | "Un programa muestra una clave en vez de entrar. No puede más que usted.";
    no_tokens: "There are none yet. Make one for each program, so that each can be revoked by itself." | "Er zijn er nog geen. Maak er een voor elk programma, zodat elk apart kan worden ingetrokken." | "Es gibt noch keine. Machen Sie für jedes Programm einen, damit jeder für sich widerrufen werden kann." | "Il n'y en a pas encore. Faites-en une par programme, pour pouvoir révoquer chacune à part." | "Todavía no hay ninguna. Haga una por programa, para poder revocar cada una por separado.";
    of: "Of" | "Van" | "Von" | "De" | "De";
    scope: "What it may do" | "Wat hij mag" | "Was er darf" | "Ce qu'elle peut" | "Qué puede";
    read: "Read" | "Lezen" | "Lesen" | "Lire" | "Leer";
    write: "Read and change" | "Lezen en wijzigen" | "Lesen und ändern" | "Lire et modifier" | "Leer y cambiar";
    made: "Made" | "Gemaakt" | "Gemacht" | "Créée" | "Creada";
    unused: "never" | "nooit" | "nie" | "jamais" | "nunca";
    revoke: "Revoke" | "Intrekken" | "Widerrufen" | "Révoquer" | "Revocar";
    revoke_which(name): "Revoke the token {name}" | "Sleutel {name} intrekken" | "Schlüssel {name} widerrufen" | "Révoquer la clé {name}" | "Revocar la clave {name}";
    revoked: "revoked" | "ingetrokken" | "widerrufen" | "révoquée" | "revocada";
    make_token: "Make a token" | "Sleutel maken" | "Schlüssel machen" | "Créer une clé" | "Crear una clave";
    token_name: "What it is for" | "Waarvoor hij is" | "Wofür er ist" | "À quoi elle sert" | "Para qué es";
    token_name_missing: "Write what the token is for, in at most 100 letters." | "Schrijf waarvoor de sleutel is, in hoogstens 100 tekens." | "Schreiben Sie, wofür der Schlüssel ist, mit höchstens 100 Zeichen." | "Écrivez à quoi sert la clé, en 100 lettres au plus." | "Escriba para qué es la clave, en 100 letras como mucho.";
    token_made(name): "This is the token for {name}. Copy it now: it is not shown again." | "Dit is de sleutel voor {name}. Kopieer hem nu: hij wordt niet opnieuw getoond." | "Das ist der Schlüssel für {name}. Kopieren Sie ihn jetzt: er wird nicht noch einmal gezeigt." | "Voici la clé pour {name}. Copiez-la maintenant : elle ne sera plus affichée." | "Esta es la clave para {name}. Cópiela ahora: no se volverá a mostrar.";
}

impl PeopleWords {
    pub(in crate::console) fn role_name(self, role: Role) -> String {
        match role {
            Role::Viewer => self.viewer(),
            Role::Staff => self.staff(),
            Role::Admin => self.admin(),
            Role::Owner => self.owner(),
        }
    }

    pub(super) fn role_may(self, role: Role) -> String {
        match role {
            Role::Viewer => self.viewer_may(),
            Role::Staff => self.staff_may(),
            Role::Admin => self.admin_may(),
            Role::Owner => self.owner_may(),
        }
    }
}
