//! The highest mean power over any 15 minutes, as a maximum-demand meter with a sliding window reads it.
//!
//! Power is a step function, so the energy in a sliding window is piecewise linear in time and is highest where an end
//! of the window meets a step. [`Peak`] evaluates it there, and only where it could be more than ever before: exact, in
//! whole milliwatts and nanoseconds, and in memory that does not grow with the run.
//!
//! Beyond [`Peak::STEPS`] steps inside one window neighbours are joined to their mean power. The gap between two steps
//! is then below 4 ms, and the peak off by at most the range of the power times 8 ms / 15 min, or 1 part in 100,000.
//! Before the window is full for the first time, what came before counts as zero.

use crate::kernel::Time;
use std::collections::VecDeque;

/// From an instant on, a power.
#[derive(Clone, Copy, Debug)]
struct Step {
    time: u64,
    milliwatts: u64,
}

/// A maximum-demand meter over a sliding window.
#[derive(Clone, Debug)]
pub struct Peak {
    window: u64,
    /// Steps that the trailing end of the window has yet to meet; the last of them the leading end too.
    steps: VecDeque<Step>,
    /// How many steps the leading end has yet to meet.
    ahead: usize,
    /// Instant of the leading end, and the power there.
    now: u64,
    leading: u64,
    /// Power at the trailing end.
    trailing: u64,
    /// Picojoules inside the window, now and at most.
    inside: u128,
    highest: u128,
    /// When the window ended with the highest energy, for the first time.
    highest_ends: u64,
}

/// What one end of the window passes on its way: energy, the power at its end, the lowest and the highest power.
struct Passed {
    energy: u128,
    steps: usize,
    power: u64,
    lowest: u64,
    highest: u64,
}

impl Peak {
    /// The usual window of a demand meter, 15 minutes.
    pub const WINDOW: Time = Time(15 * 60 * 1_000_000_000);
    /// Steps kept exactly inside one window.
    pub const STEPS: usize = 1 << 19;
    /// The leading end waits for so many steps, so that most of them are added up and no more.
    const BATCH: usize = 32;

    /// A meter that begins at `now` with a power of `milliwatts`.
    pub fn new(window: Time, now: Time, milliwatts: u64) -> Peak {
        let steps = VecDeque::from([Step { time: now.0, milliwatts }]);
        let (window, now, leading) = (window.0, now.0, milliwatts);
        Peak { window, steps, ahead: 0, now, leading, trailing: 0, inside: 0, highest: 0, highest_ends: now }
    }

    /// The power changes.
    #[inline]
    pub fn step(&mut self, now: Time, milliwatts: u64) {
        self.steps.push_back(Step { time: now.0, milliwatts });
        self.ahead += 1;
        if self.ahead == Peak::BATCH {
            self.advance(now);
        }
    }

    /// Time goes on with the power as it is.
    #[inline(never)]
    pub fn advance(&mut self, now: Time) {
        let now = now.0;
        let entered = self.pass(now, self.leading, 0, self.steps.range(self.steps.len() - self.ahead..));
        let left = self.pass(now, self.trailing, self.window, self.steps.iter());
        let gain = u128::from(entered.highest.saturating_sub(left.lowest)) * u128::from(now - self.now);
        if self.inside + gain <= self.highest {
            // Nowhere on the way can there be more than ever before.
            self.inside = self.inside + entered.energy - left.energy;
            self.steps.drain(..left.steps);
            (self.now, self.leading, self.trailing) = (now, entered.power, left.power);
        } else {
            for step in self.steps.split_off(self.steps.len() - self.ahead) {
                self.slide_to(step.time);
                self.leading = step.milliwatts;
                self.steps.push_back(step);
            }
            self.slide_to(now);
        }
        self.ahead = 0;
        if self.steps.len() + Peak::BATCH > Peak::STEPS {
            self.thin_out();
        }
    }

    /// The highest mean power up to the last [`Peak::advance`], in milliwatts.
    pub fn highest_milliwatts(&self) -> f64 {
        self.highest as f64 / self.window as f64
    }

    /// When the window ended that had it.
    pub fn highest_ends(&self) -> Time {
        Time(self.highest_ends)
    }

    /// What an end of the window, `behind` the leading one, passes until the leading one is at `now`.
    fn pass<'a>(&self, now: u64, power: u64, behind: u64, steps: impl Iterator<Item = &'a Step>) -> Passed {
        let mut passed = Passed { energy: 0, steps: 0, power, lowest: power, highest: power };
        let mut at = self.now;
        for step in steps.take_while(|step| step.time + behind <= now) {
            passed.energy += u128::from(passed.power) * u128::from(step.time + behind - at);
            (at, passed.power) = (step.time + behind, step.milliwatts);
            passed.lowest = passed.lowest.min(step.milliwatts);
            passed.highest = passed.highest.max(step.milliwatts);
            passed.steps += 1;
        }
        passed.energy += u128::from(passed.power) * u128::from(now - at);
        passed
    }

    /// Moves the window on while its leading end meets no step, and looks wherever its trailing end meets one.
    fn slide_to(&mut self, now: u64) {
        while let Some(met) = self.steps.front()
            && met.time + self.window <= now
        {
            let Step { time, milliwatts } = *met;
            self.steps.pop_front();
            self.slide(time + self.window);
            self.trailing = milliwatts;
        }
        self.slide(now);
    }

    /// Moves both ends of the window to where no step lies between.
    #[inline]
    fn slide(&mut self, to: u64) {
        let length = u128::from(to - self.now);
        self.inside = self.inside + u128::from(self.leading) * length - u128::from(self.trailing) * length;
        self.now = to;
        if self.inside > self.highest {
            (self.highest, self.highest_ends) = (self.inside, to);
        }
    }

    /// Joins each pair of neighbouring steps, except the last, whose length is not yet known.
    #[cold]
    fn thin_out(&mut self) {
        let steps: Vec<Step> = self.steps.iter().copied().collect();
        let joined = steps[..steps.len() - 1].chunks(2).zip(steps[2..].iter().step_by(2).chain(steps.last()));
        let joined = joined.map(|(pair, next)| {
            let length = |from: u64, to: u64| u128::from(to - from);
            let (first, last) = (pair[0], pair[pair.len() - 1]);
            let energy = u128::from(first.milliwatts) * length(first.time, last.time)
                + u128::from(last.milliwatts) * length(last.time, next.time);
            let whole = length(first.time, next.time).max(1);
            Step { time: first.time, milliwatts: ((energy + whole / 2) / whole) as u64 }
        });
        let kept: VecDeque<Step> = joined.chain(steps.last().copied()).collect();
        self.steps = kept;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: u64 = 1_000_000_000;

    /// A slow twin: the window's energy at every whole second, power constant between seconds.
    fn twin(powers: &[u64], window: usize) -> u64 {
        let sum = |end: usize| powers[end.saturating_sub(window)..end].iter().sum::<u64>();
        (0..=powers.len()).map(sum).max().unwrap_or(0)
    }

    #[test]
    fn the_peak_is_that_of_a_window_moved_second_by_second() {
        let mut random = 7_u64;
        for round in 0..50 {
            let powers: Vec<u64> = (0..300)
                .map(|_| {
                    random = random
                        .wrapping_mul(6_364_136_223_846_793_005)
                        .wrapping_add(1_442_695_040_888_963_407);
                    (random >> 60) * 1000
                })
                .collect();
            let window = 5 + round;
            let mut peak = Peak::new(Time(window as u64 * SECOND), Time::ZERO, powers[0]);
            for (second, pair) in (1..).zip(powers.windows(2)) {
                if pair[0] != pair[1] {
                    peak.step(Time(second * SECOND), pair[1]);
                }
            }
            peak.advance(Time(300 * SECOND));
            let expected = twin(&powers, window) as f64 / window as f64;
            assert!((peak.highest_milliwatts() - expected).abs() < 1e-6, "window {window}");
            let end = (peak.highest_ends().0 / SECOND) as usize;
            let here = powers[end.saturating_sub(window)..end].iter().sum::<u64>();
            assert_eq!((peak.highest_ends().0 % SECOND, here), (0, twin(&powers, window)), "window {window}");
        }
    }

    #[test]
    fn more_steps_than_are_kept_change_the_peak_by_less_than_one_part_in_a_hundred_thousand() {
        let mut peak = Peak::new(Peak::WINDOW, Time::ZERO, 0);
        let between = Peak::WINDOW.0 / (4 * Peak::STEPS as u64);
        for step in 1..10 * Peak::STEPS as u64 {
            // 10 kW half of the time, and 12 kW half of the time during the window in the middle.
            let high = if (4..8).contains(&(step / Peak::STEPS as u64)) { 12_000_000 } else { 10_000_000 };
            peak.step(Time(step * between), if step % 2 == 0 { high } else { 0 });
        }
        assert!(peak.steps.len() <= Peak::STEPS);
        assert!((peak.highest_milliwatts() / 6_000_000.0 - 1.0).abs() < 1e-5);
    }
}
