//! Who promises to ring back, and by when.

use jiff::Timestamp;

use super::PromiseTerms;
use crate::domain::line::{Line, PromiseOwner};
use crate::domain::promise::{Promise, PromiseState};
use crate::domain::rota::Rota;
use crate::domain::rota::duty::Duty;
use crate::domain::rota::wall_clock;
use crate::domain::staff::StaffId;

/// A promise of somebody who is away would be broken from the start, so whoever is away now, or will
/// be when it falls due, promises nothing: their cover does, else somebody on duty, else the owner.
/// An owner who is away as well has nobody left to hand it to, and the time counts from their return.
pub(super) fn terms(rota: &Rota, line: &Line, duty: &Duty, usual: Option<&StaffId>) -> PromiseTerms {
    let there = |who: &&StaffId| {
        rota.staff.get(who.as_str()).is_some() && !duty.away.is_away(who) && !duty.away_when_due.is_away(who)
    };
    let or_cover = |who| [Some(who), duty.away.cover_for(who), duty.away_when_due.cover_for(who)].into_iter().flatten();
    let usual = usual.filter(|_| line.promise.owner == PromiseOwner::UsualPerson);
    let on_duty = match line.promise.owner {
        PromiseOwner::UsualPerson | PromiseOwner::OnCall => duty.people.as_slice(),
        PromiseOwner::Owner => &[],
    };
    let mut candidates = usual
        .into_iter()
        .flat_map(or_cover)
        .chain(on_duty.iter().flat_map(|person| or_cover(&person.who)))
        .chain(or_cover(&rota.owner));
    let (owner, due) = match candidates.find(there) {
        Some(who) => (who, duty.due),
        None => (&rota.owner, due_after_return(rota, line, duty)),
    };
    let spoken = rota.staff.get(owner.as_str()).map_or(owner.as_str(), |person| person.spoken());
    PromiseTerms { owner: owner.clone(), name: rota.name(owner).to_owned(), spoken: spoken.to_owned(), due }
}

/// Who has been promised a call already, and by whom, is told the same again while it can still be kept.
/// A broken promise is for its new owner to keep, within the usual time.
pub(super) fn standing(rota: &Rota, duty: &Duty, promised: &Promise) -> Option<PromiseTerms> {
    let due = match promised.state {
        PromiseState::Open | PromiseState::Claimed { .. } => promised.due,
        PromiseState::Broken => duty.due,
        PromiseState::Kept { .. } | PromiseState::LetGo { .. } => return None,
    };
    let owner = rota.staff.get(promised.owner.as_str())?;
    let there = !duty.away.is_away(&owner.id) && !duty.away_when_due.is_away(&owner.id);
    (there && due > duty.at).then(|| PromiseTerms {
        owner: owner.id.clone(),
        name: owner.name.clone(),
        spoken: owner.spoken().to_owned(),
        due,
    })
}

/// How often an owner may leave again before a promise made at their return falls due.
const RETURNS_MAX: usize = 8;

fn due_after_return(rota: &Rota, line: &Line, duty: &Duty) -> Timestamp {
    let mut due = duty.due;
    let mut absence = duty.away.of(&rota.owner).or_else(|| duty.away_when_due.of(&rota.owner)).cloned();
    for _ in 0..RETURNS_MAX {
        let Some(away) = absence else { break };
        due = rota.due(line, wall_clock::ends(&rota.zone, away.until));
        absence = rota.absence(&rota.owner, due);
    }
    due
}
