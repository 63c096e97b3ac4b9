//! Suspicions in words: the code for programs, what was seen, and what to try.

use super::Suspicion;
use crate::units;

impl Suspicion {
    /// The name in JSON.
    pub fn code(&self) -> &'static str {
        match self {
            Suspicion::CirclingParts => "circling_parts",
            Suspicion::Changeovers { .. } => "changeovers",
            Suspicion::Overload { .. } => "overload",
            Suspicion::GrowingBuffer { .. } => "growing_buffer",
            Suspicion::OutOfReach { .. } => "out_of_reach",
            Suspicion::UnitSlip { .. } => "unit_slip",
            Suspicion::FarSlower { .. } => "far_slower",
            Suspicion::LongRepair { .. } => "long_repair",
            Suspicion::WideSpread { .. } => "wide_spread",
            Suspicion::HugeBuffer { .. } => "huge_buffer",
            Suspicion::TinyShare { .. } => "tiny_share",
            Suspicion::SamePlace { .. } => "same_place",
            Suspicion::ColdStart => "cold_start",
            Suspicion::OneReplication => "one_replication",
            Suspicion::NoPower => "no_power",
        }
    }

    /// What was seen.
    pub fn seen(&self) -> String {
        let number = units::number;
        match self {
            Suspicion::CirclingParts => "parts go round a loop and hardly any ever leaves it".to_owned(),
            Suspicion::Changeovers { element, others, setup_secs, operations } => {
                changeovers(element, *others, *setup_secs, *operations)
            }
            Suspicion::Overload { element, load } => {
                format!(
                    "\"{element}\" is loaded {}: what it cannot do piles up before it",
                    units::share(*load)
                )
            }
            Suspicion::GrowingBuffer { buffer, behind } => format!(
                "\"{buffer}\" has no limit, comes from a source that never runs dry, and \"{behind}\" behind it is \
                 slower: its contents grow for ever"
            ),
            Suspicion::OutOfReach { expected, capacity } => format!(
                "a throughput of {} /h is expected, the line can do {} /h at most",
                number(*expected),
                number(*capacity)
            ),
            Suspicion::UnitSlip { element, cycle_secs, usual_secs } => format!(
                "\"{element}\" takes {} where others take {}",
                units::duration(*cycle_secs),
                units::duration(*usual_secs)
            ),
            Suspicion::FarSlower { element, times } => {
                format!("\"{element}\" is needed {} times as long as any other element", number(*times))
            }
            Suspicion::LongRepair { element, life_secs, repair_secs } => format!(
                "a repair of \"{element}\" takes {}, longer than the {} it runs before",
                units::duration(*repair_secs),
                units::duration(*life_secs)
            ),
            Suspicion::WideSpread { element, cv } => {
                format!("the cycle of \"{element}\" has a coefficient of variation of {}", number(*cv))
            }
            Suspicion::HugeBuffer { buffer, capacity, made } => format!(
                "\"{buffer}\" has {} places, more than the {} parts that a run makes",
                number(f64::from(*capacity)),
                number(made.floor())
            ),
            Suspicion::TinyShare { from, to, share } => {
                format!("only {} % of the parts go from \"{from}\" to \"{to}\"", number(share * 100.0))
            }
            Suspicion::SamePlace { first, second } => format!("\"{second}\" stands where \"{first}\" stands"),
            Suspicion::ColdStart => "the line begins empty and counts from the first second".to_owned(),
            Suspicion::OneReplication => "one replication says nothing of chance".to_owned(),
            Suspicion::NoPower => "no element says what it draws".to_owned(),
        }
    }

    /// What to try.
    pub fn advice(&self) -> &'static str {
        match self {
            Suspicion::CirclingParts => "give the ways out of the loop a larger share",
            Suspicion::Changeovers { .. } => {
                "run the line: the order of the parts decides how often it changes over, and what that wastes"
            }
            Suspicion::Overload { .. } => {
                "make it faster, put another one beside it, or let parts arrive less often"
            }
            Suspicion::GrowingBuffer { .. } => "give it a capacity, or let parts arrive by a distribution",
            Suspicion::OutOfReach { .. } => "relieve the bottleneck, or expect less",
            Suspicion::UnitSlip { .. } => "check its unit",
            Suspicion::FarSlower { .. } => {
                "check its cycle and its unit; others wait for it most of the time"
            }
            Suspicion::LongRepair { .. } => "check whether `after` and `repair` are the right way round",
            Suspicion::WideSpread { .. } => {
                "check cv or sd; a rare long stop is better written as a breakdown"
            }
            Suspicion::HugeBuffer { .. } => "it never fills: leave its capacity out, or run longer",
            Suspicion::TinyShare { .. } => {
                "check the share: 0.05 % are 5 parts in 10,000; run long enough to see some"
            }
            Suspicion::SamePlace { .. } => "check `at`: a picture shows one of them, a robot travels no way",
            Suspicion::ColdStart => "write `warm_up: \"auto\"`, or a time, in `run`",
            Suspicion::OneReplication => "run at least 3, better 10, for intervals",
            Suspicion::NoPower => "write `power: (working: \"10 kW\")`, or ask nothing of the energy",
        }
    }
}

fn changeovers(element: &str, others: usize, setup_secs: f64, operations: Option<f64>) -> String {
    let others = match others {
        0 => String::new(),
        1 => " (and of another element)".to_owned(),
        others => format!(" (and of {others} other elements)"),
    };
    let as_long = operations.map(|count| format!(", as long as {} operations", units::number(count)));
    format!(
        "changeovers of \"{element}\"{others} are not counted; one takes {} on average{}",
        units::duration(setup_secs),
        as_long.unwrap_or_default()
    )
}
