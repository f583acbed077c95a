//! The words of the page Rehearse.

use crate::console::words;

words! { RehearseWords:
    title: "Rehearse" | "Oefenen" | "Proben" | "Répéter" | "Ensayar";
    intro: "Make-believe phones, and you answer them: see who is rung, what everybody hears, and how the call ends. Nobody real is rung, and nothing is kept." | "Nagebootste telefoons, en u neemt op: zie wie gebeld wordt, wat iedereen hoort en hoe het gesprek eindigt. Niemand wordt echt gebeld en er blijft niets bewaard." | "Nachgestellte Telefone, und Sie nehmen ab: sehen Sie, bei wem es klingelt, was jeder hört und wie der Anruf endet. Niemand wird wirklich angerufen, und nichts bleibt gespeichert." | "Des téléphones fictifs, et c'est vous qui répondez : voyez chez qui ça sonne, ce que chacun entend et comment l'appel finit. Personne n'est appelé pour de vrai, et rien n'est gardé." | "Teléfonos simulados, y usted contesta: vea a quién se llama, qué oye cada uno y cómo acaba la llamada. No se llama a nadie de verdad y no se guarda nada.";
    off: "Rehearsals are switched off. Set `enabled = true` in [providers.rehearsal] of the settings, and start the server again." | "Oefenen is uitgeschakeld. Zet `enabled = true` in [providers.rehearsal] van de instellingen en start de server opnieuw." | "Proben sind ausgeschaltet. Setzen Sie `enabled = true` in [providers.rehearsal] der Einstellungen und starten Sie den Server neu." | "Les répétitions sont désactivées. Mettez `enabled = true` dans [providers.rehearsal] des réglages, puis redémarrez le serveur." | "Los ensayos están desactivados. Ponga `enabled = true` en [providers.rehearsal] de la configuración y reinicie el servidor.";
    on_edit: "This rehearses an edit of the rota that is not saved." | "Dit oefent een wijziging van het rooster die niet is opgeslagen." | "Hier wird eine Änderung des Dienstplans geprobt, die nicht gespeichert ist." | "Ceci répète une modification du planning qui n'est pas enregistrée." | "Esto ensaya un cambio de turnos que no está guardado.";
    on_live: "This rehearses the rota that is live." | "Dit oefent het rooster dat nu geldt." | "Hier wird der Dienstplan geprobt, der gerade gilt." | "Ceci répète le planning en vigueur." | "Esto ensaya los turnos vigentes.";
    begin: "Ring" | "Bellen" | "Anrufen" | "Appeler" | "Llamar";
    full: "Others are rehearsing, and there is no place left: try again in a few minutes." | "Anderen zijn aan het oefenen en er is geen plaats meer: probeer het over een paar minuten weer." | "Andere proben gerade, und es ist kein Platz mehr frei: versuchen Sie es in ein paar Minuten wieder." | "D'autres répètent et il n'y a plus de place : réessayez dans quelques minutes." | "Otros están ensayando y no queda sitio: inténtelo en unos minutos.";
    failed(why): "The rehearsal could not begin: {why}. Try again; real calls go on as ever." | "Het oefenen kon niet beginnen: {why}. Probeer het opnieuw; echte gesprekken gaan gewoon door." | "Die Probe konnte nicht beginnen: {why}. Versuchen Sie es noch einmal; echte Anrufe gehen weiter." | "La répétition n'a pas pu commencer : {why}. Réessayez ; les vrais appels continuent." | "El ensayo no pudo empezar: {why}. Inténtelo otra vez; las llamadas reales siguen igual.";
    over: "This rehearsal is over: it ended when another was begun, or when nobody had touched it for 15 minutes." | "Deze oefening is voorbij: ze eindigde toen een andere begon, of toen niemand er 15 minuten aan kwam." | "Diese Probe ist vorbei: sie endete, als eine andere begann, oder weil 15 Minuten lang niemand etwas tat." | "Cette répétition est finie : une autre a commencé, ou personne n'y a touché pendant 15 minutes." | "Este ensayo ha terminado: empezó otro o nadie lo tocó durante 15 minutos.";
    begin_another: "Begin another" | "Een andere beginnen" | "Eine andere beginnen" | "En commencer une autre" | "Empezar otro";
    no_script: "Without script time goes by when you press a button." | "Zonder script gaat de tijd verder als u op een knop drukt." | "Ohne Skript vergeht die Zeit, wenn Sie einen Knopf drücken." | "Sans script, le temps avance quand vous appuyez sur un bouton." | "Sin script, el tiempo avanza al pulsar un botón.";
    pause: "Pause" | "Pauze" | "Pause" | "Pause" | "Pausa";
    run: "Go on" | "Doorgaan" | "Weiter" | "Reprendre" | "Seguir";
    speak: "Speak what is heard" | "Uitspreken wat er te horen is" | "Vorlesen, was zu hören ist" | "Dire ce qui s'entend" | "Decir lo que se oye";
    a_second: "1 second" | "1 seconde" | "1 Sekunde" | "1 seconde" | "1 segundo";
    seconds(count): "{count} seconds" | "{count} seconden" | "{count} Sekunden" | "{count} secondes" | "{count} segundos";
    goes_on: "Next happening" | "Volgende gebeurtenis" | "Nächstes Ereignis" | "Événement suivant" | "Siguiente suceso";
    phones: "Phones" | "Telefoons" | "Telefone" | "Téléphones" | "Teléfonos";
    happened: "What happened, and why" | "Wat er gebeurde, en waarom" | "Was geschah, und warum" | "Ce qui s'est passé, et pourquoi" | "Qué pasó, y por qué";
    outcome: "Outcome:" | "Afloop:" | "Ausgang:" | "Issue :" | "Resultado:";
    reached(who, seconds): "{who} took the call, {seconds} s after the caller rang." | "{who} nam het gesprek aan, {seconds} s nadat de beller belde." | "{who} hat den Anruf angenommen, {seconds} s nachdem es klingelte." | "{who} a pris l'appel, {seconds} s après le début." | "{who} tomó la llamada, {seconds} s después de empezar.";
    promised(who, by): "{who} has promised to ring back by {by}." | "{who} heeft beloofd terug te bellen vóór {by}." | "{who} hat den Rückruf bis {by} versprochen." | "{who} a promis de rappeler avant {by}." | "{who} ha prometido devolver la llamada antes de {by}.";
    hung_up(seconds): "The caller hung up after {seconds} s, and there is no number to ring back." | "De beller hing op na {seconds} s, en er is geen nummer om terug te bellen." | "Der Anrufer hat nach {seconds} s aufgelegt, und es gibt keine Nummer für einen Rückruf." | "L'appelant a raccroché après {seconds} s, et il n'y a pas de numéro à rappeler." | "Quien llamaba colgó a los {seconds} s, y no hay número al que llamar.";
    hung_up_owed(seconds, who, by): "The caller hung up after {seconds} s; {who} rings back by {by}." | "De beller hing op na {seconds} s; {who} belt terug vóór {by}." | "Der Anrufer hat nach {seconds} s aufgelegt; {who} ruft bis {by} zurück." | "L'appelant a raccroché après {seconds} s ; {who} rappelle avant {by}." | "Quien llamaba colgó a los {seconds} s; {who} devuelve la llamada antes de {by}.";
    blocked: "Blocked: refused before anything was said or billed." | "Geblokkeerd: geweigerd voor er iets gezegd of berekend werd." | "Gesperrt: abgewiesen, bevor etwas gesagt oder berechnet wurde." | "Bloqué : refusé avant toute parole et tout frais." | "Bloqueado: rechazado antes de decir o cobrar nada.";
    again: "Play again" | "Nog eens" | "Noch einmal" | "Rejouer" | "Otra vez";
    the_same: "The same call again" | "Hetzelfde gesprek nog eens" | "Denselben Anruf noch einmal" | "Le même appel encore une fois" | "La misma llamada otra vez";
    another: "With another caller, line or time" | "Met een andere beller, lijn of tijd" | "Mit anderem Anrufer, anderer Leitung oder Zeit" | "Avec un autre appelant, une autre ligne ou heure" | "Con otra persona, línea u hora";
    the_caller: "The caller" | "De beller" | "Der Anrufer" | "L'appelant" | "Quien llama";
    withheld: "number withheld" | "nummer onbekend" | "Nummer unterdrückt" | "numéro masqué" | "número oculto";
    hears_ringing: "hears ringing" | "hoort de beltoon" | "hört es klingeln" | "entend sonner" | "oye el tono";
    hears_words: "hears" | "hoort" | "hört" | "entend" | "oye";
    hears_tone: "has heard the tone" | "heeft de pieptoon gehoord" | "hat den Ton gehört" | "a entendu le bip" | "ha oído la señal";
    speaks: "leaves a message" | "laat een bericht achter" | "hinterlässt eine Nachricht" | "laisse un message" | "deja un mensaje";
    talks: "talks" | "praat" | "spricht" | "parle" | "habla";
    gone: "call is over" | "gesprek is voorbij" | "Anruf ist vorbei" | "appel terminé" | "llamada terminada";
    leave_message: "Leave a message" | "Bericht achterlaten" | "Nachricht hinterlassen" | "Laisser un message" | "Dejar un mensaje";
    hang_up: "Hang up" | "Ophangen" | "Auflegen" | "Raccrocher" | "Colgar";
    quiet: "quiet" | "stil" | "still" | "silencieux" | "en silencio";
    rings: "rings" | "gaat over" | "klingelt" | "sonne" | "suena";
    shows(number): "shows {number}" | "toont {number}" | "zeigt {number}" | "affiche {number}" | "muestra {number}";
    answer: "Answer" | "Opnemen" | "Abnehmen" | "Répondre" | "Contestar";
    decline: "Decline" | "Weigeren" | "Ablehnen" | "Refuser" | "Rechazar";
    voicemail: "Voicemail takes it" | "Voicemail neemt op" | "Mailbox nimmt ab" | "La messagerie répond" | "Salta el buzón";
    busy: "Busy" | "In gesprek" | "Besetzt" | "Occupé" | "Ocupado";
    unreachable: "No signal" | "Geen bereik" | "Kein Netz" | "Hors réseau" | "Sin cobertura";
    let_it_ring: "Or let it ring: time goes on." | "Of laat hem overgaan: de tijd loopt door." | "Oder klingeln lassen: die Zeit läuft weiter." | "Ou laissez sonner : le temps passe." | "O déjelo sonar: el tiempo sigue.";
    listens: "listens" | "luistert" | "hört zu" | "écoute" | "escucha";
    key_1: "1 take it" | "1 aannemen" | "1 annehmen" | "1 prendre" | "1 tomarla";
    key_2: "2 ring back in 15 minutes" | "2 over 15 minuten terugbellen" | "2 in 15 Minuten zurückrufen" | "2 rappeler dans 15 minutes" | "2 llamar en 15 minutos";
    key_3: "3 next person" | "3 volgende persoon" | "3 nächste Person" | "3 personne suivante" | "3 siguiente persona";
    other_keys: "Other keys:" | "Andere toetsen:" | "Andere Tasten:" | "Autres touches :" | "Otras teclas:";
}

words! { ToldWords:
    rings_in(caller, line): "{caller} rings the line {line}" | "{caller} belt de lijn {line}" | "{caller} ruft die Leitung {line} an" | "{caller} appelle la ligne {line}" | "{caller} llama a la línea {line}";
    rings(who, seconds): "rings {who} for {seconds} s" | "belt {who}, {seconds} s" | "klingelt bei {who}, {seconds} s" | "sonne chez {who}, {seconds} s" | "llama a {who}, {seconds} s";
    not_rung(who): "does not ring {who}" | "belt {who} niet" | "klingelt nicht bei {who}" | "ne sonne pas chez {who}" | "no llama a {who}";
    picks_up(who): "{who} picks up" | "{who} neemt op" | "{who} nimmt ab" | "{who} décroche" | "{who} descuelga";
    picks_up_alone(who): "{who}'s phone picks up by itself" | "de telefoon van {who} neemt vanzelf op" | "das Telefon von {who} nimmt von selbst ab" | "le téléphone de {who} décroche tout seul" | "el teléfono de {who} descuelga solo";
    hears(who): "{who} hears" | "{who} hoort" | "{who} hört" | "{who} entend" | "{who} oye";
    presses(who, key): "{who} presses {key}" | "{who} drukt op {key}" | "{who} drückt {key}" | "{who} appuie sur {key}" | "{who} pulsa {key}";
    talks(who): "{who} and the caller talk" | "{who} en de beller praten" | "{who} und der Anrufer sprechen" | "{who} et l'appelant parlent" | "{who} y quien llama hablan";
    dropped(who): "{who}'s phone is hung up" | "de telefoon van {who} wordt opgehangen" | "das Telefon von {who} wird aufgelegt" | "le téléphone de {who} est raccroché" | "el teléfono de {who} se cuelga";
    no_answer(who): "{who} does not answer" | "{who} neemt niet op" | "{who} nimmt nicht ab" | "{who} ne répond pas" | "{who} no contesta";
    busy(who): "{who} is busy" | "{who} is in gesprek" | "bei {who} ist besetzt" | "{who} est occupé" | "{who} comunica";
    declines(who): "{who} declines" | "{who} weigert" | "{who} lehnt ab" | "{who} refuse" | "{who} rechaza";
    unreachable(who): "{who} cannot be reached" | "{who} is onbereikbaar" | "{who} ist nicht erreichbar" | "{who} est injoignable" | "{who} está ilocalizable";
    stops_ringing(who): "{who}'s phone stops ringing" | "de telefoon van {who} stopt met overgaan" | "das Telefon von {who} hört auf zu klingeln" | "le téléphone de {who} cesse de sonner" | "el teléfono de {who} deja de sonar";
    hangs_up(who): "{who} hangs up" | "{who} hangt op" | "{who} legt auf" | "{who} raccroche" | "{who} cuelga";
    caller_hears: "the caller hears" | "de beller hoort" | "der Anrufer hört" | "l'appelant entend" | "quien llama oye";
    tone: "the caller hears a tone" | "de beller hoort een pieptoon" | "der Anrufer hört einen Ton" | "l'appelant entend un bip" | "quien llama oye una señal";
    message(seconds): "the caller leaves a message of {seconds} s" | "de beller laat een bericht van {seconds} s achter" | "der Anrufer hinterlässt eine Nachricht von {seconds} s" | "l'appelant laisse un message de {seconds} s" | "quien llama deja un mensaje de {seconds} s";
    caller_hangs_up: "the caller hangs up" | "de beller hangt op" | "der Anrufer legt auf" | "l'appelant raccroche" | "quien llama cuelga";
    call_ends: "the call ends" | "het gesprek eindigt" | "der Anruf endet" | "l'appel se termine" | "la llamada termina";
    refused: "the caller is refused, and hears a busy tone" | "de beller wordt geweigerd en hoort de bezettoon" | "der Anrufer wird abgewiesen und hört das Besetztzeichen" | "l'appelant est refusé et entend la tonalité occupée" | "quien llama es rechazado y oye el tono de ocupado";
    text(who): "a text to {who}" | "een sms aan {who}" | "eine SMS an {who}" | "un SMS à {who}" | "un SMS a {who}";
    customer_of(name, usual): "{name}, usual person {usual}" | "{name}, vaste persoon {usual}" | "{name}, Stammperson {usual}" | "{name}, personne habituelle {usual}" | "{name}, persona habitual {usual}";
    new_caller: "a new caller" | "een nieuwe beller" | "jemand Neues" | "un nouvel appelant" | "alguien nuevo";
    nobody_known: "nobody we could know" | "niemand die we kunnen kennen" | "niemand, den wir kennen können" | "personne que nous puissions connaître" | "nadie a quien podamos conocer";
    the_caller: "the caller" | "de beller" | "den Anrufer" | "l'appelant" | "quien llama";
    fault: "WRONG" | "FOUT" | "FALSCH" | "ERREUR" | "ERROR";
}
