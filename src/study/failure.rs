//! Why a study has no result: a line cannot go on, an invariant is broken, or the user stopped it.
//!
//! Read [`StudyFailure`] first.

use super::PileUp;
use super::pilot::FEWEST_PERIODS;
use crate::event::Slot;
use crate::flow::Stuck;
use crate::kernel::Time;
use crate::line::{Line, LinePattern, LinePeriod};
use crate::records::invariants::BrokenInvariant;
use crate::units;
use std::fmt;

/// Why there is no result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StudyFailure {
    /// The line could not go on: each of the elements waits for the next, and the last for the first.
    Deadlock {
        /// The line's name.
        line: String,
        /// Which replication, from 0.
        replication: u32,
        /// When.
        time: Time,
        /// Names of the elements that wait, in order.
        circle: Vec<String>,
        /// Whether all of them call people for their work.
        with_people: bool,
    },
    /// Parts moved on and on without any time passing.
    NoTimePasses {
        /// The line's name.
        line: String,
        /// Which replication, from 0.
        replication: u32,
        /// When.
        time: Time,
        /// Names of the elements the parts moved through.
        circle: Vec<String>,
    },
    /// More parts pile up than there is memory for.
    PileUp(PileUp),
    /// The records contradict each other: a fault of the program.
    BrokenLaw {
        /// The line's name.
        line: String,
        /// Which replication, from 0.
        replication: u32,
        /// Which invariant, and by how much.
        broken: BrokenInvariant,
    },
    /// A precision was asked for that no number of replications gives: the line does not settle in the window.
    Unsettled {
        /// The line's name.
        line: String,
        /// What was seen.
        seen: String,
        /// What to try.
        advice: String,
    },
    /// A warm-up was to be found in too few periods of what a line repeats.
    TooFewPeriods {
        /// The line's name.
        line: String,
        /// What it repeats.
        period: LinePeriod,
        /// Whole periods in the window.
        periods: u64,
    },
    /// Figures by shift, hour or day were asked for, and there are none for this line.
    NoPeriods {
        /// The line's name.
        line: String,
        /// What was seen.
        seen: String,
        /// What to try.
        advice: String,
    },
    /// The user stopped the study.
    Interrupted,
    /// The system gave no threads to run on.
    NoThreads(String),
}

impl StudyFailure {
    pub(crate) fn stuck(line: &Line, replication: u32, time: Time, stuck: &Stuck) -> StudyFailure {
        let name = |slot: &Slot| line.elements[slot.index()].name.clone();
        let names = |slots: &[Slot]| slots.iter().map(name).collect();
        let calls = |slot: &Slot| {
            let demands = &line.elements[slot.index()].datasheet.staff_demands;
            demands.iter().any(|demand| demand.for_work)
        };
        let with_people = matches!(stuck, Stuck::Deadlock(slots) if slots.iter().all(calls));
        let line = line.name.clone();
        match stuck {
            Stuck::Deadlock(slots) => {
                StudyFailure::Deadlock { line, replication, time, circle: names(slots), with_people }
            }
            Stuck::NoTimePasses(slots) => {
                StudyFailure::NoTimePasses { line, replication, time, circle: names(slots) }
            }
        }
    }

    /// In which replication and when the line came to a standstill, if that is the reason.
    pub fn standstill(&self) -> Option<(u32, Time)> {
        match self {
            StudyFailure::Deadlock { replication, time, .. }
            | StudyFailure::NoTimePasses { replication, time, .. } => Some((*replication, *time)),
            _ => None,
        }
    }

    /// What to try.
    pub fn advice(&self) -> String {
        let advice = match self {
            StudyFailure::PileUp(pile) => return pile.advice(),
            StudyFailure::Unsettled { advice, .. } | StudyFailure::NoPeriods { advice, .. } => {
                return advice.clone();
            }
            StudyFailure::TooFewPeriods { period, .. } => {
                let one = units::duration(period.length.secs());
                let all = units::duration(period.length.secs() * FEWEST_PERIODS as f64);
                return format!("give `warm_up`, such as \"{one}\", or lengthen `length` to {all}");
            }
            StudyFailure::Deadlock { with_people: true, .. } => {
                "give a crew one person more or the line one tool more, or call all people and tools of a job for the same \
                 phases, so that none is held while others are waited for; if they wait for parts and for none of these, let \
                 parts leave the circle"
            }
            StudyFailure::Deadlock { .. } => {
                "let parts leave the circle: widen a buffer in it, limit how many parts enter it, or give one of the \
                 elements another way out; bring each of the parts that are put together on a way for parts of its own; \
                 give a smallest lot or load a `wait`"
            }
            StudyFailure::NoTimePasses { .. } => {
                "give at least one of these elements a cycle above zero, or cut the loop"
            }
            StudyFailure::BrokenLaw { .. } => {
                "this is a fault of the program: please report it with the layout"
            }
            StudyFailure::Interrupted => "start it again",
            StudyFailure::NoThreads(_) => "ask for fewer jobs",
        };
        advice.to_owned()
    }
}

impl fmt::Display for StudyFailure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StudyFailure::Deadlock { line, replication, time, circle, .. } => {
                write!(out, "deadlock {}: {}", place(line, *replication, *time), who_waits(circle))
            }
            StudyFailure::NoTimePasses { line, replication, time, circle } => {
                let through = first_of(circle, ", ");
                write!(
                    out,
                    "no time passes {}: parts move on and on through {through}",
                    place(line, *replication, *time)
                )
            }
            StudyFailure::PileUp(pile) => out.write_str(&pile.seen()),
            StudyFailure::BrokenLaw { line, replication, broken } => {
                write!(out, "{broken} (line \"{line}\", replication {replication})")
            }
            StudyFailure::Unsettled { line, seen, .. } => {
                write!(out, "no number of replications makes the figures of \"{line}\" precise: {seen}")
            }
            StudyFailure::TooFewPeriods { line, period, periods } => {
                let (length, names) =
                    (units::duration(period.length.secs()), pattern_names(&period.patterns));
                write!(
                    out,
                    "no warm-up can be found for \"{line}\": that takes at least {FEWEST_PERIODS} periods of {length} \
                     ({names}), and `length` has {periods}"
                )
            }
            StudyFailure::NoPeriods { line, seen, .. } => {
                write!(out, "there are no figures by period of \"{line}\": {seen}")
            }
            StudyFailure::Interrupted => out.write_str("interrupted"),
            StudyFailure::NoThreads(why) => write!(out, "cannot run side by side: {why}"),
        }
    }
}

impl std::error::Error for StudyFailure {}

pub(super) fn place(line: &str, replication: u32, time: Time) -> String {
    format!("at {} in replication {replication} of \"{line}\"", units::duration(time.secs()))
}

fn pattern_names(patterns: &[LinePattern]) -> String {
    let names: Vec<String> = patterns.iter().map(|pattern| pattern.name.clone()).collect();
    first_of(&names, ", ")
}

/// "weld waits for rack, rack waits for weld".
fn who_waits(circle: &[String]) -> String {
    let closed: Vec<String> = circle.iter().chain(circle.first()).cloned().collect();
    who_waits_in_turn(&closed)
}

/// "weld waits for rack, rack waits for store".
pub(super) fn who_waits_in_turn(chain: &[String]) -> String {
    let after = chain.iter().skip(1);
    let waits: Vec<String> =
        chain.iter().zip(after).map(|(one, other)| format!("{one} waits for {other}")).collect();
    first_of(&waits, ", ")
}

/// So many names of a list are shown.
pub(crate) const NAMES_SHOWN: usize = 12;

/// The first dozen of a list, and how many more there are.
pub(crate) fn first_of(names: &[String], between: &str) -> String {
    let shown = names[..names.len().min(NAMES_SHOWN)].join(between);
    match names.len().saturating_sub(NAMES_SHOWN) {
        0 => shown,
        more => format!("{shown}{between}and {more} more"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_circle_of_many_elements_is_told_without_filling_the_screen() {
        let circle: Vec<String> = (0..1000).map(|i| format!("m{i}")).collect();
        let written = who_waits(&circle);
        assert!(written.starts_with("m0 waits for m1, m1 waits for m2, "), "{written}");
        assert!(written.ends_with("m11 waits for m12, and 988 more"), "{written}");
    }

    #[test]
    fn the_last_of_a_circle_waits_for_the_first() {
        let circle = ["weld", "rack"].map(str::to_owned);
        assert_eq!(who_waits(&circle), "weld waits for rack, rack waits for weld");
    }
}
