//! Random lines for the invariants: a few stages one after the other, each of a random kind, written as a user would.
//!
//! Read [`Plant`] first. Lines may hold a loop, or wait for parts that stand behind others, and so may lock up; they never
//! pass parts on without time.

use super::kit;
use proptest::prelude::*;
use taktwin::line::Line;

/// A random line, as text.
#[derive(Clone, Debug)]
pub struct Plant {
    elements: Vec<(String, String)>,
    flow: Vec<String>,
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
        kit::line_of(PRODUCTS, run, &named, &flow)
    }
}

/// What the lines are made of. Whatever does not say its product has parts.
const PRODUCTS: &str =
    "\"part\": (family: \"light\"), \"piece\": (priority: 1, family: \"dark\"), \"pallet\": (carrier: true)";

/// One stage of a line, from one way in to one way out.
#[derive(Clone, Debug)]
enum Stage {
    Machine(String),
    Buffer(String),
    /// A conveyor or a buffer, and the port by which some of its parts are thrown away.
    Wasteful(String, &'static str),
    /// Two machines side by side, by share or whichever has room.
    Pair(String, String, Option<u32>),
    /// A robot brings the part to a machine.
    Robot(String, String),
    /// One robot brings every part into one of two machines, or from the one to the other, and away.
    Shared(String, [String; 2], bool),
    /// Parts of two products come to a store, from which workers of any kind take by their own rules.
    Store(String, Vec<String>),
    /// One robot brings parts to a machine and fetches them, maybe with two grippers, or one does the one and another the
    /// other, maybe in a zone around
    /// some of the places that they share.
    Cell {
        robots: Vec<String>,
        machine: String,
        zone: u32,
    },
    /// A part in ten goes back to where the stage begins.
    Rework(String, u32),
    /// Parts that come, and parts from elsewhere, are put together.
    Assembler(String, String),
    /// A part is taken apart; the pieces go on, and so does the rest.
    Disassembler(String),
    /// Parts are packed, go through a machine and maybe a robot, and are unpacked; so many carriers go round.
    Pallets {
        packer: String,
        machine: String,
        robot: Option<String>,
        unpacker: String,
        carriers: u32,
    },
    /// An inspection; what it finds bad is scrapped, or reworked by a machine and inspected again.
    Test(String, Option<String>),
}

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

/// A line of a few elements one after the other, with arrows that lead back in it: by share or to whichever has room, some of
/// them served by robots. Elements of every kind that can keep a part from moving on; two products.
pub fn any_ring() -> impl Strategy<Value = Plant> {
    ring_of(ring_element().boxed())
}

/// The same of machines that people repair and maintain, and buffers.
pub fn any_ring_with_people() -> impl Strategy<Value = Plant> {
    let machine = (distribution(), breakdowns_of_all_kinds(), maintenance()).prop_map(
        |(distribution, breakdowns, plans)| {
            format!("Machine(cycle: {distribution}, breakdowns: [{breakdowns}], maintenance: [{plans}])")
        },
    );
    ring_of(prop_oneof![2 => machine, 1 => ring_element()].boxed())
}

fn ring_of(element: BoxedStrategy<String>) -> impl Strategy<Value = Plant> {
    let elements = proptest::collection::vec(element, 2..6);
    let back = proptest::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>()), 0..4);
    let sources = (source(), limited_source(), any::<bool>());
    (sources, elements, back, 0u8..3, any::<[u8; 2]>(), any::<bool>()).prop_map(
        |((source, other, far), elements, back, choice, [by_robot, cell], build)| {
            let mut plant = Plant { elements: Vec::new(), flow: Vec::new() };
            plant.put("in", &source);
            plant.put("in too", &other);
            let name = |nth: usize| format!("e{nth}");
            let last = elements.len() - 1;
            for (nth, written) in elements.iter().enumerate() {
                plant.put(&name(nth), written);
            }
            plant.flow.push("in -> e0".to_owned());
            plant.flow.push(format!("in too -> e{}", usize::from(far)));
            let mut arms = 0;
            for from in 0..=last {
                // What is built last takes one of each, and no part comes back from there.
                let goal = if from < last {
                    name(from + 1)
                } else {
                    ["out", "build"][usize::from(build)].to_owned()
                };
                let mut goals = vec![goal];
                for (begin, end) in back.iter().filter(|(begin, _)| begin.index(last + 1) == from) {
                    let _ = begin;
                    let goal = name(end.index(from.max(1)));
                    if goal != name(from) && !goals.contains(&goal) {
                        goals.push(goal);
                    }
                }
                if choice == 1 {
                    goals.reverse();
                }
                let share = 100 / goals.len();
                let shares = (0..goals.len())
                    .map(|nth| if nth == 0 { 100 - share * (goals.len() - 1) } else { share });
                for (goal, share) in goals.iter().zip(shares.collect::<Vec<_>>()) {
                    let share =
                        if choice == 2 && goals.len() > 1 { format!(" {share} %") } else { String::new() };
                    let by = match by_robot >> (arms % 8) & 3 {
                        3 => " by arm",
                        1 if cell & 1 == 1 => " by hand",
                        _ => "",
                    };
                    arms += 1;
                    plant.flow.push(format!("e{from} -> {goal}{share}{by}"));
                }
            }
            plant.man_the_ring(cell);
            if build {
                plant.put("build", "Assembler(cycle: \"2 s\", parts: { \"part\": 1, \"piece\": 2 })");
                plant.flow.push("build -> out".to_owned());
            }
            plant.put("out", "Sink()");
            plant
        },
    )
}

impl Plant {
    /// Adds the robots of a ring, one of which may have two grippers, and maybe a zone around a place to which both come.
    fn man_the_ring(&mut self, cell: u8) {
        let served = ["arm", "hand"].map(|robot| {
            let arrows = self.flow.iter().filter_map(|arrow| arrow.strip_suffix(&format!(" by {robot}")));
            let ways = arrows.filter_map(|arrow| arrow.split_once(" -> "));
            let goal = |to: &str| to.split(' ').next().map(str::to_owned);
            ways.filter_map(|(from, to)| Some((from.to_owned(), goal(to)?))).collect::<Vec<_>>()
        });
        // A second gripper is for what comes to a place from which the robot takes parts.
        let clears = |place: &String| served[0].iter().any(|(from, _)| from == place);
        let exchanges = served[0].iter().any(|(_, to)| clears(to));
        let grippers = if cell & 2 == 2 && exchanges { "grippers: 2, " } else { "" };
        for (robot, grippers) in [("arm", grippers), ("hand", "")] {
            let its = format!(" by {robot}");
            if self.flow.iter().any(|arrow| arrow.ends_with(&its)) {
                self.put(robot, &format!("Robot({grippers}load: \"1 s\", unload: \"1 s\")"));
            }
        }
        let [of_arm, of_hand] =
            served.map(|ways| ways.into_iter().flat_map(|(from, to)| [from, to]).collect::<Vec<_>>());
        let shared = of_arm.iter().find(|place| of_hand.contains(place)).filter(|_| cell & 4 == 4);
        if let Some(shared) = shared {
            self.put("zone", &format!("Zone(around: [\"{shared}\"])"));
        }
    }
}

/// A source of pieces that may end.
fn limited_source() -> impl Strategy<Value = String> {
    (distribution(), proptest::option::of(1u32..30)).prop_map(|(distribution, parts)| {
        let parts = parts.map_or(String::new(), |parts| format!(", parts: {parts}"));
        format!("Source(product: \"piece\", interarrival: {distribution}{parts})")
    })
}

/// Something in which a part may have to wait for another.
fn ring_element() -> impl Strategy<Value = String> {
    let order = prop_oneof![Just("Fifo"), Just("Picked"), Just("Lifo"), Just("Priority")];
    let calendar = prop_oneof![
        2 => Just(""),
        1 => Just(", breakdowns: [(after: Exponential(\"50 s\"), clock: Calendar, repair: Exponential(\"30 s\"))]"),
    ];
    let lot = prop_oneof![3 => Just(""), 1 => Just(", wait: \"30 s\"")];
    prop_oneof![
        4 => (distribution(), calendar).prop_map(|(distribution, calendar)| format!("Machine(cycle: {distribution}{calendar})")),
        4 => (1u32..4, order).prop_map(|(places, order)| format!("Buffer(capacity: {places}, order: {order})")),
        1 => distribution().prop_map(|distribution| format!("Machine(cycle: {distribution}, places: 2)")),
        2 => (distribution(), 2u32..4, lot.clone()).prop_map(|(distribution, lot, wait)| format!(
            "Machine(cycle: {distribution}, setup: (time: \"2 s\", min_lot: {lot}{wait}))"
        )),
        2 => (distribution(), 2u32..4, lot).prop_map(|(distribution, min, wait)| format!(
            "Batch(cycle: {distribution}, min: \"{min} parts\", max: \"3 parts\", together: Product{wait})"
        )),
        1 => Just("Conveyor(length: \"30 cm\", speed: \"40 mm/s\", pitch: \"10 cm\")".to_owned()),
    ]
}

fn distribution() -> impl Strategy<Value = String> {
    (1u32..20, 0usize..5).prop_map(|(mean, kind)| match kind {
        0 => format!("Constant(\"{mean} s\")"),
        1 => format!("Exponential(\"{mean} s\")"),
        2 => format!("Gamma(mean: \"{mean} s\", cv: 0.4)"),
        3 => format!("Uniform(min: \"{mean} s\", max: \"{} s\")", mean + 3),
        _ => format!("Weibull(mean: \"{mean} s\", shape: 1.7)"),
    })
}

fn source() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("Source()".to_owned()),
        distribution().prop_map(|distribution| format!("Source(interarrival: {distribution})")),
        (1u32..200).prop_map(|parts| format!("Source(parts: {parts})")),
    ]
}

/// Breakdowns on the first clocks of working time, parts and calendar.
fn breakdowns(clocks: usize) -> impl Strategy<Value = String> {
    let mode = (5u32..200, 1u32..60, 0..clocks).prop_map(|(life, repair, clock)| {
        let after = match clock {
            0 => format!("Exponential(\"{life} s\")"),
            1 => format!("Constant(\"{life} parts\")"),
            _ => format!("Gamma(mean: \"{life} s\", cv: 0.7), clock: Calendar"),
        };
        format!("(after: {after}, repair: Exponential(\"{repair} s\"))")
    });
    proptest::collection::vec(mode, 0..3).prop_map(|modes| modes.join(", "))
}

/// Who comes for a stop, if anybody must.
fn call() -> impl Strategy<Value = &'static str> {
    prop_oneof![
        3 => Just(""),
        1 => Just(", skill: \"red\""),
        1 => Just(", skill: \"blue\", priority: 1"),
    ]
}

/// Breakdowns of every fate for which people may be called, some of them at instants that others share.
fn breakdowns_of_all_kinds() -> impl Strategy<Value = String> {
    let preemption = prop_oneof![Just("Resume"), Just("Restart"), Just("Scrap")];
    // A part that begins anew with every stop must be done now and then.
    let mode = (60u32..200, 1u32..60, 0usize..4, preemption, call()).prop_map(
        |(life, repair, clock, preemption, call)| {
            let after = match clock {
                0 => format!("Exponential(\"{life} s\")"),
                1 => format!("Constant(\"{life} parts\")"),
                2 => format!("Constant(\"{} s\"), clock: Calendar", life / 20 * 20),
                _ => format!("Gamma(mean: \"{life} s\", cv: 0.7), clock: Calendar"),
            };
            format!("(after: {after}, repair: Exponential(\"{repair} s\"), part: {preemption}{call})")
        },
    );
    proptest::collection::vec(mode, 0..3).prop_map(|modes| modes.join(", "))
}

/// Plans by every clock and policy that wait for everything they can.
fn maintenance() -> impl Strategy<Value = String> {
    let when = prop_oneof![Just("AtOnce"), Just("AfterPart"), Just("WhenEmpty")];
    let policy = prop_oneof![Just("Age"), Just("Block")];
    let plan = (2u32..10, 1u32..20, 0usize..3, when, policy, call()).prop_map(
        |(every, takes, clock, when, policy, call)| {
            let every = match clock {
                0 => format!("\"{} s\"", every * 20),
                1 => format!("Exponential(\"{} s\"), clock: Working", every * 20),
                _ => format!("\"{every} parts\""),
            };
            format!("(every: {every}, takes: \"{takes} s\", when: {when}, policy: {policy}{call})")
        },
    );
    proptest::collection::vec(plan, 0..3).prop_map(|plans| plans.join(", "))
}

/// Everything that can make a bench stand still, and how it may begin.
fn stops(begins: &'static str) -> impl Strategy<Value = String> {
    let begins = prop_oneof![2 => Just(""), 1 => Just(begins)];
    (breakdowns_of_all_kinds(), maintenance(), begins).prop_map(|(breakdowns, plans, begins)| {
        let begins = if begins.is_empty() { String::new() } else { format!(", initial: ({begins})") };
        format!("breakdowns: [{breakdowns}], maintenance: [{plans}]{begins}")
    })
}

/// Everything that can make a machine stand still.
fn machine() -> impl Strategy<Value = String> {
    let begins = prop_oneof![
        8 => Just(""),
        2 => Just(", initial: (working: \"3 s\", product: \"part\")"),
        1 => Just(", setup: (time: \"3 s\", min_lot: 2, wait: \"20 s\", max_lot: 3)"),
    ];
    (distribution(), breakdowns_of_all_kinds(), maintenance(), begins, any::<bool>()).prop_map(
        |(distribution, breakdowns, maintenance, begins, metered)| {
            let power = if metered { ", power: (working: \"7.3 kW\", idle: \"1.1 kW\"), defects: 0.1" } else { "" };
            format!(
                "Machine(cycle: {distribution}, breakdowns: [{breakdowns}], maintenance: [{maintenance}]{begins}{power})"
            )
        },
    )
}

fn rule() -> impl Strategy<Value = &'static str> {
    prop_oneof![
        Just("FirstCome"),
        Just("Priority"),
        Just("Shortest"),
        Just("EarliestDue"),
        Just("CriticalRatio"),
        Just("LeastChangeover"),
        Just("LongestQueue"),
    ]
}

/// What looks at its parts before it takes one: a machine that is set up, one with several places, or an oven.
fn worker() -> impl Strategy<Value = String> {
    let fitter = (distribution(), distribution(), rule(), breakdowns_of_all_kinds(), maintenance(), 0u32..4).prop_map(
        |(distribution, piece, rule, breakdowns, maintenance, lot)| {
            format!(
                "Machine(cycle: {distribution}, cycles: {{ \"piece\": {piece} }}, load: \"1 s\", unload: \"1 s\", order: {rule}, \
                 setup: (time: \"5 s\", min_lot: {lot}), breakdowns: [{breakdowns}], maintenance: [{maintenance}])"
            )
        },
    );
    let row = (distribution(), rule(), breakdowns(3), 2u32..4).prop_map(
        |(distribution, rule, breakdowns, places)| {
            format!(
                "Machine(cycle: {distribution}, order: {rule}, places: {places}, breakdowns: [{breakdowns}])"
            )
        },
    );
    let together = prop_oneof![Just("Any"), Just("Product"), Just("Family")];
    let order = prop_oneof![2 => rule(), 1 => Just("FillTheBatch")];
    let load = (1u32..6, 1u32..6, proptest::option::of(1u32..40));
    let oven = (distribution(), load, together, order, breakdowns_of_all_kinds(), maintenance()).prop_map(
        |(distribution, (min, more, wait), together, order, breakdowns, maintenance)| {
            let wait = wait.map_or(String::new(), |wait| format!(", wait: \"{wait} s\""));
            format!(
                "Batch(cycle: {distribution}, min: \"{min} parts\", max: \"{} parts\"{wait}, together: {together}, order: {order}, \
                 breakdowns: [{breakdowns}], maintenance: [{maintenance}])",
                min + more - 1
            )
        },
    );
    prop_oneof![2 => fitter, 1 => row, 2 => oven]
}

/// No breakdown by the calendar, no maintenance and nobody to wait for: the work done by then would depend on the buffers.
fn calm_machine() -> impl Strategy<Value = String> {
    (distribution(), breakdowns(2), any::<bool>()).prop_map(|(distribution, breakdowns, metered)| {
        let power = if metered { ", power: (working: \"7.3 kW\", idle: \"1.1 kW\")" } else { "" };
        format!("Machine(cycle: {distribution}, breakdowns: [{breakdowns}]{power})")
    })
}

/// An inspection, with a limit where a machine reworks.
fn test() -> impl Strategy<Value = Stage> {
    let sample = prop_oneof![Just("All"), Just("Every(3)"), Just("Share(0.4)")];
    let rework = distribution().prop_map(|distribution| {
        format!("Machine(cycle: {distribution}, rework: (success: 0.7), defects: 0.1)")
    });
    (distribution(), breakdowns_of_all_kinds(), maintenance(), sample, proptest::option::of(rework)).prop_map(
        |(distribution, breakdowns, maintenance, sample, rework)| {
            // An inspection spoils nothing.
            let breakdowns = breakdowns.replace("part: Scrap", "part: Resume");
            let limit = if rework.is_some() { ", rework_limit: 2" } else { "" };
            let chances = "defects: 0.2, escapes: 0.3, false_calls: 0.1";
            let test = format!(
                "Inspection(cycle: {distribution}, {chances}, sample: {sample}{limit}, breakdowns: [{breakdowns}], \
                    maintenance: [{maintenance}])"
            );
            Stage::Test(test, rework)
        },
    )
}

fn buffer() -> impl Strategy<Value = String> {
    let order = prop_oneof![Just("Fifo"), Just("Lifo"), Just("Priority")];
    (0u32..6, order).prop_map(|(places, order)| match places {
        0 => format!("Buffer(order: {order})"),
        1 => format!("Buffer(capacity: {places}, order: {order}, initial: [(\"piece\", 1)])"),
        _ => format!("Buffer(capacity: {places}, order: {order}, initial: {})", places / 3),
    })
}

/// A conveyor of any kind; the way out for what it loses, if it may lose parts.
fn conveyor() -> impl Strategy<Value = Stage> {
    let lengths = (1u32..80, 1u32..20, 2u32..15);
    let begins = prop_oneof![2 => Just(""), 1 => Just(", initial: (parts: [(\"part\", 1)])")];
    // A belt is maintained after times, and not part by part.
    let belted = |plans: String| plans.replace(" parts\"", "0 s\"").replace("AfterPart", "WhenEmpty");
    let ways = (breakdowns(1), maintenance().prop_map(belted), begins);
    let written = (lengths, 0usize..3, ways, any::<bool>());
    written.prop_map(|(lengths, kind, (breakdowns, plans, begins), metered)| {
        let (length, speed, pitch) = lengths;
        let when_blocked = ["Accumulate", "Stop", "Never"][kind];
        let power =
            if metered { ", power: (per_metre: \"0.1 kW\", per_part: \"37 W\", idle: \"11 W\")" } else { "" };
        let written = format!(
            "Conveyor(length: \"{length} cm\", speed: \"{speed}0 mm/s\", pitch: \"{pitch} cm\", \
             when_blocked: {when_blocked}, breakdowns: [{breakdowns}], maintenance: [{plans}]{begins}{power})"
        );
        if kind == 2 { Stage::Wasteful(written, "scrap") } else { Stage::Buffer(written) }
    })
}

/// A buffer in which parts ripen, grow too old, or both.
fn cellar() -> impl Strategy<Value = Stage> {
    let order = prop_oneof![Just("Fifo"), Just("Lifo"), Just("Priority"), Just("Picked")];
    (distribution(), distribution(), 0usize..3, 0u32..6, order).prop_map(
        |(dwell, life, kind, places, order)| {
            let places = if places > 0 {
                format!("capacity: {places}, initial: {}, ", places / 2)
            } else {
                String::new()
            };
            let dwell = if kind == 1 { String::new() } else { format!("dwell: {dwell}, ") };
            if kind == 0 {
                return Stage::Buffer(format!("Buffer({places}{dwell}order: {order})"));
            }
            // Constant distributions may contradict each other.
            let life = life.replace("Constant(", "Exponential(");
            Stage::Wasteful(format!("Buffer({places}{dwell}shelf_life: {life}, order: {order})"), "expired")
        },
    )
}

fn robot() -> impl Strategy<Value = String> {
    let rule = prop_oneof![Just("FirstCome"), Just("Nearest"), Just("LeastChangeover"), Just("Priority")];
    let tools = prop_oneof![
        2 => Just(""),
        1 => Just(", tools: (time: \"3 s\")"),
        1 => Just(", tools: (between: { \"light -> dark\": Exponential(\"4 s\") }, initial: \"light\")"),
    ];
    (distribution(), rule, tools).prop_map(|(load, rule, tools)| {
        format!("Robot(load: {load}, unload: \"1 s\", order: {rule}{tools}, power: (moving: \"2.6 kW\"))")
    })
}

fn stage() -> impl Strategy<Value = Stage> {
    prop_oneof![
        2 => machine().prop_map(Stage::Machine),
        3 => buffer().prop_map(Stage::Buffer),
        2 => conveyor(),
        2 => cellar(),
        2 => (machine(), machine(), proptest::option::of(10u32..90))
            .prop_map(|(one, other, share)| Stage::Pair(one, other, share)),
        2 => (robot(), machine()).prop_map(|(robot, machine)| Stage::Robot(robot, machine)),
        1 => worker().prop_map(Stage::Machine),
        2 => (robot(), [machine(), machine()], any::<bool>())
            .prop_map(|(robot, machines, side_by_side)| Stage::Shared(robot, machines, side_by_side)),
        3 => (distribution(), proptest::collection::vec(worker(), 1..4)).prop_map(|(gap, workers)| {
            Stage::Store(format!("Source(product: \"piece\", interarrival: {gap}, due: Exponential(\"60 s\"))"), workers)
        }),
        2 => cell(),
        1 => (machine(), 1u32..8).prop_map(|(machine, places)| Stage::Rework(machine, places)),
        2 => (assembler(), source()).prop_map(|(assembler, source)| Stage::Assembler(assembler, source)),
        1 => (distribution(), stops("working: \"2 s\", product: \"part\""), 1u32..4).prop_map(|(distribution, stops, count)| Stage::Disassembler(format!(
            "Disassembler(cycle: {distribution}, gives: {{ \"part\": 1, \"piece\": {count} }}, {stops})"
        ))),
        2 => pallets(),
        2 => test(),
    ]
}

fn cell() -> impl Strategy<Value = Stage> {
    let robots = proptest::collection::vec(robot(), 1..3);
    // Which of the three places lie in the zone, one bit each.
    (robots, machine(), 0u32..8, any::<bool>()).prop_map(|(mut robots, machine, zone, double)| {
        if let [robot] = &mut robots[..]
            && double
        {
            *robot = robot.replacen('(', "(grippers: 2, ", 1);
        }
        Stage::Cell { robots, machine, zone }
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

fn pallets() -> impl Strategy<Value = Stage> {
    let (packing, unpacking) = (
        stops("working: \"2 s\", product: \"part\""),
        stops("working: \"2 s\", product: \"pallet\", parts: [(\"part\", 2), (\"piece\", 1)]"),
    );
    let stations = (distribution(), packing, distribution(), unpacking);
    let wait = proptest::option::of(0u32..60);
    let packed = (stations, machine(), proptest::option::of(robot()), 1u32..5, 1u32..4, wait);
    packed.prop_map(|((pack, pack_stops, unpack, unpack_stops), machine, robot, holds, carriers, wait)| {
        let wait = wait.filter(|_| holds > 1).map_or(String::new(), |secs| format!("wait: \"{secs} s\", "));
        let packer =
            format!("Packer(cycle: {pack}, carrier: \"pallet\", holds: {holds}, {wait}{pack_stops})");
        let unpacker = format!("Unpacker(cycle: {unpack}, {unpack_stops})");
        Stage::Pallets { packer, machine, robot, unpacker, carriers }
    })
}

/// The main part comes along the line; pieces are a product of their own, or more of the same.
fn assembler() -> impl Strategy<Value = String> {
    (distribution(), stops("working: \"2 s\""), 1u32..4, any::<bool>(), 0u32..3).prop_map(
        |(distribution, stops, count, own, ahead)| {
            let bill =
                if own { format!("\"part\": 1, \"piece\": {count}") } else { format!("\"part\": {count}") };
            format!("Assembler(cycle: {distribution}, parts: {{ {bill} }}, ahead: {ahead}, {stops})")
        },
    )
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
    fn put(&mut self, name: &str, written: &str) {
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
