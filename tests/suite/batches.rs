//! Batch machines: bulk queues by theory, and runs worked by hand.

use crate::kit::{Folder, Recording, SECOND, SURE, agrees, kpi, layout, line, read, record, study};
use taktwin::event::Slot;
use taktwin::event::{State, What};

/// Times in whole seconds at which something became of the element with this slot.
fn became(told: &Recording, slot: u32, state: State) -> Vec<u64> {
    let times = told.times(Slot(slot), |what| what == What::Became(state));
    times.into_iter().map(|time| time / SECOND).collect()
}

/// Times in whole seconds at which good parts left.
fn deliveries(told: &Recording) -> Vec<u64> {
    told.deliveries().into_iter().map(|time| time / SECOND).collect()
}

/// Mean number waiting at a bulk server that takes one part or up to `largest` at once (M/M^(1,b)/1, Neuts 1967): its Markov chain,
/// solved by running it in uniform steps until nothing changes.
fn mean_waiting(arrivals: f64, runs: f64, largest: usize) -> f64 {
    // States: 0 idle; 1 + n: runs with n waiting.
    const STATES: usize = 400;
    let mut share = vec![1.0 / STATES as f64; STATES];
    let rate = arrivals + runs;
    for _ in 0..60_000 {
        let mut next = vec![0.0; STATES];
        for (state, share) in share.iter().enumerate() {
            let up = (state + 1).min(STATES - 1);
            next[up] += share * arrivals / rate;
            let down = match state {
                0 => 0,
                waiting => match waiting - 1 {
                    0 => 0,
                    waiting => 1 + waiting.saturating_sub(largest),
                },
            };
            next[down] += share * runs / rate;
        }
        share = next;
    }
    share.iter().enumerate().skip(1).map(|(state, share)| share * (state - 1) as f64).sum()
}

#[test]
fn bulk_service_waits_as_long_as_theory_says() {
    // 1.5 arrivals and one run a minute, up to two in a run.
    let line = line(
        &format!("warm_up: \"10 h\", length: \"60 d\", replications: 12, seed: 5, {SURE}"),
        &[
            ("in", "Source(interarrival: Exponential(\"40 s\"))"),
            ("queue", "Buffer()"),
            ("oven", "Batch(cycle: Exponential(\"60 s\"), max: \"2 parts\")"),
            ("out", "Sink()"),
        ],
        &["in -> queue -> oven -> out"],
    );
    let study = study(&line);
    // Little: the lead time is the wait and one run.
    let waiting = mean_waiting(1.5, 1.0, 2);
    agrees(kpi(&study, "lead_time"), 60.0 + waiting * 40.0, 0.05);
}

#[test]
fn a_run_begins_when_it_is_full_or_somebody_has_waited_long_enough() {
    // Parts at 10, 20, .. s; a run of four takes 100 s. The first run is full at 40 s and ends at 140 s: by then ten more wait
    // (50 .. 140), four of which go at once. The source ends with 15 parts, so the last run waits for its patience.
    let text = layout(
        "length: \"1 h\", replications: 1",
        &[
            ("in", "Source(interarrival: \"10 s\", parts: 15)"),
            ("queue", "Buffer()"),
            (
                "oven",
                "Batch(cycle: \"100 s\", max: \"4 parts\", min: \"4 parts\", wait: \"200 s\", power: (working: \"36 kW\", idle: \"0 kW\"))",
            ),
            ("out", "Sink()"),
        ],
        &["in -> queue -> oven -> out"],
    );
    let told = record(&read(&text), 3600);
    // Runs of 4 at 40, 140, 240; three are left, loaded at 340, and wait until 540.
    assert_eq!(became(&told, 2, State::Working), [40, 140, 240, 540]);
    assert_eq!(
        deliveries(&told),
        [140, 140, 140, 140, 240, 240, 240, 240, 340, 340, 340, 340, 640, 640, 640]
    );

    // A part load costs the full run: four runs of 100 s at 36 kW are 4 kWh.
    let line = read(&text);
    let found = kpi(&study(&line), "energy");
    assert!((found.mean - 4.0).abs() < 1e-9, "{}", found.mean);
}

#[test]
fn only_parts_that_go_together_share_a_run_and_a_store_lets_it_pick_them() {
    // A red part runs alone from 100 to 220 s. By then another red one, wine and navy wait, in that order.
    let text = r#"Line(
        name: "colours",
        run: (length: "1 h", replications: 1),
        products: { "red": (), "wine": (family: "dark"), "navy": (family: "dark") },
        elements: {
            "red":  Source(product: "red", interarrival: "100 s", parts: 2),
            "wine": Source(product: "wine", interarrival: "210 s", parts: 1),
            "navy": Source(product: "navy", interarrival: "215 s", parts: 1),
            "queue": Buffer(order: Fifo),
            "vessel": Batch(cycle: "120 s", max: "4 parts", together: Family, order: FirstCome),
            "out": Sink(),
        },
        flow: ["red -> queue", "wine -> queue", "navy -> queue", "queue -> vessel -> out"],
    )"#;
    let filled = text.replace("Fifo", "Picked").replace("FirstCome", "FillTheBatch");
    let apart = filled.replace("Family", "Product");
    for (text, begins, products) in [
        (text, vec![100, 220, 340], [0, 0, 1, 2]),
        (&filled, vec![100, 220, 340], [0, 1, 2, 0]),
        (&apart, vec![100, 220, 340, 460], [0, 0, 1, 2]),
    ] {
        let told = record(&read(text), 3600);
        assert_eq!(became(&told, 4, State::Working), begins);
        let delivered = told.0.iter().filter_map(|event| match event.what {
            What::Delivered(part) => Some(part.product),
            _ => None,
        });
        assert!(delivered.eq(products), "{text}");
    }
}

#[test]
fn an_order_goes_to_the_vessel_of_its_size_and_a_load_is_weighed() {
    let text = r#"Line(
        name: "dye house",
        run: (length: "1 d", replications: 1),
        products: { "sample": (mass: "3 kg"), "lot": (mass: "150 kg") },
        elements: {
            "samples": Source(product: "sample", interarrival: "1 h", parts: 5),
            "lots":    Source(product: "lot", interarrival: "90 min", parts: 5),
            "store":   Buffer(order: Picked),
            "small":   Batch(cycle: "150 min", max: "5 kg", takes: ("0.5 kg", "5 kg")),
            "large":   Batch(cycle: "6 h", max: "300 kg", min: "120 kg", takes: ("120 kg", "300 kg")),
            "out":     Sink(),
        },
        flow: ["samples -> store", "lots -> store", "store -> small", "store -> large", "small -> out", "large -> out"],
    )"#;
    let told = record(&read(text), 86_400);
    let minutes = |slot| became(&told, slot, State::Working).iter().map(|s| s / 60).collect::<Vec<_>>();
    // One sample fits into 5 kg at a time: 60, then every 150 min. Lots: the first alone at 90 min; two each at 450 and 810.
    assert_eq!(minutes(3), [60, 210, 360, 510, 660]);
    assert_eq!(minutes(4), [90, 450, 810]);
}

/// A part of 60 kg that the vessel of 50 kg never takes: there is a way for it all the same.
#[test]
fn a_part_too_heavy_for_a_vessel_is_right_where_another_way_takes_it() {
    let line = |store: &str, flow: &str| {
        format!(
            r#"Line(
        name: "dye house",
        products: {{ "lot": (mass: "60 kg") }},
        elements: {{
            "lots":  Source(product: "lot", interarrival: "1 h"),
            "store": {store},
            "dye":   Batch(cycle: "1 h", max: "50 kg"),
            "large": Batch(cycle: "1 h", max: "80 kg"),
            "out":   Sink(),
        }},
        flow: ["lots -> store", "store -> dye", "dye -> out", "large -> out", {flow}],
    )"#
        )
    };
    let aging = "Buffer(shelf_life: \"2 h\")";
    for (store, flow, right) in [
        ("Buffer()", "\"store -> out\", \"lots -> large\"", true),
        ("Buffer()", "\"store -> large\"", true),
        (aging, "\"store.expired -> out\", \"lots -> large\"", true),
        (aging, "\"store.expired -> dye\", \"lots -> large\"", false),
        ("Machine(cycle: \"1 s\")", "\"lots -> large\"", false),
    ] {
        let folder = Folder::with(&[("line.ron", &line(store, flow))]);
        let found = taktwin::line::read(&folder.path().join("line.ron"), &[]);
        let written = found.map(|_| ()).map_err(|rejected| rejected.render(false));
        assert_eq!(written.is_ok(), right, "{store}, {flow}: {written:?}");
        assert!(right || written.unwrap_err().contains("\"lot\" weighs 60 kg and can never leave \"store\""));
    }
}

#[test]
fn a_vessel_that_fails_while_it_runs_goes_on_where_it_stopped() {
    let line = line(
        "length: \"2 h\", replications: 1",
        &[
            ("in", "Source()"),
            (
                "oven",
                "Batch(cycle: \"100 s\", max: \"3 parts\", breakdowns: [(after: \"250 s\", repair: \"30 s\")])",
            ),
            ("out", "Sink()"),
        ],
        &["in -> oven -> out"],
    );
    let told = record(&line, 600);
    // Runs end at 100 and 200; the third has worked 50 s at 250, stands until 280, and ends at 330.
    assert_eq!(became(&told, 1, State::Failed), [250, 530]);
    assert_eq!(deliveries(&told)[..9], [100, 100, 100, 200, 200, 200, 330, 330, 330]);
}
