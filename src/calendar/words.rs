//! The words of calendars.

use crate::domain::words::words;

words! { CalendarWords:
    who_has_the_phone(business): "{business}: who has the phone" | "{business}: wie de telefoon heeft" | "{business}: wer das Telefon hat" | "{business} : qui a le téléphone" | "{business}: quién tiene el teléfono";
    nobody: "Nobody" | "Niemand" | "Niemand" | "Personne" | "Nadie";
    has_the_phone(name): "{name} has the phone" | "{name} heeft de telefoon" | "{name} hat das Telefon" | "{name} a le téléphone" | "{name} tiene el teléfono";
    is_behind(name, first): "{name} is behind {first}" | "{name} staat achter {first}" | "{name} steht hinter {first}" | "{name} est derrière {first}" | "{name} está detrás de {first}";
    of_line(line): "line {line}" | "lijn {line}" | "Leitung {line}" | "ligne {line}" | "línea {line}";
    line(line, number): "Line {line}, {number}." | "Lijn {line}, {number}." | "Leitung {line}, {number}." | "Ligne {line}, {number}." | "Línea {line}, {number}.";
    behind(names): "Behind: {names}." | "Daarachter: {names}." | "Dahinter: {names}." | "Ensuite : {names}." | "Detrás: {names}.";
    away(names): "Away: {names}." | "Afwezig: {names}." | "Abwesend: {names}." | "Absents : {names}." | "Ausentes: {names}.";
}
