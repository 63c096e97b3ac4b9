//! Kinds of equipment of other crates. A layout names them, and they are checked, explained, run and changed like built-in
//! kinds.
//!
//! A crate writes two types: a [`ForeignKind`] for the settings in a layout, and a [`ForeignUnit`] for the element that runs.
//! It [registers](register) the kind once, before the first layout is read. A layout names the kind by its Rust type. Its
//! fields are those that serde reads, so faults in them are reported as faults of built-in kinds are.
//!
//! A foreign unit is called through a pointer, and its events are passed on after each call. This costs built-in kinds
//! nothing.
//!
//! Not possible yet: sources, sinks and robots of another crate; breakdowns and maintenance of a foreign unit; initial parts;
//! a page in the handbook. Read [`ForeignKind`] first.
//!
//! # A dryer
//!
//! The first half of `examples/foreign_kind`; its `main.rs` registers the kind and calls [`cli::run`](crate::cli::run):
//!
//! ```no_run
#![doc = include_str!("../../../examples/foreign_kind/dryer.rs")]
//! ```

mod registry;
mod settings;
mod unit;

pub use registry::{RegisterError, register};
pub(super) use registry::{all_kinds, named};
pub use settings::Foreign;
pub use unit::{EventBuffer, ForeignComponent, Turn};

use super::appearance::Pose;
use super::{Coming, Datasheet, Demand, Improvement, Leaving, Outlook, Specimen};
use crate::checking::Check;
use crate::context::EventOutcome;
use crate::dispatch::{Effort, Rule, Search};
use crate::energy::PowerTable;
use crate::event::Slot;
use crate::kernel::{Event, Purpose, Stream, Time};
use crate::material::{Offer, PartId, Place};
use crate::resource::{Grant, Token};
use serde::de::DeserializeOwned;
use std::collections::BTreeSet;
use std::fmt::Debug;

/// The settings of an element whose kind is of another crate. Parts come to it and leave it again.
pub trait ForeignKind: DeserializeOwned + Clone + Debug + PartialEq + Send + Sync + 'static {
    /// The type of the element that runs.
    type Unit: ForeignUnit;

    /// The names of its ports, if it sends parts different ways, such as `pass` and `fail`. An arrow without a port begins at the
    /// first.
    const PORTS: &'static [&'static str] = &[];

    /// Checks the settings and makes the unit, without its random-number streams. None if it noted a fault.
    fn checked(&self, check: &mut Check<'_>) -> Option<Self::Unit>;

    /// Where it stands on the floor, in metres. Without a position the program places it.
    fn position(&self) -> Option<(f64, f64)> {
        None
    }

    /// Its power in each state.
    fn power(&self, _check: &mut Check<'_>) -> PowerTable {
        PowerTable::default()
    }

    /// Which products can leave it by a way out, the number of its port, if these can come; all of them unless it says so.
    fn sends<'a>(&'a self, _port: usize, coming: &Coming<'a, '_>) -> BTreeSet<&'a str> {
        coming.and([])
    }

    /// The skills that it [requests](crate::context::Context::request) from crews.
    fn needs(&self) -> Vec<&str> {
        Vec::new()
    }

    /// Whether it may refuse a part, so that the parts behind it may wait for ever.
    fn refuses(&self) -> bool {
        false
    }
}

/// An element that runs, whose kind is of another crate.
///
/// It says what kind of [`Place`] it needs, is called for each part that comes, and says when a part is ready to leave. It must
/// draw all samples from the random-number streams that it is given, so that equal seeds give equal runs.
pub trait ForeignUnit: Clone + Debug + PartialEq + Send + Sync + 'static {
    /// What is known of it before a run.
    fn datasheet(&self) -> Datasheet;

    /// Gives it its random-number streams.
    fn seed(&mut self, _stream: &dyn Fn(Purpose, u32) -> Stream) {}

    /// The run begins.
    fn start(&mut self, _turn: &mut Turn<'_, '_>) {}

    /// A part has come; see [`PlaceSpec::notify_arrival`](crate::material::PlaceSpec::notify_arrival).
    fn work(&mut self, part: PartId, turn: &mut Turn<'_, '_>);

    /// Handles an event that it scheduled.
    fn on_event(&mut self, event: Event, turn: &mut Turn<'_, '_>) -> EventOutcome;

    /// A part has left; see [`PlaceSpec::notify_departure`](crate::material::PlaceSpec::notify_departure).
    fn gave(&mut self, _part: PartId, _turn: &mut Turn<'_, '_>) {}

    /// A [request](crate::context::Context::request) of this element is granted.
    fn granted(&mut self, _grant: Grant, _turn: &mut Turn<'_, '_>) {}

    /// What it holds under this token is called away, since it [may leave](crate::resource::Want::may_leave). It must give
    /// it back at once.
    fn called_away(&mut self, token: Token, turn: &mut Turn<'_, '_>) {
        turn.ctx.give_back(token);
    }

    /// Whether time alone will change what it gives or takes: it works, or expects a part. Deadlocks are found by this.
    fn has_pending_event(&self, place: &Place) -> bool;

    /// The ideal time of the work in hand that is done so far. Effectiveness counts it at both ends of the window.
    fn ideal_in_hand(&self, _place: &Place, _now: Time) -> Time {
        Time::ZERO
    }

    /// Whether it could take a part of this product as it is now and once it has room. Deadlocks are found by this.
    fn could_take(&self, _product: u32) -> bool {
        true
    }

    /// Whether parts may leave it as other products than those that came. Deadlocks are found by this.
    fn makes_others(&self) -> bool {
        false
    }

    /// Whether it keeps parts away that it could work on, because it waits for others that belong to its load.
    fn keeps_to_its_load(&self) -> bool {
        false
    }

    /// Whether it has room for a part as soon as another leaves, so that a robot with two grippers can exchange them.
    fn exchanges(&self) -> bool {
        false
    }

    /// How it searches for its next part; none if it would take no part now, even if it had room.
    fn search(&self) -> Option<Search> {
        Some(Search::by(Rule::FirstCome))
    }

    /// The mean time that a part takes; none if it refuses the part.
    fn effort(&self, _offer: &Offer<'_>, _rule: Rule) -> Option<Effort> {
        Some(Effort::default())
    }

    /// The time that one part takes here, without stops.
    fn demand(&self, _offer: &Offer<'_>, _me: Slot) -> Demand {
        Demand::default()
    }

    /// What can become of a part whose work takes `work_secs` on average.
    fn outlook(&self, part: Specimen, _work_secs: f64, _me: Slot) -> Outlook {
        Outlook::sure(vec![Leaving::of(part, 0)])
    }

    /// The position of its doors, arms and other moving parts now.
    fn pose(&self, _place: &Place, _now: Time) -> Pose {
        Pose::default()
    }

    /// Whether it can take over these settings while it runs. If not, they hold from the beginning of a run.
    fn can_become(&self, _settings: &Self) -> bool {
        false
    }

    /// Becomes a little better in one respect, before it runs; for sensitivities. Nothing changes where it has nothing of that.
    fn improve(&mut self, _lever: Improvement) {}

    /// Takes over settings that it can take over while it runs. Work in hand ends by the old settings.
    fn become_like(&mut self, _settings: &Self, _turn: &mut Turn<'_, '_>) {}
}
