//! The window that counts, from its first instant on; and lead times at its end.

use crate::kit::{kpi, line, record, serial, study};
use taktwin::event::What;

#[test]
fn a_window_that_begins_at_time_zero_contains_time_zero() {
    // Parts leave at 0, 10, .. 60 min, three of them at once at 0.
    let elements =
        [("in", "Source(interarrival: \"10 min\")"), ("b", "Buffer(initial: 3)"), ("out", "Sink()")];
    let line =
        line("length: \"1 h\", warm_up: \"0 s\", replications: 1, seed: 1", &elements, &["in -> b -> out"]);
    let told = record(&line, 3600).deliveries().len();
    let study = study(&line);
    assert_eq!((told, kpi(&study, "finished").mean), (9, 9.0));
    assert_eq!(kpi(&study, "throughput").mean, 9.0);
}

#[test]
fn operations_of_the_first_instant_count_as_in_the_journal() {
    let elements = [
        ("in", "Source(parts: 3)"),
        ("m", "Machine(cycle: \"0 s\")"),
        ("slow", "Machine(cycle: \"10 s\")"),
        ("out", "Sink()"),
    ];
    let line = line(
        "length: \"100 s\", warm_up: \"0 s\", replications: 1, seed: 1",
        &elements,
        &["in -> m -> slow -> out"],
    );
    let told =
        record(&line, 100).0.into_iter().filter(|event| matches!(event.what, What::Completed { .. })).count();
    let done: f64 =
        study(&line).elements().iter().map(|element| element.one("operations").unwrap().mean).sum();
    assert_eq!((told as f64, done), (6.0, 6.0));
}

#[test]
fn percentiles_of_few_lead_times_are_lead_times_to_the_nanosecond() {
    // Twenty parts one after the other, the n-th of which is there for n times 12.3456789 s.
    let line = serial(
        "length: \"1 h\", warm_up: \"0 s\", replications: 1",
        &["Source(parts: 0)", "Buffer(initial: 20)", "Machine(cycle: \"12.3456789 s\")", "Sink()"],
    );
    let study = study(&line);
    for (name, nth) in [("lead_time_p50", 10.0), ("lead_time_p90", 18.0), ("lead_time_p95", 19.0)] {
        assert_eq!(kpi(&study, name).mean, nth * 12_345_678_900.0 / 1e9, "{name}");
    }
}
