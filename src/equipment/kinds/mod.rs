//! Enums over all kinds, made from the list of kinds: the settings in a layout, the component to spawn, and the component
//! borrowed by a run. Each call is passed on to the kind.
//!
//! An entry of the list names the traits of a kind. For traits that a kind does not have, the default answers are here.

mod any_settings;
mod prototype;
mod unit;

pub(super) use any_settings::any_settings;
pub(super) use prototype::prototype;
pub(super) use unit::unit;

/// Makes the list of kinds into everything that walks it.
macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident = $module:ident :: $component:ident $(: $($ability:ident)+)?,)+) => {
        impl AnySettings {
            /// The names of all kinds.
            pub const KINDS: &'static [&'static str] = &[$(stringify!($kind)),+];
        }

        all_kinds! {
            $($(#[$doc])* $kind = $module :: $component $(: $($ability)+)?,)+
            /// What another crate has [registered](foreign::register).
            Foreign = foreign::ForeignComponent: Station Selector,
        }
    };
}

/// The same with the kinds of other crates, which have names of their own.
macro_rules! all_kinds {
    ($($list:tt)+) => {
        any_settings! { $($list)+ }
        prototype! { $($list)+ }
        unit! { $($list)+ }
    };
}

/// The first expression for a kind with this ability, the second for all others.
macro_rules! able {
    (Station in [Station $($more:ident)*] $yes:expr, $no:expr) => { $yes };
    (Selector in [Selector $($more:ident)*] $yes:expr, $no:expr) => { $yes };
    (Carrier in [Carrier $($more:ident)*] $yes:expr, $no:expr) => { $yes };
    (Generator in [Generator $($more:ident)*] $yes:expr, $no:expr) => { $yes };
    (Outlet in [Outlet $($more:ident)*] $yes:expr, $no:expr) => { $yes };
    (Sleeper in [Sleeper $($more:ident)*] $yes:expr, $no:expr) => { $yes };
    ($ability:ident in [$other:ident $($more:ident)*] $yes:expr, $no:expr) => { able!($ability in [$($more)*] $yes, $no) };
    ($ability:ident in [] $yes:expr, $no:expr) => { $no };
}

pub(super) use {able, all_kinds, kinds};
