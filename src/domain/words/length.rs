//! How long something takes, in whole units.

use super::Language;
use super::table::words;

words! { LengthWords:
    minute: "1 minute" | "1 minuut" | "1 Minute" | "1 minute" | "1 minuto";
    minutes(count): "{count} minutes" | "{count} minuten" | "{count} Minuten" | "{count} minutes" | "{count} minutos";
    hour: "1 hour" | "1 uur" | "1 Stunde" | "1 heure" | "1 hora";
    hours(count): "{count} hours" | "{count} uur" | "{count} Stunden" | "{count} heures" | "{count} horas";
    day: "1 day" | "1 dag" | "1 Tag" | "1 jour" | "1 día";
    days(count): "{count} days" | "{count} dagen" | "{count} Tage" | "{count} jours" | "{count} días";
}

const HOUR: i64 = 60;
const DAY: i64 = 24 * HOUR;

impl Language {
    /// `30 minutes`, `1 hour`, `169 hours`
    pub fn in_hours(self, minutes: i64) -> String {
        let words = LengthWords(self);
        match minutes {
            1 => words.minute(),
            HOUR => words.hour(),
            whole if whole % HOUR == 0 => words.hours(whole / HOUR),
            minutes => words.minutes(minutes),
        }
    }

    /// As [`Language::in_hours`], and whole days as days.
    pub fn in_days(self, minutes: i64) -> String {
        let words = LengthWords(self);
        match minutes {
            DAY => words.day(),
            whole if whole % DAY == 0 => words.days(whole / DAY),
            minutes => self.in_hours(minutes),
        }
    }
}
