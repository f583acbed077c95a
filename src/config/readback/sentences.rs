//! The sentences of the read-back, and of what an edit changes.

use crate::domain::words::words;

words! { ReadBackWords:
    head(business, zone, owner): "{business} ({zone}). The owner is {owner}: rung last, and inherits broken promises." | "{business} ({zone}). De eigenaar is {owner}: wordt als laatste gebeld en erft niet gehouden beloftes." | "{business} ({zone}). Inhaber ist {owner}: wird zuletzt angerufen und erbt nicht gehaltene Versprechen." | "{business} ({zone}). Le propriétaire est {owner} : appelé en dernier, il hérite des promesses non tenues." | "{business} ({zone}). El propietario es {owner}: se le llama el último y hereda las promesas incumplidas.";
    own_zone: "its own zone" | "een eigen zone" | "eine eigene Zone" | "sa propre zone" | "su propia zona";
    line(line, number, hours): "Line {line}, {number}: {hours}." | "Lijn {line}, {number}: {hours}." | "Leitung {line}, {number}: {hours}." | "Ligne {line}, {number} : {hours}." | "Línea {line}, {number}: {hours}.";
    always_open: "always open" | "altijd open" | "immer geöffnet" | "toujours ouverte" | "siempre abierta";
    open(week): "open {week}" | "open op {week}" | "geöffnet {week}" | "ouverte {week}" | "abierta {week}";
    who_has_phone: "Who has the phone:" | "Wie de telefoon heeft:" | "Wer das Telefon hat:" | "Qui a le téléphone :" | "Quién tiene el teléfono:";
    always(people): "always: {people}" | "altijd: {people}" | "immer: {people}" | "toujours : {people}" | "siempre: {people}";
    until(when, people): "until {when}: {people}" | "tot {when}: {people}" | "bis {when}: {people}" | "jusqu'au {when} : {people}" | "hasta el {when}: {people}";
    then(before, name): "{before}, then {name}" | "{before}, dan {name}" | "{before}, dann {name}" | "{before}, puis {name}" | "{before}, luego {name}";
    as_owner(name): "{name} (owner)" | "{name} (eigenaar)" | "{name} (Inhaber)" | "{name} (propriétaire)" | "{name} (propietario)";
    stands_for(name, whom): "{name} (for {whom})" | "{name} (voor {whom})" | "{name} (für {whom})" | "{name} (pour {whom})" | "{name} (por {whom})";
    swapped(name, with): "{name} (swapped with {with})" | "{name} (geruild met {with})" | "{name} (getauscht mit {with})" | "{name} (échangé avec {with})" | "{name} (cambiado con {with})";
    all_others_away: "everybody else is away" | "alle anderen zijn afwezig" | "alle anderen sind abwesend" | "tous les autres sont absents" | "todos los demás están ausentes";
    is_away(name): "{name} is away" | "{name} is afwezig" | "{name} ist abwesend" | "{name} est absent" | "{name} está ausente";
    are_away(names): "{names} are away" | "{names} zijn afwezig" | "{names} sind abwesend" | "{names} sont absents" | "{names} están ausentes";
    rings(usual, each, at_most): "The usual person rings for {usual} seconds, everybody else for {each}, a call for {at_most} at most." | "Bij de vaste persoon gaat het {usual} seconden over, bij ieder ander {each}, samen hoogstens {at_most}." | "Bei der Stammperson klingelt es {usual} Sekunden, bei allen anderen {each}, insgesamt höchstens {at_most}." | "Chez la personne habituelle, ça sonne {usual} secondes, chez les autres {each}, en tout {at_most} au plus." | "A la persona habitual se la llama {usual} segundos, a los demás {each}, en total {at_most} como mucho.";
    closed_rings: "When closed, whoever is on call rings all the same." | "Na sluitingstijd wordt wie dienst heeft toch gebeld." | "Nach Schluss wird trotzdem angerufen, wer Dienst hat." | "Après la fermeture, la personne de garde est appelée quand même." | "Fuera de horario se llama igualmente a quien está de guardia.";
    closed_promises: "When closed, nobody rings and a promise is made at once." | "Na sluitingstijd wordt niemand gebeld en meteen een belofte gedaan." | "Nach Schluss wird niemand angerufen und sofort ein Versprechen gegeben." | "Après la fermeture, personne n'est appelé et une promesse est faite aussitôt." | "Fuera de horario no se llama a nadie y se hace enseguida una promesa.";
    promise(owner, within, remind): "Then {owner} rings back within {within}, {remind}." | "Daarna belt {owner} terug, uiterlijk na {within}, {remind}." | "Dann ruft {owner} zurück, Frist: {within}, {remind}." | "Ensuite {owner} rappelle, délai : {within}, {remind}." | "Después {owner} devuelve la llamada, plazo: {within}, {remind}.";
    by_usual: "the usual person, else whoever is on call," | "de vaste persoon, of anders wie dienst heeft," | "die Stammperson, sonst wer Dienst hat," | "la personne habituelle, sinon celle de garde," | "la persona habitual o, si no, quien esté de guardia,";
    by_on_call: "whoever is on call" | "wie dienst heeft" | "wer Dienst hat," | "la personne de garde" | "quien esté de guardia";
    open_time(length): "{length} of open time" | "{length} openingstijd" | "{length} Öffnungszeit" | "{length} d'ouverture" | "{length} de horario abierto";
    reminded(length): "reminded {length} before" | "met {length} ervoor een herinnering" | "mit Erinnerung {length} vorher" | "avec un rappel {length} avant" | "con un aviso {length} antes";
    not_reminded: "without a reminder" | "zonder herinnering" | "ohne Erinnerung" | "sans rappel" | "sin aviso";
    away: "Away:" | "Afwezig:" | "Abwesend:" | "Absents :" | "Ausentes:";
    swaps: "Swapped turns:" | "Geruilde beurten:" | "Getauschte Dienste:" | "Tours échangés :" | "Turnos cambiados:";
    holidays: "Holidays ahead:" | "Komende feestdagen:" | "Kommende Feiertage:" | "Jours fériés à venir :" | "Próximos festivos:";
    gaps: "Open, but not in enough hands:" | "Open, maar met te weinig mensen:" | "Geöffnet, aber mit zu wenig Leuten:" | "Ouvert, mais avec trop peu de monde :" | "Abierto, pero con muy poca gente:";
    clock_change(told): "Next clock change: {told}" | "Volgende keer dat de klok verzet wordt: {told}" | "Nächste Zeitumstellung: {told}" | "Prochain changement d'heure : {told}" | "Próximo cambio de hora: {told}";
    absence(name, from, until, cover): "{name} from {from} to {until}: {cover}" | "{name} van {from} tot en met {until}: {cover}" | "{name} von {from} bis {until}: {cover}" | "{name} du {from} au {until} : {cover}" | "{name} del {from} al {until}: {cover}";
    stands_in(name): "{name} stands in" | "{name} valt in" | "{name} vertritt" | "{name} remplace" | "{name} sustituye";
    next_steps_up: "the next name steps up" | "de volgende schuift op" | "der nächste Name rückt auf" | "le suivant monte" | "sube el siguiente";
    swap(day, give, take): "the turn of {day}: {give} gives, {take} takes" | "de beurt van {day}: {give} geeft, {take} neemt" | "der Dienst vom {day}: {give} gibt, {take} nimmt" | "le tour du {day} : {give} donne, {take} prend" | "el turno del {day}: {give} lo da, {take} lo toma";
    usual_hours: "the usual hours" | "de gewone tijden" | "die üblichen Zeiten" | "les heures habituelles" | "el horario habitual";
    closed: "closed" | "gesloten" | "geschlossen" | "fermé" | "cerrado";
    open_day(spans): "open {spans}" | "open van {spans}" | "geöffnet {spans}" | "ouvert {spans}" | "abierto {spans}";
    on_call(name): "{name} on call" | "{name} heeft dienst" | "{name} im Dienst" | "{name} de garde" | "{name} de guardia";
    once_more(gap): "{gap}, and once more" | "{gap}, en nog een keer" | "{gap}, und noch einmal" | "{gap}, et encore une fois" | "{gap}, y otra vez más";
    more_times(gap, count): "{gap}, and {count} more times" | "{gap}, en nog {count} keer" | "{gap}, und noch {count}-mal" | "{gap}, et encore {count} fois" | "{gap}, y {count} veces más";
    closed_on(open, days): "{open}; closed {days}" | "{open}; gesloten op {days}" | "{open}; geschlossen {days}" | "{open} ; fermée {days}" | "{open}; cerrada {days}";
    all_day: "all day" | "de hele dag" | "den ganzen Tag" | "toute la journée" | "todo el día";
    and(front, last): "{front} and {last}" | "{front} en {last}" | "{front} und {last}" | "{front} et {last}" | "{front} y {last}";
}

words! { ChangeWords:
    owner(is, was): "{is} is the owner now, no longer {was}." | "{is} is nu de eigenaar, niet meer {was}." | "Inhaber ist jetzt {is}, nicht mehr {was}." | "Le propriétaire est maintenant {is}, et non plus {was}." | "El propietario es ahora {is}, ya no {was}.";
    line_gone(line, number): "The line {line} is gone: nobody answers {number}." | "De lijn {line} is weg: niemand neemt {number} op." | "Die Leitung {line} ist weg: bei {number} nimmt niemand ab." | "La ligne {line} n'existe plus : personne ne répond au {number}." | "La línea {line} ya no existe: nadie contesta en el {number}.";
    line_new(line, number): "There is a new line {line}, {number}." | "Er is een nieuwe lijn {line}, {number}." | "Es gibt eine neue Leitung {line}, {number}." | "Il y a une nouvelle ligne {line}, {number}." | "Hay una línea nueva {line}, {number}.";
    is_new(name): "{name} is new." | "{name} is nieuw." | "{name} ist neu." | "{name} arrive dans l'équipe." | "{name} se incorpora al equipo.";
    other_phone(name): "{name} is rung on another phone." | "{name} wordt op een andere telefoon gebeld." | "{name} wird auf einem anderen Telefon angerufen." | "{name} est appelé sur un autre téléphone." | "A {name} se le llama a otro teléfono.";
    quiet_hours(name): "{name} has other quiet hours." | "{name} heeft andere stille uren." | "{name} hat andere Ruhezeiten." | "{name} a d'autres heures de repos." | "{name} tiene otras horas de descanso.";
    gone(name): "{name} is no longer on the staff." | "{name} werkt hier niet meer." | "{name} ist nicht mehr im Team." | "{name} ne fait plus partie de l'équipe." | "{name} ya no está en el equipo.";
    number(line, number): "The line {line} has the number {number} now." | "De lijn {line} heeft nu het nummer {number}." | "Die Leitung {line} hat jetzt die Nummer {number}." | "La ligne {line} a maintenant le numéro {number}." | "La línea {line} tiene ahora el número {number}.";
    hours(line, week): "The line {line} is open {week} now." | "De lijn {line} is nu open op {week}." | "Die Leitung {line} ist jetzt geöffnet {week}." | "La ligne {line} est maintenant ouverte {week}." | "La línea {line} está ahora abierta {week}.";
    ring(line, usual, each, at_most): "On the line {line}: the usual person {usual} seconds, everybody else {each}, {at_most} at most." | "Op de lijn {line}: de vaste persoon {usual} seconden, ieder ander {each}, hoogstens {at_most}." | "Auf der Leitung {line}: die Stammperson {usual} Sekunden, alle anderen {each}, höchstens {at_most}." | "Sur la ligne {line} : la personne habituelle {usual} secondes, les autres {each}, {at_most} au plus." | "En la línea {line}: la persona habitual {usual} segundos, los demás {each}, {at_most} como mucho.";
    promises(line): "On the line {line} other promises are made." | "Op de lijn {line} worden andere beloftes gedaan." | "Auf der Leitung {line} werden andere Versprechen gegeben." | "Sur la ligne {line}, les promesses sont autres." | "En la línea {line} se hacen otras promesas.";
    after_hours(line): "The line {line} treats calls after hours in another way." | "De lijn {line} behandelt gesprekken na sluitingstijd anders." | "Die Leitung {line} behandelt Anrufe nach Schluss anders." | "La ligne {line} traite autrement les appels après la fermeture." | "La línea {line} trata de otro modo las llamadas fuera de horario.";
    with_behind(told, names): "{told}, with {names} behind." | "{told}, met {names} erachter." | "{told}, dahinter {names}." | "{told}, avec {names} derrière." | "{told}, con {names} detrás.";
    with_nobody(told): "{told}, with nobody behind." | "{told}, met niemand erachter." | "{told}, dahinter niemand." | "{told}, sans personne derrière." | "{told}, sin nadie detrás.";
    has_behind(from, until, is, names): "From {from} to {until} {is} has {names} behind." | "Van {from} tot {until} staat achter {is}: {names}." | "Von {from} bis {until} steht hinter {is}: {names}." | "Du {from} au {until}, derrière {is} : {names}." | "Del {from} al {until}, detrás de {is}: {names}.";
    has_nobody(from, until, is): "From {from} to {until} {is} has nobody behind." | "Van {from} tot {until} staat achter {is} niemand." | "Von {from} bis {until} steht hinter {is} niemand." | "Du {from} au {until}, derrière {is} : personne." | "Del {from} al {until}, detrás de {is}: nadie.";
    week(from, was, is): "From {from} {was}'s week becomes {is}'s" | "Vanaf {from} gaat de week van {was} naar {is}" | "Ab {from} geht die Woche von {was} an {is}" | "À partir du {from}, la semaine de {was} passe à {is}" | "Desde el {from} la semana de {was} pasa a {is}";
    turn(from, was, is): "From {from} {was}'s turn becomes {is}'s" | "Vanaf {from} gaat de beurt van {was} naar {is}" | "Ab {from} geht der Dienst von {was} an {is}" | "À partir du {from}, le tour de {was} passe à {is}" | "Desde el {from} el turno de {was} pasa a {is}";
    instead(from, until, is, was): "From {from} to {until} {is} has the phone instead of {was}" | "Van {from} tot {until} heeft {is} de telefoon in plaats van {was}" | "Von {from} bis {until} hat {is} das Telefon statt {was}" | "Du {from} au {until}, {is} a le téléphone à la place de {was}" | "Del {from} al {until} {is} tiene el teléfono en lugar de {was}";
    nobody_has_phone(from, until): "From {from} to {until} nobody has the phone." | "Van {from} tot {until} heeft niemand de telefoon." | "Von {from} bis {until} hat niemand das Telefon." | "Du {from} au {until}, personne n'a le téléphone." | "Del {from} al {until} nadie tiene el teléfono.";
    has_phone(from, until, is): "From {from} to {until} {is} has the phone." | "Van {from} tot {until} heeft {is} de telefoon." | "Von {from} bis {until} hat {is} das Telefon." | "Du {from} au {until}, {is} a le téléphone." | "Del {from} al {until} {is} tiene el teléfono.";
}
