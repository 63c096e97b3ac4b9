//! The load-duration curve: which power is reached or exceeded for which share of the time. Read [`load_duration`].

use super::load_curve::LoadCurve;

/// The shares of time for which it is computed.
const SHARES: [f64; 11] = [0.0, 0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 1.0];

/// The power that is reached or exceeded for each share of the known time, as share and kilowatts; nothing of an empty load.
pub fn load_duration(load: &LoadCurve) -> Vec<(f64, f64)> {
    let mut steps: Vec<(f64, f64)> = load.steps().iter().map(|step| (step.kw, step.hours())).collect();
    steps.sort_by(|a, b| b.0.total_cmp(&a.0));
    let hours: f64 = steps.iter().map(|(_, hours)| hours).sum();
    let mut before = 0.0;
    let mut shares = SHARES.iter().peekable();
    let mut curve = Vec::new();
    for (kw, length) in steps {
        before += length;
        // A share that ends exactly with this step still has its power.
        while let Some(share) = shares.next_if(|share| **share * hours <= before * (1.0 + 1e-12)) {
            curve.push((*share, kw));
        }
    }
    curve
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tariff::LoadStep;

    #[test]
    fn a_power_is_reached_for_the_time_of_all_that_is_as_high() {
        let hour = 3_600_000_000_000;
        let step =
            |nth: i64| LoadStep { from: nth * hour, to: (nth + 1) * hour, kw: ((nth * 7) % 20) as f64 };
        let curve = load_duration(&LoadCurve::new((0..20).map(step).collect()));
        // Powers 19, 18, .. 0, an hour each.
        let at = |share: f64| curve.iter().find(|(known, _)| *known == share).map(|(_, kw)| *kw);
        assert_eq!([0.0, 0.05, 0.1, 0.5, 0.9, 1.0].map(at), [19.0, 19.0, 18.0, 10.0, 2.0, 0.0].map(Some));
        assert!(load_duration(&LoadCurve::default()).is_empty());
    }
}
