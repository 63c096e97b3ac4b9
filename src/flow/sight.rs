//! What a listener sees of the floor at the end of an instant.

use super::Floor;
use super::network::Way;
use crate::event::{LineSight, Listener, SeenElement, SeenWay, Slot, Supply};

impl<L: Listener, const PLAIN: bool> Floor<'_, L, PLAIN> {
    /// Shows the line to a listener that watches: everything of the instant at hand has happened.
    #[inline(never)]
    pub(super) fn show_instant(&mut self) {
        let mut sight = std::mem::take(&mut self.sight);
        let LineSight { elements, ways } = &mut sight;
        elements.clear();
        elements.extend((0..self.units.len() as u32).map(|slot| self.seen(Slot(slot))));
        ways.clear();
        let numbers = (0..self.ways.len() as u32).filter(|way| !self.node(self.way(*way).from).carries());
        ways.extend(numbers.map(|way| self.seen_way(way)));
        self.ctx.listener.on_instant_end(self.ctx.now, &sight);
        self.sight = sight;
    }

    fn seen(&self, slot: Slot) -> SeenElement {
        let (place, unit) = (&self.node(slot).place, &self.units[slot.index()]);
        let supply = unit.supplies().map(|_| if unit.is_dry(place) { Supply::Ended } else { Supply::GoesOn });
        SeenElement {
            state: (!place.only_stores).then(|| place.state()),
            inside: place.inside(),
            finished: place.finished(),
            offers: place.has_part(),
            has_room: place.has_room(),
            front: place.first_part(self.ctx.parts).map(|part| self.ctx.parts.get(part).serial),
            in_transit: unit.has_parts_in_transit(),
            has_limit: place.has_limit(),
            robot_brings: place.booked() > 0,
            robot_fetches: place.promised() > 0,
            supply,
        }
    }

    fn seen_way(&self, number: u32) -> SeenWay {
        let Way { from, to, taker, .. } = *self.way(number);
        let is_open = self.may_go(number);
        let mut suits = PLAIN && is_open;
        if !PLAIN && is_open {
            self.show_offers(number, |offer| suits |= self.may_take(number, offer) && self.admits(to, offer));
        }
        SeenWay { from, to, robot: (taker != to).then_some(taker), is_open, suits }
    }
}
