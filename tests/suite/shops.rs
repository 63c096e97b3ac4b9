//! Job shops: every part goes from stop to stop of its route, and is worked on for the times that are said there.

use super::kit::{Folder, SECOND, read, record};
use super::routes::{deliveries, text};
use std::collections::BTreeMap;
use taktwin::event::{Slot, What};
use taktwin::line;

/// The job shop of the bench: routes of thirty stops that come back to where they were, and batch machines at stops with a time.
#[path = "../../benches/job_shop.rs"]
mod job_shop;

#[test]
fn in_a_shop_of_a_hundred_groups_each_part_goes_from_stop_to_stop_past_one_machine() {
    let line = read(&job_shop::layout());
    let recorded = record(&line, 8 * 3600);
    let mut stops: BTreeMap<u64, Vec<u64>> = BTreeMap::new();
    let (mut worked, mut delivered) = (0, 0);
    for event in &recorded.0 {
        let group = |name: &str| name[1..].split('_').next().and_then(|group| group.parse::<u64>().ok());
        let name = line.elements[event.element.index()].name.as_str();
        match event.what {
            What::Arrived(part) if name.starts_with('q') => {
                stops.entry(part.serial).or_default().extend(group(name));
            }
            What::Completed { part, .. } => {
                worked += 1;
                assert_eq!(group(name), stops[&part.serial].last().copied(), "{event:?}");
            }
            What::Delivered(part) => {
                delivered += 1;
                assert_eq!(stops[&part.serial].len(), 30, "{event:?}");
            }
            _ => {}
        }
    }
    assert!(worked > 50_000 && delivered > 1_000, "{worked} {delivered}");
}

/// A small source of random numbers for random lines.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound
    }

    fn one_of<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[self.below(all.len())]
    }
}

const QUEUES: [&str; 4] = ["q0", "q1", "q2", "q3"];
const TIMES: [u64; 5] = [3, 5, 7, 11, 13];

/// A random shop: two hubs, four queues, and five machines that leave their times to the routes, the last only sometimes, arrows at
/// random, and the stops of two products.
fn random_shop(dice: &mut Dice) -> (String, Vec<Vec<&'static str>>) {
    let mut flow: Vec<String> = Vec::new();
    let mut join = |from: &str, to: &str| {
        let arrow = format!("\"{from} -> {to}\"");
        if from != to && !flow.contains(&arrow) {
            flow.push(arrow);
        }
    };
    for nth in 0..5 {
        // Two machines share the first queue.
        join(dice.one_of(&["h0", "h1"]), QUEUES[nth % 4]);
        join(QUEUES[nth % 4], &format!("m{nth}"));
        for _ in 0..=dice.below(3) {
            join(&format!("m{nth}"), dice.one_of(&["h0", "h1", "belt", "q0", "q1", "q2", "q3", "out"]));
        }
    }
    for (from, to) in [("belt", "h0"), ("h0", "h1"), ("h1", "h0"), ("belt", "h1"), ("h0", "belt")] {
        if dice.below(3) > 0 {
            join(from, to);
        }
    }
    join(dice.one_of(&["h0", "h1"]), "out");
    join("s0", dice.one_of(&["h0", "h1", "q0"]));
    join("s1", dice.one_of(&["h0", "h1", "q1"]));
    let routes: Vec<Vec<&str>> = (0..2)
        .map(|_| {
            let count = 2 + dice.below(3);
            (0..count).map(|_| dice.one_of(&QUEUES)).chain(["out"]).collect()
        })
        .collect();
    let written = |route: &[&str]| -> String {
        let stage = |(to, time): (&&str, &u64)| format!("(to: \"{to}\", cycle: \"{time} s\"), ");
        route.iter().zip(&TIMES).map(stage).collect()
    };
    let products =
        format!("\"a\": (route: [{}]), \"b\": (route: [{}])", written(&routes[0]), written(&routes[1]));
    let orders = [dice.one_of(&["Fifo", "Lifo", "Picked"]), dice.one_of(&["Fifo", "Priority", "Picked"])];
    let last = dice.one_of(&["", "cycle: \"17 s\""]);
    let machine = |nth: usize| {
        let order = ["", "order: FirstCome", "order: Shortest", "places: 2", last][nth];
        let queue = if nth < 4 { format!("\"q{nth}\": Buffer(), ") } else { String::new() };
        format!("{queue}\"m{nth}\": Machine({order}), ")
    };
    let elements: String = (0..5).map(machine).collect();
    let elements = format!(
        "{elements} \"s0\": Source(product: \"a\", interarrival: \"9 s\", parts: 12), \
         \"s1\": Source(product: \"b\", interarrival: \"8 s\", parts: 12, priority: 1), \"out\": Sink(), \
         \"h0\": Buffer(order: {}), \"h1\": Buffer(order: {}), \
         \"belt\": Conveyor(length: \"3 m\", speed: \"1 m/s\", pitch: \"1 m\")",
        orders[0], orders[1]
    );
    (text(&products, &elements, &flow.join(", ")), routes)
}

#[test]
fn in_random_shops_every_part_keeps_to_its_route_and_is_worked_on_for_its_times() {
    let (mut accepted, mut worked) = (0, 0);
    for seed in 0..800 {
        let (text, routes) = random_shop(&mut Dice(seed));
        let folder = Folder::with(&[("line.ron", &text)]);
        let Ok(line) = line::read(&folder.at("line.ron"), &[]) else { continue };
        accepted += 1;
        let recorded = record(&line, 3600);
        let name = |slot: Slot| line.elements[slot.index()].name.as_str();
        // For each part: to how many stops it has come, and since when it is where it is.
        let mut parts: BTreeMap<u64, (usize, u64)> = BTreeMap::new();
        for event in &recorded.0 {
            match event.what {
                What::Arrived(part) => {
                    let (step, since) = parts.entry(part.serial).or_default();
                    let next = routes[part.product as usize].get(*step);
                    *step += usize::from(next == Some(&name(event.element)));
                    *since = event.time.0;
                }
                What::Completed { part, .. } if name(event.element).starts_with('m') => {
                    let (step, since) = parts[&part.serial];
                    let time = (event.time.0 - since) / SECOND;
                    let own = name(event.element) == "m4" && text.contains("17 s");
                    assert_eq!(time, if own { 17 } else { TIMES[step - 1] }, "{text}\n{event:?}");
                    worked += 1;
                }
                What::Delivered(part) => {
                    let stops = routes[part.product as usize].len();
                    assert_eq!(parts[&part.serial].0, stops, "{text}\n{event:?}");
                }
                _ => {}
            }
        }
        assert_eq!(deliveries(&recorded).len(), 24, "{text}");
    }
    assert!(accepted > 40 && worked > 2000, "{accepted} {worked}");
}
