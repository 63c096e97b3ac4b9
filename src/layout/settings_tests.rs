//! Settings of elements in every shape that a value can have.

use super::*;
use crate::layout::read::by_serde;
use crate::layout::test_kit::{Kind, LayoutFolder};

/// The settings of an element `x` that says this, as one would write them after `--set`.
fn listed(says: &str, sets: &[&str]) -> Vec<String> {
    let folder = LayoutFolder::new();
    let sets: Vec<String> = sets.iter().map(|set| (*set).to_owned()).collect();
    let path = folder.path("x.ron");
    folder.write("x.ron", &format!("Line(name: \"x\", elements: {{ \"x\": {says} }}, flow: [])"));
    let settings = settings(&path, &sets, "x", by_serde::<Kind>).unwrap_or_else(|(faults, sources)| {
        panic!("{}", faults.render(&sources, false));
    });
    settings.into_iter().map(|setting| format!("{}={}", setting.way, setting.written)).collect()
}

#[test]
fn values_are_listed_in_the_order_of_the_file_with_the_way_that_sets_them() {
    let says = r#"Machine(
        cycle: Gamma(mean: "62 s", cv: 0.25), // as measured
        breakdowns: [(after: Exponential("2 h"), clock: Working), (after: Mixture([(weight: 1, of: "3 s")]))],
        table: { "rack 1 -> weld": "3 s", "a] b": true },
        at: (1.0, 2.0),
    )"#;

    assert_eq!(
        listed(says, &[]),
        [
            "cycle.mean=62 s",
            "cycle.cv=0.25",
            "breakdowns[0].after[0]=2 h",
            "breakdowns[0].clock=Working",
            "breakdowns[1].after[0].weight=1",
            "breakdowns[1].after[0].of=3 s",
            "table.rack 1 -> weld=3 s",
            "table.a] b=true",
            "at=(1.0, 2.0)",
        ]
    );
}

#[test]
fn what_no_way_leads_into_is_listed_as_a_whole() {
    assert_eq!(listed(r#"X(map: { "a.b": 1, "c": 2 })"#, &[]), [r#"map={ "a.b": 1, "c": 2 }"#]);
    assert_eq!(listed(r#"X(map: { "a [1]": 1 })"#, &[]), [r#"map={ "a [1]": 1 }"#]);
    assert_eq!(listed(r#"X(map: { "a=b": 1 })"#, &[]), [r#"map={ "a=b": 1 }"#]);
    assert_eq!(listed(r#"X(map: { "a ": 1 })"#, &[]), [r#"map={ "a ": 1 }"#]);
    assert_eq!(listed(r#"X(map: Some({ "a.b": 1 }))"#, &[]), [r#"map=Some({ "a.b": 1 })"#]);
    assert_eq!(
        listed("X(none: [], nothing: (), laws: Mixture([]))", &[]),
        ["none=[]", "nothing=()", "laws=Mixture([])"]
    );
    assert_eq!(listed("X(a: B(C(1)), d: B(C([2])))", &[]), ["a[0][0]=1", "d[0][0]=2"]);
    assert_eq!(listed("Sink()", &[]), [""; 0]);
}

#[test]
fn a_text_keeps_its_quotes_where_it_would_be_taken_for_something_else() {
    let says = r##"X(a: "24", b: "true", c: "Working", d: "a(", e: "", f: " x", g: r#"3" pipe"#, h: "50 s", i: "é\n",
        j: "x=y", k: 'c')"##;

    assert_eq!(
        listed(says, &[]),
        [
            "a=\"24\"",
            "b=\"true\"",
            "c=\"Working\"",
            "d=\"a(\"",
            "e=\"\"",
            "f=\" x\"",
            "g=r#\"3\" pipe\"#",
            "h=50 s",
            "i=\"é\\n\"",
            "j=x=y",
            "k='c'",
        ]
    );
}

#[test]
fn a_number_that_cannot_be_set_is_left_out() {
    assert_eq!(listed("X(a: 0x10, b: inf, c: 1_000, d: -.5)", &[]), ["c=1_000", "d=-.5"]);
}

#[test]
fn changes_are_listed_as_they_were_said() {
    let says = "Machine(cycle: Gamma(mean: \"62 s\", cv: 0.25), at: (1.0, 2.0))";
    let sets = ["x.cycle.mean=50 s", "x.at[1]=3", "x.note=50 % more", "x.clock=Parts"];

    assert_eq!(
        listed(says, &sets),
        ["cycle.mean=50 s", "cycle.cv=0.25", "at=(1.0, 3, )", "note=50 % more", "clock=Parts"]
    );
}

#[test]
fn the_settings_of_nothing_are_a_fault_with_the_nearest_name() {
    let path = LayoutFolder::new();
    let (faults, _) = settings(&path.path("line.ron"), &[], "bedn", by_serde::<Kind>).expect_err("a fault");

    assert_eq!(faults.sorted()[0].message, "there is no element `bedn`");
    assert_eq!(faults.sorted()[0].help, ["did you mean `bend`?"]);
}
