//! Studies and `taktwin test`: what is expected, what is judged, and what is written for build servers.

use super::exit_codes::{answer, complaint, taktwin};
use super::kit::{Folder, layout};
use serde_json::Value;

const RUN: &str = "warm_up: \"1 h\", length: \"10 h\", replications: 4";

/// A line without chance that makes 60 parts an hour.
fn line(expect: &str) -> String {
    let elements = [("in", "Source()"), ("m", "Machine(cycle: \"60 s\")"), ("out", "Sink()")];
    let text = layout(RUN, &elements, &["in -> m -> out"]);
    format!("{}    expect: [{expect}],\n)\n", text.trim_end().trim_end_matches(')'))
}

const FASTER: &str =
    "Upgrade(name: \"faster\", base: \"line.ron\", changes: [(name: \"m\", set: { \"m.cycle\": \"50 s\" })])";

fn study(scenarios: &str, expect: &str) -> String {
    format!(
        "Study(\n    name: \"a study\",\n    base: \"line.ron\",\n    scenarios: [{scenarios}],\n    figures: [\"throughput\"],\n    \
         expect: [\n{expect}\n    ],\n)\n"
    )
}

/// A folder with a line, an upgrade and a study with these expectations.
fn folder(expect: &str) -> Folder {
    let study = study("\"faster.ron\"", expect);
    Folder::with(&[("line.ron", &line("")), ("faster.ron", FASTER), ("study.ron", &study)])
}

#[test]
fn a_study_is_judged_by_values_differences_and_relative_changes() {
    // 60 and 72 parts an hour: a difference of 12, a change of 20 %.
    for (expect, code) in [
        ("Base(Between(\"throughput\", \"59 /h\", \"61 /h\"))", 0),
        ("Base(AtLeast(\"throughput\", \"61 /h\"))", 1),
        ("Of(\"faster.ron\", AtLeast(\"part.throughput\", \"71 /h\"))", 0),
        ("Each(Difference(\"throughput\", Between(\"11 /h\", \"13 /h\")))", 0),
        ("Each(Difference(\"throughput\", AtLeast(\"13 /h\")))", 1),
        ("Of(\"faster.ron\", Change(\"throughput\", AtLeast(\"19 %\")))", 0),
        ("Of(\"faster.ron\", Change(\"throughput\", AtMost(\"19 %\")))", 1),
        ("Each(Change(\"m.utilisation\", AtMost(\"1 %\")))", 0),
    ] {
        for command in ["compare", "test"] {
            let folder = folder(expect);
            let found = taktwin(&folder, &[command, "study.ron", "--quiet"]).get_output().status.code();
            assert_eq!(found, Some(code), "{command} {expect}");
        }
    }
}

#[test]
fn what_is_wrong_with_a_study_is_told_at_its_place() {
    for (expect, told) in [
        ("Base(Change(\"throughput\", AtLeast(\"1 %\")))", "the base does not differ from itself"),
        ("Of(\"fast.ron\", AtLeast(\"throughput\", \"1 /h\"))", "did you mean `faster.ron`"),
        ("Each(AtLeast(\"thruput\", \"1 /h\"))", "unknown KPI"),
        ("Each(AtLeast(\"m.utilization\", \"1 %\"))", "\"m\" has no figure \"utilization\""),
        ("Each(AtLeast(\"m.parts_out.foo\", \"1 parts\"))", "\"m\" has no way out \"foo\""),
        ("Each(Change(\"throughput\", AtLeast(\"1 /h\")))", "not measured in the unit"),
        ("Every(AtLeast(\"throughput\", \"1 /h\"))", "unknown name"),
    ] {
        let complaint = complaint(&taktwin(&folder(expect), &["check", "study.ron"]).code(2));
        assert!(complaint.contains(told) && complaint.contains("study.ron:7:"), "{expect}: {complaint}");
    }
    let missing = Folder::with(&[("study.ron", &study("\"none.ron\"", ""))]);
    let complaint = complaint(&taktwin(&missing, &["check", "study.ron"]).code(2));
    assert!(complaint.contains("line.ron") && complaint.contains("none.ron"), "{complaint}");
}

#[test]
fn a_way_out_that_an_element_does_not_have_is_refused_wherever_figures_are_named() {
    let wrong = study("\"faster.ron\"", "");
    let figures = wrong.replace("[\"throughput\"]", "[\"m.parts_out.nope\"]");
    let precision = wrong
        .replace("    expect: [", "    run: (precision: { \"m.parts_out.nope\": \"1 %\" }),\n    expect: [");
    let lines =
        [("line.ron", line("")), ("faster.ron", FASTER.to_owned()), ("f.ron", figures), ("p.ron", precision)];
    let folder = Folder::with(&lines.each_ref().map(|(name, text)| (*name, text.as_str())));
    let precise = ["run", "line.ron", "--precision", "m.parts_out.out 1 %", "--quiet"];
    taktwin(&folder, &precise).code(0);
    for arguments in [
        &["run", "line.ron", "--figures", "m.parts_out.nope"][..],
        &["run", "line.ron", "--precision", "m.parts_out.nope 1 %"],
        &["compare", "line.ron", "faster.ron", "--figures", "m.parts_out.nope"],
        &["compare", "line.ron", "faster.ron", "--precision", "m.parts_out.nope 1 %"],
        &["check", "f.ron"],
        &["check", "p.ron"],
    ] {
        let said = complaint(&taktwin(&folder, arguments).code(2));
        assert!(said.contains("\"m\" has no way out \"nope\""), "{arguments:?}: {said}");
        assert!(said.contains("accepted here: `out`, `done`"), "{arguments:?}: {said}");
    }
}

#[test]
fn a_single_way_out_has_the_name_of_its_port_too_so_that_a_second_way_changes_no_name() {
    let scrap = "Upgrade(name: \"scrap\", base: \"line.ron\", changes: [(name: \"m\", add: { \"bin\": Sink(scrap: true) }, \
        set: { \"m.breakdowns\": [(after: \"2 h\", repair: \"1 min\", part: Scrap)] }, flow: [\"m.scrap -> bin\"])])";
    let expected = "Between(\"m.parts_out.done\", \"500 parts\", \"600 parts\")";
    let study = study("\"scrap.ron\"", &format!("Base({expected}), Each({expected})"));
    let folder = Folder::with(&[("line.ron", &line("")), ("scrap.ron", scrap), ("study.ron", &study)]);
    taktwin(&folder, &["test", "study.ron", "--quiet"]).code(0);
    let out = study.replace(".done", ".out");
    std::fs::write(folder.at("study.ron"), out).unwrap();
    let said = complaint(&taktwin(&folder, &["check", "study.ron"]).code(2));
    assert!(said.contains("\"m\" has no way out \"out\"") && said.contains("`done`, `scrap`"), "{said}");
}

#[test]
fn a_study_has_the_answer_of_the_lines_that_it_names() {
    let folder = folder("");
    let json = |arguments: &[&str]| -> Value {
        let all = [&["compare"], arguments, &["--format", "json", "--quiet"]].concat();
        serde_json::from_str(&answer(&taktwin(&folder, &all).code(0))).expect("JSON")
    };
    assert_eq!(json(&["study.ron"]), json(&["line.ron", "faster.ron"]));
    let wrong = complaint(&taktwin(&folder, &["compare", "study.ron", "line.ron"]).code(2));
    assert!(wrong.contains("names its lines itself"), "{wrong}");
    let run = complaint(&taktwin(&folder, &["run", "study.ron"]).code(2));
    assert!(run.contains("this is a study") && run.contains("`taktwin compare` and `taktwin test`"), "{run}");
    let attributed = json(&["study.ron", "--attribute"]);
    assert_eq!(attributed["attribution"], json(&["line.ron", "faster.ron", "--attribute"])["attribution"]);
    let alone = complaint(&taktwin(&folder, &["compare", "line.ron"]).code(2));
    assert!(alone.contains("nothing to compare"), "{alone}");
}

/// A file that passes, one that fails, one that cannot be read, and one without expectations.
fn mixed() -> Folder {
    Folder::with(&[
        ("good.ron", &line("AtLeast(\"throughput\", \"59 /h\")")),
        ("bad.ron", &line("AtLeast(\"throughput\", \"61 /h\"), AtMost(\"wip\", \"3 parts\")")),
        ("wrong.ron", "Line(name: 3)"),
        ("plain.ron", &line("")),
    ])
}

#[test]
fn every_file_with_expectations_is_tested_and_the_worst_says_how_it_ends() {
    let folder = mixed();
    let code = |arguments: &[&str]| {
        let all = [&["test", "--quiet"], arguments].concat();
        taktwin(&folder, &all).get_output().status.code()
    };
    assert_eq!(code(&["good.ron"]), Some(0));
    assert_eq!(code(&["good.ron", "bad.ron"]), Some(1));
    assert_eq!(code(&["."]), Some(2));
    assert_eq!(code(&[".", "--filter", "good"]), Some(0));
    assert_eq!(code(&["plain.ron"]), Some(2));
    let table = answer(&taktwin(&folder, &["test", ".", "--quiet"]).code(2));
    assert!(
        table.contains("\n3 files: 1 passed, 1 failed, 1 error; 1 file without expectations\n"),
        "{table}"
    );
    assert!(table.contains("\"proof\": throughput at least 61 /h fails: it is 60 ± 0 /h"), "{table}");
}

#[test]
fn shards_together_test_every_file_once() {
    let folder = mixed();
    let tested = |shard: &str| {
        let done = taktwin(&folder, &["test", ".", "--quiet", "--shard", shard]);
        let table = String::from_utf8(done.get_output().stdout.clone()).expect("UTF-8");
        table.lines().filter(|line| line.contains(".ron")).filter(|line| !line.starts_with(' ')).count()
    };
    assert_eq!(["1/2", "2/2"].map(tested).iter().sum::<usize>(), tested("1/1"));
    assert_eq!(taktwin(&folder, &["test", ".", "--shard", "3/2"]).get_output().status.code(), Some(2));
}

#[test]
fn build_servers_get_junit_annotations_and_markdown() {
    let folder = mixed();
    let call = ["test", ".", "--quiet", "--junit", "j.xml", "--markdown", "m.md", "--annotate", "github"];
    let table = answer(&taktwin(&folder, &call).code(2));
    let annotations: Vec<&str> = table.lines().filter(|line| line.starts_with("::")).collect();
    assert_eq!(annotations.len(), 2, "{table}");
    assert!(annotations[0].starts_with("::error file=./wrong.ron,line=1,"), "{table}");
    assert!(annotations[1].contains("bad.ron,line=13,title=failed::"), "{table}");
    let junit = folder.text("j.xml");
    assert!(junit.contains("tests=\"4\" skipped=\"0\" failures=\"1\" errors=\"1\""), "{junit}");
    assert!(junit.contains("<failure") && junit.contains("throughput at least 61 /h"), "{junit}");
    let markdown = folder.text("m.md");
    assert!(markdown.starts_with("### Taktwin: 1 passed, 1 failed, 1 error\n"), "{markdown}");
    assert!(markdown.contains("| throughput at least 61 /h | 60 ± 0 /h | **failed** |"), "{markdown}");
}

#[test]
fn a_test_says_what_has_changed_since_an_earlier_one() {
    let folder = mixed();
    let kept = taktwin(&folder, &["test", "good.ron", "bad.ron", "--quiet", "--out", "main.json"]);
    assert_eq!(kept.get_output().status.code(), Some(1));
    let json: Value = serde_json::from_str(&folder.text("main.json")).expect("JSON");
    assert_eq!(json["schema"], "taktwin/test/1");
    folder.write("bad.ron", &line("AtLeast(\"throughput\", \"61 /h\")").replace("60 s", "50 s"));
    let call = ["test", "good.ron", "bad.ron", "--quiet", "--baseline", "main.json"];
    let table = answer(&taktwin(&folder, &call).code(0));
    assert!(
        table.contains("throughput at least 61 /h holds: it is 72 ± 0 /h (failed before, with 60 ± 0 /h)"),
        "{table}"
    );
    let wrong = complaint(&taktwin(&folder, &["test", "good.ron", "--baseline", "good.ron"]).code(2));
    assert!(wrong.contains("holds no results of a test"), "{wrong}");
}

#[test]
fn what_is_not_decided_gets_more_replications_and_ends_with_code_4_if_strict() {
    let elements = [
        ("in", "Source(interarrival: Exponential(\"60 s\"))"),
        ("queue", "Buffer()"),
        ("m", "Machine(cycle: \"20 s\")"),
        ("out", "Sink()"),
    ];
    let text = layout("length: \"20 h\", replications: 5", &elements, &["in -> queue -> m -> out"]);
    let expecting = |bound: &str| {
        format!(
            "{}    expect: [AtLeast(\"throughput\", \"{bound} /h\")],\n)\n",
            text.trim_end().trim_end_matches(')')
        )
    };
    // 60 arrivals an hour: the bound is the truth itself, which no number of replications decides but by chance.
    let folder = Folder::with(&[("open.ron", &expecting("60")), ("clear.ron", &expecting("50"))]);
    let table = answer(&taktwin(&folder, &["test", ".", "--quiet"]).code(0));
    assert!(table.contains("clear.ron  1 expectation, 5 replications"), "{table}");
    assert!(table.contains("open.ron   1 expectation, 40 replications"), "{table}");
    let strict = complaint(&taktwin(&folder, &["test", ".", "--profile", "ci"]).code(4));
    assert!(strict.contains("1 passed, 1 inconclusive"), "{strict}");
}

#[test]
fn the_same_bytes_come_out_of_any_number_of_threads() {
    let folder = mixed();
    let kept = |jobs: &str| {
        taktwin(&folder, &["test", "good.ron", "bad.ron", "--quiet", "--jobs", jobs, "--out", "kept.json"]);
        folder.text("kept.json")
    };
    assert_eq!(kept("1"), kept("5"));
}

#[test]
fn the_steps_of_the_templates_are_commands_that_exist() {
    let folder = Folder::with(&[]);
    std::fs::create_dir(folder.path().join("scenes")).expect("a folder");
    folder.write("scenes/line.ron", &line("AtLeast(\"throughput\", \"59 /h\")"));
    for service in ["github", "gitlab", "jenkins"] {
        let template = answer(&taktwin(&folder, &["ci-template", service]).code(0));
        let commands = template.lines().filter_map(|line| {
            let command = line[line.find("taktwin check").or_else(|| line.find("taktwin test"))?..]
                .trim_end_matches('\'');
            Some(command.split_whitespace().skip(1).collect::<Vec<_>>())
        });
        let commands: Vec<Vec<&str>> = commands.collect();
        assert_eq!(commands.len(), 2, "{template}");
        for command in commands {
            taktwin(&folder, &command).code(0);
        }
    }
}
