//! The store of parts: a part is a small record here, and its number moves through the line.
//!
//! The numbers are kept on shelves: see `shelf.rs`.

use super::route_stop::{RouteStop, steps_at_beginning};
use crate::event::{Part, Slot, Stay};
use crate::kernel::Time;

/// Where the record of a part lies; used again after the part has left the line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PartId(u32);

/// The record of a part that does not exist; the invariant of parts would fail.
const NO_RECORD: Part = Part { serial: u64::MAX, entered: Time::ZERO, product: 0, priority: 0 };

/// The attributes of a part that only some elements read; those that the flow reads lie side by side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub struct PartAttributes {
    /// Its due date; [`Time::NEVER`] without one.
    pub due: Time,
    /// Where its route leads next; nowhere without a route, or past its end.
    pub stop: Option<Slot>,
    /// How many stops of its product's route it has come to.
    pub step: u32,
    /// The number of the port by which it leaves its element.
    pub exit: u8,
    /// How often it was reworked.
    pub reworks: u8,
    /// Whether it has a defect, found or not.
    pub defective: bool,
    /// Whether it was inspected anywhere.
    pub inspected: bool,
    /// Whether it was found bad since it was last reworked, rightly or not.
    pub rejected: bool,
    /// Whether it is a carrier, such as a pallet: it holds parts, and is never a finished part.
    pub carrier: bool,
    /// Whether there are parts in it.
    pub loaded: bool,
    /// How often it has left an element from which parts go different ways, as far as a byte counts.
    pub choices: u8,
    /// The last inspection that found it bad.
    pub found_bad_at: Option<Slot>,
    /// Its mass in milligrams.
    pub mass_mg: u64,
}

impl Default for PartAttributes {
    fn default() -> PartAttributes {
        PartAttributes {
            due: Time::NEVER,
            mass_mg: 0,
            step: 0,
            stop: None,
            exit: 0,
            reworks: 0,
            defective: false,
            inspected: false,
            rejected: false,
            found_bad_at: None,
            carrier: false,
            loaded: false,
            choices: 0,
        }
    }
}

/// The properties of a new part.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PartSpec {
    /// The number of its product.
    pub product: u32,
    /// The product's priority.
    pub priority: i32,
    /// Its mass in milligrams.
    pub mass_mg: u64,
    /// Whether it is a carrier.
    pub carrier: bool,
}

/// A part as it is offered to the elements that could take it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offer<'a> {
    /// The number of the part; a number without a record if the part is made at the instant it leaves.
    pub part: PartId,
    /// Its record.
    pub record: &'a Part,
    /// What else is known of it.
    pub attributes: &'a PartAttributes,
}

/// A part that will be made at the instant at which it leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Prospect {
    /// Its record, but for its serial number.
    pub record: Part,
    /// What else is known of it.
    pub attributes: PartAttributes,
}

impl Prospect {
    /// The part as it is offered to the elements that could take it.
    pub fn offer(&self) -> Offer<'_> {
        Offer { part: PartId::default(), record: &self.record, attributes: &self.attributes }
    }
}

/// The records of all parts inside the line, and the shelves.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PartStore {
    records: Vec<Part>,
    /// By the same number as the records: the stays at the elements where the parts are.
    stays: Vec<Stay>,
    /// By the same number as the records, and apart from them: most lines never look here.
    attributes: Vec<PartAttributes>,
    free: Vec<PartId>,
    made: u64,
    pub(super) shelves: Vec<PartId>,
    /// The elements that each product goes to, one after the other; nothing if none has a route.
    routes: Vec<Vec<RouteStop>>,
    /// Whether some of these are groups.
    has_group_stops: bool,
    /// How many stops initial parts have come to: the element, the product, the stops; ascending.
    begun: Vec<(Slot, u32, u32)>,
    /// The parts in each carrier, by the same number as the records; empty until a part is packed.
    loads: Vec<Vec<PartId>>,
    /// When each part was first put into a carrier, by the same number; only as long as needed.
    packed: Vec<(u64, Time)>,
}

impl PartStore {
    /// Parts follow these routes, by the number of the product. The initial parts of an element, by its slot and the number of
    /// the product, have come to so many stops.
    pub fn set_routes(&mut self, routes: Vec<Vec<RouteStop>>, begun: Vec<(Slot, u32, u32)>) {
        self.has_group_stops = routes.iter().flatten().any(RouteStop::is_group);
        (self.routes, self.begun) = (routes, begun);
    }

    /// Where the route of a product leads after so many stops; of a group, the first member.
    #[inline]
    pub fn stop(&self, product: u32, step: u32) -> Option<Slot> {
        self.routes.get(product as usize)?.get(step as usize).map(RouteStop::first)
    }

    /// Whether the next stop of a part is a group with this element.
    #[inline(never)]
    fn is_member_of_stop(&self, part: PartId, slot: Slot) -> bool {
        let (product, step) = (self.get(part).product, self.attributes(part).step);
        let stop = self.routes.get(product as usize).and_then(|route| route.get(step as usize));
        stop.is_some_and(|stop| stop.is_at(slot))
    }

    /// A part comes to an element, with the parts in it. If the element is the next stop of its route, the stop after it is the
    /// next from then on.
    #[inline(always)]
    pub fn follow_route(&mut self, part: PartId, to: Slot) {
        if self.routes.is_empty() {
            return;
        }
        let is_stop = self.attributes[part.0 as usize].stop == Some(to)
            || (self.has_group_stops && self.is_member_of_stop(part, to));
        if is_stop {
            let (product, step) = (self.get(part).product, self.attributes(part).step + 1);
            let stop = self.stop(product, step);
            let attributes = self.attributes_mut(part);
            (attributes.step, attributes.stop) = (step, stop);
        }
        if self.attributes[part.0 as usize].loaded {
            self.follow_routes_within(part, to);
        }
    }

    #[inline(never)]
    fn follow_routes_within(&mut self, carrier: PartId, to: Slot) {
        for nth in 0..self.load(carrier).len() {
            self.follow_route(self.loads[carrier.0 as usize][nth], to);
        }
    }

    /// A part is made at an element, or becomes another product there, and begins its route. If the element is a stop, the
    /// part has come to the first such stop. Initial parts may begin in the middle of their route.
    #[inline]
    pub fn begin_route(&mut self, part: PartId, at: Slot) {
        if !self.routes.is_empty() {
            self.look_for_stop(part, at);
        }
    }

    #[inline(never)]
    fn look_for_stop(&mut self, part: PartId, at: Slot) {
        let product = self.get(part).product;
        let route = self.routes.get(product as usize).map_or(&[][..], Vec::as_slice);
        let begun = self.begun.binary_search_by_key(&(at, product), |(at, product, _)| (*at, *product));
        let step = match begun {
            Ok(nth) => self.begun[nth].2 as usize,
            Err(_) => steps_at_beginning(route, at),
        };
        let stop = route.get(step).map(RouteStop::first);
        let attributes = self.attributes_mut(part);
        (attributes.step, attributes.stop) = (step as u32, stop);
    }

    /// Makes a part.
    #[inline(always)]
    pub fn make(&mut self, now: Time, spec: PartSpec) -> PartId {
        let PartSpec { product, priority, mass_mg, carrier } = spec;
        let part = Part { serial: self.made, entered: now, product, priority };
        let attributes = PartAttributes { mass_mg, carrier, ..PartAttributes::default() };
        self.made += 1;
        match self.free.pop() {
            Some(id) => {
                self.records[id.0 as usize] = part;
                self.stays[id.0 as usize] = Stay::from(now);
                self.attributes[id.0 as usize] = attributes;
                id
            }
            None => {
                self.records.push(part);
                self.stays.push(Stay::from(now));
                self.attributes.push(attributes);
                PartId(self.records.len() as u32 - 1)
            }
        }
    }

    /// The record of a part. It never fails, so that a caller who does not need it costs nothing.
    #[inline(always)]
    pub fn get(&self, id: PartId) -> Part {
        self.records.get(id.0 as usize).copied().unwrap_or(NO_RECORD)
    }

    /// The stay of a part where it is.
    #[inline]
    pub(crate) fn stay(&self, id: PartId) -> Stay {
        self.stays[id.0 as usize]
    }

    /// The stay of a part is over, and another begins: where it goes, it comes at the same instant.
    #[inline(always)]
    pub(crate) fn end_stay(&mut self, id: PartId, now: Time) -> Stay {
        let stay = &mut self.stays[id.0 as usize];
        let ended = *stay;
        stay.idle_since = now;
        // Most parts never wait for their work.
        if ended.queued > Time::ZERO {
            stay.queued = Time::ZERO;
        }
        ended
    }

    /// A part lies in a carrier from now on, which is the end of its stay on its own.
    pub(crate) fn end_stay_packed(&mut self, id: PartId) -> Stay {
        std::mem::replace(&mut self.stays[id.0 as usize], Stay::PACKED)
    }

    /// The work on a part is over, or a belt has brought it to its end.
    #[inline(always)]
    pub(crate) fn end_work(&mut self, id: PartId, now: Time) {
        self.stays[id.0 as usize].idle_since = now;
    }

    /// A part waits for its work until [`begin_work`](crate::context::Context::begin_work) is called.
    pub(crate) fn let_wait(&mut self, id: PartId) {
        self.stays[id.0 as usize].queued = Time::NEVER;
    }

    /// The work on a part begins, after it waited so long.
    pub(crate) fn end_wait(&mut self, id: PartId, queued: Time) {
        self.stays[id.0 as usize].queued = queued;
    }

    /// What else is known of a part.
    #[inline]
    pub fn attributes(&self, id: PartId) -> PartAttributes {
        self.attributes.get(id.0 as usize).copied().unwrap_or_default()
    }

    /// What else is known of a part, to be changed.
    #[inline]
    pub fn attributes_mut(&mut self, id: PartId) -> &mut PartAttributes {
        &mut self.attributes[id.0 as usize]
    }

    /// The part as it is offered to the elements that could take it.
    #[inline]
    pub fn offer(&self, part: PartId) -> Offer<'_> {
        let nth = part.0 as usize;
        Offer { part, record: &self.records[nth], attributes: &self.attributes[nth] }
    }

    /// How many parts are inside the line.
    pub fn inside(&self) -> usize {
        self.records.len() - self.free.len()
    }

    /// Forgets a part that has left the line.
    #[inline]
    pub fn forget(&mut self, id: PartId) {
        self.free.push(id);
    }

    /// A part becomes another product at an element and begins its route; its mass changes if the product has a mass.
    pub fn convert(&mut self, id: PartId, spec: PartSpec, at: Slot) {
        let record = &mut self.records[id.0 as usize];
        (record.product, record.priority) = (spec.product, spec.priority);
        self.begin_route(id, at);
        let load: u64 = self.load(id).iter().map(|part| self.attributes(*part).mass_mg).sum();
        let attributes = &mut self.attributes[id.0 as usize];
        attributes.carrier = spec.carrier;
        if spec.mass_mg > 0 {
            attributes.mass_mg = spec.mass_mg + load;
        }
    }

    /// Puts a part into a carrier, behind those in it.
    pub fn pack(&mut self, part: PartId, carrier: PartId, now: Time) {
        self.note_packed(part, now);
        let nth = carrier.0 as usize;
        if self.loads.len() <= nth {
            self.loads.resize_with(nth + 1, Vec::new);
        }
        self.loads[nth].push(part);
        let mass_mg = self.attributes(part).mass_mg;
        let attributes = self.attributes_mut(carrier);
        attributes.loaded = true;
        attributes.mass_mg += mass_mg;
    }

    fn note_packed(&mut self, part: PartId, now: Time) {
        let (nth, serial) = (part.0 as usize, self.get(part).serial);
        if self.packed.len() <= nth {
            self.packed.resize(nth + 1, (u64::MAX, now));
        }
        if self.packed[nth].0 != serial {
            self.packed[nth] = (serial, now);
        }
    }

    /// When a part was first put into a carrier, if it ever was.
    pub fn packed_at(&self, part: PartId) -> Option<Time> {
        let (serial, at) = *self.packed.get(part.0 as usize)?;
        // The number may have been that of another part.
        (serial == self.get(part).serial).then_some(at)
    }

    /// Takes all parts out of a carrier, in the order in which they were packed.
    pub fn unpack(&mut self, carrier: PartId) -> Vec<PartId> {
        let load = self.loads.get_mut(carrier.0 as usize).map(std::mem::take).unwrap_or_default();
        let mass_mg: u64 = load.iter().map(|part| self.attributes(*part).mass_mg).sum();
        let attributes = self.attributes_mut(carrier);
        attributes.loaded = false;
        attributes.mass_mg = attributes.mass_mg.saturating_sub(mass_mg);
        load
    }

    /// The parts in a carrier, in the order in which they were packed.
    pub fn load(&self, carrier: PartId) -> &[PartId] {
        self.loads.get(carrier.0 as usize).map_or(&[], Vec::as_slice)
    }

    /// Whether there may be anything in any carrier.
    #[inline(always)]
    pub fn carries(&self) -> bool {
        !self.loads.is_empty()
    }

    /// Shows everything in a part, also in carriers that are in it.
    pub fn each_in(&self, part: PartId, see: &mut dyn FnMut(PartId)) {
        for inner in self.load(part) {
            see(*inner);
            self.each_in(*inner, see);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_used_again_and_a_serial_never() {
        let mut store = PartStore::default();
        let first = store.make(Time(5), PartSpec::default());
        store.forget(first);
        let second = store.make(Time(7), PartSpec { product: 1, ..PartSpec::default() });
        assert_eq!(first, second);
        assert_eq!(
            (store.get(second).serial, store.get(second).entered, store.get(second).product),
            (1, Time(7), 1)
        );
    }
}
