//! What limits the whole line, what it can do, and what arrives.

use super::per_hour;
use crate::event::Slot;
use crate::explain::{Capacity, Explanation};
use crate::report::Look;
use crate::report::text::{TextStyle, bounds, labelled};
use crate::units;

/// All of that, a paragraph for each.
pub(super) fn as_a_whole(whole: &Explanation<'_>, look: Look) -> String {
    let capacity = &whole.capacity;
    let mut text = String::new();
    let mut say = |label: &str, words: String| text += &labelled(label, &words, look, TextStyle::Bold);
    if let Some(words) = bottleneck(whole) {
        say("bottleneck", words);
    }
    say("capacity", in_all(whole));
    if let (Some(words), false) = (arrivals(capacity), capacity.endless) {
        say("arrivals", words);
    }
    if let Some(good) = capacity.good_per_sec {
        for expected in whole.line.expectations.iter().filter(|one| one.figure.name() == "throughput") {
            let words = bounds(expected, "1/h");
            let ends = [expected.low, expected.high].into_iter().flatten();
            let shares: Vec<String> = ends.map(|bound| units::share(bound / 3600.0 / good)).collect();
            say("expected", format!("throughput {words}, {} of the capacity", shares.join(" and ")));
        }
    }
    if let Some(raw_secs) = capacity.raw_secs {
        say("raw process time", format!("T_0 = {}, if a part never waits", units::duration(raw_secs)));
    }
    if let Some(wip) = capacity.critical_wip() {
        let words = "if nothing varied, so many parts in the line would reach its capacity";
        say(
            "critical WIP",
            format!("W_0 = r_b T_0 = {} parts; {words}", units::number((wip * 10.0).round() / 10.0)),
        );
    }
    text
}

/// What limits the line, and what would next.
fn bottleneck(whole: &Explanation<'_>) -> Option<String> {
    let name = |slot: Slot| whole.line.elements[slot.index()].name.as_str();
    let slot = whole.capacity.bottleneck;
    let load = |slot: Slot| units::share(whole.loads[slot.index()].load.unwrap_or(f64::NAN));
    if let Some(round) = whole.capacity.scarce(&whole.loads) {
        let product = &whole.line.products[round.product as usize].name;
        let next = slot.map_or_else(String::new, |slot| format!(", then {} {}", name(slot), load(slot)));
        let count = units::number(round.count);
        return Some(format!(
            "the {count} of \"{product}\" that go round, needed {}{next}",
            units::share(round.load)
        ));
    }
    let slot = slot?;
    let second = second(whole, slot);
    let second = second
        .map_or_else(String::new, |(slot, load)| format!(", then {} {}", name(slot), units::share(load)));
    Some(format!("{}, loaded {}{second}", name(slot), load(slot)))
}

/// Whether two rates are printed alike.
fn alike(one: f64, other: f64) -> bool {
    per_hour(one) == per_hour(other)
}

/// What the line can do.
fn in_all(whole: &Explanation<'_>) -> String {
    let capacity = &whole.capacity;
    let dry = "a source never runs dry, so the line always does what it can";
    match (capacity.good_per_sec, capacity.at_most_per_sec) {
        (Some(good), Some(most)) if capacity.endless && alike(good, most) => {
            format!("at most {} /h good parts; {dry}", per_hour(most))
        }
        (Some(good), Some(most)) if capacity.endless => {
            let (good, most) = (per_hour(good), per_hour(most));
            format!("about {good} /h good parts, and at most {most} /h whatever is chosen; {dry}")
        }
        (Some(good), None) if capacity.endless => format!("about {} /h good parts; {dry}", per_hour(good)),
        (Some(good), _) => format!("{} /h good parts at the mix that arrives", per_hour(good)),
        (None, _) if capacity.circling => "unknown: parts go round and hardly any leaves".to_owned(),
        (None, _) if whole.line.capabilities().all(|capability| capability.feed.is_none()) => {
            "unknown: no source brings parts".to_owned()
        }
        (None, _) => "unknown: nothing on the way of the parts limits it".to_owned(),
    }
}

/// What arrives, and what becomes of it.
fn arrivals(capacity: &Capacity) -> Option<String> {
    let most = capacity.at_most_per_sec.map(per_hour);
    match (capacity.expected_per_sec, capacity.at_most_per_sec) {
        (Some(expected), Some(bound)) if !alike(expected, bound) => {
            let most = most.unwrap_or_default();
            Some(format!("make about {} /h good parts, and at most {most} /h", per_hour(expected)))
        }
        (Some(expected), _) => Some(format!("make {} /h good parts", per_hour(expected))),
        (None, Some(_)) => {
            Some(format!("are more than that; at most {} /h good parts", most.unwrap_or_default()))
        }
        (None, None) => None,
    }
}

/// The most loaded element but one.
fn second(whole: &Explanation<'_>, first: Slot) -> Option<(Slot, f64)> {
    let others = whole.loads.iter().zip((0..).map(Slot)).filter(|(_, slot)| *slot != first);
    let loads = others.filter_map(|(load, slot)| Some((slot, load.load?)));
    loads.reduce(|best, next| if next.1 > best.1 { next } else { best })
}
