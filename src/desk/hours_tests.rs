//! The jumps from shift to shift, and the clock of a line with a time zone.

use super::action::{Action, Panel};
use super::desk_tests::{DeskAlone, DeskFolder, LINE, act, at};
use super::text;

/// The line of the other tests with a day shift, and a crew with nights. It starts on the Saturday before daylight saving begins.
fn with_shifts(of_line: &str) -> (DeskFolder, DeskAlone) {
    let folder = DeskFolder::new();
    let run = format!(
        r#"start: "2026-03-28 00:00", zone: "Europe/Berlin", {of_line} warm_up: "1 h", length: "71 h""#
    );
    let calendars = r#"calendars: {
            "days": (shifts: { "day": (hours: "06:00-18:00", breaks: ["12:00-12:30"]) }),
            "nights": (shifts: { "night": (hours: "22:00-06:00") }),
        },
        products:"#;
    let text = LINE
        .replace(r#"start: "2026-03-02 08:00", warm_up: "1 h", length: "7 h""#, &run)
        .replace("products:", calendars)
        .replace("Source()", r#"Source(calendar: "nights")"#);
    std::fs::write(folder.file("shifts.ron"), text).unwrap();
    let desk = folder.desk(&["shifts.ron"]);
    (folder, desk)
}

const OF_LINE: &str = r#"calendar: "days","#;

fn hours(desk: &DeskAlone) -> f64 {
    desk.now().secs() / 3600.0
}

#[test]
fn jumps_lead_to_the_beginnings_of_the_shifts_of_the_line_and_back() {
    let (_folder, mut desk) = with_shifts(OF_LINE);
    let mut forward = Vec::new();
    for _ in 0..3 {
        desk.press("N");
        desk.catch_up();
        forward.push((hours(&desk), text::clock(desk.sides[0].line(), desk.now())));
    }
    // The first night lasts eleven hours by the clock that jumps from two to three.
    let expected = [6.0, 29.0, 53.0].map(|hours| (hours, "06:00".to_owned()));
    assert_eq!(forward, expected);
    act(&mut desk, Action::NextShift);
    assert_eq!(hours(&desk), 53.0, "no other shift begins before the end");
    let told = desk.messages.last().unwrap();
    assert!(!told.wrong && told.text.contains("no other shift begins"), "{told:?}");
    for expected in [29.0, 6.0, 0.0] {
        desk.press("Shift+N");
        desk.catch_up();
        assert_eq!(hours(&desk), expected);
    }
}

#[test]
fn the_chosen_element_has_jumps_of_its_own() {
    let (_folder, mut desk) = with_shifts(OF_LINE);
    act(&mut desk, Action::Choose(Some("sheets".into())));
    act(&mut desk, Action::NextShift);
    assert_eq!(hours(&desk), 22.0);
    act(&mut desk, Action::Choose(Some("rack".into())));
    act(&mut desk, Action::NextShift);
    assert_eq!(hours(&desk), 29.0, "a buffer has no hours, so those of the line count");
}

#[test]
fn a_clock_that_jumps_is_shown_and_found() {
    let (_folder, mut desk) = with_shifts(OF_LINE);
    at(&mut desk, "2026-03-29 06:00");
    assert_eq!(hours(&desk), 29.0);
    assert_eq!(text::date_and_clock(desk.sides[0].line(), desk.now()), "Sun 29 Mar 06:00:00");
    at(&mut desk, "1:30");
    assert_eq!(hours(&desk), 25.5, "on the day that is shown");
}

#[test]
fn a_line_without_hours_of_its_own_says_so_and_stays() {
    let (_folder, mut desk) = with_shifts("");
    act(&mut desk, Action::NextShift);
    assert_eq!(hours(&desk), 0.0);
    assert!(desk.messages[0].text.contains("choose an element"), "{:?}", desk.messages);
    act(&mut desk, Action::Panel(Panel::Calendar));
    assert!(desk.memory.is_open(Panel::Calendar), "its source has a calendar");

    let folder = DeskFolder::new();
    let mut plain = folder.desk(&["line.ron"]);
    act(&mut plain, Action::LastShift);
    act(&mut plain, Action::Panel(Panel::Calendar));
    assert!(!plain.memory.is_open(Panel::Calendar));
    assert!(plain.messages.iter().all(|message| !message.wrong && message.text.contains("`calendars`")));
    assert_eq!(plain.messages.len(), 2);
}
