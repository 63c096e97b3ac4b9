//! What stops cost in the long run, apart by what they count: work, operations or the calendar.
//!
//! The share of time W in which equipment works at most follows from what each second of work and each operation brings
//! with it. A mode on working time stops it MTTR / MTTF seconds for a second of work, one on parts MTTR / MTTF(parts) seconds
//! for an operation. A mode on the calendar counts whenever the equipment is up.
//!
//! There are two accounts. The *expected* one counts everything by its mean: maintenance that renews a breakdown makes it
//! rarer (renewal theory), and calendar modes wait for each other's repairs. The *least* one is for bounds: it counts only
//! the stops that must happen. A time to failure that another stop may renew counts only if it is exponential and so has no
//! memory. A plan that a repair may postpone does not count. Every plan may wait for the end of the work in hand. A time to
//! failure by the calendar counts only while the equipment is up.
//!
//! Closed time counts in the expected account in full. In the least one, all else that stops the equipment happens in closed
//! time, and each closing is shortened by the longest work that may go on into it. A plan that waits for closed time costs nothing
//! in either: what of it goes on into the next hours is left out.
//!
//! Not counted in either: waiting for people; in the expected one, overtime.

use super::availability::{none_down, whole_parts};
use super::downtime::Downtime;
use super::{Downtimes, FailureClock, Preemption};
use crate::event::Slot;
use crate::kernel::Distribution;
use std::sync::Arc;

/// What stops cost in the long run.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Stops {
    /// By their means.
    pub expected: Account,
    /// At least.
    pub least: Account,
    /// Breakdowns that spoil what is in work, for a second of work.
    pub spoils_per_sec: f64,
    /// The same for an operation.
    pub spoils_per_operation: f64,
}

/// What is asked of people: the stops, or the phases of the work, for which people of these crews are called.
#[derive(Clone, Debug, PartialEq)]
pub struct StaffDemand {
    /// The crews whose people can do it.
    pub crews: Arc<[Slot]>,
    /// How long they are at work, added up over them.
    pub time: Account,
    /// How often they are called.
    pub count: Account,
    /// How many of them are there during each changeover.
    pub at_changeovers: f64,
    /// Whether they are called for the work itself, which cannot do without them.
    pub for_work: bool,
    /// Whether the means give how long they are at work, and how often they are called.
    pub is_known: bool,
}

/// The cost of all stops.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Account {
    /// Seconds down for a second of work.
    pub per_work: f64,
    /// Seconds down for an operation.
    pub per_operation: f64,
    /// Seconds down by the calendar for a second in which it is up.
    pub per_uptime: f64,
    /// The same for a second in which it is down for something else.
    pub per_downtime: f64,
    /// Seconds closed for a second in its hours, where nothing else happens in closed time.
    pub closed: f64,
    /// The same, where it may be down for other reasons in closed time as well.
    pub closed_at_least: f64,
}

impl Account {
    /// How long one of several places is taken by an operation, its share of the stops included.
    pub fn effective_secs(&self, work_secs: f64, holds_secs: f64, places: f64) -> f64 {
        let (busy, stopped) =
            (work_secs + holds_secs, work_secs * self.per_work + self.per_operation * places);
        let open = busy * (1.0 + self.per_uptime) + stopped * (1.0 + self.per_downtime);
        (open * (1.0 + self.closed)).max(busy * (1.0 + self.closed_at_least))
    }

    /// So many times as much of work and of stops by the calendar.
    fn times(self, factor: f64) -> Account {
        Account {
            per_work: self.per_work * factor,
            per_operation: self.per_operation * factor,
            per_uptime: self.per_uptime * factor,
            ..self
        }
    }

    fn add(&mut self, clock: FailureClock, length_secs: f64, life: f64) {
        let cost = match clock {
            FailureClock::Working => &mut self.per_work,
            FailureClock::Parts => &mut self.per_operation,
            FailureClock::Calendar | FailureClock::Scheduled => &mut self.per_uptime,
        };
        *cost += if life > 0.0 { length_secs / life } else { 0.0 };
    }
}

impl Downtimes {
    /// What they cost. A plan may wait so long for the work in hand, on average, and for so many more operations.
    pub fn stops(&self, wait_secs: f64, wait_operations: f64) -> Stops {
        let all: Vec<(&Downtime, &Distribution, &Distribution)> = self.distributions().collect();
        let mut stops = Stops::default();
        let mut of_calendar = Vec::new();
        for (number, (downtime, life, length)) in all.iter().enumerate() {
            if downtime.is_breakdown() && downtime.preemption() == Some(Preemption::Scrap) {
                match downtime.clock {
                    FailureClock::Parts => stops.spoils_per_operation += 1.0 / whole_parts(life),
                    FailureClock::Working | FailureClock::Calendar | FailureClock::Scheduled => {
                        stops.spoils_per_sec += 1.0 / life.mean()
                    }
                }
            }
            if self.is_free(downtime) {
                continue;
            }
            let expected = 1.0 / expected_rate(number, &all);
            match downtime.clock {
                FailureClock::Calendar | FailureClock::Scheduled => {
                    of_calendar.push(calendar_ratio(downtime, expected, length.mean()))
                }
                clock => stops.expected.add(clock, length.mean(), expected),
            }
            if let Some(least) = longest_life(number, &all, wait_secs, wait_operations) {
                stops.least.add(downtime.clock, length.mean(), least);
            }
        }
        stops.expected.per_uptime = 1.0 / none_down(&of_calendar) - 1.0;
        stops.expected.per_downtime = stops.expected.per_uptime;
        if let Some(closed) = &self.closed_time {
            stops.expected.closed = closed.secs_per_open_sec(0.0);
            stops.least.closed_at_least = closed.secs_per_open_sec(wait_secs);
        }
        stops
    }
}

impl Downtimes {
    /// What is asked of people, by the means: what loading and unloading take in seconds.
    pub fn staff_demands(&self, aside_secs: [f64; 2]) -> Vec<StaffDemand> {
        let all: Vec<(&Downtime, &Distribution, &Distribution)> = self.distributions().collect();
        let ratio = |number: usize| {
            let (downtime, _, length) = all[number];
            calendar_ratio(downtime, 1.0 / expected_rate(number, &all), length.mean())
        };
        let of_calendar: Vec<f64> =
            (0..all.len()).filter(|number| all[*number].0.clock.runs_by_itself()).map(ratio).collect();
        // All of them together wait for each other; each has its part of that.
        let sum = of_calendar.iter().sum::<f64>().max(f64::MIN_POSITIVE);
        let together = (1.0 / none_down(&of_calendar) - 1.0) / sum;
        let mut demands = Vec::new();
        for (number, (downtime, _, length)) in all.iter().enumerate() {
            let Some(request) = &downtime.request else { continue };
            let (mut time, mut count) = (Account::default(), Account::default());
            match downtime.clock {
                FailureClock::Calendar | FailureClock::Scheduled => {
                    time.per_uptime = ratio(number) * together;
                    count.per_uptime =
                        if length.mean() > 0.0 { time.per_uptime / length.mean() } else { 0.0 };
                }
                clock => {
                    let life = 1.0 / expected_rate(number, &all);
                    time.add(clock, length.mean(), life);
                    count.add(clock, 1.0, life);
                }
            }
            for want in request.wants.iter() {
                let (crews, time) = (Arc::clone(&want.from), time.times(f64::from(want.quantity)));
                demands.push(StaffDemand {
                    crews,
                    time,
                    count,
                    at_changeovers: 0.0,
                    for_work: false,
                    is_known: true,
                });
            }
        }
        demands.extend(self.people().into_iter().flat_map(|people| people.demands(aside_secs)));
        demands
    }
}

/// At fixed multiples the interval holds the maintenance itself.
fn calendar_ratio(downtime: &Downtime, life: f64, length: f64) -> f64 {
    let up = if downtime.is_fixed() { life - length } else { life };
    if up > 0.0 { length / up } else { 0.0 }
}

/// The mean of a time to failure, in what it counts.
fn mean_life(downtime: &Downtime, life: &Distribution) -> f64 {
    if downtime.clock == FailureClock::Parts { whole_parts(life) } else { life.mean() }
}

/// The longest mean time to failure for a bound; none if something else may renew it before it ends.
fn longest_life(
    number: usize,
    all: &[(&Downtime, &Distribution, &Distribution)],
    secs: f64,
    operations: f64,
) -> Option<f64> {
    let (downtime, life, _) = all[number];
    let mean = mean_life(downtime, life);
    if downtime.is_breakdown() {
        let may_be_renewed = all.iter().any(|(plan, ..)| plan.renews(number));
        return (!may_be_renewed || life.is_exponential()).then_some(mean);
    }
    let postponed = !downtime.is_fixed() && (0..all.len()).any(|mode| downtime.renews(mode));
    // Counted from the end of a stop, the rest of an interval under way is at most that long on average.
    let rest = if downtime.is_fixed() { mean + life.variance() / mean } else { mean };
    let wait = if downtime.clock == FailureClock::Parts { operations } else { secs };
    (!postponed).then_some(rest + wait)
}

/// How often a stop comes for a unit of its clock.
fn expected_rate(number: usize, all: &[(&Downtime, &Distribution, &Distribution)]) -> f64 {
    let (downtime, life, _) = all[number];
    let mean = mean_life(downtime, life);
    if downtime.is_breakdown() {
        // The plan on the same kind of clock that renews it most often.
        let counts_alike =
            |plan: &Downtime| (plan.clock == FailureClock::Parts) == (downtime.clock == FailureClock::Parts);
        let plans = all.iter().filter(|(plan, ..)| plan.renews(number) && counts_alike(plan));
        let first = plans.map(|(plan, every, _)| (mean_life(plan, every), plan.is_fixed()));
        let most = first.reduce(|one, other| if other.0 < one.0 { other } else { one });
        return match most {
            Some((every, _)) if life.is_exponential() || every <= 0.0 => 1.0 / mean,
            Some((every, true)) => LifeTable::of(life).renewals(every) / every,
            Some((every, false)) => LifeTable::of(life).failures_by_age(every),
            None => 1.0 / mean,
        };
    }
    if downtime.is_fixed() {
        return 1.0 / mean;
    }
    // Counted from the last repair of what it renews: it comes if none of those breaks down before.
    let renewed = all.iter().enumerate().filter(|(mode, (other, ..))| {
        downtime.renews(*mode)
            && (other.clock == FailureClock::Parts) == (downtime.clock == FailureClock::Parts)
    });
    let lives: Vec<LifeTable> = renewed.map(|(_, (_, life, _))| LifeTable::of(life)).collect();
    let survive = |age: f64| lives.iter().map(|lives| lives.survival(age)).product::<f64>();
    let step = mean / STEPS as f64;
    let mean_age: f64 = (0..STEPS).map(|nth| survive((nth as f64 + 0.5) * step) * step).sum();
    if mean_age > 0.0 { survive(mean) / mean_age } else { 1.0 / mean }
}

/// The resolution of times to failure and intervals: a fraction of a per cent.
const STEPS: usize = 400;

/// LifeTable that are evenly spread over their distribution, in rising order.
struct LifeTable(Vec<f64>);

impl LifeTable {
    fn of(distribution: &Distribution) -> LifeTable {
        let step = u64::MAX / STEPS as u64;
        let mut lives: Vec<f64> =
            (0..STEPS as u64).map(|nth| distribution.value(nth * step + step / 2)).collect();
        lives.sort_by(f64::total_cmp);
        LifeTable(lives)
    }

    /// The share of times to failure that are longer.
    fn survival(&self, age: f64) -> f64 {
        1.0 - self.0.partition_point(|life| *life <= age) as f64 / self.0.len() as f64
    }

    /// Failures per unit of time, if a maintenance comes at this age: F(T) / E[min(X, T)].
    fn failures_by_age(&self, age: f64) -> f64 {
        let mean = self.0.iter().map(|life| life.min(age)).sum::<f64>() / self.0.len() as f64;
        if mean > 0.0 { (1.0 - self.survival(age)) / mean } else { 0.0 }
    }

    /// The mean number of failures within a time: the renewal function, by its equation.
    fn renewals(&self, time: f64) -> f64 {
        let share = |nth: usize| 1.0 - self.survival(time * nth as f64 / STEPS as f64);
        let shares: Vec<f64> = (0..=STEPS).map(share).collect();
        let mut renewals = vec![shares[0]];
        for nth in 1..=STEPS {
            let later: f64 = (1..=nth).map(|age| renewals[nth - age] * (shares[age] - shares[age - 1])).sum();
            renewals.push(shares[nth] + later);
        }
        renewals[STEPS]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn distribution(distribution: Result<Distribution, crate::kernel::Unfit>) -> Distribution {
        distribution.unwrap_or_else(|_| panic!("a distribution"))
    }

    /// By hand: an exponential time to failure of mean m ends T / m times in T, whatever is renewed; a constant one of 3 ends
    /// once in 4 and never in 2.
    #[test]
    fn renewed_lives_end_as_often_as_renewal_theory_says() {
        let exponential = LifeTable::of(&distribution(Distribution::exponential(5.0)));
        assert!((exponential.renewals(10.0) / 2.0 - 1.0).abs() < 0.02);
        assert!((exponential.failures_by_age(10.0) * 5.0 - 1.0).abs() < 0.02);
        let constant = LifeTable::of(&distribution(Distribution::constant(3.0)));
        assert_eq!([constant.renewals(2.0), constant.renewals(4.0)], [0.0, 1.0]);
        assert_eq!([constant.failures_by_age(2.0), constant.failures_by_age(4.0)], [0.0, 1.0 / 3.0]);
    }

    #[test]
    fn an_operation_is_lengthened_by_each_kind_of_stop() {
        let account = Account {
            per_work: 0.1,
            per_operation: 2.0,
            per_uptime: 0.25,
            per_downtime: 0.5,
            ..Account::default()
        };
        // 40 s of work, 10 s of loading: 6 s of repairs; by the calendar a quarter of 50 s and a half of 6 s.
        assert!((account.effective_secs(40.0, 10.0, 1.0) - (50.0 + 6.0 + 12.5 + 3.0)).abs() < 1e-12);
    }
}
