//! Every departure of a serial line, to the nanosecond, against the recursion in departure times.
//!
//! `D(i,k) = max( max(D(i-1,k), D(i,k-1)) + s(i,k), D(i+1,k-cap-1) )`: part k leaves station i when it has been served
//! there and the buffer before station i+1, of `cap` places, has room for it. The recursion knows no events, no states
//! and no order of moves; it shares only the numbers drawn with the engine.

use super::kit::{self, Folder, SECOND};
use taktwin::event::{Slot, What};
use taktwin::kernel::{Distribution, Purpose, Stream};
use taktwin::line::Line;

/// A station of the recursion: the buffer before it and the length of each operation, lost time included.
struct Station {
    places: usize,
    service: Box<dyn FnMut() -> u64>,
}

/// When each of the first `parts` leaves each station; `arrivals` are those at the first one.
fn departures(stations: &mut [Station], arrivals: &[u64], parts: usize) -> Vec<Vec<u64>> {
    let mut left = vec![Vec::with_capacity(parts); stations.len()];
    for k in 0..parts {
        for i in 0..stations.len() {
            let came = if i == 0 { arrivals.get(k).copied().unwrap_or(0) } else { left[i - 1][k] };
            let free = left[i].last().copied().unwrap_or(0);
            let served = came.max(free) + (stations[i].service)();
            let room = stations.get(i + 1).and_then(|next| {
                let before = k.checked_sub(next.places + 1)?;
                Some(left[i + 1][before])
            });
            left[i].push(served.max(room.unwrap_or(0)));
        }
    }
    left
}

/// A layout of machines `m0`, `m1` and so on, with buffers between them where they have places.
fn line(source: &str, machines: &[String], places: &[usize], files: &[(&str, &str)]) -> Line {
    let mut elements = vec![("in".to_owned(), source.to_owned())];
    for (i, (machine, places)) in machines.iter().zip(places).enumerate() {
        if *places > 0 {
            elements.push((format!("b{i}"), format!("Buffer(capacity: {places})")));
        }
        elements.push((format!("m{i}"), machine.clone()));
    }
    elements.push(("out".to_owned(), "Sink()".to_owned()));
    let named: Vec<(&str, &str)> =
        elements.iter().map(|(name, written)| (name.as_str(), written.as_str())).collect();
    let names: Vec<&str> = named.iter().map(|(name, _)| *name).collect();
    let text = kit::layout("", &named, &[&names.join(" -> ")]);
    let files: Vec<(&str, &str)> = files.iter().copied().chain([("line.ron", text.as_str())]).collect();
    Folder::with(&files).read("line.ron")
}

/// Runs the line and compares every departure from every machine with the recursion's.
fn compare(line: &Line, stations: &mut [Station], arrivals: &[u64], secs: u64, at_least: usize) {
    let recorded = kit::record(line, secs);
    let parts = recorded.deliveries().len();
    assert!(parts >= at_least, "only {parts} parts prove little");
    let expected = departures(stations, arrivals, parts);
    for (i, expected) in expected.iter().enumerate() {
        let machine = kit::slot(line, &format!("m{i}"));
        let left = recorded.times(machine, |what| matches!(what, What::Left { .. }));
        assert_eq!(left[..parts], expected[..], "departures from m{i}");
    }
    assert_eq!(recorded.deliveries(), *expected.last().expect("a station"));
}

fn constant(secs: u64, places: usize) -> Station {
    Station { places, service: Box::new(move || secs * SECOND) }
}

/// The draws of a machine's cycle, as the product makes them.
fn drawn(distribution: Distribution, name: &str, places: usize) -> Station {
    let mut cycles = Stream::new(1, 0, name, Purpose::Cycle, 0);
    Station { places, service: Box::new(move || distribution.draw_time(&mut cycles).0) }
}

#[test]
fn constant_cycles_leave_every_machine_when_the_recursion_says() {
    let cycles = [[3, 5, 2, 7], [7, 2, 5, 3], [4, 4, 4, 4], [1, 9, 1, 9], [9, 1, 9, 1], [1, 2, 3, 100]];
    let buffers = [[0, 0, 0, 0], [0, 1, 1, 1], [0, 0, 2, 0], [0, 3, 0, 1], [0, 1, 5, 50]];
    for cycles in cycles {
        for places in buffers {
            let machines = cycles.map(|secs| format!("Machine(cycle: Constant(\"{secs} s\"))"));
            let mut stations = [0, 1, 2, 3].map(|i| constant(cycles[i], places[i]));
            let line = line("Source()", &machines, &places, &[]);
            compare(&line, &mut stations, &[], 3000, 20);
        }
    }
}

#[test]
fn listed_arrivals_in_bursts_leave_when_the_recursion_says() {
    // Bursts of three, some at one instant, then a pause in which the line runs empty.
    let secs: Vec<f64> = (0..300u32)
        .map(|k| f64::from(k / 3) * 21.0 + f64::from(k % 3) * 0.125 * f64::from(k % 2))
        .scan(0.0f64, |last, time| {
            *last = last.max(time);
            Some(*last)
        })
        .collect();
    let csv: String =
        std::iter::once("when\n".to_owned()).chain(secs.iter().map(|t| format!("{t}\n"))).collect();
    let arrivals: Vec<u64> = secs.iter().map(|t| (t * 1e9).round() as u64).collect();
    let source = "Source(arrivals: (csv: \"arrivals.csv\", column: \"when\"))";
    for places in [[0, 0, 0], [2, 0, 1], [0, 4, 4]] {
        let cycles = [6, 7, 5];
        let machines = cycles.map(|secs| format!("Machine(cycle: Constant(\"{secs} s\"))"));
        let mut stations = [0, 1, 2].map(|i| constant(cycles[i], places[i]));
        let line = line(source, &machines, &places, &[("arrivals.csv", &csv)]);
        compare(&line, &mut stations, &arrivals, 3000, 300);
    }
}

#[test]
fn exponential_cycles_leave_when_the_recursion_fed_with_the_same_draws_says() {
    for places in [[0, 0, 0, 0, 0], [0, 1, 1, 1, 1], [0, 10, 0, 3, 1]] {
        let machines = [1, 1, 1, 1, 1].map(|secs| format!("Machine(cycle: Exponential(\"{secs} s\"))"));
        let distribution = || Distribution::exponential(1.0).unwrap();
        let mut stations = [0, 1, 2, 3, 4].map(|i| drawn(distribution(), &format!("m{i}"), places[i]));
        let line = line("Source()", &machines, &places, &[]);
        compare(&line, &mut stations, &[], 3000, 1000);
    }
}

#[test]
fn a_poisson_stream_into_gamma_cycles_leaves_when_the_recursion_says() {
    let machines = vec!["Machine(cycle: Gamma(mean: \"2 s\", cv: 0.5))".to_owned(); 3];
    let places = [0, 2, 0];
    let line = line("Source(interarrival: Exponential(\"2.5 s\"))", &machines, &places, &[]);
    let gaps = Distribution::exponential(2.5).unwrap();
    let mut stream = Stream::new(1, 0, "in", Purpose::Arrival, 0);
    let arrivals: Vec<u64> = (0..4000)
        .scan(0, |now, _| {
            *now += gaps.draw_time(&mut stream).0;
            Some(*now)
        })
        .collect();
    let distribution = || Distribution::gamma(2.0, 1.0).unwrap();
    let mut stations = [0, 1, 2].map(|i| drawn(distribution(), &format!("m{i}"), places[i]));
    compare(&line, &mut stations, &arrivals, 8000, 2500);
}

#[test]
fn breakdowns_on_working_time_lengthen_each_operation_by_the_stops_that_fall_into_it() {
    let machine = "Machine(cycle: Constant(\"1 s\"), \
                   breakdowns: [(after: Exponential(\"20 s\"), repair: Exponential(\"5 s\"))])";
    let places = [0, 3, 0, 1];
    let line = line("Source()", &vec![machine.to_owned(); 4], &places, &[]);
    let mut stations = [0, 1, 2, 3].map(|i| worn(&format!("m{i}"), places[i]));
    compare(&line, &mut stations, &[], 4000, 1500);
}

/// One second of work; a life of 20 s and a repair of 5 s, both exponential.
fn worn(name: &str, places: usize) -> Station {
    let (life, repair) = (Distribution::exponential(20.0).unwrap(), Distribution::exponential(5.0).unwrap());
    let mut lives = Stream::new(1, 0, name, Purpose::Failure, 0);
    let mut repairs = Stream::new(1, 0, name, Purpose::Repair, 0);
    let mut life_left = life.draw_time(&mut lives).0;
    let service = move || {
        let (mut work, mut length) = (SECOND, SECOND);
        while life_left < work {
            work -= life_left;
            length += repair.draw_time(&mut repairs).0;
            life_left = life.draw_time(&mut lives).0;
        }
        life_left -= work;
        length
    };
    Station { places, service: Box::new(service) }
}

#[test]
fn parts_keep_their_order_and_none_is_lost_on_the_way() {
    let machines = vec!["Machine(cycle: Exponential(\"1 s\"))".to_owned(); 3];
    let line = line("Source()", &machines, &[0, 2, 0], &[]);
    let recorded = kit::record(&line, 2000);
    let serials = |at: Slot| -> Vec<u64> {
        let there = recorded.0.iter().filter(|event| event.element == at);
        let serial = |what| if let What::Arrived(part) = what { Some(part.serial) } else { None };
        there.filter_map(|event| serial(event.what)).collect()
    };
    for name in ["m0", "b1", "m1", "m2", "out"] {
        let came = serials(kit::slot(&line, name));
        assert_eq!(came, (0..came.len() as u64).collect::<Vec<u64>>(), "{name}");
        assert!(came.len() > 500, "{name}");
    }
}
