//! What people read in the log of changes.

use crate::console::words::words;
use crate::domain::access::Deed;

words! { AuditWords:
    title: "Changes" | "Wijzigingen" | "Änderungen" | "Modifications" | "Cambios";
    when: "When" | "Wanneer" | "Wann" | "Quand" | "Cuándo";
    who: "Who" | "Wie" | "Wer" | "Qui" | "Quién";
    what: "What" | "Wat" | "Was" | "Quoi" | "Qué";
    subject: "To what or whom" | "Aan wat of wie" | "Woran oder an wem" | "À quoi ou à qui" | "A qué o a quién";
    subject_hint: "Such as tom, customer 7 or promise 41" | "Zoals tom, customer 7 of promise 41" | "Etwa tom, customer 7 oder promise 41" | "Par exemple tom, customer 7 ou promise 41" | "Por ejemplo tom, customer 7 o promise 41";
    change: "Before and after" | "Ervoor en erna" | "Vorher und nachher" | "Avant et après" | "Antes y después";
    before: "Before" | "Ervoor" | "Vorher" | "Avant" | "Antes";
    after: "After" | "Erna" | "Nachher" | "Après" | "Después";
    everybody: "everybody" | "iedereen" | "alle" | "tout le monde" | "todos";
    everything: "everything" | "alles" | "alles" | "tout" | "todo";
    filter: "Show" | "Tonen" | "Zeigen" | "Afficher" | "Mostrar";
    none: "Nothing was changed that fits this. Take away a filter." | "Er is niets gewijzigd dat hierbij past. Haal een filter weg." | "Nichts Passendes wurde geändert. Nehmen Sie einen Filter weg." | "Rien de tel n'a été modifié. Retirez un filtre." | "No se ha cambiado nada así. Quite un filtro.";
    older: "Older" | "Ouder" | "Ältere" | "Plus anciens" | "Más antiguos";
    newest: "The newest" | "De nieuwste" | "Die neuesten" | "Les plus récents" | "Los más recientes";
    by_token(name): "with the token {name}" | "met de sleutel {name}" | "mit dem Schlüssel {name}" | "avec la clé {name}" | "con la clave {name}";
    by_text: "by text" | "per sms" | "per SMS" | "par SMS" | "por SMS";
    by_hand: "in the file on the disk" | "in het bestand op schijf" | "in der Datei auf der Platte" | "dans le fichier sur le disque" | "en el archivo del disco";
    somebody: "somebody" | "iemand" | "jemand" | "quelqu'un" | "alguien";
    by_command: "at the command line" | "op de opdrachtregel" | "auf der Befehlszeile" | "en ligne de commande" | "en la línea de órdenes";
    customer(id): "customer {id}" | "klant {id}" | "Kunde {id}" | "client {id}" | "cliente {id}";
    customers: "customers" | "klanten" | "Kunden" | "clients" | "clientes";
    promise(id): "promise {id}" | "belofte {id}" | "Versprechen {id}" | "promesse {id}" | "promesa {id}";
    call: "a call" | "een gesprek" | "ein Anruf" | "un appel" | "una llamada";
    account(id): "account {id}" | "account {id}" | "Konto {id}" | "compte {id}" | "cuenta {id}";
    sending(id): "sending {id}" | "verzending {id}" | "Sendung {id}" | "envoi {id}" | "envío {id}";
    token(id): "token {id}" | "sleutel {id}" | "Schlüssel {id}" | "clé {id}" | "clave {id}";
    yes: "yes" | "ja" | "ja" | "oui" | "sí";
    no: "no" | "nee" | "nein" | "non" | "no";
    address: "Address" | "Adres" | "Adresse" | "Adresse" | "Dirección";
    added: "Added" | "Toegevoegd" | "Hinzugefügt" | "Ajoutés" | "Añadidos";
    away_until: "Away until" | "Afwezig tot" | "Abwesend bis" | "Absent jusqu'au" | "Ausente hasta";
    back: "Back again" | "Weer terug" | "Wieder da" | "De retour" | "De vuelta";
    begun: "Begun" | "Begonnen" | "Begonnen" | "Commencé" | "Empezado";
    blocked: "Calls refused" | "Gesprekken geweigerd" | "Anrufe abgewiesen" | "Appels refusés" | "Llamadas rechazadas";
    browser: "Browser" | "Browser" | "Browser" | "Navigateur" | "Navegador";
    live_change: "In the rota" | "In het rooster" | "Im Dienstplan" | "Au planning" | "En los turnos";
    cover: "Cover" | "Vervanging" | "Vertretung" | "Remplacement" | "Sustituto";
    due: "Due" | "Uiterlijk" | "Fällig" | "Échéance" | "Vence";
    failed: "Failed" | "Mislukt" | "Fehlgeschlagen" | "Échoué" | "Falló";
    language: "Language" | "Taal" | "Sprache" | "Langue" | "Idioma";
    left_out: "Left out" | "Weggelaten" | "Ausgelassen" | "Laissés de côté" | "Omitidos";
    name: "Name" | "Naam" | "Name" | "Nom" | "Nombre";
    note: "Note" | "Notitie" | "Notiz" | "Note" | "Nota";
    numbers: "Numbers" | "Nummers" | "Nummern" | "Numéros" | "Números";
    owner: "Who rings back" | "Wie terugbelt" | "Wer zurückruft" | "Qui rappelle" | "Quién devuelve la llamada";
    password: "Password" | "Wachtwoord" | "Passwort" | "Mot de passe" | "Contraseña";
    replaces: "Takes away what the list does not have" | "Haalt weg wat de lijst niet heeft" | "Nimmt weg, was die Liste nicht hat" | "Enlève ce que la liste n'a pas" | "Quita lo que la lista no tiene";
    taken_away: "Taken away" | "Weggehaald" | "Weggenommen" | "Enlevé" | "Quitado";
    role: "Role" | "Rol" | "Rolle" | "Rôle" | "Rol";
    scope: "What it may do" | "Wat hij mag" | "Was er darf" | "Ce qu'elle peut" | "Qué puede";
    sessions: "Sessions" | "Sessies" | "Sitzungen" | "Sessions" | "Sesiones";
    place: "Place in the rota" | "Plaats in het rooster" | "Platz im Dienstplan" | "Place au planning" | "Lugar en los turnos";
    standing: "State" | "Stand" | "Stand" | "État" | "Estado";
    stopped: "Stopped half-way" | "Halverwege gestopt" | "Auf halbem Weg beendet" | "Arrêté en route" | "Detenido a medias";
    tags: "Tags" | "Labels" | "Schlagwörter" | "Étiquettes" | "Etiquetas";
    tokens: "Tokens" | "Sleutels" | "Schlüssel" | "Clés" | "Claves";
    unchanged: "As before" | "Als voorheen" | "Wie vorher" | "Comme avant" | "Como antes";
    updated: "Updated" | "Bijgewerkt" | "Aktualisiert" | "Mis à jour" | "Actualizados";
    usual: "Usual person" | "Vaste persoon" | "Stammperson" | "Personne habituelle" | "Persona habitual";
    version: "Version" | "Versie" | "Version" | "Version" | "Versión";
    what_changed: "What changed" | "Wat er veranderde" | "Was sich änderte" | "Ce qui a changé" | "Qué cambió";
    why: "Why" | "Waarom" | "Warum" | "Pourquoi" | "Por qué";
    signed_in: "signed in" | "heeft zich aangemeld" | "hat sich angemeldet" | "s'est connecté" | "ha entrado";
    signed_out: "signed out" | "heeft zich afgemeld" | "hat sich abgemeldet" | "s'est déconnecté" | "ha salido";
    session_ended: "ended a session" | "heeft een sessie beëindigd" | "hat eine Sitzung beendet" | "a terminé une session" | "ha cerrado una sesión";
    sessions_ended: "signed somebody out everywhere" | "heeft iemand overal afgemeld" | "hat jemanden überall abgemeldet" | "a déconnecté quelqu'un partout" | "ha cerrado todas las sesiones de alguien";
    account_added: "added an account" | "heeft een account toegevoegd" | "hat ein Konto hinzugefügt" | "a ajouté un compte" | "ha añadido una cuenta";
    account_removed: "withdrew access" | "heeft toegang ingetrokken" | "hat einen Zugang entzogen" | "a retiré un accès" | "ha retirado un acceso";
    role_changed: "gave a role" | "heeft een rol gegeven" | "hat eine Rolle vergeben" | "a donné un rôle" | "ha dado un rol";
    place_given: "joined an account to the rota" | "heeft een account aan het rooster gekoppeld" | "hat ein Konto mit dem Dienstplan verbunden" | "a relié un compte au planning" | "ha unido una cuenta a los turnos";
    access_ended: "took somebody out of the rota, and with it their access" | "heeft iemand uit het rooster gehaald, en daarmee de toegang" | "hat jemanden aus dem Dienstplan genommen, und damit den Zugang" | "a retiré quelqu'un du planning, et donc son accès" | "ha quitado a alguien de los turnos, y con ello su acceso";
    password_set: "chose a password" | "heeft een wachtwoord gekozen" | "hat ein Passwort gewählt" | "a choisi un mot de passe" | "ha elegido una contraseña";
    link_made: "made a sign-in link" | "heeft een aanmeldlink gemaakt" | "hat einen Anmeldelink gemacht" | "a fait un lien de connexion" | "ha hecho un enlace de entrada";
    invited: "invited by text" | "heeft per sms uitgenodigd" | "hat per SMS eingeladen" | "a invité par SMS" | "ha invitado por SMS";
    language_chosen: "chose a language" | "heeft een taal gekozen" | "hat eine Sprache gewählt" | "a choisi une langue" | "ha elegido un idioma";
    token_made: "made a token" | "heeft een sleutel gemaakt" | "hat einen Schlüssel gemacht" | "a créé une clé" | "ha creado una clave";
    token_revoked: "revoked a token" | "heeft een sleutel ingetrokken" | "hat einen Schlüssel widerrufen" | "a révoqué une clé" | "ha revocado una clave";
    customer_added: "added a customer" | "heeft een klant toegevoegd" | "hat einen Kunden hinzugefügt" | "a ajouté un client" | "ha añadido un cliente";
    customer_changed: "changed a customer" | "heeft een klant gewijzigd" | "hat einen Kunden geändert" | "a modifié un client" | "ha cambiado un cliente";
    customers_merged: "merged customers" | "heeft klanten samengevoegd" | "hat Kunden zusammengeführt" | "a fusionné des clients" | "ha unido clientes";
    customers_imported: "imported customers" | "heeft klanten geïmporteerd" | "hat Kunden importiert" | "a importé des clients" | "ha importado clientes";
    customers_exported: "exported customers" | "heeft klanten geëxporteerd" | "hat Kunden exportiert" | "a exporté des clients" | "ha exportado clientes";
    customer_erased: "erased a customer" | "heeft een klant gewist" | "hat einen Kunden gelöscht" | "a effacé un client" | "ha borrado un cliente";
    rota_saved: "saved the rota" | "heeft het rooster opgeslagen" | "hat den Dienstplan gespeichert" | "a enregistré le planning" | "ha guardado los turnos";
    rota_restored: "brought back an older rota" | "heeft een ouder rooster teruggezet" | "hat einen älteren Dienstplan zurückgeholt" | "a rétabli un ancien planning" | "ha recuperado unos turnos anteriores";
    live_change_made: "made a live change" | "heeft een wijziging voor nu gemaakt" | "hat eine sofortige Änderung gemacht" | "a fait un changement immédiat" | "ha hecho un cambio inmediato";
    live_change_undone: "undid a live change" | "heeft een wijziging voor nu teruggenomen" | "hat eine sofortige Änderung zurückgenommen" | "a annulé un changement immédiat" | "ha deshecho un cambio inmediato";
    swap_asked: "asked somebody to swap" | "heeft iemand gevraagd te ruilen" | "hat jemanden um einen Tausch gebeten" | "a demandé un échange" | "ha pedido un cambio de turno";
    feed_made: "made a calendar link" | "heeft een agendalink gemaakt" | "hat einen Kalenderlink gemacht" | "a fait un lien d'agenda" | "ha hecho un enlace de calendario";
    feed_revoked: "revoked a calendar link" | "heeft een agendalink ingetrokken" | "hat einen Kalenderlink widerrufen" | "a révoqué un lien d'agenda" | "ha revocado un enlace de calendario";
    promise_changed: "changed a promise" | "heeft een belofte gewijzigd" | "hat ein Versprechen geändert" | "a modifié une promesse" | "ha cambiado una promesa";
    call_back_asked: "asked for a call back" | "heeft om terugbellen gevraagd" | "hat einen Rückruf verlangt" | "a demandé un rappel" | "ha pedido una devolución de llamada";
    apology_sent: "sent an apology" | "heeft excuses gestuurd" | "hat eine Entschuldigung gesendet" | "a envoyé des excuses" | "ha enviado una disculpa";
    call_noted: "noted something on a call" | "heeft iets bij een gesprek genoteerd" | "hat etwas zu einem Anruf notiert" | "a noté quelque chose sur un appel" | "ha anotado algo en una llamada";
    sent_again: "had something sent again" | "heeft iets opnieuw laten versturen" | "hat etwas noch einmal senden lassen" | "a fait renvoyer quelque chose" | "ha hecho enviar algo otra vez";
    unsent_seen: "saw what was not sent" | "heeft gezien wat niet verstuurd is" | "hat gesehen, was nicht gesendet wurde" | "a vu ce qui n'est pas parti" | "ha visto lo que no se envió";
}

impl AuditWords {
    pub(super) fn deed(self, deed: Deed) -> String {
        match deed {
            Deed::SignedIn => self.signed_in(),
            Deed::SignedOut => self.signed_out(),
            Deed::SessionEnded => self.session_ended(),
            Deed::SessionsEnded => self.sessions_ended(),
            Deed::AccountAdded => self.account_added(),
            Deed::AccountRemoved => self.account_removed(),
            Deed::RoleChanged => self.role_changed(),
            Deed::PlaceGiven => self.place_given(),
            Deed::AccessEnded => self.access_ended(),
            Deed::PasswordSet => self.password_set(),
            Deed::LinkMade => self.link_made(),
            Deed::Invited => self.invited(),
            Deed::LanguageChosen => self.language_chosen(),
            Deed::TokenMade => self.token_made(),
            Deed::TokenRevoked => self.token_revoked(),
            Deed::CustomerAdded => self.customer_added(),
            Deed::CustomerChanged => self.customer_changed(),
            Deed::CustomersMerged => self.customers_merged(),
            Deed::CustomersImported => self.customers_imported(),
            Deed::CustomersExported => self.customers_exported(),
            Deed::CustomerErased => self.customer_erased(),
            Deed::RotaSaved => self.rota_saved(),
            Deed::RotaRestored => self.rota_restored(),
            Deed::LiveChangeMade => self.live_change_made(),
            Deed::LiveChangeUndone => self.live_change_undone(),
            Deed::SwapAsked => self.swap_asked(),
            Deed::FeedMade => self.feed_made(),
            Deed::FeedRevoked => self.feed_revoked(),
            Deed::PromiseChanged => self.promise_changed(),
            Deed::CallBackAsked => self.call_back_asked(),
            Deed::ApologySent => self.apology_sent(),
            Deed::CallNoted => self.call_noted(),
            Deed::SentAgain => self.sent_again(),
            Deed::UnsentSeen => self.unsent_seen(),
        }
    }
}
