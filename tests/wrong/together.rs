//! All faults of an element are told at once: the messages of any number of faults together are those of each by itself.

use std::collections::BTreeSet;
use std::fs;
use taktwin::line;

/// An element: its kind, and its fields as they are right and as they are wrong.
type Example = (&'static str, &'static [(&'static str, &'static str)]);

/// Nothing here contradicts anything else, so each fault is there whatever becomes of the others.
const EXAMPLES: [Example; 8] = [
    (
        "Machine",
        &[
            ("cycle: \"62 s\"", "cycle: \"62 x\""),
            ("places: 1", "places: \"two\""),
            ("defects: 0.1", "defects: 1.5"),
            ("load: \"2 s\"", "load: Gama(mean: \"2 s\", cv: 0.1)"),
            (
                "breakdowns: []",
                "breakdowns: [(after: \"2 h\", repair: \"4\", clok: Working), (after: \"1 h\", part: Keep)]",
            ),
            ("power: ()", "power: (workng: \"3 kW\", idle: 3)"),
            ("at: (1.0, 2.0)", "at: (1.0)"),
            ("order: FirstCome", "colour: Red"),
        ],
    ),
    (
        "Batch",
        &[
            ("cycle: \"62 s\"", "cycel: \"62 s\""),
            ("max: \"4 parts\"", "max: \"4 pieces\""),
            ("maintenance: []", "maintenance: [(every: Exponential(\"8\"), takes: 15)]"),
            ("at: (1.0, 2.0)", "shift: 2"),
        ],
    ),
    (
        "Conveyor",
        &[
            ("length: \"6 m\"", "length: 6"),
            ("speed: \"0.5 m/s\"", "sped: \"0.5 m/s\""),
            ("pitch: \"0.5 m\"", "pitch: \"0.5 kg\""),
            ("breakdowns: []", "breakdowns: [(after: Weibull(mean: \"2 h\"), repair: \"4 min\")]"),
        ],
    ),
    (
        "Inspection",
        &[
            ("cycle: \"8 s\"", "cycle: \"8 parts\""),
            ("defects: 0.1", "defects: \"few\""),
            ("escapes: 0.1", "escapes: -1.0"),
            ("sample: All", "sample: Some"),
        ],
    ),
    (
        "Packer",
        &[("cycle: \"8 s\"", "cycle: 8"), ("carrier: \"box\"", "carrier: part"), ("holds: 2", "hold: 2")],
    ),
    ("Crew", &[("size: 2", "size: -2"), ("skills: [\"mend\"]", "skills: \"mend\"")]),
    (
        "Buffer",
        &[
            ("capacity: 4", "capacity: \"4\""),
            ("order: Fifo", "order: Fife"),
            ("dwell: \"1 h\"", "dwell: \"1\""),
        ],
    ),
    (
        "Source",
        &[
            ("product: \"part\"", "product: part"),
            ("interarrival: \"60 s\"", "interarrival: Exponential(60)"),
            ("parts: 10", "parts: 10.5"),
            ("priority: 1", "prio_rity: 1"),
            ("due: \"1 h\"", "due: \"1 hour late\""),
        ],
    ),
];

/// The messages about a line with such an element.
fn messages(element: &str) -> BTreeSet<String> {
    let text = format!(
        "Line(name: \"x\", products: {{ \"part\": (), \"box\": (carrier: true) }}, elements: {{ \"in\": Source(product: \"part\"), \"boxes\": Source(product: \"box\"), \"e\": {element}, \"out\": Sink() }}, \
         flow: [\"in -> e -> out\", \"boxes -> e\"])"
    );
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("line.ron");
    fs::write(&path, text).unwrap();
    let shown = line::read(&path, &[]).map_or_else(|rejected| rejected.render(false), |_| String::new());
    let written = shown.lines().filter_map(|line| line.strip_prefix("error: "));
    // Whether the ways of a line are right is looked at once all its elements can be read.
    let of_ways =
        |written: &&str| written.ends_with("have no way out") || written.ends_with("nothing flows into it");
    written.filter(|written| !of_ways(written)).map(str::to_owned).collect()
}

#[test]
fn faults_together_get_the_messages_that_each_gets_alone() {
    for (kind, fields) in EXAMPLES {
        let element = |mask: usize| {
            let field = |nth: usize| if mask >> nth & 1 == 1 { fields[nth].1 } else { fields[nth].0 };
            format!("{kind}({})", (0..fields.len()).map(field).collect::<Vec<_>>().join(", "))
        };
        let alone: Vec<BTreeSet<String>> =
            (0..fields.len()).map(|nth| messages(&element(1 << nth))).collect();
        for (nth, written) in alone.iter().enumerate() {
            assert!(!written.is_empty(), "{kind}: {} is right", fields[nth].1);
        }
        for mask in 1..1 << fields.len() {
            let expected: BTreeSet<String> = (0..fields.len())
                .filter(|nth| mask >> nth & 1 == 1)
                .flat_map(|nth| alone[nth].clone())
                .collect();
            assert_eq!(messages(&element(mask)), expected, "{}", element(mask));
        }
    }
}

#[test]
fn everything_that_is_missing_is_told_at_once() {
    let missing = |element: &str| {
        let written = messages(element);
        written.iter().filter_map(|line| line.split('`').nth(1).map(str::to_owned)).collect::<Vec<_>>()
    };
    assert_eq!(missing("Batch()"), ["cycle", "max"]);
    assert_eq!(missing("Conveyor()"), ["length", "pitch", "speed"]);
    assert_eq!(missing("Packer()"), ["carrier", "cycle", "holds"]);
    assert_eq!(
        missing("Machine(cycle: \"1 s\", breakdowns: [(), ()], maintenance: [()])"),
        ["after", "every", "repair", "takes"]
    );
}
