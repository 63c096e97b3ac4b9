//! Times that routes give, against machines that say the same times themselves, event by event.

use super::kit::{kpi, layout_of, read, record, study};

/// A line of so many machines one after the other, whose times stand in the route of its product, or in the machines. What lies
/// between two of them is picked by the digits of `between`.
fn straight(machines: usize, source: &str, between: usize, by_route: bool) -> String {
    let cycle = |nth: usize| format!("Gamma(mean: \"{} s\", cv: 0.4)", 40 + 7 * (nth % 3));
    let machine = |nth: usize| match by_route {
        true => "Machine()".to_owned(),
        false => format!("Machine(cycle: {})", cycle(nth)),
    };
    let stores = ["", "Buffer(capacity: 3)", "Buffer(capacity: 2, order: Lifo)", "Buffer()"];
    let mut elements = vec![("in".to_owned(), source.to_owned())];
    for nth in 0..=machines {
        let store = stores[between / 4_usize.pow(nth as u32) % 4];
        if !store.is_empty() {
            elements.push((format!("b{nth}"), store.to_owned()));
        }
        if nth < machines {
            elements.push((format!("m{nth}"), machine(nth)));
        }
    }
    elements.push(("out".to_owned(), "Sink()".to_owned()));
    let stops: Vec<String> =
        (0..machines).map(|nth| format!("(to: \"m{nth}\", cycle: {})", cycle(nth))).collect();
    let route =
        if by_route { format!("route: [{}, (to: \"out\")]", stops.join(", ")) } else { String::new() };
    let names: Vec<&str> = elements.iter().map(|(name, _)| name.as_str()).collect();
    let flow = names.join(" -> ");
    let named: Vec<(&str, &str)> =
        elements.iter().map(|(name, written)| (name.as_str(), written.as_str())).collect();
    let run = "length: \"8 h\", replications: 2";
    layout_of(&format!("\"part\": ({route})"), run, &named, &[&flow])
}

#[test]
fn a_machine_works_as_long_as_the_route_says_whatever_lies_beside_it() {
    let sources = ["Source()", "Source(interarrival: Exponential(\"55 s\"))"];
    let mut compared = 0;
    for (machines, source) in [(1, 0), (1, 1), (2, 0), (2, 1)] {
        for between in 0..4_usize.pow(machines as u32 + 1) {
            let [by_route, by_machine] =
                [true, false].map(|by_route| read(&straight(machines, sources[source], between, by_route)));
            // A buffer without limit behind a source that never runs dry fills within an instant.
            if source == 0 && between % 4 == 3 {
                continue;
            }
            let (found, expected) = (record(&by_route, 7200).0, record(&by_machine, 7200).0);
            assert!(expected.len() > 500, "{machines} {source} {between}");
            assert_eq!(found, expected, "{machines} {source} {between}");
            compared += 1;
        }
    }
    assert_eq!(compared, 12 + 16 + 48 + 64);
}

#[test]
fn no_line_with_a_route_makes_more_than_its_slowest_machine() {
    for between in [0, 1, 5, 21] {
        let text = straight(3, "Source()", between, true);
        let line = read(&text);
        let made = kpi(&study(&line), "throughput");
        // The second and the third machine take 47 s and 54 s on average.
        assert!(made.mean < 3600.0 / 54.0 * 1.05 && made.mean > 40.0, "{between}: {made:?}");
    }
}
