//! Changes at the desk: made, taken back, saved, refused, and tried beside the future without them.

use super::action::Action;
use super::desk_tests::{DeskAlone, DeskFolder, FRAME, LINE, act, at};
use crate::kernel::Time;
use crate::line;
use crate::stage::Arrangement;

#[test]
fn a_change_is_made_taken_back_and_saved_as_an_upgrade_that_is_the_line_that_was_tried() {
    let folder = DeskFolder::new();
    let mut desk = folder.desk(&["line.ron"]);
    at(&mut desk, "2 h");
    act(&mut desk, Action::Set("rack.capacity".into(), "12".into()));
    act(&mut desk, Action::Set("weld.cycle".into(), "Gamma(mean: \"50 s\", cv: 0.1)".into()));
    act(&mut desk, Action::Set("cut.cycle.mean".into(), "55 s".into()));
    assert_eq!(desk.now(), Time::from_secs(7200.0));
    assert_eq!(desk.sides[0].edits.list()[2].before, "62 s");
    act(&mut desk, Action::Undo);
    act(&mut desk, Action::Rename(0, "wider rack".into()));
    let saved = folder.file("my_upgrade.ron");
    act(&mut desk, Action::Save(saved.clone()));
    assert!(desk.messages.iter().all(|message| !message.wrong), "{:?}", desk.messages);

    let text = std::fs::read_to_string(&saved).unwrap();
    assert!(text.contains("name: \"my upgrade\"") && text.contains("base: \"line.ron\""), "{text}");
    assert!(text.contains("name: \"wider rack\"") && text.contains("\"rack.capacity\": 12"), "{text}");
    let line = line::read(&saved, &[]).map_err(|rejected| rejected.render(false)).unwrap();
    let tried = &desk.sides[0].edits.phases().map_err(|rejected| rejected.render(false)).unwrap();
    let tried = &tried.last().unwrap().line;
    assert!(line.elements.iter().zip(&tried.elements).all(|(one, other)| one.prototype == other.prototype));
    assert_eq!(line.changes.len(), 2);
}

#[test]
fn nothing_is_saved_over_a_file_that_is_read_nor_into_a_folder_that_is_not_there() {
    let folder = DeskFolder::new();
    let mut desk = folder.desk(&["line.ron"]);
    act(&mut desk, Action::Save(folder.file("a.ron")));
    assert!(desk.messages.pop().unwrap().text.contains("no change"));
    act(&mut desk, Action::Set("rack.capacity".into(), "9".into()));
    act(&mut desk, Action::Save(folder.file("line.ron")));
    assert!(desk.messages.pop().unwrap().text.contains("is read from"));
    act(&mut desk, Action::Save(folder.file("nowhere/a.ron")));
    let message = desk.messages.pop().unwrap();
    assert!(message.wrong && message.help.contains("folder"), "{message:?}");
    assert_eq!(std::fs::read_to_string(folder.file("line.ron")).unwrap(), LINE);
}

#[test]
fn a_wrong_change_is_told_as_in_a_file_and_the_run_goes_on() {
    let folder = DeskFolder::new();
    let mut desk = folder.desk(&["line.ron"]);
    at(&mut desk, "1 h");
    act(&mut desk, Action::Set("rack.capacity".into(), "a lot".into()));
    let message = desk.messages.pop().unwrap();
    assert!(message.wrong && message.place.starts_with("--set"), "{message:?}");
    act(&mut desk, Action::Set("rak.capacity".into(), "4".into()));
    let message = desk.messages.pop().unwrap();
    assert!(message.help.contains("rack"), "{message:?}");
    assert!(desk.sides[0].edits.list().is_empty() && desk.now() == Time::from_secs(3600.0));
}

#[test]
fn two_futures_share_the_past_and_one_of_them_is_kept() {
    let folder = DeskFolder::new();
    let mut desk = folder.desk(&["line.ron"]);
    at(&mut desk, "3 h");
    act(&mut desk, Action::Branch("weld.cycle".into(), "20 s".into()));
    assert_eq!(desk.sides.len(), 2);
    assert_eq!(desk.sides[0].twin.records(), desk.sides[1].twin.records());
    at(&mut desk, "5 h");
    let delivered = |desk: &DeskAlone, side: usize| desk.sides[side].twin.records().line.delivered;
    assert!(delivered(&desk, 1) > delivered(&desk, 0));
    while desk.divergence.as_ref().is_some_and(|divergence| divergence.found().is_none()) {
        desk.go_on(FRAME);
    }
    let parted = desk.divergence.as_ref().unwrap().found().unwrap().time;
    assert!(parted >= Time::from_secs(3.0 * 3600.0), "{parted:?}");
    assert!(desk.messages.iter().any(|message| message.text.contains("the futures part at")));
    act(&mut desk, Action::Keep(1));
    assert_eq!((desk.sides.len(), desk.sides[0].edits.list().len()), (1, 1));
    assert_eq!(desk.arrangement, Arrangement::Single(0));
}
