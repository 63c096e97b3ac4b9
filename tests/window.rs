//! The window and the pictures as their user has them: the program itself, under a virtual display and without any.
//!
//! It needs a Vulkan driver (lavapipe will do) and `xvfb-run`; the script of the continuous integration installs both.
#![cfg(feature = "desktop")]

use image::{GenericImageView, RgbaImage};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::Duration;
use tempfile::TempDir;

const PROGRAM: &str = env!("CARGO_BIN_EXE_taktwin");
const HOODS: [&str; 2] = ["scenes/range_hoods/before.ron", "scenes/range_hoods/upgrade.ron"];
const BODIES: [&str; 2] = ["scenes/body_in_white/before.ron", "scenes/body_in_white/upgrade.ron"];

const ROBOTS: [&str; 1] = ["scenes/examples/robot_cell.ron"];

fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn taktwin(arguments: &[&str]) -> Output {
    let mut command = Command::new(PROGRAM);
    command.current_dir(env!("CARGO_MANIFEST_DIR")).args(arguments).output().expect("the program starts")
}

/// Starts the window under a virtual display with a script.
fn window(folder: &TempDir, files: &[&str], script: &str) -> Command {
    let path = folder.path().join("script.ron");
    fs::write(&path, script).expect("a script");
    let mut command = Command::new("xvfb-run");
    // A display that begins anew when its first client leaves refuses whoever comes meanwhile.
    command.args(["-a", "-s", "-screen 0 1440x900x24 -noreset", PROGRAM, "view"]);
    command.args(files.iter().map(|file| repository(file))).arg("--script").arg(path);
    command.env("XDG_CONFIG_HOME", folder.path()).env("XDG_RUNTIME_DIR", folder.path());
    command.env("XDG_CACHE_HOME", folder.path()).current_dir(folder.path());
    command
}

fn run(mut command: Command) -> String {
    let output = command.output().expect("xvfb-run is installed");
    let told =
        String::from_utf8_lossy(&output.stderr).into_owned() + &String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{told}");
    assert!(!told.contains("WARN") && !told.contains("ERROR") && !told.contains("panicked"), "{told}");
    told
}

/// What a script told, by field.
fn told(path: &Path) -> ron::Value {
    let text = fs::read_to_string(path).expect("the script told");
    ron::from_str(&text).expect("RON")
}

fn field<'a>(told: &'a ron::Value, name: &str) -> &'a ron::Value {
    let ron::Value::Map(map) = told else { panic!("fields") };
    let found = map.iter().find(|(key, _)| **key == ron::Value::String(name.into()));
    found.map(|(_, value)| value).expect("a field")
}

fn seconds(told: &ron::Value) -> f64 {
    field(told, "now_s").clone().into_rust().expect("a number")
}

fn strings(told: &ron::Value, name: &str) -> Vec<String> {
    field(told, name).clone().into_rust().expect("texts")
}

/// How far two pictures are apart: the mean difference of a channel, and the share of pixels that plainly differ.
fn apart(one: &RgbaImage, other: &RgbaImage) -> (f64, f64) {
    assert_eq!(one.dimensions(), other.dimensions());
    let (mut sum, mut plain) = (0_u64, 0_u64);
    for (one, other) in one.pixels().zip(other.pixels()) {
        let differences = (0..3).map(|channel| u64::from(one.0[channel].abs_diff(other.0[channel])));
        let all: u64 = differences.sum();
        sum += all;
        plain += u64::from(all > 90);
    }
    let pixels = f64::from(one.width() * one.height());
    (sum as f64 / (3.0 * pixels), plain as f64 / pixels)
}

/// Holds a picture against the one that was reviewed; drivers differ in edges and shades.
fn is_as_reviewed(picture: &Path, name: &str) {
    let reviewed = repository(&format!("tests/golden/pictures/{name}.png"));
    if std::env::var_os("TAKTWIN_REVIEW").is_some() {
        fs::copy(picture, &reviewed).expect("a new picture to review");
    }
    let open = |path: &Path| image::open(path).expect("a picture").to_rgba8();
    let (mean, plain) = apart(&open(picture), &open(&reviewed));
    assert!(
        mean < 4.0 && plain < 0.02,
        "{name} differs from the reviewed picture by {mean:.2} of 255, {:.2} % of the pixels plainly; if that is meant, \
         run the tests with TAKTWIN_REVIEW=1, look at {} and commit it",
        100.0 * plain,
        reviewed.display()
    );
}

#[test]
fn every_scene_is_drawn_as_it_was_reviewed() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, files, more) in [
        ("range_hoods", &HOODS[..1], &[][..]),
        ("range_hoods_overlaid", &HOODS[..], &["--overlaid"]),
        ("body_in_white_split", &BODIES[..], &["--color-blind-safe"]),
        ("robot_cell", &ROBOTS[..], &[]),
        ("robot_cell_above", &ROBOTS[..], &["--above", "--plain"]),
    ] {
        let place = folder.path().join(format!("{name}.png"));
        let place_text = place.to_str().expect("a path");
        let rest = ["--at", "2 h 15 min", "--size", "640x360", "-o", place_text];
        let output = taktwin(&[&["render"], files, &rest, more].concat());
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        is_as_reviewed(&place, name);
    }
}

#[test]
fn a_picture_of_the_same_run_is_the_same_picture_and_shows_nothing_half_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let places = ["a.png", "b.png"].map(|name| folder.path().join(name));
    for place in &places {
        let output =
            taktwin(&["render", HOODS[0], "--size", "320x180", "-o", place.to_str().expect("a path")]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    assert!(fs::read(&places[0]).expect("a picture") == fs::read(&places[1]).expect("a picture"));
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 2, "no temporary file is left");
}

#[test]
fn a_film_has_as_many_pictures_as_were_asked_for() {
    let folder = tempfile::tempdir().expect("a folder");
    let gif = folder.path().join("line.gif");
    let film = ["--video", "0.5 s", "--fps", "10", "--size", "160x90"];
    let output = taktwin(&[&["render", HOODS[0], "-o", gif.to_str().expect("a path")], &film[..]].concat());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let reader = std::io::BufReader::new(fs::File::open(&gif).expect("a film"));
    let decoder = image::codecs::gif::GifDecoder::new(reader).expect("a GIF");
    let frames = image::AnimationDecoder::into_frames(decoder).collect_frames().expect("pictures");
    assert_eq!(frames.len(), 5);
    assert!(frames[0].buffer() != frames[4].buffer(), "something moves");

    let frames = folder.path().join("frames");
    let output =
        taktwin(&[&["render", HOODS[0], "-o", frames.to_str().expect("a path")], &film[..]].concat());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let picture = image::open(frames.join("frame-0005.png")).expect("the last picture");
    assert_eq!(picture.dimensions(), (160, 90));
}

#[test]
fn what_cannot_be_drawn_is_refused_with_a_remedy() {
    for (arguments, expected) in [
        (&["render", HOODS[0], "-o", "line.jpg"][..], "a picture is written as .png"),
        (&["render", HOODS[0], "-o", "line.png", "--video", "1 s"], "a film is written as .gif"),
        (&["render", HOODS[0], "-o", "line.png", "--at", "soon"], "2 h 15 min"),
        (&["render", "nowhere.ron", "-o", "line.png"], "nowhere.ron"),
        (&["render", HOODS[0], "-o", HOODS[0]], "a picture is written as .png"),
        (&["render", HOODS[0], "-o", "no/such/folder/line.png"], "folder"),
        (&["render", HOODS[0], "-o", "line.png", "--size", "big"], "1920x1080"),
    ] {
        let output = taktwin(arguments);
        let told = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{told}");
        assert!(told.contains(expected), "{told}");
    }
}

#[test]
fn a_window_without_a_display_is_refused_with_a_remedy() {
    let mut command = Command::new(PROGRAM);
    command.current_dir(env!("CARGO_MANIFEST_DIR")).args(["view", HOODS[0]]);
    command.env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY");
    let output = command.output().expect("the program starts");
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{told}");
    assert!(told.contains("xvfb-run"), "{told}");
}

#[test]
fn a_session_plays_drags_back_edits_branches_saves_and_ends_cleanly() {
    let folder = tempfile::tempdir().expect("a folder");
    run(window(&folder, &HOODS[..1], SESSION));
    let at = |name: &str| told(&folder.path().join(name));

    let played = at("played.ron");
    assert!(seconds(&played) > 14.0 * 3600.0, "it plays on from 14 h: {played:?}");
    let dragged = at("dragged.ron");
    assert!(seconds(&dragged) < 6.0 * 3600.0 && seconds(&dragged) > 0.0, "{dragged:?}");
    let branched = at("branched.ron");
    assert_eq!(seconds(&branched), 10.0 * 3600.0);
    let sides: Vec<(String, Vec<String>)> = field(&branched, "sides").clone().into_rust().expect("sides");
    assert_eq!(sides.len(), 2);
    assert_eq!((sides[0].1.len(), sides[1].1.len()), (0, 1));
    let undone = at("undone.ron");
    let sides: Vec<(String, Vec<String>)> = field(&undone, "sides").clone().into_rust().expect("sides");
    assert!(sides[1].1.is_empty());
    let end = at("end.ron");
    assert_eq!(
        strings(&end, "messages").iter().filter(|text| text.contains("are saved in")).count(),
        1,
        "{end:?}"
    );
    let chosen: Option<String> = field(&end, "chosen").clone().into_rust().expect("a choice");
    assert_eq!(chosen.as_deref(), Some("5 wiring"));

    let saved = fs::read_to_string(folder.path().join("faster.ron")).expect("an upgrade");
    assert!(saved.contains("\"5 wiring.cycle.mean\": \"50 s\""), "{saved}");
    let checked = taktwin(&["check", folder.path().join("faster.ron").to_str().expect("a path")]);
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stderr));
    for picture in ["playing.png", "branched.png"] {
        let picture = image::open(folder.path().join(picture)).expect("a picture of the window");
        assert_eq!(picture.dimensions(), (1440, 900));
    }
}

/// The timeline lies from x 158 to 1420 in a window of 1440 points and shows the whole run of ten days and eight hours.
const SESSION: &str = r#"[
    Wait(0.5),
    Do(GoTo("14 h")), Arrive,
    Press("Space"), Wait(0.7), Do(Picture(Some("playing.png"))), Press("Space"),
    Tell("played.ron"),
    Drag((240, 640), (175, 640)), Wait(0.3), Arrive,
    Tell("dragged.ron"),
    Do(Choose(Some("5 wiring"))),
    Do(GoTo("9 h")), Arrive,
    Do(Branch("5 wiring.cycle.mean", "50 s")), Arrive,
    Do(GoTo("10 h")), Arrive,
    Tell("branched.ron"),
    Press("4"), Wait(0.3), Do(Picture(Some("branched.png"))), Wait(0.3),
    Do(Save("faster.ron")),
    Press("Ctrl+Z"), Arrive, Tell("undone.ron"), Press("Ctrl+Shift+Z"), Arrive,
    Press("Shift+Right"), Arrive, Press("Left"), Arrive,
    Press("T"), Press("L"), Press("?"), Wait(0.2), Press("?"),
    Tell("end.ron"),
]"#;

const SHIFTS: &str = "scenes/examples/shifts.ron";

#[test]
fn keys_lead_from_shift_to_shift_and_the_window_says_which_is_there() {
    let folder = tempfile::tempdir().expect("a folder");
    let script = r#"[
        Wait(0.3),
        Press("N"), Arrive, Tell("late.ron"),
        Press("N"), Arrive, Do(NextShift), Arrive, Press("Shift+N"), Arrive, Tell("back.ron"),
        Do(Choose(Some("saw"))), Press("C"), Wait(0.3), Do(Picture(Some("calendar.png"))), Wait(0.3),
        Do(GoTo("2026-05-01 10:00")), Arrive, Tell("holiday.ron"),
    ]"#;
    run(window(&folder, &[SHIFTS], script));
    let at = |name: &str| {
        let told = told(&folder.path().join(name));
        let shift: Option<String> = field(&told, "shift").clone().into_rust().expect("a shift");
        (seconds(&told) / 3600.0, shift.expect("the line has a calendar"))
    };
    // It starts on a Monday at six.
    assert_eq!(at("late.ron"), (8.0, "late".to_owned()));
    assert_eq!(at("back.ron"), (24.0, "early".to_owned()));
    assert_eq!(at("holiday.ron").1, "closed");
    let picture = image::open(folder.path().join("calendar.png")).expect("a picture of the window");
    assert_eq!(picture.dimensions(), (1440, 900));
}

#[test]
fn the_window_opens_every_scene_and_its_own() {
    let folder = tempfile::tempdir().expect("a folder");
    run(window(
        &folder,
        &BODIES,
        r#"[Wait(0.3), Do(AsFastAsItGoes(true)), Press("Space"), Wait(0.3), Reach(7200), Tell("t.ron")]"#,
    ));
    assert!(seconds(&told(&folder.path().join("t.ron"))) > 3600.0);
    run(window(&folder, &[], r#"[Wait(0.3), Tell("t.ron")]"#));
    let sides: Vec<(String, Vec<String>)> =
        field(&told(&folder.path().join("t.ron")), "sides").clone().into_rust().expect("sides");
    assert_eq!(sides[0].0, "Range hoods, line 3");
}

#[test]
fn a_file_that_changes_on_disk_is_read_again_while_the_window_is_open() {
    let folder = tempfile::tempdir().expect("a folder");
    let line = folder.path().join("line.ron");
    let text = fs::read_to_string(repository(HOODS[0])).expect("a scene");
    fs::write(&line, &text).expect("a file");
    let script = r#"[Wait(0.5), Tell("before.ron"), Read("was read again"), Tell("after.ron")]"#;
    let child = window(&folder, &[line.to_str().expect("a path")], script).spawn();
    let mut child = child.expect("xvfb-run is installed");
    let mut waited = 0;
    while !folder.path().join("before.ron").exists() {
        std::thread::sleep(Duration::from_millis(50));
        waited += 1;
        assert!(waited < 1200, "the window does not open");
    }
    fs::write(&line, text.replace("Range hoods, line 3", "Range hoods, line 4")).expect("a file");
    assert!(child.wait().expect("it ends").success());
    let sides: Vec<(String, Vec<String>)> =
        field(&told(&folder.path().join("after.ron")), "sides").clone().into_rust().expect("sides");
    assert_eq!(sides[0].0, "Range hoods, line 4");
}

/// Resident memory of the program below `xvfb-run`, in kB.
fn resident(folder: &TempDir) -> Option<u64> {
    let script = folder.path().join("script.ron").to_str()?.to_owned();
    let processes = fs::read_dir("/proc").ok()?;
    let mut sizes = processes.filter_map(|process| {
        let path = process.ok()?.path();
        let command = fs::read_to_string(path.join("cmdline")).ok()?;
        let status = fs::read_to_string(path.join("status")).ok()?;
        let size = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
        let ours = command.starts_with(PROGRAM) && command.contains(&script);
        ours.then(|| size.trim().trim_end_matches(" kB").parse::<u64>().ok())?
    });
    sizes.next()
}

#[test]
fn memory_stays_the_same_while_days_go_by_at_full_speed() {
    let folder = tempfile::tempdir().expect("a folder");
    let script = r#"[Do(AsFastAsItGoes(true)), Press("Space"), Wait(6.0), Tell("early.ron"), Wait(12.0), Tell("late.ron"), Wait(1.0)]"#;
    let line = folder.path().join("line.ron");
    let text = fs::read_to_string(repository(HOODS[0])).expect("a scene");
    // A run that does not end before the test does.
    fs::write(&line, text.replace("length: \"10 d\"", "length: \"20000 d\"")).expect("a file");
    let mut child =
        window(&folder, &[line.to_str().expect("a path")], script).spawn().expect("xvfb-run is installed");
    let size_at = |name: &str| {
        for _ in 0..1200 {
            if folder.path().join(name).exists() {
                return resident(&folder).expect("the size of the program");
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        panic!("the window does not get to {name}");
    };
    let (early, late) = (size_at("early.ron"), size_at("late.ron"));
    assert!(child.wait().expect("it ends").success());
    let days = seconds(&told(&folder.path().join("late.ron"))) / 86_400.0;
    assert!(days > 1.0, "more than an hour of play: {days} d");
    assert!(late < early + early / 20, "{early} kB became {late} kB in {days:.0} days");
}
