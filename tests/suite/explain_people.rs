//! What `explain` says of people, by hand and against runs.

use super::kit::{kpi, line_of, study};
use super::people::hall;
use super::random_lines::any_plant;
use super::random_people::with_people;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use taktwin::explain::Explanation;

#[test]
fn a_crew_that_is_asked_for_more_than_it_can_do_is_the_bottleneck() {
    // Four machines that take 90 s for a part would make 160 an hour; each part takes the operator 30 s, so 120.
    let machine = "Machine(cycle: \"60 s\", load: \"20 s\", unload: \"10 s\", \
                   people: [(skill: \"operate\", for: [Load, Unload])])";
    let crew = ("operator", "Crew(size: 1, skills: [\"operate\"])");
    let run = "warm_up: \"1 h\", length: \"20 h\", replications: 1";
    let line = hall(run, &[machine; 4], &[crew]);
    let whole = Explanation::of(&line);
    let bottleneck = whole.capacity.bottleneck.expect("something limits it");
    assert_eq!(line.elements[bottleneck.index()].name, "operator");
    let an_hour = |rate: Option<f64>| rate.expect("a limit") * 3600.0;
    assert!((an_hour(whole.capacity.good_per_sec) - 120.0).abs() < 1e-6);
    assert!((an_hour(whole.capacity.at_most_per_sec) - 120.0).abs() < 1e-6);
    let load = whole.loads[bottleneck.index()];
    assert!((load.load.expect("known") - 1.0).abs() < 1e-9, "{load:?}");
    // Two calls for each part.
    assert!((load.arrivals.expect("known") * 3600.0 - 240.0).abs() < 1e-6, "{load:?}");
    assert!((kpi(&study(&line), "throughput").mean - 120.0).abs() < 0.2);
}

#[test]
fn people_for_changeovers_count_where_the_number_of_changeovers_is_known() {
    // Two products come at random, so half of the parts need a changeover: 30 s each on average, with two setters.
    let machine = "Machine(cycle: \"80 s\", load: \"20 s\", setup: (time: \"60 s\"), \
                   people: [(skill: \"operate\", for: [Load]), (skill: \"set\", for: [Setup], count: 2)])";
    let source =
        |product: &str| format!("Source(product: \"{product}\", interarrival: Exponential(\"300 s\"))");
    let line = line_of(
        "\"x\": (), \"y\": ()",
        "",
        &[
            ("in x", &source("x")),
            ("in y", &source("y")),
            ("rack", "Buffer()"),
            ("a", machine),
            ("out", "Sink()"),
            ("operator", "Crew(size: 1, skills: [\"operate\"])"),
            ("setters", "Crew(size: 2, skills: [\"set\"])"),
        ],
        &["in x -> rack", "in y -> rack", "rack -> a -> out"],
    );
    let whole = Explanation::of(&line);
    let load = |name: &str| {
        let slot = line.elements.iter().position(|element| element.name == name).expect("it is there");
        whole.loads[slot].load
    };
    assert!((load("operator").expect("known") - 20.0 / 150.0).abs() < 1e-9);
    assert!((load("setters").expect("known") - 30.0 / 150.0).abs() < 1e-9);
}

#[test]
fn a_crew_that_another_could_replace_has_no_load() {
    let machine = "Machine(cycle: \"60 s\", people: [(skill: \"operate\")])";
    let crew = |name| (name, "Crew(size: 1, skills: [\"operate\"])");
    let line = hall("", &[machine; 3], &[crew("early birds"), crew("owls")]);
    let whole = Explanation::of(&line);
    assert!(whole.loads[line.elements.len() - 1].load.is_none());
    assert!((whole.capacity.good_per_sec.expect("a limit") * 3600.0 - 180.0).abs() < 1e-6);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, rng_seed: RngSeed::Fixed(15), ..ProptestConfig::default() })]

    /// The bound holds for every line that runs on: what leaves the line in a long window is no more, but for what was in it.
    #[test]
    fn no_line_makes_more_with_its_people_than_it_can_at_most(plant in any_plant(), picks in any::<u64>()) {
        let (mut plant, _) = with_people(plant, picks);
        // One crew for all, so that its time is a limit.
        for (_, written) in &mut plant.elements {
            *written = written.replace("skill: \"red\"", "skill: \"hand\"").replace("skill: \"blue\"", "skill: \"hand\"");
        }
        if plant.elements.iter().any(|(_, written)| written.contains("\"hand\"")) {
            plant.elements.push(("hands".to_owned(), "Crew(size: 3, skills: [\"hand\"])".to_owned()));
        }
        let line = plant.line("warm_up: \"2 h\", length: \"20 h\", replications: 4, confidence: 0.9999");
        let Some(most) = Explanation::of(&line).capacity.at_most_per_sec else { return Ok(()) };
        let plan = taktwin::study::StudyPlan::of(&line, &taktwin::study::Overrides::default());
        // A line that locks up says nothing here.
        let Ok(study) = taktwin::study::run(&line, &plan, &taktwin::study::Watch::nobody()) else { return Ok(()) };
        let found = study.interval(taktwin::kpi::named("throughput").expect("a KPI"));
        if let Some(found) = found {
            let half_width = found.half_width.unwrap_or(0.0);
            prop_assert!(found.mean <= most * 3600.0 + half_width + 1e-6, "{} ± {half_width}, at most {}", found.mean, most * 3600.0);
        }
    }
}
