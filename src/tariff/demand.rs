//! The highest mean power over a fixed or a sliding interval, exactly, of a load that is constant from step to step.
//!
//! Only intervals count that lie wholly within a stretch of time: within one billing month, one period and one stretch without a
//! gap. Over such an interval the sliding mean is linear between the instants at which one of its ends meets a step, so it is
//! highest at one of these. Read [`highest`].

use super::load_curve::LoadStep;

/// The highest mean power, and when.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DemandPeak {
    /// Kilowatts.
    pub kw: f64,
    /// When the interval begins, in nanoseconds since the beginning of 1970; the first one of several as high.
    pub from: i64,
    /// When it ends.
    pub to: i64,
}

impl DemandPeak {
    /// The higher of two; of two as high, the first.
    pub(super) fn higher(first: Option<DemandPeak>, second: Option<DemandPeak>) -> Option<DemandPeak> {
        match (first, second) {
            (Some(first), Some(second)) => Some(if second.kw > first.kw { second } else { first }),
            (first, second) => first.or(second),
        }
    }
}

/// The highest mean over `interval` nanoseconds within steps that follow each other without a gap. Intervals begin anywhere, or
/// at whole multiples of their length counted from `origin`.
pub(super) fn highest(steps: &[LoadStep], interval: i64, origin: Option<i64>) -> Option<DemandPeak> {
    let (first, last) = (steps.first()?.from, steps.last()?.to);
    let begins: Vec<i64> = match origin {
        Some(origin) => {
            let begin = first + (origin - first).rem_euclid(interval);
            (0..).map(|nth| begin + nth * interval).take_while(|begin| begin + interval <= last).collect()
        }
        None => {
            let meets =
                steps.iter().flat_map(|step| [step.from, step.to, step.from - interval, step.to - interval]);
            let mut begins: Vec<i64> =
                meets.filter(|begin| *begin >= first && begin + interval <= last).collect();
            begins.sort_unstable();
            begins.dedup();
            begins
        }
    };
    let mut energies = CumulatedEnergy::new(steps);
    let mut highest: Option<DemandPeak> = None;
    let leading: Vec<f64> = begins.iter().map(|begin| energies.until(begin + interval)).collect();
    let mut energies = CumulatedEnergy::new(steps);
    for (begin, end) in begins.into_iter().zip(leading) {
        let kw = (end - energies.until(begin)) / interval as f64;
        // The last digits of a sum decide nothing: of intervals that are as high the first is taken.
        if highest.is_none_or(|peak| kw > peak.kw * (1.0 + 1e-12)) {
            highest = Some(DemandPeak { kw, from: begin, to: begin + interval });
        }
    }
    highest
}

/// The energy since the first step, in kilowatt-nanoseconds, at instants that ascend.
struct CumulatedEnergy<'a> {
    steps: &'a [LoadStep],
    before: f64,
}

impl<'a> CumulatedEnergy<'a> {
    fn new(steps: &'a [LoadStep]) -> CumulatedEnergy<'a> {
        CumulatedEnergy { steps, before: 0.0 }
    }

    fn until(&mut self, instant: i64) -> f64 {
        while let Some((step, rest)) = self.steps.split_first()
            && step.to <= instant
        {
            self.before += step.kw.max(0.0) * (step.to - step.from) as f64;
            self.steps = rest;
        }
        let inside = self.steps.first().filter(|step| step.from < instant);
        self.before + inside.map_or(0.0, |step| step.kw.max(0.0) * (instant - step.from) as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One step for each power, of a length of 1.
    fn steps(powers: &[f64]) -> Vec<LoadStep> {
        let step = |(nth, kw): (usize, &f64)| LoadStep { from: nth as i64, to: nth as i64 + 1, kw: *kw };
        powers.iter().enumerate().map(step).collect()
    }

    #[test]
    fn a_sliding_interval_finds_what_a_fixed_one_cuts_in_two() {
        let steps = steps(&[1.0, 1.0, 8.0, 8.0, 1.0, 1.0]);
        let at = |origin: Option<i64>, interval| {
            highest(&steps, interval, origin).map(|peak| (peak.kw, peak.from))
        };
        assert_eq!(at(None, 2), Some((8.0, 2)));
        assert_eq!(at(Some(1), 2), Some((4.5, 1)));
        assert_eq!(at(Some(0), 2), Some((8.0, 2)));
        assert_eq!(at(None, 4), Some((4.5, 0)), "the first of several");
        assert_eq!(at(None, 7), None);
    }

    #[test]
    fn the_highest_mean_is_that_of_an_interval_moved_step_by_step() {
        let mut random = 7_u64;
        for round in 0..200 {
            let powers: Vec<f64> = (0..60)
                .map(|_| {
                    random = random
                        .wrapping_mul(6_364_136_223_846_793_005)
                        .wrapping_add(1_442_695_040_888_963_407);
                    (random >> 60) as f64
                })
                .collect();
            let interval = 1 + round % 17;
            let mean = |begin: &usize| powers[*begin..begin + interval].iter().sum::<f64>() / interval as f64;
            let all: Vec<f64> = (0..=powers.len() - interval).map(|begin| mean(&begin)).collect();
            let sliding = all.iter().copied().fold(0.0, f64::max);
            let origin = round % interval;
            let fixed = (0..all.len()).filter(|begin| begin % interval == origin).map(|begin| all[begin]);
            let fixed = fixed.fold(None, |most: Option<f64>, kw| Some(most.map_or(kw, |most| most.max(kw))));
            let steps = steps(&powers);
            let found = |origin| highest(&steps, interval as i64, origin).map(|peak| peak.kw);
            let near = |a: Option<f64>, b: Option<f64>| match (a, b) {
                (Some(a), Some(b)) => (a - b).abs() < 1e-9,
                (a, b) => a == b,
            };
            assert!(near(found(None), Some(sliding)), "round {round}");
            assert!(near(found(Some(origin as i64)), fixed), "round {round}");
        }
    }
}
