//! The power that the parts inside an element add while it works: the load of a belt, the heat that tiles take up.
//!
//! Counted by product, in whole milliwatts and picojoules like everything else, so that the meters add up. A part counts
//! with the mass of its product, whatever was joined to it since.

use crate::event::State;
use crate::kernel::Time;

/// The load of one element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Load {
    /// Milliwatts for one part, by product.
    each: Vec<u64>,
    /// Parts inside, by product.
    inside: Vec<u32>,
    /// Milliwatts of all that are inside.
    milliwatts: u64,
    /// Picojoules since the window was opened, up to `since`.
    energy: u128,
    since: Time,
}

impl Load {
    /// An empty element, with the milliwatts of one part of each product.
    pub fn new(each: &[u64]) -> Load {
        let inside = vec![0; each.len()];
        Load { each: each.to_vec(), inside, milliwatts: 0, energy: 0, since: Time::ZERO }
    }

    /// What the parts inside draw in a state: only what works moves or heats them.
    pub fn power_in(&self, state: Option<State>) -> u64 {
        if state == Some(State::Working) { self.milliwatts } else { 0 }
    }

    /// A part comes or leaves.
    pub fn change(&mut self, product: u32, comes: bool) {
        let product = product as usize;
        let (Some(each), Some(inside)) = (self.each.get(product), self.inside.get_mut(product)) else {
            return;
        };
        if comes {
            *inside += 1;
            self.milliwatts += each;
        } else {
            *inside -= 1;
            self.milliwatts -= each;
        }
    }

    /// From now on each part draws otherwise.
    pub fn weigh(&mut self, each: &[u64]) {
        self.each.iter_mut().zip(each).for_each(|(before, now)| *before = *now);
        let all = self.each.iter().zip(&self.inside);
        self.milliwatts = all.map(|(each, inside)| each * u64::from(*inside)).sum();
    }

    /// Brings the energy up to an instant; the state is that since the last.
    pub fn settle(&mut self, now: Time, state: Option<State>) {
        self.energy += u128::from(self.power_in(state)) * u128::from((now - self.since).0);
        self.since = now;
    }

    pub fn open_window(&mut self, now: Time) {
        self.energy = 0;
        self.since = now;
    }

    /// Picojoules since the window was opened.
    pub fn energy(&self) -> u128 {
        self.energy
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::energy::PowerTable;
    use crate::event::{LineEvent, Listener, Part, Slot, Stay, What};
    use crate::records::Records;

    fn table(working: u64, loads: &[u64]) -> PowerTable {
        let mut table = PowerTable { loads: loads.to_vec(), ..PowerTable::default() };
        table.milliwatts[State::Working as usize] = working;
        table
    }

    fn part(product: u32) -> Part {
        Part { serial: u64::from(product), entered: Time::ZERO, product, priority: 0 }
    }

    #[test]
    fn the_meters_add_up_through_loads_states_windows_and_other_powers() {
        // Slot 0 draws the same whatever is in it; slot 1 carries products of 3 and 50 mW.
        let mut records = Records::new(vec![table(7, &[]), table(100, &[3, 50])]);
        let tell = |records: &mut Records, nanos: u64, slot: u32, what: What| {
            records.on_event(LineEvent { time: Time(nanos), element: Slot(slot), what });
        };
        tell(&mut records, 0, 0, What::Became(State::Working));
        tell(&mut records, 0, 1, What::Became(State::Starved));
        tell(&mut records, 10, 0, What::Created(part(0)));
        tell(&mut records, 10, 0, What::Left { part: part(0), stay: Stay::from(Time::ZERO) });
        tell(&mut records, 10, 1, What::Arrived(part(0)));
        tell(&mut records, 20, 1, What::Became(State::Working));
        tell(&mut records, 30, 0, What::Created(part(1)));
        tell(&mut records, 30, 0, What::Left { part: part(1), stay: Stay::from(Time::ZERO) });
        tell(&mut records, 30, 1, What::Arrived(part(1)));
        assert_eq!((records.power_now(1), records.line.power()), (153, 160));
        records.settle(Time(40));
        // Working from 20 on with 3 mW, from 30 on with 53.
        assert_eq!((records.load_energy(1), records.energy(1)), (10 * 3 + 10 * 53, 20 * 100 + 560));
        assert_eq!(records.line.energy, records.energy(0) + records.energy(1));

        records.open_window(Time(50));
        records.change_powers(Time(60), &[table(7, &[]), table(200, &[1, 20])]);
        assert_eq!(records.line.power(), 7 + 221);
        tell(&mut records, 70, 1, What::Left { part: part(0), stay: Stay::from(Time::ZERO) });
        tell(&mut records, 80, 1, What::Became(State::Blocked));
        assert_eq!(records.line.power(), 7);
        records.settle(Time(100));
        assert_eq!(records.energy(1), 10 * 153 + 10 * 221 + 10 * 220);
        assert_eq!(records.line.energy, records.energy(0) + records.energy(1));
    }
}
