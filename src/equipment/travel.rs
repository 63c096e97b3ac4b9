//! How long robots and people travel: by speed between positions, or by a table of times.

use crate::checking::Check;
use crate::event::Slot;
use crate::kernel::Time;
use crate::resource::TravelTimes;
use crate::units::spelling::{brief, nearest};
use crate::units::{Duration, Speed};
use indexmap::IndexMap;

/// What a layout says of how an element travels.
#[derive(Clone, Copy, Debug)]
pub(super) struct Travel<'a> {
    /// What travels, as messages call it.
    pub(super) who: &'a str,
    pub(super) speed: Option<Speed>,
    /// Times by the names of both ends: `"rack -> weld"`.
    pub(super) table: &'a IndexMap<String, Duration>,
    /// Where it stands when the run begins.
    pub(super) at: Option<(f64, f64)>,
    /// Some ways that it could be asked for, for suggestions.
    pub(super) ways: &'a [(Slot, Slot)],
}

/// The first names of a list that may be long.
fn some_of(names: &[String]) -> String {
    const SHOWN: usize = 5;
    let more = names.len().saturating_sub(SHOWN);
    let shown = names[..names.len() - more].join(", ");
    if more == 0 { shown } else { format!("{shown} and {more} more") }
}

impl Travel<'_> {
    /// The travel times between stops, ascending, and from where it stands at the beginning.
    pub(super) fn times(self, stops: &[Slot], check: &mut Check<'_>) -> Option<TravelTimes> {
        match (self.speed, self.table.is_empty()) {
            (Some(_), false) => {
                let message = format!("{} travels either by speed or by a table of times", self.who);
                check.fault("travel", message, "keep `speed` or `travel`");
                None
            }
            (Some(speed), true) => self.by_speed(speed, stops, check),
            (None, false) => self.by_table(stops, check),
            // Neither: it is where it is needed.
            (None, true) => Some(TravelTimes::new(stops.to_vec(), |_, _| Time::ZERO)),
        }
    }

    fn by_speed(self, speed: Speed, stops: &[Slot], check: &mut Check<'_>) -> Option<TravelTimes> {
        if speed.0 <= 0.0 {
            let message = format!("{} without speed never arrives", self.who);
            check.fault("speed", message, "give a speed above zero, such as \"1.2 m/s\"");
            return None;
        }
        let around = check.around;
        let missing = stops.iter().filter(|stop| around.positions[stop.index()].is_none());
        let missing: Vec<String> =
            missing.map(|stop| format!("\"{}\"", around.names[stop.index()])).collect();
        if !missing.is_empty() {
            let help = format!(
                "give a position `at: (x, y)` to {}, or replace `speed` by a table `travel`",
                some_of(&missing)
            );
            let message = "travel by speed needs the positions of the elements it serves".to_owned();
            check.fault("speed", message, &help);
            return None;
        }
        let mut places: Vec<(f64, f64)> =
            stops.iter().filter_map(|stop| around.positions[stop.index()]).collect();
        places.push(around.positions[around.me.index()].or(self.at).or(places.first().copied())?);
        Some(TravelTimes::by_speed(stops.to_vec(), places, speed.0))
    }

    fn by_table(self, stops: &[Slot], check: &mut Check<'_>) -> Option<TravelTimes> {
        self.check_ends(stops, check);
        let names = check.around.names;
        let written = |a: Slot, b: Slot| {
            let key = |a: Slot, b: Slot| format!("{} -> {}", names[a.index()], names[b.index()]);
            self.table.get(&key(a, b)).or_else(|| self.table.get(&key(b, a)))
        };
        let pairs = stops.iter().flat_map(|a| stops.iter().map(move |b| (*a, *b))).filter(|(a, b)| a < b);
        let missing = pairs.filter(|(a, b)| written(*a, *b).is_none());
        let missing: Vec<String> =
            missing.map(|(a, b)| format!("\"{} -> {}\"", names[a.index()], names[b.index()])).collect();
        if !missing.is_empty() {
            let help = format!(
                "{} must know the way between any two elements it serves, also the empty way back",
                self.who
            );
            check.fault("travel", format!("no time for {}", some_of(&missing)), &help);
            return None;
        }
        // It begins wherever it is needed first.
        let time = |a: usize, b: usize| match stops.get(a) {
            Some(from) if a != b => written(*from, stops[b]).map_or(Time::ZERO, |way| Time::from_secs(way.0)),
            _ => Time::ZERO,
        };
        Some(TravelTimes::new(stops.to_vec(), time))
    }

    /// Checks that both ends of each way are elements that it serves.
    fn check_ends(self, stops: &[Slot], check: &mut Check<'_>) {
        let names = check.around.names;
        let known = |key: &str| {
            key.split_once(" -> ").is_some_and(|(a, b)| {
                [a, b].iter().all(|end| stops.iter().any(|stop| names[stop.index()] == *end))
            })
        };
        for key in self.table.keys().filter(|key| !known(key)) {
            let way = |(a, b): &(Slot, Slot)| format!("{} -> {}", names[a.index()], names[b.index()]);
            let ways: Vec<String> = self.ways.iter().map(way).collect();
            let help = match nearest(key, ways.iter().map(String::as_str)) {
                Some(near) => format!("did you mean \"{near}\"?"),
                None => format!(
                    "write the names of two elements that {} serves, such as \"rack -> weld\"",
                    self.who
                ),
            };
            // The key is a step of the way unless it looks like several.
            let plain = !key.contains(['.', '[']);
            let field = if plain { format!("travel.{key}") } else { "travel".to_owned() };
            let noun = self.who.split_once(' ').map_or(self.who, |(_, noun)| noun);
            check.fault(&field, format!("\"{}\" is no way of this {noun}", brief(key)), &help);
        }
    }
}
