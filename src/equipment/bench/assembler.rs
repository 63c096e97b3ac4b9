//! An assembler: puts parts together by a bill of materials, such as a frame and four wheels into a bike; or collects a kit.
//!
//! It takes only parts that its bill still lacks, and begins when the bill is complete. The first part of the first row of
//! the bill is the main part: it goes on as the product that is made, with its number and the time it entered, so that lead
//! times of assembled parts are those of their main parts. All others become pieces of it and are parts of the line no
//! longer; they count neither as finished nor as scrap.
//!
//! Conventions: parts that robots bring count from the moment they are booked. The next bill is collected once the finished
//! part has left, or `ahead` bills meanwhile. It is `Starved` while its bill lacks anything. What is made weighs as much as its
//! product says, or else as its pieces do together, and is defective if one of them is. A loaded carrier in the bill is built
//! in with everything in it, unless it is the main part and what is made is a carrier too.
//!
//! Not modelled: substitutes, pieces that are built in one after the other.

use super::bill::{self, Bill, RequiredParts};
use super::{Bench, BenchProcess, BenchSettings};
use crate::checking::Check;
use crate::context::Context;
use crate::disruption::{self, Initial};
use crate::distribution::DistributionSpec;
use crate::energy::Power;
use crate::equipment::appearance::{Appearance, Drive, Motion, Paint, Piece, Shape, Stand, Symbol};
use crate::equipment::settings::interruptible;
use crate::equipment::{Coming, Contained, Leaving, Outlook, Settings, Specimen};
use crate::event::{Listener, Slot, What};
use crate::kernel::Time;
use crate::material::{PartId, PartSpec, Place};
use crate::units::Duration;
use indexmap::IndexMap;
use std::collections::BTreeSet;

interruptible! {
    /// An assembler as a layout says it.
    pub struct Assembler<Initial, Power, Finish, PeopleFor, ToolFor> {
        /// Length of one assembly.
        pub cycle: DistributionSpec<Duration>,
        /// The bill of materials: products, and how many of each. The first is the main part.
        pub parts: IndexMap<String, u32>,
        /// Which product comes out; that of the main part without it.
        pub makes: Option<String>,
        /// For how many assemblies more it collects parts while one is under way or waits.
        #[serde(default)]
        pub ahead: u32,
    }
}

impl Settings for Assembler {
    type Component = AssemblerState;
    const PORTS: &'static [&'static str] = disruption::PORTS;

    interruptible!(methods);
    interruptible!(power);

    fn sends<'a>(&'a self, port: usize, _coming: &Coming<'a, '_>) -> BTreeSet<&'a str> {
        if port == usize::from(disruption::SCRAP) {
            return self.parts.keys().map(String::as_str).collect();
        }
        self.makes.iter().chain(self.parts.keys()).take(1).map(String::as_str).collect()
    }

    fn makes<'a>(&'a self, _all: &[&'a str]) -> Vec<&'a str> {
        // What keeps the product of its main part is none that begins here.
        let made = self.makes.as_ref().filter(|made| self.parts.keys().next() != Some(*made));
        made.into_iter().map(String::as_str).collect()
    }

    fn holds<'a>(&'a self, _all: &[&'a str]) -> Vec<&'a str> {
        let Some(initial) = &self.initial else { return Vec::new() };
        let in_work = self.parts.keys().filter(|_| initial.working.is_some());
        in_work.chain(initial.parts.iter().map(|(name, _)| name)).map(String::as_str).collect()
    }

    fn checked(&self, check: &mut Check<'_>) -> Option<AssemblerState> {
        disruption::check_ports(&self.breakdowns, false, check);
        let labour = self.bench_settings().labour(check);
        let rows = bill::rows("parts", &self.parts, check);
        for name in self.parts.keys() {
            check.comes(&bill::way("parts", name), name);
        }
        let makes = self.makes.as_deref().map(|makes| check.product("makes", Some(makes)));
        if self.ahead > MOST_AHEAD {
            check.fault(
                "ahead",
                format!("parts for {} assemblies ahead are too many", self.ahead),
                "collect for at most 100 ahead, or put a buffer before each of its ways in",
            );
        }
        if self.initial.as_ref().is_some_and(|initial| initial.product.is_some()) {
            let message = "the parts in work are those of the bill".to_owned();
            check.fault("initial.product", message, "leave `product` out");
        }
        let rows = rows?;
        let makes = match makes {
            Some(made) => made?,
            None => rows.first()?.0,
        };
        let lots = rows.iter().map(|(spec, count)| (RequiredParts::Product(spec.product), *count));
        let bill = Bill::new(lots, self.ahead.min(MOST_AHEAD));
        let initial_state = self.bench_settings().initial_state_with_bill(&bill, &rows, check)?;
        Some(Bench::new(labour?, initial_state, Some(bill), Assembly { makes }))
    }

    fn refuses(&self) -> bool {
        true
    }
}

/// Parts for more assemblies than this would be a store.
const MOST_AHEAD: u32 = 100;

impl Assembler {
    fn bench_settings(&self) -> BenchSettings<'_> {
        BenchSettings { cycle: &self.cycle, stops: self.stop_settings(), initial: self.initial.as_ref() }
    }
}

/// The running assembler.
pub type AssemblerState = Bench<Assembly>;

/// The parts become one.
#[derive(Clone, Debug, PartialEq)]
pub struct Assembly {
    makes: PartSpec,
}

impl BenchProcess for Assembly {
    fn scrap(&self) -> u8 {
        disruption::SCRAP
    }

    fn finish<L: Listener>(
        &self,
        used: &[PartId],
        ideal: Time,
        place: &mut Place,
        me: Slot,
        ctx: &mut Context<'_, L>,
    ) {
        let Some((main, pieces)) = used.split_first() else { unreachable!("a bill has at least one part") };
        let (mut mass_mg, mut defective) = (0, false);
        for piece in pieces {
            let attributes = ctx.parts.attributes(*piece);
            mass_mg += attributes.mass_mg;
            defective |= attributes.defective;
            place.absorb(*piece, ctx.parts);
            merge(*piece, me, ctx);
        }
        let attributes = ctx.parts.attributes_mut(*main);
        attributes.mass_mg += mass_mg;
        attributes.defective |= defective;
        convert(*main, self.makes, me, ctx);
        ctx.complete(me, *main, ideal);
        place.finish(*main, ctx.parts);
    }

    /// The main part goes on as what is made; all others become pieces of it.
    fn outlook(&self, part: Specimen, row: usize, needed: u32) -> Outlook {
        if row > 0 {
            return Outlook::sure(Vec::new());
        }
        let made = Specimen { product: self.makes.product, carrier: self.makes.carrier, ..part };
        let contents = if self.makes.carrier { Contained::Along } else { Contained::Merged };
        let made = Specimen { loaded: part.loaded && self.makes.carrier, ..made };
        let count = 1.0 / f64::from(needed.max(1));
        Outlook::sure(vec![Leaving { count, contents, ..Leaving::of(made, 0) }])
    }

    fn ports(&self, takes: u32) -> Vec<f64> {
        vec![1.0 / f64::from(takes)]
    }

    fn appearance(&self) -> Appearance {
        cell()
    }
}

/// A part becomes a piece of another, with whatever is in it.
fn merge<L: Listener>(part: PartId, me: Slot, ctx: &mut Context<'_, L>) {
    for inner in ctx.parts.unpack(part) {
        merge(inner, me, ctx);
    }
    let stay = ctx.parts.stay(part);
    ctx.emit_for(me, part, |part| What::Merged { part, stay });
    ctx.parts.forget(part);
}

/// A part becomes another product, unless it is that already. What is in it becomes a piece of what carries nothing.
pub(super) fn convert<L: Listener>(part: PartId, spec: PartSpec, me: Slot, ctx: &mut Context<'_, L>) {
    let from = ctx.parts.get(part).product;
    if from == spec.product {
        return;
    }
    if !spec.carrier {
        let mass_mg = ctx.parts.attributes(part).mass_mg;
        for inner in ctx.parts.unpack(part) {
            merge(inner, me, ctx);
        }
        ctx.parts.attributes_mut(part).mass_mg = mass_mg;
    }
    ctx.parts.convert(part, spec, me);
    ctx.emit_for(me, part, |part| What::Converted { part, from });
}

/// A bench with shelves of small parts behind it, and a gantry from which a press comes down as the work goes on.
fn cell() -> Appearance {
    let block = |size, at, paint| Piece::fixed(Shape::Block(size), at, paint);
    let mut pieces = vec![
        block([2.2, 0.08, 1.3], [0.0, 0.76, 0.0], Paint::Metal),
        block([2.2, 0.3, 0.08], [0.0, 0.57, 0.6], Paint::Housing),
        block([2.2, 0.1, 1.3], [0.0, 0.1, 0.0], Paint::Dark),
        block([0.12, 2.0, 0.12], [-0.95, 1.0, -0.5], Paint::Housing),
        block([0.12, 2.0, 0.12], [0.95, 1.0, -0.5], Paint::Housing),
        block([2.02, 0.16, 0.2], [0.0, 1.98, -0.5], Paint::Housing),
        block([0.2, 0.14, 0.7], [0.0, 1.98, -0.2], Paint::Accent),
        Piece {
            shape: Shape::Cylinder { radius: 0.08, height: 0.7 },
            at: [0.0, 1.7, 0.05],
            paint: Paint::Metal,
            motion: Motion::Slide { by: [0.0, -0.3, 0.0], drive: Drive::Work },
        },
        Piece::fixed(Shape::Cylinder { radius: 0.03, height: 0.3 }, [-0.95, 2.15, -0.5], Paint::Metal),
    ];
    for nth in 0..6_u8 {
        let [column, row] = [nth % 3, nth / 3].map(f32::from);
        let at = [column * 0.55 - 0.55, 1.02 + row * 0.3, -0.52];
        pieces.push(block([0.42, 0.2, 0.3], at, Paint::Accent));
        pieces.push(block([0.36, 0.04, 0.24], [at[0], at[1] + 0.11, at[2]], Paint::Dark));
    }
    Appearance {
        footprint: [2.2, 1.4],
        height: 2.1,
        symbol: Symbol::Work,
        pieces,
        stand: Stand::Rows { front: [0.6, 0.92, 0.3], pitch: 0.4, columns: 4, rows: 2 },
        lamp: Some([-0.95, 2.4, -0.5]),
        arm: None,
    }
}
