//! The equipment of a line: a file or a folder per kind, and the one list of kinds.
//!
//! A kind is three things in one place: its *settings*, as a layout writes them; its *component*, which lives on an
//! entity of the world; and its behaviour, an [`Equipment`] at its [`Place`]. A kind is added by a new file, its `mod`
//! line, and a line in the list below. A kind that needs more than one file is a folder, such as [`machine`]; what kinds share has a name and a file
//! of its own, such as `quality.rs`. Read [`Equipment`] and [`Furnishing`] first, then [`machine`].

pub mod appearance;
pub mod batch;
pub mod bench;
pub mod buffer;
mod capability;
mod changeover;
mod coming;
pub mod conveyor;
pub mod crew;
pub(crate) mod fields;
pub mod inspection;
mod interruptible;
mod kinds;
pub mod machine;
mod passage;
pub(crate) mod quality;
pub mod robot;
pub mod sink;
pub mod source;
pub mod zone;

use appearance::{Appearance, Pose};
use bench::{assembler, disassembler, packer, unpacker};
pub use capability::{Capability, Feed, Work};
pub use coming::Coming;
use kinds::kinds;
pub use passage::{Contained, Demand, Leaving, Matching, Outlook, Possibility, Specimen};
pub use quality::{Quality, Rework};

use crate::checking::Check;
use crate::context::{Moment, Rang};
use crate::dispatch::{Effort, Errand, Rule, Search};
use crate::disruption::{self, Stops};
use crate::energy::PowerTable;
use crate::event::{Listener, Slot};
use crate::kernel::{Alarm, Purpose, Stream, Time};
use crate::material::{Furnishing, Offer, PartId, PartStore, Place, Prospect, Ware};
use crate::resource::Token;
use bevy::ecs::component::Mutable;
use bevy::ecs::prelude::*;
use bevy::ecs::query::QueryData;
use serde::Deserialize;
use std::collections::BTreeSet;

/// What an element is in the flow of parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Parts begin here; nothing flows in.
    Source,
    /// Parts come in and go out.
    Through,
    /// Parts end here; nothing flows out.
    Sink,
    /// It carries parts along arrows and is no end of any.
    Carrier,
    /// No part ever comes there: people whom the equipment calls, and zones that robots ask to enter.
    Staff,
}

/// What a layout says about one element of a kind.
pub trait Settings {
    /// What it becomes in the world.
    type Component: Equipment;

    /// What it is in the flow of parts.
    const ROLE: Role = Role::Through;

    /// Its ways out, if it sends parts different ways, such as `pass` and `fail`. An arrow that names none begins at the
    /// first.
    const PORTS: &'static [&'static str] = &[];

    /// Its ways out, where their names depend on what is said of it.
    fn ports(&self) -> Vec<&str> {
        Self::PORTS.to_vec()
    }

    /// Whether parts only pass it or lie in it, so that a route leads through it to the next stop as if it were not there.
    const LETS_PASS: bool = false;

    /// Which products can leave it by a way out, the number of its port, if these can come. Who makes new ones must say so.
    fn sends<'a>(&'a self, _port: usize, coming: &Coming<'a, '_>) -> BTreeSet<&'a str> {
        coming.and(self.holds(coming.all)).into_iter().chain(self.makes(coming.all)).collect()
    }

    /// The products of which new parts begin here, of all that there are.
    fn makes<'a>(&'a self, _all: &[&'a str]) -> Vec<&'a str> {
        Vec::new()
    }

    /// To how many stops of their routes the parts have come that it has when the run begins, if that is said.
    fn step(&self) -> Option<u32> {
        None
    }

    /// Whether what comes here is waste.
    fn is_for_scrap(&self) -> bool {
        false
    }

    /// The products of the parts that it has when the run begins; all of these, if it may be any.
    fn holds<'a>(&'a self, _all: &[&'a str]) -> Vec<&'a str> {
        Vec::new()
    }

    /// A packer: the carrier, and what it puts into one of what can come.
    fn loads<'a>(&'a self, _coming: &Coming<'a, '_>) -> Option<(&'a str, BTreeSet<&'a str>)> {
        None
    }

    /// Whether it takes parts out of carriers.
    fn unpacks(&self) -> bool {
        false
    }

    /// Whether it does not say itself how long it works on a product, and leaves that to the route.
    fn leaves_time_to_route(&self, _product: &str) -> bool {
        false
    }

    /// Whether it takes some parts and lets others stand, so that those behind them may wait for ever.
    fn refuses(&self) -> bool {
        false
    }

    /// Of what mass a part must be that it takes, from and to, in milligrams; none if it takes any.
    fn masses(&self) -> Option<(u64, u64)> {
        None
    }

    /// Whether a part can always come in, so that nobody ever waits for room here.
    fn is_never_full(&self) -> bool {
        false
    }

    /// Checks the settings and makes the component, without its random streams.
    fn checked(&self, check: &mut Check<'_>) -> Option<Self::Component>;

    /// Where it stands on the floor, in metres.
    fn position(&self) -> Option<(f64, f64)>;

    /// Its people: what they are able to do.
    fn skills(&self) -> &[String] {
        &[]
    }

    /// What the people whom it calls must be able to do.
    fn needs(&self) -> Vec<&str> {
        Vec::new()
    }

    /// A zone: the names of the elements in it.
    fn around(&self) -> &[String] {
        &[]
    }

    /// What it draws in each state.
    fn power(&self, _check: &mut Check<'_>) -> PowerTable {
        PowerTable::default()
    }

    /// Whether it reworks parts.
    fn reworks(&self) -> bool {
        false
    }

    /// How many parts it puts into a carrier, if it packs.
    fn packs(&self) -> Option<u32> {
        None
    }
}

/// What a piece of equipment can do; the flow and the clock know nothing else of it.
///
/// It says what kind of [`Place`] it needs, and the flow brings parts there and fetches them. What works on its parts
/// hears of each that comes, and says when it is ready to go on.
pub trait Equipment: Component<Mutability = Mutable> + Clone {
    /// The place it needs.
    fn furnishing(&self) -> Furnishing;

    /// Gives it its random streams.
    fn seed(&mut self, stream: &dyn Fn(Purpose, u32) -> Stream);

    /// The run begins.
    fn start<L: Listener>(&mut self, place: &mut Place, me: Slot, at: &mut Moment<'_, L>);

    /// A part has come to be worked on; see [`Furnishing::works`].
    fn work<L: Listener>(&mut self, part: PartId, place: &mut Place, me: Slot, at: &mut Moment<'_, L>);

    /// Hears one of its alarms.
    fn ring<L: Listener>(
        &mut self,
        alarm: Alarm,
        place: &mut Place,
        me: Slot,
        at: &mut Moment<'_, L>,
    ) -> Rang;

    /// What has a cycle: how many operations go on side by side in it.
    fn works_in(&self) -> Option<u32> {
        None
    }

    /// Of the work in hand, how much of its ideal time is done: what a finished operation [tells](crate::event::What::Completed),
    /// by the share of the work that is behind it.
    fn ideal_in_hand(&self, _place: &Place, _parts: &PartStore, _now: Time) -> Time {
        Time::ZERO
    }

    /// Whether time alone will change what it gives or takes: it works, awaits a part or a robot, or will run out of patience.
    /// To be down is not enough: when that is over, it gives and takes what it could before.
    fn waits_for_time(&self, place: &Place) -> bool;

    /// Whether it could take a part of this product as it is now and once it has room, be the part heavy or light, full or
    /// empty.
    fn could_take(&self, _product: u32) -> bool {
        true
    }

    /// Whether parts may leave it as other products than those that came.
    fn makes_others(&self) -> bool {
        false
    }

    /// Whether it keeps parts away on which it could work, because it waits for others that go with what it has begun.
    fn keeps_to_its_load(&self) -> bool {
        false
    }

    /// A source: the product of its parts.
    fn supplies(&self) -> Option<u32> {
        None
    }

    /// A source: whether all of its parts have come and gone.
    fn is_dry(&self, _place: &Place) -> bool {
        false
    }

    /// Whether parts leave the line here.
    fn is_sink(&self) -> bool {
        false
    }

    /// What it [requested](Moment::request) under this token is granted by a lender, such as a crew or a zone. It holds that
    /// until it [gives it back](Moment::give_back).
    fn granted<L: Listener>(
        &mut self,
        _token: Token,
        _lender: Slot,
        _place: &mut Place,
        _me: Slot,
        _at: &mut Moment<'_, L>,
    ) {
    }

    /// A lender: how many there are, such as the people of a crew. If that changes during a run, it [says](Moment::resize) so.
    fn lends(&self) -> Option<u32> {
        None
    }

    /// The elements that lie in it: its outline is drawn on the floor around them.
    fn around(&self) -> &[Slot] {
        &[]
    }

    /// Reads a little of itself, so that it is in the cache when its alarm rings.
    fn touch(&self) -> u64 {
        0
    }

    /// A source: makes the part that leaves now; see [`Furnishing::makes`].
    fn make<L: Listener>(&mut self, _place: &mut Place, _me: Slot, _at: &mut Moment<'_, L>) -> PartId {
        unreachable!("only a source makes parts")
    }

    /// What the next part will be that is made at the instant it leaves.
    fn next_made(&self, _now: Time) -> Prospect {
        unreachable!("only a source makes parts")
    }

    /// A part has left; see [`Furnishing::minds`].
    fn gave<L: Listener>(&mut self, _part: PartId, _place: &mut Place, _me: Slot, _at: &mut Moment<'_, L>) {}

    /// What it takes to work on a part, on average, at least as far as a rule asks; none if it lets the part stand, also once it
    /// has room.
    fn effort(&self, _offer: &Offer<'_>, _rule: Rule) -> Option<Effort> {
        Some(Effort::default())
    }

    /// What chooses: a part that it admitted is on its way, at once or brought by a robot.
    fn expect(&mut self, _offer: &Offer<'_>) {}

    /// A robot: how long it would take to change its tool for a part, on average.
    fn mean_change(&self, _offer: &Offer<'_>) -> Time {
        Time::ZERO
    }

    /// What chooses: how it looks for its next part; none if it would take no part now, even if it had room.
    fn search(&self) -> Option<Search> {
        Some(Search::by(Rule::FirstCome))
    }

    /// A robot: how long it travels to an element.
    fn approach(&self, _from: Slot) -> Time {
        Time::ZERO
    }

    /// A robot: whether it can carry a part of each of these two products at once, given as many grippers.
    fn carries_both(&self, _one: u32, _other: u32) -> bool {
        false
    }

    /// Whether a part that leaves it when it is full makes room for another at that instant, whatever else is inside.
    fn exchanges(&self) -> bool {
        false
    }

    /// What chooses: which of these errands it would do next.
    fn choose(&mut self, errands: &mut [Errand], now: Time) -> Option<usize> {
        self.search()?.rule.choose(errands, now)
    }

    /// A robot: sets out on an errand.
    fn assign<L: Listener>(
        &mut self,
        _errand: Errand,
        _place: &mut Place,
        _me: Slot,
        _at: &mut Moment<'_, L>,
    ) {
    }

    /// A robot: the least time an errand along this way can take, in seconds, if it serves these ways.
    fn errand_secs(&self, _way: (Slot, Slot), _ways: &[(Slot, Slot)]) -> Option<f64> {
        None
    }

    /// What it does to the quality of parts.
    fn quality(&self) -> Quality {
        Quality::default()
    }

    /// What a part takes of it by itself, stops left out.
    fn demand(&self, _offer: &Offer<'_>, _me: Slot) -> Demand {
        Demand::default()
    }

    /// What can become of a part on which the work takes so long on average, in seconds.
    fn outlook(&self, part: Specimen, _work_secs: f64, _me: Slot) -> Outlook {
        Outlook::sure(vec![Leaving::of(part, 0)])
    }

    /// How many operations can go on side by side, where that limits what it can do.
    fn seats(&self) -> Option<u32> {
        None
    }

    /// How long it takes to change over from one product to another, on average in seconds; none if it never changes over.
    fn changeover_secs(&self, _from: u32, _to: u32) -> Option<f64> {
        None
    }

    /// Whether it takes parts in the order in which they come, whatever they are, and all of them are good behind a changeover.
    fn takes_as_they_come(&self) -> bool {
        true
    }

    /// After how long a pause its first part takes longer, and how much on average, in seconds; none if it does not, or if that
    /// cannot be told apart from what else comes before the work.
    fn first_part_secs(&self) -> Option<(f64, f64)> {
        None
    }

    /// What it asks of people on average.
    fn staff_demands(&self) -> Vec<disruption::StaffDemand> {
        Vec::new()
    }

    /// What stops it takes on average.
    fn stops(&self) -> Stops {
        Stops::default()
    }

    /// How it puts parts together, if it does.
    fn matching(&self) -> Option<Matching> {
        None
    }

    /// In which row of its bill it counts a part.
    fn row(&self, _offer: &Offer<'_>) -> Option<usize> {
        None
    }

    /// The parts in it when the run begins.
    fn stock(&self) -> Vec<(Ware, u32)> {
        Vec::new()
    }

    /// What it can do by itself, before anything runs.
    fn capability(&self) -> Capability {
        Capability::default()
    }

    /// What it looks like.
    fn appearance(&self) -> Appearance;

    /// What its moving parts do now.
    fn pose(&self, _place: &Place, _now: Time) -> Pose {
        Pose::default()
    }

    /// Whether what comes here is waste.
    fn is_for_scrap(&self) -> bool {
        false
    }

    /// Whether a running one can go on with other settings. Where it cannot, they hold from the beginning of a run.
    fn can_become(&self, settings: &Self) -> bool;

    /// A running one goes on with other settings. What was begun ends as it was begun, what was drawn ahead keeps its luck.
    /// `before` is what it was made from.
    fn become_like<L: Listener>(
        &mut self,
        settings: &Self,
        before: &Self,
        place: &mut Place,
        me: Slot,
        at: &mut Moment<'_, L>,
    );
}

kinds! {
    /// Where parts come from.
    Source = source::Supply,
    /// Works on one part at a time.
    Machine = machine::Processing,
    /// Works on many parts at once: an oven, a kiln car, a dye vessel.
    Batch = batch::Charging,
    /// Puts parts together by a bill of materials.
    Assembler = assembler::Assembling,
    /// Takes a part apart, each product by a way of its own.
    Disassembler = disassembler::TakingApart,
    /// Puts parts into a carrier.
    Packer = packer::Packing,
    /// Takes the parts out of a carrier again.
    Unpacker = unpacker::Unpacking,
    /// Judges parts and sends them on by what it found.
    Inspection = inspection::Inspecting,
    /// Keeps parts.
    Buffer = buffer::Storage,
    /// Moves parts along while they lie on it.
    Conveyor = conveyor::Carriage,
    /// Carries parts from one element to another.
    Robot = robot::Carrying,
    /// People who repair and maintain machines.
    Crew = crew::Staff,
    /// Where only so many robots may be at once.
    Zone = zone::Shared,
    /// Where parts leave the line.
    Sink = sink::SinkState,
}
