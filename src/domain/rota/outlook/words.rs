//! The words of gaps and clock changes.

use crate::domain::words::words;

words! { GapWords:
    span(from, until): "{from} to {until}" | "{from} tot {until}" | "{from} bis {until}" | "{from} à {until}" | "{from} a {until}";
    nobody: "open, but no phone would ring" | "open, maar er zou geen telefoon overgaan" | "geöffnet, aber kein Telefon würde klingeln" | "ouvert, mais aucun téléphone ne sonnerait" | "abierto, pero no sonaría ningún teléfono";
    only_owner(owner): "nobody on the rota would ring, only {owner}" | "niemand van het rooster zou gebeld worden, alleen {owner}" | "niemand aus dem Dienstplan würde angerufen, nur {owner}" | "personne du planning ne serait appelé, sauf {owner}" | "no se llamaría a nadie de los turnos, solo a {owner}";
    owner_behind(name): "nobody backs up {name} but the owner" | "achter {name} staat alleen de eigenaar" | "hinter {name} steht nur der Inhaber" | "derrière {name}, il n'y a que le propriétaire" | "detrás de {name} solo está el propietario";
    nobody_behind(name): "nobody backs up {name}" | "achter {name} staat niemand" | "hinter {name} steht niemand" | "derrière {name}, il n'y a personne" | "detrás de {name} no hay nadie";
}

words! { ClockWords:
    forward(at, amount, to): "{at}: the clocks go forward {amount}, to {to}." | "{at}: de klok gaat {amount} vooruit, naar {to}." | "{at}: die Uhr wird um {amount} vorgestellt, auf {to}." | "{at} : on avance l'heure de {amount}, il est alors {to}." | "{at}: el reloj se adelanta {amount}, hasta las {to}.";
    back(at, amount, to): "{at}: the clocks go back {amount}, to {to}." | "{at}: de klok gaat {amount} terug, naar {to}." | "{at}: die Uhr wird um {amount} zurückgestellt, auf {to}." | "{at} : on recule l'heure de {amount}, il est alors {to}." | "{at}: el reloj se atrasa {amount}, hasta las {to}.";
    lasts(name, start, hours): "The turn of {name} from {start} lasts {hours}; handovers keep their clock time." | "De beurt van {name} vanaf {start} duurt {hours}; overdrachten houden hun kloktijd." | "Der Dienst von {name} ab {start} dauert {hours}; Übergaben behalten ihre Uhrzeit." | "Le tour de {name} à partir du {start} dure {hours} ; les relèves gardent leur heure." | "El turno de {name} desde el {start} dura {hours}; los relevos conservan su hora.";
    nobodys_turn: "Nobody's turn changes." | "Niemands beurt verandert." | "Niemandes Dienst ändert sich." | "Aucun tour ne change." | "No cambia el turno de nadie.";
    no_such_time(planned, at): "There is no {planned} that day: the handover is at {at}." | "Het wordt die dag geen {planned}: de overdracht is om {at}." | "An diesem Tag gibt es kein {planned}: die Übergabe ist um {at}." | "Ce jour-là, {planned} n'existe pas : la relève est à {at}." | "Ese día no existen las {planned}: el relevo es a las {at}.";
    twice(at): "It is {at} twice that day: the handover is at the first." | "Het is die dag twee keer {at}: de overdracht is bij de eerste keer." | "An diesem Tag ist es zweimal {at}: die Übergabe ist beim ersten Mal." | "Ce jour-là, il est deux fois {at} : la relève est à la première." | "Ese día son dos veces las {at}: el relevo es en la primera.";
    open_longer(amount): "The line is open then, {amount} longer than on other days." | "De lijn is dan open, {amount} langer dan op andere dagen." | "Die Leitung ist dann geöffnet, {amount} länger als an anderen Tagen." | "La ligne est alors ouverte, {amount} de plus que les autres jours." | "La línea está abierta entonces, {amount} más que otros días.";
    open_shorter(amount): "The line is open then, {amount} shorter than on other days." | "De lijn is dan open, {amount} korter dan op andere dagen." | "Die Leitung ist dann geöffnet, {amount} kürzer als an anderen Tagen." | "La ligne est alors ouverte, {amount} de moins que les autres jours." | "La línea está abierta entonces, {amount} menos que otros días.";
}
