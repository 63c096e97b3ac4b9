//! What must hold of the results, as it is written: in the `expect` of a line, and in that of a study.
//!
//! Read [`Expectation`] first.

use serde::Deserialize;

/// The names to which values belong in their order, and no fields.
pub(super) const TAKE_VALUES: [&str; 6] = ["AtLeast", "AtMost", "Between", "Of", "Change", "Difference"];

/// What must hold of the results of one line.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub enum Expectation {
    /// A figure and its lowest value: `AtLeast("throughput", "35 /h")`.
    AtLeast(String, String),
    /// A figure and its highest value: `AtMost("energy_per_good_part", "0.6 kWh")`.
    AtMost(String, String),
    /// A figure with its lowest and its highest value: `Between("throughput", "36 /h", "41 /h")`.
    Between(String, String, String),
}

/// What must hold of the results of a study.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub enum StudyExpectation {
    /// Of the base: `Base(AtLeast("throughput", "35 /h"))`.
    Base(ComparedExpectation),
    /// Of one scenario: `Of("upgrade.ron", Change("throughput", AtLeast("50 %")))`.
    Of(String, ComparedExpectation),
    /// Of every scenario.
    Each(ComparedExpectation),
}

/// What must hold of a line, by itself or compared with the base.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub enum ComparedExpectation {
    /// As [`Expectation::AtLeast`].
    AtLeast(String, String),
    /// As [`Expectation::AtMost`].
    AtMost(String, String),
    /// As [`Expectation::Between`].
    Between(String, String, String),
    /// How much more of a figure there is than in the base, relative to the base: `Change("throughput", AtLeast("50 %"))`.
    Change(String, WrittenBound),
    /// The same in the unit of the figure: `Difference("throughput", AtLeast("12 /h"))`.
    Difference(String, WrittenBound),
}

/// A bound without its figure.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub enum WrittenBound {
    /// The lowest value.
    AtLeast(String),
    /// The highest value.
    AtMost(String),
    /// The lowest and the highest value.
    Between(String, String),
}

/// What is measured against a bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compared {
    /// The value itself.
    Value,
    /// The difference to the base.
    Difference,
    /// The difference to the base, relative to the base.
    Change,
}

/// A bound and the way to where it is written.
pub type BoundText<'a> = Option<(&'a str, String)>;

/// An expectation taken apart; ways begin at the expectation.
#[derive(Clone, Debug)]
pub struct ExpectationParts<'a> {
    /// The name of the figure; it is written at `[0]`.
    pub figure: &'a str,
    /// What is compared.
    pub compared: Compared,
    /// The lowest value, and where it is written.
    pub low: BoundText<'a>,
    /// The highest value, and where it is written.
    pub high: BoundText<'a>,
}

fn at<'a>(text: &'a str, way: &str) -> BoundText<'a> {
    Some((text, way.to_owned()))
}

impl Expectation {
    /// Its parts.
    pub fn parts(&self) -> ExpectationParts<'_> {
        let (figure, low, high) = match self {
            Expectation::AtLeast(figure, low) => (figure, at(low, "[1]"), None),
            Expectation::AtMost(figure, high) => (figure, None, at(high, "[1]")),
            Expectation::Between(figure, low, high) => (figure, at(low, "[1]"), at(high, "[2]")),
        };
        ExpectationParts { figure, compared: Compared::Value, low, high }
    }
}

impl ComparedExpectation {
    /// Its parts.
    pub fn parts(&self) -> ExpectationParts<'_> {
        let (figure, compared, low, high) = match self {
            ComparedExpectation::AtLeast(figure, low) => (figure, Compared::Value, at(low, "[1]"), None),
            ComparedExpectation::AtMost(figure, high) => (figure, Compared::Value, None, at(high, "[1]")),
            ComparedExpectation::Between(figure, low, high) => {
                (figure, Compared::Value, at(low, "[1]"), at(high, "[2]"))
            }
            ComparedExpectation::Change(figure, bound) => {
                let (low, high) = bound.ends();
                (figure, Compared::Change, low, high)
            }
            ComparedExpectation::Difference(figure, bound) => {
                let (low, high) = bound.ends();
                (figure, Compared::Difference, low, high)
            }
        };
        ExpectationParts { figure, compared, low, high }
    }
}

impl WrittenBound {
    fn ends(&self) -> (BoundText<'_>, BoundText<'_>) {
        match self {
            WrittenBound::AtLeast(low) => (at(low, "[1][0]"), None),
            WrittenBound::AtMost(high) => (None, at(high, "[1][0]")),
            WrittenBound::Between(low, high) => (at(low, "[1][0]"), at(high, "[1][1]")),
        }
    }
}
