//! Groups and included lines in a run: they are the elements that they stand for, and a group's figures are those of its members.

use super::kit::{Folder, layout, line, read, record, study};
use super::scenes::scenes;
use taktwin::event::State;
use taktwin::kernel::Time;
use taktwin::line::Line;
use taktwin::study::{ElementSummary, Study};
use taktwin::twin::{Edit, Edits};

const SAW: &str = r#"cycle: Gamma(mean: "90 s", cv: 0.2), breakdowns: [(after: Exponential("2 h"), repair: Exponential("9 min"))], power: (working: "7 kW", idle: "1 kW", failed: "1 kW")"#;

const RUN: &str = r#"warm_up: "1 h", length: "2 d", replications: 4, seed: 9"#;

fn grouped() -> Line {
    let saw = format!("Machine(count: 3, {SAW})");
    let elements = [
        ("bars", "Source()"),
        ("saw", &saw),
        ("rack", "Buffer(capacity: 5)"),
        ("weld", "Machine(cycle: \"31 s\")"),
        ("shop", "Sink()"),
    ];
    line(RUN, &elements, &["bars -> saw -> rack -> weld -> shop"])
}

/// In seconds.
const DAY: u64 = 86_400;

/// The same with three machines written out. The first has the name of the group, on which its random numbers hang.
fn copied() -> Line {
    let saw = format!("Machine({SAW})");
    let elements = [
        ("bars", "Source()"),
        ("saw", &*saw),
        ("saw[2]", &saw),
        ("saw[3]", &saw),
        ("rack", "Buffer(capacity: 5)"),
        ("weld", "Machine(cycle: \"31 s\")"),
        ("shop", "Sink()"),
    ];
    let flow = [
        "bars -> saw",
        "bars -> saw[2]",
        "bars -> saw[3]",
        "saw -> rack",
        "saw[2] -> rack",
        "saw[3] -> rack",
        "rack -> weld -> shop",
    ];
    line(RUN, &elements, &flow)
}

#[test]
fn a_group_runs_as_machines_that_are_written_out_do_fact_by_fact() {
    let (grouped, copied) = (grouped(), copied());
    let one = record(&grouped, DAY).0;
    assert!(one.len() > 1000);
    assert_eq!(one, record(&copied, DAY).0);
    assert_eq!(study(&grouped).outcomes[3].kpis, study(&copied).outcomes[3].kpis);
}

#[test]
fn a_count_of_one_runs_as_no_count() {
    let of = |count: &str| {
        let saw = format!("Machine({count}{SAW})");
        line(RUN, &[("bars", "Source()"), ("saw", &saw), ("shop", "Sink()")], &["bars -> saw -> shop"])
    };
    assert_eq!(record(&of("count: 1, "), DAY).0, record(&of(""), DAY).0);
    assert!(of("count: 1, ").groups.is_empty());
}

/// The saws keep their random numbers when there are more of them: what the first three do alone stays the same.
#[test]
fn members_keep_their_random_numbers_when_the_group_grows() {
    // Each saw has bars and a bin of its own, so that nothing depends on the other saws.
    let of = |count: u32| {
        let saw = format!("Machine(count: {count}, {SAW})");
        let (bars, bin) = (format!("Source(count: {count})"), format!("Sink(count: {count})"));
        line(RUN, &[("bars", &bars), ("saw", &saw), ("bin", &bin)], &["bars[i] -> saw[i] -> bin[i]"])
    };
    let operations = |line: &Line, name: &str| -> Vec<u64> {
        let slot = line.elements.iter().position(|element| element.name == name).expect("a saw");
        study(line).outcomes.iter().map(|outcome| outcome.elements[slot].operations).collect()
    };
    let (one, three, five) = (of(1), of(3), of(5));
    assert_eq!(operations(&one, "saw"), operations(&five, "saw[1]"));
    for name in ["saw[2]", "saw[3]"] {
        assert_eq!(operations(&three, name), operations(&five, name));
        assert_ne!(operations(&three, name), operations(&three, "saw[1]"));
    }
}

fn share(element: &ElementSummary<'_>, state: State) -> f64 {
    element.part("states", state.name()).map_or(0.0, |share| share.mean)
}

#[test]
fn the_figures_of_a_group_are_the_sums_and_means_of_its_members() {
    let line = grouped();
    let study: Study<'_> = study(&line);
    let (groups, elements) = (study.groups(), study.elements());
    let (saw, members) = (&groups[0], &elements[1..4]);
    assert_eq!((saw.name, saw.members, members[0].name), ("saw", Some(3), "saw[1]"));
    let near = |found: f64, expected: f64| {
        assert!((found - expected).abs() <= 1e-9 * expected.abs(), "{found} {expected}")
    };
    near(
        saw.one("operations").unwrap().mean,
        members.iter().map(|one| one.one("operations").unwrap().mean).sum(),
    );
    near(
        saw.one("contents_mean").unwrap().mean,
        members.iter().map(|one| one.one("contents_mean").unwrap().mean).sum(),
    );
    near(
        saw.one("energy_kwh").unwrap().mean,
        members.iter().map(|one| one.one("energy_kwh").unwrap().mean).sum(),
    );
    near(
        saw.one("oee").unwrap().mean,
        members.iter().map(|one| one.one("oee").unwrap().mean).sum::<f64>() / 3.0,
    );
    let mut all = 0.0;
    for state in State::ALL {
        near(share(saw, state) + 1.0, members.iter().map(|one| share(one, state)).sum::<f64>() / 3.0 + 1.0);
        all += share(saw, state);
    }
    near(all, 1.0);
    assert_eq!(saw.one("contents_max"), None);
    // The mean of three varies less than one of them.
    let half_width = |one: &ElementSummary<'_>| one.one("availability").unwrap().half_width.unwrap();
    assert!(half_width(saw) < half_width(&members[0]));
}

#[test]
fn a_hundred_times_a_hundred_machines_take_less_than_thirty_lines_and_run() {
    let text = r#"Line(
    name: "A hundred lines of a hundred machines",
    run: (length: "10 min", replications: 1),
    products: { "part": () },
    elements: {
        "in":   Source(),
        "cell": Machine(count: (100, 100), cycle: "5 s"),
        "out":  Sink(),
    },
    flow: ["in -> cell[i,1]", "cell[i,j] -> cell[i,j+1]", "cell[i,100] -> out"],
)
"#;
    assert!(text.lines().count() < 30);
    let line = read(text);
    assert_eq!((line.elements.len(), line.groups[0].members.len()), (10_002, 10_000));
    let study = study(&line);
    // From the 500th second on, each of the hundred rows gives a part every 5 s.
    let finished = study.interval(taktwin::kpi::named("finished").unwrap()).unwrap().mean;
    assert!((1900.0..=2100.0).contains(&finished), "{finished}");
}

#[test]
fn an_included_line_runs_as_the_same_line_written_out() {
    let press = layout(
        RUN,
        &[("coil", "Source()"), ("press", &format!("Machine({SAW})")), ("out", "Sink()")],
        &["coil -> press -> out"],
    );
    let plant = r#"Line(name: "plant", run: (warm_up: "1 h", length: "2 d", replications: 4, seed: 9), products: { "part": () },
        include: { "shop": "press.ron" }, elements: { "in": Source(), "rack": Buffer(capacity: 3), "out": Sink() },
        flow: ["in -> shop", "shop -> rack -> out"])"#;
    let folder = Folder::with(&[("press.ron", &press), ("plant.ron", plant)]);
    let written = [
        ("in", "Source()"),
        ("rack", "Buffer(capacity: 3)"),
        ("out", "Sink()"),
        ("shop/press", &*format!("Machine({SAW})")),
    ];
    let written = line(RUN, &written, &["rack -> out", "in -> shop/press -> rack"]);
    let included = folder.read("plant.ron");
    let names = |line: &Line| line.elements.iter().map(|element| element.name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&included), names(&written));
    assert_eq!(record(&included, DAY).0, record(&written, DAY).0);
}

#[test]
fn the_plant_is_as_good_as_the_worse_of_its_shops() {
    let of = |name: &str| {
        let line = taktwin::line::read(&scenes().join("plant").join(name), &[])
            .unwrap_or_else(|rejected| panic!("{}", rejected.render(false)));
        super::kit::kpi(&study(&line), "throughput").mean
    };
    let (press, paint, plant) = (of("press.ron"), of("paint.ron"), of("plant.ron"));
    assert!(plant <= 1.01 * press.min(paint), "{plant} of {press} and {paint}");
    assert!(plant > 0.9 * press.min(paint), "{plant} of {press} and {paint}");
    assert!(of("third_booth.ron") > plant);
}

/// The changes of the window: of one member while the line runs, of the number of members from the beginning.
#[test]
fn a_running_line_takes_a_change_of_one_member_and_another_count_from_the_beginning() {
    let saw = format!("Machine(count: 3, {SAW})");
    let elements = [("bars", "Source()"), ("saw", &*saw), ("shop", "Sink()")];
    let folder = Folder::with(&[("line.ron", &layout(RUN, &elements, &["bars -> saw -> shop"]))]);
    let mut edits = Edits::of(&folder.at("line.ron"));
    let edit = |way: &str, before: &str, written: &str| Edit {
        at: Time::from_secs(3600.0),
        way: way.to_owned(),
        before: before.to_owned(),
        written: written.to_owned(),
        name: "tried".to_owned(),
        on: true,
    };

    edits.add(edit("saw[2].cycle.mean", "90 s", "45 s")).unwrap();
    let phases = edits.phases().unwrap();
    assert_eq!(
        phases.iter().map(|phase| phase.from).collect::<Vec<_>>(),
        [Time::ZERO, Time::from_secs(3600.0)]
    );

    edits.add(edit("saw.count", "3", "4")).unwrap();
    let phases = edits.phases().unwrap();
    assert_eq!(phases[0].line.elements.len(), 6);

    // What was tried is saved as an upgrade that reads to the same line.
    let up = folder.at("up.ron");
    std::fs::write(&up, edits.upgrade("tried", &up)).unwrap();
    let (saved, tried) = (folder.read("up.ron"), &phases[phases.len() - 1].line);
    assert_eq!(record(&saved, DAY).0, record(tried, DAY).0);
}
