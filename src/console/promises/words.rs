//! The words of the promises' pages.

use crate::console::words::words;
use crate::domain::promise::{Happened, Promise, PromiseState};

words! { PromisesWords:
    undo: "Undo" | "Ongedaan maken" | "Rückgängig" | "Annuler" | "Deshacer";
    title_one(id): "Promise {id}" | "Belofte {id}" | "Versprechen {id}" | "Promesse {id}" | "Promesa {id}";
    none: "Nobody waits for a call. When a call cannot be put through, its promise stands here." | "Niemand wacht op een telefoontje. Als een gesprek niet kan worden doorverbonden, staat de belofte hier." | "Niemand wartet auf einen Anruf. Kann ein Anruf nicht verbunden werden, steht sein Versprechen hier." | "Personne n'attend d'appel. Quand un appel ne peut aboutir, sa promesse apparaît ici." | "Nadie espera una llamada. Cuando una llamada no se puede pasar, su promesa aparece aquí.";
    of(name): "{name} rings back" | "{name} belt terug" | "{name} ruft zurück" | "{name} rappelle" | "{name} devuelve la llamada";
    mine: "You ring back" | "U belt terug" | "Sie rufen zurück" | "Vous rappelez" | "Usted devuelve la llamada";
    closed_lately: "Closed lately" | "Onlangs afgesloten" | "Kürzlich abgeschlossen" | "Clos récemment" | "Cerradas hace poco";
    by(when): "by {when}" | "vóór {when}" | "bis {when}" | "avant {when}" | "antes de {when}";
    rang(when): "Rang {when}" | "Belde {when}" | "Rief an {when}" | "A appelé {when}" | "Llamó {when}";
    due: "Due" | "Uiterlijk" | "Fällig" | "Échéance" | "Vence";
    owner: "Who rings back" | "Wie belt terug" | "Wer ruft zurück" | "Qui rappelle" | "Quién devuelve la llamada";
    customer: "Whom" | "Wie" | "Wen" | "Qui" | "A quién";
    about: "About" | "Over" | "Worum es geht" | "Au sujet de" | "Sobre";
    number: "Number" | "Nummer" | "Nummer" | "Numéro" | "Número";
    calls: "Calls" | "Gesprekken" | "Anrufe" | "Appels" | "Llamadas";
    open: "open" | "open" | "offen" | "ouverte" | "abierta";
    claimed: "being rung" | "wordt gebeld" | "wird angerufen" | "appel en cours" | "llamando";
    kept: "kept" | "gehouden" | "gehalten" | "tenue" | "cumplida";
    kept_late: "kept, late" | "gehouden, te laat" | "gehalten, zu spät" | "tenue, en retard" | "cumplida, tarde";
    broken: "broken" | "gebroken" | "gebrochen" | "rompue" | "rota";
    let_go: "let go" | "losgelaten" | "aufgegeben" | "abandonnée" | "abandonada";
    overdue: "overdue" | "te laat" | "überfällig" | "en retard" | "vencida";
    has_message: "left a message" | "liet een bericht achter" | "hinterließ eine Nachricht" | "a laissé un message" | "dejó un mensaje";
    call_back: "Call back" | "Terugbellen" | "Zurückrufen" | "Rappeler" | "Devolver la llamada";
    call_back_hint: "Your own phone rings first. Press 1, and the customer is rung." | "Eerst gaat uw eigen telefoon. Toets 1, en de klant wordt gebeld." | "Erst klingelt Ihr eigenes Telefon. Drücken Sie 1, dann wird der Kunde angerufen." | "Votre téléphone sonne d'abord. Appuyez sur 1, et le client est appelé." | "Primero suena su teléfono. Pulse 1 y se llama al cliente.";
    no_phone: "Your account has no phone in the rota, so you cannot ring from here. An admin can join it to somebody of the staff." | "Uw account heeft geen telefoon in het rooster, dus u kunt hier niet bellen. Een beheerder kan het aan iemand koppelen." | "Ihr Konto hat kein Telefon im Dienstplan, also können Sie hier nicht anrufen. Ein Admin kann es mit jemandem verbinden." | "Votre compte n'a pas de téléphone dans le planning : impossible d'appeler d'ici. Un administrateur peut le relier à quelqu'un." | "Su cuenta no tiene teléfono en los turnos, así que no puede llamar desde aquí. Un administrador puede unirla a alguien.";
    done: "Done" | "Klaar" | "Erledigt" | "Fait" | "Hecho";
    done_hint: "Somebody has talked with the customer." | "Iemand heeft met de klant gesproken." | "Jemand hat mit dem Kunden gesprochen." | "Quelqu'un a parlé avec le client." | "Alguien ha hablado con el cliente.";
    follow: "Ask the customer on the next open morning whether it is sorted" | "Vraag de klant op de volgende open ochtend of het geregeld is" | "Den Kunden am nächsten offenen Morgen fragen, ob es erledigt ist" | "Demander au client le prochain matin ouvert si c'est réglé" | "Preguntar al cliente la próxima mañana abierta si está resuelto";
    later: "Later" | "Later" | "Später" | "Plus tard" | "Más tarde";
    later_hint: "The customer is told the new time by text." | "De klant krijgt de nieuwe tijd per sms." | "Der Kunde erfährt die neue Zeit per SMS." | "Le client reçoit la nouvelle heure par SMS." | "El cliente recibe la nueva hora por SMS.";
    in_an_hour: "In an hour" | "Over een uur" | "In einer Stunde" | "Dans une heure" | "En una hora";
    in_three_hours: "In three hours" | "Over drie uur" | "In drei Stunden" | "Dans trois heures" | "En tres horas";
    tomorrow: "Tomorrow at 9:00" | "Morgen om 9:00" | "Morgen um 9:00" | "Demain à 9 h" | "Mañana a las 9:00";
    at: "At" | "Om" | "Um" | "À" | "A las";
    move_it: "Move it" | "Verplaatsen" | "Verschieben" | "Déplacer" | "Mover";
    let_it_go: "Let it go" | "Loslaten" | "Aufgeben" | "Abandonner" | "Abandonar";
    why: "Why" | "Waarom" | "Warum" | "Pourquoi" | "Por qué";
    let_go_hint: "Nobody rings any more, and the customer is told nothing. The reason stays with the promise." | "Niemand belt meer, en de klant hoort niets. De reden blijft bij de belofte." | "Niemand ruft mehr an, und der Kunde erfährt nichts. Der Grund bleibt beim Versprechen." | "Plus personne n'appelle, et le client n'est pas informé. La raison reste avec la promesse." | "Nadie llama ya, y al cliente no se le dice nada. El motivo queda con la promesa.";
    apology: "Own up" | "Excuses aanbieden" | "Um Entschuldigung bitten" | "S'excuser" | "Disculparse";
    apology_hint: "This text goes to the customer as it stands here, and the promise is yours with the time in it." | "Deze sms gaat naar de klant zoals hij hier staat, en de belofte is van u met de tijd erin." | "Diese SMS geht so an den Kunden, und das Versprechen ist Ihres mit der Zeit darin." | "Ce SMS part au client tel quel, et la promesse est à vous avec l'heure indiquée." | "Este SMS va al cliente tal como está, y la promesa es suya con la hora que dice.";
    send_apology: "Send the apology" | "Excuses versturen" | "Entschuldigung senden" | "Envoyer les excuses" | "Enviar la disculpa";
    asked: "The customer was asked whether it is sorted. What do they say?" | "De klant is gevraagd of het geregeld is. Wat zegt hij?" | "Der Kunde wurde gefragt, ob es erledigt ist. Was sagt er?" | "Le client a été interrogé : est-ce réglé ?" | "Se preguntó al cliente si está resuelto. ¿Qué dice?";
    sorted: "It is sorted" | "Het is geregeld" | "Es ist erledigt" | "C'est réglé" | "Está resuelto";
    not_sorted: "It is not sorted" | "Het is niet geregeld" | "Es ist nicht erledigt" | "Ce n'est pas réglé" | "No está resuelto";
    reopen: "Open it again" | "Weer openen" | "Wieder öffnen" | "Rouvrir" | "Reabrir";
    story: "What happened" | "Wat er gebeurde" | "Was geschah" | "Ce qui s'est passé" | "Qué pasó";
    message: "Message" | "Bericht" | "Nachricht" | "Message" | "Mensaje";

    needs_reason: "Say why nobody is to ring any more; a few words do." | "Zeg waarom niemand meer hoeft te bellen; een paar woorden is genoeg." | "Sagen Sie, warum niemand mehr anrufen soll; ein paar Worte genügen." | "Dites pourquoi plus personne ne doit appeler ; quelques mots suffisent." | "Diga por qué nadie debe llamar ya; bastan unas palabras.";
    bad_time: "That is no time to come within a year. Choose a day and a time from now on." | "Dat is geen tijd binnen het komende jaar. Kies een dag en tijd vanaf nu." | "Das ist keine Zeit innerhalb des nächsten Jahres. Wählen Sie Tag und Uhrzeit ab jetzt." | "Ce n'est pas une heure dans l'année qui vient. Choisissez un jour et une heure à venir." | "No es una hora dentro del próximo año. Elija un día y una hora a partir de ahora.";
    draft_old: "The drafted apology has grown old: its time is nearly over. Go back, load the page again and send the new one." | "De conceptexcuses zijn verouderd: de tijd erin is bijna om. Ga terug, laad de pagina opnieuw en verstuur de nieuwe." | "Der Entwurf ist veraltet: Seine Zeit ist fast um. Gehen Sie zurück, laden Sie die Seite neu und senden Sie den neuen." | "Le brouillon a vieilli : son heure est presque passée. Revenez, rechargez la page et envoyez le nouveau." | "El borrador ha envejecido: su hora casi ha pasado. Vuelva atrás, recargue la página y envíe el nuevo.";

    did_done: "Done. Nobody has to ring any more." | "Klaar. Niemand hoeft meer te bellen." | "Erledigt. Niemand muss mehr anrufen." | "C'est fait. Plus personne n'a à appeler." | "Hecho. Nadie tiene que llamar ya.";
    did_later: "Moved. The customer is told the new time." | "Verplaatst. De klant krijgt de nieuwe tijd." | "Verschoben. Der Kunde erfährt die neue Zeit." | "Déplacée. Le client reçoit la nouvelle heure." | "Movida. El cliente recibe la nueva hora.";
    did_let_go: "Let go. Nobody rings any more." | "Losgelaten. Niemand belt meer." | "Aufgegeben. Niemand ruft mehr an." | "Abandonnée. Plus personne n'appelle." | "Abandonada. Nadie llama ya.";
    did_apologise: "The apology is on its way." | "De excuses zijn onderweg." | "Die Entschuldigung ist unterwegs." | "Les excuses sont parties." | "La disculpa está en camino.";
    did_sorted: "Noted." | "Genoteerd." | "Notiert." | "Noté." | "Anotado.";
    did_reopen: "Open again." | "Weer open." | "Wieder offen." | "De nouveau ouverte." | "Abierta de nuevo.";
    did_nothing: "Nothing has changed: it was as it stands here already." | "Er is niets veranderd: het was al zoals het hier staat." | "Nichts hat sich geändert: Es war schon so, wie es hier steht." | "Rien n'a changé : c'était déjà ainsi." | "Nada ha cambiado: ya estaba como aparece aquí.";
    did_ring: "Your phone rings in a moment. Press 1, and you are connected." | "Uw telefoon gaat zo over. Toets 1, en u wordt verbonden." | "Ihr Telefon klingelt gleich. Drücken Sie 1, dann werden Sie verbunden." | "Votre téléphone va sonner. Appuyez sur 1, et vous êtes mis en relation." | "Su teléfono suena en un momento. Pulse 1 y se le conecta.";
    did_ring_already: "Somebody is being connected with this customer right now." | "Iemand wordt nu met deze klant verbonden." | "Jemand wird gerade mit diesem Kunden verbunden." | "Quelqu'un est en train d'être mis en relation avec ce client." | "Ahora mismo se está conectando a alguien con este cliente.";
    did_on_a_call: "You are on another call. Try again when it is over." | "U bent in een ander gesprek. Probeer het daarna opnieuw." | "Sie sind in einem anderen Gespräch. Versuchen Sie es danach noch einmal." | "Vous êtes déjà en ligne. Réessayez ensuite." | "Está en otra llamada. Inténtelo cuando termine.";
    did_no_number: "Their number is withheld, so nobody can ring back." | "Het nummer is onbekend, dus niemand kan terugbellen." | "Die Nummer ist unterdrückt, also kann niemand zurückrufen." | "Le numéro est masqué : impossible de rappeler." | "El número está oculto: no se puede devolver la llamada.";
    did_costly: "That number costs whoever rings it. Ring from your own phone if you want to." | "Dat nummer kost geld voor wie belt. Bel desgewenst met uw eigen telefoon." | "Diese Nummer kostet, wer sie anruft. Rufen Sie, wenn Sie wollen, vom eigenen Telefon an." | "Ce numéro est surtaxé. Appelez de votre propre téléphone si vous le souhaitez." | "Ese número cobra a quien llama. Llame desde su propio teléfono si quiere.";
    did_closed: "Nobody waits for this call any more." | "Niemand wacht meer op dit telefoontje." | "Niemand wartet mehr auf diesen Anruf." | "Plus personne n'attend cet appel." | "Nadie espera ya esta llamada.";

    made(who): "Promised: {who} rings back" | "Beloofd: {who} belt terug" | "Versprochen: {who} ruft zurück" | "Promis : {who} rappelle" | "Prometido: {who} devuelve la llamada";
    called_again: "The customer rang again" | "De klant belde opnieuw" | "Der Kunde rief wieder an" | "Le client a rappelé" | "El cliente volvió a llamar";
    message_left: "The customer left a message" | "De klant liet een bericht achter" | "Der Kunde hinterließ eine Nachricht" | "Le client a laissé un message" | "El cliente dejó un mensaje";
    reminded: "Whoever owes the call was reminded" | "Wie moet bellen is herinnerd" | "Wer anrufen muss, wurde erinnert" | "Un rappel a été envoyé à qui doit appeler" | "Se recordó a quien debe llamar";
    was_claimed(who): "{who}'s phone is rung for the call back" | "De telefoon van {who} gaat voor het terugbellen" | "Das Telefon von {who} klingelt für den Rückruf" | "Le téléphone de {who} sonne pour le rappel" | "Suena el teléfono de {who} para devolver la llamada";
    not_reached(who): "{who} did not reach the customer" | "{who} bereikte de klant niet" | "{who} hat den Kunden nicht erreicht" | "{who} n'a pas joint le client" | "{who} no localizó al cliente";
    was_kept(who): "{who} kept it" | "{who} hield de belofte" | "{who} hat es gehalten" | "{who} l'a tenue" | "{who} la cumplió";
    was_broken(who): "Time is up: {who} has not rung" | "De tijd is om: {who} heeft niet gebeld" | "Die Zeit ist um: {who} hat nicht angerufen" | "Trop tard : {who} n'a pas appelé" | "Se acabó el tiempo: {who} no ha llamado";
    apologised(who): "{who} sent an apology" | "{who} bood excuses aan" | "{who} hat um Entschuldigung gebeten" | "{who} a présenté des excuses" | "{who} envió una disculpa";
    moved(who): "{who} moved it" | "{who} verplaatste de belofte" | "{who} hat es verschoben" | "{who} l'a déplacée" | "{who} la movió";
    was_let_go(who): "{who} let it go" | "{who} liet de belofte los" | "{who} hat es aufgegeben" | "{who} l'a abandonnée" | "{who} la abandonó";
    reopened(who): "{who} opened it again" | "{who} opende de belofte weer" | "{who} hat es wieder geöffnet" | "{who} l'a rouverte" | "{who} la reabrió";
    talked(who): "The customer rang and talked with {who}" | "De klant belde en sprak met {who}" | "Der Kunde rief an und sprach mit {who}" | "Le client a appelé et parlé avec {who}" | "El cliente llamó y habló con {who}";
    handed_over(who): "It is {who}'s now" | "De belofte is nu van {who}" | "Es ist jetzt Sache von {who}" | "Elle revient maintenant à {who}" | "Ahora es de {who}";
    checked(who): "The customer was asked whether it is sorted, and {who} told" | "De klant is gevraagd of het geregeld is, en {who} weet het" | "Der Kunde wurde gefragt, ob es erledigt ist, und {who} weiß es" | "On a demandé au client si c'est réglé, et prévenu {who}" | "Se preguntó al cliente si está resuelto y se avisó a {who}";
    said_sorted: "The customer says that it is sorted" | "De klant zegt dat het geregeld is" | "Der Kunde sagt, es ist erledigt" | "Le client dit que c'est réglé" | "El cliente dice que está resuelto";
    said_not_sorted: "The customer says that it is not sorted" | "De klant zegt dat het niet geregeld is" | "Der Kunde sagt, es ist nicht erledigt" | "Le client dit que ce n'est pas réglé" | "El cliente dice que no está resuelto";
}

impl PromisesWords {
    pub(super) fn state_of(self, promise: &Promise) -> String {
        match &promise.state {
            PromiseState::Open => self.open(),
            PromiseState::Claimed { .. } => self.claimed(),
            PromiseState::Kept { .. } if promise.broken.is_some() => self.kept_late(),
            PromiseState::Kept { .. } => self.kept(),
            PromiseState::Broken => self.broken(),
            PromiseState::LetGo { .. } => self.let_go(),
        }
    }

    pub(super) fn told(self, what: Happened, who: &str) -> String {
        match what {
            Happened::Made => self.made(who),
            Happened::CalledAgain => self.called_again(),
            Happened::MessageLeft => self.message_left(),
            Happened::Reminded => self.reminded(),
            Happened::Claimed => self.was_claimed(who),
            Happened::NotReached => self.not_reached(who),
            Happened::Kept => self.was_kept(who),
            Happened::Broken => self.was_broken(who),
            Happened::Apologised => self.apologised(who),
            Happened::Later { .. } => self.moved(who),
            Happened::LetGo => self.was_let_go(who),
            Happened::Reopened => self.reopened(who),
            Happened::TalkedAgain => self.talked(who),
            Happened::HandedOver => self.handed_over(who),
            Happened::Checked => self.checked(who),
            Happened::SaidSorted => self.said_sorted(),
            Happened::SaidNotSorted => self.said_not_sorted(),
        }
    }
}
