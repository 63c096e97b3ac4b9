//! The purposes for which people and places in zones are lent: one table, a row for each purpose.
//!
//! A new purpose is a new row; records, reports and journals follow.

use bevy::reflect::Reflect;

macro_rules! purposes {
    ($($(#[$doc:meta])* $purpose:ident: $name:literal,)+) => {
        /// What a resource is used for.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Reflect)]
        #[repr(u8)]
        pub enum ResourcePurpose { $($(#[$doc])* $purpose,)+ }

        impl ResourcePurpose {
            /// Every purpose, in the order of reports.
            pub const ALL: [ResourcePurpose; [$($name),+].len()] = [$(ResourcePurpose::$purpose),+];

            /// The name used in reports and journals.
            pub fn name(self) -> &'static str {
                match self { $(ResourcePurpose::$purpose => $name,)+ }
            }
        }
    };
}

purposes! {
    /// A person repairs a machine.
    Repair: "repair",
    /// A person maintains a machine.
    Maintenance: "maintenance",
    /// People change a machine over.
    Setup: "setup",
    /// People load a machine.
    Loading: "loading",
    /// People are there while a machine works.
    Work: "work",
    /// People unload a machine.
    Unloading: "unloading",
    /// People walk to a machine, or wait there for others who walk.
    OnTheWay: "on_the_way",
    /// A robot is in a zone.
    ZoneEntry: "zone_entry",
}

impl ResourcePurpose {
    /// The purpose of that name.
    pub fn named(name: &str) -> Option<ResourcePurpose> {
        ResourcePurpose::ALL.into_iter().find(|purpose| purpose.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_purpose_is_found_by_its_name_and_stands_at_its_number() {
        for (number, purpose) in ResourcePurpose::ALL.into_iter().enumerate() {
            assert_eq!(ResourcePurpose::named(purpose.name()), Some(purpose));
            assert_eq!(purpose as usize, number);
        }
        assert_eq!(ResourcePurpose::named("leisure"), None);
    }
}
