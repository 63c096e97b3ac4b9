//! A disassembler: takes a part apart, such as a box into its lid and four items; or cuts a bar into pieces.
//!
//! One part comes in, and when the work is done there are as many parts as it `gives`. The first of them is the part that
//! came, under its number and with the time it entered, as the product that it is now; the others are new parts that enter
//! the line at that instant. They leave in the order in which they are written, each by the way that has the name of its
//! product; the next part comes in when all have left.
//!
//! Conventions: what comes out weighs what its product says; the first part without a mass of its own keeps what is left of
//! the whole. If the whole was defective, so is everything that comes of it.
//!
//! Not modelled: yields that vary, parts that come out one after the other while the work goes on.

use super::assembler::convert;
use super::{Bench, BenchProcess, BenchSettings, bill};
use crate::checking::Check;
use crate::context::Context;
use crate::disruption::{self, Initial};
use crate::distribution::DistributionSpec;
use crate::energy::Power;
use crate::equipment::appearance::{Appearance, Drive, Motion, Paint, Piece, Shape, Stand, Symbol};
use crate::equipment::settings::interruptible;
use crate::equipment::{Coming, Contained, Leaving, Outlook, Settings, Specimen};
use crate::event::{Listener, Slot};
use crate::kernel::Time;
use crate::material::{PartId, PartSpec, Place};
use crate::units::Duration;
use indexmap::IndexMap;
use std::collections::BTreeSet;
use std::sync::Arc;

interruptible! {
    /// A disassembler as a layout says it.
    pub struct Disassembler<Initial, Power, Finish, PeopleFor, ToolFor> {
        /// Length of one disassembly.
        pub cycle: DistributionSpec<Duration>,
        /// What comes of one part: products, and how many of each. The first of the first is the part that came.
        pub gives: IndexMap<String, u32>,
    }
}

/// The number of a port is kept in a byte.
const MOST_WAYS: usize = 255;
/// The way of parts that a breakdown spoils; it comes after those of the products.
const SCRAP: &str = disruption::PORTS[disruption::SCRAP as usize];

impl Settings for Disassembler {
    type Component = DisassemblerState;

    interruptible!(methods);
    interruptible!(power);

    fn ports(&self) -> Vec<&str> {
        let scrap = disruption::spoils(&self.breakdowns).then_some(SCRAP);
        self.gives.keys().take(MOST_WAYS).map(String::as_str).chain(scrap).collect()
    }

    fn sends<'a>(&'a self, port: usize, coming: &Coming<'a, '_>) -> BTreeSet<&'a str> {
        match self.gives.get_index(port) {
            Some((product, _)) => BTreeSet::from([product.as_str()]),
            None => coming.and(self.holds(coming.all)),
        }
    }

    fn makes<'a>(&'a self, _all: &[&'a str]) -> Vec<&'a str> {
        self.gives.keys().map(String::as_str).collect()
    }

    fn holds<'a>(&'a self, all: &[&'a str]) -> Vec<&'a str> {
        self.initial.iter().flat_map(|initial| initial.products(all)).collect()
    }

    fn checked(&self, check: &mut Check<'_>) -> Option<DisassemblerState> {
        let labour = self.bench_settings().labour(check);
        let gives = bill::rows("gives", &self.gives, check);
        if self.gives.len() > MOST_WAYS {
            let message = format!("{} products are more ways out than there can be", self.gives.len());
            check.fault("gives", message, "take the part apart in several steps");
            return None;
        }
        if disruption::spoils(&self.breakdowns) && self.gives.contains_key(SCRAP) {
            let message = "the way `scrap` is that of parts which a breakdown spoils".to_owned();
            check.fault("gives.scrap", message, "give the product another name");
            return None;
        }
        let ports = self.ports();
        for (nth, product) in ports.iter().enumerate() {
            match nth == self.gives.len() {
                false => check.port(&ports, nth, true, &format!("parts of product \"{product}\"")),
                true => check.port(&ports, nth, true, "parts that a breakdown spoils"),
            }
        }
        let initial_state = self.bench_settings().initial_state_with_part(check)?;
        Some(Bench::new(labour?, initial_state, None, Apart { gives: gives?.into() }))
    }
}

impl Disassembler {
    fn bench_settings(&self) -> BenchSettings<'_> {
        BenchSettings { cycle: &self.cycle, stops: self.stop_settings(), initial: self.initial.as_ref() }
    }
}

/// The running disassembler.
pub type DisassemblerState = Bench<Apart>;

/// One part becomes several.
#[derive(Clone, Debug, PartialEq)]
pub struct Apart {
    gives: Arc<[(PartSpec, u32)]>,
}

impl BenchProcess for Apart {
    fn scrap(&self) -> u8 {
        self.gives.len() as u8
    }

    fn finish<L: Listener>(
        &self,
        used: &[PartId],
        ideal: Time,
        place: &mut Place,
        me: Slot,
        ctx: &mut Context<'_, L>,
    ) {
        let [whole] = *used else { unreachable!("work is done on a part") };
        let attributes = ctx.parts.attributes(whole);
        let all = (0..)
            .zip(self.gives.iter())
            .flat_map(|(exit, (spec, count))| (0..*count).map(move |_| (exit, *spec)));
        for (exit, spec) in all.clone().take(1) {
            let others: u64 = all.clone().skip(1).map(|(_, spec)| spec.mass_mg).sum();
            let of_whole = ctx.parts.attributes_mut(whole);
            of_whole.exit = exit;
            of_whole.mass_mg = attributes.mass_mg.saturating_sub(others);
            convert(whole, spec, me, ctx);
        }
        ctx.complete(me, whole, ideal);
        place.finish(whole, ctx.parts);
        for (exit, spec) in all.skip(1) {
            let part = ctx.make_part(me, spec);
            let of_part = ctx.parts.attributes_mut(part);
            (of_part.exit, of_part.due, of_part.defective) = (exit, attributes.due, attributes.defective);
            place.put(part, false, ctx.parts);
            place.finish(part, ctx.parts);
        }
    }

    /// The part goes on as the first of what it gives; all others are made here and have its defects.
    fn outlook(&self, part: Specimen, _row: usize, _needed: u32) -> Outlook {
        let mut outputs = Vec::new();
        for (port, (spec, count)) in (0..).zip(self.gives.iter()) {
            let rest = f64::from(*count) - if port == 0 { 1.0 } else { 0.0 };
            let (product, carrier) = (spec.product, spec.carrier);
            if port == 0 {
                let loaded = part.loaded && carrier;
                let contents = if carrier { Contained::Along } else { Contained::Merged };
                let whole = Specimen { product, carrier, loaded, ..part };
                outputs.push(Leaving { contents, ..Leaving::of(whole, port) });
            }
            if rest > 0.0 {
                let made = Specimen { product, carrier, defective: part.defective, ..Specimen::default() };
                outputs.push(Leaving { count: rest, contents: Contained::Merged, ..Leaving::of(made, port) });
            }
        }
        Outlook::sure(outputs)
    }

    fn ports(&self, _takes: u32) -> Vec<f64> {
        self.gives.iter().map(|(_, count)| f64::from(*count)).collect()
    }

    fn appearance(&self) -> Appearance {
        saw_bench()
    }

    fn can_become(&self, settings: &Apart) -> bool {
        // The ways out belong to what comes of a part.
        let products = |one: &Apart| one.gives.iter().map(|(spec, _)| spec.product).collect::<Vec<_>>();
        products(self) == products(settings)
    }
}

/// A table with two arms that pull a part to either side as the work goes on.
fn saw_bench() -> Appearance {
    let block = |size, at, paint| Piece::fixed(Shape::Block(size), at, paint);
    let arm = |side: f32| Piece {
        shape: Shape::Block([0.3, 0.16, 0.14]),
        at: [side * 0.35, 1.2, -0.2],
        paint: Paint::Accent,
        motion: Motion::Slide { by: [side * 0.35, 0.0, 0.0], drive: Drive::Work },
    };
    Appearance {
        footprint: [2.2, 1.4],
        height: 1.8,
        symbol: Symbol::Work,
        pieces: vec![
            block([2.2, 0.08, 1.2], [0.0, 0.76, 0.0], Paint::Metal),
            block([1.9, 0.6, 0.9], [0.0, 0.42, 0.0], Paint::Housing),
            block([2.0, 0.1, 1.0], [0.0, 0.06, 0.0], Paint::Dark),
            block([2.0, 0.12, 0.12], [0.0, 1.45, -0.5], Paint::Housing),
            block([0.12, 1.5, 0.12], [-0.95, 0.75, -0.5], Paint::Housing),
            block([0.12, 1.5, 0.12], [0.95, 0.75, -0.5], Paint::Housing),
            block([0.1, 0.25, 0.4], [0.0, 1.3, -0.3], Paint::Metal),
            arm(1.0),
            arm(-1.0),
            Piece::fixed(Shape::Cylinder { radius: 0.03, height: 0.3 }, [-0.95, 1.65, -0.5], Paint::Metal),
        ],
        stand: Stand::Rows { front: [0.6, 0.92, 0.25], pitch: 0.4, columns: 4, rows: 2 },
        lamp: Some([-0.95, 1.9, -0.5]),
        arm: None,
    }
}
