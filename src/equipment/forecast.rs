//! What is known of an element before a run: its [`Datasheet`], made once, and what it would do with a part.
//!
//! `explain`, the key figures and the window use it. The engine uses only its `place_spec`.

use super::appearance::Appearance;
use super::{Capability, Demand, Leaving, Matching, Outlook, Quality, Specimen};
use crate::calendar::Timetable;
use crate::disruption::{StaffDemand, Stops};
use crate::event::Slot;
use crate::kernel::Time;
use crate::material::{Offer, PartSpec, PlaceSpec};
use crate::resource::TravelTimes;
use std::sync::Arc;

/// The properties of an element that are the same for every part and at every instant.
#[derive(Clone, Debug)]
pub struct Datasheet {
    /// The place it needs.
    pub place_spec: PlaceSpec,
    /// How fast it works without stops, blocking and starving.
    pub capability: Capability,
    /// How many operations run in parallel in it, if it has a cycle.
    pub works_in: Option<u32>,
    /// How many operations can run in parallel, where that limits its capacity.
    pub seats: Option<u32>,
    /// Whether it takes all parts in the order in which they come, and a changeover scraps none of them.
    pub takes_as_they_come: bool,
    /// The length of a pause after which the first part takes longer, and the mean extra time, both in seconds. None if no part
    /// takes longer, or if the extra time cannot be separated from other times before the work.
    pub first_part_secs: Option<(f64, f64)>,
    /// How it puts parts together, if it does.
    pub matching: Option<Matching>,
    /// What it does to the quality of parts.
    pub quality: Quality,
    /// What stops it on average.
    pub stops: Stops,
    /// How much work of people it needs on average.
    pub staff_demands: Vec<StaffDemand>,
    /// The parts in it when the run begins.
    pub stock: Vec<(PartSpec, u32)>,
    /// How many units of a resource it lends, such as the people of a crew. It calls
    /// [`resize`](crate::context::Context::resize) if that changes during a run.
    pub lends: Option<u32>,
    /// How long its people walk to the elements that call them, if they walk.
    pub walks: Option<Arc<TravelTimes>>,
    /// How many of these are there in each shift of its calendar, if it has one.
    pub lends_by_shift: Vec<u32>,
    /// Its hours, if it works by a calendar.
    pub hours: Option<Timetable>,
    /// After how many days the rate at which parts come to it repeats, if that varies in another way than its hours.
    pub rate_days: Option<u32>,
    /// The elements that lie in it. The window draws its outline around them.
    pub around: Vec<Slot>,
    /// Whether parts that leave the line here are scrap.
    pub is_for_scrap: bool,
    /// What it looks like.
    pub appearance: Appearance,
}

impl Datasheet {
    /// How many of what it lends are there on average from one instant to another; nothing for what lends nothing.
    pub fn mean_lent(&self, from: Time, to: Time) -> f64 {
        let Some(hours) = &self.hours else { return f64::from(self.lends.unwrap_or(0)) };
        let of_shift =
            |(shift, size): (usize, &u32)| f64::from(*size) * hours.open_of_shift(shift, from, to).secs();
        let there: f64 = self.lends_by_shift.iter().enumerate().map(of_shift).sum();
        if to > from { there / (to - from).secs() } else { 0.0 }
    }

    /// A datasheet with this appearance and with defaults for all else.
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
            walks: None,
            lends_by_shift: Vec::new(),
            hours: None,
            rate_days: None,
            around: Vec::new(),
            is_for_scrap: false,
            appearance,
        }
    }
}

/// What a kind of equipment says before a run.
pub trait Forecast {
    /// Its properties.
    fn datasheet(&self) -> Datasheet;

    /// The time that one part takes here, without stops.
    fn demand(&self, _offer: &Offer<'_>, _me: Slot) -> Demand {
        Demand::default()
    }

    /// What can become of a part whose work takes `work_secs` on average.
    fn outlook(&self, part: Specimen, _work_secs: f64, _me: Slot) -> Outlook {
        Outlook::sure(vec![Leaving::of(part, 0)])
    }

    /// The row of its bill of materials that a part belongs to.
    fn row(&self, _offer: &Offer<'_>) -> Option<usize> {
        None
    }

    /// The mean changeover time from one product to another, in seconds; none if it never changes over.
    fn changeover_secs(&self, _from: u32, _to: u32) -> Option<f64> {
        None
    }

    /// The least time to carry a part along this way, in seconds, if it serves these ways; none if it carries nothing.
    fn transport_secs(&self, _way: (Slot, Slot), _ways: &[(Slot, Slot)]) -> Option<f64> {
        None
    }
}
