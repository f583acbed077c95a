//! What the last weeks say ought to be set right.

use super::Language;
use super::table::words;
use crate::domain::rota::Rota;
use crate::domain::staff::StaffId;
use crate::domain::voicemail::Voicemail;

words! { AdviceWords:
    unreachable(name, times): "{name}'s phone could not be reached the last {times} times: check its number" | "de telefoon van {name} was de laatste {times} keer onbereikbaar: controleer het nummer" | "das Telefon von {name} war die letzten {times} Male nicht erreichbar: prüfen Sie die Nummer" | "le téléphone de {name} était injoignable les {times} dernières fois : vérifiez le numéro" | "el teléfono de {name} no tuvo conexión las últimas {times} veces: compruebe el número";
    never_takes(name, rung): "the phone of {name} rang for {rung} calls in 4 weeks and took none" | "de telefoon van {name} ging in 4 weken bij {rung} gesprekken over en nam er geen aan" | "das Telefon von {name} klingelte in 4 Wochen bei {rung} Anrufen und nahm keinen an" | "le téléphone de {name} a sonné pour {rung} appels en 4 semaines et n'en a pris aucun" | "el teléfono de {name} sonó por {rung} llamadas en 4 semanas y no atendió ninguna";
    is_off(name, seconds): "{name}'s voicemail picks up after {seconds} s: the phone is off, or forwards its calls" | "de voicemail van {name} neemt na {seconds} s op: de telefoon staat uit of schakelt door" | "die Mailbox von {name} nimmt nach {seconds} s ab: das Telefon ist aus oder leitet Anrufe um" | "la messagerie de {name} répond après {seconds} s : le téléphone est éteint ou renvoie ses appels" | "el buzón de {name} contesta a los {seconds} s: el teléfono está apagado o desvía las llamadas";
    set_later(name, seconds, later): "{name}'s voicemail picks up after {seconds} s: set it to {later} or ring shorter" | "de voicemail van {name} neemt na {seconds} s op: zet hem op {later} of bel korter" | "die Mailbox von {name} nimmt nach {seconds} s ab: stellen Sie sie auf {later} oder klingeln Sie kürzer" | "la messagerie de {name} répond après {seconds} s : réglez-la sur {later} ou sonnez moins longtemps" | "el buzón de {name} contesta a los {seconds} s: póngalo a {later} o llame menos tiempo";
    ring_shorter(name, seconds): "{name}'s voicemail picks up after {seconds} s: ring shorter" | "de voicemail van {name} neemt na {seconds} s op: bel korter" | "die Mailbox von {name} nimmt nach {seconds} s ab: klingeln Sie kürzer" | "la messagerie de {name} répond après {seconds} s : sonnez moins longtemps" | "el buzón de {name} contesta a los {seconds} s: llame menos tiempo";
}

/// A voicemail that picks up sooner than this, in seconds, waits for nobody: the phone is off or forwarded.
pub(super) const AT_ONCE: u32 = 5;

/// How long a voicemail should wait, in seconds: longer than our rings.
pub(super) const VOICEMAIL_SECONDS: u32 = 30;

/// `Tom Ellis's voicemail picks up after 17 s: set it to 30 or ring shorter`
pub fn voicemail_advice(voicemail: &Voicemail, rota: &Rota, language: Language) -> String {
    let Voicemail { who, seconds, .. } = voicemail;
    let (words, name) = (AdviceWords(language), rota.name(who));
    if *seconds < AT_ONCE {
        words.is_off(name, seconds)
    } else if *seconds < VOICEMAIL_SECONDS {
        words.set_later(name, seconds, VOICEMAIL_SECONDS)
    } else {
        words.ring_shorter(name, seconds)
    }
}

pub fn never_takes(who: &StaffId, rung: u32, rota: &Rota, language: Language) -> String {
    AdviceWords(language).never_takes(rota.name(who), rung)
}

pub fn unreachable(who: &StaffId, times: u32, rota: &Rota, language: Language) -> String {
    AdviceWords(language).unreachable(rota.name(who), times)
}
