//! What people read in the console, in the languages that it speaks.

use crate::domain::words::Language;
pub(crate) use crate::domain::words::words;

words! { Words:
    now: "Now" | "Nu" | "Jetzt" | "Maintenant" | "Ahora";
    calls: "Calls" | "Gesprekken" | "Anrufe" | "Appels" | "Llamadas";
    customers: "Customers" | "Klanten" | "Kunden" | "Clients" | "Clientes";
    rota: "Rota" | "Rooster" | "Dienstplan" | "Planning" | "Turnos";
    who: "Who would ring?" | "Wie gaat over?" | "Wer würde klingeln?" | "Qui sonnerait ?" | "¿A quién llamaría?";
    rehearse: "Rehearse" | "Oefenen" | "Proben" | "Répéter" | "Ensayar";
    promises: "Promises" | "Beloftes" | "Versprechen" | "Promesses" | "Promesas";
    report: "Report" | "Verslag" | "Bericht" | "Bilan" | "Informe";
    mine: "Mine" | "Van mij" | "Meins" | "À moi" | "Lo mío";
    people: "People and access" | "Mensen en toegang" | "Personen und Zugang" | "Personnes et accès" | "Personas y acceso";
    audit: "Changes" | "Wijzigingen" | "Änderungen" | "Modifications" | "Cambios";
    menu: "Menu" | "Menu" | "Menü" | "Menu" | "Menú";
    skip: "Skip to the page" | "Naar de pagina" | "Zur Seite springen" | "Aller à la page" | "Ir a la página";
    pages: "Pages" | "Pagina's" | "Seiten" | "Pages" | "Páginas";
    shortcuts: "Shortcuts" | "Snelkoppelingen" | "Schnellzugriff" | "Raccourcis" | "Accesos";
    licences: "Licences" | "Licenties" | "Lizenzen" | "Licences" | "Licencias";
    sign_out: "Sign out" | "Afmelden" | "Abmelden" | "Se déconnecter" | "Cerrar sesión";
    language: "Language" | "Taal" | "Sprache" | "Langue" | "Idioma";
    change: "Change" | "Wijzigen" | "Ändern" | "Changer" | "Cambiar";
    zone(zone): "Times are those of {zone}." | "Tijden gelden voor {zone}." | "Zeiten gelten für {zone}." | "Les heures sont celles de {zone}." | "Las horas son las de {zone}.";
    not_found: "There is nothing here" | "Hier is niets" | "Hier ist nichts" | "Il n'y a rien ici" | "Aquí no hay nada";
    not_found_why: "It may have been erased, or the address is mistyped." | "Het is misschien gewist, of het adres is verkeerd getypt." | "Es wurde vielleicht gelöscht, oder die Adresse ist vertippt." | "Cela a peut-être été effacé, ou l'adresse est mal écrite." | "Quizá se ha borrado, o la dirección está mal escrita.";
    forbidden: "This is not yours to do" | "Dit mag u niet" | "Das dürfen Sie nicht" | "Vous n'en avez pas le droit" | "No tiene permiso para esto";
    forbidden_why: "Ask an owner or admin of the console to do it, or to give you the right." | "Vraag een eigenaar of beheerder om het te doen, of u het recht te geven." | "Bitten Sie einen Inhaber oder Verwalter darum, oder um das Recht dazu." | "Demandez-le à un propriétaire ou administrateur, ou demandez-lui le droit." | "Pídaselo a un propietario o administrador, o pídale el permiso.";
    away: "The store cannot be reached" | "De opslag is niet bereikbaar" | "Der Speicher ist nicht erreichbar" | "La base n'est pas joignable" | "No se puede acceder al almacén";
    away_why: "Calls go on ringing people. Nothing of what you typed was saved: try again in a moment." | "Gesprekken gaan gewoon door. Wat u typte is niet opgeslagen: probeer het zo weer." | "Anrufe klingeln weiter. Ihre Eingabe wurde nicht gespeichert: versuchen Sie es gleich noch einmal." | "Les appels continuent de sonner. Rien de ce que vous avez saisi n'est enregistré : réessayez dans un instant." | "Las llamadas siguen sonando. No se ha guardado lo que escribió: inténtelo de nuevo en un momento.";
    try_again: "Try again" | "Opnieuw proberen" | "Noch einmal versuchen" | "Réessayer" | "Volver a intentar";
    back: "Back to where you were" | "Terug naar waar u was" | "Dorthin zurück, wo Sie waren" | "Revenir où vous étiez" | "Volver a donde estaba";
    you_typed: "What you typed" | "Wat u typte" | "Was Sie eingegeben haben" | "Ce que vous avez saisi" | "Lo que escribió";
    wrong: "That does not work like this" | "Zo gaat het niet" | "So geht es nicht" | "Cela ne marche pas ainsi" | "Así no funciona";
    changed_meanwhile: "Somebody changed this meanwhile" | "Iemand heeft dit intussen gewijzigd" | "Das wurde inzwischen geändert" | "Quelqu'un l'a changé entre-temps" | "Alguien lo ha cambiado mientras tanto";
    too_soon(seconds): "Too many tries. Wait {seconds} seconds, then try again." | "Te veel pogingen. Wacht {seconds} seconden en probeer het opnieuw." | "Zu viele Versuche. Warten Sie {seconds} Sekunden und versuchen Sie es dann noch einmal." | "Trop d'essais. Attendez {seconds} secondes, puis réessayez." | "Demasiados intentos. Espere {seconds} segundos y vuelva a intentarlo.";
    too_long: "This is more than 2 MB, which is too much to send at once. Make it shorter; a customer list goes in as a file, under Customers." | "Dit is meer dan 2 MB, te veel om in één keer te versturen. Maak het korter; een klantenlijst gaat erin als bestand, onder Klanten." | "Das sind mehr als 2 MB, zu viel für eine Sendung. Kürzen Sie es; eine Kundenliste kommt als Datei hinein, unter Kunden." | "C'est plus de 2 Mo, trop pour un seul envoi. Raccourcissez-le ; une liste de clients s'importe comme fichier, sous Clients." | "Son más de 2 MB, demasiado para un solo envío. Acórtelo; una lista de clientes se importa como archivo, en Clientes.";
    back_to(page): "Back to {page}" | "Terug naar {page}" | "Zurück zu {page}" | "Retour à {page}" | "Volver a {page}";
    save: "Save" | "Opslaan" | "Speichern" | "Enregistrer" | "Guardar";
    yes_do_it: "Yes, do it" | "Ja, doen" | "Ja, ausführen" | "Oui, le faire" | "Sí, hacerlo";
    cancel: "Cancel" | "Annuleren" | "Abbrechen" | "Annuler" | "Cancelar";
    search: "Search" | "Zoeken" | "Suchen" | "Chercher" | "Buscar";
    newer: "Newer" | "Nieuwer" | "Neuere" | "Plus récents" | "Más recientes";
    older: "Older" | "Ouder" | "Ältere" | "Plus anciens" | "Más antiguos";
    stranger: "a stranger" | "een onbekende" | "jemand Unbekanntes" | "un inconnu" | "un desconocido";
    withheld: "number withheld" | "nummer onbekend" | "Nummer unterdrückt" | "numéro masqué" | "número oculto";
    live: "Up to date" | "Actueel" | "Aktuell" | "À jour" | "Al día";
    stale: "Not connected; trying again" | "Geen verbinding; wordt opnieuw geprobeerd" | "Keine Verbindung; neuer Versuch" | "Pas de connexion ; nouvel essai" | "Sin conexión; se vuelve a intentar";
}

/// The language of a browser's `Accept-Language` that is spoken here and that it likes best; English if none is.
pub(crate) fn preferred(accept_language: &str) -> Language {
    let mut best: Option<(Language, f32)> = None;
    for part in accept_language.split(',') {
        let mut fields = part.trim().split(';');
        let Some(language) = fields.next().and_then(|tag| Language::of(tag.trim())) else { continue };
        let weight = fields.find_map(|field| field.trim().strip_prefix("q=")?.parse().ok()).unwrap_or(1.0);
        if best.is_none_or(|(_, before)| weight > before) {
            best = Some((language, weight));
        }
    }
    best.map_or(Language::English, |(language, _)| language)
}

/// What a language calls itself.
pub(crate) fn own_name(language: Language) -> &'static str {
    match language {
        Language::English => "English",
        Language::Dutch => "Nederlands",
        Language::German => "Deutsch",
        Language::French => "Français",
        Language::Spanish => "Español",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_gets_the_language_it_likes_best_of_those_spoken() {
        for (header, expected) in [
            ("nl-BE,nl;q=0.9,en;q=0.8", Language::Dutch),
            ("cy, fr;q=0.4, de;q=0.7", Language::German),
            ("en;q=0.1, es", Language::Spanish),
            ("", Language::English),
            ("tlh,*;q=0.5", Language::English),
            ("de;q=x", Language::German),
        ] {
            assert_eq!(preferred(header), expected, "{header}");
        }
    }
}
