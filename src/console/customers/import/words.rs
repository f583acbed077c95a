//! What is said while a customer list is taken in.

use crate::console::words::words;

words! { ImportWords:
    what: "A table as any spreadsheet saves it (CSV). Its first line names the columns:" | "Een tabel zoals elk rekenblad die bewaart (CSV). De eerste regel noemt de kolommen:" | "Eine Tabelle, wie jede Tabellenkalkulation sie speichert (CSV). Die erste Zeile nennt die Spalten:" | "Un tableau tel que tout tableur l'enregistre (CSV). La première ligne nomme les colonnes :" | "Una tabla como la guarda cualquier hoja de cálculo (CSV). La primera línea nombra las columnas:";
    rules: "Name and phone are needed, the rest is optional. Whoever is known by a number is updated, never added twice. Nothing is written before you have seen what it would do." | "Name en phone zijn nodig, de rest mag. Wie aan een nummer bekend is, wordt bijgewerkt, nooit dubbel toegevoegd. Er wordt niets opgeslagen voordat u hebt gezien wat het doet." | "Name und phone sind nötig, der Rest nicht. Wer an einer Nummer bekannt ist, wird aktualisiert, nie doppelt angelegt. Nichts wird gespeichert, bevor Sie gesehen haben, was es bewirkt." | "Name et phone sont requis, le reste est facultatif. Qui est connu par un numéro est mis à jour, jamais ajouté deux fois. Rien n'est écrit avant que vous ayez vu l'effet." | "Name y phone son necesarios, lo demás es opcional. Quien se conoce por un número se actualiza, nunca se duplica. No se escribe nada antes de que vea lo que haría.";
    file: "The file" | "Het bestand" | "Die Datei" | "Le fichier" | "El archivo";
    or_paste: "Or paste it" | "Of plak het" | "Oder fügen Sie sie ein" | "Ou collez-la" | "O péguela";
    rows: "The rows, the first one naming the columns" | "De regels, de eerste met de kolommen" | "Die Zeilen, die erste mit den Spalten" | "Les lignes, la première nommant les colonnes" | "Las filas, la primera con las columnas";
    look: "See what it would do" | "Bekijk wat het zou doen" | "Ansehen, was es bewirkt" | "Voir ce que cela ferait" | "Ver lo que haría";
    no_list: "There is no list in what was sent. Go back and choose a file that is not empty, of at most 128 MB." | "Er zat geen lijst in. Ga terug en kies een bestand dat niet leeg is, van hooguit 128 MB." | "Es war keine Liste dabei. Gehen Sie zurück und wählen Sie eine Datei, die nicht leer ist, von höchstens 128 MB." | "Il n'y avait pas de liste. Revenez et choisissez un fichier non vide, de 128 Mo au plus." | "No había ninguna lista. Vuelva y elija un archivo que no esté vacío, de 128 MB como mucho.";
    busy: "Two other lists are on their way in or out. Go back and try again when one of them is done." | "Er zijn al twee andere lijsten bezig. Ga terug en probeer het opnieuw als er een klaar is." | "Zwei andere Listen sind gerade unterwegs. Gehen Sie zurück und versuchen Sie es erneut, wenn eine fertig ist." | "Deux autres listes sont en cours. Revenez et réessayez quand l'une est finie." | "Ya hay otras dos listas en curso. Vuelva e inténtelo cuando termine una.";
    looking: "Looking at the list; nothing is written" | "De lijst wordt bekeken; er wordt niets opgeslagen" | "Die Liste wird angesehen; nichts wird gespeichert" | "Lecture de la liste ; rien n'est écrit" | "Se está leyendo la lista; no se escribe nada";
    taking_in: "Taking the list in" | "De lijst wordt overgenomen" | "Die Liste wird übernommen" | "La liste est reprise" | "Se está incorporando la lista";
    calls_go_on: "Calls go on as ever. You may leave this page and come back." | "Gesprekken gaan gewoon door. U mag deze pagina verlaten en terugkomen." | "Anrufe laufen wie immer. Sie dürfen die Seite verlassen und wiederkommen." | "Les appels continuent. Vous pouvez quitter cette page et y revenir." | "Las llamadas siguen como siempre. Puede salir de esta página y volver.";
    stop: "Stop; what is done stays" | "Stoppen; wat gedaan is blijft" | "Anhalten; was getan ist, bleibt" | "Arrêter ; ce qui est fait reste" | "Parar; lo hecho se queda";
    stop_looking: "Stop" | "Stoppen" | "Anhalten" | "Arrêter" | "Parar";
    look_again: "Look again" | "Opnieuw kijken" | "Erneut nachsehen" | "Regarder de nouveau" | "Mirar de nuevo";
    would: "What it would do" | "Wat het zou doen" | "Was es bewirken würde" | "Ce que cela ferait" | "Lo que haría";
    added: "added" | "toegevoegd" | "hinzugefügt" | "ajoutés" | "añadidos";
    updated: "updated" | "bijgewerkt" | "aktualisiert" | "mis à jour" | "actualizados";
    unchanged: "as before" | "als voorheen" | "wie bisher" | "inchangés" | "sin cambios";
    left_out: "rows left out" | "regels weggelaten" | "Zeilen ausgelassen" | "lignes écartées" | "filas omitidas";
    warnings: "worth a look" | "het bekijken waard" | "sehenswert" | "à vérifier" | "por revisar";
    go(count): "Take {count} in" | "{count} overnemen" | "{count} übernehmen" | "En reprendre {count}" | "Incorporar {count}";
    another: "Choose another list" | "Een andere lijst kiezen" | "Eine andere Liste wählen" | "Choisir une autre liste" | "Elegir otra lista";
    nothing_to_do: "There is nothing to take in." | "Er is niets over te nemen." | "Es gibt nichts zu übernehmen." | "Il n'y a rien à reprendre." | "No hay nada que incorporar.";
    look_stopped: "You stopped it: this is what was seen until then. Nothing is written." | "U hebt gestopt: dit is wat tot dan toe gezien is. Er is niets opgeslagen." | "Sie haben angehalten: das war bis dahin zu sehen. Nichts ist gespeichert." | "Vous avez arrêté : voici ce qui a été vu jusque-là. Rien n'est écrit." | "Lo ha parado: esto es lo visto hasta entonces. No se ha escrito nada.";
    stopped: "Stopped. What is counted here stays; import the same list again to go on from there." | "Gestopt. Wat hier geteld is blijft; importeer dezelfde lijst opnieuw om verder te gaan." | "Angehalten. Was hier gezählt ist, bleibt; importieren Sie dieselbe Liste erneut, um fortzufahren." | "Arrêté. Ce qui est compté ici reste ; importez la même liste pour continuer." | "Parado. Lo contado aquí se queda; importe la misma lista otra vez para seguir.";
    done: "The list is in." | "De lijst is overgenomen." | "Die Liste ist übernommen." | "La liste est reprise." | "La lista está incorporada.";
    failed(why): "The list could not be read: {why}. What was taken in before stays; put it right and send it again." | "De lijst kon niet gelezen worden: {why}. Wat al overgenomen was blijft; herstel het en stuur opnieuw." | "Die Liste ließ sich nicht lesen: {why}. Was schon übernommen war, bleibt; berichtigen Sie sie und senden Sie sie erneut." | "La liste n'a pas pu être lue : {why}. Ce qui était repris reste ; corrigez et renvoyez-la." | "No se pudo leer la lista: {why}. Lo ya incorporado se queda; corríjala y envíela otra vez.";
    at_line(line, why): "line {line}: {why}" | "regel {line}: {why}" | "Zeile {line}: {why}" | "ligne {line} : {why}" | "línea {line}: {why}";
    problems: "Rows to look at" | "Regels om te bekijken" | "Zeilen zum Ansehen" | "Lignes à examiner" | "Filas que revisar";
    download: "Rows left out, as CSV" | "Weggelaten regels, als CSV" | "Ausgelassene Zeilen als CSV" | "Lignes écartées, en CSV" | "Filas omitidas, como CSV";
    line: "Line" | "Regel" | "Zeile" | "Ligne" | "Línea";
    fate: "What becomes of it" | "Wat ermee gebeurt" | "Was daraus wird" | "Ce qu'elle devient" | "Qué pasa con ella";
    reason: "Why" | "Waarom" | "Warum" | "Pourquoi" | "Por qué";
    is_left_out: "left out" | "weggelaten" | "ausgelassen" | "écartée" | "omitida";
    goes_in: "goes in" | "gaat mee" | "kommt mit" | "reprise" | "entra";
    more(count): "And {count} more." | "En nog {count}." | "Und {count} weitere." | "Et {count} de plus." | "Y {count} más.";
    changes: "What changes" | "Wat er verandert" | "Was sich ändert" | "Ce qui change" | "Qué cambia";
}
