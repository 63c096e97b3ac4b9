//! The parts on a conveyor when the run begins.

use super::Conveyor;
use super::belt::Gauge;
use crate::checking::Check;
use crate::checking::contents::{self, ContentsList};
use crate::disruption::{Initial, InitialState};
use crate::kernel::Time;
use crate::units::{Duration, Length};
use serde::Deserialize;

/// What is on a conveyor when the run begins, as a layout says it.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct OnBelt {
    /// The parts, the first at the end first.
    pub parts: ContentsList,
    /// To how many stops of their routes they have come; without it as the first time that parts come here.
    pub step: Option<u32>,
    /// How far each has come from the entrance; evenly without it, the first at the end.
    pub at: Option<Vec<Length>>,
    /// It is down with the breakdown of this number, from 0.
    pub down: Option<usize>,
    /// It is down for the maintenance of this number, from 0.
    pub maintenance: Option<usize>,
    /// How much longer that takes, from when a person is there for it.
    pub left: Option<Duration>,
}

impl Conveyor {
    /// The parts on it at first and how far they have come, in time.
    pub(super) fn initial_state(
        &self,
        written: &OnBelt,
        gauge: Gauge,
        check: &mut Check<'_>,
    ) -> Option<(InitialState, Vec<Time>)> {
        let OnBelt { parts, step, at, down, maintenance, left } = written.clone();
        let initial = Initial { parts, step, down, maintenance, left, ..Initial::default() };
        let stop = initial.stop(self.stop_settings(), check)?;
        let parts = initial.contents(check)?;
        let count = contents::each(&parts).count();
        if count > gauge.fits as usize {
            let message = format!("{count} parts do not fit onto this conveyor");
            let help = format!("it holds at most {}", gauge.fits);
            check.fault("initial.parts", message, &help);
            return None;
        }
        let ways = match &at {
            Some(at) => self.ways(at, count, gauge, check)?,
            None => {
                let apart = gauge.headway.0.max(gauge.transit.0 / (count as u64).max(1));
                (0..count as u64).map(|nth| Time(gauge.transit.0.saturating_sub(nth * apart))).collect()
            }
        };
        Some((InitialState { parts, stop, ..InitialState::default() }, ways))
    }

    /// How far parts have come that lie at these places, in time.
    fn ways(&self, at: &[Length], count: usize, gauge: Gauge, check: &mut Check<'_>) -> Option<Vec<Time>> {
        let off = at.iter().any(|at| !(0.0..=self.length.0).contains(&at.0));
        // A nanometre, for what is left of sums of decimal numbers.
        let close = at.windows(2).any(|pair| pair[0].0 - pair[1].0 < self.pitch.0 - 1e-9);
        let fault = if at.len() != count {
            Some((format!("{} places for {count} parts", at.len()), "give a place for every single part"))
        } else if off {
            Some(("a part lies beside the conveyor".to_owned(), "give places from zero to its `length`"))
        } else if close {
            let help = "the first at the end comes first, and each is the `pitch` behind the one before";
            Some(("these parts lie too close, or in the wrong order".to_owned(), help))
        } else {
            None
        };
        if let Some((message, help)) = fault {
            check.fault("initial.at", message, help);
            return None;
        }
        let mut last = Time::NEVER;
        let way = |at: &Length| {
            let way = Time::from_secs(at.0 / self.speed.0).min(Time(last.0.saturating_sub(gauge.headway.0)));
            last = way;
            way
        };
        Some(at.iter().map(way).collect())
    }
}
