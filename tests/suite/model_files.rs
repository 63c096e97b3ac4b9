//! Model files from the command line: `fmt`, `diff` and `man`.

use super::exit_codes::{answer, taktwin};
use super::kit::Folder;
use super::scenes::{layouts, scenes};
use std::fs;
use std::path::PathBuf;
use taktwin::equipment::AnySettings;
use taktwin::layout;

const LINE: &str = "Line(name: \"x\",\n  products: { \"p\": () }, // one\n  elements: { \"in\": Source(product: \"p\"), \"saw\": Machine(cycle: \"9 s\"), \"out\": Sink() },\n  flow: [\"in -> saw -> out\"])\n";

#[test]
fn fmt_replaces_what_is_not_in_the_style_and_check_only_says_so() {
    let here = Folder::with(&[("line.ron", LINE), ("wrong.ron", "Line(name: \"x\"")]);
    let line = here.at("line.ron").display().to_string();

    let said = answer(&taktwin(&here, &["fmt", "--check", &line]).code(1));
    assert!(said.contains("line.ron: is not in the style"), "{said}");
    assert_eq!(fs::read_to_string(&line).unwrap(), LINE);

    let said = answer(&taktwin(&here, &["fmt", &line]).code(0));
    assert!(said.contains("line.ron: formatted"), "{said}");
    let formatted = fs::read_to_string(&line).unwrap();
    assert!(formatted.starts_with("Line(\n") || formatted.starts_with("Line(name"), "{formatted}");
    assert!(formatted.contains("{ \"p\": () },  // one\n"), "{formatted}");
    assert_eq!(answer(&taktwin(&here, &["fmt", "--check", &line]).code(0)), "");
    assert_eq!(answer(&taktwin(&here, &["check", &line]).code(0)).lines().count(), 1);

    // What cannot be read stays as it is.
    taktwin(&here, &["fmt", &here.at("wrong.ron").display().to_string()]).code(2);
    assert_eq!(fs::read_to_string(here.at("wrong.ron")).unwrap(), "Line(name: \"x\"");
}

/// Bases and included lines are found from the folder of each file, so all scenes are written to a copy of their folder.
#[test]
fn every_scene_without_its_indentation_reads_the_same_and_fmt_gives_it_back() {
    let here = Folder::with(&[]);
    let copies: Vec<(PathBuf, PathBuf)> = layouts(&scenes())
        .into_iter()
        .map(|path| (path.clone(), here.path().join(path.strip_prefix(scenes()).unwrap())))
        .collect();
    for (path, copy) in &copies {
        let text = fs::read_to_string(path).unwrap();
        let plain: String = text.lines().map(|line| line.trim_start().to_owned() + "\n").collect();
        let formatted =
            layout::formatted("line.ron", &plain).unwrap_or_else(|(fault, _)| panic!("{fault:?}"));
        assert!(formatted == text, "{} is not in the style: run `taktwin fmt scenes`", path.display());
        fs::create_dir_all(copy.parent().unwrap()).unwrap();
        fs::write(copy, plain).unwrap();
    }
    for (path, copy) in &copies {
        let found = layout::diff(path, copy, AnySettings::from_ron);
        let found = found.unwrap_or_else(|(faults, sources)| panic!("{}", faults.render(&sources, false)));
        assert!(found.is_empty(), "{}: {:?}", path.display(), found.list);
    }
}

#[test]
fn the_difference_of_a_line_and_its_upgrade_is_an_upgrade_that_makes_it() {
    for (before, after) in [
        ("range_hoods/before.ron", "range_hoods/upgrade.ron"),
        ("body_in_white/before.ron", "body_in_white/upgrade.ron"),
        ("plant/plant.ron", "plant/third_booth.ron"),
        ("range_hoods/upgrade.ron", "range_hoods/before.ron"),
    ] {
        let (before, after) = (scenes().join(before), scenes().join(after));
        let found = layout::diff(&before, &after, AnySettings::from_ron)
            .unwrap_or_else(|(faults, sources)| panic!("{}", faults.render(&sources, false)));
        assert!(!found.is_empty());
        if !found.beyond.is_empty() {
            panic!("{}: {:?}", after.display(), found.beyond);
        }
        let here =
            Folder::with(&[("up.ron", &found.upgrade(&before.display().to_string().replace('\\', "/")))]);
        taktwin::line::read(&here.at("up.ron"), &[])
            .unwrap_or_else(|rejected| panic!("{}", rejected.render(false)));
        let left = layout::diff(&here.at("up.ron"), &after, AnySettings::from_ron)
            .unwrap_or_else(|(faults, sources)| panic!("{}", faults.render(&sources, false)));
        assert!(left.is_empty(), "{:?}", left.list);
    }
}

#[test]
fn diff_writes_a_table_markdown_or_an_upgrade() {
    let here = Folder::with(&[
        ("a.ron", LINE),
        ("b.ron", &LINE.replace("9 s", "8 s")),
        ("c.ron", &LINE.replace("\"p\": ()", "\"p\": (), \"q\": ()")),
    ]);
    let at = |name: &str| here.at(name).display().to_string();

    let table = answer(&taktwin(&here, &["diff", &at("a.ron"), &at("b.ron")]).code(0));
    assert!(table.contains("saw.cycle") && table.contains("\"9 s\"") && table.contains("\"8 s\""), "{table}");
    let markdown = answer(&taktwin(&here, &["diff", &at("a.ron"), &at("b.ron"), "--format", "md"]).code(0));
    assert!(markdown.contains("| `saw.cycle` | `\"9 s\"` | `\"8 s\"` |"), "{markdown}");
    assert_eq!(answer(&taktwin(&here, &["diff", &at("a.ron"), &at("a.ron")]).code(0)), "no difference\n");

    taktwin(&here, &["diff", &at("a.ron"), &at("b.ron"), "--out", &at("up.ron")]).code(0);
    assert!(fs::read_to_string(at("up.ron")).unwrap().contains("base: \"a.ron\""));
    assert_eq!(answer(&taktwin(&here, &["diff", &at("up.ron"), &at("b.ron")]).code(0)), "no difference\n");

    taktwin(&here, &["diff", &at("a.ron"), &at("c.ron"), "--format", "ron"]).code(2);
    let table = answer(&taktwin(&here, &["diff", &at("a.ron"), &at("c.ron")]).code(0));
    assert!(table.contains("product q"), "{table}");
}

#[test]
fn man_writes_a_page_for_every_command() {
    let here = Folder::with(&[]);
    let pages = here.at("man1");
    taktwin(&here, &["man", &pages.display().to_string()]).code(0);
    for name in ["taktwin", "taktwin-run", "taktwin-compare", "taktwin-diff", "taktwin-fmt", "taktwin-man"] {
        let text = fs::read_to_string(pages.join(format!("{name}.1"))).unwrap_or_else(|_| panic!("{name}.1"));
        assert!(
            text.contains(&format!(".TH {} 1", name.replace('-', "\\-")))
                || text.contains(&format!(".TH {name} 1")),
            "{text}"
        );
        assert!(text.contains(".SH SYNOPSIS"), "{name}");
    }
}
