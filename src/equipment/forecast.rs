//! What is known of an element before anything runs: its [`Datasheet`], made once, and what it would do with a part.
//!
//! `explain`, key figures and the window read it; the engine takes no more from it than the place.

use super::appearance::Appearance;
use super::{Capability, Demand, Leaving, Matching, Outlook, Quality, Specimen};
use crate::disruption::{StaffDemand, Stops};
use crate::event::Slot;
use crate::material::{Offer, PartSpec, PlaceSpec};

/// What an element is, as far as that is the same for every part and at every instant.
#[derive(Clone, Debug)]
pub struct Datasheet {
    /// The place it needs.
    pub place_spec: PlaceSpec,
    /// What it can do by itself.
    pub capability: Capability,
    /// How many operations go on side by side in it, if it has a cycle.
    pub works_in: Option<u32>,
    /// How many operations can go on side by side, where that limits what it can do.
    pub seats: Option<u32>,
    /// Whether it takes parts in the order in which they come, whatever they are, and all of them are good behind a changeover.
    pub takes_as_they_come: bool,
    /// After how long a pause its first part takes longer, and how much on average, in seconds; none if it does not, or if that
    /// cannot be told apart from what else comes before the work.
    pub first_part_secs: Option<(f64, f64)>,
    /// How it puts parts together, if it does.
    pub matching: Option<Matching>,
    /// What it does to the quality of parts.
    pub quality: Quality,
    /// What stops it on average.
    pub stops: Stops,
    /// What it asks of people on average.
    pub staff_demands: Vec<StaffDemand>,
    /// The parts in it when the run begins.
    pub stock: Vec<(PartSpec, u32)>,
    /// How many there are of what it lends, such as the people of a crew. If that changes during a run, it
    /// [says](crate::context::Context::resize) so.
    pub lends: Option<u32>,
    /// The elements that lie in it: its outline is drawn on the floor around them.
    pub around: Vec<Slot>,
    /// Whether what leaves the line here is scrap.
    pub is_for_scrap: bool,
    /// What it looks like.
    pub appearance: Appearance,
}

impl Datasheet {
    /// That of something that looks like this, and of which nothing else is known.
    pub fn of(appearance: Appearance) -> Datasheet {
        Datasheet {
            place_spec: PlaceSpec::default(),
            capability: Capability::default(),
            works_in: None,
            seats: None,
            takes_as_they_come: true,
            first_part_secs: None,
            matching: None,
            quality: Quality::default(),
            stops: Stops::default(),
            staff_demands: Vec::new(),
            stock: Vec::new(),
            lends: None,
            around: Vec::new(),
            is_for_scrap: false,
            appearance,
        }
    }
}

/// What a kind says before anything runs.
pub trait Forecast {
    /// What it is.
    fn datasheet(&self) -> Datasheet;

    /// What a part takes of it by itself, stops left out.
    fn demand(&self, _offer: &Offer<'_>, _me: Slot) -> Demand {
        Demand::default()
    }

    /// What can become of a part on which the work takes so long on average, in seconds.
    fn outlook(&self, part: Specimen, _work_secs: f64, _me: Slot) -> Outlook {
        Outlook::sure(vec![Leaving::of(part, 0)])
    }

    /// In which row of its bill it counts a part.
    fn row(&self, _offer: &Offer<'_>) -> Option<usize> {
        None
    }

    /// How long it takes to change over from one product to another, on average in seconds; none if it never changes over.
    fn changeover_secs(&self, _from: u32, _to: u32) -> Option<f64> {
        None
    }

    /// The least time that it takes to carry a part along this way, in seconds, if it serves these ways; none if it carries nothing.
    fn transport_secs(&self, _way: (Slot, Slot), _ways: &[(Slot, Slot)]) -> Option<f64> {
        None
    }
}
