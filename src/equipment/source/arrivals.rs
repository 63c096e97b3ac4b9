//! How parts come to a source, and when the next one does.

use super::deliveries::DeliveryPlan;
use crate::calendar::{OperationalClock, Timetable, at_speed_one, operational};
use crate::equipment::Feed;
use crate::kernel::{Sampler, Time};
use std::sync::Arc;

/// How parts come to a source.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Arrivals {
    /// There is a part whenever one is asked for.
    Endless,
    /// By a distribution of the time between two, on a clock of its own if the rate varies.
    Random(Sampler, Option<Box<VaryingRate>>),
    /// The times, and the number of the one after the next; one more when the last has come.
    Listed(Arc<[Time]>, usize),
    /// Together, at times of the day.
    Delivered(AwaitedDelivery),
}

/// A clock at whose speed parts arrive.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct VaryingRate {
    clock: OperationalClock,
    /// What it reads when the arrival comes that is awaited.
    reading: u128,
}

impl VaryingRate {
    pub(super) fn new(clock: OperationalClock) -> VaryingRate {
        VaryingRate { clock, reading: 0 }
    }

    fn after(&mut self, now: Time, gap: Time) -> Time {
        self.reading += operational(gap);
        self.clock.time_of(self.reading, now)
    }
}

/// A plan of deliveries, and the one that is awaited.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct AwaitedDelivery {
    plan: DeliveryPlan,
    /// When the last one came or will come; none before the first.
    last: Option<Time>,
    /// Parts of it that have not come yet, besides the next one.
    more: u32,
    ended: bool,
}

impl AwaitedDelivery {
    pub(super) fn new(plan: DeliveryPlan) -> AwaitedDelivery {
        AwaitedDelivery { plan, last: None, more: 0, ended: false }
    }

    fn next(&mut self, now: Time) -> Option<Time> {
        if self.more > 0 {
            self.more -= 1;
            return Some(now);
        }
        let next = self.plan.next(self.last.map_or(Time::ZERO, |last| Time(last.0 + 1)));
        self.ended = next.is_none();
        let (time, parts) = next?;
        (self.last, self.more) = (Some(time), parts - 1);
        Some(time)
    }
}

impl Arrivals {
    pub(super) fn are_endless(&self) -> bool {
        matches!(self, Arrivals::Endless)
    }

    /// Whether the last one has come.
    pub(super) fn have_ended(&self) -> bool {
        match self {
            Arrivals::Endless | Arrivals::Random(..) => false,
            Arrivals::Listed(times, next) => *next > times.len(),
            Arrivals::Delivered(deliveries) => deliveries.ended,
        }
    }

    /// When the next part comes. `first` is the time until the first one, and none for all others; times between arrivals count
    /// only the hours.
    #[inline(always)]
    pub(super) fn next(&mut self, now: Time, first: Option<Time>, hours: Option<&Timetable>) -> Option<Time> {
        match (self, first, hours) {
            (Arrivals::Random(gaps, None), None, None) => Some(now + gaps.draw()),
            (arrivals, first, hours) => arrivals.next_by_clock(now, first, hours),
        }
    }

    #[inline(never)]
    fn next_by_clock(&mut self, now: Time, first: Option<Time>, hours: Option<&Timetable>) -> Option<Time> {
        match self {
            Arrivals::Endless => None,
            Arrivals::Random(gaps, rate) => {
                let gap = first.unwrap_or_else(|| gaps.draw());
                Some(match (rate, hours) {
                    (Some(rate), _) => rate.after(now, gap),
                    (None, Some(hours)) => hours.after_open(now, gap),
                    (None, None) => now + gap,
                })
            }
            Arrivals::Listed(times, next) => {
                let time = times.get(*next).copied();
                *next = (*next + 1).min(times.len() + 1);
                time
            }
            Arrivals::Delivered(deliveries) => deliveries.next(now),
        }
    }

    /// The next time between arrivals counts from now.
    pub(super) fn begin_at(&mut self, now: Time) {
        if let Arrivals::Random(_, Some(rate)) = self {
            rate.reading = rate.clock.reading(now);
        }
    }

    /// How parts come into the line, if the times between arrivals pass at this mean speed.
    pub(super) fn feed(&self, mean_speed: f64) -> Feed {
        match self {
            Arrivals::Endless => Feed::Endless,
            Arrivals::Random(gaps, _) => Feed::Arrivals(mean_speed / gaps.distribution().mean()),
            Arrivals::Listed(times, _) => Feed::Arrivals(listed_rate(times)),
            Arrivals::Delivered(deliveries) => Feed::Arrivals(deliveries.plan.mean_rate()),
        }
    }

    /// The coefficient of variation of the times between arrivals, as they are drawn.
    pub(super) fn cv(&self) -> f64 {
        match self {
            Arrivals::Random(gaps, _) => gaps.distribution().variance().sqrt() / gaps.distribution().mean(),
            Arrivals::Endless | Arrivals::Listed(..) | Arrivals::Delivered(_) => 0.0,
        }
    }

    /// Whether they are a Poisson process of one rate.
    pub(super) fn are_at_random(&self) -> bool {
        matches!(self, Arrivals::Random(gaps, None) if gaps.distribution().is_exponential())
    }

    /// After how many days their rate repeats, if that varies in another way than by the hours of the source.
    pub(super) fn period_days(&self) -> Option<u32> {
        match self {
            Arrivals::Random(_, Some(rate)) => rate.clock.own_period_days(),
            Arrivals::Delivered(deliveries) => Some(deliveries.plan.period_days()),
            Arrivals::Endless | Arrivals::Random(_, None) | Arrivals::Listed(..) => None,
        }
    }

    /// Whether these can take the place of others while a line runs; `number` is whether as many parts come at most.
    pub(super) fn can_become(&self, other: &Arrivals, number: bool) -> bool {
        match (self, other) {
            (Arrivals::Endless, Arrivals::Endless) => number,
            (Arrivals::Random(..), Arrivals::Random(..)) => true,
            (Arrivals::Listed(before, _), Arrivals::Listed(after, _)) => number && before == after,
            (Arrivals::Delivered(before), Arrivals::Delivered(after)) => number && before.plan == after.plan,
            _ => false,
        }
    }

    /// Takes over a distribution and rates. The arrival that is awaited still comes when it was to come; with other rates, what is left
    /// of its time passes at their speed, and it comes then.
    pub(super) fn become_like(
        &mut self,
        other: &Arrivals,
        now: Time,
        awaited: Time,
        hours: Option<&Timetable>,
    ) -> Option<Time> {
        let (Arrivals::Random(own, rate), Arrivals::Random(gaps, other_rate)) = (self, other) else {
            return None;
        };
        own.follow(gaps.distribution());
        let clock = |rate: &Option<Box<VaryingRate>>| rate.as_ref().map(|rate| rate.clock.clone());
        if clock(rate) == clock(other_rate) {
            return None;
        }
        let left = match (rate.as_ref(), hours) {
            (Some(rate), _) => rate.reading.saturating_sub(rate.clock.reading(now)),
            (None, Some(hours)) => operational(hours.open_between(now, awaited)),
            (None, None) => operational(Time(awaited.0.saturating_sub(now.0))),
        };
        *rate = other_rate.clone();
        Some(match (rate, hours) {
            (Some(rate), _) => {
                rate.reading = rate.clock.reading(now) + left;
                rate.clock.time_of(rate.reading, now)
            }
            (None, Some(hours)) => hours.after_open(now, at_speed_one(left)),
            (None, None) => now + at_speed_one(left),
        })
    }
}

/// How many listed parts come in a second from the first to the last; nothing that is known of fewer than two instants.
fn listed_rate(times: &[Time]) -> f64 {
    match (times.first(), times.last()) {
        (Some(first), Some(last)) if last > first => (times.len() - 1) as f64 / (*last - *first).secs(),
        _ => 0.0,
    }
}
