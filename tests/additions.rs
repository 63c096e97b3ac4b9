//! What it takes to add something to Taktwin: a file, its `mod` line, and a line in a list. A kind of equipment, a dispatch rule, a
//! KPI and a report format are added to a copy of the sources, which is built and run.
//!
//! Building takes minutes, so this runs only where it is asked for: `cargo test --test additions -- --ignored`.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A file to be added, and the lines that go behind others in the list beside it.
struct Addition {
    file: &'static str,
    to: &'static str,
    list: &'static str,
    lines: &'static [(&'static str, &'static str)],
}

const ADDITIONS: [Addition; 4] = [
    Addition {
        file: "rack.rs",
        to: "src/equipment/rack.rs",
        list: "src/equipment/mod.rs",
        lines: &[
            ("mod passage;", "mod rack;"),
            ("kinds! {", "    /// Keeps parts and does nothing to them.\n    Rack = rack::RackState,"),
        ],
    },
    Addition {
        file: "longest_work.rs",
        to: "src/dispatch/longest_work.rs",
        list: "src/dispatch/mod.rs",
        lines: &[
            ("mod longest_queue;", "mod longest_work;"),
            (
                "    LongestQueue = longest_queue,",
                "    /// The longest processing time first (LPT).\n    LongestWork = longest_work,",
            ),
        ],
    },
    Addition {
        file: "scrap_rate.rs",
        to: "src/kpi/scrap_rate.rs",
        list: "src/kpi/mod.rs",
        lines: &[("mod rework_ratio;", "mod scrap_rate;"), ("    &scrapped::KPI,", "    &scrap_rate::KPI,")],
    },
    Addition {
        file: "wiki.rs",
        to: "src/report/wiki.rs",
        list: "src/report/mod.rs",
        lines: &[("mod text;", "mod wiki;"), ("pub static FORMATS: &[&Format] = &[", "    &wiki::FORMAT,")],
    },
];

const LINE: &str = r#"Line(
    name: "Added",
    run: (length: "10 h", replications: 3),
    products: { "short": (), "long": () },
    elements: {
        "in s": Source(product: "short", interarrival: "100 s"),
        "in l": Source(product: "long", interarrival: "100 s"),
        "rack": Rack(places: 9),
        "saw": Machine(cycles: { "short": "10 s", "long": "60 s" }, order: LongestWork),
        "out": Sink(),
        "waste": Sink(scrap: true),
        "test": Inspection(cycle: "5 s", defects: 0.25),
    },
    flow: ["in s -> rack", "in l -> rack", "rack -> saw -> test", "test.pass -> out", "test.fail -> waste"],
)"#;

/// A folder with the sources as they are, and no others.
fn copy(into: &Path) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for name in ["src", "benches", "examples", "assets", "Cargo.lock", "README.md"] {
        copy_all(&root.join(name), &into.join(name));
    }
    // Another name, so that what is built replaces nothing; the library keeps its own.
    let manifest = std::fs::read_to_string(root.join("Cargo.toml")).unwrap();
    let manifest =
        replaced(&manifest, "name = \"taktwin\"\nversion", "name = \"taktwin_with_additions\"\nversion");
    let manifest = replaced(&manifest, "[lib]\n", "[lib]\nname = \"taktwin\"\n");
    let manifest =
        replaced(&manifest, "[[bin]]\nname = \"taktwin\"", "[[bin]]\nname = \"taktwin_with_additions\"");
    std::fs::write(into.join("Cargo.toml"), manifest).unwrap();
}

fn copy_all(from: &Path, to: &Path) {
    if !from.is_dir() {
        std::fs::copy(from, to).unwrap();
        return;
    }
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let name = entry.unwrap().file_name();
        copy_all(&from.join(&name), &to.join(&name));
    }
}

fn replaced(text: &str, old: &str, new: &str) -> String {
    assert_eq!(text.matches(old).count(), 1, "{old:?} stands once");
    text.replace(old, new)
}

impl Addition {
    fn apply(&self, root: &Path) {
        let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join("additions").join(self.file);
        std::fs::copy(own, root.join(self.to)).unwrap();
        let list = root.join(self.list);
        let mut text = std::fs::read_to_string(&list).unwrap();
        for (behind, line) in self.lines {
            text = replaced(&text, &format!("\n{behind}"), &format!("\n{behind}\n{line}\n"));
        }
        std::fs::write(list, text).unwrap();
    }
}

/// Where this test was built: its packages are there.
fn target() -> PathBuf {
    let own = std::env::current_exe().unwrap();
    own.ancestors().nth(3).expect("target/debug/deps/additions").to_owned()
}

fn written(output: &Output) -> String {
    let written = [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes).into_owned());
    assert!(output.status.success(), "{}", written.concat());
    written.concat()
}

#[test]
#[ignore = "builds Taktwin once more, which takes minutes"]
fn a_kind_a_rule_a_figure_and_a_format_are_a_file_each_and_its_lines_in_a_list() {
    let folder = tempfile::tempdir().unwrap();
    copy(folder.path());
    ADDITIONS.iter().for_each(|addition| addition.apply(folder.path()));
    let build = Command::new(env!("CARGO"))
        .args(["build", "--offline", "--bin", "taktwin_with_additions", "--target-dir"])
        .arg(target())
        .current_dir(folder.path())
        .output();
    written(&build.unwrap());

    let line = folder.path().join("line.ron");
    std::fs::write(&line, LINE).unwrap();
    let taktwin = |arguments: &[&str]| {
        let program =
            target().join("debug").join(format!("taktwin_with_additions{}", std::env::consts::EXE_SUFFIX));
        written(&Command::new(program).args(arguments).arg(&line).output().unwrap())
    };
    assert!(taktwin(&["check"]).contains(": ok (7 elements"));
    let explained = taktwin(&["explain"]);
    assert!(explained.contains("Rack"), "{explained}");
    // 36 parts of each an hour; a quarter is scrapped.
    let table = taktwin(&["run", "--format", "wiki"]);
    let figure = |name: &str| -> f64 {
        let row = table.lines().find_map(|row| row.strip_prefix(&format!("| {name} | ")));
        row.unwrap_or_else(|| panic!("{table}")).trim_end_matches(" |").parse().unwrap()
    };
    assert!((figure("scrap_rate") - 0.25).abs() < 0.05, "{table}");
    assert!((figure("throughput") / 54.0 - 1.0).abs() < 0.1, "{table}");
    // The new format stands first, so that it is the one for terminals now.
    let by_product = taktwin(&["run", "--format", "table", "--by", "product"]);
    assert!(by_product.contains("short") && by_product.contains("long"), "{by_product}");
    assert_eq!(taktwin(&["run"]), table);
}
