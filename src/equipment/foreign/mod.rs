//! Kinds of equipment of other crates: named in a layout, checked, explained, run and changed like those in the list.
//!
//! A crate writes two types: what a layout says, a [`ForeignKind`], and what runs, a [`ForeignUnit`]. It [registers](register)
//! the kind once, before the first layout is read. The name in a layout is that of the Rust type, and its fields are those
//! that serde reads, so that faults in them are told as those of built-in kinds.
//!
//! Such a unit stands behind a pointer, and its facts are handed on after each call. Built-in kinds pay nothing for that.
//!
//! Not possible yet: sources, sinks and robots of another crate; breakdowns and maintenance of such a unit; parts that it has when the
//! run begins; a page in the handbook. Read [`ForeignKind`] first.
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
use super::{Datasheet, Demand, Leaving, Outlook, Specimen};
use crate::checking::Check;
use crate::context::EventOutcome;
use crate::dispatch::{Effort, Rule, Search};
use crate::energy::PowerTable;
use crate::event::Slot;
use crate::kernel::{Event, Purpose, Stream, Time};
use crate::material::{Offer, PartId, Place};
use crate::resource::Token;
use serde::de::DeserializeOwned;
use std::fmt::Debug;

/// What a layout says of an element of a kind of another crate. Parts come to it and leave it again.
pub trait ForeignKind: DeserializeOwned + Clone + Debug + PartialEq + Send + Sync + 'static {
    /// What runs.
    type Unit: ForeignUnit;

    /// Its ways out, if it sends parts different ways, such as `pass` and `fail`. An arrow that names none begins at the first.
    const PORTS: &'static [&'static str] = &[];

    /// Checks what was written and makes what runs, without its random streams. None if it noted a fault.
    fn checked(&self, check: &mut Check<'_>) -> Option<Self::Unit>;

    /// Where it stands on the floor, in metres; placed by itself where nobody says it.
    fn position(&self) -> Option<(f64, f64)> {
        None
    }

    /// What it draws in each state.
    fn power(&self, _check: &mut Check<'_>) -> PowerTable {
        PowerTable::default()
    }

    /// Whether it takes some parts and lets others stand, so that those behind them may wait for ever.
    fn refuses(&self) -> bool {
        false
    }
}

/// What runs of a kind of another crate.
///
/// It says what kind of [`Place`] it needs, hears of each part that comes, and says when a part is ready to go on. All that may
/// happen by chance comes from the streams that it is given, so that equal seeds give equal runs.
pub trait ForeignUnit: Clone + Debug + PartialEq + Send + Sync + 'static {
    /// What is known of it before anything runs.
    fn datasheet(&self) -> Datasheet;

    /// Gives it its random streams.
    fn seed(&mut self, _stream: &dyn Fn(Purpose, u32) -> Stream) {}

    /// The run begins.
    fn start(&mut self, _turn: &mut Turn<'_, '_>) {}

    /// A part has come; see [`PlaceSpec::notify_arrival`](crate::material::PlaceSpec::notify_arrival).
    fn work(&mut self, part: PartId, turn: &mut Turn<'_, '_>);

    /// Hears one of its events.
    fn on_event(&mut self, event: Event, turn: &mut Turn<'_, '_>) -> EventOutcome;

    /// A part has left; see [`PlaceSpec::notify_departure`](crate::material::PlaceSpec::notify_departure).
    fn gave(&mut self, _part: PartId, _turn: &mut Turn<'_, '_>) {}

    /// What it [requested](crate::context::Context::request) under this token is granted by a lender, such as a crew.
    fn granted(&mut self, _token: Token, _lender: Slot, _turn: &mut Turn<'_, '_>) {}

    /// Whether time alone will change what it gives or takes: it works, or awaits a part. A deadlock is found by that.
    fn has_pending_event(&self, place: &Place) -> bool;

    /// Of the work in hand, how much of its ideal time is done: effectiveness counts it at both ends of the window.
    fn ideal_in_hand(&self, _place: &Place, _now: Time) -> Time {
        Time::ZERO
    }

    /// How it looks for its next part; none if it would take no part now, even if it had room.
    fn search(&self) -> Option<Search> {
        Some(Search::by(Rule::FirstCome))
    }

    /// What it takes to work on a part, on average; none if it lets the part stand.
    fn effort(&self, _offer: &Offer<'_>, _rule: Rule) -> Option<Effort> {
        Some(Effort::default())
    }

    /// What a part takes of it by itself, stops left out.
    fn demand(&self, _offer: &Offer<'_>, _me: Slot) -> Demand {
        Demand::default()
    }

    /// What can become of a part on which the work takes so long on average, in seconds.
    fn outlook(&self, part: Specimen, _work_secs: f64, _me: Slot) -> Outlook {
        Outlook::sure(vec![Leaving::of(part, 0)])
    }

    /// What its moving parts do now.
    fn pose(&self, _place: &Place, _now: Time) -> Pose {
        Pose::default()
    }

    /// Whether a running one can go on with other settings. Where it cannot, they hold from the beginning of a run.
    fn can_become(&self, _settings: &Self) -> bool {
        false
    }

    /// A running one goes on with other settings with which it can. What was begun ends as it was begun.
    fn become_like(&mut self, _settings: &Self, _turn: &mut Turn<'_, '_>) {}
}
