//! The faults of a file: the place, the message, and the remedy.
//!
//! A [`Fault`] is a value, collected in [`Faults`] so that all of them are reported at once; how they look is left to
//! [`render`](super::render). Read [`Fault`] first.

use super::text_span::TextSpan;
use crate::units::spelling::{brief, nearest};
use std::collections::BTreeSet;

/// How many faults are shown; the rest is counted.
pub(crate) const SHOWN: usize = 30;
/// After so many faults no more spellings are searched: with ten thousand names this is what takes the time.
pub(crate) const SPELLED: usize = 2 * SHOWN;
/// After so many faults the rest is only counted, so that a million of them need no memory.
const KEPT: usize = 1000;

/// One fault that a user must correct.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where, if it is in a text.
    pub place: Option<TextSpan>,
    /// What is wrong, in lower case.
    pub message: String,
    /// What was expected there, written beside the underlined text.
    pub label: String,
    /// Remedies: the nearest spelling, what is accepted.
    pub help: Vec<String>,
    /// Other places that belong to it, with a word on each.
    pub also: Vec<(TextSpan, String)>,
}

impl Fault {
    /// A fault without a place.
    pub fn new(message: impl Into<String>) -> Fault {
        let message = message.into();
        Fault { place: None, message, label: String::new(), help: Vec::new(), also: Vec::new() }
    }

    /// The same at a place.
    pub fn at(mut self, place: TextSpan) -> Fault {
        self.place = Some(place);
        self
    }

    /// The same with a word on what was expected.
    pub fn label(mut self, label: impl Into<String>) -> Fault {
        self.label = label.into();
        self
    }

    /// The same with one more remedy.
    pub fn help(mut self, help: impl Into<String>) -> Fault {
        self.help.push(help.into());
        self
    }

    /// The same with one more place.
    pub fn also(mut self, place: TextSpan, word: impl Into<String>) -> Fault {
        self.also.push((place, word.into()));
        self
    }

    /// The same with the nearest spelling, if there is one, and else with a list of what is accepted.
    pub fn spelling<'a>(self, name: &str, accepted: impl IntoIterator<Item = &'a str> + Clone) -> Fault {
        match nearest(name, accepted.clone()) {
            Some(near) => self.help(format!("did you mean `{near}`?")),
            None => self.accepted(accepted),
        }
    }

    /// The same with a list of what is accepted, cut short when it is long.
    pub fn accepted<'a>(self, accepted: impl IntoIterator<Item = &'a str>) -> Fault {
        let mut names = accepted.into_iter();
        let mut shown: Vec<String> =
            names.by_ref().take(20).map(|name| format!("`{}`", brief(name))).collect();
        let more = names.count();
        if more > 0 {
            shown.push(format!("and {more} more"));
        }
        if shown.is_empty() { self } else { self.help(format!("accepted here: {}", shown.join(", "))) }
    }
}

/// The faults found so far.
#[derive(Clone, Debug, Default)]
pub struct Faults {
    list: Vec<Fault>,
    /// The place and message of each: the members of a group all have the same faults.
    seen: BTreeSet<(Option<TextSpan>, String)>,
    /// How many were found, those that were found before included.
    found: usize,
    /// How many more there were.
    dropped: usize,
}

impl Faults {
    /// Adds one.
    pub fn push(&mut self, fault: Fault) {
        self.found += 1;
        let key = (fault.place, fault.message.clone());
        if self.seen.contains(&key) {
            return;
        }
        if self.list.len() < KEPT {
            self.seen.insert(key);
            self.list.push(fault);
        } else {
            self.dropped += 1;
        }
    }

    /// Keeps the value or adds the fault.
    pub fn keep<T>(&mut self, result: Result<T, Fault>) -> Option<T> {
        result.map_err(|fault| self.push(fault)).ok()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// How many were found so far.
    pub(crate) fn count(&self) -> usize {
        self.found
    }

    /// Whether more of them would only be counted.
    pub(crate) fn is_full(&self) -> bool {
        self.list.len() >= KEPT
    }

    /// How many there are that are not among the [`sorted`](Faults::sorted) ones.
    pub fn dropped(&self) -> usize {
        self.dropped
    }

    /// The first thousand that were found, by place, each only once: the same fault may be found on two ways.
    pub fn sorted(&self) -> Vec<&Fault> {
        let mut sorted: Vec<&Fault> = self.list.iter().collect();
        sorted.sort_by(|a, b| (a.place, &a.message).cmp(&(b.place, &b.message)));
        sorted.dedup_by(|a, b| a.place == b.place && a.message == b.message);
        sorted
    }

    /// Takes over what was found in a file that is named at a place; what has no place of its own gets that one.
    pub(crate) fn adopt(&mut self, others: Faults, place: TextSpan) {
        self.dropped += others.dropped;
        self.found += others.dropped;
        let placed = |fault: Fault| Fault { place: fault.place.or(Some(place)), ..fault };
        others.list.into_iter().map(placed).for_each(|fault| self.push(fault));
    }

    /// Adds an unknown name with its nearest spelling. Use this where there may be thousands of names and faults.
    pub fn push_unknown<'a>(
        &mut self,
        fault: Fault,
        name: &str,
        known: impl IntoIterator<Item = &'a str> + Clone,
    ) {
        let spelled = self.list.len() < SPELLED;
        self.push(if spelled { fault.spelling(name, known) } else { fault });
    }
}

impl From<Fault> for Faults {
    fn from(fault: Fault) -> Faults {
        let mut faults = Faults::default();
        faults.push(fault);
        faults
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_name_without_a_near_one_lists_what_is_accepted() {
        let fault = Fault::new("no such field").spelling("zzz", ["cycle", "power"]);

        assert_eq!(fault.help, ["accepted here: `cycle`, `power`"]);
    }

    #[test]
    fn the_same_fault_found_twice_is_reported_once() {
        let mut faults = Faults::default();
        faults.push(Fault::new("b"));
        faults.push(Fault::new("a"));
        faults.push(Fault::new("b"));

        let messages: Vec<&str> = faults.sorted().iter().map(|fault| fault.message.as_str()).collect();

        assert_eq!(messages, ["a", "b"]);
    }

    #[test]
    fn a_million_faults_are_counted_without_being_kept() {
        let mut faults = Faults::default();
        (0..1_000_000).for_each(|nth| faults.push(Fault::new(format!("a {nth}"))));
        // One that is kept already.
        faults.push(Fault::new("a 0"));

        assert_eq!((faults.list.len() + faults.dropped(), faults.count()), (1_000_000, 1_000_001));
        assert_eq!(faults.list.len(), KEPT);
    }
}
