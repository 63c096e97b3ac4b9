//! What a layout says besides its elements: how it is run, what it makes, what is expected of it.
//!
//! Read [`Run`] first. Whether a KPI exists that is expected, is left to the check of the whole line.

use super::fault::{Fault, Faults};
use super::{Placed, Sources};
use crate::distribution::DistributionSpec;
use crate::units::spelling::brief;
use crate::units::{Duration, Mass, Money};
use jiff::civil::DateTime;
use serde::de::{Deserializer, Error, Visitor};
use serde::{Deserialize, de};
use std::fmt;

/// More replications than this are a typing mistake.
const MAX_REPLICATIONS: u32 = 1_000_000;

/// How the line is run.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Run {
    /// The date and time at which it begins.
    #[serde(deserialize_with = "date_time")]
    pub start: DateTime,
    /// The time zone of its dates and hours, such as `Asia/Shanghai`; hours never jump without it.
    pub zone: Option<String>,
    /// The calendar of everything that names none; without it, all that works around the clock.
    pub calendar: Option<String>,
    /// How long it runs before anything is counted.
    pub warm_up: WarmUp,
    /// How long it is counted.
    pub length: Duration,
    /// How many times it is run, with different random numbers.
    pub replications: u32,
    /// From which all random numbers follow.
    pub seed: u64,
    /// How sure the intervals are.
    pub confidence: f64,
}

impl Default for Run {
    /// Monday at midnight, one day, ten times: enough for a first look and for an interval.
    fn default() -> Run {
        Run {
            start: DateTime::constant(2026, 1, 5, 0, 0, 0, 0),
            zone: None,
            calendar: None,
            warm_up: WarmUp::Given(Duration(0.0)),
            length: Duration(86_400.0),
            replications: 10,
            seed: 1,
            confidence: 0.95,
        }
    }
}

impl Run {
    /// Reports what no run can have.
    pub(crate) fn check(run: &Placed<Run>, sources: &Sources, faults: &mut Faults) {
        let mut fault = |field, message: &str, label: &str| {
            faults.push(Fault::new(message).at(run.place_of(field, sources)).label(label));
        };
        if run.value.length.0 <= 0.0 {
            fault("length", "a run must have a length", "expected a time above zero, such as \"5 d\"");
        }
        if !(1..=MAX_REPLICATIONS).contains(&run.value.replications) {
            fault("replications", "this number of replications cannot be run", "expected 1 to 1,000,000");
        }
        if !(run.value.confidence > 0.0 && run.value.confidence < 1.0) {
            fault("confidence", "this is no confidence", "expected a number between 0 and 1, such as 0.95");
        }
    }
}

/// How long a line runs before anything is counted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum WarmUp {
    /// As long as it takes: `"auto"`.
    Auto,
    /// So long: `"8 h"`.
    Given(Duration),
}

impl<'de> Deserialize<'de> for WarmUp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<WarmUp, D::Error> {
        deserializer.deserialize_str(TextVisitor("a duration such as \"8 h\", or \"auto\"", |text: &str| {
            match text {
                "auto" => Ok(WarmUp::Auto),
                _ => Duration::deserialize(de::value::StrDeserializer::<de::value::Error>::new(text))
                    .map(WarmUp::Given)
                    .map_err(|error| format!("{error}, or \"auto\"")),
            }
        }))
    }
}

fn date_time<'de, D: Deserializer<'de>>(deserializer: D) -> Result<DateTime, D::Error> {
    deserializer.deserialize_str(TextVisitor("a date and time such as \"2026-03-02 08:00\"", |text: &str| {
        let wrong = format!("\"{}\" is no date and time; write it as \"2026-03-02 08:00\"", brief(text));
        text.parse().map_err(|_| wrong)
    }))
}

/// Reads a text by a function; `.0` says what is expected instead of anything else.
struct TextVisitor<T>(&'static str, fn(&str) -> Result<T, String>);

impl<T> Visitor<'_> for TextVisitor<T> {
    type Value = T;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.0)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        (self.1)(text).map_err(E::custom)
    }
}

/// What the line makes.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Product {
    /// What goes into one of it.
    pub material: Option<Money>,
    /// What one of it sells for.
    pub value: Option<Money>,
    /// The higher goes first where a buffer or robot may choose.
    pub priority: i32,
    /// What one of it weighs, for elements that are loaded by mass.
    pub mass: Option<Mass>,
    /// What it belongs to where elements change over between families; itself without it.
    pub family: Option<String>,
    /// Whether it is a carrier, such as a pallet: parts are packed into it, and it is never a finished part itself.
    pub carrier: bool,
    /// Where it goes, one stop after the other; without it, wherever the arrows lead.
    pub route: Vec<Stage>,
}

/// A stop on the route of a product.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stage {
    /// The element.
    pub to: String,
    /// How long the first machine works on it there, or behind it, that leaves that to the route.
    pub cycle: Option<DistributionSpec<Duration>>,
}
