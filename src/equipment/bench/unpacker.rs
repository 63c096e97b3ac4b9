//! An unpacker: takes the parts out of a carrier, such as boxes off a pallet.
//!
//! The parts leave through the port `parts`, in the order in which they were packed, with the numbers and the times of entry
//! that they always had; then the empty carrier leaves through the port `carrier`. A part that is no carrier passes through
//! as it is, and takes the time of one unpacking. The next carrier comes in when all have left.

use super::{Bench, BenchProcess, BenchSettings};
use crate::checking::Check;
use crate::context::Context;
use crate::disruption::{self, Initial, InitialState};
use crate::distribution::DistributionSpec;
use crate::energy::Power;
use crate::equipment::appearance::{Appearance, Drive, Motion, Paint, Piece, Shape, Stand, Symbol};
use crate::equipment::settings::interruptible;
use crate::equipment::{Coming, Contained, Leaving, Outlook, Settings, Specimen};
use crate::event::{Listener, Slot, What};
use crate::kernel::Time;
use crate::material::{PartId, Place};
use crate::units::Duration;
use std::collections::BTreeSet;

interruptible! {
    /// An unpacker as a layout says it.
    pub struct Unpacker<Initial, Power, Finish, PeopleFor, ToolFor> {
        /// Length of unpacking one carrier.
        pub cycle: DistributionSpec<Duration>,
    }
}

/// The numbers of the ports.
const PARTS: u8 = 0;
const CARRIER: u8 = 1;
const SCRAP: u8 = 2;

impl Settings for Unpacker {
    type Component = UnpackerState;
    const PORTS: &'static [&'static str] = &["parts", "carrier", "scrap"];

    interruptible!(methods);
    interruptible!(power);

    fn sends<'a>(&'a self, port: usize, coming: &Coming<'a, '_>) -> BTreeSet<&'a str> {
        let held = self.holds(coming.all);
        match port {
            _ if port == usize::from(PARTS) => {
                let on_carrier = self.initial.iter().flat_map(|initial| &initial.parts);
                let mut parts = coming.unpacked(held);
                parts.extend(on_carrier.map(|(name, _)| name.as_str()));
                parts
            }
            _ if port == usize::from(CARRIER) => coming.empty_carriers(held),
            _ => coming.and(held),
        }
    }

    fn holds<'a>(&'a self, all: &[&'a str]) -> Vec<&'a str> {
        self.initial.iter().flat_map(|initial| initial.products(all)).collect()
    }

    fn unpacks(&self) -> bool {
        true
    }

    fn checked(&self, check: &mut Check<'_>) -> Option<UnpackerState> {
        let labour = self.bench_settings().labour(check);
        check.port(Self::PORTS, usize::from(PARTS), true, "parts that were unpacked");
        check.port(Self::PORTS, usize::from(CARRIER), true, "empty carriers");
        let spoils = disruption::spoils(&self.breakdowns);
        check.port(Self::PORTS, usize::from(SCRAP), spoils, "parts that a breakdown spoils");
        if !check.around.products.iter().any(|product| product.spec.carrier) {
            let help = "declare one, such as `products: { \"pallet\": (carrier: true) }`";
            check.fault("", "there is no carrier to be unpacked".to_owned(), help);
        }
        let initial_state = match &self.initial {
            Some(initial) => Some(self.initial_state(initial, check)?),
            None => None,
        };
        Some(Bench::new(labour?, initial_state, None, OutOfCarrier { load: check.around.load }))
    }
}

impl Unpacker {
    fn bench_settings(&self) -> BenchSettings<'_> {
        BenchSettings { cycle: &self.cycle, stops: self.stop_settings(), initial: self.initial.as_ref() }
    }

    /// It begins with a carrier in work, and parts on that.
    fn initial_state(&self, initial: &Initial, check: &mut Check<'_>) -> Option<InitialState> {
        let parts = initial.contents(check)?;
        let alone = Initial { parts: Vec::new(), ..initial.clone() };
        if !parts.is_empty() && (initial.working.is_none() || initial.product.is_none()) {
            let message = "it is not said on which carrier these parts are".to_owned();
            check.fault("initial.parts", message, "write `working: \"20 s\", product: \"pallet\"` as well");
            return None;
        }
        let initial_state = alone.of_one_part(self.stop_settings(), check)?;
        if !parts.is_empty() && initial_state.in_work.iter().any(|(spec, _)| !spec.carrier) {
            let message = "what is in work is no carrier, and nothing is on it".to_owned();
            check.fault("initial.product", message, "name a carrier, or leave `parts` out");
            return None;
        }
        Some(InitialState { parts, ..initial_state })
    }
}

/// The running unpacker.
pub type UnpackerState = Bench<OutOfCarrier>;

/// What is in the carrier comes out, before the carrier.
#[derive(Clone, Debug, PartialEq)]
pub struct OutOfCarrier {
    /// Parts in a carrier, as far as they are known before a run.
    load: f64,
}

impl BenchProcess for OutOfCarrier {
    fn scrap(&self) -> u8 {
        SCRAP
    }

    fn finish<L: Listener>(
        &self,
        used: &[PartId],
        ideal: Time,
        place: &mut Place,
        me: Slot,
        ctx: &mut Context<'_, L>,
    ) {
        let [carrier] = *used else { unreachable!("work is done on a part") };
        ctx.complete(me, carrier, ideal);
        for part in ctx.parts.unpack(carrier) {
            ctx.parts.attributes_mut(part).exit = PARTS;
            place.put(part, false, ctx.parts);
            ctx.parts.end_stay(part, ctx.now);
            ctx.emit_for(me, part, What::Unpacked);
            place.finish(part, ctx.parts);
        }
        let attributes = ctx.parts.attributes_mut(carrier);
        attributes.exit = if attributes.carrier { CARRIER } else { PARTS };
        place.finish(carrier, ctx.parts);
    }

    fn outlook(&self, part: Specimen, _row: usize, _needed: u32) -> Outlook {
        let port = if part.carrier { CARRIER } else { PARTS };
        let empty = Specimen { loaded: false, ..part };
        Outlook::sure(vec![Leaving { contents: Contained::Out(PARTS), ..Leaving::of(empty, port) }])
    }

    fn ports(&self, _takes: u32) -> Vec<f64> {
        vec![self.load, 1.0]
    }

    fn appearance(&self) -> Appearance {
        tipper()
    }
}

/// A mast beside a place for a carrier, with a fork that lifts the load off as the work goes on, and a roller table for it.
fn tipper() -> Appearance {
    let block = |size, at, paint| Piece::fixed(Shape::Block(size), at, paint);
    let mut pieces = vec![
        block([2.2, 0.02, 1.7], [0.0, 0.01, 0.0], Paint::Marking),
        block([1.1, 0.14, 1.0], [-0.45, 0.1, 0.2], Paint::Wood),
        block([0.24, 2.2, 0.24], [-0.45, 1.1, -0.65], Paint::Housing),
        Piece {
            shape: Shape::Block([0.9, 0.06, 0.8]),
            at: [-0.45, 0.3, -0.1],
            paint: Paint::Accent,
            motion: Motion::Slide { by: [0.0, 0.9, 0.0], drive: Drive::Work },
        },
        block([0.8, 0.08, 1.0], [0.65, 0.62, 0.2], Paint::Metal),
        block([0.7, 0.56, 0.8], [0.65, 0.3, 0.2], Paint::Housing),
        Piece::fixed(Shape::Cylinder { radius: 0.03, height: 0.3 }, [-0.45, 2.35, -0.65], Paint::Metal),
    ];
    for nth in 0..4_u8 {
        let x = 0.35 + 0.2 * f32::from(nth);
        let roller = Shape::Roller { radius: 0.04, length: 0.9 };
        pieces.push(Piece::fixed(roller, [x, 0.68, 0.2], Paint::Dark));
    }
    Appearance {
        footprint: [2.2, 1.7],
        height: 2.2,
        symbol: Symbol::Work,
        pieces,
        stand: Stand::Rows { front: [0.8, 0.85, 0.4], pitch: 0.4, columns: 4, rows: 2 },
        lamp: Some([-0.45, 2.6, -0.65]),
        arm: None,
    }
}
