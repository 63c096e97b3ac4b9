//! Changes from the command line, good and wrong.

use super::test_kit::*;
use super::*;
use crate::units::Duration;

#[test]
fn an_argument_changes_any_field() {
    let folder = LayoutFolder::new();
    let line = folder.good(
        "line.ron",
        &[
            "bend.cycle.mean=50 s",
            "bend.cycle.cv = 0.1",
            "bend.breakdowns[0].after=Exponential(\"3 h\")",
            "bend.clock=Working",
            "bend.table.rack=5 s",
            "weld.cycle[0]=\"44 s\"",
            "rack.capacity=24",
            "rack.note=wider",
            "run.warm_up=auto",
            "run.start=2026-04-01 06:00",
            "run.seed=3",
            "products.hood.value=1333 CNY",
        ],
    );

    let bend = machine(&line, "bend");
    assert_eq!(bend.cycle, Law::Gamma { mean: Duration(50.0), cv: 0.1 });
    assert_eq!(bend.breakdowns[0].after, Law::Exponential(Duration(10_800.0)));
    assert_eq!((bend.clock, bend.table["rack"]), (Some(KitClock::Working), Duration(5.0)));
    assert_eq!(machine(&line, "weld").cycle, Law::Constant(Duration(44.0)));
    assert_eq!(
        line.elements["rack"].value,
        Kind::Buffer(KitBuffer { capacity: 24, note: Some("wider".into()) })
    );
    assert_eq!((line.run.value.warm_up, line.run.value.seed), (WarmUp::Auto, 3));
    assert_eq!(line.products["hood"].value.value.map(|money| money.amount), Some(1333.0));
}

#[test]
fn the_run_of_a_line_without_one_can_be_set() {
    let folder = LayoutFolder::new();
    folder.write("line.ron", "Line(name: \"x\", elements: {}, flow: [])");

    assert_eq!(folder.good("line.ron", &["run.seed=3"]).run.value, Run { seed: 3, ..Run::default() });
}

#[test]
fn an_argument_that_reaches_nothing_is_underlined_in_the_argument() {
    for (set, wrong) in [
        ("bedn.cycle=3", "--set: there is no element `bedn` | bedn | did you mean `bend`?"),
        ("bend", "--set: a change needs a `=` | bend"),
        ("bend.cycel=3 s", "--set: unknown field `cycel` | cycel | did you mean `cycle`?"),
        (
            "bend.cycel.mean=3 s",
            "--set: `cycel` is not written here, so nothing in it can be set | cycel | did you mean `cycle`?",
        ),
        ("bend.cycle.maen=3 s", "--set: unknown field `maen` | maen | did you mean `mean`?"),
        (
            "bend.cycle.mean=3 secs",
            "--set: \"3 secs\" is not a duration | 3 secs | write a number and a unit",
        ),
        ("bend.cycle.mean=3", "--set: expected a duration in quotes, such as \"62 s\", found 3 | 3"),
        ("bend.cycle.cv=abc", "--set: expected a number, found the text \"abc\" | abc"),
        ("bend.cycle=Gamma(mean: \"3 s\"", "--set: this bracket is never closed | ("),
        ("bend.cycle=", "--set: expected a value | "),
        ("bend.breakdowns[1].after=3 s", "--set: there is only one value here, [0] | [1]"),
        (
            "bend.cycle.mean.x=3 s",
            "--set: this way goes on where there is nothing inside | x | set `bend.cycle.mean` as a whole",
        ),
        (
            "bend.table.rak=3 s",
            "--set: `rak` is not written here, so nothing in it can be set | rak | did you mean `rack`?",
        ),
        ("bend..cycle=3 s", "--set: this is no way to a field | ."),
        ("rack.capacity=-1", "--set: the number -1 is out of range | -1"),
        ("products.hod.value=3 CNY", "--set: there is no product `hod` | hod | did you mean `hood`?"),
        ("run.replications=0", "--set: this number of replications cannot be run | 0"),
        ("run.sede=0", "--set: unknown field `sede` | sede | did you mean `seed`?"),
    ] {
        let found = LayoutFolder::new().wrong("line.ron", &[set]);
        let begins = found.first().is_some_and(|fault| fault.starts_with(wrong));
        assert!(begins, "{set}: {found:#?}");
    }
}

#[test]
fn every_mutation_of_an_argument_is_done_or_refused_with_a_place() {
    let folder = LayoutFolder::new();
    for seed in
        ["bend.breakdowns[0].after=Exponential(\"3 h\")", "bend.cycle.mean=50 s", "products.hood.priority=1"]
    {
        for set in mutations(seed, 1000) {
            let reading = folder.read("line.ron", &[&set]);
            let faults = reading.faults.sorted();
            assert!(faults.iter().all(|fault| fault.place.is_some()), "{set}: {faults:?}");
            assert!(reading.layout.is_some(), "{set}");
        }
    }
}

#[test]
fn a_flood_of_wrong_arguments_is_refused_without_searching_for_each() {
    let sets: Vec<String> = (0..20_000).map(|number| format!("bedn{number}.cycle=1 s")).collect();
    let sets: Vec<&str> = sets.iter().map(String::as_str).collect();

    let reading = LayoutFolder::new().read("line.ron", &sets);

    let faults = reading.faults.sorted();
    assert_eq!(faults.iter().filter(|fault| !fault.help.is_empty()).count(), 60);
    assert_eq!(faults.len() + reading.faults.dropped(), 20_000);
}
