//! The order in which a frame is made. [`DrawingPlugin`] adds everything that draws; nothing else in the window needs to
//! know its systems, only the sets.

use super::{actors, camera, eyes, floor, labels, light, limbs, marks, motions, orbit, paints, pooled, show};
use bevy::prelude::*;
use bevy_egui::EguiPrimaryContextPass;

/// The steps of a frame, in this order. All but the last run in `Update`.
#[derive(SystemSet, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum DrawingSystems {
    /// Mouse and keys change the view.
    Input,
    /// The desk fills the `Show`: systems of others belong here.
    Fill,
    /// What a new scenery needs is put up, and what is gone is taken down.
    Build,
    /// Everything is moved to where it is now.
    Pose,
    /// The cameras and the lights follow.
    Aim,
    /// Names are written; it runs in `EguiPrimaryContextPass`, and panels come after it.
    Labels,
}

/// Only the line is drawn, without names.
#[derive(Resource)]
pub(crate) struct Plain;

/// Everything that draws.
pub(crate) struct DrawingPlugin;

impl Plugin for DrawingPlugin {
    fn build(&self, app: &mut App) {
        use DrawingSystems::{Aim, Build, Fill, Input, Labels, Pose};
        app.init_resource::<show::Show>()
            .init_resource::<camera::CameraView>()
            .init_resource::<orbit::Hand>()
            .init_resource::<actors::Cast>()
            .init_resource::<pooled::EntityPools>()
            .init_resource::<marks::Painted>()
            .add_message::<orbit::Clicked>()
            .configure_sets(Update, (Input, Fill, Build, Pose, Aim).chain());
        app.add_systems(Startup, (paints::mix, floor::lay, light::hang, eyes::set_up).chain());
        app.add_systems(
            Update,
            (
                orbit::turn.in_set(Input),
                (actors::build, pooled::build, marks::build).chain().in_set(Build),
                (
                    paints::follow_states,
                    motions::move_pieces,
                    motions::light_lamps,
                    limbs::move_arms,
                    pooled::place,
                )
                    .chain()
                    .in_set(Pose),
                (eyes::aim, light::follow).chain().in_set(Aim),
            ),
        );
        app.add_systems(
            EguiPrimaryContextPass,
            labels::write.in_set(Labels).run_if(not(resource_exists::<Plain>)),
        );
    }
}
