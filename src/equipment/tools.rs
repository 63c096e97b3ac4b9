//! Tools and fixtures: so many of one sort that machines need for their work, as they need people.
//!
//! A machine that names them in its `tools` requests them before a phase begins that needs them, together with the people for it, and
//! keeps them as long as the phases need them. Tools are wherever they are needed, at all hours. A set of tools is no part of the flow and
//! has no state. Reports show how many of them were in use on average.
//!
//! Not modelled: how long it takes to bring a tool, wear and life of a tool (a maintenance by the number of parts is that of a machine).

use super::appearance::{Appearance, Paint, Piece, Shape, Stand, Symbol};
use super::{Datasheet, Equipment, Forecast, Improvement, Retune, Role, Settings};
use crate::checking::Check;
use crate::context::{Context, EventOutcome};
use crate::event::{Listener, Slot};
use crate::kernel::{Event, Purpose, Stream};
use crate::material::{Place, PlaceSpec};
use bevy::ecs::component::Component;
use serde::Deserialize;

/// Tools as a layout says it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tools {
    /// How many there are.
    pub size: u32,
    /// Where they are kept, in metres.
    pub at: Option<(f64, f64)>,
}

impl Settings for Tools {
    type Component = ToolsState;
    const ROLE: Role = Role::Staff;

    fn checked(&self, check: &mut Check<'_>) -> Option<ToolsState> {
        if self.size == 0 {
            let message = "what is not there is never lent".to_owned();
            check.fault("size", message, "give the number of tools, such as 2");
        }
        if self.size > MOST_TOOLS {
            let message = format!("more than {MOST_TOOLS} tools of one sort are none that anybody waits for");
            check.fault("size", message, "leave them out, and those who need them too");
        }
        let crews = check.around.crews;
        let name = check.around.names[check.around.me.index()].as_str();
        if !crews.incomplete && !crews.used.contains(name) {
            let help = "name it in the `tools` of a machine, or remove it";
            check.fault("", "nobody ever needs these tools".to_owned(), help);
        }
        Some(ToolsState { size: self.size })
    }

    fn position(&self) -> Option<(f64, f64)> {
        self.at
    }
}

/// Nobody has so many of one sort.
const MOST_TOOLS: u32 = 100_000;

/// The running tools.
#[derive(Component, Clone, Debug, PartialEq, Eq)]
pub struct ToolsState {
    size: u32,
}

impl Equipment for ToolsState {
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

impl Forecast for ToolsState {
    fn datasheet(&self) -> Datasheet {
        Datasheet {
            place_spec: PlaceSpec { capacity: Some(0), ..PlaceSpec::default() },
            lends: Some(self.size),
            ..Datasheet::of(appearance())
        }
    }
}

impl Retune for ToolsState {
    fn can_become(&self, _settings: &ToolsState) -> bool {
        true
    }

    fn improve(&mut self, _improvement: Improvement) {}

    fn become_like<L: Listener>(
        &mut self,
        settings: &ToolsState,
        _before: &ToolsState,
        _place: &mut Place,
        me: Slot,
        ctx: &mut Context<'_, L>,
    ) {
        self.size = settings.size;
        ctx.resize(me, self.size);
    }
}

/// A rack with boards.
fn appearance() -> Appearance {
    let mut pieces = vec![Piece::fixed(Shape::Block([1.4, 0.02, 0.8]), [0.0, 0.01, 0.0], Paint::Marking)];
    for x in [-0.55, 0.55] {
        pieces.push(Piece::fixed(Shape::Block([0.06, 1.5, 0.5]), [x, 0.75, 0.0], Paint::Metal));
    }
    for nth in 0..3_u8 {
        let height = 0.35 + 0.5 * f32::from(nth);
        pieces.push(Piece::fixed(Shape::Block([1.1, 0.05, 0.5]), [0.0, height, 0.0], Paint::Wood));
        for x in [-0.3, 0.1] {
            pieces.push(Piece::fixed(
                Shape::Block([0.26, 0.16, 0.3]),
                [x, height + 0.11, 0.0],
                Paint::Accent,
            ));
        }
    }
    Appearance {
        footprint: [1.4, 0.8],
        height: 1.6,
        symbol: Symbol::Tools,
        pieces,
        stand: Stand::Spot([0.0, 1.6, 0.0]),
        lamp: None,
        arm: None,
    }
}
