//! Random elements of every kind, and stages made of them, for `random_lines.rs`.

use proptest::prelude::*;

/// One stage of a line, from one way in to one way out.
#[derive(Clone, Debug)]
pub enum Stage {
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

/// A source of pieces that may end.
pub fn limited_source() -> impl Strategy<Value = String> {
    (distribution(), proptest::option::of(1u32..30)).prop_map(|(distribution, parts)| {
        let parts = parts.map_or(String::new(), |parts| format!(", parts: {parts}"));
        format!("Source(product: \"piece\", interarrival: {distribution}{parts})")
    })
}

/// Something in which a part may have to wait for another.
pub fn ring_element() -> impl Strategy<Value = String> {
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

pub fn distribution() -> impl Strategy<Value = String> {
    (1u32..20, 0usize..5).prop_map(|(mean, kind)| match kind {
        0 => format!("Constant(\"{mean} s\")"),
        1 => format!("Exponential(\"{mean} s\")"),
        2 => format!("Gamma(mean: \"{mean} s\", cv: 0.4)"),
        3 => format!("Uniform(min: \"{mean} s\", max: \"{} s\")", mean + 3),
        _ => format!("Weibull(mean: \"{mean} s\", shape: 1.7)"),
    })
}

pub fn source() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("Source()".to_owned()),
        distribution().prop_map(|distribution| format!("Source(interarrival: {distribution})")),
        (1u32..200).prop_map(|parts| format!("Source(parts: {parts})")),
    ]
}

/// Breakdowns on the first clocks of working time, parts and calendar.
pub fn breakdowns(clocks: usize) -> impl Strategy<Value = String> {
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
pub fn call() -> impl Strategy<Value = &'static str> {
    prop_oneof![
        3 => Just(""),
        1 => Just(", skill: \"red\""),
        1 => Just(", skill: \"blue\", priority: 1"),
    ]
}

/// Breakdowns of every fate for which people may be called, some of them at instants that others share.
pub fn breakdowns_of_all_kinds() -> impl Strategy<Value = String> {
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
pub fn maintenance() -> impl Strategy<Value = String> {
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
pub fn stops(begins: &'static str) -> impl Strategy<Value = String> {
    let begins = prop_oneof![2 => Just(""), 1 => Just(begins)];
    (breakdowns_of_all_kinds(), maintenance(), begins).prop_map(|(breakdowns, plans, begins)| {
        let begins = if begins.is_empty() { String::new() } else { format!(", initial: ({begins})") };
        format!("breakdowns: [{breakdowns}], maintenance: [{plans}]{begins}")
    })
}

/// Everything that can make a machine stand still.
pub fn machine() -> impl Strategy<Value = String> {
    let begins = prop_oneof![
        8 => Just(""),
        2 => Just(", initial: (working: \"3 s\", product: \"part\")"),
        1 => Just(", setup: (time: \"3 s\", min_lot: 2, wait: \"20 s\", max_lot: 3)"),
    ];
    (distribution(), breakdowns_of_all_kinds(), maintenance(), begins, any::<bool>()).prop_map(
        |(distribution, breakdowns, maintenance, begins, metered)| {
            let power = if metered { ", power: (working: (electricity: \"7.3 kW\", gas: \"41 kW\"), idle: \"1.1 kW\"), defects: 0.1" } else { "" };
            format!(
                "Machine(cycle: {distribution}, breakdowns: [{breakdowns}], maintenance: [{maintenance}]{begins}{power})"
            )
        },
    )
}

pub fn rule() -> impl Strategy<Value = &'static str> {
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
pub fn worker() -> impl Strategy<Value = String> {
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
pub fn calm_machine() -> impl Strategy<Value = String> {
    (distribution(), breakdowns(2), any::<bool>()).prop_map(|(distribution, breakdowns, metered)| {
        let power = if metered { ", power: (working: \"7.3 kW\", idle: \"1.1 kW\")" } else { "" };
        format!("Machine(cycle: {distribution}, breakdowns: [{breakdowns}]{power})")
    })
}

/// An inspection, with a limit where a machine reworks.
pub fn test() -> impl Strategy<Value = Stage> {
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

pub fn buffer() -> impl Strategy<Value = String> {
    let order = prop_oneof![Just("Fifo"), Just("Lifo"), Just("Priority")];
    (0u32..6, order).prop_map(|(places, order)| match places {
        0 => format!("Buffer(order: {order})"),
        1 => format!("Buffer(capacity: {places}, order: {order}, initial: [(\"piece\", 1)])"),
        _ => format!("Buffer(capacity: {places}, order: {order}, initial: {})", places / 3),
    })
}

/// A conveyor of any kind; the way out for what it loses, if it may lose parts.
pub fn conveyor() -> impl Strategy<Value = Stage> {
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
            if metered { ", power: (per_metre: \"0.1 kW\", per_part: (electricity: \"37 W\", gas: \"2.9 kW\"), idle: \"11 W\")" } else { "" };
        let written = format!(
            "Conveyor(length: \"{length} cm\", speed: \"{speed}0 mm/s\", pitch: \"{pitch} cm\", \
             when_blocked: {when_blocked}, breakdowns: [{breakdowns}], maintenance: [{plans}]{begins}{power})"
        );
        if kind == 2 { Stage::Wasteful(written, "scrap") } else { Stage::Buffer(written) }
    })
}

/// A buffer in which parts ripen, grow too old, or both.
pub fn cellar() -> impl Strategy<Value = Stage> {
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

pub fn robot() -> impl Strategy<Value = String> {
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

pub fn stage() -> impl Strategy<Value = Stage> {
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

pub fn cell() -> impl Strategy<Value = Stage> {
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

pub fn pallets() -> impl Strategy<Value = Stage> {
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
pub fn assembler() -> impl Strategy<Value = String> {
    (distribution(), stops("working: \"2 s\""), 1u32..4, any::<bool>(), 0u32..3).prop_map(
        |(distribution, stops, count, own, ahead)| {
            let bill =
                if own { format!("\"part\": 1, \"piece\": {count}") } else { format!("\"part\": {count}") };
            format!("Assembler(cycle: {distribution}, parts: {{ {bill} }}, ahead: {ahead}, {stops})")
        },
    )
}
