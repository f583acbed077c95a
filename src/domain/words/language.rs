//! The languages that are spoken here, and their times and days.

use jiff::Zoned;
use jiff::civil::{Date, DateTime, Time};

use super::sentence::Sentence;
use super::{dutch, english, french, german, spanish};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    English,
    Dutch,
    German,
    French,
    Spanish,
}

/// A day as people call it.
enum Day {
    Today,
    Yesterday,
    Tomorrow,
    /// Its weekday and date: `Monday 15 June`.
    Named(String),
}

impl Language {
    pub const ALL: [Self; 5] = [Self::English, Self::Dutch, Self::German, Self::French, Self::Spanish];

    /// The language of a BCP 47 tag, by its first subtag: `nl-BE` is Dutch. `None` for one not spoken here.
    pub fn of(tag: &str) -> Option<Self> {
        let code = tag.split('-').next().unwrap_or_default();
        Self::ALL.into_iter().find(|language| language.code().eq_ignore_ascii_case(code))
    }

    /// ISO 639, as in BCP 47 and `[words.nl]`.
    pub fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Dutch => "nl",
            Self::German => "de",
            Self::French => "fr",
            Self::Spanish => "es",
        }
    }

    /// Its English name.
    pub fn name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::Dutch => "Dutch",
            Self::German => "German",
            Self::French => "French",
            Self::Spanish => "Spanish",
        }
    }

    /// The sentence as shipped, with its places still open.
    pub fn template(self, sentence: Sentence) -> &'static str {
        match self {
            Self::English => english::SENTENCES.template(sentence),
            Self::Dutch => dutch::SENTENCES.template(sentence),
            Self::German => german::SENTENCES.template(sentence),
            Self::French => french::SENTENCES.template(sentence),
            Self::Spanish => spanish::SENTENCES.template(sentence),
        }
    }

    /// A time as it stands after "by": `12:02`, `11:00 tomorrow`, `09:30 on Monday 15 June`; `now` is when it is said.
    /// Where a language needs a preposition it is part of it: `a las 12:02`.
    pub fn clock_time(self, at: &Zoned, now: &Zoned) -> String {
        let clock = self.clock(at.time());
        let day = self.day(at.date(), now.date());
        match (self, day) {
            (Self::Dutch, Day::Today) => format!("om {clock}"),
            (_, Day::Today) => clock,
            (Self::English, Day::Yesterday) => format!("{clock} yesterday"),
            (Self::English, Day::Tomorrow) => format!("{clock} tomorrow"),
            (Self::English, Day::Named(day)) => format!("{clock} on {day}"),
            (Self::Dutch, Day::Yesterday) => format!("gisteren om {clock}"),
            (Self::Dutch, Day::Tomorrow) => format!("morgen om {clock}"),
            (Self::Dutch, Day::Named(day)) => format!("{day} om {clock}"),
            (Self::German, Day::Yesterday) => format!("gestern um {clock}"),
            (Self::German, Day::Tomorrow) => format!("morgen um {clock}"),
            (Self::German, Day::Named(day)) => format!("{day}, um {clock}"),
            (Self::French, Day::Yesterday) => format!("hier à {clock}"),
            (Self::French, Day::Tomorrow) => format!("demain à {clock}"),
            (Self::French, Day::Named(day)) => format!("le {day} à {clock}"),
            (Self::Spanish, Day::Yesterday) => format!("ayer {clock}"),
            (Self::Spanish, Day::Tomorrow) => format!("mañana {clock}"),
            (Self::Spanish, Day::Named(day)) => format!("el {day} {clock}"),
        }
    }

    /// A time as it stands after "rang": `at 16:30`, `yesterday at 16:30`, `at 16:30 on Monday 15 June`.
    pub fn moment(self, at: &Zoned, now: &Zoned) -> String {
        let time = self.clock_time(at, now);
        match (self, self.day(at.date(), now.date())) {
            (Self::English, _) => format!("at {time}"),
            (Self::German, Day::Today) => format!("um {time}"),
            (Self::German, Day::Named(_)) => format!("am {time}"),
            (Self::French, Day::Today) => format!("à {time}"),
            (Self::Dutch | Self::German | Self::French | Self::Spanish, _) => time,
        }
    }

    /// A day by itself: `today`, `yesterday`, `on Monday 15 June`.
    pub fn on_day(self, date: Date, today: Date) -> String {
        let [this, before, after] = match self {
            Self::English => ["today", "yesterday", "tomorrow"],
            Self::Dutch => ["vandaag", "gisteren", "morgen"],
            Self::German => ["heute", "gestern", "morgen"],
            Self::French => ["aujourd'hui", "hier", "demain"],
            Self::Spanish => ["hoy", "ayer", "mañana"],
        };
        match (self, self.day(date, today)) {
            (_, Day::Today) => this.to_owned(),
            (_, Day::Yesterday) => before.to_owned(),
            (_, Day::Tomorrow) => after.to_owned(),
            (Self::English, Day::Named(day)) => format!("on {day}"),
            (Self::Dutch, Day::Named(day)) => day,
            (Self::German, Day::Named(day)) => format!("am {day}"),
            (Self::French, Day::Named(day)) => format!("le {day}"),
            (Self::Spanish, Day::Named(day)) => format!("el {day}"),
        }
    }

    fn clock(self, time: Time) -> String {
        let (hour, minute) = (time.hour(), time.minute());
        match self {
            Self::English | Self::Dutch => format!("{hour:02}:{minute:02}"),
            Self::German => format!("{hour:02}:{minute:02} Uhr"),
            Self::French if minute == 0 => format!("{hour} h"),
            Self::French => format!("{hour} h {minute:02}"),
            Self::Spanish if hour == 1 => format!("a la {hour:02}:{minute:02}"),
            Self::Spanish => format!("a las {hour:02}:{minute:02}"),
        }
    }

    fn day(self, date: Date, today: Date) -> Day {
        if date == today {
            Day::Today
        } else if today.yesterday().is_ok_and(|yesterday| date == yesterday) {
            Day::Yesterday
        } else if today.tomorrow().is_ok_and(|tomorrow| date == tomorrow) {
            Day::Tomorrow
        } else {
            Day::Named(self.date(date))
        }
    }

    /// `Monday 15 June`.
    fn date(self, date: Date) -> String {
        let (weekday, day, month) = (self.weekday(date), date.day(), self.month(date));
        match self {
            Self::French if day == 1 => format!("{weekday} 1er {month}"),
            Self::English | Self::Dutch | Self::French => format!("{weekday} {day} {month}"),
            Self::German => format!("{weekday}, den {day}. {month}"),
            Self::Spanish => format!("{weekday} {day} de {month}"),
        }
    }

    /// `Mon 15 Jun`: where there is little room.
    pub fn short_date(self, date: Date) -> String {
        let dot = if self == Self::German { "." } else { "" };
        format!("{} {}{dot} {}", self.short_weekday(date), date.day(), self.short_month(date))
    }

    /// `Mon 15 Jun 10:02`, and `Mon 15 Jun` for the beginning of a day.
    pub fn short_moment(self, at: DateTime) -> String {
        let date = self.short_date(at.date());
        if at.time() == Time::midnight() { date } else { format!("{date} {:02}:{:02}", at.hour(), at.minute()) }
    }

    pub fn short_weekday(self, date: Date) -> String {
        let letters = if matches!(self, Self::German | Self::Dutch) { 2 } else { 3 };
        self.weekday(date).chars().take(letters).collect()
    }

    fn short_month(self, date: Date) -> String {
        if self == Self::Dutch && date.month() == 3 {
            return "mrt".to_owned();
        }
        // `juin` and `juil`, but `avr` and `oct`.
        let letters = if self == Self::French && !matches!(date.month(), 4 | 10..=12) { 4 } else { 3 };
        self.month(date).chars().take(letters).collect()
    }

    pub fn weekday(self, date: Date) -> &'static str {
        let names = match self {
            Self::English => english::WEEKDAYS,
            Self::Dutch => dutch::WEEKDAYS,
            Self::German => german::WEEKDAYS,
            Self::French => french::WEEKDAYS,
            Self::Spanish => spanish::WEEKDAYS,
        };
        named(names, date.weekday().to_monday_zero_offset())
    }

    pub fn month(self, date: Date) -> &'static str {
        let names = match self {
            Self::English => english::MONTHS,
            Self::Dutch => dutch::MONTHS,
            Self::German => german::MONTHS,
            Self::French => french::MONTHS,
            Self::Spanish => spanish::MONTHS,
        };
        named(names, date.month() - 1)
    }
}

fn named<const N: usize>(names: [&'static str; N], place: i8) -> &'static str {
    usize::try_from(place).ok().and_then(|place| names.get(place)).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zoned(at: &str) -> Zoned {
        format!("{at}[Europe/London]").parse().unwrap()
    }

    #[test]
    fn a_tag_is_its_first_part_and_never_a_part_of_it() {
        assert_eq!(Language::of("nl"), Some(Language::Dutch));
        assert_eq!(Language::of("NL-be"), Some(Language::Dutch));
        assert_eq!(Language::of("de-Latn-CH"), Some(Language::German));
        for unknown in ["", "n", "nld", "cy", "fry", "-nl", "Dutch", "e n"] {
            assert_eq!(Language::of(unknown), None, "{unknown}");
        }
    }

    #[test]
    fn a_time_is_said_as_people_of_that_language_say_it() {
        let now = zoned("2026-06-12T16:30");
        let said = |at: &str| Language::ALL.map(|language| language.clock_time(&zoned(at), &now));
        assert_eq!(said("2026-06-12T17:05"), ["17:05", "om 17:05", "17:05 Uhr", "17 h 05", "a las 17:05"]);
        assert_eq!(
            said("2026-06-13T09:00"),
            ["09:00 tomorrow", "morgen om 09:00", "morgen um 09:00 Uhr", "demain à 9 h", "mañana a las 09:00"]
        );
        assert_eq!(
            said("2026-06-15T01:30"),
            [
                "01:30 on Monday 15 June",
                "maandag 15 juni om 01:30",
                "Montag, den 15. Juni, um 01:30 Uhr",
                "le lundi 15 juin à 1 h 30",
                "el lunes 15 de junio a la 01:30",
            ]
        );
        assert_eq!(said("2026-08-01T10:00")[3], "le samedi 1er août à 10 h");
    }

    #[test]
    fn what_is_past_is_said_as_past() {
        let now = zoned("2026-06-12T16:30");
        let said = |at: &str| Language::ALL.map(|language| language.moment(&zoned(at), &now));
        assert_eq!(said("2026-06-12T09:05"), ["at 09:05", "om 09:05", "um 09:05 Uhr", "à 9 h 05", "a las 09:05"]);
        assert_eq!(
            said("2026-06-11T09:05"),
            ["at 09:05 yesterday", "gisteren om 09:05", "gestern um 09:05 Uhr", "hier à 9 h 05", "ayer a las 09:05",]
        );
        assert_eq!(said("2026-06-10T09:05")[2], "am Mittwoch, den 10. Juni, um 09:05 Uhr");
    }

    #[test]
    fn a_day_is_said_without_its_time() {
        let today = jiff::civil::date(2026, 6, 12);
        let said = |day| Language::ALL.map(|language| language.on_day(jiff::civil::date(2026, 6, day), today));
        assert_eq!(said(12), ["today", "vandaag", "heute", "aujourd'hui", "hoy"]);
        assert_eq!(said(11), ["yesterday", "gisteren", "gestern", "hier", "ayer"]);
        assert_eq!(said(13), ["tomorrow", "morgen", "morgen", "demain", "mañana"]);
        assert_eq!(
            said(1),
            [
                "on Monday 1 June",
                "maandag 1 juni",
                "am Montag, den 1. Juni",
                "le lundi 1er juin",
                "el lunes 1 de junio"
            ]
        );
    }

    #[test]
    fn a_short_date_is_written_as_a_calendar_of_that_language_writes_it() {
        let said = |month, day| Language::ALL.map(|language| language.short_date(jiff::civil::date(2026, month, day)));
        assert_eq!(said(3, 4), ["Wed 4 Mar", "wo 4 mrt", "Mi 4. Mär", "mer 4 mars", "mié 4 mar"]);
        assert_eq!(said(10, 30), ["Fri 30 Oct", "vr 30 okt", "Fr 30. Okt", "ven 30 oct", "vie 30 oct"]);
        assert_eq!(said(7, 18)[3], "sam 18 juil");
        let day = jiff::civil::date(2026, 7, 18);
        assert_eq!(Language::Dutch.short_moment(day.at(0, 0, 0, 0)), "za 18 jul");
        assert_eq!(Language::German.short_moment(day.at(14, 5, 0, 0)), "Sa 18. Jul 14:05");
    }

    #[test]
    fn every_day_and_month_has_a_name_of_its_own() {
        for language in Language::ALL {
            let days: std::collections::BTreeSet<_> =
                (1..=7).map(|day| language.weekday(jiff::civil::date(2026, 6, day))).collect();
            let months: std::collections::BTreeSet<_> =
                (1..=12).map(|month| language.month(jiff::civil::date(2026, month, 1))).collect();
            assert_eq!((days.len(), months.len()), (7, 12), "{language:?}");
            assert!(!days.contains("") && !months.contains(""));
        }
    }
}
