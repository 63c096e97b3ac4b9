//! Arrows through the ports of included lines: `"coils -> press shop.coil"`, `"press shop.shop -> rack"`.
//!
//! A source of the included line is a way in, a sink is a way out. An arrow to the way in leads where the arrows of the source
//! lead, and an arrow from the way out leads on from where parts would go to the sink. Sources and sinks that are used so are
//! taken out of the line; the others stay. Read [`splice`] first.

use super::arrow::{Arrow, Stop};
use super::draft::{Draft, MAX_ARROWS};
use super::fault::{Fault, Faults};
use super::source::Sources;
use crate::units::spelling::brief;
use std::collections::{BTreeMap, BTreeSet};
use std::mem;

/// Which end of an arrow is at the included line.
#[derive(Clone, Copy, PartialEq, Eq)]
enum PortSide {
    /// Parts come in where a source was.
    In,
    /// Parts go out where a sink was.
    Out,
}

impl PortSide {
    fn kind(self) -> &'static str {
        match self {
            PortSide::In => "Source",
            PortSide::Out => "Sink",
        }
    }

    fn words(self) -> &'static str {
        match self {
            PortSide::In => "way in",
            PortSide::Out => "way out",
        }
    }

    fn outer(self, arrow: &Arrow) -> &Stop {
        if self == PortSide::In { &arrow.to } else { &arrow.from }
    }

    fn inner(self, arrow: &Arrow) -> &Stop {
        if self == PortSide::In { &arrow.from } else { &arrow.to }
    }
}

/// Resolves all arrows through ports, those of the innermost lines first.
pub(super) fn splice(draft: &mut Draft, sources: &Sources, faults: &mut Faults) {
    for include in draft.includes.keys().cloned().collect::<Vec<_>>() {
        for side in [PortSide::In, PortSide::Out] {
            splice_side(draft, &include, side, sources, faults);
        }
    }
}

fn splice_side(draft: &mut Draft, include: &str, side: PortSide, sources: &Sources, faults: &mut Faults) {
    let is_outer = |arrow: &Arrow| side.outer(arrow).name == include;
    if draft.elements.contains_key(include) || !draft.flow.iter().any(is_outer) {
        return;
    }
    let known = ports(draft, include, side, sources);
    let flow = mem::take(&mut draft.flow);
    let (outer, inner): (Vec<Arrow>, Vec<Arrow>) = flow.into_iter().partition(is_outer);
    let mut ends = Vec::new();
    for arrow in &outer {
        match port(side.outer(arrow), side, &known, include) {
            Ok(element) => ends.push((arrow, element)),
            Err(fault) => {
                faults.push(fault);
                draft.holes.flow = true;
            }
        }
    }
    let used: BTreeSet<String> = ends.iter().map(|(_, element)| element.clone()).collect();
    let (behind, others): (Vec<Arrow>, Vec<Arrow>) =
        inner.into_iter().partition(|arrow| used.contains(&side.inner(arrow).name));
    draft.flow = others;
    draft.flow.extend(joined(&ends, &behind, side, faults));
    draft.elements.retain(|name, _| !used.contains(name));
}

/// Each arrow to or from a port with each arrow behind it.
fn joined(ends: &[(&Arrow, String)], inner: &[Arrow], side: PortSide, faults: &mut Faults) -> Vec<Arrow> {
    let mut behind: BTreeMap<&str, Vec<&Arrow>> = BTreeMap::new();
    inner.iter().for_each(|arrow| behind.entry(&side.inner(arrow).name).or_default().push(arrow));
    let mut all = Vec::new();
    for (outer, element) in ends {
        let inside = behind.get(element.as_str()).map_or(&[][..], Vec::as_slice);
        if all.len() + inside.len() > MAX_ARROWS {
            faults.push(Fault::new("a line may have at most 200,000 arrows").at(outer.place));
            return all;
        }
        let beside = ends.iter().filter(|(_, other)| other == element).count();
        for inner in inside {
            let one = match side {
                PortSide::In => join(outer, inner, inside.len()),
                PortSide::Out => join(inner, outer, beside),
            };
            all.extend(faults.keep(one));
        }
    }
    all
}

/// One arrow of two that follow each other; the second is one of so many.
fn join(first: &Arrow, second: &Arrow, many: usize) -> Result<Arrow, Fault> {
    if let (Some(one), Some(other)) = (&first.by, &second.by) {
        let fault = Fault::new("two robots would carry this part through one port").at(other.place);
        let fault = fault.also(one.place, "the other one");
        return Err(fault.help("put a buffer between them, in the line or in the one it includes"));
    }
    let share = match (first.share, second.share) {
        (Some(whole), Some(part)) => Some(whole * part),
        (Some(whole), None) => Some(whole / many.max(1) as f64),
        (None, part) => part,
    };
    let by = first.by.as_ref().or(second.by.as_ref()).cloned();
    Ok(Arrow { from: first.from.clone(), to: second.to.clone(), by, share, place: first.place })
}

/// The element that a port stands for.
fn port(stop: &Stop, side: PortSide, known: &[String], include: &str) -> Result<String, Fault> {
    let (what, kind) = (side.words(), side.kind().to_lowercase());
    let found = match (&stop.port, known) {
        (Some(port), _) => known.iter().find(|known| *known == port),
        (None, [only]) => Some(only),
        (None, _) => None,
    };
    if let Some(found) = found {
        return Ok(format!("{include}/{found}"));
    }
    let include = brief(include);
    let fault = match (&stop.port, known) {
        (_, []) => Fault::new(format!("\"{include}\" has no {what}: there is no {kind} in it")),
        (Some(port), _) => Fault::new(format!("\"{include}\" has no {what} named \"{}\"", brief(port))),
        (None, _) => Fault::new(format!("\"{include}\" has several ways: name one of them")),
    };
    let shown: Vec<String> =
        known.iter().take(12).map(|known| format!("`{include}.{}`", brief(known))).collect();
    let help = format!("a {what} is a {kind} of the included line: {}", shown.join(", "));
    let fault = fault.at(stop.place);
    Err(if shown.is_empty() { fault } else { fault.help(help) })
}

/// The sources or sinks of an included line that are no groups.
fn ports(draft: &Draft, include: &str, side: PortSide, sources: &Sources) -> Vec<String> {
    let inside = draft.elements.iter().filter(|(_, entry)| sources.text(entry.value.name()) == side.kind());
    let single = inside.filter(|(_, entry)| entry.value.entry("count", sources).is_none());
    single.filter_map(|(name, _)| Some(name.strip_prefix(include)?.strip_prefix('/')?.to_owned())).collect()
}
