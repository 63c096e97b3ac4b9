//! What several elements did together in one replication: the outcome of a group.
//!
//! Operations, incidents, parts, contents and energy are sums. Shares of the time are means over the members, which all have the same
//! window; shares of planned time count each member by its planned time. A waiting time is the mean over the parts that left any of them. Read [`ElementOutcome::together`] first.

use crate::energy::EnergyCarrier;
use crate::event::{Incident, ResourcePurpose, State};
use crate::kpi::{ElementOutcome, Factors};
use std::collections::BTreeSet;

impl ElementOutcome {
    /// The outcome of some elements as if they were one; of none, nothing happened.
    pub fn together(members: &[&ElementOutcome]) -> ElementOutcome {
        let sum =
            |figure: &dyn Fn(&ElementOutcome) -> f64| members.iter().map(|one| figure(one)).sum::<f64>();
        let count =
            |figure: &dyn Fn(&ElementOutcome) -> u64| members.iter().map(|one| figure(one)).sum::<u64>();
        ElementOutcome {
            // Both as sums: a share is one divided by the other.
            times: State::ALL.map(|state| count(&|one| one.times[state as usize])),
            place_times: State::ALL.map(|state| sum(&|one| one.place_times[state as usize])),
            scheduled: members.iter().map(|one| one.scheduled).sum(),
            overtime: count(&|one| one.overtime),
            planned: count(&|one| one.planned),
            energy: members.iter().map(|one| one.energy).sum(),
            energy_by_state: State::ALL.map(|state| sum(&|one| one.energy_by_state[state as usize])),
            others: others(members),
            operations: count(&|one| one.operations),
            factors: factors(members),
            contents_mean: sum(&|one| one.contents_mean),
            contents_max: count(&|one| one.contents_max),
            at_work_mean: sum(&|one| one.at_work_mean),
            there_mean: sum(&|one| one.there_mean),
            labour_h: sum(&|one| one.labour_h),
            calls: count(&|one| one.calls),
            call_wait_s: over_calls(members),
            lacked: each_of(members, |one| &one.lacked),
            at_work_by_purpose: ResourcePurpose::ALL
                .map(|purpose| sum(&|one| one.at_work_by_purpose[purpose as usize])),
            incidents: Incident::ALL.map(|incident| count(&|one| one.incidents[incident as usize])),
            parts_out: each_of(members, |one| &one.parts_out),
            queue_time_s: over_parts(members, |one| one.queue_time_s),
            blocked_time_s: over_parts(members, |one| one.blocked_time_s),
        }
    }
}

/// The sums of several numbers, each by its place.
fn each_of(members: &[&ElementOutcome], numbers: fn(&ElementOutcome) -> &Vec<u64>) -> Vec<u64> {
    let most = members.iter().map(|one| numbers(one).len()).max().unwrap_or(0);
    let sum = |nth: usize| members.iter().filter_map(|one| numbers(one).get(nth)).sum();
    (0..most).map(sum).collect()
}

/// A time of each part, on average over all parts that left; a member that none left does not count.
fn over_parts(members: &[&ElementOutcome], time: impl Fn(&ElementOutcome) -> Option<f64>) -> Option<f64> {
    let parts = |one: &ElementOutcome| one.parts_out.iter().sum::<u64>() as f64;
    let known = members.iter().filter_map(|one| Some((time(one)?, parts(one))));
    let (total, all) =
        known.fold((0.0, 0.0), |(total, all), (time, parts)| (total + time * parts, all + parts));
    (all > 0.0).then(|| total / all)
}

/// How long a call waited, on average over all calls.
fn over_calls(members: &[&ElementOutcome]) -> Option<f64> {
    let known = members.iter().filter_map(|one| Some((one.call_wait_s?, one.calls as f64)));
    let (total, all) =
        known.fold((0.0, 0.0), |(total, all), (wait, calls)| (total + wait * calls, all + calls));
    (all > 0.0).then(|| total / all)
}

/// What they drew of other carriers.
fn others(members: &[&ElementOutcome]) -> Vec<(EnergyCarrier, [f64; State::ALL.len()])> {
    let drawn: BTreeSet<EnergyCarrier> =
        members.iter().flat_map(|one| one.others.iter().map(|(carrier, _)| *carrier)).collect();
    let all = |carrier: EnergyCarrier, state: State| {
        members.iter().map(|one| one.amount_in(carrier, state)).sum::<f64>()
    };
    drawn.into_iter().map(|carrier| (carrier, State::ALL.map(|state| all(carrier, state)))).collect()
}

/// The ideal time of all work out of the time in which they worked, and the rest as means by planned time; none if one of them has
/// no cycle.
fn factors(members: &[&ElementOutcome]) -> Option<Factors> {
    let all = members.iter().map(|one| one.factors).collect::<Option<Vec<Factors>>>()?;
    let first = all.first()?;
    let planned: f64 = members.iter().map(|one| one.planned as f64).sum();
    let weighed = || all.iter().zip(members.iter().map(|one| one.planned as f64));
    let worked: f64 = weighed().map(|(one, planned)| one.availability * planned).sum();
    let ideal: f64 =
        weighed().filter_map(|(one, planned)| Some(one.effectiveness? * one.availability * planned)).sum();
    Some(Factors {
        availability: worked / planned,
        effectiveness: (worked > 0.0).then(|| ideal / worked),
        // That of the line, the same for all.
        quality: first.quality,
        oee: first.quality.map(|quality| ideal / planned * quality),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(working: u64, starved: u64, parts: u64, queue: Option<f64>) -> ElementOutcome {
        let mut one = ElementOutcome::together(&[]);
        one.times[State::Working as usize] = working;
        one.times[State::Starved as usize] = starved;
        one.place_times = one.times.map(|time| time as f64);
        one.planned = working + starved;
        (one.operations, one.parts_out, one.queue_time_s) = (parts, vec![parts], queue);
        one.energy = u128::from(working);
        let availability = working as f64 / (working + starved) as f64;
        let (effectiveness, quality) = (Some(0.5), Some(0.8));
        one.factors = Some(Factors { availability, effectiveness, quality, oee: Some(availability * 0.4) });
        one
    }

    #[test]
    fn a_group_has_the_mean_of_shares_and_the_sum_of_amounts() {
        let (busy, idle) = (one(900, 100, 90, Some(2.0)), one(300, 700, 30, Some(6.0)));

        let both = ElementOutcome::together(&[&busy, &idle]);

        assert!((both.share(|state| state == State::Working) - 0.6).abs() < 1e-12);
        assert_eq!((both.operations, both.energy, both.parts_out), (120, 1200, vec![120]));
        // 90 parts waited 2 s and 30 parts 6 s.
        assert_eq!(both.queue_time_s, Some(3.0));
    }

    #[test]
    fn the_oee_of_a_group_is_the_product_of_its_factors_and_the_mean_over_its_members() {
        let (busy, mut idle) = (one(900, 100, 90, None), one(300, 700, 30, None));
        // Faster than its mean by chance.
        let slower = idle.factors.as_mut().expect("factors");
        (slower.effectiveness, slower.oee) = (Some(1.0), Some(0.3 * 0.8));

        let both = ElementOutcome::together(&[&busy, &idle]).factors.expect("factors");

        let product = both.availability * both.effectiveness.unwrap() * both.quality.unwrap();
        assert!((both.oee.unwrap() - product).abs() < 1e-12, "{both:?}");
        assert!((product - (0.9 * 0.4 + 0.3 * 0.8) / 2.0).abs() < 1e-12, "{both:?}");
    }

    /// One works around the clock for 1000, one has hours of 400 and is at work in all of them.
    #[test]
    fn members_with_hours_count_by_their_planned_time() {
        let (always, mut shift) = (one(300, 700, 30, None), one(400, 0, 40, None));
        shift.times[State::Paused as usize] = 600;
        shift.scheduled = Some(400);

        let both = ElementOutcome::together(&[&always, &shift]);

        let used = both.share_of_planned(State::is_use).expect("a planned time");
        assert!((used - 700.0 / 1400.0).abs() < 1e-12, "{used}");
        let factors = both.factors.expect("factors");
        assert!((factors.availability - 700.0 / 1400.0).abs() < 1e-12, "{factors:?}");
    }

    #[test]
    fn a_member_that_no_part_left_does_not_count_for_a_waiting_time() {
        let (busy, idle) = (one(900, 100, 90, Some(2.0)), one(0, 1000, 0, None));
        assert_eq!(ElementOutcome::together(&[&busy, &idle]).queue_time_s, Some(2.0));
        assert_eq!(ElementOutcome::together(&[&idle]).queue_time_s, None);
    }
}
