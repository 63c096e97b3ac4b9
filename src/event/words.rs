//! Events in words, as the window and reports tell them.

use super::What;

impl What {
    /// What happened, in words.
    pub fn words(&self) -> String {
        let (verb, part) = match self {
            What::Created(part) => ("gets", part),
            What::Arrived(part) => ("receives", part),
            What::LeavesBy { part, .. } => ("sends off", part),
            What::Left { part, .. } => ("gives away", part),
            What::Waited { part, .. } => ("has kept waiting", part),
            What::Completed { part, .. } => ("finishes", part),
            What::Spoilt(part) => ("spoils", part),
            What::Judged { part, bad: false } => ("finds nothing wrong with", part),
            What::Judged { part, bad: true } => ("rejects", part),
            What::Reworked(part) => ("reworks", part),
            What::Inspected { part, first_pass: true } => ("counts as never rejected", part),
            What::Inspected { part, first_pass: false } => ("counts as rejected before", part),
            What::FromCarrier { part, .. } => ("delivers after its time in a carrier", part),
            What::Escaped(part) => ("overlooks the defect of", part),
            What::Delivered(part) => ("delivers", part),
            What::Scrapped(part) => ("scraps", part),
            What::Merged { part, .. } => ("builds in", part),
            What::Converted { part, .. } => ("makes something else of", part),
            What::Packed { part, .. } => ("packs", part),
            What::Unpacked(part) => ("unpacks", part),
            What::Withdrawn(part) => ("sends out carrier", part),
            What::Happened(incident) => return incident.name().replace('_', " "),
            // "waits for people" is a sentence already.
            What::Became(state) if state.words().starts_with("waits") => return state.words().to_owned(),
            What::Became(state) => return format!("is {}", state.words()),
            What::Saves { mode } => return format!("saves energy in mode {}", mode + 1),
            What::AtWork { busy, .. } => return format!("has {busy} at work"),
            What::Attends { there } => return format!("has {there} there"),
            What::Answered { .. } => return "answers a call".to_owned(),
            What::Lacks { lacks: true, .. } => return "lacks people".to_owned(),
            What::Lacks { lacks: false, .. } => return "lacks people no more".to_owned(),
        };
        format!("{verb} part {}", part.serial)
    }
}
