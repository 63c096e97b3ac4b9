//! What the panels say of shifts and closed time, in a line with calendars and in one without.

use super::panel_tests::{desk, words};
use super::{bar, calendar, instruments, timeline};
use crate::desk::Desk;
use crate::desk::action::Action;
use bevy::ecs::prelude::World;

fn shifts() -> (World, Desk) {
    let (mut world, mut desk) = desk(&["../examples/shifts.ron"]);
    // A Monday at noon.
    desk.act(&mut world, Action::GoTo("2026-04-20 12:30".to_owned()));
    desk.catch_up(&mut world);
    (world, desk)
}

fn says(words: &[String], expected: &str) -> bool {
    words.iter().any(|word| word.contains(expected))
}

#[test]
fn the_bar_says_which_shift_is_there() {
    let (mut world, mut desk) = shifts();
    assert!(says(&words(|ui| bar::show(ui, &mut desk)), "early"));
    desk.act(&mut world, Action::GoTo("2026-04-20 23:00".to_owned()));
    desk.catch_up(&mut world);
    assert!(says(&words(|ui| bar::show(ui, &mut desk)), "closed"));
}

#[test]
fn the_calendar_shows_the_hours_of_the_day_the_changes_and_the_weeks() {
    let (_world, mut desk) = shifts();
    let words = words(|ui| calendar::show(ui, &mut desk));
    for expected in [
        "two shifts",
        "Asia/Shanghai",
        "Mon 20 Apr 2026",
        "now early",
        "early: 06:00-14:00; breaks 09:00-09:15, 11:30-12:00",
        "late: 14:00-22:00",
        "Mon 20 Apr 14:00",
        "early ends, late begins",
        "break of late",
        "closed by a date or a file",
        "Apr",
    ] {
        assert!(says(&words, expected), "{expected}: {words:?}");
    }
}

#[test]
fn an_element_without_hours_is_said_to_work_around_the_clock() {
    let (mut world, mut desk) = shifts();
    desk.act(&mut world, Action::Choose(Some("oven".to_owned())));
    let words = words(|ui| calendar::show(ui, &mut desk));
    assert!(says(&words, "oven") && says(&words, "always") && says(&words, "early: "), "{words:?}");
}

#[test]
fn the_timeline_names_the_shifts_where_they_fit() {
    let (_world, mut desk) = shifts();
    let words = words(|ui| timeline::show(ui, &mut desk));
    // Three weeks on 240 points have no room for a name.
    assert!(says(&words, "two shifts") && !says(&words, "early"), "{words:?}");

    let folder = tempfile::tempdir().unwrap();
    let short = folder.path().join("short.ron");
    let base = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("scenes/examples/shifts.ron");
    let run = r#""run.warm_up": "0 s", "run.length": "1 d""#;
    let text =
        format!(r#"Upgrade(name: "short", base: {base:?}, changes: [(name: "short", set: {{ {run} }})])"#);
    std::fs::write(&short, text).unwrap();
    let (_world, mut desk) = self::desk(&[short.to_str().unwrap()]);
    let words = self::words(|ui| timeline::show(ui, &mut desk));
    assert!(says(&words, "early") && says(&words, "late"), "{words:?}");
}

#[test]
fn a_line_without_a_calendar_shows_nothing_of_it() {
    let (_world, mut desk) = desk(&["before.ron"]);
    let panels: [fn(&mut bevy_egui::egui::Ui, &mut Desk); 3] = [bar::show, timeline::show, instruments::show];
    for panel in panels {
        let words = words(|ui| panel(ui, &mut desk));
        for word in ["closed", "shift", "calendar"] {
            assert!(!says(&words, word), "{words:?}");
        }
    }
}
