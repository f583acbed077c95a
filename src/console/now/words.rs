//! The words of the page Now.

use crate::console::words::words;

words! { NowWords:
    title: "Now" | "Nu" | "Jetzt" | "Maintenant" | "Ahora";
    on_call: "On call" | "Heeft dienst" | "Im Dienst" | "De garde" | "De guardia";
    until(when): "until {when}" | "tot {when}" | "bis {when}" | "jusqu'à {when}" | "hasta {when}";
    behind(names): "Behind: {names}" | "Daarachter: {names}" | "Dahinter: {names}" | "Ensuite : {names}" | "Detrás: {names}";
    nobody_behind: "Nobody stands behind" | "Niemand staat erachter" | "Niemand steht dahinter" | "Personne derrière" | "Nadie detrás";
    nobody: "Nobody: calls become promises" | "Niemand: gesprekken worden beloftes" | "Niemand: Anrufe werden zu Versprechen" | "Personne : les appels deviennent des promesses" | "Nadie: las llamadas pasan a ser promesas";
    open: "open" | "open" | "geöffnet" | "ouvert" | "abierto";
    closed: "closed" | "gesloten" | "geschlossen" | "fermé" | "cerrado";
    away: "Away" | "Afwezig" | "Abwesend" | "Absents" | "Ausentes";
    away_until(name, when): "{name}, back {when}" | "{name}, terug {when}" | "{name}, zurück {when}" | "{name}, de retour {when}" | "{name}, vuelve {when}";
    covered_by(name): "{name} covers" | "{name} valt in" | "{name} vertritt" | "{name} remplace" | "{name} sustituye";
    nobody_away: "Everybody is there." | "Iedereen is er." | "Alle sind da." | "Tout le monde est là." | "Están todos.";
    calls: "Calls in progress" | "Lopende gesprekken" | "Laufende Anrufe" | "Appels en cours" | "Llamadas en curso";
    no_calls: "Nobody is ringing at this moment." | "Er belt nu niemand." | "Im Moment ruft niemand an." | "Personne n'appelle en ce moment." | "Nadie llama en este momento.";
    try_one: "Rehearse a call to see one come in." | "Oefen een gesprek om er een te zien." | "Proben Sie einen Anruf, um einen zu sehen." | "Répétez un appel pour en voir un." | "Ensaye una llamada para ver una.";
    rings(name): "rings {name}" | "gaat over bij {name}" | "klingelt bei {name}" | "sonne chez {name}" | "suena en {name}";
    whispers(name): "{name} hears who it is" | "{name} hoort wie het is" | "{name} hört, wer es ist" | "{name} entend qui c'est" | "{name} oye quién es";
    talks(name): "talks with {name}" | "spreekt met {name}" | "spricht mit {name}" | "parle avec {name}" | "habla con {name}";
    promised(name): "{name} will ring back" | "{name} belt terug" | "{name} ruft zurück" | "{name} rappellera" | "{name} devolverá la llamada";
    since: "for" | "al" | "seit" | "depuis" | "desde hace";
    on_line(line): "on {line}" | "op {line}" | "auf {line}" | "sur {line}" | "en {line}";
    promises: "Promises due today" | "Beloftes voor vandaag" | "Versprechen für heute" | "Promesses pour aujourd'hui" | "Promesas para hoy";
    no_promises: "Nothing is promised for today." | "Voor vandaag is niets beloofd." | "Für heute ist nichts versprochen." | "Rien n'est promis pour aujourd'hui." | "No hay nada prometido para hoy.";
    rings_back(owner, who, when): "{owner} rings {who} by {when}" | "{owner} belt {who} uiterlijk {when}" | "{owner} ruft {who} bis {when} an" | "{owner} rappelle {who} avant {when}" | "{owner} llama a {who} antes de {when}";
    overdue: "overdue" | "te laat" | "überfällig" | "en retard" | "atrasada";
    broken: "broken" | "niet gehouden" | "nicht gehalten" | "non tenue" | "incumplida";
    fix: "What needs fixing" | "Wat aandacht vraagt" | "Was zu richten ist" | "Ce qu'il faut régler" | "Lo que hay que arreglar";
    all_fine: "Nothing needs fixing." | "Alles is in orde." | "Alles ist in Ordnung." | "Tout est en ordre." | "Todo está en orden.";
    more_like_it(count): "And {count} more times like this." | "En nog {count} keer zo." | "Und noch {count}-mal so." | "Et encore {count} fois ainsi." | "Y {count} veces más así.";
    rota_broken(count): "The rota file on the disk is wrong ({count}); the last good one is live." | "Het roosterbestand op schijf klopt niet ({count}); het laatste goede geldt." | "Der Dienstplan auf der Platte ist fehlerhaft ({count}); der letzte gute gilt." | "Le fichier du planning est erroné ({count}) ; le dernier bon est en vigueur." | "El archivo de turnos tiene errores ({count}); rige el último correcto.";
    edit_rota: "Mend it" | "Herstel het" | "Beheben" | "Le corriger" | "Corregirlo";
    no_provider: "No telephony provider is connected: nobody real is rung." | "Er is geen telefonieaanbieder verbonden: niemand wordt echt gebeld." | "Kein Telefonanbieter ist verbunden: niemand wird wirklich angerufen." | "Aucun opérateur n'est relié : personne n'est vraiment appelé." | "No hay operador conectado: no se llama a nadie de verdad.";
    store_away(count): "The store is away: calls go on from memory, {count} to be written." | "De opslag is weg: gesprekken gaan door uit het geheugen, {count} nog te schrijven." | "Der Speicher ist weg: Anrufe gehen aus dem Gedächtnis weiter, {count} sind noch zu schreiben." | "La base est absente : les appels continuent de mémoire, {count} à écrire." | "El almacén no está: las llamadas siguen de memoria, {count} por escribir.";
    not_sent(count, why): "{count} texts or calls could not be sent. The newest: {why}" | "{count} sms'jes of gesprekken konden niet worden verstuurd. Het nieuwste: {why}" | "{count} SMS oder Anrufe konnten nicht gesendet werden. Der neueste Grund: {why}" | "{count} SMS ou appels n'ont pas pu partir. Le dernier : {why}" | "{count} mensajes o llamadas no se pudieron enviar. El último: {why}";
    past_unknown: "The past cannot be read just now." | "Het verleden is nu niet te lezen." | "Die Vergangenheit ist gerade nicht lesbar." | "Le passé n'est pas lisible pour l'instant." | "El pasado no se puede leer ahora mismo.";
}
