//! A load: mean powers one after the other, as a meter records them or a run draws them. Read [`LoadCurve`].

use super::instant::HOUR_NANOS;

/// A mean power over a span of time; instants are nanoseconds since the beginning of 1970 in UTC.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LoadStep {
    /// The first instant.
    pub from: i64,
    /// The instant after the last one.
    pub to: i64,
    /// Kilowatts; below zero where more is fed into the grid than is drawn.
    pub kw: f64,
}

impl LoadStep {
    /// How long it is, in hours.
    pub fn hours(&self) -> f64 {
        (self.to - self.from) as f64 / HOUR_NANOS
    }

    /// Kilowatt-hours.
    pub fn kwh(&self) -> f64 {
        self.kw * self.hours()
    }

    /// The part of it between two instants; none if it lies outside of them.
    fn clipped(self, from: i64, to: i64) -> Option<LoadStep> {
        let part = LoadStep { from: self.from.max(from), to: self.to.min(to), ..self };
        (part.from < part.to).then_some(part)
    }
}

/// A load over time. Where no step is, the load is unknown.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LoadCurve {
    steps: Vec<LoadStep>,
}

impl LoadCurve {
    /// The load of these steps, which must be in the order of time and must not overlap.
    pub fn new(steps: Vec<LoadStep>) -> LoadCurve {
        assert!(steps.iter().all(|step| step.from < step.to), "each step has a length");
        assert!(steps.windows(2).all(|pair| pair[0].to <= pair[1].from), "steps follow each other");
        LoadCurve { steps }
    }

    /// All steps.
    pub fn steps(&self) -> &[LoadStep] {
        &self.steps
    }

    /// From the first known instant to the end of the last one; none of an empty load.
    pub fn ends(&self) -> Option<(i64, i64)> {
        Some((self.steps.first()?.from, self.steps.last()?.to))
    }

    /// The steps between two instants, cut off there.
    pub fn between(&self, from: i64, to: i64) -> impl Iterator<Item = LoadStep> {
        let first = self.steps.partition_point(|step| step.to <= from);
        let inside = self.steps[first..].iter().take_while(move |step| step.from < to);
        inside.filter_map(move |step| step.clipped(from, to))
    }

    /// The known stretches between two instants, each without a gap.
    pub fn stretches(&self, from: i64, to: i64) -> Vec<(i64, i64)> {
        let mut stretches: Vec<(i64, i64)> = Vec::new();
        for step in self.between(from, to) {
            match stretches.last_mut() {
                Some(last) if last.1 == step.from => last.1 = step.to,
                _ => stretches.push((step.from, step.to)),
            }
        }
        stretches
    }

    /// The gaps between the known stretches.
    pub fn gaps(&self) -> Vec<(i64, i64)> {
        let pairs = self.steps.windows(2).map(|pair| (pair[0].to, pair[1].from));
        pairs.filter(|(from, to)| from < to).collect()
    }

    /// For how many hours between two instants the load is known.
    pub fn known_hours(&self, from: i64, to: i64) -> f64 {
        self.stretches(from, to).iter().map(|(from, to)| (to - from) as f64 / HOUR_NANOS).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 3_600_000_000_000;

    fn load(steps: &[(i64, i64, f64)]) -> LoadCurve {
        let step = |&(from, to, kw): &(i64, i64, f64)| LoadStep { from: from * HOUR, to: to * HOUR, kw };
        LoadCurve::new(steps.iter().map(step).collect())
    }

    #[test]
    fn a_part_of_a_load_is_cut_off_at_its_ends() {
        let load = load(&[(0, 2, 10.0), (2, 3, 20.0), (5, 6, 30.0)]);
        let kwh: f64 = load.between(HOUR, 6 * HOUR - HOUR / 2).map(|step| step.kwh()).sum();
        assert_eq!(kwh, 10.0 + 20.0 + 15.0);
        assert_eq!(load.between(3 * HOUR, 5 * HOUR).count(), 0);
    }

    #[test]
    fn what_no_step_covers_is_a_gap() {
        let load = load(&[(0, 2, 10.0), (2, 3, 20.0), (5, 6, 30.0)]);
        assert_eq!(load.gaps(), [(3 * HOUR, 5 * HOUR)]);
        assert_eq!(load.stretches(HOUR, 9 * HOUR), [(HOUR, 3 * HOUR), (5 * HOUR, 6 * HOUR)]);
        assert_eq!(load.known_hours(HOUR, 9 * HOUR), 3.0);
    }
}
