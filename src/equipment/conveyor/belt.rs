//! How parts move on a belt: exact, event by event, without steps of time.
//!
//! All times are on the *clock of the belt*, which runs only while the drive runs. So a breakdown, or a stop of the belt for a
//! part at its end, delays all later events and changes nothing else. A part is a point that travels the
//! length L at the speed v, and keeps the pitch p to the part before it. With T = L / v and h = p / v:
//!
//! - A part that came at e has travelled v (t - e), unless it queues. The part i places behind the one that leaves next
//!   can be at L - i p at most; and once a part has left at l, the one behind it follows at that distance as if it were
//!   still there, so the same part is at L + v (t - l) - (i + 1) p at most. Its place is the least of the three.
//! - So it reaches the end at max(e + T, l + h), l being when the part before it left.
//! - A part may come when the last one has travelled p. If nothing queues that is h after the last one came. In a queue
//!   the last one is n - 1 places behind the first of n parts: L - (n - 1) p >= p holds up to n = J = floor(L / p)
//!   parts. With J parts it must also have moved up after the last part left: L + v (t - l) - J p >= p, which is
//!   t >= l + g with g = ((J + 1) p - L) / v, and 0 < g <= h. With J + 1 parts a belt whose first part stays is full, and
//!   its last part stands at the entrance. Parts that left earlier ask for less, as they left h apart.
//! - Of n parts behind a first one that stays, the last comes to rest at max(e + T - (n - 1) h, l + h), and the others no
//!   later, as they came h apart.
//!
//! Lengths of time are rounded to nanoseconds. Parts on a belt that does not queue only obey the first rule.

use crate::kernel::Time;
use serde::Deserialize;
use std::collections::VecDeque;

/// What a conveyor does with a part at its end that no element takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
pub enum WhenBlocked {
    /// The part stays, and the others queue up behind it while the belt runs on.
    #[default]
    Accumulate,
    /// The whole belt stands until the part is taken.
    Stop,
    /// The belt never stops: the part is lost.
    Never,
}

/// A belt in lengths of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Gauge {
    /// From the entrance to the end.
    pub transit: Time,
    /// From one part to the next.
    pub headway: Time,
    /// How long after a part has left a full belt another may come.
    gap: Time,
    /// Parts that fit on it.
    pub fits: u32,
}

impl Gauge {
    /// A belt of this length and pitch in metres and speed in metres per second.
    pub fn new(length: f64, speed: f64, pitch: f64) -> Gauge {
        // A length of whole pitches is one also where the quotient of two floats falls a little short.
        let pitches = (length / pitch + 1e-9).floor();
        let headway = Time::from_secs(pitch / speed).max(Time(1));
        let gap = Time::from_secs(((pitches + 1.0) * pitch - length) / speed).min(headway);
        Gauge { transit: Time::from_secs(length / speed), headway, gap, fits: pitches as u32 + 1 }
    }

    /// What a part takes of the belt: the time until another can lie where it lies, or the whole way where that is shorter.
    pub fn ideal(self) -> Time {
        self.headway.min(self.transit)
    }
}

/// The parts on a belt.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Belt {
    pub gauge: Gauge,
    pub when_blocked: WhenBlocked,
    /// What its clock showed when it was last started or stopped, and when that was.
    shown: Time,
    since: Time,
    runs: bool,
    /// What its clock showed at time zero.
    began: Time,
    /// When the parts came that have not reached the end, the first first.
    moving: VecDeque<Time>,
    at_end: u32,
    last_came: Option<Time>,
    last_left: Option<Time>,
}

impl Belt {
    /// An empty belt that runs from time zero.
    pub fn new(gauge: Gauge, when_blocked: WhenBlocked) -> Belt {
        Belt {
            gauge,
            when_blocked,
            shown: Time::ZERO,
            since: Time::ZERO,
            runs: true,
            began: Time::ZERO,
            moving: VecDeque::new(),
            at_end: 0,
            last_came: None,
            last_left: None,
        }
    }

    /// The same belt with parts on it that have come so far, in time, the first first; each a headway behind the one before.
    pub fn carrying(self, ways: &[Time]) -> Belt {
        // They came before the clock would have begun, so it begins later.
        let shown = self.gauge.transit;
        let came = |way: &Time| Time(shown.0.saturating_sub(way.0));
        Belt {
            shown,
            began: shown,
            moving: ways.iter().map(came).collect(),
            last_came: ways.last().map(came),
            ..self
        }
    }

    /// Before a run: the belt, with the parts on it, takes so many times as long.
    pub fn scale(&mut self, factor: f64) {
        let scale = |time: &mut Time| *time = Time::from_secs(time.secs() * factor);
        let Gauge { transit, headway, gap, fits: _ } = &mut self.gauge;
        [transit, headway, gap, &mut self.shown, &mut self.began].into_iter().for_each(scale);
        self.moving.iter_mut().chain(&mut self.last_came).for_each(scale);
    }

    /// When the parts came that are on it at first.
    pub fn came(&self) -> &VecDeque<Time> {
        &self.moving
    }

    /// Its clock.
    pub fn clock(&self, now: Time) -> Time {
        if self.runs { self.shown + (now - self.since) } else { self.shown }
    }

    /// Whether it runs.
    pub fn runs(&self) -> bool {
        self.runs
    }

    /// Its drive stops, or runs again unless the belt stands for a part at its end.
    pub fn drive(&mut self, now: Time, on: bool) {
        self.shown = self.clock(now);
        self.since = now;
        self.runs = on && !self.stands_for_a_part();
    }

    fn stands_for_a_part(&self) -> bool {
        self.when_blocked == WhenBlocked::Stop && self.at_end > 0
    }

    /// Parts on it, those at its end included.
    pub fn inside(&self) -> u32 {
        self.at_end + self.moving.len() as u32
    }

    /// Parts at its end.
    pub fn at_end(&self) -> u32 {
        self.at_end
    }

    /// A part comes.
    pub fn enter(&mut self, now: Time) {
        let clock = self.clock(now);
        self.moving.push_back(clock);
        self.last_came = Some(clock);
    }

    /// The first part that moves has reached the end. How long it would have been on its way if nothing had held it up.
    pub fn reach_end(&mut self, now: Time) -> Time {
        let came = self.moving.pop_front().unwrap_or_default();
        self.at_end += 1;
        self.drive(now, self.runs);
        // A part that lay on it at first had come before its clock began.
        let before = Time(self.began.0.saturating_sub(came.0));
        Time(self.gauge.transit.0.saturating_sub(before.0))
    }

    /// A part leaves the end.
    pub fn leave(&mut self, now: Time) {
        self.at_end -= 1;
        self.last_left = Some(self.clock(now));
    }

    /// When the first part that moves will reach the end; none if it queues.
    pub fn end_at(&self) -> Option<Time> {
        let free = *self.moving.front()? + self.gauge.transit;
        match self.when_blocked {
            WhenBlocked::Accumulate if self.at_end > 0 => None,
            WhenBlocked::Accumulate => Some(free.max(self.follows())),
            WhenBlocked::Stop | WhenBlocked::Never => Some(free),
        }
    }

    /// How much is done of the last pitch of the way of the part that will reach the end next: no two parts lie there at once.
    pub fn ideal_in_hand(&self, now: Time) -> Time {
        let left = self.end_at().map_or(Time::NEVER, |end| Time(end.0.saturating_sub(self.clock(now).0)));
        Time(self.gauge.ideal().0.saturating_sub(left.0))
    }

    /// When a part may come; none if one must leave first.
    pub fn entrance_at(&self) -> Option<Time> {
        let last = self.last_came.map_or(Time::ZERO, |came| came + self.gauge.headway);
        if self.when_blocked != WhenBlocked::Accumulate || self.inside() + 1 < self.gauge.fits {
            return Some(last);
        }
        let moved_up = self.last_left.map_or(Time::ZERO, |left| left + self.gauge.gap);
        (self.inside() < self.gauge.fits).then(|| last.max(moved_up))
    }

    /// When all parts will stand behind the one at the end.
    pub fn rest_at(&self) -> Option<Time> {
        let last = *self.moving.back()?;
        let queues = self.when_blocked == WhenBlocked::Accumulate && self.at_end > 0;
        let way = self.gauge.transit.0.saturating_sub(self.queued(self.inside() - 1).0);
        queues.then(|| (last + Time(way)).max(self.follows()))
    }

    /// When the first part can be where the part before it left.
    fn follows(&self) -> Time {
        self.last_left.map_or(Time::ZERO, |left| left + self.gauge.headway)
    }

    fn queued(&self, places: u32) -> Time {
        Time(self.gauge.headway.0.saturating_mul(u64::from(places)))
    }

    /// Whether any part moves while the belt runs.
    pub fn moves(&self, now: Time) -> bool {
        !self.moving.is_empty()
            && !self.stands_for_a_part()
            && self.rest_at().is_none_or(|rest| rest > self.clock(now))
    }

    /// How far each part has come, from 0 to 1, the one that leaves first first.
    pub fn along(&self, now: Time) -> Vec<f32> {
        let (clock, transit) = (self.clock(now).0 as i128, self.gauge.transit.0.max(1) as i128);
        let place = |(nth, came): (u32, &Time)| {
            let free = clock - i128::from(came.0);
            let way = match self.when_blocked {
                WhenBlocked::Accumulate => {
                    let queued = transit - i128::from(self.queued(nth).0);
                    let follows = self.last_left.map(|left| {
                        transit + clock - i128::from(left.0) - i128::from(self.queued(nth + 1).0)
                    });
                    free.min(queued).min(follows.unwrap_or(queued))
                }
                WhenBlocked::Stop | WhenBlocked::Never => free,
            };
            (way as f64 / transit as f64).clamp(0.0, 1.0) as f32
        };
        let ended = (0..self.at_end).map(|_| 1.0);
        ended.chain((self.at_end..).zip(&self.moving).map(place)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The slow, obvious twin: places as numbers, moved on step by step. A step is a nanosecond and a millimetre.
    struct Twin {
        length: i64,
        pitch: i64,
        when_blocked: WhenBlocked,
        /// Places of the parts, the first first, and of a part that has left as if it travelled on.
        places: Vec<i64>,
        ghost: Option<i64>,
        stopped: bool,
    }

    impl Twin {
        fn at_end(&self) -> usize {
            self.places.iter().filter(|place| **place >= self.length).count()
        }

        fn step(&mut self) {
            let stands = self.when_blocked == WhenBlocked::Stop && self.at_end() > 0;
            if self.stopped || stands {
                return;
            }
            self.ghost = self.ghost.map(|place| place + 1);
            let mut before = self.ghost;
            for place in &mut self.places {
                let queued = before.map_or(self.length, |before| before - self.pitch);
                *place = match self.when_blocked {
                    WhenBlocked::Accumulate => (*place + 1).min(queued).min(self.length),
                    // What stays at the end of a belt that runs on no longer lies on it.
                    WhenBlocked::Stop | WhenBlocked::Never => *place + 1,
                };
                before = Some(*place);
            }
        }

        fn seen(&self) -> Vec<i64> {
            self.places.iter().map(|place| (*place).min(self.length)).collect()
        }

        fn is_open(&self) -> bool {
            self.places.last().copied().or(self.ghost).is_none_or(|last| last >= self.pitch)
        }
    }

    fn whenever_blocked() -> impl Strategy<Value = WhenBlocked> {
        prop_oneof![Just(WhenBlocked::Accumulate), Just(WhenBlocked::Stop), Just(WhenBlocked::Never)]
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..Default::default() })]

        #[test]
        fn a_belt_agrees_with_one_that_is_moved_millimetre_by_millimetre(
            when_blocked in whenever_blocked(),
            length in 1i64..60,
            pitch in 1i64..25,
            gaps in proptest::collection::vec(0i64..20, 0..4),
            steps in proptest::collection::vec((0u32..100, 0u32..100, 0u32..100), 400),
            comes in 1u32..100,
            goes in 1u32..100,
        ) {
            let gauge = Gauge::new(length as f64, 1e9, pitch as f64);
            prop_assert_eq!(gauge.transit, Time(length as u64));
            let mut places: Vec<i64> = Vec::new();
            for gap in gaps {
                let place = places.last().map_or(length, |before| before - pitch) - gap;
                places.extend((place >= 0).then_some(place));
            }
            let ways: Vec<Time> = places.iter().map(|place| Time(*place as u64)).collect();
            let mut belt = Belt::new(gauge, when_blocked).carrying(&ways);
            if places.first() == Some(&length) {
                belt.reach_end(Time(0));
            }
            let (ghost, stopped) = (None, false);
            let mut twin = Twin { length, pitch, when_blocked, places, ghost, stopped };
            let mut most = 0;
            for (now, (come, go, fault)) in (1..).map(Time).zip(steps) {
                twin.step();
                let clock = belt.clock(now);
                if belt.runs() && belt.end_at().is_some_and(|end| end <= clock) {
                    belt.reach_end(now);
                }
                let shares = belt.along(now);
                let told: Vec<i64> = shares.iter().map(|at| (f64::from(*at) * length as f64).round() as i64).collect();
                prop_assert_eq!(told, twin.seen(), "at {:?}", now);
                prop_assert_eq!(belt.at_end() as usize, twin.at_end());
                if go < goes && belt.at_end() > 0 {
                    belt.leave(now);
                    belt.drive(now, !twin.stopped);
                    twin.ghost = Some(twin.places.remove(0));
                }
                let open = belt.entrance_at().is_some_and(|at| at <= belt.clock(now));
                prop_assert_eq!(open, twin.is_open(), "at {:?}", now);
                if come < comes && open {
                    belt.enter(now);
                    twin.places.push(0);
                    most = most.max(belt.inside());
                }
                if fault < 4 {
                    twin.stopped = !twin.stopped;
                    belt.drive(now, !twin.stopped);
                }
                let mut next = Twin { places: twin.places.clone(), ..twin };
                next.step();
                prop_assert_eq!(!twin.stopped && belt.moves(now), next.seen() != twin.seen(), "at {:?}", now);
            }
            if when_blocked != WhenBlocked::Never {
                prop_assert!(most <= gauge.fits, "{most} parts on a belt for {}", gauge.fits);
            }
        }
    }

    #[test]
    fn lengths_of_time_by_hand() {
        // 12 m at 0.2 m/s, a part every 0.5 m: 24 pitches, 25 parts, and the whole of a pitch to move up.
        let gauge = Gauge::new(12.0, 0.2, 0.5);
        assert_eq!((gauge.transit.secs(), gauge.headway.secs(), gauge.gap.secs()), (60.0, 2.5, 2.5));
        assert_eq!(gauge.fits, 25);
        // 1.2 m with 0.5 m: two pitches and a rest of 0.2 m, so a part comes once the queue has moved 0.3 m.
        let gauge = Gauge::new(1.2, 0.1, 0.5);
        assert_eq!((gauge.gap.secs(), gauge.fits), (3.0, 3));
        // 3 m / 0.2 m is a little less than 15 in floats.
        assert_eq!(Gauge::new(3.0, 0.3, 0.2).fits, 16);
        // Shorter than a pitch: one part, which must be away before the next comes.
        assert_eq!((Gauge::new(0.3, 0.1, 0.5).fits, Gauge::new(0.3, 0.1, 0.5).gap.secs()), (1, 2.0));
    }
}
