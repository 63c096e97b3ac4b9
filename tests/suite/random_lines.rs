//! Random lines for the invariants: a few stages one after the other, each of a random kind, written as a user would.
//!
//! Read [`Plant`] first. Lines may hold a loop, or wait for parts that stand behind others, and so may lock up; they never
//! pass parts on without time.

use super::kit;
use super::random_elements::*;
use proptest::prelude::*;
use taktwin::line::Line;

/// A random line, as text.
#[derive(Clone, Debug)]
pub struct Plant {
    pub elements: Vec<(String, String)>,
    pub flow: Vec<String>,
}

impl Plant {
    /// The same plant with its elements and arrows in another order; the arrows that leave one element keep theirs.
    pub fn shuffled(&self, seed: u64) -> Plant {
        // Any order will do, as long as it is another for another seed.
        let key = |text: &str| {
            text.bytes().fold(seed | 1, |sum, byte| {
                (sum ^ u64::from(byte)).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29)
            })
        };
        let giver = |arrow: &str| arrow.split([' ', '.']).next().map(str::to_owned).unwrap_or_default();
        let mut shuffled = self.clone();
        shuffled.elements.sort_by_key(|(name, _)| key(name));
        shuffled.flow.sort_by_key(|arrow| key(&giver(arrow)));
        shuffled
    }

    /// The line, by way of a file. `run` as in [`kit::layout`].
    pub fn line(&self, run: &str) -> Line {
        self.line_by("", run)
    }

    /// The same with these calendars.
    pub fn line_by(&self, calendars: &str, run: &str) -> Line {
        let mut named: Vec<(&str, &str)> =
            self.elements.iter().map(|(name, written)| (name.as_str(), written.as_str())).collect();
        // Whoever is called is there; the second crew can do both.
        let called =
            |skill: &str| named.iter().any(|(_, written)| written.contains(&format!("skill: \"{skill}\"")));
        let crews: Vec<(&str, &str)> = [
            (called("red"), ("reds", "Crew(size: 1, skills: [\"red\"])")),
            (called("blue"), ("blues", "Crew(size: 2, skills: [\"blue\", \"red\"])")),
        ]
        .into_iter()
        .filter_map(|(called, crew)| called.then_some(crew))
        .collect();
        named.extend(crews);
        // What is spoilt has a way out.
        let spoils = self.elements.iter().filter(|(_, written)| written.contains("part: Scrap"));
        let ways: Vec<String> = spoils.map(|(name, _)| format!("{name}.scrap -> spoilt")).collect();
        if !ways.is_empty() {
            named.push(("spoilt", "Sink(scrap: true)"));
        }
        let flow: Vec<&str> = self.flow.iter().chain(&ways).map(String::as_str).collect();
        kit::read(&kit::layout_by(calendars, PRODUCTS, run, &named, &flow))
    }
}

/// What the lines are made of. Whatever does not say its product has parts.
const PRODUCTS: &str =
    "\"part\": (family: \"light\"), \"piece\": (priority: 1, family: \"dark\"), \"pallet\": (carrier: true)";

/// Any line of one to five stages.
pub fn any_plant() -> impl Strategy<Value = Plant> {
    let stages = proptest::collection::vec(stage(), 0..4);
    (source(), machine(), stages, any::<bool>()).prop_map(|(source, first, stages, scrap)| {
        // A machine comes first, so that an endless source cannot fill an endless buffer.
        let stages = std::iter::once(Stage::Machine(first)).chain(stages).collect::<Vec<_>>();
        plant(source, &stages, scrap)
    })
}

/// A line of machines and buffers only, whose breakdowns run on working time or parts, and a wider buffer for one of its
/// places.
pub fn serial_twins() -> impl Strategy<Value = (Plant, Plant)> {
    let stations = proptest::collection::vec((calm_machine(), 1u32..4), 2..6);
    (stations, any::<prop::sample::Index>(), 1u32..5).prop_map(|(stations, place, more)| {
        let widened = place.index(stations.len() - 1) + 1;
        let twin = |more: u32| {
            let stage = |(i, (machine, places)): (usize, &(String, u32))| {
                let places = places + if i == widened { more } else { 0 };
                [Stage::Buffer(format!("Buffer(capacity: {places})")), Stage::Machine(machine.clone())]
            };
            let stages: Vec<Stage> = stations.iter().enumerate().flat_map(stage).skip(1).collect();
            plant("Source()".to_owned(), &stages, false)
        };
        (twin(0), twin(more))
    })
}

/// One or two robot cells one after the other, for two products of which there are always parts.
pub fn any_cell() -> impl Strategy<Value = Plant> {
    // A part that begins anew with every stop may never be done, and one that is spoilt goes out without a robot.
    let calm = |mut stage| {
        if let Stage::Cell { machine, .. } = &mut stage {
            *machine =
                machine.replace("part: Restart", "part: Resume").replace("part: Scrap", "part: Resume");
        }
        stage
    };
    proptest::collection::vec(cell().prop_map(calm), 1..3).prop_map(|stages| {
        let mut plant = plant("Source()".to_owned(), &stages, false);
        plant.put("in too", "Source(product: \"piece\")");
        plant.join(&["in too".to_owned()], "rest0", "");
        plant
    })
}

/// Puts the stages one after the other; `scrap` sends five parts in a hundred of the last to a second sink.
fn plant(source: String, stages: &[Stage], scrap: bool) -> Plant {
    let mut plant = Plant { elements: Vec::new(), flow: Vec::new() };
    plant.put("in", &source);
    let mut ends = vec!["in".to_owned()];
    for (i, stage) in stages.iter().enumerate() {
        ends = plant.add(i, stage, &ends);
    }
    // A last machine of its own, so that shares lead to the sinks alone.
    ends = plant.add(stages.len(), &Stage::Machine("Machine(cycle: Constant(\"1 s\"))".to_owned()), &ends);
    plant.put("out", "Sink()");
    match scrap {
        false => plant.join(&ends, "out", ""),
        true => {
            plant.put("scrap", "Sink(scrap: true)");
            plant.join(&ends, "out", " 95 %");
            plant.join(&ends, "scrap", " 5 %");
        }
    }
    plant
}

impl Plant {
    pub fn put(&mut self, name: &str, written: &str) {
        let written = match written.split_once('(') {
            Some((kind @ ("Source" | "Buffer"), rest))
                if !written.contains("product:") && !written.contains("initial: [") =>
            {
                format!("{kind}(product: \"part\", {rest}")
            }
            _ => written.to_owned(),
        };
        self.elements.push((name.to_owned(), written));
    }

    fn join(&mut self, ends: &[String], to: &str, how: &str) {
        // A way out of a rework stage has a share already, in the text that ends in its mark.
        let arrow = |from: &String| match from.strip_suffix('%') {
            Some(from) => format!("{from} -> {to} 90 %{how}"),
            None => format!("{from} -> {to}{how}"),
        };
        self.flow.extend(ends.iter().map(arrow));
    }

    /// Adds a machine behind these ends, from which parts go to two elements.
    fn part_ways(&mut self, gate: &str, ends: &[String], to: [&str; 2], share: Option<u32>) {
        self.put(gate, "Machine(cycle: Constant(\"1 s\"))");
        self.join(ends, gate, "");
        let how = match share {
            Some(share) => [format!(" {share} %"), format!(" {} %", 100 - share)],
            None => [String::new(), String::new()],
        };
        for (to, how) in to.into_iter().zip(how) {
            self.join(&[gate.to_owned()], to, &how);
        }
    }

    /// Adds a stage behind these ends; its own ends.
    fn add(&mut self, i: usize, stage: &Stage, ends: &[String]) -> Vec<String> {
        let (one, other) = (format!("a{i}"), format!("b{i}"));
        match stage {
            Stage::Machine(written) | Stage::Buffer(written) => {
                self.put(&one, written);
                self.join(ends, &one, "");
                vec![one]
            }
            Stage::Wasteful(written, port) => {
                self.put(&one, written);
                self.join(ends, &one, "");
                // What is thrown away waits for a machine that may be busy.
                self.put(&other, "Machine(cycle: Constant(\"2 s\"))");
                let bin = format!("bin{i}");
                self.put(&bin, "Sink(scrap: true)");
                self.flow.push(format!("{one}.{port} -> {other} -> {bin}"));
                vec![one]
            }
            Stage::Pair(first, second, share) => {
                self.put(&one, first);
                self.put(&other, second);
                self.part_ways(&format!("gate{i}"), ends, [&one, &other], *share);
                vec![one, other]
            }
            Stage::Robot(robot, machine) => {
                let rest = format!("rest{i}");
                self.put(&rest, "Buffer(capacity: 2)");
                self.join(ends, &rest, "");
                self.put(&one, machine);
                self.put(&other, robot);
                self.join(&[rest], &one, &format!(" by {other}"));
                vec![one]
            }
            Stage::Shared(robot, machines, side_by_side) => {
                let [rest, arm, away] = ["rest", "arm", "away"].map(|name| format!("{name}{i}"));
                self.put(&arm, robot);
                self.put(&rest, "Buffer(capacity: 2)");
                self.join(ends, &rest, "");
                self.put(&away, "Buffer(capacity: 1)");
                self.put(&one, &machines[0]);
                self.put(&other, &machines[1]);
                if *side_by_side {
                    self.flow.push(format!("{rest} -> {one} by {arm}"));
                    self.flow.push(format!("{rest} -> {other} by {arm}"));
                    self.flow.push(format!("{one} -> {away}"));
                    self.flow.push(format!("{other} -> {away}"));
                } else {
                    self.flow.push(format!("{rest} -> {one} -> {other} -> {away} by {arm}"));
                }
                vec![away]
            }
            Stage::Store(source, workers) => {
                let pieces = format!("pieces{i}");
                self.put(&pieces, source);
                self.put(&one, "Buffer(capacity: 9, order: Picked)");
                self.join(ends, &one, "");
                self.join(&[pieces], &one, "");
                let names: Vec<String> = (0..workers.len()).map(|nth| format!("w{i}_{nth}")).collect();
                for (name, worker) in names.iter().zip(workers) {
                    self.put(name, worker);
                    self.join(std::slice::from_ref(&one), name, "");
                }
                names
            }
            Stage::Cell { robots, machine, zone } => {
                let places = [format!("rest{i}"), one.clone(), format!("table{i}")];
                self.put(&places[0], "Buffer(capacity: 2)");
                self.join(ends, &places[0], "");
                self.put(&places[1], machine);
                self.put(&places[2], "Buffer(capacity: 2)");
                let arms = [format!("arm{i}"), format!("hand{i}")];
                robots.iter().zip(&arms).for_each(|(written, arm)| self.put(arm, written));
                let fetcher = &arms[robots.len() - 1];
                self.join(&places[..1], &places[1], &format!(" by {}", arms[0]));
                self.join(&places[1..2], &places[2], &format!(" by {fetcher}"));
                // Both come to the machine; a zone that only one comes to is no zone.
                if robots.len() > 1 && zone & 2 != 0 {
                    let inside = (0..3).filter(|nth| zone & (1 << nth) != 0);
                    let inside: Vec<String> = inside.map(|nth| format!("\"{}\"", places[nth])).collect();
                    self.put(&format!("zone{i}"), &format!("Zone(around: [{}])", inside.join(", ")));
                }
                vec![places[2].clone()]
            }
            Stage::Assembler(assembler, source) => {
                self.put(&one, assembler);
                self.join(ends, &one, "");
                let product = if assembler.contains("piece") { "piece" } else { "part" };
                self.put(&other, &source.replacen('(', &format!("(product: \"{product}\", "), 1));
                self.join(&[other], &one, "");
                vec![one]
            }
            Stage::Disassembler(written) => {
                self.put(&one, written);
                self.join(ends, &one, "");
                vec![format!("{one}.part"), format!("{one}.piece")]
            }
            Stage::Pallets { packer, machine, robot, unpacker, carriers } => {
                let [off, empty, arm] = ["off", "empty", "arm"].map(|name| format!("{name}{i}"));
                self.put(&one, packer);
                self.join(ends, &one, "");
                self.put(&other, machine);
                self.join(std::slice::from_ref(&one), &other, "");
                self.put(&off, unpacker);
                let by = robot.as_ref().map_or(String::new(), |robot| {
                    self.put(&arm, robot);
                    format!(" by {arm}")
                });
                self.join(&[other], &off, &by);
                self.put(&empty, &format!("Buffer(product: \"pallet\", initial: {carriers})"));
                self.join(&[format!("{off}.carrier")], &empty, "");
                self.join(&[empty], &one, "");
                vec![format!("{off}.parts")]
            }
            Stage::Test(test, rework) => {
                let bin = format!("bin{i}");
                self.put(&bin, "Sink(scrap: true)");
                self.put(&one, test);
                self.join(ends, &one, "");
                if let Some(rework) = rework {
                    let bench = format!("bench{i}");
                    self.put(&bench, "Buffer(capacity: 3)");
                    self.put(&other, rework);
                    self.flow.push(format!("{one}.fail -> {bench} -> {other} -> {one}"));
                }
                self.flow.push(format!("{one}.scrap -> {bin}"));
                vec![one]
            }
            Stage::Rework(machine, places) => {
                let rack = format!("Buffer(capacity: {places})");
                let end = self.add(i, &Stage::Buffer(rack), ends);
                self.put(&other, machine);
                self.join(&end, &other, "");
                self.flow.push(format!("{other} -> {one} 10 %"));
                vec![format!("{other}%")]
            }
        }
    }
}
