//! What the report says.

use crate::console::words::words;
use crate::domain::words::Language;

words! { ReportWords:
    days(count): "{count} days" | "{count} dagen" | "{count} Tage" | "{count} jours" | "{count} días";
    which_days: "Which days" | "Welke dagen" | "Welche Tage" | "Quels jours" | "Qué días";
    from: "From" | "Van" | "Von" | "Du" | "Desde";
    to: "To" | "Tot en met" | "Bis" | "Au" | "Hasta";
    show: "Show" | "Tonen" | "Anzeigen" | "Afficher" | "Mostrar";
    period(first, last): "{first} to {last}" | "{first} tot en met {last}" | "{first} bis {last}" | "du {first} au {last}" | "del {first} al {last}";
    compared(period): "Compared with as many days before: {period}." | "Vergeleken met evenveel dagen daarvoor: {period}." | "Verglichen mit ebenso vielen Tagen davor: {period}." | "Comparé à autant de jours auparavant : {period}." | "Comparado con otros tantos días antes: {period}.";
    empty: "Nobody has rung in these days." | "In deze dagen heeft niemand gebeld." | "In diesen Tagen hat niemand angerufen." | "Personne n'a appelé ces jours-là." | "En estos días no ha llamado nadie.";
    look_further: "Look further back" | "Kijk verder terug" | "Weiter zurückblicken" | "Remonter plus loin" | "Mirar más atrás";
    rehearse: "Rehearse a call to see how one is answered" | "Oefen een gesprek om te zien hoe het wordt beantwoord" | "Einen Anruf proben, um zu sehen, wie er angenommen wird" | "Répéter un appel pour voir comment on y répond" | "Ensayar una llamada para ver cómo se atiende";
    glance: "At a glance" | "In één oogopslag" | "Auf einen Blick" | "En un coup d'œil" | "De un vistazo";
    calls: "Calls" | "Gesprekken" | "Anrufe" | "Appels" | "Llamadas";
    going_on(count): "Still going on: {count}" | "Nog bezig: {count}" | "Noch im Gang: {count}" | "En cours : {count}" | "Aún en curso: {count}";
    blocked(count): "Blocked: {count}" | "Geblokkeerd: {count}" | "Blockiert: {count}" | "Bloqués : {count}" | "Bloqueadas: {count}";
    reached: "Reached a human" | "Kreeg een mens" | "Erreichten einen Menschen" | "Ont joint quelqu'un" | "Hablaron con alguien";
    soon(seconds): "Reached within {seconds} s" | "Bereikt binnen {seconds} s" | "Erreicht in {seconds} s" | "Joint en {seconds} s" | "Atendidas en {seconds} s";
    hung_up: "Hung up before" | "Hing eerder op" | "Legten vorher auf" | "Ont raccroché avant" | "Colgaron antes";
    usual: "Usual person or cover" | "Vaste persoon of vervanger" | "Stammperson oder Vertretung" | "Personne habituelle ou remplaçant" | "Persona habitual o sustituto";
    kept: "Promises kept in time" | "Beloftes op tijd gehouden" | "Versprechen rechtzeitig gehalten" | "Promesses tenues à temps" | "Promesas cumplidas a tiempo";
    wait: "Seconds to a human" | "Seconden tot een mens" | "Sekunden bis zu einem Menschen" | "Secondes avant quelqu'un" | "Segundos hasta una persona";
    half_within: "half within" | "de helft binnen" | "die Hälfte innerhalb" | "la moitié en" | "la mitad en";
    nine_within(seconds): "nine of ten within {seconds} s" | "negen van de tien binnen {seconds} s" | "neun von zehn innerhalb {seconds} s" | "neuf sur dix en {seconds} s" | "nueve de cada diez en {seconds} s";
    part_of(part, of): "{part} of {of}" | "{part} van {of}" | "{part} von {of}" | "{part} sur {of}" | "{part} de {of}";
    none: "none" | "geen" | "keine" | "aucun" | "ninguna";
    promises_open(open, overdue): "Promises open: {open}, overdue: {overdue}" | "Open beloftes: {open}, te laat: {overdue}" | "Offene Versprechen: {open}, überfällig: {overdue}" | "Promesses ouvertes : {open}, en retard : {overdue}" | "Promesas abiertas: {open}, atrasadas: {overdue}";
    up_from(was): "up from {was}" | "was {was}, nu hoger" | "gestiegen von {was}" | "en hausse, {was} avant" | "sube desde {was}";
    down_from(was): "down from {was}" | "was {was}, nu lager" | "gesunken von {was}" | "en baisse, {was} avant" | "baja desde {was}";
    as_before: "as before" | "zoals eerder" | "wie zuvor" | "comme avant" | "como antes";
    aim(aim): "aim: {aim}" | "doel: {aim}" | "Ziel: {aim}" | "objectif : {aim}" | "objetivo: {aim}";
    aim_most(aim): "aim: at most {aim}" | "doel: hooguit {aim}" | "Ziel: höchstens {aim}" | "objectif : {aim} au plus" | "objetivo: {aim} como máximo";
    wait_told(count, soon, seconds): "Reached a human: {count}, of them within {seconds} seconds: {soon}." | "Kreeg een mens: {count}, waarvan binnen {seconds} seconden: {soon}." | "Einen Menschen erreicht: {count}, davon in {seconds} Sekunden: {soon}." | "Ont joint quelqu'un : {count}, dont en {seconds} secondes : {soon}." | "Hablaron con alguien: {count}, de ellos en {seconds} segundos: {soon}.";
    up_to(seconds): "up to {seconds} s" | "tot {seconds} s" | "bis {seconds} s" | "jusqu'à {seconds} s" | "hasta {seconds} s";
    longer_than(seconds): "over {seconds} s" | "boven {seconds} s" | "über {seconds} s" | "plus de {seconds} s" | "más de {seconds} s";
    waited: "Waited" | "Gewacht" | "Gewartet" | "Attente" | "Espera";
    by_day: "By day" | "Per dag" | "Nach Tagen" | "Par jour" | "Por día";
    day_told(most, day): "Most calls in a day: {most}, on {day}." | "Meeste gesprekken op een dag: {most}, op {day}." | "Die meisten Anrufe an einem Tag: {most}, am {day}." | "Le plus d'appels en un jour : {most}, le {day}." | "Más llamadas en un día: {most}, el {day}.";
    bar_told(day, calls, reached): "{day}. Calls: {calls}. Reached a human: {reached}." | "{day}. Gesprekken: {calls}. Kreeg een mens: {reached}." | "{day}. Anrufe: {calls}. Einen Menschen erreicht: {reached}." | "{day}. Appels : {calls}. Ont joint quelqu'un : {reached}." | "{day}. Llamadas: {calls}. Hablaron con alguien: {reached}.";
    others: "others" | "overige" | "übrige" | "autres" | "otras";
    day: "Day" | "Dag" | "Tag" | "Jour" | "Día";
    by_week: "By weekday and hour" | "Per weekdag en uur" | "Nach Wochentag und Stunde" | "Par jour de la semaine et heure" | "Por día de la semana y hora";
    week_told(most, day, hour): "Most calls: {most}, on {day} from {hour}:00." | "Meeste gesprekken: {most}, op {day} vanaf {hour}:00." | "Die meisten Anrufe: {most}, {day} ab {hour}:00." | "Le plus d'appels : {most}, le {day} dès {hour}:00." | "Más llamadas: {most}, {day} desde las {hour}:00.";
    week_help: "Each field: how many called. A mark ○: not everybody reached a human." | "Elk vak: hoeveel er belden. Een ○: niet iedereen kreeg een mens." | "Jedes Feld: wie viele anriefen. Ein ○: nicht alle erreichten einen Menschen." | "Chaque case : combien ont appelé. Un ○ : tous n'ont pas joint quelqu'un." | "Cada casilla: cuántos llamaron. Un ○: no todos hablaron con alguien.";
    by_hour: "By hour" | "Per uur" | "Nach Stunden" | "Par heure" | "Por hora";
    hour: "Hour" | "Uur" | "Stunde" | "Heure" | "Hora";
    by_person: "By person" | "Per persoon" | "Nach Person" | "Par personne" | "Por persona";
    person: "Person" | "Persoon" | "Person" | "Personne" | "Persona";
    person_told: "Promises stand before speed: a kept word is worth more than a quick answer." | "Beloftes gaan voor snelheid: een gehouden woord is meer waard dan een snel antwoord." | "Versprechen vor Tempo: ein gehaltenes Wort ist mehr wert als eine schnelle Antwort." | "Les promesses avant la vitesse : une parole tenue vaut mieux qu'une réponse rapide." | "Las promesas antes que la rapidez: una palabra cumplida vale más que una respuesta rápida.";
    promises_of(person, kept, broken, open): "{person}: kept {kept}, broken {broken}, open {open}" | "{person}: gehouden {kept}, gebroken {broken}, open {open}" | "{person}: gehalten {kept}, gebrochen {broken}, offen {open}" | "{person} : tenues {kept}, non tenues {broken}, ouvertes {open}" | "{person}: cumplidas {kept}, incumplidas {broken}, abiertas {open}";
    promised: "Promises" | "Beloftes" | "Versprechen" | "Promesses" | "Promesas";
    in_time: "Kept" | "Gehouden" | "Gehalten" | "Tenues" | "Cumplidas";
    broken: "Broken" | "Gebroken" | "Gebrochen" | "Non tenues" | "Incumplidas";
    open: "Open" | "Open" | "Offen" | "Ouvertes" | "Abiertas";
    overdue: "Overdue" | "Te laat" | "Überfällig" | "En retard" | "Atrasadas";
    rung: "Rung" | "Gebeld" | "Geklingelt" | "Sonné" | "Sonó";
    took: "Took" | "Aangenomen" | "Angenommen" | "Pris" | "Atendió";
    median: "Median" | "Mediaan" | "Median" | "Médiane" | "Mediana";
    p90: "9 of 10" | "9 van 10" | "9 von 10" | "9 sur 10" | "9 de 10";
    as_table: "As a table" | "Als tabel" | "Als Tabelle" | "En tableau" | "Como tabla";
    as_csv: "For a spreadsheet (CSV)" | "Voor een rekenblad (CSV)" | "Für eine Tabellenkalkulation (CSV)" | "Pour un tableur (CSV)" | "Para una hoja de cálculo (CSV)";
    printable: "The rota on one page, to print" | "Het rooster op één pagina, om af te drukken" | "Der Dienstplan auf einer Seite, zum Drucken" | "Le planning sur une page, à imprimer" | "Los turnos en una página, para imprimir";
    backwards: "The first day must not be after the last, nor in the future." | "De eerste dag mag niet na de laatste liggen, en niet in de toekomst." | "Der erste Tag darf nicht nach dem letzten liegen und nicht in der Zukunft." | "Le premier jour ne peut être après le dernier, ni dans l'avenir." | "El primer día no puede ser posterior al último ni estar en el futuro.";
    too_long(days): "Choose at most {days} days." | "Kies hooguit {days} dagen." | "Wählen Sie höchstens {days} Tage." | "Choisissez au plus {days} jours." | "Elija como máximo {days} días.";
    too_many(calls): "More than {calls} calls came in during these days and those they are compared with. Choose fewer days; for all of them type `switchboard report`." | "In deze dagen en die waarmee ze worden vergeleken, kwamen meer dan {calls} gesprekken binnen. Kies minder dagen; typ voor alles `switchboard report`." | "In diesen Tagen und denen, mit denen verglichen wird, kamen mehr als {calls} Anrufe herein. Wählen Sie weniger Tage; für alle tippen Sie `switchboard report`." | "Plus de {calls} appels sont arrivés ces jours-là et ceux auxquels on compare. Choisissez moins de jours ; pour tous, tapez `switchboard report`." | "En estos días y en los que se comparan entraron más de {calls} llamadas. Elija menos días; para todas escriba `switchboard report`.";
    not_since(text): "`{text}` does not say how far back: write 7d or 4w, or give from and to as dates such as 2026-07-15." | "`{text}` zegt niet hoe ver terug: schrijf 7d of 4w, of geef van en tot als datums zoals 2026-07-15." | "`{text}` sagt nicht, wie weit zurück: schreiben Sie 7d oder 4w, oder geben Sie von und bis als Daten wie 2026-07-15 an." | "`{text}` ne dit pas jusqu'où remonter : écrivez 7d ou 4w, ou donnez des dates telles que 2026-07-15." | "`{text}` no dice hasta cuándo mirar: escriba 7d o 4w, o dé fechas como 2026-07-15.";
}

/// `62%` as this language writes it.
pub(super) fn percent(language: Language, percent: u32) -> String {
    match language {
        Language::English | Language::Dutch => format!("{percent}%"),
        Language::German | Language::Spanish => format!("{percent}\u{a0}%"),
        Language::French => format!("{percent}\u{202f}%"),
    }
}
