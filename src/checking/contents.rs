//! The parts that lie in an element when the run begins, so that a run can begin with what a shop floor holds today.
//!
//! They are a list of products with a count of each, in the order in which they came. All of them enter the line when the
//! run begins: how long they had been there before is not known. How far they have come on their routes is found with these:
//! see `line/leads.rs`.

use super::Check;
use crate::context::Context;
use crate::event::{Listener, Slot};
use crate::material::{PartId, PartSpec, Place};
use crate::units::spelling::brief;
use serde::de::{Deserialize, Deserializer, SeqAccess, Visitor, value::SeqAccessDeserializer};
use std::fmt;

/// Products and how many of each, as a layout says them: `[("frame", 2), ("wheel", 5)]`.
pub type ContentsList = Vec<(String, u32)>;

/// The same, checked.
pub type InitialContents = Box<[(PartSpec, u32)]>;

/// More would only be a typing error, and costs memory before the run begins.
const MOST: u64 = 1_000_000;

/// What a buffer holds, as a layout says it: so many parts of one product, or a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Held {
    /// So many parts.
    Count(u32),
    /// These parts.
    Parts(ContentsList),
}

impl Default for Held {
    fn default() -> Held {
        Held::Count(0)
    }
}

impl<'de> Deserialize<'de> for Held {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Held, D::Error> {
        deserializer.deserialize_any(CountOrList)
    }
}

struct CountOrList;

impl<'de> Visitor<'de> for CountOrList {
    type Value = Held;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a number of parts, or a list such as [(\"frame\", 2), (\"wheel\", 5)]")
    }

    fn visit_u64<E: serde::de::Error>(self, count: u64) -> Result<Held, E> {
        let whole = u32::try_from(count);
        whole.map(Held::Count).map_err(|_| E::invalid_value(serde::de::Unexpected::Unsigned(count), &self))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Held, A::Error> {
        ContentsList::deserialize(SeqAccessDeserializer::new(list)).map(Held::Parts)
    }
}

impl Held {
    /// How many parts.
    pub fn count(&self) -> u64 {
        match self {
            Held::Count(count) => u64::from(*count),
            Held::Parts(parts) => count(parts),
        }
    }
}

/// How many parts are listed.
pub(crate) fn count(listed: &ContentsList) -> u64 {
    listed.iter().map(|(_, count)| u64::from(*count)).sum()
}

/// Says that there are too many parts to begin with, if that is so; whether there are.
pub(crate) fn are_too_many(field: &str, count: u64, check: &mut Check<'_>) -> bool {
    if count > MOST {
        let message = format!("{count} parts to begin with are too many");
        check.fault(field, message, "begin with at most 1,000,000");
    }
    count > MOST
}

/// Checks a list: products that there are, and at least one of each.
pub(crate) fn checked(field: &str, listed: &ContentsList, check: &mut Check<'_>) -> Option<InitialContents> {
    let too_many = are_too_many(field, count(listed), check);
    let mut contents = Vec::new();
    for (nth, (name, count)) in listed.iter().enumerate() {
        let row = format!("{field}[{nth}]");
        let spec = check.product(&row, Some(name));
        if *count == 0 {
            let message = format!("no \"{}\" is nothing to begin with", brief(name));
            check.fault(&row, message, "give a count of at least 1, or remove it");
        }
        contents.extend(spec.map(|spec| (spec, *count)));
    }
    (!too_many && contents.len() == listed.len()).then(|| contents.into())
}

/// Every single part.
pub(crate) fn each(contents: &[(PartSpec, u32)]) -> impl Iterator<Item = PartSpec> + '_ {
    contents.iter().flat_map(|(spec, count)| std::iter::repeat_n(*spec, *count as usize))
}

/// Makes the parts and lays them in, in their order; whether they are ready is for others to say.
pub(crate) fn insert<L: Listener>(
    contents: &[(PartSpec, u32)],
    place: &mut Place,
    me: Slot,
    ctx: &mut Context<'_, L>,
) -> Vec<PartId> {
    let lay = |spec| {
        let part = ctx.make_part(me, spec);
        place.put(part, false, ctx.parts);
        part
    };
    each(contents).map(lay).collect()
}
