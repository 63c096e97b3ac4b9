//! A script of inputs: what a user would press, click and drag, written in RON, so that a session at the window can be
//! repeated: `taktwin view LINE --script steps.ron`.
//!
//! A step begins when the one before it is done. Keys and the mouse take the same way into the program as a user's own.

use crate::desk::Desk;
use crate::desk::action::Action;
use bevy::ecs::system::SystemParam;
use bevy::input::ButtonState;
use bevy::input::keyboard::{Key, KeyCode, KeyboardInput};
use bevy::input::mouse::{MouseButton, MouseButtonInput};
use bevy::prelude::*;
use bevy::window::{CursorMoved, PrimaryWindow, WindowEvent};
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;
use std::path::PathBuf;

/// A step of a script.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum ScriptStep {
    /// Presses a key, written as on the card of keys: "Space", "Ctrl+Z".
    Press(String),
    /// Clicks at a place of the window, in points.
    Click(f32, f32),
    /// Drags from one place to another.
    Drag((f32, f32), (f32, f32)),
    /// Does what a button does.
    Do(Action),
    /// Lets so many seconds pass.
    Wait(f32),
    /// Waits until the run is where it was to go.
    Arrive,
    /// Plays until the run has come so far, in seconds since the start, or to its end.
    Reach(f64),
    /// Waits until a message says this, for a minute at most.
    Read(String),
    /// Writes down where everything is, as RON.
    Tell(PathBuf),
}

/// What a script reports about the desk.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct ScriptReport {
    /// Seconds since the start.
    pub(crate) now_s: f64,
    /// Whether it plays.
    pub(crate) playing: bool,
    /// Which shift is there now, if the line has a calendar.
    pub(crate) shift: Option<String>,
    /// The chosen element.
    pub(crate) chosen: Option<String>,
    /// The lines, and the changes of each that hold.
    pub(crate) sides: Vec<(String, Vec<String>)>,
    /// The key figures of the last line.
    pub(crate) figures: Vec<(String, Option<f64>)>,
    /// Facts that the last line has heard since time zero.
    pub(crate) events: u64,
    /// The messages.
    pub(crate) messages: Vec<String>,
    /// When the futures part, in seconds.
    pub(crate) part_s: Option<f64>,
    /// Replications that are done.
    pub(crate) replications: Option<u32>,
}

/// The steps that are left.
#[derive(Resource, Debug, Default)]
pub(crate) struct Script {
    steps: VecDeque<ScriptStep>,
    waited: f32,
    /// The next parts of a click or drag.
    mouse: VecDeque<Mouse>,
    /// The file for a report about the desk in this frame.
    told: Option<PathBuf>,
    /// Whether a frame has passed without anything to do: then what the last step asked for has begun.
    over: bool,
}

#[derive(Clone, Copy, Debug)]
enum Mouse {
    To(f32, f32),
    Button(ButtonState),
}

/// A drag takes so many frames.
const DRAG: u8 = 12;

impl Script {
    /// A script from its text; the message says where it is wrong.
    pub(crate) fn read(text: &str) -> Result<Script, String> {
        let steps: Vec<ScriptStep> = ron::from_str(text).map_err(|error| error.to_string())?;
        Ok(Script { steps: steps.into(), ..Script::default() })
    }

    /// Whether nothing is left to do.
    pub(crate) fn is_over(&self) -> bool {
        self.over
    }
}

/// What a script moves in the place of a user.
#[derive(SystemParam)]
pub(crate) struct Hands<'w, 's> {
    window: Option<Single<'w, 's, (Entity, &'static mut Window), With<PrimaryWindow>>>,
    keys: MessageWriter<'w, KeyboardInput>,
    buttons: MessageWriter<'w, MouseButtonInput>,
    moves: MessageWriter<'w, CursorMoved>,
    /// The panels read the mouse from here.
    all: MessageWriter<'w, WindowEvent>,
}

impl Hands<'_, '_> {
    fn window(&self) -> Entity {
        self.window.as_ref().map_or(Entity::PLACEHOLDER, |window| window.0)
    }

    fn mouse(&mut self, mouse: Mouse) {
        let window = self.window();
        match mouse {
            Mouse::To(x, y) => {
                let position = Vec2::new(x, y);
                if let Some(window) = &mut self.window {
                    window.1.set_cursor_position(Some(position));
                }
                let moved = CursorMoved { window, position, delta: None };
                self.all.write(WindowEvent::CursorMoved(moved.clone()));
                self.moves.write(moved);
            }
            Mouse::Button(state) => {
                let pressed = MouseButtonInput { button: MouseButton::Left, state, window };
                self.all.write(WindowEvent::MouseButtonInput(pressed));
                self.buttons.write(pressed);
            }
        }
    }
}

/// Does what the script says is next.
pub(crate) fn follow(
    mut script: ResMut<Script>,
    mut desk: ResMut<Desk>,
    time: Res<Time<Real>>,
    mut hands: Hands,
) {
    if let Some(mouse) = script.mouse.pop_front() {
        return hands.mouse(mouse);
    }
    let Some(step) = script.steps.front().cloned() else {
        script.over = true;
        return;
    };
    match step {
        ScriptStep::Wait(secs) => {
            script.waited += time.delta_secs();
            if script.waited < secs {
                return;
            }
            script.waited = 0.0;
        }
        ScriptStep::Arrive if desk.is_busy() || desk.is_searching() => return,
        ScriptStep::Arrive => {}
        ScriptStep::Reach(secs) if desk.clock.playing && desk.now().secs() < secs => return,
        ScriptStep::Reach(_) => {}
        ScriptStep::Read(text) => {
            script.waited += time.delta_secs();
            let told = desk.messages.iter().any(|message| message.text.contains(&text));
            if !told && script.waited < 60.0 {
                return;
            }
            script.waited = 0.0;
        }
        ScriptStep::Press(press) => type_key(&press, hands.window(), &mut hands.keys),
        ScriptStep::Click(x, y) => script.mouse.extend(click((x, y))),
        ScriptStep::Drag(from, to) => script.mouse.extend(drag(from, to)),
        ScriptStep::Do(action) => desk.ask(action),
        ScriptStep::Tell(path) => script.told = Some(path),
    }
    script.steps.pop_front();
}

fn click((x, y): (f32, f32)) -> [Mouse; 3] {
    [Mouse::To(x, y), Mouse::Button(ButtonState::Pressed), Mouse::Button(ButtonState::Released)]
}

fn drag(from: (f32, f32), to: (f32, f32)) -> Vec<Mouse> {
    let way = (0..=DRAG).map(|step| {
        let share = f32::from(step) / f32::from(DRAG);
        Mouse::To(from.0 + (to.0 - from.0) * share, from.1 + (to.1 - from.1) * share)
    });
    let begin = [Mouse::To(from.0, from.1), Mouse::Button(ButtonState::Pressed)];
    begin.into_iter().chain(way).chain([Mouse::Button(ButtonState::Released)]).collect()
}

/// Presses and releases a key with its modifiers.
fn type_key(press: &str, window: Entity, keys: &mut MessageWriter<KeyboardInput>) {
    // The sign + stands alone and behind modifiers alike.
    let (modifiers, name) = match press.strip_suffix('+') {
        Some(before) => (before.trim_end_matches('+'), "+"),
        None => press.rsplit_once('+').unwrap_or(("", press)),
    };
    let held = modifiers.split('+').filter_map(|modifier| match modifier {
        "Ctrl" => Some((KeyCode::ControlLeft, Key::Control)),
        "Shift" => Some((KeyCode::ShiftLeft, Key::Shift)),
        _ => None,
    });
    let held: Vec<(KeyCode, Key)> = held.collect();
    let (code, key) = named_key(name);
    let all: Vec<(KeyCode, Key)> = held.into_iter().chain([(code, key)]).collect();
    let mut send = |(key_code, logical_key): (KeyCode, Key), state| {
        let text = match &logical_key {
            Key::Character(text) if state == ButtonState::Pressed => Some(text.clone()),
            _ => None,
        };
        keys.write(KeyboardInput { key_code, logical_key, state, text, repeat: false, window });
    };
    all.iter().cloned().for_each(|key| send(key, ButtonState::Pressed));
    all.into_iter().rev().for_each(|key| send(key, ButtonState::Released));
}

fn named_key(name: &str) -> (KeyCode, Key) {
    match name {
        "Space" => (KeyCode::Space, Key::Space),
        "Right" => (KeyCode::ArrowRight, Key::ArrowRight),
        "Left" => (KeyCode::ArrowLeft, Key::ArrowLeft),
        "Home" => (KeyCode::Home, Key::Home),
        "Esc" => (KeyCode::Escape, Key::Escape),
        "Enter" => (KeyCode::Enter, Key::Enter),
        "F12" => (KeyCode::F12, Key::F12),
        // Which key bears a sign depends on the keyboard; the window goes by the sign.
        sign => (KeyCode::F35, Key::Character(sign.to_lowercase().as_str().into())),
    }
}

/// Writes a report about the desk to the file that the script names.
pub(crate) fn report(world: &mut World) {
    let Some(path) = world.resource_mut::<Script>().told.take() else { return };
    world.resource_scope(|world, mut desk: Mut<Desk>| {
        desk.refresh_figures(world);
        tell(&mut desk, &path);
    });
}

fn tell(desk: &mut Desk, path: &std::path::Path) {
    let last = desk.leading();
    let told = ScriptReport {
        now_s: desk.now().secs(),
        playing: desk.clock.playing,
        shift: last.and_then(|side| Some(side.hours()?.words_at(side.twin.now()))),
        chosen: desk.chosen.clone(),
        sides: desk.sides.iter().map(|side| (side.line().name.clone(), side.edits.sets())).collect(),
        figures: last.map_or_else(Vec::new, |side| {
            side.figures.iter().map(|(kpi, value)| (kpi.name.to_owned(), *value)).collect()
        }),
        events: last.map_or(0, |side| side.twin.events()),
        messages: desk.messages.iter().map(|message| message.text.clone()).collect(),
        part_s: desk.divergence.as_ref().and_then(|divergence| Some(divergence.found()?.time.secs())),
        replications: desk.found.as_ref().map(|found| found.replications),
    };
    let text = ron::ser::to_string_pretty(&told, ron::ser::PrettyConfig::default());
    let written = text
        .map_err(|error| error.to_string())
        .and_then(|text| std::fs::write(path, text).map_err(|error| error.to_string()));
    if let Err(error) = written {
        desk.messages.push(crate::desk::Message::wrong(format!("{}: {error}", path.display()), ""));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_is_read_as_it_is_written() {
        let text = r#"[Press("Ctrl+Z"), Do(GoTo("2 h")), Arrive, Drag((1, 2), (3, 4)), Do(Choose(Some("weld"))), Wait(0.5)]"#;
        let script = Script::read(text).expect("a script");
        assert_eq!(script.steps.len(), 6);
        assert_eq!(script.steps[0], ScriptStep::Press("Ctrl+Z".into()));
        assert_eq!(script.steps[4], ScriptStep::Do(Action::Choose(Some("weld".into()))));
        assert!(Script::read("[Jump]").expect_err("no step").contains("Jump"));
    }
}
