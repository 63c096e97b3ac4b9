//! Scales and ticks: from a value to a place in the drawing, and round values to write beside an axis.

/// Maps values to places.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct LinearScale {
    low: f64,
    high: f64,
    from: f64,
    to: f64,
}

impl LinearScale {
    /// Values from `low` to `high` lie between `from` and `to`.
    pub(super) fn new((low, high): (f64, f64), (from, to): (f64, f64)) -> LinearScale {
        let high = if high > low { high } else { low + 1.0 };
        LinearScale { low, high, from, to }
    }

    pub(super) fn at(&self, value: f64) -> f64 {
        self.from + (value - self.low) / (self.high - self.low) * (self.to - self.from)
    }

    /// The attribute of a drawing that scripts can stretch along this scale: its ends as places and as values.
    pub(super) fn zoom(&self) -> String {
        format!(" data-zoom=\"{} {} {} {}\"", self.from, self.to, self.low, self.high)
    }

    /// The places of both ends.
    pub(super) fn ends(&self) -> (f64, f64) {
        (self.from, self.to)
    }

    /// Round values on the scale, about so many.
    pub(super) fn ticks(&self, about: usize) -> Vec<f64> {
        let step = round_step((self.high - self.low) / about.max(1) as f64);
        let first = (self.low / step - 1e-9).ceil() as i64;
        let last = (self.high / step + 1e-9).floor() as i64;
        (first..=last).take(4 * about + 4).map(|nth| nth as f64 * step).collect()
    }
}

/// The scales of both axes of a chart.
pub(super) struct Frame {
    pub(super) x: LinearScale,
    pub(super) y: LinearScale,
}

/// 1, 2 or 5 times a power of ten that is not below a length.
pub(super) fn round_step(length: f64) -> f64 {
    if !(length > 1e-12 && length < 1e15) {
        return if length < 1.0 { 1e-12 } else { 1e15 };
    }
    let mut power = 1.0;
    while power > length {
        power /= 10.0;
    }
    while power * 10.0 <= length {
        power *= 10.0;
    }
    [1.0, 2.0, 5.0, 10.0]
        .into_iter()
        .map(|times| times * power)
        .find(|step| *step >= length * 0.999)
        .unwrap_or(power)
}

/// The next round value that is not below a value, for the top of an axis.
pub(super) fn round_up(value: f64) -> f64 {
    let step = round_step(value / 4.0);
    (value / step - 1e-9).ceil() * step
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_within_the_scale() {
        let ticks = |low, high| LinearScale::new((low, high), (0.0, 100.0)).ticks(4);
        assert_eq!(ticks(0.0, 10.0), [0.0, 5.0, 10.0]);
        assert_eq!(ticks(-1.0, 1.0), [-1.0, -0.5, 0.0, 0.5, 1.0]);
        assert_eq!(ticks(0.0, 0.3).len(), 4);
        assert!(ticks(3.0, 3.0).iter().all(|tick| (3.0..=4.0).contains(tick)));
        assert!(ticks(0.0, f64::INFINITY).len() < 100);
    }

    #[test]
    fn the_top_of_an_axis_is_round() {
        assert_eq!([0.9, 38.3, 60.7, 1223.0].map(round_up), [1.0, 40.0, 80.0, 1500.0]);
    }
}
