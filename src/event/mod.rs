//! The events of a line: the output of the engine.
//!
//! Records, journal and window listen to [`LineEvent`]s and to nothing else. A listener may also ask to see the line at the end of each
//! instant ([`LineSight`]); what it learns from that is not in a journal. Read [`LineEvent`] first, then [`What`].

mod purpose;
mod sight;
mod state;
mod words;

pub use purpose::ResourcePurpose;
pub use sight::{LineSight, SeenElement, SeenWay, Supply};
pub use state::{Activity, Sign, State};

use crate::kernel::Time;
use bevy::ecs::component::Component;
use bevy::reflect::Reflect;

/// The dense number of an element: its place in the file, and its index in every vector of the engine.
#[derive(Component, Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Reflect)]
pub struct Slot(pub u32);

impl Slot {
    /// The index into a vector by slot.
    #[inline]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A part: its number, its product, its priority, and the instant at which it entered the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Reflect)]
pub struct Part {
    /// Number in the order of creation, from 0.
    pub serial: u64,
    /// When it entered the line.
    pub entered: Time,
    /// Which product of the line it is.
    pub product: u32,
    /// The product's priority: the higher number goes first, if a rule compares it.
    pub priority: i32,
}

/// The stay of a part at one element: how long it waited for its work, and since when it waits to leave.
///
/// The work begins when the part comes, unless the element says otherwise. Only then does a stay cost time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Reflect)]
pub struct Stay {
    /// When its work ended. Before that, and where no work is done, when it came. [`Time::NEVER`] in a carrier, since the
    /// carrier waits.
    pub idle_since: Time,
    /// How long it waited for its work; [`Time::NEVER`] as long as it does.
    pub queued: Time,
}

impl Stay {
    /// In a carrier.
    pub const PACKED: Stay = Stay::from(Time::NEVER);

    /// A stay that begins then.
    pub const fn from(came: Time) -> Stay {
        Stay { idle_since: came, queued: Time::ZERO }
    }

    /// Whether the part lies in a carrier.
    pub fn is_packed(&self) -> bool {
        self.idle_since == Time::NEVER
    }
}

/// What happens to an element and is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Reflect)]
#[repr(u8)]
pub enum Incident {
    /// It breaks down.
    Breakdown,
    /// A repair is over.
    Repair,
    /// A maintenance is over.
    Maintenance,
    /// A changeover is over.
    Setup,
    /// A run of a batch machine is over.
    Run,
    /// Its hours end: a shift or a break ends its work.
    Closed,
    /// Its hours begin.
    Opened,
    /// It goes into a saving mode.
    SwitchedOff,
}

impl Incident {
    /// All of them, in the order of their numbers.
    pub const ALL: [Incident; 8] = [
        Incident::Breakdown,
        Incident::Repair,
        Incident::Maintenance,
        Incident::Setup,
        Incident::Run,
        Incident::Closed,
        Incident::Opened,
        Incident::SwitchedOff,
    ];

    /// The name used in journals.
    pub fn name(self) -> &'static str {
        match self {
            Incident::Breakdown => "broke_down",
            Incident::Repair => "repaired",
            Incident::Maintenance => "maintained",
            Incident::Setup => "set_up",
            Incident::Run => "ran",
            Incident::Closed => "closed",
            Incident::Opened => "opened",
            Incident::SwitchedOff => "switched_off",
        }
    }

    /// The name of its count in reports.
    pub fn counted(self) -> &'static str {
        match self {
            Incident::Breakdown => "breakdowns",
            Incident::Repair => "repairs",
            Incident::Maintenance => "maintenances",
            Incident::Setup => "setups",
            Incident::Run => "runs",
            Incident::Closed => "closings",
            Incident::Opened => "openings",
            Incident::SwitchedOff => "switch_offs",
        }
    }

    /// The incident of that name.
    pub fn named(name: &str) -> Option<Incident> {
        Incident::ALL.into_iter().find(|incident| incident.name() == name)
    }
}

/// One event: its instant, its element, and what happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Reflect)]
pub struct LineEvent {
    /// The instant.
    pub time: Time,
    /// The element it happened at.
    pub element: Slot,
    /// What happened.
    pub what: What,
}

/// The kinds of events.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Reflect)]
pub enum What {
    /// A part came into the line (at a source, or as initial contents).
    Created(Part),
    /// A part came to the element.
    Arrived(Part),
    /// A part leaves by another port than the first; emitted before it leaves.
    LeavesBy {
        /// Which part.
        part: Part,
        /// The number of the port.
        port: u8,
    },
    /// A part was taken from the element.
    Left {
        /// Which part.
        part: Part,
        /// Its stay, which is over now.
        stay: Stay,
    },
    /// The work on a part begins that had to wait for it here, or a belt that held it up has brought it to its end. A part
    /// whose work begins when it comes did not wait.
    Waited {
        /// Which part.
        part: Part,
        /// How long it waited.
        queued: Time,
    },
    /// An operation on a part was finished.
    Completed {
        /// Which part.
        part: Part,
        /// How long such an operation takes on average without losses, by the settings under which it began. Zero for what
        /// has no cycle, such as a robot.
        ideal: Time,
    },
    /// A breakdown has spoilt a part in work, which leaves as scrap.
    Spoilt(Part),
    /// An inspection has judged a part.
    Judged {
        /// Which part.
        part: Part,
        /// Whether it was found bad, rightly or not.
        bad: bool,
    },
    /// A part was reworked.
    Reworked(Part),
    /// A part that leaves the line now was inspected on its way; emitted before it is delivered or scrapped.
    Inspected {
        /// Which part.
        part: Part,
        /// Whether no inspection ever found it bad.
        first_pass: bool,
    },
    /// A part that is delivered now came into a carrier on its way; emitted before it is delivered.
    FromCarrier {
        /// Which part.
        part: Part,
        /// When it was first put into one.
        since: Time,
    },
    /// A part that is delivered now has a defect; emitted before it is delivered.
    Escaped(Part),
    /// A part left the line as a good one.
    Delivered(Part),
    /// A part left the line as scrap.
    Scrapped(Part),
    /// A part became a piece of another, and is no part of its own any more.
    Merged {
        /// Which part.
        part: Part,
        /// Its stay, which is over now.
        stay: Stay,
    },
    /// A part became another product.
    Converted {
        /// Its record from now on.
        part: Part,
        /// The product that it was.
        from: u32,
    },
    /// A part was put into a carrier; from now on it goes where the carrier goes.
    Packed {
        /// Which part.
        part: Part,
        /// Its stay on its own, which is over now.
        stay: Stay,
    },
    /// A part was taken out of a carrier.
    Unpacked(Part),
    /// A carrier left the line; it is neither a good part nor scrap.
    Withdrawn(Part),
    /// An incident at the element, which is counted.
    Happened(Incident),
    /// The element changed its state.
    Became(State),
    /// The saving mode of this number, among those of the element, holds from now on. It has powers of its own.
    Saves {
        /// The number, from 0.
        mode: u8,
    },
    /// People of the crew, or places in the zone, were lent to an element or came back from it.
    AtWork {
        /// So many people are at work now, or robots in the zone.
        busy: u32,
        /// What this element needs them for, or needed.
        purpose: ResourcePurpose,
        /// The element.
        holder: Slot,
    },
    /// So many people of the crew are there from now on, by its calendar.
    Attends {
        /// How many.
        there: u32,
    },
    /// The crew, or the zone, has answered a call. If several crews answer one call together, each of them has.
    Answered {
        /// How long the call waited.
        waited: Time,
    },
    /// A call of the element waits, and there are not enough people now who have a skill that it calls for; or that is over.
    Lacks {
        /// The number of the skill among those that the line calls for.
        skill: u32,
        /// Whether it begins.
        lacks: bool,
    },
}

impl What {
    /// The part that it is about, if it is about one.
    pub fn part_mut(&mut self) -> Option<&mut Part> {
        match self {
            What::Created(part)
            | What::Arrived(part)
            | What::LeavesBy { part, .. }
            | What::Left { part, .. }
            | What::Waited { part, .. }
            | What::Completed { part, .. }
            | What::Spoilt(part)
            | What::Judged { part, .. }
            | What::Reworked(part)
            | What::Inspected { part, .. }
            | What::FromCarrier { part, .. }
            | What::Escaped(part)
            | What::Delivered(part)
            | What::Scrapped(part)
            | What::Merged { part, .. }
            | What::Converted { part, .. }
            | What::Packed { part, .. }
            | What::Unpacked(part)
            | What::Withdrawn(part) => Some(part),
            What::Happened(_) | What::Became(_) | What::Saves { .. } | What::AtWork { .. } => None,
            What::Attends { .. } | What::Answered { .. } | What::Lacks { .. } => None,
        }
    }
}

/// A receiver of events.
pub trait Listener {
    /// Receives one event. Events come in the order of time.
    fn on_event(&mut self, event: LineEvent);

    /// Whether the listener needs to know which part comes and goes, because parts add to the power of an element or take up one
    /// of its places.
    fn weighs_parts(&self) -> bool {
        false
    }

    /// Whether the listener wants to see the line at the end of every instant. Where it does not, this costs nothing.
    #[inline(always)]
    fn watches(&self) -> bool {
        false
    }

    /// Everything of an instant has happened. Called only if the listener watches, and maybe twice for one instant.
    fn on_instant_end(&mut self, _now: Time, _line: &LineSight) {}

    /// Receives that a part came or went, if it does not matter which part.
    fn on_plain_event(&mut self, event: LineEvent) {
        self.on_event(event);
    }

    /// Receives the same for a part that leaves while another comes in its place at the same instant, and then for the other.
    fn on_exchange_event(&mut self, event: LineEvent) {
        self.on_event(event);
    }
}
