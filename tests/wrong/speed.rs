//! A line of ten thousand machines and buffers is read in no time a person would notice.
//!
//! The release build needs a tenth of the limit; the rest is for a slow build on a busy machine.

use std::fmt::Write;
use std::fs;
use std::time::{Duration, Instant};
use taktwin::line;

const MACHINES: usize = 10_000;

/// A serial line with everything a machine can have.
fn long_line() -> String {
    let (mut elements, mut flow) = (String::new(), String::new());
    for i in 0..MACHINES {
        writeln!(
            elements,
            "\"machine {i}\": Machine(cycle: Gamma(mean: \"62 s\", cv: 0.25), \
             breakdowns: [(after: Exponential(\"2 h\"), repair: Exponential(\"4 min\"))], \
             power: (working: \"3 kW\", idle: \"1 kW\"), at: ({i}.0, 0.0)), \
             \"buffer {i}\": Buffer(capacity: 5, at: ({i}.5, 0.0)),"
        )
        .unwrap();
        let next = if i + 1 == MACHINES { "out".to_owned() } else { format!("machine {}", i + 1) };
        writeln!(flow, "\"machine {i} -> buffer {i} -> {next}\",").unwrap();
    }
    format!(
        "Line(name: \"Long\", products: {{ \"part\": () }},
        elements: {{ \"in\": Source(), {elements} \"out\": Sink() }},
        flow: [\"in -> machine 0\", {flow}])"
    )
}

#[test]
fn ten_thousand_machines_and_buffers_are_read_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("line.ron");
    fs::write(&path, long_line()).unwrap();

    let begin = Instant::now();
    let line = line::read(&path, &[]).map_err(|rejected| rejected.render(false)).unwrap();

    assert_eq!(line.elements.len(), 2 * MACHINES + 2);
    assert!(begin.elapsed() < Duration::from_secs(5), "{:?}", begin.elapsed());
}

#[test]
fn ten_thousand_unknown_names_are_refused_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("line.ron");
    fs::write(&path, long_line().replace("-> buffer", "-> bufer")).unwrap();

    let begin = Instant::now();
    let shown = line::read(&path, &[]).expect_err("unknown names").render(false);

    assert!(shown.contains("unknown element \"bufer 0\"") && shown.contains("more\n"), "{shown}");
    assert!(begin.elapsed() < Duration::from_secs(5), "{:?}", begin.elapsed());
}
