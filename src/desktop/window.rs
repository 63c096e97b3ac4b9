//! The window itself: the app, and the order of what happens in a frame.

use super::files::Files;
use super::refusal::Refusal;
use super::script::{self, Script};
use super::{fill, input};
use crate::app::TaktwinSystems;
use crate::desk::action::{Action, Panel};
use crate::desk::memory::Memory;
use crate::desk::{self, Desk, DeskPlugin, Message, save, scenes};
use crate::drawing::app;
use crate::drawing::camera::{CameraView, Follow};
use crate::drawing::frame::DrawingSystems;
use crate::drawing::orbit::{self, Clicked};
use crate::drawing::pick::PickedObject;
use crate::drawing::shots;
use crate::drawing::show::Show;
use crate::event::Slot;
use crate::panels::screen;
use bevy::app::AppExit;
use bevy::prelude::*;
use bevy_egui::{EguiPreUpdateSet, EguiPrimaryContextPass};
use std::collections::VecDeque;
use std::path::PathBuf;

/// What to open.
#[derive(Clone, Debug, Default)]
pub struct ViewOrder {
    /// A line, or one before and one after; none for what was open last.
    pub paths: Vec<PathBuf>,
    /// Where to begin, as people write a time.
    pub at: Option<String>,
    /// A script of inputs to follow.
    pub script: Option<PathBuf>,
}

/// Pictures of the window that were asked for and have not come yet.
#[derive(Resource, Default)]
struct WindowRequest(VecDeque<PathBuf>);

/// Whether the window ends with its script.
#[derive(Resource)]
struct EndsWithScript(bool);

/// Opens the window; it returns when the window is shut.
pub fn view(order: &ViewOrder) -> Result<(), Refusal> {
    let place = if order.script.is_some() { None } else { Memory::place() };
    let memory = Memory::read(place.as_deref());
    let mut app = App::new();
    let world = app.world_mut();
    let mut desk = desk(world, order, memory)?;
    if let Some(at) = &order.at {
        begin_at(world, &mut desk, at)?;
    }
    let script = script(order)?;
    let title = desk.leading().map_or("Taktwin".to_owned(), |side| format!("Taktwin: {}", side.line().name));
    let size = UVec2::from(desk.memory.window).clamp(UVec2::new(640, 400), UVec2::new(7680, 4320));
    app::with_window(&mut app, &title, size)?;
    app.insert_resource(EndsWithScript(order.script.is_some())).insert_resource(script);
    app.insert_resource(desk);
    add_systems(&mut app);
    app.add_systems(Last, move |desk: Res<Desk>, exits: MessageReader<AppExit>| {
        if !exits.is_empty() && place.is_some() {
            desk.memory.keep(place.as_deref());
        }
    });
    match app.run() {
        AppExit::Success => Ok(()),
        AppExit::Error(code) => Err(Refusal::new(
            format!("the window ended with code {code}"),
            "start it again; if it ends again, write to us",
        )),
    }
}

fn desk(world: &mut World, order: &ViewOrder, memory: Memory) -> Result<Desk, Refusal> {
    if !order.paths.is_empty() {
        return Ok(Desk::open(world, &order.paths, memory)?);
    }
    let first = scenes::first_files(&memory.recent);
    let mut desk = match Desk::open(world, &first, memory.clone()) {
        Ok(desk) => desk,
        // A recent file that is no longer in order does not keep the window shut.
        Err(rejected) => {
            let mut empty = Desk::open(world, &[], memory)?;
            empty.messages.push(Message::rejected(&rejected));
            empty
        }
    };
    if !desk.memory.is_open(Panel::Welcome) {
        desk.act(world, Action::Panel(Panel::Welcome));
    }
    Ok(desk)
}

/// Goes to an instant before the first frame.
pub(super) fn begin_at(world: &mut World, desk: &mut Desk, at: &str) -> Result<(), Refusal> {
    desk.act(world, Action::GoTo(at.to_owned()));
    match desk.messages.pop() {
        Some(message) => Err(Refusal::new(message.text, message.help)),
        None => {
            desk.catch_up(world);
            Ok(())
        }
    }
}

fn script(order: &ViewOrder) -> Result<Script, Refusal> {
    let Some(path) = &order.script else { return Ok(Script::default()) };
    let shown = path.display();
    let text = std::fs::read_to_string(path).map_err(|error| {
        Refusal::new(format!("the script {shown} cannot be read: {error}"), "give its path")
    })?;
    let remedy = "a script is a list of steps, such as [Press(\"Space\"), Wait(2.0), Do(Picture(\"a.png\"))]";
    Script::read(&text).map_err(|wrong| Refusal::new(format!("{shown}:{wrong}"), remedy))
}

/// Everything that a window has beside the drawing.
fn add_systems(app: &mut App) {
    app.add_plugins(DeskPlugin).init_resource::<Files>().init_resource::<WindowRequest>();
    app.add_systems(
        PreUpdate,
        (
            (input::read_keys, input::read_drops, input::read_closing)
                .chain()
                .after(EguiPreUpdateSet::ProcessInput)
                .before(TaktwinSystems::Advance),
            attend_files.in_set(TaktwinSystems::Advance).after(desk::act_as_asked).before(desk::go_on),
        ),
    );
    app.add_systems(
        Update,
        (
            (script::follow, script::report).chain().in_set(DrawingSystems::Input),
            (choose, note_size, handle_view_actions, fill::fill).chain().in_set(DrawingSystems::Fill),
        ),
    );
    app.add_systems(EguiPrimaryContextPass, screen::draw.after(DrawingSystems::Labels));
    app.add_systems(PostUpdate, (take_pictures, leave).chain());
}

/// What was clicked is chosen; a part is followed.
fn choose(
    mut clicks: MessageReader<Clicked>,
    mut desk: ResMut<Desk>,
    mut view: ResMut<CameraView>,
    show: Res<Show>,
) {
    let name = |side: usize, slot: Slot| show.sides.get(side)?.names.get(slot.index()).cloned();
    for click in clicks.read() {
        match click.hit {
            Some(PickedObject::Element(side, slot)) => desk.ask(Action::Choose(name(side, slot))),
            Some(PickedObject::Part(side, serial)) => view.follow = Some(Follow::Part(side, serial)),
            None => {}
        }
    }
}

fn attend_files(world: &mut World) {
    world.resource_scope(|world, mut files: Mut<Files>| {
        world.resource_scope(|world, mut desk: Mut<Desk>| files.attend(world, &mut desk));
    });
}

/// The next window will be as large as this one.
fn note_size(mut desk: ResMut<Desk>, window: Option<Single<&Window>>) {
    if let Some(window) = window {
        desk.memory.window = (window.width() as u32, window.height() as u32);
    }
}

/// Does what the desk leaves to others.
fn handle_view_actions(
    mut desk: ResMut<Desk>,
    mut view: ResMut<CameraView>,
    mut wanted: ResMut<WindowRequest>,
    files: Res<Files>,
    show: Res<Show>,
) {
    for action in std::mem::take(&mut desk.pending) {
        match action {
            Action::TopView => view.top(),
            Action::Home => view.home(),
            Action::Frame => orbit::frame_selected(&show, &mut view),
            Action::Follow => {
                let side = desk.sides.len().saturating_sub(1);
                let chosen = desk.chosen_on(side).map(|slot| Follow::Element(side, slot));
                view.follow = if view.follow.is_some() { None } else { chosen };
            }
            Action::Picture(path) => wanted.0.push_back(path.unwrap_or_else(|| picture_place(&desk))),
            Action::SaveAs | Action::OpenDialog | Action::CompareDialog => files.ask(&action, &desk),
            _ => {}
        }
    }
}

/// The default file of a picture: in the user's pictures folder, named after the line and its clock.
fn picture_place(desk: &Desk) -> PathBuf {
    let folder = dirs::picture_dir().filter(|folder| folder.is_dir()).unwrap_or_else(|| PathBuf::from("."));
    let Some(side) = desk.leading() else { return folder.join("taktwin.png") };
    let clock = crate::desk::text::date_and_clock(side.line(), side.twin.now()).replace([' ', ':'], "-");
    let letters = |letter: char| if letter.is_alphanumeric() { letter.to_ascii_lowercase() } else { '-' };
    let name: String = side.line().name.chars().take(40).map(letters).collect();
    folder.join(format!("{name}-{clock}.png"))
}

/// Takes the pictures that were asked for, one after the other.
fn take_pictures(world: &mut World) {
    if let Some(picture) = shots::collect(world) {
        let Some(path) = world.resource_mut::<WindowRequest>().0.pop_front() else { return };
        let unwritable =
            |error: std::io::Error| Message::wrong(format!("the picture is no PNG: {error}"), "");
        let saved = shots::png(&picture).map_err(unwritable).and_then(|png| save::whole(&path, &png));
        let told = || Message::done(format!("the picture is saved in {}", path.display()));
        let message = saved.map_or_else(|message| message, |()| told());
        world.resource_mut::<Desk>().messages.push(message);
        world.remove_resource::<Asked>();
    }
    if !world.resource::<WindowRequest>().0.is_empty() && !world.contains_resource::<Asked>() {
        world.insert_resource(Asked);
        shots::ask(world);
    }
}

/// A picture was asked for and has not come yet.
#[derive(Resource)]
struct Asked;

/// Leaves when that is wanted, or when the script is over and every picture has come.
fn leave(
    desk: Res<Desk>,
    script: Res<Script>,
    ends: Res<EndsWithScript>,
    wanted: Res<WindowRequest>,
    mut exit: MessageWriter<AppExit>,
) {
    let over = ends.0 && script.is_over() && wanted.0.is_empty() && desk.has_done_all();
    if desk.done || over {
        exit.write(AppExit::Success);
    }
}
