//! How much of its time equipment is up that always has work: what breakdowns and maintenance take, by their means.
//!
//! A mode on working time (or on parts, each of which is a cycle of work) takes MTTR / MTTF of the time worked, whatever the
//! distributions; several of them add up. A mode on the calendar takes its share whether the equipment works or not. Several of
//! those wait for each other's repairs: the share of time in which none of them is down is that of machines with one repairer,
//! exact if repairs are exponential and equally long. Not counted: a calendar mode that falls due during a repair of a mode on
//! working time waits for its end, which matters only where repairs are nearly as long as times to failure; waiting for people;
//! and that maintenance makes breakdowns rarer.

use super::{Downtimes, FailureClock};
use crate::kernel::Distribution;

/// How much of its time equipment is up while it always has work, and the mode that takes most of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Availability {
    /// The share of time in which it is up.
    pub share: f64,
    /// The mode with the longest repair relative to its time to failure.
    pub worst: Option<Outage>,
}

/// A way to be down, by its means.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Outage {
    /// Mean time to failure, in seconds of its clock; parts count as the work they take.
    pub life_secs: f64,
    /// Mean time to repair, in seconds.
    pub repair_secs: f64,
}

impl Outage {
    /// Repair time per second of time to failure.
    pub fn ratio(&self) -> f64 {
        self.repair_secs / self.life_secs
    }
}

impl Default for Availability {
    /// Always up.
    fn default() -> Availability {
        Availability { share: 1.0, worst: None }
    }
}

impl Downtimes {
    /// How much of its time equipment that stops for these is up, if its operations take so long.
    pub fn availability(&self, cycle_secs: f64) -> Availability {
        let (mut of_work, mut of_calendar, mut worst) = (0.0, Vec::new(), None::<Outage>);
        for (downtime, after, repair) in self.distributions().filter(|(downtime, ..)| !self.is_free(downtime))
        {
            let (clock, repair_secs) = (downtime.clock, repair.mean());
            let life_secs = match clock {
                // At fixed multiples the interval holds the maintenance itself.
                FailureClock::Calendar | FailureClock::Scheduled if downtime.is_fixed() => {
                    after.mean() - repair_secs
                }
                FailureClock::Working | FailureClock::Calendar | FailureClock::Scheduled => after.mean(),
                FailureClock::Parts => whole_parts(after) * cycle_secs,
            };
            let outage = Outage { life_secs, repair_secs };
            match clock {
                _ if outage.repair_secs == 0.0 => {}
                FailureClock::Calendar | FailureClock::Scheduled => of_calendar.push(outage.ratio()),
                FailureClock::Working | FailureClock::Parts => of_work += outage.ratio(),
            }
            let worse = worst.is_none_or(|worst| outage.ratio() > worst.ratio());
            if downtime.is_breakdown() && worse {
                worst = Some(outage);
            }
        }
        Availability { share: none_down(&of_calendar) / (1.0 + of_work), worst }
    }
}

/// The mean of a time to failure in parts as it is counted: rounded, and at least 1.
pub(super) fn whole_parts(life: &Distribution) -> f64 {
    let counted = |value: f64| (value + 0.5).floor().max(1.0);
    if life.is_constant() {
        return counted(life.mean());
    }
    // What rounding adds is small, so that a few hundred values, evenly spread, give it to a fraction of a per cent.
    const VALUES: u64 = 400;
    let step = u64::MAX / VALUES;
    let values = (0..VALUES).map(|nth| life.value(nth * step + step / 2));
    life.mean() + values.map(|value| counted(value) - value).sum::<f64>() / VALUES as f64
}

/// The share of time in which none of several modes is down, one repairer being there for all of them: one over the sum
/// of k! times the k-th elementary symmetric polynomial of the ratios.
pub(super) fn none_down(ratios: &[f64]) -> f64 {
    let mut symmetric = vec![1.0];
    for ratio in ratios {
        symmetric.push(0.0);
        for k in (1..symmetric.len()).rev() {
            symmetric[k] += symmetric[k - 1] * ratio;
        }
    }
    let mut orders = 1.0;
    let weights = symmetric.iter().zip(0_u32..).map(|(value, k)| {
        orders *= f64::from(k.max(1));
        // Many modes have more orders than a float holds, of which none is ever seen.
        if *value > 0.0 { orders * value } else { 0.0 }
    });
    1.0 / weights.sum::<f64>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_single_mode_is_up_for_its_life_and_down_for_its_repair() {
        assert!((none_down(&[0.25]) - 0.8).abs() < 1e-15, "4 h up, 1 h down");
        assert_eq!(none_down(&[]), 1.0);
        assert_eq!(none_down(&[0.0, 0.0]), 1.0);
    }

    /// Machines and one repairer, by hand: two alike with ratio r are both up for 1 / (1 + 2 r + 2 r^2) of the time.
    #[test]
    fn several_modes_wait_for_one_repairer() {
        for ratio in [0.1, 1.0, 10.0] {
            let theory = 1.0 / (1.0 + 2.0 * ratio + 2.0 * ratio * ratio);
            assert!((none_down(&[ratio; 2]) - theory).abs() < 1e-15);
        }
        let three = 1.0 / (1.0 + 3.0 * 0.5 + 6.0 * 0.25 + 6.0 * 0.125);
        assert!((none_down(&[0.5; 3]) - three).abs() < 1e-15);
    }

    /// By hand: an exponential time to failure of mean m counts 1 + the sum over k >= 1 of exp(-(k + 1/2) / m) parts.
    #[test]
    fn lives_in_parts_are_counted_in_whole_parts() {
        let distribution = |distribution: Result<Distribution, _>| {
            distribution.unwrap_or_else(|_: crate::kernel::Unfit| panic!("a distribution"))
        };
        assert_eq!(whole_parts(&distribution(Distribution::constant(2.4))), 2.0);
        assert_eq!(whole_parts(&distribution(Distribution::constant(0.1))), 1.0);
        for mean in [1.0_f64, 3.0, 500.0] {
            let theory = 1.0 + (-1.5 / mean).exp() / (1.0 - (-1.0 / mean).exp());
            let counted = whole_parts(&distribution(Distribution::exponential(mean)));
            assert!((counted / theory - 1.0).abs() < 0.005, "{mean}: {counted}, theory {theory}");
        }
    }
}
