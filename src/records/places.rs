//! The records of an element with several parallel places: the time of each place in each state, added up.
//!
//! While such a machine is up, a place is working if the part in it is not done, blocked if it is, and starved without one.
//! While something stops the machine, all its places are in its state.

use crate::event::State;
use crate::kernel::Time;

/// The places of one element since the window was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PlaceClock {
    places: u32,
    inside: u32,
    done: u32,
    state: State,
    since: Time,
    /// Nanoseconds in each state, added up over the places.
    times: [u128; State::ALL.len()],
}

impl PlaceClock {
    /// The clock of so many places at time zero, all of them empty.
    pub(super) fn new(places: u32) -> PlaceClock {
        let times = Default::default();
        PlaceClock { places, inside: 0, done: 0, state: State::Starved, since: Time::ZERO, times }
    }

    /// Nanoseconds in each state for one place, on average.
    pub(super) fn mean_times(&self) -> [f64; State::ALL.len()] {
        self.times.map(|nanos| nanos as f64 / f64::from(self.places.max(1)))
    }

    pub(super) fn come(&mut self, now: Time) {
        self.settle(now);
        self.inside += 1;
    }

    pub(super) fn finish(&mut self, now: Time) {
        self.settle(now);
        self.done += 1;
    }

    /// Only what is done leaves.
    pub(super) fn leave(&mut self, now: Time) {
        self.settle(now);
        self.inside -= 1;
        self.done -= 1;
    }

    pub(super) fn become_state(&mut self, now: Time, state: State) {
        self.settle(now);
        self.state = state;
    }

    pub(super) fn settle(&mut self, now: Time) {
        let passed = u128::from((now - self.since).0);
        let mut pass = |state: State, places: u32| self.times[state as usize] += passed * u128::from(places);
        match self.state {
            State::Working | State::Starved | State::Blocked => {
                pass(State::Working, self.inside - self.done);
                pass(State::Blocked, self.done);
                pass(State::Starved, self.places - self.inside);
            }
            other => pass(other, self.places),
        }
        self.since = now;
    }

    /// Adds the settled times of another stretch.
    pub(super) fn add(&mut self, stretch: &PlaceClock) {
        self.times.iter_mut().zip(stretch.times).for_each(|(all, more)| *all += more);
    }

    pub(super) fn open_window(&mut self, now: Time) {
        (self.times, self.since) = (Default::default(), now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_place_has_a_state_of_its_own_unless_the_machine_is_down() {
        let mut clock = PlaceClock::new(3);
        clock.become_state(Time(0), State::Working);
        clock.come(Time(10));
        clock.come(Time(20));
        clock.finish(Time(40));
        clock.become_state(Time(50), State::Failed);
        clock.become_state(Time(60), State::Working);
        clock.leave(Time(60));
        clock.settle(Time(100));
        let time = |state: State| clock.times[state as usize];
        assert_eq!(time(State::Working), 10 + 20 * 2 + 10 + 40);
        assert_eq!((time(State::Blocked), time(State::Failed)), (10, 30));
        assert_eq!(clock.times.iter().sum::<u128>(), 3 * 100);
    }
}
