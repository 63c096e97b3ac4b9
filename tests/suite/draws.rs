//! Which way a part draws that may be picked, where the ways have shares.

use super::kit::{Recording, record, slot};
use super::routes::{came, deliveries, line_of};
use taktwin::event::What;
use taktwin::line::Line;

/// How many parts of a product came to an element.
fn came_of(line: &Line, recorded: &Recording, name: &str, product: u32) -> f64 {
    let slot = slot(line, name);
    let came = recorded.0.iter().filter(|event| event.element == slot);
    came.filter(|event| matches!(event.what, What::Arrived(part) if part.product == product)).count() as f64
}

#[test]
fn a_part_that_may_be_picked_goes_the_way_that_was_drawn_for_itself() {
    // Parts with a route go to "left". Of those without one, three of ten do, whoever is next in the store meanwhile.
    for route in [", route: [(to: \"left\"), (to: \"out\")]", ""] {
        let line = line_of(
            &format!(r#""led": (priority: 1{route}), "free": ()"#),
            r#""leds": Source(product: "led", interarrival: Exponential("11 s")),
                "frees": Source(product: "free", interarrival: Exponential("11 s")),
                "store": Buffer(order: Picked), "left": Machine(cycle: "7 s", order: Priority),
                "right": Machine(cycle: "7 s"), "out": Sink()"#,
            r#""leds -> store", "frees -> store", "store -> left 30 %", "store -> right 70 %", "left -> out", "right -> out""#,
        );
        let recorded = record(&line, 100_000);
        let came = |name: &str, of: u32| came_of(&line, &recorded, name, of);
        let share = |of: u32| came("left", of) / (came("left", of) + came("right", of));
        let led = if route.is_empty() { 0.3 } else { 1.0 };
        // Some 9,000 parts: three standard deviations are 1.5 %.
        assert!(
            (share(0) - led).abs() < 0.015 && (share(1) - 0.3).abs() < 0.015,
            "{} {}",
            share(0),
            share(1)
        );
    }
}

#[test]
fn a_part_that_may_be_picked_draws_among_the_ways_that_lead_to_its_next_stop() {
    let line = line_of(
        r#""led": (route: [(to: "stop")]), "free": ()"#,
        r#""leds": Source(product: "led", interarrival: Exponential("11 s")),
            "frees": Source(product: "free", interarrival: Exponential("11 s")), "store": Buffer(order: Picked),
            "a": Machine(cycle: "1 s"), "b": Machine(cycle: "1 s"), "c": Machine(cycle: "1 s"), "stop": Sink(), "out": Sink()"#,
        r#""leds -> store", "frees -> store", "store -> a 20 %", "store -> b 30 %", "store -> c 50 %", "a -> stop", "b -> stop", "c -> out""#,
    );
    let recorded = record(&line, 100_000);
    let came = |name: &str, of: u32| came_of(&line, &recorded, name, of);
    let all = |of: u32| came("a", of) + came("b", of) + came("c", of);
    for (name, of, share) in [("a", 0, 0.4), ("b", 0, 0.6), ("a", 1, 0.2), ("b", 1, 0.3)] {
        let found = came(name, of) / all(of);
        // Three standard deviations of a share of 9,000 parts are 1.6 %.
        assert!((found - share).abs() < 0.016, "{name} {of}: {found}");
    }
}

#[test]
fn a_part_that_comes_back_to_where_it_may_be_picked_draws_once_more() {
    let line = line_of(
        r#""part": ()"#,
        r#""in": Source(parts: 1000, interarrival: "10 s"), "store": Buffer(order: Picked),
            "again": Machine(cycle: "1 s"), "out": Sink()"#,
        r#""in -> store", "store -> again 50 %", "store -> out 50 %", "again -> store""#,
    );
    let recorded = record(&line, 20_000);
    let (again, out) = (came(&line, &recorded, "again"), deliveries(&recorded).len());
    // Each comes to the store twice on average, with a standard deviation of 1.4.
    assert!(out == 1000 && (850..1150).contains(&again), "{again} {out}");
}
