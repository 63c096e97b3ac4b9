//! A crew: people who come when a machine needs a skill, one to each machine, and go back when they are done.
//!
//! A breakdown or a plan of maintenance that names a `skill` needs one person of any crew that has it. Until a person comes
//! the machine is `WaitingForRepair`. A crew is no part of the flow and has no state. Reports show the mean number of its
//! people at work. Its utilisation is that number divided by its size.
//!
//! Not modelled: the way to the machine, shifts and breaks, several people for one job, and leaving a job for one
//! that is more urgent.

use super::appearance::{Appearance, Paint, Piece, Shape, Stand, Symbol};
use super::{Datasheet, Equipment, Forecast, Improvement, Retune, Role, Settings};
use crate::checking::Check;
use crate::context::{Context, EventOutcome};
use crate::event::{Listener, Slot};
use crate::kernel::{Event, Purpose, Stream};
use crate::material::{Place, PlaceSpec};
use crate::units::spelling::brief;
use bevy::ecs::component::Component;
use serde::Deserialize;

/// A crew as a layout says it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Crew {
    /// How many people.
    pub size: u32,
    /// What each of them is able to do.
    pub skills: Vec<String>,
    /// Where they are at home, in metres.
    pub at: Option<(f64, f64)>,
}

impl Settings for Crew {
    type Component = CrewState;
    const ROLE: Role = Role::Staff;

    fn checked(&self, check: &mut Check<'_>) -> Option<CrewState> {
        if self.size == 0 {
            check.fault(
                "size",
                "a crew of nobody never comes".to_owned(),
                "give the number of people, such as 2",
            );
        }
        let crews = check.around.crews;
        if !crews.incomplete && !self.skills.iter().any(|skill| crews.called.contains(skill)) {
            let skills: Vec<String> =
                self.skills.iter().take(12).map(|skill| format!("\"{}\"", brief(skill))).collect();
            let help = match skills.is_empty() {
                true => "give it `skills`, and name one of them as the `skill` of a breakdown or maintenance",
                false => "name one of its skills as the `skill` of a breakdown or maintenance, or remove it",
            };
            let message = match skills.is_empty() {
                true => "nobody ever calls this crew: it has no skills".to_owned(),
                false => format!("nobody ever calls this crew for {}", skills.join(", ")),
            };
            check.fault("skills", message, help);
        }
        Some(CrewState { size: self.size })
    }

    fn position(&self) -> Option<(f64, f64)> {
        self.at
    }

    fn skills(&self) -> &[String] {
        &self.skills
    }
}

/// The running crew.
#[derive(Component, Clone, Debug, PartialEq, Eq)]
pub struct CrewState {
    size: u32,
}

impl Equipment for CrewState {
    fn seed(&mut self, _stream: &dyn Fn(Purpose, u32) -> Stream) {}

    fn start<L: Listener>(&mut self, _place: &mut Place, _me: Slot, _ctx: &mut Context<'_, L>) {}

    fn on_event<L: Listener>(
        &mut self,
        _: Event,
        _: &mut Place,
        _: Slot,
        _: &mut Context<'_, L>,
    ) -> EventOutcome {
        EventOutcome::Allocate
    }

    fn has_pending_event(&self, _place: &Place) -> bool {
        true
    }
}

impl Forecast for CrewState {
    fn datasheet(&self) -> Datasheet {
        Datasheet {
            place_spec: PlaceSpec { capacity: Some(0), ..PlaceSpec::default() },
            lends: Some(self.size),
            ..Datasheet::of(appearance(self.size))
        }
    }
}

impl Retune for CrewState {
    fn can_become(&self, _settings: &CrewState) -> bool {
        true
    }

    fn improve(&mut self, improvement: Improvement) {
        self.size = self.size.saturating_add(u32::from(improvement == Improvement::Person));
    }

    fn become_like<L: Listener>(
        &mut self,
        settings: &CrewState,
        _before: &CrewState,
        _place: &mut Place,
        me: Slot,
        ctx: &mut Context<'_, L>,
    ) {
        let CrewState { size } = *settings;
        self.size = size;
        ctx.resize(me, size);
    }
}

/// So many people are drawn one by one.
const DRAWN: u32 = 6;

/// People at a bench, two abreast.
fn appearance(size: u32) -> Appearance {
    let mut pieces = vec![
        Piece::fixed(Shape::Block([1.8, 0.02, 2.0]), [0.0, 0.01, 0.0], Paint::Marking),
        Piece::fixed(Shape::Block([1.6, 0.06, 0.5]), [0.0, 0.9, -0.7], Paint::Wood),
        Piece::fixed(Shape::Block([1.5, 0.86, 0.4]), [0.0, 0.45, -0.7], Paint::Accent),
    ];
    for nth in 0..size.clamp(1, DRAWN) {
        let (column, row) = (nth % 3, nth / 3);
        let at = [0.55 * (column as f32 - 1.0), 0.0, 0.75 * row as f32];
        pieces.push(Piece::fixed(Shape::Person, at, Paint::Accent));
    }
    Appearance {
        footprint: [1.8, 2.0],
        height: 1.9,
        symbol: Symbol::Staff,
        pieces,
        stand: Stand::Spot([0.0, 0.95, 0.0]),
        lamp: None,
        arm: None,
    }
}
