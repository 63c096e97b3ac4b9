//! A bill of materials: the parts that a station needs for one operation, and how many of them it has.
//!
//! A part counts from the instant at which it sets out, so that no part comes that the bill does not need.
//! Read [`Bill`] first.

use crate::checking::Check;
use crate::context::Context;
use crate::material::{Offer, PartId, PartSpec, PartStore, Place};
use crate::units::spelling::brief;
use indexmap::IndexMap;

/// The most parts in one bill; more would only be a typing error.
const MOST: u32 = 10_000;

/// A kind of part that is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RequiredParts {
    /// Parts of this product.
    Product(u32),
    /// Any part that is no carrier.
    AnyPart,
    /// A carrier of this product with nothing in it.
    EmptyCarrier(u32),
}

impl RequiredParts {
    fn fits(self, offer: &Offer<'_>) -> bool {
        let Offer { record, attributes, .. } = offer;
        self.fits_like(record.product, attributes.carrier, attributes.loaded)
    }

    fn fits_like(self, product: u32, carrier: bool, loaded: bool) -> bool {
        match self {
            RequiredParts::Product(wanted) => product == wanted,
            RequiredParts::AnyPart => !carrier,
            RequiredParts::EmptyCarrier(wanted) => product == wanted && !loaded,
        }
    }
}

/// One row of a bill.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Lot {
    wanted: RequiredParts,
    /// How many go into one piece of work.
    needed: u32,
    /// How many are here or on their way, those in work included.
    expected: u32,
    /// How many are here and wait for work to begin.
    here: u32,
    /// How many are in the piece of work at hand.
    in_work: u32,
}

/// What is needed for one piece of work, and what is there of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Bill {
    lots: Vec<Lot>,
    /// For how many pieces of work more it is collected meanwhile.
    ahead: u32,
    /// Whether nothing is taken before the main part is there, which is the first row.
    main_first: bool,
    phase: Phase,
}

/// Where the piece of work at hand is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    /// Something is missing.
    Collects,
    /// Its parts are worked on.
    InWork,
    /// It is done and has not left.
    Done,
}

impl Bill {
    pub(super) fn new(lots: impl IntoIterator<Item = (RequiredParts, u32)>, ahead: u32) -> Bill {
        let lot = |(wanted, needed)| Lot { wanted, needed, expected: 0, here: 0, in_work: 0 };
        Bill { lots: lots.into_iter().map(lot).collect(), ahead, main_first: false, phase: Phase::Collects }
    }

    /// The same bill, whose main part comes before all others, or not.
    pub(super) fn main_part_first(self, main_first: bool) -> Bill {
        Bill { main_first, ..self }
    }

    /// Whether a part that has come lets others come that had to wait for it.
    pub(super) fn lets_others_come(&self, offer: &Offer<'_>) -> bool {
        self.main_first && self.lots.first().is_some_and(|lot| lot.wanted.fits(offer))
    }

    /// Parts for one piece of work.
    pub(super) fn parts(&self) -> u32 {
        self.lots.iter().map(|lot| lot.needed).sum()
    }

    /// How many of each row go into one piece of work.
    pub(super) fn needed(&self) -> Vec<u32> {
        self.lots.iter().map(|lot| lot.needed).collect()
    }

    /// The row in which a part counts.
    pub(super) fn row(&self, offer: &Offer<'_>) -> Option<usize> {
        self.lots.iter().position(|lot| lot.wanted.fits(offer))
    }

    /// Places for all parts that can be there at once.
    pub(super) fn places(&self) -> u32 {
        self.parts().saturating_mul(1 + self.ahead)
    }

    /// Whether there is still a place in the bill for a part.
    pub(super) fn admits(&self, offer: &Offer<'_>) -> bool {
        let bills = if self.phase == Phase::Done { self.ahead } else { 1 + self.ahead };
        let open = |lot: &Lot| lot.wanted.fits(offer) && lot.expected < lot.needed * bills;
        let waits = |nth: usize| self.main_first && nth > 0 && self.lots[0].here == 0;
        self.lots.iter().enumerate().any(|(nth, lot)| open(lot) && !waits(nth))
    }

    /// Whether there is still a place in the bill for some part of this product.
    pub(super) fn could_take(&self, product: u32) -> bool {
        let bills = if self.phase == Phase::Done { self.ahead } else { 1 + self.ahead };
        let fits = |wanted: RequiredParts| match wanted {
            RequiredParts::Product(wanted) | RequiredParts::EmptyCarrier(wanted) => product == wanted,
            RequiredParts::AnyPart => true,
        };
        self.lots.iter().any(|lot| fits(lot.wanted) && lot.expected < lot.needed * bills)
    }

    /// Whether all parts of the next piece of work are there, and none is in hand.
    pub(super) fn is_complete(&self) -> bool {
        self.phase == Phase::Collects && self.lots.iter().all(|lot| lot.here >= lot.needed)
    }

    /// A part that was admitted is on its way.
    pub(super) fn expect(&mut self, offer: &Offer<'_>) {
        if let Some(lot) = self.lots.iter_mut().find(|lot| lot.wanted.fits(offer)) {
            lot.expected += 1;
        }
    }

    /// How many of these new parts there is a place for, before anything has come, if a piece of work is in hand or none is.
    pub(super) fn takes(&self, parts: impl Iterator<Item = PartSpec>, work_in_hand: bool) -> usize {
        let bills = self.ahead + u32::from(!work_in_hand);
        let mut open: Vec<u32> = self.lots.iter().map(|lot| lot.needed * bills).collect();
        let has_place = |spec: &PartSpec| {
            let fits = |lot: &Lot| lot.wanted.fits_like(spec.product, spec.carrier, false);
            let row = self.lots.iter().position(fits).filter(|row| open[*row] > 0);
            row.into_iter().for_each(|row| open[row] -= 1);
            row.is_some()
        };
        parts.take_while(has_place).count()
    }

    /// A part has come.
    pub(super) fn receive(&mut self, offer: &Offer<'_>) {
        if let Some(lot) = self.lots.iter_mut().find(|lot| lot.wanted.fits(offer)) {
            lot.here += 1;
        }
    }

    /// A part is there that was never on its way.
    pub(super) fn has(&mut self, offer: &Offer<'_>) {
        self.expect(offer);
        self.receive(offer);
    }

    /// Begins the next piece of work, if all its parts are there and the one before has left.
    pub(super) fn begin(&mut self) -> bool {
        self.begin_if(|lot| lot.here >= lot.needed)
    }

    /// Begins the next piece of work with what is there, if that is something of every row and nothing else is on its way.
    pub(super) fn begin_short(&mut self) -> bool {
        self.begin_if(|lot| lot.here > 0 && lot.here == lot.expected)
    }

    fn begin_if(&mut self, is_there: impl Fn(&Lot) -> bool) -> bool {
        let begins = self.phase == Phase::Collects && self.lots.iter().all(is_there);
        if begins {
            for lot in &mut self.lots {
                lot.in_work = lot.here.min(lot.needed);
                lot.here -= lot.in_work;
            }
            self.phase = Phase::InWork;
        }
        begins
    }

    /// Whether anything is here for the next piece of work besides the main part, which is the first row.
    pub(super) fn has_load(&self) -> bool {
        self.lots.iter().skip(1).any(|lot| lot.here > 0)
    }

    /// Shows the parts in the piece of work at hand.
    pub(super) fn each_in_work<L>(
        &self,
        place: &Place,
        ctx: &mut Context<'_, L>,
        see: impl Fn(PartId, &mut Context<'_, L>),
    ) {
        for lot in &self.lots {
            let mut left = lot.in_work;
            for nth in 0..place.inside() {
                let part = place.part_at(nth, ctx.parts);
                if let Some(part) = part.filter(|part| left > 0 && lot.wanted.fits(&ctx.parts.offer(*part))) {
                    see(part, ctx);
                    left -= 1;
                }
            }
        }
    }

    /// The work is done: its parts, those of the first row first, and within a row those that came first.
    pub(super) fn finish(&mut self, place: &Place, parts: &PartStore) -> Vec<PartId> {
        self.phase = Phase::Done;
        let inside: Vec<Offer<'_>> = place.each_part(parts).map(|part| parts.offer(part)).collect();
        let mut used = Vec::new();
        for lot in &mut self.lots {
            lot.expected -= lot.in_work;
            let fitting = inside.iter().filter(|offer| lot.wanted.fits(offer));
            used.extend(fitting.take(lot.in_work as usize).map(|offer| offer.part));
        }
        used
    }

    /// What was done has left.
    pub(super) fn leave(&mut self) {
        self.phase = Phase::Collects;
    }

    /// Whether this asks for the same.
    pub(super) fn is_like(&self, other: &Bill) -> bool {
        let asked = |bill: &Bill| bill.lots.iter().map(|lot| (lot.wanted, lot.needed)).collect::<Vec<_>>();
        self.ahead == other.ahead && self.main_first == other.main_first && asked(self) == asked(other)
    }
}

/// The way to a row. Its name is a step of the way unless it looks like several.
pub(super) fn way(field: &str, name: &str) -> String {
    if name.contains(['.', '[']) { field.to_owned() } else { format!("{field}.{name}") }
}

/// Products and how many of each, as a layout says them; none if there are faults.
pub(super) fn rows(
    field: &str,
    written: &IndexMap<String, u32>,
    check: &mut Check<'_>,
) -> Option<Vec<(PartSpec, u32)>> {
    if written.is_empty() {
        let help = format!("say which and how many: `{field}: {{ \"wheel\": 4 }}`");
        check.fault(field, "there are no parts in it".to_owned(), &help);
    }
    let mut rows = Vec::new();
    for (name, count) in written {
        let way = way(field, name);
        let spec = check.product(&way, Some(name));
        if *count == 0 {
            let message = format!("no \"{}\" is no row of a bill", brief(name));
            check.fault(&way, message, "give a count of at least 1, or remove it");
        }
        rows.extend(spec.map(|spec| (spec, *count)));
    }
    let all: u64 = written.values().map(|count| u64::from(*count)).sum();
    if all > u64::from(MOST) {
        check.fault(field, format!("{all} parts are too many"), "a bill has at most 10,000 parts");
        return None;
    }
    (rows.len() == written.len()).then_some(rows)
}
