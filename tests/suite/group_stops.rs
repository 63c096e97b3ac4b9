//! Routes that stop at a group: any member will do, and its members share the work.

use super::kit::{layout_of, read, record, study};
use taktwin::event::{LineEvent, What};
use taktwin::line::Line;

const GROUP: (&str, &str) = ("mill", "Machine(count: 3)");

/// Gears are milled and washed, pins are only washed; gears stop at this element for their milling.
fn milling(stop: &str, flow: &[&str]) -> Line {
    let products = format!(
        "\"gear\": (route: [(to: \"{stop}\", cycle: Exponential(\"150 s\")), (to: \"wash\"), (to: \"shop\")]), \
         \"pin\": (route: [(to: \"wash\"), (to: \"shop\")])"
    );
    let elements = [
        ("gears", "Source(product: \"gear\", interarrival: Exponential(\"60 s\"))"),
        ("pins", "Source(product: \"pin\", interarrival: Exponential(\"100 s\"))"),
        ("yard", "Buffer(capacity: 50)"),
        GROUP,
        ("rack", "Buffer(capacity: 5)"),
        ("wash", "Machine(cycle: \"20 s\")"),
        ("shop", "Sink()"),
    ];
    read(&layout_of(&products, "length: \"5 d\", replications: 2", &elements, flow))
}

const FLOW: [&str; 2] = ["gears -> yard -> mill -> rack -> wash -> shop", "pins -> rack"];

#[test]
fn a_stop_at_a_group_is_the_stop_at_the_queue_before_it_fact_by_fact() {
    let (at_group, at_queue) = (milling("mill", &FLOW), milling("yard", &FLOW));
    let facts = record(&at_group, 86_400).0;
    assert!(facts.len() > 5000, "{}", facts.len());
    assert_eq!(facts, record(&at_queue, 86_400).0);
    // All runs are checked for parts that are lost and times that do not add up.
    assert_eq!(study(&at_group).outcomes[1].kpis, study(&at_queue).outcomes[1].kpis);
}

#[test]
fn the_members_of_a_stop_share_the_work() {
    let line = milling("mill", &FLOW);
    let names = ["mill[1]", "mill[2]", "mill[3]"];
    let slots = names.map(|name| line.elements.iter().position(|element| element.name == name).unwrap());
    let facts: Vec<LineEvent> = record(&line, 86_400).0;
    let came = slots.map(|slot| {
        facts
            .iter()
            .filter(|fact| matches!(fact.what, What::Arrived(_)) && fact.element.index() == slot)
            .count()
    });
    // 1440 gears a day, for three mills that are busy five sixths of the time.
    assert!(came.iter().all(|count| (400..560).contains(count)), "{came:?}");
    assert!((1250..1650).contains(&came.iter().sum::<usize>()), "{came:?}");
}

#[test]
fn a_part_comes_back_to_any_member_of_its_last_stop_and_is_worked_on_again() {
    let products = "\"p\": (route: [(to: \"weld\", cycle: \"30 s\"), (to: \"shop\")])";
    let line = |stop: &str, weld: &str| {
        let elements = [
            ("in", "Source(interarrival: \"40 s\")"),
            ("weld", weld),
            ("back", "Buffer(capacity: 50)"),
            ("test", "Inspection(cycle: \"5 s\", defects: 0.3)"),
            ("shop", "Sink()"),
        ];
        let products = products.replace("weld", stop);
        let flow = ["in -> weld -> test", "test.pass -> shop", "test.fail -> back -> weld"];
        read(&layout_of(&products, "length: \"2 d\", replications: 2", &elements, &flow))
    };
    let group = line("weld", "Machine(count: 2, rework: (success: 0.9))");
    let found = study(&group);
    let operations = |name: &str| {
        found.outcomes[0].elements[group.elements.iter().position(|one| one.name == name).unwrap()].operations
    };
    // 0.3 of the parts come back, and of those some again.
    let all = operations("weld[1]") + operations("weld[2]");
    assert!(operations("weld[2]") > 500 && all > 4320 * 5 / 4, "{all}");
}

#[test]
fn a_stop_at_a_group_that_no_arrow_leads_to_is_refused() {
    let folder = super::kit::Folder::with(&[(
        "line.ron",
        "Line(name: \"x\", products: { \"p\": (route: [(to: \"mill\"), (to: \"out\")]) }, \
         elements: { \"in\": Source(), \"mill\": Machine(count: 2, cycle: \"9 s\"), \"out\": Sink() }, flow: [\"in -> out\", \"mill -> out\"])",
    )]);
    let said =
        super::exit_codes::complaint(&super::exit_codes::taktwin(&folder, &["check", "line.ron"]).code(2));
    assert!(said.contains("no arrow leads to \"mill\"") && said.contains("line.ron:1:"), "{said}");
}
