//! Whole files: lines good and wrong.

use super::test_kit::*;
use super::*;
use crate::units::Duration;

#[test]
fn a_line_is_read_with_everything_it_says() {
    let line = LayoutFolder::new().good("line.ron", &[]);

    assert_eq!(line.name, "Hoods");
    assert_eq!(line.run.value.start.to_string(), "2026-03-02T08:00:00");
    assert_eq!(line.run.value.warm_up, WarmUp::Given(Duration(28_800.0)));
    assert_eq!((line.run.value.replications, line.run.value.seed, line.run.value.confidence), (20, 7, 0.95));
    assert_eq!(line.elements.keys().collect::<Vec<_>>(), ["panels", "bend", "rack", "weld", "shop"]);
    assert_eq!(machine(&line, "bend").cycle, Law::Gamma { mean: Duration(62.0), cv: 0.25 });
    assert_eq!(ways(&line), ["panels > bend", "bend > rack", "rack > weld", "weld > shop"]);
    assert_eq!(line.flow[2].by.as_ref().map(|stop| stop.name.as_str()), Some("loader"));
    assert_eq!(line.expect[0].value.parts().figure, "throughput");
}

#[test]
fn every_value_of_a_line_knows_its_place() {
    let reading = LayoutFolder::new().read("line.ron", &["bend.cycle.mean=50 s"]);
    let line = reading.layout.expect("a line");
    let written = |place| reading.sources.text(place);

    let bend = &line.elements["bend"];
    assert_eq!(written(bend.key), "\"bend\"");
    assert_eq!(written(bend.place_of("cycle.mean", &reading.sources)), "50 s");
    assert_eq!(written(bend.place_of("breakdowns[0].after", &reading.sources)), "Exponential");
    assert_eq!(written(bend.place_of("power.idle", &reading.sources)), "Machine");
    assert_eq!(written(line.expect[0].place_of("[1]", &reading.sources)), "\"35 /h\"");
    assert_eq!(written(line.flow[2].to.place), "weld");
}

#[test]
fn one_fault_does_not_hide_the_next() {
    let folder = LayoutFolder::new();
    let text =
        LINE.replace("Constant(\"55 s\")", "Constant(\"55 secs\")").replace("capacity: 12", "capcity: 12");
    let text = text.replace("\"shop\": Sink()", "\"shop\": Snik()").replace("expect:", "expects:");
    folder.write(
        "line.ron",
        &text.replace("rack -> weld by loader", "rack -> weld by").replace("seed: 7", "seed: -7"),
    );

    let wrong = folder.wrong("line.ron", &[]);

    assert_eq!(wrong.len(), 6, "{wrong:#?}");
    assert_eq!(wrong[0], "line.ron: the number -7 is out of range | -7");
    assert_eq!(wrong[1], "line.ron: unknown field `capcity` | capcity | did you mean `capacity`?");
    assert!(
        wrong[2].starts_with("line.ron: \"55 secs\" is not a duration | \"55 secs\" | write"),
        "{}",
        wrong[2]
    );
    assert_eq!(wrong[3], "line.ron: unknown name `Snik` | Snik | did you mean `Sink`?");
    assert_eq!(wrong[4], "line.ron: a robot's name is missing | by");
    assert_eq!(wrong[5], "line.ron: unknown field `expects` | expects | did you mean `expect`?");
}

#[test]
fn what_could_not_be_read_is_known_by_name() {
    let folder = LayoutFolder::new();
    folder.write("line.ron", &LINE.replace("Sink()", "Sink(at: 3)").replace("410 CNY", "much"));

    let line = folder.read("line.ron", &[]).layout.expect("a line");

    assert_eq!(line.unread.iter().collect::<Vec<_>>(), ["hood", "shop"]);
}

#[test]
fn a_name_written_twice_is_a_fault_at_any_depth() {
    let folder = LayoutFolder::new();
    let text = LINE.replace("\"weld\": Machine(", "\"be\\u{6e}d\": Machine(cycle: Constant(\"1 s\"), ");
    folder.write("line.ron", &text.replace("\"rack\": \"3 s\"", "\"rack\": \"3 s\", \"rack\": \"4 s\""));

    let wrong = folder.wrong("line.ron", &[]);

    assert_eq!(
        wrong[0],
        "line.ron: `rack` is written twice | \"rack\" | keep one of them, or give one another name"
    );
    assert!(wrong[1].starts_with("line.ron: `bend` is written twice | \"be\\u{6e}d\""), "{wrong:#?}");
    assert!(wrong[2].starts_with("line.ron: `cycle` is written twice | cycle"), "{wrong:#?}");
    assert_eq!(wrong.len(), 3, "{wrong:#?}");
}

#[test]
fn what_is_no_line_is_refused_in_the_words_of_a_line() {
    let folder = LayoutFolder::new();
    for (text, wrong) in [
        ("Lin(name: \"x\")", "line.ron: this is neither a line nor an upgrade | Lin | did you mean `Line`?"),
        ("(name: \"x\")", "line.ron: this is neither a line nor an upgrade | ("),
        (
            "{ \"Line\": { \"name\": \"x\" } }",
            "line.ron: this is neither a line nor an upgrade | { | this looks like JSON: give the file the ending `.json`",
        ),
        ("", "line.ron: this file is empty |  | a file begins with `Line(`, `Upgrade(` or `Study(`"),
        ("Line(name: \"x\", elements: {})", "line.ron: missing field `flow` | Line"),
        ("Line(name: \"x\", elements: [], flow: [])", "line.ron: `elements` is a map | ["),
        ("Line(name: \"x\", elements: {}, flow: {})", "line.ron: `flow` is a list | {"),
        ("Line(name: \"x\", elements: {}, flow: [3])", "line.ron: an arrow is written in quotes | 3"),
        (
            "Line(name: \"x\", elements: {a: Sink()}, flow: [])",
            "line.ron: a name is written in quotes | a | write \"a\"",
        ),
        (
            "Line(name: \"x\", elements: {\"a.b\": Sink()}, flow: [])",
            "line.ron: a name cannot have a point in it, which leads to a field | \"a.b\"",
        ),
        (
            "Line(name: 3, elements: {}, flow: [])",
            "line.ron: expected a text in quotes, found 3 | 3 | write \"3\"",
        ),
        (
            "Line(name: \"x\", run: (length: \"0 s\"), elements: {}, flow: [])",
            "line.ron: a run must have a length | \"0 s\"",
        ),
        (
            "Line(name: \"x\", run: (replications: 0), elements: {}, flow: [])",
            "line.ron: this number of replications cannot be run | 0",
        ),
        (
            "Line(name: \"x\", run: (confidence: 1.0), elements: {}, flow: [])",
            "line.ron: this is no confidence | 1.0",
        ),
        ("Line(\"x\")", "line.ron: expected fields in parentheses | Line"),
    ] {
        folder.write("line.ron", text);
        assert_eq!(folder.wrong("line.ron", &[])[0], wrong, "{text}");
    }
}

#[test]
fn every_mutation_of_a_line_is_read_or_refused_with_a_place() {
    let folder = LayoutFolder::new();
    for text in mutations(LINE, 2000) {
        folder.write("line.ron", &text);
        let reading = folder.read("line.ron", &[]);
        let faults = reading.faults.sorted();
        assert!(faults.iter().all(|fault| fault.place.is_some()), "{text}: {faults:?}");
        assert!(reading.layout.is_some() || !faults.is_empty(), "{text}");
        assert_eq!(faults.is_empty(), reading.faults.render(&reading.sources, false).is_empty(), "{text}");
    }
}
