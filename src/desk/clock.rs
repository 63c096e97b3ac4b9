//! The clock of the desk: whether it plays, and how fast. The steps of a frame follow the wall; what is simulated never
//! does.

use crate::kernel::Time;
use bevy::platform::time::Instant;

/// How time goes on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Clock {
    pub(crate) playing: bool,
    /// Simulated seconds in a second.
    pub(crate) speed: f64,
    /// As fast as it goes: the speed follows how much of a frame is left over.
    pub(crate) as_fast_as_it_goes: bool,
    /// What the machine reaches when it is to go as fast as it goes.
    reached: f64,
}

impl Default for Clock {
    fn default() -> Clock {
        Clock { playing: false, speed: 60.0, as_fast_as_it_goes: false, reached: 1000.0 }
    }
}

/// The ladder of speeds.
const SPEEDS: [f64; 16] = [
    1.0, 2.0, 5.0, 10.0, 20.0, 60.0, 120.0, 300.0, 600.0, 1200.0, 3600.0, 7200.0, 14_400.0, 36_000.0,
    72_000.0, 100_000.0,
];
/// The slowest and the fastest speed that can be set.
pub(crate) const SPEED_RANGE: (f64, f64) = (1.0, 100_000.0);
/// So much of the time of a frame may be simulated in, in seconds.
pub(crate) const PATIENCE: f64 = 0.012;

/// The clock on the wall: how long a frame takes, and how long a file has been left alone.
#[expect(clippy::disallowed_methods, reason = "patience, which no result depends on")]
pub(crate) fn wall() -> Instant {
    Instant::now()
}

impl Clock {
    /// How far a frame of so many seconds leads.
    pub(crate) fn step(&self, frame_secs: f64) -> Time {
        Time::from_secs(frame_secs.min(0.25) * self.speed_now())
    }

    /// The speed that counts now.
    pub(crate) fn speed_now(&self) -> f64 {
        if self.as_fast_as_it_goes { self.reached } else { self.speed }
    }

    /// Learns how much of its patience a frame took.
    pub(crate) fn learn(&mut self, took_secs: f64) {
        let factor = match took_secs / PATIENCE {
            much if much > 1.0 => 0.7,
            little if little < 0.25 => 2.0,
            _ => 1.15,
        };
        self.reached = (self.reached * factor).clamp(1.0, 1e9);
    }

    pub(crate) fn faster(&mut self) {
        match SPEEDS.iter().find(|speed| **speed > self.speed) {
            Some(speed) => self.speed = *speed,
            None => self.as_fast_as_it_goes = true,
        }
    }

    pub(crate) fn slower(&mut self) {
        if std::mem::take(&mut self.as_fast_as_it_goes) {
            return;
        }
        self.speed = SPEEDS.iter().rev().find(|speed| **speed < self.speed).copied().unwrap_or(SPEEDS[0]);
    }

    /// For how long a move is shown: a moment, so that it is seen; none where it would take less than two frames.
    pub(crate) fn glide(&self) -> Time {
        let speed = if self.playing { self.speed_now() } else { 1.0 };
        if speed > 120.0 { Time::ZERO } else { Time::from_secs((0.25 * speed).clamp(1.5, 4.0)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ladder_ends_with_as_fast_as_it_goes() {
        let mut clock = Clock { speed: 1.0, ..Clock::default() };
        for _ in 0..15 {
            clock.faster();
        }
        assert_eq!((clock.speed, clock.as_fast_as_it_goes), (100_000.0, false));
        clock.faster();
        assert!(clock.as_fast_as_it_goes);
        clock.slower();
        assert_eq!((clock.speed, clock.as_fast_as_it_goes), (100_000.0, false));
        clock.slower();
        assert_eq!(clock.speed, 72_000.0);
    }

    #[test]
    fn a_frame_that_takes_long_leads_no_further_than_a_quarter_of_a_second() {
        let clock = Clock { speed: 60.0, ..Clock::default() };
        assert_eq!(clock.step(0.1), Time::from_secs(6.0));
        assert_eq!(clock.step(9.0), Time::from_secs(15.0));
    }

    #[test]
    fn moves_are_not_drawn_where_nobody_could_follow_them() {
        let at = |speed| Clock { speed, playing: true, ..Clock::default() }.glide();
        assert_eq!((at(1.0), at(10.0), at(1000.0)), (Time::from_secs(1.5), Time::from_secs(2.5), Time::ZERO));
    }
}
