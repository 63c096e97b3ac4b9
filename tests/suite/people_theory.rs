//! People at the work itself, against closed forms: M/M/c, and machine interference for each purpose.

use super::kit::{SURE, agrees, kpi, line, line_of, slot, study};
use super::people::hall;
use taktwin::event::State;

/// The probabilities of n customers at c servers out of a population: p(n + 1) = p(n) (N - n) lambda / (min(n + 1, c) mu).
fn interference(population: u32, servers: u32, think: f64, service: f64) -> Vec<f64> {
    let mut weights = vec![1.0_f64];
    for n in 0..population {
        let arrivals = f64::from(population - n) / think;
        weights.push(weights[n as usize] * arrivals / (f64::from((n + 1).min(servers)) / service));
    }
    let sum: f64 = weights.iter().sum();
    weights.into_iter().map(|weight| weight / sum).collect()
}

fn mean(probabilities: &[f64], of: impl Fn(f64) -> f64) -> f64 {
    (0..).zip(probabilities).map(|(n, p): (u32, &f64)| of(f64::from(n)) * p).sum()
}

const RUN: &str = "warm_up: \"5000 s\", length: \"400000 s\", replications: 20, seed: 4";

#[test]
fn operators_who_load_or_unload_n_machines_are_the_machine_interference_problem() {
    // M/M/c//N (Palm 1943): a machine runs for 60 s on average by itself, and an operator needs 20 s for it.
    // Tools that are needed to load are the same problem.
    let (people, tools) = ("people: [(skill: \"operate\"", "tools: [(tool: \"operators\"");
    let kinds = [
        ("Load", "load", people, "Crew(skills: [\"operate\"], size: "),
        ("Unload", "unload", people, "Crew(skills: [\"operate\"], size: "),
        ("Load", "load", tools, "Tools(size: "),
    ];
    for (phase, field, group, crew) in kinds {
        for (machines, people) in [(5_u32, 1_u32), (6, 2)] {
            let machine = format!(
                "Machine(cycle: Exponential(\"60 s\"), {field}: Exponential(\"20 s\"), \
                 {group}, for: [{phase}])])"
            );
            let crew = format!("{crew}{people})");
            let machines = vec![machine.as_str(); machines as usize];
            let line = hall(&format!("{RUN}, {SURE}"), &machines, &[("operators", &crew)]);
            let study = study(&line);
            let at = interference(machines.len() as u32, people, 60.0, 20.0);
            let busy = mean(&at, |n| n.min(f64::from(people)));
            agrees(kpi(&study, "throughput"), 3600.0 * busy / 20.0, 0.02);
            let elements = study.elements();
            let crew = elements.last().expect("the crew");
            agrees(crew.one("at_work_mean").expect("people"), busy, 0.02);
            // Little: those who wait are the calls a second times their wait.
            let waiting = mean(&at, |n| (n - f64::from(people)).max(0.0));
            agrees(crew.one("call_wait_s").expect("calls"), waiting / (busy / 20.0), 0.05);
            let waits = [State::WaitingForPeople, State::WaitingForTools].map(State::name);
            let shares =
                elements.iter().filter_map(|one| waits.iter().find_map(|name| one.part("states", name)));
            let found: f64 = shares.map(|share| share.mean).sum();
            assert!((found - waiting).abs() < 0.03 * waiting, "{found} and {waiting}");
            // Nobody walks: while a machine waits, the operator is missing.
            let missing = elements.iter().flat_map(|one| one.each("missing_h").collect::<Vec<_>>());
            let hours: f64 = missing.map(|(_, hours)| hours.mean).sum();
            assert!((hours - found * 400_000.0 / 3600.0).abs() < 1e-6, "{hours} and {found}");
        }
    }
}

#[test]
fn setters_who_change_over_n_machines_are_the_same_problem() {
    // Two products in turn, so that each part needs a changeover.
    let (machines, people) = (4_u32, 1_u32);
    let mut elements = vec![("out".to_owned(), "Sink()".to_owned())];
    let mut flow = Vec::new();
    for nth in 0..machines {
        for (product, first) in [("x", "1 s"), ("y", "2 s")] {
            elements.push((
                format!("{product}{nth}"),
                format!("Source(product: \"{product}\", interarrival: \"60 s\", first: \"{first}\")"),
            ));
            flow.push(format!("{product}{nth} -> rack{nth}"));
        }
        elements.push((format!("rack{nth}"), "Buffer()".to_owned()));
        elements.push((
            format!("m{nth}"),
            "Machine(cycle: Exponential(\"60 s\"), setup: (time: Exponential(\"25 s\")), \
             people: [(skill: \"set\", for: [Setup])])"
                .to_owned(),
        ));
        flow.push(format!("rack{nth} -> m{nth} -> out"));
    }
    elements.push(("setters".to_owned(), format!("Crew(size: {people}, skills: [\"set\"])")));
    let elements: Vec<(&str, &str)> =
        elements.iter().map(|(name, written)| (name.as_str(), written.as_str())).collect();
    let flow: Vec<&str> = flow.iter().map(String::as_str).collect();
    let run = format!("warm_up: \"5000 s\", length: \"200000 s\", replications: 20, seed: 4, {SURE}");
    let line = line_of("\"x\": (), \"y\": ()", &run, &elements, &flow);
    let study = study(&line);
    let at = interference(machines, people, 60.0, 25.0);
    agrees(kpi(&study, "throughput"), 3600.0 * mean(&at, |n| n.min(f64::from(people))) / 25.0, 0.02);
}

#[test]
fn people_at_enough_machines_are_the_servers_of_an_m_m_c_queue() {
    // Three people work at thirty machines: the machines never run out, and the people are the servers.
    let (rate, service, people) = (1.0 / 10.0, 21.0, 3_u32);
    let mut elements =
        vec![("in", "Source(interarrival: Exponential(\"10 s\"))"), ("rack", "Buffer()"), ("out", "Sink()")];
    let names: Vec<String> = (0..30).map(|nth| format!("m{nth}")).collect();
    let machine = "Machine(cycle: Exponential(\"21 s\"), people: [(skill: \"operate\")])";
    elements.extend(names.iter().map(|name| (name.as_str(), machine)));
    elements.push(("people", "Crew(size: 3, skills: [\"operate\"])"));
    let mut flow = vec!["in -> rack".to_owned()];
    flow.extend(names.iter().map(|name| format!("rack -> {name} -> out")));
    let flow: Vec<&str> = flow.iter().map(String::as_str).collect();
    let run = format!("warm_up: \"20000 s\", length: \"400000 s\", replications: 20, seed: 7, {SURE}");
    let line = line(&run, &elements, &flow);
    let study = study(&line);
    // Erlang C.
    let load = rate * service;
    let c = f64::from(people);
    let terms: Vec<f64> = (0..people)
        .scan(1.0, |term, n| {
            let now = *term;
            *term *= load / f64::from(n + 1);
            Some(now)
        })
        .collect();
    let last = terms.last().unwrap() * load / c / (1.0 - load / c);
    let waits = last / (terms.iter().sum::<f64>() + last);
    let wait = waits * service / (c - load);
    agrees(kpi(&study, "lead_time"), wait + service, 0.03);
    let crew = study.elements().pop().expect("the crew");
    agrees(crew.one("utilisation").expect("people"), load / c, 0.02);
    let _ = slot(&line, "people");
}
