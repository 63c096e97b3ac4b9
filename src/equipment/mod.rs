//! The equipment of a line: a file or a folder for each kind, and the list of kinds.
//!
//! A kind consists of its *settings*, as a layout writes them; its *component*, which is on an entity of the world; and its
//! behaviour at its [`Place`]. To add a kind, add a file, its `mod` line, and an entry in the list below with
//! the traits of the kind. A kind with several files is a folder, such as [`machine`]. Code that kinds share has its own file,
//! such as `quality.rs`.
//!
//! Read [`Equipment`] and [`PlaceSpec`](crate::material::PlaceSpec) first, then [`Datasheet`], then [`machine`].

pub mod appearance;
pub mod batch;
mod behaviour;
pub mod bench;
pub mod buffer;
mod capability;
mod changeover;
mod coming;
pub mod conveyor;
pub mod crew;
pub(crate) mod fields;
mod forecast;
pub mod foreign;
mod improvement;
pub mod inspection;
mod interruptible;
mod kinds;
pub mod machine;
mod passage;
pub(crate) mod quality;
mod read;
pub mod robot;
mod saves_energy;
mod settings;
pub mod sink;
pub mod source;
pub mod tools;
mod travel;
pub mod zone;

pub use behaviour::{Carrier, Equipment, Generator, Outlet, Retune, Selector, Sleeper, Station};
use bench::{assembler, disassembler, packer, unpacker};
pub use capability::{Capability, Feed, Work};
pub use coming::Coming;
pub use forecast::{Datasheet, Forecast};
pub use improvement::Improvement;
use kinds::{able, all_kinds, any_settings, kinds, prototype, unit};
pub use passage::{Contained, Demand, Leaving, Matching, Outlook, Possibility, Specimen};
pub use quality::{Quality, Rework};
pub use settings::{Role, Settings};

use crate::checking::Check;
use crate::context::{Context, EventOutcome};
use crate::dispatch::{Candidate, Effort, Rule, Search};
use crate::energy::PowerTable;
use crate::event::{Listener, Slot};
use crate::kernel::{Event, Purpose, Stream, Time};
use crate::material::{Offer, PartId, PartStore, Place, Prospect};
use crate::resource::{Grant, Token};
use crate::saving::{EnergySaver, SavingMode, SavingOrder};
use appearance::Pose;
use bevy::ecs::prelude::*;
use bevy::ecs::query::QueryData;
use serde::Deserialize;
use std::collections::BTreeSet;

kinds! {
    /// Where parts come from.
    Source = source::SourceState: Generator,
    /// Works on one part at a time.
    Machine = machine::MachineState: Station Selector Sleeper,
    /// Works on many parts at once: an oven, a kiln car, a dye vessel.
    Batch = batch::BatchState: Station Selector Sleeper,
    /// Puts parts together by a bill of materials.
    Assembler = assembler::AssemblerState: Station Selector Sleeper,
    /// Takes a part apart, each product by a way of its own.
    Disassembler = disassembler::DisassemblerState: Station Selector Sleeper,
    /// Puts parts into a carrier.
    Packer = packer::PackerState: Station Selector Sleeper,
    /// Takes the parts out of a carrier again.
    Unpacker = unpacker::UnpackerState: Station Selector Sleeper,
    /// Judges parts and sends them on by what it found.
    Inspection = inspection::InspectionState: Station Sleeper,
    /// Keeps parts.
    Buffer = buffer::BufferState: Station,
    /// Moves parts along while they lie on it.
    Conveyor = conveyor::ConveyorState: Station Sleeper,
    /// Carries parts from one element to another.
    Robot = robot::RobotState: Station Selector Carrier Sleeper,
    /// People who repair and maintain machines.
    Crew = crew::CrewState,
    /// Tools and fixtures that machines need for their work.
    Tools = tools::ToolsState,
    /// Where only so many robots may be at once.
    Zone = zone::ZoneState,
    /// Where parts leave the line.
    Sink = sink::SinkState: Station Outlet,
}
