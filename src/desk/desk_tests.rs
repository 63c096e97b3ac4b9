//! The desk without a window: what every wish does.

use super::Desk;
use super::action::{Action, Panel};
use super::keys;
use super::memory::Memory;
use crate::event::{LineEvent, Listener};
use crate::kernel::Time;
use crate::line;
use crate::stage::Arrangement;
use crate::study::{self, Overrides, StudyPlan, Watch};
use crate::twin::Trouble;
use bevy::ecs::prelude::World;
use std::ops::{Deref, DerefMut};
use std::path::{Path, PathBuf};

pub(super) const LINE: &str = r#"Line(
    name: "cut and weld",
    run: (start: "2026-03-02 08:00", warm_up: "1 h", length: "7 h", replications: 4, seed: 3),
    products: { "panel": () },
    elements: {
        "sheets": Source(),
        "cut": Machine(cycle: Gamma(mean: "62 s", cv: 0.25), power: (working: "3 kW", idle: "1 kW")),
        "rack": Buffer(capacity: 4),
        "weld": Machine(
            cycle: Constant("58 s"),
            breakdowns: [(after: Exponential("1 h"), repair: Exponential("4 min"))],
            power: (working: "18 kW", idle: "5 kW"),
        ),
        "shop": Sink(),
    },
    flow: ["sheets -> cut -> rack -> weld -> shop"],
)"#;

pub(super) const UPGRADE: &str =
    r#"Upgrade(name: "wider", base: "line.ron", changes: [(name: "rack", set: { "rack.capacity": 20 })])"#;

/// From one frame to the next, in seconds.
pub(super) const FRAME: f64 = 1.0 / 60.0;

pub(super) struct DeskFolder(tempfile::TempDir);

impl DeskFolder {
    pub(super) fn new() -> DeskFolder {
        let folder = DeskFolder(tempfile::tempdir().unwrap());
        std::fs::write(folder.file("line.ron"), LINE).unwrap();
        std::fs::write(folder.file("upgrade.ron"), UPGRADE).unwrap();
        folder
    }

    pub(super) fn file(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(super) fn desk(&self, names: &[&str]) -> DeskAlone {
        let paths: Vec<PathBuf> = names.iter().map(|name| self.file(name)).collect();
        DeskAlone::open(&paths)
    }
}

/// A desk and the world in which its lines live.
pub(super) struct DeskAlone {
    world: World,
    desk: Desk,
}

impl DeskAlone {
    pub(super) fn open(paths: &[PathBuf]) -> DeskAlone {
        let mut world = World::new();
        let desk = Desk::open(&mut world, paths, Memory::default());
        let desk = desk.map_err(|rejected| rejected.render(false)).unwrap();
        DeskAlone { world, desk }
    }

    fn act(&mut self, action: Action) {
        self.desk.act(&mut self.world, action);
    }

    pub(super) fn press(&mut self, press: &str) {
        keys::press(&mut self.desk, press);
        self.desk.act_as_asked(&mut self.world);
    }

    pub(super) fn go_on(&mut self, frame_secs: f64) {
        self.desk.go_on(&mut self.world, frame_secs);
    }

    pub(super) fn catch_up(&mut self) {
        self.desk.catch_up(&mut self.world);
    }

    pub(super) fn reload(&mut self) {
        self.desk.reload(&mut self.world);
    }
}

impl Deref for DeskAlone {
    type Target = Desk;

    fn deref(&self) -> &Desk {
        &self.desk
    }
}

impl DerefMut for DeskAlone {
    fn deref_mut(&mut self) -> &mut Desk {
        &mut self.desk
    }
}

pub(super) fn act(desk: &mut DeskAlone, action: Action) {
    desk.act(action);
    desk.catch_up();
}

pub(super) fn at(desk: &mut DeskAlone, time: &str) {
    act(desk, Action::GoTo(time.into()));
}

#[derive(Default)]
struct Tape(Vec<LineEvent>);

impl Listener for Tape {
    fn on_event(&mut self, event: LineEvent) {
        self.0.push(event);
    }
}

#[test]
fn playing_leads_as_far_as_the_speed_says_and_ends_with_the_run() {
    let folder = DeskFolder::new();
    let mut desk = folder.desk(&["line.ron"]);
    desk.act(Action::PlayOrPause);
    for _ in 0..60 {
        desk.go_on(FRAME);
        desk.catch_up();
    }
    assert!((desk.now().secs() - 60.0).abs() < 0.01, "{:?}", desk.now());
    desk.act(Action::Speed(100_000.0));
    for _ in 0..60 {
        desk.go_on(FRAME);
        desk.catch_up();
    }
    assert_eq!((desk.now(), desk.clock.playing), (Time::from_secs(8.0 * 3600.0), false));
    desk.act(Action::PlayOrPause);
    desk.catch_up();
    assert_eq!((desk.now(), desk.clock.playing), (Time::ZERO, true), "it begins again");
}

#[test]
fn the_journal_of_a_session_is_that_of_the_terminal() {
    let folder = DeskFolder::new();
    let line = line::read(&folder.file("line.ron"), &[]).map_err(|rejected| rejected.render(false)).unwrap();
    let mut expected = Tape::default();
    let plan = StudyPlan::of(&line, &Overrides::default());
    study::narrate(&line, &plan, 0, Time::from_secs(3600.0), &mut expected).unwrap();
    for frames_a_second in [7.0, 60.0, 144.0] {
        let mut desk = folder.desk(&["line.ron"]);
        let DeskAlone { world, desk: table } = &mut desk;
        table.sides[0].twin.keep_tape(world);
        let mut heard = Vec::new();
        let mut collect = |desk: &mut DeskAlone| {
            let (facts, from_zero) = desk.sides[0].twin.take_tape();
            if from_zero {
                heard.clear();
            }
            heard.extend(facts);
        };
        desk.act(Action::Speed(7200.0));
        desk.act(Action::PlayOrPause);
        for frame in 0..4000 {
            match frame {
                100 => desk.act(Action::Seek(900.0)),
                120 => act(&mut desk, Action::NextTrouble(Trouble::Breakdown)),
                130 => act(&mut desk, Action::Back),
                140 => desk.act(Action::PlayOrPause),
                200 => desk.act(Action::AsFastAsItGoes(true)),
                _ => {}
            }
            desk.go_on(1.0 / frames_a_second);
            collect(&mut desk);
        }
        act(&mut desk, Action::Seek(1e9));
        collect(&mut desk);
        assert!(heard == expected.0, "{frames_a_second} frames a second");
    }
}

#[test]
fn a_search_stays_with_the_chosen_element_and_takes_both_sides_along() {
    let folder = DeskFolder::new();
    let mut desk = folder.desk(&["line.ron", "upgrade.ron"]);
    assert_eq!(desk.arrangement, Arrangement::Split);
    act(&mut desk, Action::Choose(Some("weld".into())));
    act(&mut desk, Action::NextTrouble(Trouble::Breakdown));
    let weld = desk.chosen_on(1).unwrap();
    assert_eq!(desk.sides[1].twin.timeline(weld).at(desk.now()).unwrap().name(), "failed");
    assert_eq!(desk.sides[0].twin.now(), desk.sides[1].twin.now(), "on one clock");
    let found = desk.now();
    act(&mut desk, Action::Forward);
    act(&mut desk, Action::Back);
    act(&mut desk, Action::LastTrouble(Trouble::Breakdown));
    assert!(desk.now() < found);
    assert!(desk.messages.is_empty(), "{:?}", desk.messages);
}

#[test]
fn a_file_that_changes_on_disk_is_read_again_and_a_broken_one_leaves_the_last_good_line() {
    let folder = DeskFolder::new();
    let mut desk = folder.desk(&["line.ron"]);
    at(&mut desk, "2 h");
    act(&mut desk, Action::Set("cut.cycle.mean".into(), "40 s".into()));
    std::fs::write(folder.file("line.ron"), LINE.replace("capacity: 4", "capacity: 4 4")).unwrap();
    desk.reload();
    let message = desk.messages.last().unwrap();
    assert!(message.wrong && message.place.starts_with("line.ron:8:"), "{message:?}");
    assert_eq!(desk.sides[0].scenery.standings[2].capacity, Some(4));
    std::fs::write(folder.file("line.ron"), LINE.replace("capacity: 4", "capacity: 7")).unwrap();
    desk.reload();
    desk.catch_up();
    assert!(desk.messages.iter().all(|message| !message.wrong), "{:?}", desk.messages);
    assert_eq!(desk.sides[0].scenery.standings[2].capacity, Some(7));
    assert_eq!((desk.now(), desk.sides[0].edits.list().len()), (Time::from_secs(7200.0), 1));
}

#[test]
fn a_part_of_a_line_that_stands_still_is_told_of_once() {
    let folder = DeskFolder::new();
    let flow = r#""sheets -> cut -> weld", "weld -> cut 50 %", "weld -> rack 50 %", "rack -> shop""#;
    let text = LINE.replace(
        r#""sheets -> cut -> rack -> weld -> shop""#,
        &format!(r#"{flow}, "more -> press -> shop""#),
    );
    let text = text
        .replace(r#""shop": Sink()"#, r#""shop": Sink(), "more": Source(), "press": Machine(cycle: "9 s")"#);
    std::fs::write(folder.file("half.ron"), text).unwrap();
    let mut desk = folder.desk(&["half.ron"]);
    at(&mut desk, "4 h");
    (0..3).for_each(|_| desk.go_on(FRAME));
    let told =
        desk.messages.iter().filter(|message| message.text.starts_with("a part of the line stands still"));
    assert_eq!(told.count(), 1, "{:?}", desk.messages);
}

#[test]
fn another_file_takes_the_place_and_a_wrong_one_does_not() {
    let folder = DeskFolder::new();
    let mut desk = folder.desk(&["line.ron"]);
    let wrong = folder.file("wrong.ron");
    std::fs::write(&wrong, "Line(").unwrap();
    act(&mut desk, Action::Open(wrong));
    assert!(
        desk.messages.last().is_some_and(|message| message.wrong && message.place.starts_with("wrong.ron:"))
    );
    act(&mut desk, Action::Open(folder.file("nowhere.ron")));
    assert_eq!(desk.sides[0].line().name, "cut and weld");
    at(&mut desk, "1 h");
    act(&mut desk, Action::Compare(folder.file("upgrade.ron")));
    assert_eq!(desk.sides.iter().map(|side| side.twin.now().secs()).collect::<Vec<_>>(), [3600.0, 3600.0]);
    act(&mut desk, Action::Open(folder.file("upgrade.ron")));
    assert_eq!((desk.sides.len(), desk.sides[0].line().name.as_str()), (1, "wider"));
    assert_eq!(desk.memory.recent[0], folder.file("upgrade.ron").canonicalize().unwrap());
}

#[test]
fn the_replications_in_the_background_are_those_of_the_terminal() {
    let folder = DeskFolder::new();
    let mut desk = folder.desk(&["line.ron", "upgrade.ron"]);
    act(&mut desk, Action::Replicate);
    assert!(desk.background.progress().is_some());
    while desk.found.is_none() {
        desk.go_on(FRAME);
        assert!(desk.messages.iter().all(|message| !message.wrong), "{:?}", desk.messages);
    }
    let found = desk.found.as_ref().unwrap();
    let read =
        |name: &str| line::read(&folder.file(name), &[]).map_err(|rejected| rejected.render(false)).unwrap();
    let lines = [read("line.ron"), read("upgrade.ron")];
    let plan = StudyPlan::of(&lines[0], &Overrides::default());
    let studies = study::run_all(&[&lines[0], &lines[1]], &plan, &Watch::nobody()).unwrap();
    for kpi in crate::kpi::ALL {
        for (side, study) in studies.iter().enumerate() {
            assert_eq!(found.interval(side, kpi), study.interval(kpi), "{}", kpi.name);
        }
    }
    assert!(!found.verdicts.is_empty());
    act(&mut desk, Action::Set("rack.capacity".into(), "2".into()));
    assert!(desk.found.is_none(), "they say nothing of the changed line");
}

#[test]
fn curves_are_saved_as_a_table() {
    let folder = DeskFolder::new();
    let mut desk = folder.desk(&["line.ron"]);
    at(&mut desk, "4 h");
    let place = folder.file("curves.csv");
    act(&mut desk, Action::ExportCurves(place.clone()));
    let text = std::fs::read_to_string(place).unwrap();
    assert!(text.starts_with("side,curve,hours,value\nline,throughput_per_h,"), "{}", &text[..80]);
    assert!(text.contains("peak_power_15min_kw") && text.lines().count() > 2000);
}

#[test]
fn an_empty_desk_takes_every_key() {
    let mut desk = DeskAlone::open(&[]);
    for key in keys::KEYS {
        desk.press(key.press);
        desk.go_on(FRAME);
    }
    for action in [
        Action::GoTo("1 h".into()),
        Action::Seek(5.0),
        Action::Set("a.b".into(), "c".into()),
        Action::Keep(0),
        Action::Switch(3),
        Action::Save(Path::new("x.ron").into()),
        Action::Dismiss(7),
        Action::Panel(Panel::Legend),
    ] {
        act(&mut desk, action);
    }
    assert!(desk.done && !Path::new("x.ron").exists());
}

#[test]
fn every_key_does_no_harm_to_a_line() {
    let folder = DeskFolder::new();
    let mut desk = folder.desk(&["line.ron", "upgrade.ron"]);
    at(&mut desk, "2 h");
    for key in keys::KEYS.iter().filter(|key| key.press != "R") {
        desk.press(key.press);
        desk.catch_up();
    }
    assert!(desk.messages.iter().all(|message| !message.wrong), "{:?}", desk.messages);
}
