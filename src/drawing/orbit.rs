//! Mouse and keys change the view: right drag (or left drag on the empty floor) turns, middle drag or Shift pans, the wheel
//! zooms to the cursor, W A S D walk, Q and E turn. What panels want is theirs.

use super::camera::{CameraView, STEEPEST};
use super::lens::NEAREST;
use super::panes::Pane;
use super::pick::{self, PickedObject};
use super::show::Show;
use bevy::ecs::system::SystemParam;
use bevy::input::mouse::{AccumulatedMouseMotion, AccumulatedMouseScroll, MouseScrollUnit};
use bevy::prelude::*;
use bevy::window::PrimaryWindow;
use bevy_egui::input::EguiWantsInput;
use bevy_egui::{EguiContexts, egui};

/// A user clicked into the picture.
#[derive(Message, Clone, Copy, Debug, PartialEq)]
pub(crate) struct Clicked {
    /// What was there; none for the floor.
    pub(crate) hit: Option<PickedObject>,
    /// Where, in logical pixels.
    pub(crate) at: Vec2,
}

/// A button that is held.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Grip {
    button: MouseButton,
    at: Vec2,
    moved: f32,
    hit: Option<PickedObject>,
    pane: Pane,
}

/// What the mouse holds.
#[derive(Resource, Default)]
pub(crate) struct Hand {
    grip: Option<Grip>,
}

/// A hand that moved less, in logical pixels, has clicked.
const STILL: f32 = 4.0;
/// Radians for each logical pixel.
const TURN: f32 = 0.006;
/// Farther away nothing is seen any more, in metres.
const FARTHEST: f32 = 4_000.0;

/// What comes from outside.
#[derive(SystemParam)]
pub(crate) struct Senses<'w, 's> {
    window: Query<'w, 's, &'static Window, With<PrimaryWindow>>,
    buttons: Res<'w, ButtonInput<MouseButton>>,
    keys: Res<'w, ButtonInput<KeyCode>>,
    motion: Res<'w, AccumulatedMouseMotion>,
    scroll: Res<'w, AccumulatedMouseScroll>,
    wants: Res<'w, EguiWantsInput>,
    panels: EguiContexts<'w, 's>,
    time: Res<'w, Time>,
}

impl Senses<'_, '_> {
    /// Where the mouse is in the picture, in logical pixels; none where it is the panels'.
    fn cursor(&mut self) -> Option<Vec2> {
        let at = self.window.single().ok()?.cursor_position()?;
        if self.wants.is_using_pointer() || self.wants.is_popup_open() {
            return None;
        }
        let panels = self.panels.ctx_mut().ok()?;
        let zoom = panels.zoom_factor();
        let above = panels.layer_id_at(egui::pos2(at.x / zoom, at.y / zoom));
        above.is_none_or(|layer| layer.order == egui::Order::Background).then_some(at)
    }

    fn any(&self, keys: &[KeyCode]) -> bool {
        self.keys.any_pressed(keys.iter().copied())
    }
}

/// Changes the view as mouse and keys wish.
pub(crate) fn turn(
    mut senses: Senses,
    show: Res<Show>,
    mut view: ResMut<CameraView>,
    mut hand: ResMut<Hand>,
    mut clicks: MessageWriter<Clicked>,
) {
    if !senses.wants.wants_any_keyboard_input() {
        walk(&senses, &mut view);
    }
    drag(&senses, &mut view, &mut hand, &mut clicks);
    let Some(at) = senses.cursor() else { return };
    let Some(pane) = show.panes(view.area()).into_iter().find(|pane| pane.area.contains(at)) else { return };
    grasp(&senses, &show, &view, &mut hand, (at, pane));
    zoom(&senses, &mut view, at, &pane);
}

fn grasp(senses: &Senses, show: &Show, view: &CameraView, hand: &mut Hand, (at, pane): (Vec2, Pane)) {
    let pressed = [MouseButton::Left, MouseButton::Right, MouseButton::Middle]
        .into_iter()
        .find(|&button| senses.buttons.just_pressed(button));
    if let Some(button) = pressed.filter(|_| hand.grip.is_none()) {
        let hit = pick::at(show, view, at);
        hand.grip = Some(Grip { button, at, moved: 0.0, hit, pane });
    }
}

fn drag(senses: &Senses, view: &mut CameraView, hand: &mut Hand, clicks: &mut MessageWriter<Clicked>) {
    let Some(mut grip) = hand.grip else { return };
    if !senses.buttons.pressed(grip.button) {
        if grip.button == MouseButton::Left && grip.moved < STILL {
            clicks.write(Clicked { hit: grip.hit, at: grip.at });
        }
        hand.grip = None;
        return;
    }
    let by = senses.motion.delta;
    grip.moved += by.length();
    hand.grip = Some(grip);
    if by == Vec2::ZERO || grip.moved < STILL {
        return;
    }
    let shift = senses.any(&[KeyCode::ShiftLeft, KeyCode::ShiftRight]);
    match grip.button {
        MouseButton::Middle => pan(view, by, &grip.pane),
        _ if shift => pan(view, by, &grip.pane),
        MouseButton::Left if grip.hit.is_some() => {}
        _ => {
            let goal = view.goal_mut();
            goal.yaw -= by.x * TURN;
            goal.pitch = (goal.pitch + by.y * TURN).clamp(0.02, STEEPEST);
        }
    }
}

/// Moves the floor with the hand.
fn pan(view: &mut CameraView, by: Vec2, pane: &Pane) {
    view.follow = None;
    let pixel = view.lens(pane).metres_per_pixel(view.stance().distance);
    let goal = view.goal_mut();
    let (right, ahead) = level(goal.yaw);
    goal.focus += -right * by.x * pixel + ahead * by.y * pixel / goal.pitch.sin().max(0.2);
}

/// The directions right and ahead on the floor for a viewer there.
fn level(yaw: f32) -> (Vec3, Vec3) {
    let turn = Quat::from_rotation_y(yaw);
    (turn * Vec3::X, turn * Vec3::NEG_Z)
}

/// Comes nearer to what is under the cursor, which stays there.
fn zoom(senses: &Senses, view: &mut CameraView, at: Vec2, pane: &Pane) {
    let lines = match senses.scroll.unit {
        MouseScrollUnit::Line => senses.scroll.delta.y,
        MouseScrollUnit::Pixel => senses.scroll.delta.y / 50.0,
    };
    if lines == 0.0 {
        return;
    }
    let under = view.lens(pane).on_floor(at);
    let follows = view.follow.is_some();
    let goal = view.goal_mut();
    let distance = (goal.distance * (-0.16 * lines).exp()).clamp(NEAREST, FARTHEST);
    let factor = distance / goal.distance;
    goal.distance = distance;
    // A place near the horizon would carry the eye out of the hall.
    if let Some(under) = under.filter(|under| !follows && under.distance(goal.focus) < 3.0 * distance) {
        goal.focus = under + (goal.focus - under) * factor;
    }
}

/// Walks, turns, and goes to the usual views.
fn walk(senses: &Senses, view: &mut CameraView) {
    if senses.any(&[KeyCode::ControlLeft, KeyCode::ControlRight, KeyCode::AltLeft, KeyCode::SuperLeft]) {
        return;
    }
    let held = |key: KeyCode| f32::from(u8::from(senses.keys.pressed(key)));
    let along = held(KeyCode::KeyW) - held(KeyCode::KeyS);
    let aside = held(KeyCode::KeyD) - held(KeyCode::KeyA);
    let turned = held(KeyCode::KeyQ) - held(KeyCode::KeyE);
    if (along, aside, turned) != (0.0, 0.0, 0.0) {
        let seconds = senses.time.delta_secs();
        if (along, aside) != (0.0, 0.0) {
            view.follow = None;
        }
        let goal = view.goal_mut();
        let (right, ahead) = level(goal.yaw);
        goal.focus += (right * aside + ahead * along) * goal.distance * 0.9 * seconds;
        goal.yaw += turned * 1.4 * seconds;
    }
}

/// Frames what is selected; everything if nothing is.
pub(crate) fn frame_selected(show: &Show, view: &mut CameraView) {
    let chosen = show.sides.iter().find_map(|side| {
        let (low, high) = side.scenery.standings.get(side.selected?.index())?.bounds();
        Some((low - Vec3::new(0.6, 0.0, 0.6), high + Vec3::new(0.6, 1.2, 0.6)))
    });
    match chosen {
        Some(bounds) => view.frame(&super::camera::corners(bounds)),
        None => view.home(),
    }
}
