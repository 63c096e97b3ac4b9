//! Who was missing, by hand.

use super::kit::study;
use super::people::hall;

const RUN: &str = "warm_up: \"0 s\", length: \"320 s\", replications: 1";

/// The hours in which people with each skill were missing at an element, in seconds.
fn missing(study: &taktwin::study::Study<'_>, name: &str) -> Vec<(String, f64)> {
    let elements = study.elements();
    let element = elements.iter().find(|element| element.name == name).expect("the element");
    let each = element.each("missing_h");
    each.map(|(skill, hours)| (skill.to_owned(), (hours.mean * 3600.0).round())).collect()
}

#[test]
fn of_those_who_are_called_together_only_who_is_busy_elsewhere_is_missing() {
    // The operator is at a until 60, at b until 160, at a until 220, at b until 320; the setter is always free.
    let joint = "Machine(cycle: \"60 s\", people: [(skill: \"setter\"), (skill: \"operate\")])";
    let single = "Machine(cycle: \"100 s\", people: [(skill: \"operate\")])";
    let crews = [
        ("operator", "Crew(size: 1, skills: [\"operate\"])"),
        ("setter", "Crew(size: 1, skills: [\"setter\"])"),
    ];
    let line = hall(RUN, &[joint, single], &crews);
    let study = study(&line);
    assert_eq!(missing(&study, "a"), [("operate".to_owned(), 200.0)]);
    assert_eq!(missing(&study, "b"), [("operate".to_owned(), 120.0)]);
}

#[test]
fn who_walks_is_not_missing() {
    // Both machines are 12 m from each other: of 20 s between two jobs at a machine, the operator walks 10 s there and 10 s back.
    let machine =
        |x: u32| format!("Machine(cycle: \"30 s\", people: [(skill: \"operate\")], at: ({x}.0, 0.0))");
    let [a, b] = [machine(0), machine(12)];
    let crew = "Crew(size: 1, skills: [\"operate\"], speed: \"1.2 m/s\", at: (0.0, 0.0))";
    let line = hall(RUN, &[&a, &b], &[("operator", crew)]);
    let study = study(&line);
    // At a until 30, at b from 40 to 70, at a from 80 to 110 and so on: b waits for an answer from 0 to 30 and from 70 to 110.
    assert_eq!(missing(&study, "b"), [("operate".to_owned(), 30.0 + 3.0 * 40.0 + 10.0)]);
    assert_eq!(missing(&study, "a"), [("operate".to_owned(), 3.0 * 40.0 + 40.0)]);
}

#[test]
fn for_a_repair_the_mechanic_is_missing_who_repairs_another_machine() {
    let machine = |after: u32| {
        format!(
            "Machine(cycle: \"10 s\", breakdowns: [(after: \"{after} s\", clock: Calendar, repair: \"100 s\", \
             skill: \"mechanic\")])"
        )
    };
    let [a, b] = [machine(100), machine(120)];
    let line = hall(RUN, &[&a, &b], &[("mechanic", "Crew(size: 1, skills: [\"mechanic\"])")]);
    let study = study(&line);
    // The mechanic is at a from 100 to 200 and at b from 200 to 300; a fails again at 300.
    assert_eq!(missing(&study, "a"), []);
    assert_eq!(missing(&study, "b"), [("mechanic".to_owned(), 80.0)]);
}
