//! A re-entrant job shop: 100 groups of parallel machines, 20 products with routes of 30 stops that come back to groups they
//! have been to, setups between families, batches, breakdowns. Built by a small generator, so that it is the same everywhere.

use std::fmt::Write;

const GROUPS: u64 = 100;
const PRODUCTS: u64 = 20;
const STOPS: u64 = 30;
/// Every tenth group is one of batch machines.
const BATCHES: u64 = 10;

/// The shop as a layout, with all groups loaded to about four fifths.
pub fn layout() -> String {
    let mut random = Random(2026);
    let routes: Vec<Vec<u64>> =
        (0..PRODUCTS).map(|_| (0..STOPS).map(|_| random.below(GROUPS)).collect()).collect();
    let visits = |group: u64| routes.iter().flatten().filter(|stop| **stop == group).count().max(1) as f64;
    let mut products = String::new();
    let mut elements = String::new();
    let mut flow = String::new();
    for (product, route) in routes.iter().enumerate() {
        let stops = route.iter().map(|group| {
            // A machine of a busy group works quicker: three machines, four fifths of the time, with setups and repairs.
            let mean = 0.8 * 3.0 * INTERARRIVAL / (visits(*group) * 1.25);
            format!("(to: \"q{group}\", cycle: Exponential(\"{mean:.3} s\")), ")
        });
        let stops: String = stops.collect();
        write!(products, "\"p{product}\": (family: \"f{}\", route: [{stops}(to: \"out\")]),", product % 4)
            .expect("to a string");
        write!(elements, "\"s{product}\": Source(product: \"p{product}\", interarrival: Exponential(\"{INTERARRIVAL} s\")),")
            .expect("to a string");
        write!(flow, "\"s{product} -> q{}\",", route[0]).expect("to a string");
    }
    for group in 0..GROUPS {
        let is_batch = group % BATCHES == 0;
        write!(elements, "\"q{group}\": Buffer(order: Picked),").expect("to a string");
        for nth in 0..3 {
            let machine = if is_batch {
                let cycle = 0.8 * 3.0 * 6.0 * INTERARRIVAL / (visits(group) * 1.25);
                format!(
                    "Batch(cycle: Gamma(mean: \"{cycle:.3} s\", cv: 0.2), max: \"6 parts\", min: \"3 parts\", wait: \"{cycle:.3} s\")"
                )
            } else {
                let time = 0.1 * 3.0 * INTERARRIVAL / visits(group);
                format!(
                    "Machine(order: LeastChangeover, setup: (time: \"{time:.3} s\"), breakdowns: [(after: Exponential(\"2 h\"), repair: \
                     Exponential(\"5 min\"))])"
                )
            };
            let name = format!("m{group}.{nth}").replace('.', "_");
            write!(elements, "\"{name}\": {machine},").expect("to a string");
            write!(flow, "\"q{group} -> {name}\",").expect("to a string");
            for next in successors(&routes, group) {
                write!(flow, "\"{name} -> {next}\",").expect("to a string");
            }
        }
    }
    format!(
        "Line(name: \"job shop\", products: {{ {products} }}, elements: {{ {elements} \"out\": Sink() }}, flow: [{flow}])"
    )
}

/// Seconds from one part of a product to the next.
const INTERARRIVAL: f64 = 200.0;

/// Where parts go from a group, in order, each once.
fn successors(routes: &[Vec<u64>], group: u64) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for route in routes {
        for (nth, _) in route.iter().enumerate().filter(|(_, stop)| **stop == group) {
            let name = route.get(nth + 1).map_or("out".to_owned(), |next| format!("q{next}"));
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    if names.is_empty() {
        names.push("out".to_owned());
    }
    names
}

/// A small generator of numbers (Steele, Lea, Flood 2014).
struct Random(u64);

impl Random {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % end
    }
}
