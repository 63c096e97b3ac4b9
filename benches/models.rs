//! The benchmark models, read from RON layouts and run with all records on, beside a hand-written floor.
//!
//! `cargo bench` prints a table: million operations per second of processor time, and how many times longer than the
//! floor an operation takes. The floor is the package in the folder that `TAKTWIN_FLOOR` names, by default
//! `../shared/floor`; it is built and run in turn with Taktwin, and without it the ratios are left out.
//! `cargo bench -- MODEL SCALE` runs one model once and prints its figures and the peak of its memory.
//! `cargo bench -- jobshop 1` runs a re-entrant job shop of 100 groups of parallel machines, which has no floor.
//! `cargo bench -- people 1` runs 500 machines with 200 operators, which has no floor either, and `attended` with others.
//! `cargo bench -- rewind` drags a shift of thirty stations back to its middle, as the window does.

mod job_shop;
mod people;

use bevy::ecs::prelude::World;
use cpu_time::ProcessTime;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::Instant;
use taktwin::kernel::Time;
use taktwin::line::{self, Line};
use taktwin::records::{Records, invariants};
use taktwin::sim::{LinePhase, Replication};
use taktwin::study::{self, Overrides, StudyPlan, Watch};
use taktwin::twin::Twin;

/// Pairs of runs; the median counts.
const ROUNDS: usize = 7;

/// A model and how much longer than its definition it runs, so that a run lasts about a second.
const MODELS: [(&str, f64); 7] = [
    ("mm1", 20.0),
    ("line10", 20.0),
    ("line10fail", 20.0),
    ("scale10", 20.0),
    ("scale100", 20.0),
    ("scale1000", 20.0),
    ("scale10000", 20.0),
];

fn main() {
    // Cargo itself passes `--bench`.
    let words: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    match &words[..] {
        [] => table(),
        [model] if model == "rewind" => rewind(),
        [model, scale] => once(model, scale.parse().expect("the scale is a number")),
        _ => eprintln!("usage: cargo bench -- [MODEL SCALE | rewind]"),
    }
}

/// One run of a model: processor seconds, seconds on the clock, operations, throughput per second.
struct Run {
    cpu: f64,
    wall: f64,
    operations: u64,
}

fn table() {
    let floor = floor();
    println!("| model | stations | Taktwin, M op/s | floor, M op/s | Taktwin : floor |");
    println!("| --- | --- | --- | --- | --- |");
    for (model, scale) in MODELS {
        let (line, length) = read(model, scale);
        let (mut own, mut ratios, mut others) = (Vec::new(), Vec::new(), Vec::new());
        for round in 0..=ROUNDS {
            let run = replicate(&line, length);
            let per_operation = run.cpu / run.operations as f64;
            let other = floor.as_deref().map(|floor| run_floor(floor, model, scale, "std"));
            // The first round warms up.
            if round > 0 {
                own.push(1e-6 / per_operation);
                others.extend(other.as_ref().map(|other| 1e-6 / other.cpu * other.operations as f64));
                ratios.extend(other.map(|other| per_operation / (other.cpu / other.operations as f64)));
            }
        }
        let stations = line.elements.iter().filter(|element| element.kind == "Machine").count();
        let shown = |values: Vec<f64>, digits: usize| {
            median(values).map_or("-".to_owned(), |x| format!("{x:.digits$}"))
        };
        println!(
            "| {model} | {stations} | {} | {} | {} |",
            shown(own, 1),
            shown(others, 1),
            shown(ratios, 2)
        );
    }
    println!();
    for model in ["jobshop", "people", "attended"] {
        let (line, length) = read(model, 3.0);
        let rounds =
            (0..ROUNDS).map(|_| replicate(&line, length)).map(|run| 1e-6 * run.operations as f64 / run.cpu);
        let rate = median(rounds.collect()).map_or("-".to_owned(), |rate| format!("{rate:.2}"));
        println!("{model}: {rate} M op/s");
    }
    replications(floor.as_deref());
    rewind();
}

/// A shift of a line of 30 stations at its end, dragged back to just before it: all of it is run again.
fn rewind() {
    let line = layout_of_a_shift();
    let mut world = World::new();
    let mut twin = Twin::new(&mut world, vec![LinePhase { from: Time::ZERO, line: Arc::new(line) }]);
    let shift = Time::from_secs(8.0 * 3600.0);
    let mut go = |time: Time| {
        let wall = Instant::now();
        twin.go_to(time);
        twin.pursue(&mut world, &mut || true);
        wall.elapsed().as_secs_f64() * 1e3
    };
    let millis: Vec<f64> = (0..ROUNDS as u64)
        .map(|round| {
            go(shift);
            go(Time(shift.0 - 1 - round))
        })
        .collect();
    println!("rewind: a shift of 30 stations is run again in {:.1} ms", median(millis).unwrap_or(f64::NAN));
}

/// Thirty stations of about a minute that break down, with two places between them, for eight hours.
fn layout_of_a_shift() -> Line {
    let station = "cycle: Gamma(mean: \"60 s\", cv: 0.25), \
                   breakdowns: [(after: Exponential(\"2 h\"), repair: Exponential(\"4 min\"))]";
    let text = serial("Source()", 30, 2, 0, station)
        .replace("name: \"bench\"", "name: \"shift\", run: (length: \"8 h\", warm_up: \"0 s\")");
    read_text("shift", &text)
}

/// Thirty replications on one worker and on two.
fn replications(floor: Option<&Path>) {
    let (line, length) = read("reps", 1.0);
    let on = |jobs: usize| {
        let plan =
            StudyPlan { replications: 30, length, jobs, ..StudyPlan::of(&line, &Overrides::default()) };
        let (wall, cpu) = (Instant::now(), ProcessTime::now());
        let study = study::run(&line, &plan, &Watch::nobody()).expect("the model runs");
        let operations = study
            .outcomes
            .iter()
            .flat_map(|outcome| &outcome.elements)
            .map(|element| element.operations)
            .sum();
        Run { cpu: cpu.elapsed().as_secs_f64(), wall: wall.elapsed().as_secs_f64(), operations }
    };
    let (mut gains, mut ratios) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let (one, two) = (on(1), on(2));
        gains.push(one.wall / two.wall);
        let other = floor.map(|floor| run_floor(floor, "reps", 1.0, "tour"));
        ratios.extend(
            other.map(|other| two.wall / two.operations as f64 / (other.wall / other.operations as f64)),
        );
    }
    let shown = |values: Vec<f64>| median(values).map_or("-".to_owned(), |x| format!("{x:.2}"));
    println!(
        "\nreps: two workers are {} times as fast as one; on the clock {} times the floor",
        shown(gains),
        shown(ratios)
    );
}

fn once(model: &str, scale: f64) {
    let (line, length) = read(model, scale);
    let Run { cpu, wall, operations } = replicate(&line, length);
    println!(
        "{model}: {operations} operations in {cpu:.2} s of processor time, {wall:.2} s; {}",
        peak_memory()
    );
}

/// The peak of this process's memory, where the system tells it.
fn peak_memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).map(str::trim);
    peak.map_or("peak memory unknown".to_owned(), |peak| format!("peak memory {peak}"))
}

/// One replication with all records, its invariants checked.
fn replicate(line: &Line, length: Time) -> Run {
    let (wall, cpu) = (Instant::now(), ProcessTime::now());
    let mut replication = Replication::new(line, 1, 0);
    let mut records = Records::of(line);
    replication.advance(length, &mut records).expect("the model runs");
    records.settle(length);
    let mut inside = invariants::PartsInside::default();
    replication.each_part(|part| inside.count(part, Time::ZERO, length));
    invariants::check(&records, inside, length).expect("the laws hold");
    let machines = line
        .elements
        .iter()
        .zip(&records.elements)
        .filter(|(element, _)| ["Machine", "Batch"].contains(&element.kind));
    let operations = machines.map(|(_, record)| record.completed).sum();
    Run { cpu: cpu.elapsed().as_secs_f64(), wall: wall.elapsed().as_secs_f64(), operations }
}

/// The model as a layout, read like any other, and the length of its run.
fn read(model: &str, scale: f64) -> (Line, Time) {
    let (layout, length) = layout(model, scale);
    (read_text(model, &layout), Time::from_secs(length))
}

fn read_text(name: &str, text: &str) -> Line {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let path = folder.path().join(format!("{name}.ron"));
    std::fs::write(&path, text).expect("a temporary file can be written");
    line::read(&path, &[]).unwrap_or_else(|rejected| panic!("{}", rejected.render(false)))
}

fn layout(model: &str, scale: f64) -> (String, f64) {
    let failing =
        "cycle: \"1 s\", breakdowns: [(after: Exponential(\"100 s\"), repair: Exponential(\"10 s\"))]";
    match model {
        "mm1" => {
            // Until the last of the customers has left, with room for a long queue at the end.
            let customers = 1e6 * scale;
            let source =
                format!("Source(interarrival: Exponential(\"{} s\"), parts: {customers})", 1.0 / 0.9);
            (serial(&source, 1, 0, 0, "cycle: Exponential(\"1 s\")"), customers * 1.2)
        }
        "line10" => (serial("Source()", 10, 10, 0, "cycle: Exponential(\"1 s\")"), 1e5 * scale),
        "line10fail" | "reps" => (serial("Source()", 10, 10, 0, failing), 1e5 * scale),
        // About a million operations.
        "jobshop" => (job_shop::layout(), 3.3e5 * scale),
        "people" => (people::loaders(), 1.8e5 * scale),
        "attended" => (people::attendants(), 1.8e5 * scale),
        _ => {
            let stations: usize = model.strip_prefix("scale").and_then(|n| n.parse().ok()).expect("scaleN");
            (serial("Source()", stations, 5, 3, "cycle: Exponential(\"1 s\")"), 1e6 / stations as f64 * scale)
        }
    }
}

/// A serial line of alike machines with a buffer before each but the first.
fn serial(source: &str, machines: usize, capacity: usize, initial: usize, machine: &str) -> String {
    let mut elements = format!("\"in\": {source},\n");
    let mut flow = String::from("\"in -> m1\",\n");
    for m in 1..=machines {
        writeln!(elements, "\"m{m}\": Machine({machine}, power: (working: \"10 kW\")),")
            .expect("to a string");
        if m < machines {
            writeln!(elements, "\"b{m}\": Buffer(capacity: {capacity}, initial: {initial}),")
                .expect("to a string");
            writeln!(flow, "\"m{m} -> b{m} -> m{}\",", m + 1).expect("to a string");
        }
    }
    format!(
        "Line(name: \"bench\", products: {{ \"part\": () }},\nelements: {{ {elements} \"out\": Sink() }},\nflow: [{flow} \"m{machines} -> out\"])"
    )
}

/// Builds the floor; where its program is.
fn floor() -> Option<PathBuf> {
    let folder = PathBuf::from(std::env::var("TAKTWIN_FLOOR").unwrap_or("../shared/floor".into()));
    let target = std::env::temp_dir().join("taktwin-floor");
    let manifest = folder.join("Cargo.toml");
    let build = ["build", "--release", "--quiet", "--locked", "--manifest-path"];
    let built =
        Command::new(env!("CARGO")).args(build).arg(manifest).arg("--target-dir").arg(&target).status();
    built.is_ok_and(|status| status.success()).then(|| target.join("release/floor"))
}

fn run_floor(floor: &Path, model: &str, scale: f64, variant: &str) -> Run {
    let output =
        Command::new(floor).args([model, &scale.to_string(), "1", variant]).output().expect("the floor runs");
    let figures: serde_json::Value = serde_json::from_slice(&output.stdout).expect("the floor prints JSON");
    let number = |name: &str| figures[name].as_f64().expect("a number");
    Run { cpu: number("cpu"), wall: number("wall"), operations: number("ops") as u64 }
}

fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied()
}
