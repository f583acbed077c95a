//! The words of the page of somebody who answers.

use crate::console::words::words;

words! { MineWords:
    not_staff: "Your account is not joined to anybody who answers the phone, so there is nothing here. An admin can join it under People and access." | "Uw account hoort niet bij iemand die de telefoon opneemt, dus hier staat niets. Een beheerder kan het koppelen bij Mensen en toegang." | "Ihr Konto gehört zu niemandem, der ans Telefon geht, also steht hier nichts. Ein Admin kann es unter Personen und Zugang verbinden." | "Votre compte n'est relié à personne qui répond au téléphone : rien à voir ici. Un administrateur peut le relier sous Personnes et accès." | "Su cuenta no está unida a nadie que conteste el teléfono, así que aquí no hay nada. Un administrador puede unirla en Personas y acceso.";
    duty: "Your phone" | "Uw telefoon" | "Ihr Telefon" | "Votre téléphone" | "Su teléfono";
    you_have_it: "You are on call" | "U hebt dienst" | "Sie haben Dienst" | "Vous êtes de garde" | "Está de guardia";
    you_back_up: "You are the backup" | "U bent reserve" | "Sie springen ein" | "Vous êtes en renfort" | "Está de refuerzo";
    not_you: "You are not on call" | "U hebt geen dienst" | "Sie haben keinen Dienst" | "Vous n'êtes pas de garde" | "No está de guardia";
    you_are_away: "You are away" | "U bent afwezig" | "Sie sind abwesend" | "Vous êtes absent" | "Está ausente";
    until(when): "until {when}" | "tot {when}" | "bis {when}" | "jusqu'à {when}" | "hasta {when}";
    next_turn(when): "Your next turn: {when}" | "Uw volgende beurt: {when}" | "Ihr nächster Dienst: {when}" | "Votre prochain tour : {when}" | "Su próximo turno: {when}";
    too_many(count): "{count} changes about you are in force, and no more are taken. Undo some of them on the page Rota, or ask an admin to write one longer absence into the rota file." | "Er gelden {count} wijzigingen over u, en meer worden er niet aangenomen. Maak er enkele ongedaan op de pagina Rooster, of vraag een beheerder één langere afwezigheid in het roosterbestand te zetten." | "Über Sie gelten {count} Änderungen, mehr werden nicht angenommen. Nehmen Sie einige auf der Seite Dienstplan zurück, oder bitten Sie einen Verwalter, eine längere Abwesenheit in die Plandatei zu schreiben." | "{count} changements vous concernant sont en vigueur, et il n'en est pas accepté d'autres. Annulez-en sur la page Planning, ou demandez à un administrateur d'inscrire une seule absence plus longue dans le fichier." | "Hay {count} cambios vigentes sobre usted y no se aceptan más. Deshaga algunos en la página Turnos, o pida a un administrador que escriba una sola ausencia más larga en el archivo.";
    has_it(name): "{name} has the phone" | "{name} heeft de telefoon" | "{name} hat das Telefon" | "{name} a le téléphone" | "{name} tiene el teléfono";
    nobody_has_it: "Nobody has the phone: callers are promised a call" | "Niemand heeft de telefoon: bellers krijgen een belofte" | "Niemand hat das Telefon: Anrufern wird ein Rückruf versprochen" | "Personne n'a le téléphone : on promet un rappel" | "Nadie tiene el teléfono: se promete devolver la llamada";
    behind_you(names): "Behind you: {names}" | "Achter u: {names}" | "Hinter Ihnen: {names}" | "Derrière vous : {names}" | "Detrás de usted: {names}";
    nobody_behind: "Nobody is behind you" | "Niemand achter u" | "Niemand hinter Ihnen" | "Personne derrière vous" | "Nadie detrás de usted";
    away: "Away" | "Afwezig" | "Abwesend" | "Absence" | "Ausencia";
    back: "I am back" | "Ik ben terug" | "Ich bin zurück" | "Je suis de retour" | "He vuelto";
    two_hours: "Away for 2 hours" | "2 uur weg" | "2 Stunden weg" | "Absent 2 heures" | "Ausente 2 horas";
    today: "Away for the rest of the day" | "De rest van de dag weg" | "Für den Rest des Tages weg" | "Absent pour la journée" | "Ausente el resto del día";
    until_day: "Back on" | "Terug op" | "Zurück am" | "De retour le" | "De vuelta el";
    cover: "Who stands in" | "Wie valt in" | "Wer vertritt" | "Qui remplace" | "Quién sustituye";
    next_in_rota: "the next in the rota" | "de volgende in het rooster" | "der Nächste im Dienstplan" | "le suivant du planning" | "el siguiente en los turnos";
    go: "Away until then" | "Weg tot dan" | "Bis dahin weg" | "Absent jusque-là" | "Ausente hasta entonces";
    hole(from, until, line): "Then nobody would be there: from {from} to {until} line {line} is open, and no phone would ring." | "Dan is er niemand: van {from} tot {until} is lijn {line} open, en geen telefoon zou overgaan." | "Dann wäre niemand da: Von {from} bis {until} ist Leitung {line} offen, und kein Telefon würde klingeln." | "Alors personne ne serait là : de {from} à {until}, la ligne {line} est ouverte et aucun téléphone ne sonnerait." | "Entonces no habría nadie: de {from} a {until} la línea {line} está abierta y no sonaría ningún teléfono.";
    all_the_same: "I am away all the same" | "Ik ben toch weg" | "Ich bin trotzdem weg" | "Je m'absente quand même" | "Me voy de todos modos";
    stay: "No, I stay" | "Nee, ik blijf" | "Nein, ich bleibe" | "Non, je reste" | "No, me quedo";
    did_away: "You are away. Your turn goes to whoever stands in." | "U bent afwezig. Uw dienst gaat naar wie invalt." | "Sie sind abwesend. Ihr Dienst geht an die Vertretung." | "Vous êtes absent. Votre tour passe à qui vous remplace." | "Está ausente. Su turno pasa a quien sustituye.";
    did_back: "You are back." | "U bent terug." | "Sie sind zurück." | "Vous êtes de retour." | "Ha vuelto.";
    did_nothing: "Nothing has changed." | "Er is niets veranderd." | "Nichts hat sich geändert." | "Rien n'a changé." | "Nada ha cambiado.";
    did_already: "The rota file has you away for longer already. Press \"I am back\" to end that." | "Volgens het roosterbestand bent u al langer weg. Druk op \"Ik ben terug\" om dat te beëindigen." | "Laut Dienstplan sind Sie schon länger weg. Mit „Ich bin zurück“ beenden Sie das." | "Le planning vous donne déjà absent plus longtemps. Appuyez sur « Je suis de retour » pour y mettre fin." | "Según los turnos ya está ausente más tiempo. Pulse «He vuelto» para terminarlo.";
    bad_until: "Choose a day to come, at most a year ahead." | "Kies een dag in de toekomst, hoogstens een jaar vooruit." | "Wählen Sie einen kommenden Tag, höchstens ein Jahr voraus." | "Choisissez un jour à venir, d'ici un an au plus." | "Elija un día futuro, como mucho dentro de un año.";
    bad_cover: "Nobody of that name can stand in for you. Choose somebody else from the list." | "Niemand met die naam kan voor u invallen. Kies iemand anders uit de lijst." | "Niemand dieses Namens kann Sie vertreten. Wählen Sie jemand anderen aus der Liste." | "Personne de ce nom ne peut vous remplacer. Choisissez quelqu'un d'autre dans la liste." | "Nadie con ese nombre puede sustituirle. Elija a otra persona de la lista.";
    owed: "You ring back" | "U belt terug" | "Sie rufen zurück" | "Vous rappelez" | "Usted devuelve la llamada";
    owe_nobody: "You owe nobody a call." | "U bent niemand een telefoontje schuldig." | "Sie schulden niemandem einen Anruf." | "Vous ne devez d'appel à personne." | "No debe ninguna llamada.";
    last_calls: "Your last calls" | "Uw laatste gesprekken" | "Ihre letzten Anrufe" | "Vos derniers appels" | "Sus últimas llamadas";
    no_calls: "Your phone has not been rung lately." | "Uw telefoon is de laatste tijd niet overgegaan." | "Ihr Telefon hat in letzter Zeit nicht geklingelt." | "Votre téléphone n'a pas sonné dernièrement." | "Su teléfono no ha sonado últimamente.";
    all_calls: "All of them" | "Allemaal" | "Alle" | "Tous" | "Todas";
    install: "Keep this page on your phone: choose \"Add to home screen\" in your browser's menu." | "Bewaar deze pagina op uw telefoon: kies \"Zet op beginscherm\" in het menu van uw browser." | "Legen Sie diese Seite auf Ihr Telefon: „Zum Startbildschirm“ im Menü Ihres Browsers." | "Gardez cette page sur votre téléphone : « Ajouter à l'écran d'accueil » dans le menu du navigateur." | "Guarde esta página en su teléfono: «Añadir a pantalla de inicio» en el menú del navegador.";
}
