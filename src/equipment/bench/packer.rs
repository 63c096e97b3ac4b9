//! A packer: puts parts into a carrier, such as twelve boxes onto a pallet.
//!
//! It takes an empty carrier and as many parts as the carrier `holds`, and gives away the carrier with the parts in it. The
//! parts stay what they are: they keep their numbers and the times they entered, count as work in process, and are wherever
//! their carrier is. A carrier is a part of a product that is declared as `carrier: true`. Without a carrier the packer is
//! `Starved` until one comes back.
//!
//! A loaded carrier that reaches a sink delivers (or scraps) what is in it, each part by itself. The carrier goes out with
//! it and is neither a good part nor scrap.
//!
//! Parts come as long as the carrier has places for them, also before the carrier is there: a palletiser, for example, collects
//! a layer first and packs it as soon as the carrier comes. Where a part can only be put onto a carrier that is there,
//! `takes: WithCarrier` leaves the parts where they are until it comes.
//!
//! Conventions: parts that robots bring count from the moment they are booked. The next carrier comes once the loaded one
//! has left, and so do its parts. A carrier may be put into a larger one. The load adds to what the carrier weighs.
//! With a longest `wait` a carrier leaves half full: when it has waited so long since the first part for it came, it is packed
//! with the parts that are there, as soon as there is a carrier and nothing else is on its way. That takes as long as a full one.

use super::bill::{Bill, RequiredParts};
use super::{Bench, BenchProcess, BenchSettings};
use crate::checking::{Check, Concern};
use crate::context::Context;
use crate::disruption::{self, Initial};
use crate::distribution::DistributionSpec;
use crate::energy::Power;
use crate::equipment::appearance::{Appearance, Drive, Motion, Paint, Piece, Shape, Stand, Symbol};
use crate::equipment::settings::interruptible;
use crate::equipment::{Coming, Leaving, Outlook, Settings, Specimen};
use crate::event::{Listener, Slot, What};
use crate::kernel::Time;
use crate::material::{PartId, PartSpec, Place};
use crate::units::Duration;
use crate::units::spelling::brief;
use serde::Deserialize;
use std::collections::BTreeSet;

interruptible! {
    /// A packer as a layout says it.
    pub struct Packer<Initial, Power, Finish, PeopleFor, ToolFor> {
        /// Length of packing one carrier.
        pub cycle: DistributionSpec<Duration>,
        /// Which product carries.
        pub carrier: String,
        /// How many parts go into one.
        pub holds: u32,
        /// Which product is packed; whatever is no carrier without it.
        pub of: Option<String>,
        /// Whether it takes parts before their carrier is there.
        #[serde(default)]
        pub takes: Takes,
        /// How long it waits at most for a carrier to be full, from when the first part for it is there; for ever without it.
        pub wait: Option<Duration>,
    }
}

/// When a packer takes parts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
pub enum Takes {
    /// As they come: they collect in front of the empty place for the carrier.
    #[default]
    AsTheyCome,
    /// Once their carrier is there.
    WithCarrier,
}

/// The most parts in one carrier; more would only be a typing error.
const MOST: u32 = 10_000;

impl Settings for Packer {
    type Component = PackerState;
    const PORTS: &'static [&'static str] = disruption::PORTS;

    interruptible!(methods);
    interruptible!(power);

    fn checked(&self, check: &mut Check<'_>) -> Option<PackerState> {
        disruption::check_ports(&self.breakdowns, false, check);
        let labour = self.bench_settings().labour(check);
        let carrier = check.product("carrier", Some(&self.carrier));
        if carrier.is_some_and(|carrier| !carrier.carrier) {
            let name = brief(&self.carrier);
            let help = format!("declare it as one: `products: {{ \"{name}\": (carrier: true) }}`");
            let concern = Concern::Product(self.carrier.clone());
            check.fault_about(concern, "carrier", format!("\"{name}\" is no carrier"), &help);
        }
        check.comes("carrier", &self.carrier);
        if let Some(of) = &self.of {
            check.comes("of", of);
        }
        let of = self.of.as_deref().map(|of| check.product("of", Some(of)));
        if self.of.as_ref() == Some(&self.carrier) {
            let message = "a carrier cannot be packed into one of its own kind".to_owned();
            check.fault("of", message, "name another product, or leave `of` out for whatever is no carrier");
        }
        if self.holds == 0 {
            let message = "a carrier that holds nothing is never packed".to_owned();
            check.fault("holds", message, "give at least 1");
        }
        if self.holds == 1 && self.wait.is_some() {
            let message = "a carrier for one part is never half full".to_owned();
            check.fault("wait", message, "leave `wait` out");
        }
        if self.holds > MOST {
            let message = format!("{} parts in one carrier are too many", self.holds);
            check.fault("holds", message, "a carrier holds at most 10,000");
            return None;
        }
        let of = match of {
            Some(of) => RequiredParts::Product(of?.product),
            None => RequiredParts::AnyPart,
        };
        let rows = [(RequiredParts::EmptyCarrier(carrier?.product), 1), (of, self.holds)];
        let bill = Bill::new(rows, 0).main_part_first(self.takes == Takes::WithCarrier);
        let in_work = self.in_work(carrier?, check)?;
        let initial_state = self.bench_settings().initial_state_with_bill(&bill, &in_work, check)?;
        let wait = self.wait.map(|wait| Time::from_secs(wait.0));
        Some(
            Bench::new(labour?, initial_state, Some(bill), IntoCarrier { carrier: carrier?.product })
                .waiting(wait),
        )
    }

    fn sends<'a>(&'a self, port: usize, coming: &Coming<'a, '_>) -> BTreeSet<&'a str> {
        match port {
            _ if port == usize::from(disruption::SCRAP) => coming.and(self.holds(coming.all)),
            _ => BTreeSet::from([self.carrier.as_str()]),
        }
    }

    fn holds<'a>(&'a self, all: &[&'a str]) -> Vec<&'a str> {
        let Some(initial) = &self.initial else { return Vec::new() };
        let in_work = [Some(self.carrier.as_str()), self.of.as_deref()].into_iter().flatten();
        let in_work = in_work.filter(|_| initial.working.is_some());
        in_work.chain(initial.products(all)).collect()
    }

    fn loads<'a>(&'a self, coming: &Coming<'a, '_>) -> Option<(&'a str, BTreeSet<&'a str>)> {
        let here = coming.and(self.holds(coming.all));
        let packed = |product: &&str| match &self.of {
            Some(of) => of == product,
            None => !coming.carriers.contains(product),
        };
        Some((self.carrier.as_str(), here.into_iter().filter(packed).collect()))
    }

    fn refuses(&self) -> bool {
        true
    }

    fn packs(&self) -> Option<u32> {
        Some(self.holds)
    }
}

impl Packer {
    fn bench_settings(&self) -> BenchSettings<'_> {
        BenchSettings { cycle: &self.cycle, stops: self.stop_settings(), initial: self.initial.as_ref() }
    }

    /// The bill of the carrier that is being packed when the run begins, if one is.
    fn in_work(&self, carrier: PartSpec, check: &mut Check<'_>) -> Option<Vec<(PartSpec, u32)>> {
        let Some(initial) = &self.initial else { return Some(Vec::new()) };
        let packed = match &self.of {
            Some(of) if initial.working.is_some() => initial.product.as_ref().or(Some(of)),
            _ => initial.product.as_ref(),
        };
        let packed = Initial { product: packed.cloned(), ..initial.clone() }.spec(check)?;
        let fits = |packed: &PartSpec| match &self.of {
            Some(_) => initial.product.is_none() || initial.product == self.of,
            None => !packed.carrier,
        };
        if packed.as_ref().is_some_and(|packed| !fits(packed)) {
            let message = "that is not what is packed here".to_owned();
            check.fault("initial.product", message, "name the product that is put into the carrier");
            return None;
        }
        Some(packed.map_or_else(Vec::new, |packed| vec![(carrier, 1), (packed, self.holds)]))
    }
}

/// The running packer.
pub type PackerState = Bench<IntoCarrier>;

/// The parts go into the carrier.
#[derive(Clone, Debug, PartialEq)]
pub struct IntoCarrier {
    /// The number of the product that carries.
    carrier: u32,
}

impl BenchProcess for IntoCarrier {
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
        let Some((carrier, load)) = used.split_first() else { unreachable!("a carrier is in every bill") };
        for part in load {
            place.absorb(*part, ctx.parts);
            ctx.parts.pack(*part, *carrier, ctx.now);
            let stay = ctx.parts.end_stay_packed(*part);
            ctx.emit_for(me, *part, |part| What::Packed { part, stay });
        }
        ctx.complete(me, *carrier, ideal);
        place.finish(*carrier, ctx.parts);
    }

    /// The carrier goes on with the parts in it.
    fn outlook(&self, part: Specimen, row: usize, _needed: u32) -> Outlook {
        match row {
            0 => Outlook::sure(vec![Leaving::of(Specimen { loaded: true, ..part }, 0)]),
            _ => Outlook { packed_into: Some(self.carrier), ..Outlook::sure(vec![Leaving::of(part, 0)]) },
        }
    }

    fn ports(&self, takes: u32) -> Vec<f64> {
        vec![1.0 / f64::from(takes)]
    }

    fn appearance(&self) -> Appearance {
        wrapper()
    }
}

/// A portal over a place for a carrier, with a gripper plate that comes down as the work goes on.
fn wrapper() -> Appearance {
    let block = |size, at, paint| Piece::fixed(Shape::Block(size), at, paint);
    let post = |x: f32, z: f32| block([0.12, 2.3, 0.12], [x * 1.05, 1.15, z * 0.8], Paint::Housing);
    Appearance {
        footprint: [2.3, 1.8],
        height: 2.4,
        symbol: Symbol::Work,
        pieces: vec![
            block([2.2, 0.02, 1.7], [0.0, 0.01, 0.0], Paint::Marking),
            block([1.2, 0.14, 1.0], [0.0, 0.1, 0.0], Paint::Wood),
            post(1.0, 1.0),
            post(1.0, -1.0),
            post(-1.0, 1.0),
            post(-1.0, -1.0),
            block([2.22, 0.12, 0.12], [0.0, 2.3, 0.8], Paint::Housing),
            block([2.22, 0.12, 0.12], [0.0, 2.3, -0.8], Paint::Housing),
            block([0.2, 0.16, 1.7], [0.0, 2.3, 0.0], Paint::Accent),
            Piece {
                shape: Shape::Block([0.7, 0.08, 0.7]),
                at: [0.0, 1.9, 0.0],
                paint: Paint::Metal,
                motion: Motion::Slide { by: [0.0, -0.9, 0.0], drive: Drive::Work },
            },
            Piece::fixed(Shape::Cylinder { radius: 0.03, height: 0.3 }, [-1.05, 2.45, -0.8], Paint::Metal),
        ],
        stand: Stand::Rows { front: [0.4, 0.35, 0.3], pitch: 0.4, columns: 3, rows: 3 },
        lamp: Some([-1.05, 2.7, -0.8]),
        arm: None,
    }
}
