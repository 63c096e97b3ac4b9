//! Files made to do harm are refused, quickly, with a message that is short itself.
//!
//! The release build needs less than a second and 200 MB for each; the limit here leaves room for a slow build on a
//! busy machine.

use std::fmt::Write;
use std::fs::{self, File};
use std::path::Path;
use std::time::{Duration, Instant};
use taktwin::line;
use tempfile::TempDir;

const LIMIT: Duration = Duration::from_secs(20);

/// The messages that a file gets, which must come in time.
fn refused(path: &Path) -> String {
    let begin = Instant::now();
    let shown = line::read(path, &[]).expect_err("a malicious file").render(false);
    assert!(begin.elapsed() < LIMIT, "{:?} for {shown}", begin.elapsed());
    assert!(shown.len() < 20_000, "{} bytes of messages", shown.len());
    shown
}

fn refused_text(text: &str) -> String {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("line.ron");
    fs::write(&path, text).unwrap();
    refused(&path)
}

/// A line with one more element and one more arrow.
fn line(element: &str, arrow: &str) -> String {
    format!(
        "Line(name: \"x\", products: {{ \"p\": () }}, elements: {{ \"in\": Source(), {element} \"out\": Sink() }},
        flow: [\"in -> out\", {arrow}])"
    )
}

#[test]
fn brackets_by_the_megabyte_need_no_stack() {
    for bracket in ["(", "[", "{", "a(", "(a:", "{1:", "Mixture([(of:"] {
        let shown = refused_text(&bracket.repeat((60 << 20) / bracket.len()));

        assert!(shown.contains("nested too deeply"), "{bracket}: {shown}");
    }
}

#[test]
fn comments_in_comments_by_the_megabyte_need_no_stack() {
    assert!(refused_text(&"/*".repeat(10 << 20)).contains("this comment is never closed"));
}

#[test]
fn a_file_above_all_bounds_is_not_read_to_its_end() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("line.ron");
    File::create(&path).unwrap().set_len(1 << 40).unwrap();

    assert!(refused(&path).contains("is larger than 64 MB"));
}

#[test]
fn millions_of_values_are_refused_before_they_fill_the_memory() {
    assert!(refused_text(&format!("Line({}", "a:0,".repeat(15 << 20))).contains("at most 1,000,000 values"));
    assert!(refused_text(&format!("[{}", "0,".repeat(30 << 20))).contains("at most 1,000,000 values"));
}

#[test]
fn a_name_of_a_megabyte_is_shown_in_part() {
    let name = "x".repeat(1 << 20);

    let shown = refused_text(&line(&format!("\"{name}\": Sink(),"), &format!("\"in -> {}\"", &name[..9000])));
    assert!(shown.contains("a name may have at most 100 letters"), "{shown}");
    assert!(shown.contains("unknown element \"xxxx"), "{shown}");
    assert!(refused_text(&line(&format!("\"m\": {name}(),"), "")).contains("unknown name `xxxx"));
    assert!(refused_text(&line(&format!("\"m\": Sink({name}: 1),"), "")).contains("unknown field `xxxx"));
    assert!(
        refused_text(&line(&format!("\"m\": Machine(cycle: \"{name}\"),"), "")).contains("is not a duration")
    );
    assert!(
        refused_text(&line(&format!("\"m\": Machine(cycle: {name}()),"), ""))
            .contains("unknown distribution")
    );
    assert!(
        refused_text(&line("", &format!("\"in -> {name}\""))).contains("this text of arrows is too long")
    );
}

#[test]
fn numbers_of_a_megabyte_are_no_numbers() {
    let digits = "9".repeat(1 << 20);

    assert!(refused_text(&line(&format!("\"b\": Buffer(capacity: {digits}),"), "")).contains("out of range"));
    assert!(
        refused_text(&line(&format!("\"m\": Machine(cycle: \"{digits} s\"),"), "")).contains("too large")
    );
    assert!(
        refused_text(&line(&format!("\"s\": Sink(at: (0.0, {digits})),"), ""))
            .contains("no place on a floor")
    );
}

#[test]
fn what_overflows_is_refused_and_what_does_not_is_not() {
    let run =
        |run: &str| refused_text(&line("", "").replace("products:", &format!("run: ({run}), products:")));
    assert!(run("replications: 4000000000").contains("expected 1 to 1,000,000"));
    assert!(run("seed: 18446744073709551616").contains("out of range"));
    assert!(run("length: \"1e308 s\"").contains("above 200 years"));
    assert!(run("length: \"1e400 y\"").contains("the number is too large"));
    let buffer = "\"b\": Buffer(capacity: 4294967295, initial: 4000000000),";
    assert!(refused_text(&line(buffer, "\"in -> b -> out\"")).contains("are too many"));

    let folder = TempDir::new().unwrap();
    let path = folder.path().join("line.ron");
    fs::write(&path, line("\"b\": Buffer(capacity: 4294967295),", "\"in -> b -> out\"")).unwrap();
    assert!(line::read(&path, &[]).is_ok());
}

#[test]
fn a_million_faults_are_told_in_part() {
    let texts = "\"in -> nowhere\",".repeat(190_000);
    assert!(refused_text(&line("", &texts)).contains("more\n"));
    let names: String = (0..100_000).fold(String::new(), |mut text, i| {
        write!(text, "\"e{i}\": Mashine(),").unwrap();
        text
    });
    assert!(refused_text(&line(&names, "")).contains("more\n"));
}

#[test]
fn thousands_of_breakdowns_and_deep_mixtures_are_refused() {
    let modes = "(after: \"2 h\", repair: \"4 min\"),".repeat(10_000);
    let machine = format!("\"m\": Machine(cycle: \"62 s\", breakdowns: [{modes}]),");
    assert!(refused_text(&line(&machine, "\"in -> m -> out\"")).contains("10000 breakdowns"));

    let deep = format!("{}\"1 s\"{}", "Mixture([(weight: 1, of: ".repeat(14), ")])".repeat(14));
    let machine = format!("\"m\": Machine(cycle: {deep}),");
    assert!(refused_text(&line(&machine, "\"in -> m -> out\"")).contains("8 deep, no deeper"));
}

#[test]
fn a_distribution_of_a_million_values_is_refused() {
    let machine = format!("\"m\": Machine(cycle: Empirical(values: [{}])),", "\"1 s\",".repeat(1_000_000));

    assert!(refused_text(&line(&machine, "\"in -> m -> out\"")).contains("at most 1,000,000 values"));
}

#[test]
fn a_list_of_times_that_is_too_long_is_refused() {
    let folder = TempDir::new().unwrap();
    let machine = "\"m\": Machine(cycle: Empirical(csv: \"t.csv\", column: \"t\")),";
    let path = folder.path().join("line.ron");
    fs::write(&path, line(machine, "\"in -> m -> out\"")).unwrap();

    fs::write(folder.path().join("t.csv"), format!("t\n{}", "1\n".repeat(1_000_001))).unwrap();
    assert!(refused(&path).contains("1,000,000 values"));
    File::create(folder.path().join("t.csv")).unwrap().set_len(1 << 40).unwrap();
    assert!(refused(&path).contains("no file of at most 64 MB"));
    fs::write(folder.path().join("t.csv"), format!("t\n{}\n", "1".repeat(1 << 20))).unwrap();
    assert!(refused(&path).contains("is no number"));
    fs::write(folder.path().join("t.csv"), [b't', b'\n', 0xff, 0xfe, b'\n']).unwrap();
    assert!(refused(&path).contains("is no number"));
    fs::write(folder.path().join("t.csv"), "\"".repeat(10 << 20)).unwrap();
    assert!(refused(&path).contains("has no column"));
}

#[test]
fn a_workbook_that_unpacks_to_more_than_anybody_needs_is_not_unpacked() {
    let folder = TempDir::new().unwrap();
    let machine = "\"m\": Machine(cycle: Empirical(xlsx: \"t.xlsx\", column: \"t\")),";
    let path = folder.path().join("line.ron");
    fs::write(&path, line(machine, "\"in -> m -> out\"")).unwrap();

    let mut book = fs::read("tests/tables/times.xlsx").unwrap();
    let part = book.windows(4).rposition(|mark| mark == b"PK\x01\x02").unwrap();
    book[part + 24..part + 28].fill(0xf0);
    fs::write(folder.path().join("t.xlsx"), &book).unwrap();
    assert!(refused(&path).contains("is no workbook (.xlsx) of ordinary size"));
    for wrong in [&b""[..], b"t\n1\n", &book[..book.len() / 2], b"PK\x05\x06", &[0_u8; 100_000]] {
        fs::write(folder.path().join("t.xlsx"), wrong).unwrap();
        assert!(refused(&path).contains("is no workbook (.xlsx)"));
    }
}

#[test]
fn a_base_that_leads_back_and_a_chain_without_end_are_refused() {
    let folder = TempDir::new().unwrap();
    let path = |name: usize| folder.path().join(format!("{name}.ron"));
    let upgrade = |base: usize| format!("Upgrade(name: \"x\", base: \"{base}.ron\", changes: [])");
    fs::write(path(0), upgrade(0)).unwrap();
    (1..1000).for_each(|name| fs::write(path(name), upgrade(name - 1)).unwrap());

    assert!(refused(&path(0)).contains("this base leads back"));
    assert!(refused(&path(3)).contains("this base leads back"));
    assert!(refused(&path(999)).contains("this chain of bases is too long"));
}

#[test]
fn an_upgrade_cannot_multiply_a_line_without_end() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("line.ron"), line("", "")).unwrap();
    let upgrade = folder.path().join("upgrade.ron");
    let many = |changes: &str| format!("Upgrade(name: \"x\", base: \"line.ron\", changes: [{changes}])");

    fs::write(&upgrade, many(&"(name: \"c\"),".repeat(1000))).unwrap();
    assert!(refused(&upgrade).contains("at most 200 changes"));
    let sets: String = (0..20_000).fold(String::new(), |mut sets, i| {
        write!(sets, "\"in.f{i}\": 1,").unwrap();
        sets
    });
    fs::write(&upgrade, many(&format!("(name: \"c\", set: {{ {sets} }})"))).unwrap();
    assert!(refused(&upgrade).contains("at most 10,000 fields"));
    let steps = ".a".repeat(1 << 18);
    fs::write(&upgrade, many(&format!("(name: \"c\", set: {{ \"in{steps}\": 1 }})"))).unwrap();
    assert!(refused(&upgrade).contains("this way is too long"));
}

#[test]
fn what_is_no_layout_at_all_is_refused() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("line.ron");
    assert!(refused(&path).contains("there is no file"));
    assert!(refused(folder.path()).contains("is a folder, not a file"));
    fs::write(&path, "").unwrap();
    assert!(refused(&path).contains("is empty"));
    fs::write(&path, [b'L', 0xff, 0xfe]).unwrap();
    assert!(refused(&path).contains("is not UTF-8 text (line 1)"));
    fs::write(&path, [0_u8; 1000]).unwrap();
    assert!(refused(&path).contains("expected a value"));
}
