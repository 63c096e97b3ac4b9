//! Keys and dropped files, from the window to the desk.

use crate::desk::Desk;
use crate::desk::action::Action;
use crate::desk::keys;
use bevy::input::ButtonState;
use bevy::input::keyboard::{Key, KeyCode, KeyboardInput};
use bevy::prelude::*;
use bevy::window::{FileDragAndDrop, WindowCloseRequested};
use bevy_egui::EguiContexts;

/// Reads the keys; what is typed into a field is no key for the desk.
pub(crate) fn read_keys(
    mut presses: MessageReader<KeyboardInput>,
    held: Res<ButtonInput<KeyCode>>,
    mut contexts: EguiContexts,
    mut desk: ResMut<Desk>,
) {
    let typing = contexts.ctx_mut().is_ok_and(|context| context.egui_wants_keyboard_input());
    let (mut ctrl, mut shift) = (
        held.any_pressed([
            KeyCode::ControlLeft,
            KeyCode::ControlRight,
            KeyCode::SuperLeft,
            KeyCode::SuperRight,
        ]),
        held.any_pressed([KeyCode::ShiftLeft, KeyCode::ShiftRight]),
    );
    for press in presses.read() {
        let down = press.state == ButtonState::Pressed;
        match press.logical_key {
            // A script presses and releases in one frame.
            Key::Control => ctrl = down,
            Key::Shift => shift = down,
            _ => {}
        }
        if let Some(name) = name(&press.logical_key).filter(|_| down && !typing) {
            keys::press(&mut desk, &keys::written(name, ctrl, shift));
        }
    }
}

fn name(key: &Key) -> Option<&str> {
    match key {
        Key::Space => Some("Space"),
        Key::ArrowRight => Some("Right"),
        Key::ArrowLeft => Some("Left"),
        Key::Home => Some("Home"),
        Key::Escape => Some("Esc"),
        Key::F12 => Some("F12"),
        Key::Character(text) => Some(text),
        _ => None,
    }
}

/// The window is to be shut.
pub(crate) fn read_closing(mut requests: MessageReader<WindowCloseRequested>, mut desk: ResMut<Desk>) {
    if requests.read().count() > 0 {
        desk.ask(Action::Quit);
    }
}

/// A file that is dropped is opened; with Shift beside the one that is open.
pub(crate) fn read_drops(
    mut drops: MessageReader<FileDragAndDrop>,
    held: Res<ButtonInput<KeyCode>>,
    mut desk: ResMut<Desk>,
) {
    for drop in drops.read() {
        let FileDragAndDrop::DroppedFile { path_buf, .. } = drop else { continue };
        let beside = held.any_pressed([KeyCode::ShiftLeft, KeyCode::ShiftRight]);
        let path = path_buf.clone();
        desk.ask(if beside { Action::Compare(path) } else { Action::Open(path) });
    }
}
