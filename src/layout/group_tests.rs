//! Groups and arrays: what they stand for, and how changes reach them.

use super::test_kit::*;
use crate::units::Duration;

/// A line with three welders, and two rows of three cells.
const GROUPS: &str = r#"Line(
    name: "Groups",
    products: { "hood": () },
    elements: {
        "panels": Source(),
        "weld": Machine(count: 3, cycle: Constant("55 s")),
        "cell": Machine(count: (2, 3), cycle: Constant("9 s"), apart: (4.0, 5.0)),
        "shop": Sink(),
    },
    flow: ["panels -> weld -> cell[i,1]", "cell[i,j] -> cell[i,j+1]", "cell[i,3] -> shop"],
)"#;

fn groups() -> LayoutFolder {
    let folder = LayoutFolder::new();
    folder.write("groups.ron", GROUPS);
    folder
}

fn upgraded(change: &str) -> LayoutFolder {
    let folder = groups();
    let text = format!("Upgrade(name: \"Up\", base: \"groups.ron\", changes: [(name: \"one\", {change})])");
    folder.write("up.ron", &text);
    folder
}

/// The cycles of the welders, in seconds.
fn cycles(folder: &LayoutFolder, name: &str, sets: &[&str]) -> Vec<f64> {
    let line = folder.good(name, sets);
    let welders = line.elements.keys().filter(|name| name.starts_with("weld"));
    let secs = welders.map(|name| match machine(&line, name).cycle {
        Law::Constant(Duration(secs)) | Law::Gamma { mean: Duration(secs), .. } => secs,
        Law::Exponential(_) => panic!("no such law here"),
    });
    secs.collect()
}

#[test]
fn a_group_is_its_members_and_an_array_its_arrows() {
    let line = groups().good("groups.ron", &[]);

    let names: Vec<&str> = line.elements.keys().map(String::as_str).collect();
    let cells = ["cell[1,1]", "cell[1,2]", "cell[1,3]", "cell[2,1]", "cell[2,2]", "cell[2,3]"];
    assert_eq!(names[..4], ["panels", "weld[1]", "weld[2]", "weld[3]"]);
    assert_eq!(names[4..10], cells);
    let groups: Vec<(&str, usize)> =
        line.groups.iter().map(|group| (group.name.as_str(), group.members.len())).collect();
    assert_eq!(groups, [("weld", 3), ("cell", 6)]);
    let ways = ways(&line);
    assert_eq!(ways[..3], ["panels > weld[1]", "panels > weld[2]", "panels > weld[3]"]);
    // Every welder feeds the first cell of both rows; then the rows go on by themselves.
    assert_eq!(ways.len(), 3 + 6 + 4 + 2);
    assert!(
        ways.contains(&"weld[3] > cell[2,1]".to_owned())
            && ways.contains(&"cell[2,2] > cell[2,3]".to_owned())
    );
    assert!(!ways.contains(&"cell[1,3] > cell[2,1]".to_owned()), "{ways:?}");
    assert_eq!(line.shifts["cell[2,3]"], (8.0, 5.0));
    assert_eq!(line.shifts["weld[3]"], (0.0, 6.0));
}

#[test]
fn one_of_a_kind_is_no_group() {
    let folder = groups();
    folder.write("one.ron", &GROUPS.replace("count: 3, ", "count: 1, "));
    folder.write("none.ron", &GROUPS.replace("count: 3, ", ""));

    let (one, none) = (folder.good("one.ron", &[]), folder.good("none.ron", &[]));

    assert_eq!(one.elements.keys().collect::<Vec<_>>(), none.elements.keys().collect::<Vec<_>>());
    assert_eq!((ways(&one), one.groups.len()), (ways(&none), 1));
    assert_eq!(cycles(&folder, "one.ron", &["weld[1].cycle=Constant(\"7 s\")"]), [7.0]);
}

#[test]
fn a_change_reaches_the_group_or_one_member_and_the_later_one_wins() {
    let folder = groups();
    let of = |sets: &[&str]| cycles(&folder, "groups.ron", sets);
    let (all, second) = ("weld.cycle=Constant(\"7 s\")", "weld[2].cycle=Constant(\"5 s\")");
    assert_eq!(of(&[all]), [7.0, 7.0, 7.0]);
    assert_eq!(of(&[second]), [55.0, 5.0, 55.0]);
    assert_eq!(of(&[all, second]), [7.0, 5.0, 7.0]);
    assert_eq!(of(&[second, all]), [7.0, 7.0, 7.0]);
    let gamma = "weld.cycle=Gamma(mean: \"7 s\", cv: 0.1)";
    assert_eq!(of(&[gamma, "weld[2].cycle.mean=5 s", "weld.cycle.cv=0.2"]), [7.0, 5.0, 7.0]);
    assert_eq!(of(&[second, "weld.count=2"]), [55.0, 5.0]);
    assert_eq!(of(&["weld.count=4", "weld[4].cycle=Constant(\"5 s\")"]), [55.0, 55.0, 55.0, 5.0]);
}

#[test]
fn an_upgrade_adds_members_with_their_arrows_and_removes_single_ones() {
    let grown = upgraded("set: { \"weld.count\": 4 }").good("up.ron", &[]);
    assert!(ways(&grown).contains(&"panels > weld[4]".to_owned()));
    assert!(ways(&grown).contains(&"weld[4] > cell[2,1]".to_owned()));

    let less = upgraded("remove: [\"weld[2]\", \"cell[1,2]\"]").good("up.ron", &[]);
    assert_eq!(less.elements.len(), 9);
    assert!(ways(&less).iter().all(|way| !way.contains("weld[2]") && !way.contains("cell[1,2]")));

    let none = upgraded("remove: [\"cell\"], flow: [\"weld -> shop\"]").good("up.ron", &[]);
    assert_eq!(none.elements.len(), 5);
    assert_eq!(ways(&none)[3..], ["weld[1] > shop", "weld[2] > shop", "weld[3] > shop"]);
}

#[test]
fn an_upgrade_leads_one_member_or_the_group_on() {
    let one = upgraded("flow: [\"weld[2] -> shop\"]").good("up.ron", &[]);
    let from = |name: &str| -> Vec<String> {
        ways(&one).into_iter().filter(|way| way.starts_with(&format!("{name} "))).collect()
    };
    assert_eq!(from("weld[2]"), ["weld[2] > shop"]);
    assert_eq!(from("weld[1]"), ["weld[1] > cell[1,1]", "weld[1] > cell[2,1]"]);

    let all = upgraded("flow: [\"weld -> shop\"]").good("up.ron", &[]);
    assert!(ways(&all).iter().all(|way| !way.starts_with("weld") || way.ends_with("> shop")));
}

#[test]
fn a_share_to_a_group_is_divided_evenly() {
    let folder = LayoutFolder::new();
    let flow = r#"["panels -> cell[1,1] 10 %", "panels -> weld 90 %", "weld -> cell[1,1]","#;
    folder.write("shares.ron", &GROUPS.replace(r#"["panels -> weld -> cell[i,1]","#, flow));
    let line = folder.good("shares.ron", &[]);
    let shares: Vec<f64> = line.flow[..4].iter().filter_map(|arrow| arrow.share).collect();
    assert_eq!(shares.len(), 4);
    assert!(
        (shares[3] - 0.3).abs() < 1e-12 && (shares.iter().sum::<f64>() - 1.0).abs() < 1e-12,
        "{shares:?}"
    );
}

#[test]
fn ten_thousand_machines_are_a_few_lines_and_their_fault_is_told_once() {
    let grid = |cycle: &str| {
        format!(
            "Line(name: \"Grid\", products: {{ \"p\": () }}, elements: {{ \"in\": Source(), \"out\": Sink(),
             \"cell\": Machine(count: (100, 100), cycle: {cycle}) }},
             flow: [\"in -> cell[i,1]\", \"cell[i,j] -> cell[i,j+1]\", \"cell[i,100] -> out\"])"
        )
    };
    let folder = LayoutFolder::new();
    folder.write("grid.ron", &grid("Constant(\"5 s\")"));
    folder.write("wrong.ron", &grid("Constnat(\"5 s\")"));

    let line = folder.good("grid.ron", &["cell[7,8].cycle=Constant(\"6 s\")"]);

    assert_eq!((line.elements.len(), line.flow.len()), (10_002, 100 + 9_900 + 100));
    assert_eq!(machine(&line, "cell[7,8]").cycle, Law::Constant(Duration(6.0)));
    assert_eq!(folder.wrong("wrong.ron", &[]).len(), 1);
}

#[test]
fn a_name_with_brackets_that_is_written_out_is_itself() {
    let folder = LayoutFolder::new();
    let text = GROUPS.replace(
        "\"panels\": Source()",
        "\"panels\": Source(), \"bay [7]\": Machine(cycle: Constant(\"3 s\"))",
    );
    folder.write("named.ron", &text.replace("\"panels -> weld", "\"panels -> bay [7] -> weld"));
    let line = folder.good("named.ron", &["bay [7].cycle=Constant(\"4 s\")"]);
    assert_eq!(machine(&line, "bay [7]").cycle, Law::Constant(Duration(4.0)));
    assert_eq!(ways(&line)[0], "panels > bay [7]");
}

#[test]
fn what_an_inspector_lists_of_a_member_can_be_set() {
    let folder = groups();
    let path = folder.path("groups.ron");
    let sets = ["weld[2].cycle=Constant(\"5 s\")".to_owned()];
    let Ok(listed) = super::settings(&path, &sets, "weld[2]", super::read::by_serde::<Kind>) else {
        panic!("weld[2] has settings")
    };
    assert_eq!(listed.len(), 1);
    assert_eq!((listed[0].way.as_str(), listed[0].written.as_str()), ("cycle[0]", "5 s"));
    assert_eq!(cycles(&folder, "groups.ron", &["weld[2].cycle[0]=6 s"]), [55.0, 6.0, 55.0]);
}
