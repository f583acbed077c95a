//! The words of "who would ring?".

use crate::console::words::words;

words! { WhoWords:
    caller: "Caller" | "Beller" | "Anrufer" | "Appelant" | "Quién llama";
    caller_hint: "A number, a customer's name, or “withheld”. Empty: anybody." | "Een nummer, de naam van een klant, of “withheld” (onbekend). Leeg: iedereen." | "Eine Nummer, ein Kundenname oder „withheld“ (unterdrückt). Leer: irgendjemand." | "Un numéro, le nom d'un client ou « withheld » (masqué). Vide : n'importe qui." | "Un número, el nombre de un cliente o «withheld» (oculto). Vacío: cualquiera.";
    line: "Line" | "Lijn" | "Leitung" | "Ligne" | "Línea";
    line_hint: "The number that is rung." | "Het nummer dat gebeld wordt." | "Die angerufene Nummer." | "Le numéro appelé." | "El número al que llama.";
    at: "When" | "Wanneer" | "Wann" | "Quand" | "Cuándo";
    at_hint: "Empty: now." | "Leeg: nu." | "Leer: jetzt." | "Vide : maintenant." | "Vacío: ahora.";
    show: "Show" | "Tonen" | "Zeigen" | "Afficher" | "Mostrar";
    rehearse: "Rehearse this call" | "Dit gesprek oefenen" | "Diesen Anruf proben" | "Répéter cet appel" | "Ensayar esta llamada";
    customer(name, number): "{name} ({number})" | "{name} ({number})" | "{name} ({number})" | "{name} ({number})" | "{name} ({number})";
    stranger(number): "{number}, a stranger," | "{number}, een onbekende," | "{number}, jemand Unbekanntes," | "{number}, un inconnu," | "{number}, un desconocido,";
    anybody: "Anybody" | "Iemand" | "Irgendjemand" | "Quelqu'un" | "Alguien";
    rings(caller, line, at): "{caller} rings the line {line}: {at}." | "{caller} belt de lijn {line}: {at}." | "{caller} ruft die Leitung {line} an: {at}." | "{caller} appelle la ligne {line} : {at}." | "{caller} llama a la línea {line}: {at}.";
    open_until(until): "The line is open until {until}." | "De lijn is open tot {until}." | "Die Leitung ist offen bis {until}." | "La ligne est ouverte jusqu'à {until}." | "La línea está abierta hasta {until}.";
    closed_until(until): "The line is closed until {until}." | "De lijn is gesloten tot {until}." | "Die Leitung ist geschlossen bis {until}." | "La ligne est fermée jusqu'à {until}." | "La línea está cerrada hasta {until}.";
    always_open: "The line is always open." | "De lijn is altijd open." | "Die Leitung ist immer offen." | "La ligne est toujours ouverte." | "La línea está siempre abierta.";
    always_closed: "The line is always closed." | "De lijn is altijd gesloten." | "Die Leitung ist immer geschlossen." | "La ligne est toujours fermée." | "La línea está siempre cerrada.";
    usual(who): "The usual person is {who}." | "De vaste persoon is {who}." | "Üblich ist {who}." | "La personne habituelle est {who}." | "La persona habitual es {who}.";
    no_usual: "There is no usual person." | "Er is geen vaste persoon." | "Niemand ist üblich." | "Il n'y a pas de personne habituelle." | "No hay persona habitual.";
    rung: "Rung, in this order" | "Wordt gebeld, in deze volgorde" | "Hier klingelt es, in dieser Reihenfolge" | "Sonnent, dans cet ordre" | "Se llama, en este orden";
    not_rung: "Not rung" | "Wordt niet gebeld" | "Hier klingelt es nicht" | "Ne sonnent pas" | "No se llama";
    who: "Who" | "Wie" | "Wer" | "Qui" | "Quién";
    seconds: "Seconds" | "Seconden" | "Sekunden" | "Secondes" | "Segundos";
    why: "Why" | "Waarom" | "Warum" | "Pourquoi" | "Por qué";
    nobody_rings: "Nobody rings: the caller hears the promise at once." | "Niemand wordt gebeld: de beller hoort meteen de belofte." | "Es klingelt bei niemandem: der Anrufer hört sofort das Versprechen." | "Personne ne sonne : l'appelant entend aussitôt la promesse." | "No se llama a nadie: quien llama oye la promesa enseguida.";
    promise(who, by): "If nobody takes the call, {who} promises to ring back by {by}." | "Neemt niemand op, dan belooft {who} terug te bellen vóór {by}." | "Nimmt niemand an, verspricht {who} den Rückruf bis {by}." | "Si personne ne répond, {who} promet de rappeler avant {by}." | "Si nadie atiende, {who} promete devolver la llamada antes de {by}.";
    blocked: "This caller is blocked: the call is refused, and nobody rings." | "Deze beller is geblokkeerd: het gesprek wordt geweigerd en niemand wordt gebeld." | "Dieser Anrufer ist gesperrt: der Anruf wird abgewiesen, und es klingelt bei niemandem." | "Cet appelant est bloqué : l'appel est refusé et personne ne sonne." | "Este número está bloqueado: la llamada se rechaza y no se llama a nadie.";
    differs: "different" | "anders" | "anders" | "différent" | "distinto";
    before: "As it is now" | "Zoals het nu is" | "Wie es jetzt ist" | "Comme c'est maintenant" | "Como está ahora";
    after: "With your edit" | "Met uw wijziging" | "Mit Ihrer Änderung" | "Avec votre modification" | "Con su cambio";
    nothing_changes: "For this call nothing changes." | "Voor dit gesprek verandert er niets." | "Für diesen Anruf ändert sich nichts." | "Pour cet appel, rien ne change." | "Para esta llamada no cambia nada.";
    refused: "This edit would not be taken. Put right what is listed here first:" | "Deze wijziging zou niet worden aanvaard. Zet eerst recht wat hier staat:" | "Diese Änderung würde nicht angenommen. Berichtigen Sie zuerst, was hier steht:" | "Cette modification ne serait pas acceptée. Corrigez d'abord ce qui suit :" | "Este cambio no se aceptaría. Corrija primero lo que sigue:";
    row(line): "Line {line}:" | "Regel {line}:" | "Zeile {line}:" | "Ligne {line} :" | "Línea {line}:";
    back_to_edit: "Back to the edit" | "Terug naar de wijziging" | "Zurück zur Änderung" | "Retour à la modification" | "Volver al cambio";
    no_line(line): "There is no line “{line}” in this rota." | "Er is geen lijn “{line}” in dit rooster." | "Eine Leitung „{line}“ gibt es in diesem Dienstplan nicht." | "Il n'y a pas de ligne « {line} » dans ce planning." | "No hay línea «{line}» en estos turnos.";
    no_time(text): "“{text}” is not a date with a clock time: write 2026-07-15T10:02." | "“{text}” is geen datum met kloktijd: schrijf 2026-07-15T10:02." | "„{text}“ ist kein Datum mit Uhrzeit: schreiben Sie 2026-07-15T10:02." | "« {text} » n'est pas une date avec une heure : écrivez 2026-07-15T10:02." | "«{text}» no es una fecha con hora: escriba 2026-07-15T10:02.";
    nobody(text): "“{text}” is neither a phone number nor a customer's name." | "“{text}” is geen telefoonnummer en geen naam van een klant." | "„{text}“ ist weder eine Telefonnummer noch der Name eines Kunden." | "« {text} » n'est ni un numéro de téléphone ni le nom d'un client." | "«{text}» no es un número de teléfono ni el nombre de un cliente.";
    several(text, list): "“{text}” may mean several customers: give the number of one. {list}" | "“{text}” kan meerdere klanten zijn: geef het nummer van een. {list}" | "„{text}“ kann mehrere Kunden meinen: geben Sie die Nummer von einem an. {list}" | "« {text} » peut désigner plusieurs clients : donnez le numéro de l'un d'eux. {list}" | "«{text}» puede ser varios clientes: dé el número de uno. {list}";
}
