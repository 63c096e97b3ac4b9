//! What the tests of the window show: lines at an instant, and where their pictures go.

use super::app;
use super::shots;
use super::show::{Show, ShowSide};
use crate::kernel::Time;
use crate::line;
use crate::sim::LinePhase;
use crate::stage::Arrangement;
use crate::stage::{Picture, Scenery};
use crate::twin::Twin;
use bevy::math::UVec2;
use bevy::prelude::{App, World};
use image::RgbaImage;
use std::path::Path;
use std::sync::Arc;

/// Two machines, a rack and a robot that serves both.
pub(crate) const ROBOT_LINE: &str = r#"
Line(
    name: "A robot between machines",
    run: (warm_up: "1 h", length: "8 h", replications: 2, seed: 4),
    products: { "frame": (), "cover": () },
    elements: {
        "steel":  Source(product: "frame"),
        "saw":    Machine(cycle: Gamma(mean: "50 s", cv: 0.2), power: (working: "4 kW"), at: (0.0, 0.0)),
        "covers": Source(product: "cover", at: (-3.0, 3.5)),
        "rack":   Buffer(capacity: 6, at: (3.2, 0.0)),
        "arm":    Robot(load: "3 s", unload: "3 s", speed: "0.7 m/s", power: (moving: "2.6 kW"), at: (5.2, -0.2)),
        "weld 1": Machine(
            cycle: "95 s",
            breakdowns: [(after: Exponential("40 min"), repair: Exponential("9 min"))],
            power: (working: "18 kW"), at: (7.4, 1.7)),
        "weld 2": Machine(
            cycle: "95 s",
            breakdowns: [(after: Exponential("40 min"), repair: Exponential("9 min"))],
            power: (working: "18 kW"), at: (7.4, -2.2)),
        "lane":   Buffer(capacity: 60, at: (11.5, 0.0)),
        "test":   Machine(cycle: "52 s", power: (working: "1 kW"), at: (16.0, 0.0)),
        "shop":   Sink(at: (19.0, 0.0)),
        "waste":  Sink(scrap: true, at: (18.5, -3.0)),
    },
    flow: [
        "steel -> saw -> rack",
        "covers -> saw",
        "rack -> weld 1 by arm",
        "rack -> weld 2 by arm",
        "weld 1 -> lane",
        "weld 2 -> lane",
        "lane -> test",
        "test -> shop 90 %",
        "test -> waste 10 %",
    ],
)
"#;

/// A line of a file at an instant.
pub(crate) fn side_of_file(path: &str, minutes: f64, generation: u64) -> ShowSide {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    side(&path, minutes * 60.0, generation)
}

/// A line of a text at an instant.
pub(crate) fn side_of_text(text: &str, secs: f64, generation: u64) -> ShowSide {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("line.ron");
    std::fs::write(&path, text).unwrap();
    side(&path, secs, generation)
}

fn side(path: &Path, secs: f64, generation: u64) -> ShowSide {
    let line = line::read(path, &[]).map_err(|rejected| rejected.render(false)).unwrap();
    let line = Arc::new(line);
    let scenery = Arc::new(Scenery::of(&line));
    let mut world = World::new();
    let mut twin = Twin::new(&mut world, vec![LinePhase { from: Time::ZERO, line: Arc::clone(&line) }]);
    twin.go_to(Time::from_secs(secs));
    twin.pursue(&mut world, &mut || true);
    let names = line.elements.iter().map(|element| element.name.to_string()).collect();
    ShowSide {
        picture: twin.picture(&mut world, &scenery, Time::from_secs(1.5)),
        scenery,
        generation,
        names,
        changed: Vec::new(),
        selected: None,
        notes: Vec::new(),
    }
}

/// A side with a scenery and a picture of its own.
pub(crate) fn made_up(scenery: Scenery, picture: Picture, names: Vec<String>) -> ShowSide {
    ShowSide {
        scenery: Arc::new(scenery),
        generation: 1,
        names: names.into(),
        picture,
        changed: Vec::new(),
        selected: None,
        notes: Vec::new(),
    }
}

/// One side in one pane.
pub(crate) fn alone(side: ShowSide) -> Show {
    Show { sides: vec![side], arrangement: Arrangement::Single(0), ..Show::default() }
}

/// An app without a window that shows this.
pub(crate) fn app_of(show: Show, width: u32, height: u32) -> App {
    let mut app = App::new();
    app::without_window(&mut app, UVec2::new(width, height), 1.0).unwrap();
    app.insert_resource(show);
    app
}

/// What an app shows; it is also written to the folder of the variable `TAKTWIN_PICTURES`, for eyes.
pub(crate) fn picture(app: &mut App, name: &str) -> RgbaImage {
    let picture = shots::picture_of(app).unwrap();
    if let Some(folder) = std::env::var_os("TAKTWIN_PICTURES") {
        std::fs::write(Path::new(&folder).join(format!("{name}.png")), shots::png(&picture).unwrap())
            .unwrap();
    }
    picture
}

/// How many colours there are in a picture.
pub(crate) fn colours(picture: &RgbaImage) -> usize {
    let mut colours: Vec<[u8; 4]> = picture.pixels().map(|pixel| pixel.0).collect();
    colours.sort_unstable();
    colours.dedup();
    colours.len()
}
