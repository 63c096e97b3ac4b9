//! How long a frame takes; run by hand: `cargo test --features desktop speed -- --ignored --nocapture`.

use super::show::Show;
use super::test_shows::{alone, app_of, picture, side_of_text};
use bevy::prelude::App;
use std::fmt::Write;
use std::time::Instant;

/// Machines and racks in rows, with so many elements and about so many parts.
fn large(elements: usize, places: usize) -> Show {
    let rows = elements.div_ceil(40);
    let (mut all, mut flow) = (String::new(), String::new());
    for row in 0..rows {
        let _ = write!(all, "\"in {row}\": Source(at: (-3.0, {y})),", y = row * 5);
        let mut way = format!("in {row}");
        for n in 0..19 {
            let (x, y) = (n * 6, row * 5);
            let _ =
                write!(all, "\"m {row} {n}\": Machine(cycle: Exponential(\"60 s\"), at: ({x}.0, {y}.0)),");
            let _ = write!(
                all,
                "\"b {row} {n}\": Buffer(capacity: {places}, initial: {half}, at: ({x}.0, {y}.0)),",
                x = x + 3,
                half = places / 2
            );
            let _ = write!(way, " -> m {row} {n} -> b {row} {n}");
        }
        let _ = write!(all, "\"out {row}\": Sink(at: (116.0, {y}.0)),", y = row * 5);
        let _ = write!(flow, "\"{way} -> out {row}\",");
    }
    let run = "run: (warm_up: \"1 h\", length: \"8 h\", replications: 2, seed: 4)";
    let text = format!(
        "Line(name: \"large\", {run}, products: {{ \"p\": () }}, elements: {{ {all} }}, flow: [{flow}])"
    );
    alone(side_of_text(&text, 1_800.0, 1))
}

/// Moves every part.
fn shake(app: &mut App, frame: u32) {
    let mut show = app.world_mut().resource_mut::<Show>();
    for part in &mut show.sides[0].picture.parts {
        part.at.x += if frame.is_multiple_of(2) { 0.01 } else { -0.01 };
    }
}

fn measure(name: &str, elements: usize, places: usize) {
    for (width, height) in [(1280, 720), (64, 36)] {
        let show = large(elements, places);
        let (elements, parts) = (show.sides[0].scenery.standings.len(), show.sides[0].picture.parts.len());
        let mut app = app_of(show, width, height);
        let begin = Instant::now();
        picture(&mut app, &format!("speed_{name}_{width}"));
        let first = begin.elapsed();
        const FRAMES: u32 = 6;
        let begin = Instant::now();
        for n in 0..FRAMES {
            shake(&mut app, n);
            app.update();
        }
        let each = begin.elapsed() / FRAMES;
        // Without the driver: what a machine with a graphics card spends on one of its threads.
        let begin = Instant::now();
        for n in 0..FRAMES {
            shake(&mut app, n);
            app.main_mut().run_default_schedule();
        }
        let world = begin.elapsed() / FRAMES;
        eprintln!(
            "{name}: {elements} elements, {parts} parts, {width} x {height}: first {first:?}, then {each:?}, {world:?} of it in the world"
        );
    }
}

#[test]
#[ignore = "measures, and takes long on a machine without a graphics card"]
fn speed_of_a_frame() {
    measure("200", 200, 40);
    measure("10000", 10_000, 4);
}
