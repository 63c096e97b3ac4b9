//! A source: where parts come from. It never runs dry, or its parts arrive by a distribution, at listed times, or in deliveries.
//!
//! A source that never runs dry makes a part at the instant the next element takes it, so none of its parts wait.
//! Parts that arrive wait in the source without limit; they count as work in process and their lead time runs.
//!
//! With a calendar, a source that never runs dry gives parts only in its hours. Times between arrivals count only these hours;
//! what has arrived may be taken at any time. AwaitedDelivery come on the days of its calendar. A list of arrivals says itself when they
//! come.
//!
//! With `rates`, the times between arrivals pass faster or slower by day, hour or shift
//! ([`OperationalClock`](crate::calendar::OperationalClock)).
//!
//! Not modelled: deliveries that are late, and deliveries of a random number of parts. Read [`Source`] first.

mod arrivals;
mod bay;
mod deliveries;
mod listed;
mod rates;
mod running;

use super::{Role, Settings};
use crate::calendar::Timetable;
use crate::checking::Check;
use crate::disruption::Hours;
use crate::distribution::DistributionSpec;
use crate::kernel::{EventId, Sampler, Time};
use crate::material::PartSpec;
use crate::units::Duration;
use arrivals::Arrivals;
pub use deliveries::DeliverySpec;
use listed::Listed;
pub use rates::RateSpec;
pub use running::SourceState;
use serde::Deserialize;

/// A source as a layout says it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// What it makes; a line with one product need not say it.
    pub product: Option<String>,
    /// Time from one arrival to the next; without it, `arrivals` and `deliveries` the source never runs dry.
    pub interarrival: Option<DistributionSpec<Duration>>,
    /// By which factors more or fewer arrive at some hours, days and shifts.
    #[serde(default)]
    pub rates: Vec<RateSpec>,
    /// When the first arrives; after such a time without it.
    pub first: Option<Duration>,
    /// A list of arrival times, in seconds since the start, from a CSV file beside the layout.
    pub arrivals: Option<Listed>,
    /// Parts that come together at times of the day.
    #[serde(default)]
    pub deliveries: Vec<DeliverySpec>,
    /// How many parts it makes at most.
    pub parts: Option<u64>,
    /// How long after it was made a part is due; never without it.
    pub due: Option<DistributionSpec<Duration>>,
    /// The priority of its parts, if it is not that of the product.
    pub priority: Option<i32>,
    /// The calendar of its hours; that of the line without it. Parts of a list come when the list says.
    pub calendar: Option<String>,
    /// Where it stands, in metres.
    pub at: Option<(f64, f64)>,
}

impl Settings for Source {
    type Component = SourceState;
    const ROLE: Role = Role::Source;

    fn makes<'a>(&'a self, all: &[&'a str]) -> Vec<&'a str> {
        self.product.as_deref().map_or_else(|| all.to_vec(), |product| vec![product])
    }

    fn checked(&self, check: &mut Check<'_>) -> Option<SourceState> {
        let product = check.product("product", self.product.as_deref());
        let hours = self.hours(check);
        let arrivals = self.coming(hours.as_ref(), check);
        let due = self.due.as_ref().map(|due| check.distribution("due", due));
        let spec = PartSpec { priority: self.priority.unwrap_or(product?.priority), ..product? };
        let due = match due {
            Some(due) => Some(Box::new(Sampler::new(due?))),
            None => None,
        };
        let (arrivals, mean_speed) = arrivals?;
        let left = self.parts.unwrap_or(u64::MAX);
        let hours = hours.map(|hours| Box::new(Hours::around(hours)));
        let first = self.first.map(|first| Time::from_secs(first.0));
        let awaited = (EventId::default(), Time::ZERO);
        Some(SourceState { arrivals, left, spec, due, hours, mean_speed, first, begun: false, awaited })
    }

    fn position(&self) -> Option<(f64, f64)> {
        self.at
    }
}

impl Source {
    /// How its parts come, and how fast the times between them pass on average over the run.
    fn coming(&self, hours: Option<&Timetable>, check: &mut Check<'_>) -> Option<(Arrivals, f64)> {
        let (by_distribution, by_list) = (self.interarrival.is_some(), self.arrivals.is_some());
        if by_distribution && by_list {
            check.fault(
                "arrivals",
                "parts arrive either by a distribution or by a list".to_owned(),
                "keep `interarrival` or `arrivals`",
            );
        }
        if (by_distribution || by_list) && !self.deliveries.is_empty() {
            check.fault(
                "deliveries",
                "parts that are delivered do not arrive in another way".to_owned(),
                "keep `deliveries`, or write a source for each",
            );
        }
        if !by_distribution {
            self.needs_distribution(check);
        }
        match (&self.interarrival, &self.arrivals, self.deliveries.as_slice()) {
            (Some(gaps), None, []) => self.at_random(gaps, hours, check),
            (None, Some(listed), []) => Some((listed.times(check)?, 1.0)),
            (None, None, []) => Some((Arrivals::Endless, 1.0)),
            (None, None, deliveries) => {
                let days = check.hours_or_clock("deliveries", hours);
                Some((DeliverySpec::arrivals(deliveries, days?, check)?, 1.0))
            }
            _ => None,
        }
    }

    /// What only times between arrivals have.
    fn needs_distribution(&self, check: &mut Check<'_>) {
        if self.first.is_some() {
            let message = "only of parts that arrive by a distribution the first can be told".to_owned();
            check.fault("first", message, "give `interarrival`, or leave `first` out");
        }
        if !self.rates.is_empty() {
            let message = "only parts that arrive by a distribution have a rate that varies".to_owned();
            check.fault("rates", message, "give `interarrival`, or leave `rates` out");
        }
    }

    fn at_random(
        &self,
        gaps: &DistributionSpec<Duration>,
        hours: Option<&Timetable>,
        check: &mut Check<'_>,
    ) -> Option<(Arrivals, f64)> {
        let clock = RateSpec::clock(&self.rates, hours, check);
        let distribution = check.distribution("interarrival", gaps)?;
        if !distribution.takes_time() {
            check.fault(
                "interarrival",
                "parts that arrive without any time between them never end".to_owned(),
                "give a mean of at least 1 ns, or leave it out for a source that never runs dry",
            );
            return None;
        }
        let (gaps, until) = (Sampler::new(distribution), check.around.run_ends);
        let Some(clock) = clock else {
            let open_share = hours.map_or(1.0, |hours| hours.open_share(until));
            return Some((Arrivals::Random(gaps, None), open_share));
        };
        let mean_speed = clock.mean_speed(until);
        Some((Arrivals::Random(gaps.clone(), Some(rates::varying(clock, &gaps, check)?)), mean_speed))
    }

    fn hours(&self, check: &mut Check<'_>) -> Option<Timetable> {
        if self.arrivals.is_some() {
            if self.calendar.is_some() {
                let message = "a list says itself when its parts arrive".to_owned();
                check.fault(
                    "calendar",
                    message,
                    "leave `calendar` out, or give `interarrival` instead of the list",
                );
            }
            return None;
        }
        check.hours(self.calendar.as_deref())
    }
}
