//! A headless Bevy app that runs a line and counts its blocked machines by a query.
//!
//! `cargo run --example spectator -- [LAYOUT]`: the range hood line of the scenes, or a layout of your own.

use bevy::prelude::*;
use bevy::time::TimeUpdateStrategy;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use taktwin::app::{self, Ended, SimSpeed, TaktwinPlugin};
use taktwin::event::State;
use taktwin::line;
use taktwin::sim::{Clockwork, Status};

/// How often how many machines were seen blocked at once.
#[derive(Resource, Default)]
struct Blocked(Vec<u32>);

fn count_blocked(elements: Query<&Status>, mut blocked: ResMut<Blocked>) {
    let now = elements.iter().filter(|status| status.0 == State::Blocked).count();
    if blocked.0.len() <= now {
        blocked.0.resize(now + 1, 0);
    }
    blocked.0[now] += 1;
}

/// Looks at a line for so many minutes, once a minute.
fn watch(line: line::Line, minutes: u32) -> App {
    let mut app = App::new();
    app.add_plugins((MinimalPlugins, TaktwinPlugin::default()))
        // A frame is a tenth of a second, whatever the clock on the wall says, and a minute on the line.
        .insert_resource(TimeUpdateStrategy::ManualDuration(Duration::from_millis(100)))
        .insert_resource(SimSpeed(600.0))
        .init_resource::<Blocked>()
        .add_systems(Update, count_blocked);
    app::spawn_line(app.world_mut(), Arc::new(line));
    (0..=minutes).for_each(|_| app.update());
    app
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let scene =
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("scenes").join("range_hoods").join("before.ron");
    let path = std::env::args_os().nth(1).map_or(scene, PathBuf::from);
    let line = line::read(&path, &[]).map_err(|rejected| rejected.render(false))?;
    let name = line.name.clone();

    let mut app = watch(line, 8 * 60);

    let mut lines = app.world_mut().query::<(&Clockwork, Option<&Ended>)>();
    let (clockwork, ended) = lines.single(app.world())?;
    println!("{name}, seen every minute for {} h", clockwork.now.secs() / 3600.0);
    if let Some(Ended::Failed { reason, remedy }) = ended {
        println!("{reason}; {remedy}");
    }
    let Blocked(blocked) = app.world().resource();
    let seen: u32 = blocked.iter().sum();
    for (count, times) in blocked.iter().enumerate().filter(|(_, times)| **times > 0) {
        println!(
            "{count:>3} blocked at once: {:>5.1} % of the time",
            100.0 * f64::from(*times) / f64::from(seen)
        );
    }
    Ok(())
}
