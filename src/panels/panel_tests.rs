//! The panels are drawn without a window, over scenes that the repository has, with and without a choice.

use super::{bar, counters, inspector, instruments, timeline};
use crate::desk::Desk;
use crate::desk::action::Action;
use crate::desk::memory::Memory;
use bevy::ecs::prelude::World;
use bevy_egui::egui::{
    Context, Event, Modifiers, PointerButton, Pos2, RawInput, Rect, Shape, Ui, pos2, vec2,
};
use std::path::PathBuf;

/// A desk, and the world in which its lines live.
pub(super) fn desk(files: &[&str]) -> (World, Desk) {
    let (mut world, scenes) =
        (World::new(), PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("scenes").join("range_hoods"));
    let paths: Vec<PathBuf> = files.iter().map(|file| scenes.join(file)).collect();
    let desk = Desk::open(&mut world, &paths, Memory::default());
    let desk = desk.map_err(|rejected| rejected.render(false)).expect("a desk");
    (world, desk)
}

/// One frame of a panel; how many shapes were painted.
fn frame(context: &Context, time: f64, events: Vec<Event>, mut draw: impl FnMut(&mut Ui)) -> usize {
    let screen_rect = Some(Rect::from_min_size(Pos2::ZERO, vec2(900.0, 400.0)));
    let input = RawInput { screen_rect, time: Some(time), events, ..RawInput::default() };
    let mut output = context.run_ui(input, |ui| draw(ui));
    // No graphics card wants the letters.
    output.textures_delta.clear();
    output.shapes.len()
}

/// What a panel says, once it has settled.
pub(super) fn words(mut draw: impl FnMut(&mut Ui)) -> Vec<String> {
    fn collect(shape: &Shape, words: &mut Vec<String>) {
        match shape {
            Shape::Text(text) => words.push(text.galley.text().to_owned()),
            Shape::Vec(shapes) => shapes.iter().for_each(|shape| collect(shape, words)),
            _ => {}
        }
    }
    let context = Context::default();
    let mut words = Vec::new();
    for nth in 0..3 {
        let screen_rect = Some(Rect::from_min_size(Pos2::ZERO, vec2(400.0, 900.0)));
        let input = RawInput { screen_rect, time: Some(1.0 + f64::from(nth)), ..RawInput::default() };
        let mut output = context.run_ui(input, |ui| draw(ui));
        output.textures_delta.clear();
        words.clear();
        output.shapes.iter().for_each(|clipped| collect(&clipped.shape, &mut words));
    }
    words
}

fn draw_all(desk: &mut Desk) {
    let panels: [fn(&mut Ui, &mut Desk); 5] =
        [timeline::show, instruments::show, inspector::show, counters::show, bar::show];
    for panel in panels {
        let context = Context::default();
        for nth in 0..4 {
            let hover = Event::PointerMoved(pos2(400.0, 20.0 + 40.0 * nth as f32));
            let shapes = frame(&context, 1.0 + f64::from(nth), vec![hover], |ui| panel(ui, desk));
            assert!(shapes > 0, "something is painted");
        }
    }
}

fn anything_of(desk: &Desk) -> Vec<String> {
    desk.sides.iter().flat_map(|side| side.names.iter().cloned()).collect()
}

#[test]
fn the_panels_show_every_element_of_one_line_and_of_two_at_any_time() {
    for files in [&["before.ron"][..], &["before.ron", "upgrade.ron"], &["../examples/shifts.ron"]] {
        let (mut world, mut desk) = desk(files);
        draw_all(&mut desk);
        desk.act(&mut world, Action::Seek(3.0 * 3600.0));
        desk.catch_up(&mut world);
        for name in anything_of(&desk) {
            desk.act(&mut world, Action::Choose(Some(name)));
            draw_all(&mut desk);
        }
        let wrong: Vec<_> = desk.messages.iter().filter(|message| message.wrong).collect();
        assert!(wrong.is_empty(), "{wrong:?}");
    }
}

#[test]
fn what_lends_tells_who_is_at_work_and_nothing_of_parts() {
    for (file, name) in [("robot_zone.ron", "press side"), ("maintenance.ron", "fitter")] {
        let (mut world, mut desk) = desk(&[&format!("../examples/{file}")]);
        desk.act(&mut world, Action::Seek(3.0 * 3600.0));
        desk.catch_up(&mut world);
        desk.act(&mut world, Action::Choose(Some(name.to_owned())));

        let words = words(|ui| inspector::show(ui, &mut desk));

        for expected in ["at work now", "at work on average", "utilisation"] {
            assert!(words.iter().any(|word| word == expected), "{expected}: {words:?}");
        }
        assert!(!words.iter().any(|word| word == "came in" || word.contains("inside")), "{words:?}");
    }
}

#[test]
fn the_panels_say_a_friendly_word_where_no_line_is_open() {
    let (_, mut desk) = desk(&["before.ron"]);
    desk.sides.clear();
    draw_all(&mut desk);
}

#[test]
fn a_press_on_the_timeline_goes_there() {
    let (mut world, mut desk) = desk(&["before.ron"]);
    let context = Context::default();
    let place = pos2(500.0, 100.0);
    let press = Event::PointerButton {
        pos: place,
        button: PointerButton::Primary,
        pressed: true,
        modifiers: Modifiers::NONE,
    };
    for (nth, events) in
        [vec![Event::PointerMoved(place)], vec![], vec![press], vec![]].into_iter().enumerate()
    {
        frame(&context, 1.0 + nth as f64, events, |ui| timeline::show(ui, &mut desk));
    }
    desk.act_as_asked(&mut world);
    desk.catch_up(&mut world);
    let share = desk.now().secs() / desk.end().secs();
    assert!((0.4..0.6).contains(&share), "{share}");
}
