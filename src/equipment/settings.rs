//! The settings of an element in a layout, and what can be read from them before the whole line is checked.

use super::{Coming, Equipment};
use crate::checking::Check;
use crate::energy::PowerTable;
use crate::saving::SavingMode;
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
    /// It carries parts along arrows. No arrow begins or ends at it.
    Carrier,
    /// No part ever comes there: crews and tools that equipment calls, and zones that robots enter.
    Staff,
}

/// Declares the settings of a kind whose work something may stop: its own fields first, then those that all such kinds have.
/// A fourth name in the brackets says that its work may need people, a fifth that it may need tools too. In the `impl` of [`Settings`], `interruptible!(methods)` stands for what follows from these, and
/// `interruptible!(power)` for the power by state.
macro_rules! interruptible {
    ($(#[$doc:meta])* pub struct $Kind:ident<$Initial:ty, $Power:ty, $End:ident $(, $People:ident $(, $Tool:ident)?)?> { $($fields:tt)* }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct $Kind {
            $($fields)*
            /// Ways to break down.
            #[serde(default)]
            pub breakdowns: Vec<$crate::disruption::Breakdown>,
            /// Plans of preventive maintenance.
            #[serde(default)]
            pub maintenance: Vec<$crate::disruption::Maintenance>,
            $(
                /// The people whom its work needs.
                #[serde(default)]
                pub people: Vec<$crate::disruption::$People>,
                $(
                    /// The tools that its work needs.
                    #[serde(default)]
                    pub tools: Vec<$crate::disruption::$Tool>,
                )?
            )?
            /// The calendar of its hours; that of the line without it.
            pub calendar: Option<String>,
            /// What it does with the work in hand when its hours end.
            pub shift_end: Option<$crate::disruption::ShiftEnd>,
            /// The modes in which it saves energy while it waits.
            #[serde(default)]
            pub saving: Vec<$crate::saving::SavingMode>,
            /// Its state when the run begins; by default empty and up.
            pub initial: Option<$Initial>,
            /// What it draws.
            #[serde(default)]
            pub power: $Power,
            /// Where it stands, in metres.
            pub at: Option<(f64, f64)>,
        }

        impl $Kind {
            /// What may stop it.
            pub(crate) fn stop_settings(&self) -> $crate::disruption::StopSettings<'_> {
                $crate::disruption::StopSettings {
                    breakdowns: &self.breakdowns,
                    maintenance: &self.maintenance,
                    people: $crate::equipment::settings::interruptible!(people of self $($People)?),
                    tools: $crate::equipment::settings::interruptible!(tools of self $($($Tool)?)?),
                    phases: &[$crate::disruption::JobPhase::Work],
                    calendar: self.calendar.as_deref(),
                    shift_end: self.shift_end,
                    default_end: $crate::disruption::ShiftEnd::$End,
                    saving: &self.saving,
                    ..$crate::disruption::StopSettings::default()
                }
            }
        }
    };
    (people of $settings:ident) => { &[] };
    (people of $settings:ident $People:ident) => { &$settings.people };
    (tools of $settings:ident) => { &[] };
    (tools of $settings:ident $Tool:ident) => { &$settings.tools };
    (methods) => {
        fn step(&self) -> Option<u32> {
            self.initial.as_ref()?.step
        }

        fn position(&self) -> Option<(f64, f64)> {
            self.at
        }

        fn needs(&self) -> Vec<&str> {
            self.stop_settings().needs()
        }

        fn uses(&self) -> Vec<&str> {
            self.stop_settings().uses()
        }

        fn saving(&self) -> &[$crate::saving::SavingMode] {
            &self.saving
        }
    };
    (power) => {
        fn power(&self, check: &mut $crate::checking::Check<'_>) -> $crate::energy::PowerTable {
            self.power.table(check)
        }
    };
}

pub(crate) use interruptible;

/// What a layout says about one element.
pub trait Settings {
    /// The component of its entity in the world.
    type Component: Equipment;

    /// What it is in the flow of parts.
    const ROLE: Role = Role::Through;

    /// The name of its kind: the one in the list of kinds, except for kinds of other crates.
    fn kind(&self, listed: &'static str) -> &'static str {
        listed
    }

    /// The names of its ports, if it sends parts different ways, such as `pass` and `fail`. An arrow without a port begins at
    /// the first.
    const PORTS: &'static [&'static str] = &[];

    /// The names of its ports, where they depend on its settings.
    fn ports(&self) -> Vec<&str> {
        Self::PORTS.to_vec()
    }

    /// Whether it does no work on parts, so that a route passes through it to the next stop.
    const LETS_PASS: bool = false;

    /// The products that can leave by a port, given by its number, if these products can come. A kind that makes new products
    /// must override this.
    fn sends<'a>(&'a self, _port: usize, coming: &Coming<'a, '_>) -> BTreeSet<&'a str> {
        coming.and(self.holds(coming.all)).into_iter().chain(self.makes(coming.all)).collect()
    }

    /// The products of the new parts that it makes, among all products.
    fn makes<'a>(&'a self, _all: &[&'a str]) -> Vec<&'a str> {
        Vec::new()
    }

    /// How many stops of their routes its initial parts have come to, if the layout says it.
    fn step(&self) -> Option<u32> {
        None
    }

    /// Whether parts that come here are scrap.
    fn is_for_scrap(&self) -> bool {
        false
    }

    /// The products of its initial parts; all products, if they may be any.
    fn holds<'a>(&'a self, _all: &[&'a str]) -> Vec<&'a str> {
        Vec::new()
    }

    /// Of a packer: the product of its carrier, and the coming products that it packs into one.
    fn loads<'a>(&'a self, _coming: &Coming<'a, '_>) -> Option<(&'a str, BTreeSet<&'a str>)> {
        None
    }

    /// Whether it takes parts out of carriers.
    fn unpacks(&self) -> bool {
        false
    }

    /// Whether it has no time of its own for a product, so that the route gives the time.
    fn leaves_time_to_route(&self, _product: &str) -> bool {
        false
    }

    /// Whether it may refuse a part, so that the parts behind it may wait for ever.
    fn refuses(&self) -> bool {
        false
    }

    /// The least and the greatest mass of a part that it takes, in milligrams; none if it takes any mass.
    fn masses(&self) -> Option<(u64, u64)> {
        None
    }

    /// Whether it always has room, so that no part ever waits for room here.
    fn is_never_full(&self) -> bool {
        false
    }

    /// Checks the settings and makes the component, without its random-number streams.
    fn checked(&self, check: &mut Check<'_>) -> Option<Self::Component>;

    /// Where it stands on the floor, in metres.
    fn position(&self) -> Option<(f64, f64)>;

    /// Of a crew: the skills of its people.
    fn skills(&self) -> &[String] {
        &[]
    }

    /// Of a crew: how many people it has at most.
    fn most_people(&self) -> u32 {
        0
    }

    /// The skills that it needs people for.
    fn needs(&self) -> Vec<&str> {
        Vec::new()
    }

    /// The names of the tools that it needs.
    fn uses(&self) -> Vec<&str> {
        Vec::new()
    }

    /// A zone: the names of the elements in it.
    fn around(&self) -> &[String] {
        &[]
    }

    /// Its power in each state.
    fn power(&self, _check: &mut Check<'_>) -> PowerTable {
        PowerTable::default()
    }

    /// Its saving modes.
    fn saving(&self) -> &[SavingMode] {
        &[]
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
