//! The words of reasons.

use crate::domain::words::words;

words! { ReasonWords:
    usual: "usual person" | "vaste persoon" | "Stammperson" | "personne habituelle" | "persona habitual";
    learned_usual(took, of): "usual person, learned: took {took} of the last {of} calls" | "vaste persoon, geleerd: nam {took} van de laatste {of} gesprekken aan" | "Stammperson, gelernt: hat {took} der letzten {of} Anrufe angenommen" | "personne habituelle, apprise : a pris {took} des {of} derniers appels" | "persona habitual, aprendida: atendió {took} de las últimas {of} llamadas";
    covers_usual(name): "stands in for the usual person, {name}" | "valt in voor de vaste persoon, {name}" | "vertritt die Stammperson, {name}" | "remplace la personne habituelle, {name}" | "sustituye a la persona habitual, {name}";
    on_call_until(when): "on call until {when}" | "heeft dienst tot {when}" | "im Dienst bis {when}" | "de garde jusqu'au {when}" | "de guardia hasta el {when}";
    on_call: "on call" | "heeft dienst" | "im Dienst" | "de garde" | "de guardia";
    backup: "backup" | "achterwacht" | "Reserve" | "en renfort" | "de reserva";
    covers(name): "stands in for {name}" | "valt in voor {name}" | "vertritt {name}" | "remplace {name}" | "sustituye a {name}";
    swapped(with): "swapped turns with {with}" | "heeft van beurt geruild met {with}" | "hat den Dienst mit {with} getauscht" | "a échangé son tour avec {with}" | "ha cambiado el turno con {with}";
    holiday(name): "on call for {name}" | "heeft dienst op {name}" | "im Feiertagsdienst: {name}" | "de garde pour {name}" | "de guardia por {name}";
    owner: "owner" | "eigenaar" | "Inhaber" | "propriétaire" | "propietario";
    second_conversation: "owner, as it is the second call about this" | "eigenaar, want dit is het tweede gesprek hierover" | "Inhaber, denn es ist der zweite Anruf dazu" | "propriétaire, car c'est le deuxième appel à ce sujet" | "propietario, por ser la segunda llamada sobre esto";
    third_conversation: "owner first, as it is at least the third call about this" | "eerst de eigenaar, want dit is minstens het derde gesprek hierover" | "zuerst der Inhaber, denn es ist mindestens der dritte Anruf dazu" | "d'abord le propriétaire, car c'est au moins le troisième appel à ce sujet" | "primero el propietario, por ser al menos la tercera llamada sobre esto";
    as_planned: "next in the plan that the call began with" | "volgende in het plan waarmee het gesprek begon" | "als Nächstes im Plan, mit dem der Anruf begann" | "suivant dans le plan du début de l'appel" | "siguiente en el plan con el que empezó la llamada";
    by_text: "by text" | "per sms" | "per SMS" | "par SMS" | "por SMS";
    by_text_of(name): "by text of {name}" | "per sms van {name}" | "per SMS von {name}" | "par SMS de {name}" | "por SMS de {name}";
}

words! { SkipWords:
    away_until(when): "away until {when}" | "afwezig tot {when}" | "abwesend bis {when}" | "absent jusqu'au {when}" | "ausente hasta el {when}";
    not_rung_until(when): "not rung until {when}" | "wordt niet gebeld tot {when}" | "wird nicht angerufen bis {when}" | "n'est pas appelé avant le {when}" | "no se le llama hasta el {when}";
    engaged: "on another call" | "in een ander gesprek" | "in einem anderen Gespräch" | "déjà en ligne" | "en otra llamada";
    own_number: "is the one who rings" | "is zelf de beller" | "ruft selbst an" | "est la personne qui appelle" | "es quien llama";
    line_itself: "has the line's own number, which would ring in a circle" | "heeft het nummer van de lijn zelf, en dat zou in een kring rondgaan" | "hat die Nummer der Leitung selbst, und das würde im Kreis klingeln" | "a le numéro de la ligne elle-même : l'appel tournerait en rond" | "tiene el número de la propia línea: la llamada daría vueltas";
    already_in_plan: "already in the plan" | "staat al in het plan" | "steht schon im Plan" | "figure déjà dans le plan" | "ya está en el plan";
    no_time_left: "no time left to ring" | "geen tijd meer over om te bellen" | "keine Zeit mehr zum Klingeln" | "plus assez de temps pour sonner" | "ya no queda tiempo para llamar";
    cannot_screen: "voicemail could take the call: this phone cannot be screened" | "voicemail zou kunnen opnemen: bij deze telefoon is dat niet te merken" | "die Mailbox könnte abnehmen: bei diesem Telefon lässt sich das nicht prüfen" | "la messagerie pourrait répondre : impossible de le vérifier sur ce téléphone" | "podría saltar el buzón: en este teléfono no se puede comprobar";
    closed_until(when): "closed until {when}" | "gesloten tot {when}" | "geschlossen bis {when}" | "fermé jusqu'au {when}" | "cerrado hasta el {when}";
    closed: "closed" | "gesloten" | "geschlossen" | "fermé" | "cerrado";
    not_on_staff: "no longer on the staff" | "werkt hier niet meer" | "nicht mehr im Team" | "ne fait plus partie de l'équipe" | "ya no está en el equipo";
}
