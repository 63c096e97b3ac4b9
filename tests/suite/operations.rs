//! Operations of more than a cycle: several places, loading, changing over, first parts after a pause, routes, and rules that
//! say which part is next. By hand and by theory.

use crate::kit::{Recording, SECOND, SURE, agrees, kpi, line, read, record, study};
use taktwin::event::{Slot, State, What};

/// A line of these products, elements and ways, in RON.
fn text(products: &str, elements: &str, flow: &str) -> String {
    format!(
        "Line(name: \"proof\", run: (length: \"1 h\", replications: 1), products: {{ {products} }}, elements: {{ {elements} }}, \
         flow: [{flow}])"
    )
}

/// The states that an element took, with the second at which each began.
fn states(told: &Recording, slot: u32) -> Vec<(u64, State)> {
    let became =
        told.0.iter().filter(|event| event.element == Slot(slot)).filter_map(|event| match event.what {
            What::Became(state) => Some((event.time.0 / SECOND, state)),
            _ => None,
        });
    became.collect()
}

/// The products that left the line as good parts, with the second at which each did.
fn deliveries(told: &Recording) -> Vec<(u64, u32)> {
    let delivered = told.0.iter().filter_map(|event| match event.what {
        What::Delivered(part) => Some((event.time.0 / SECOND, part.product)),
        _ => None,
    });
    delivered.collect()
}

/// Erlang's delay formula: the probability that an arrival waits at `c` servers with offered load `a`.
fn erlang_c(c: u32, a: f64) -> f64 {
    let terms: Vec<f64> = (0..c)
        .scan(1.0, |term, k| {
            let now = *term;
            *term *= a / f64::from(k + 1);
            Some(now)
        })
        .collect();
    let last = terms[c as usize - 1] * a / f64::from(c) / (1.0 - a / f64::from(c));
    last / (terms.iter().sum::<f64>() + last)
}

#[test]
fn several_places_are_as_many_servers() {
    let line = line(
        &format!("warm_up: \"10 h\", length: \"40 d\", replications: 12, seed: 3, {SURE}"),
        &[
            ("in", "Source(interarrival: Exponential(\"25 s\"))"),
            ("queue", "Buffer()"),
            ("cell", "Machine(cycle: Exponential(\"60 s\"), places: 3)"),
            ("out", "Sink()"),
        ],
        &["in -> queue -> cell -> out"],
    );
    let offered = 60.0 / 25.0;
    let wait = erlang_c(3, offered) * 60.0 / (3.0 - offered);
    agrees(kpi(&study(&line), "lead_time"), 60.0 + wait, 0.04);
}

#[test]
fn parts_leave_several_places_as_they_are_done_and_a_breakdown_stops_them_all() {
    // "long" takes 100 s and "short" 30 s. The machine has worked 50 s at 50 and stands for 20 s.
    let elements = r#"
        "a": Source(product: "long", parts: 1), "b": Source(product: "short", parts: 3),
        "cell": Machine(cycle: "30 s", cycles: { "long": "100 s" }, places: 2, breakdowns: [(after: "50 s", repair: "20 s")]),
        "out": Sink()"#;
    let told = record(
        &read(&text("\"long\": (), \"short\": ()", elements, "\"a -> cell -> out\", \"b -> cell\"")),
        1000,
    );
    // Short ones: 0 to 30, 30 to 60 with the stop from 50 to 70: done at 80; 80 to 110. The next stop comes after 50 s more of
    // work, at 120, for 20 s; the long one has 100 - 100 s left: it ends at 120 before that.
    assert_eq!(deliveries(&told), [(30, 1), (80, 1), (110, 1), (120, 0)]);
    assert_eq!(
        states(&told, 2)[..4],
        [(0, State::Working), (50, State::Failed), (70, State::Working), (120, State::Starved)]
    );
}

#[test]
fn several_places_are_loaded_and_unloaded_side_by_side() {
    let elements = r#"
        "in": Source(parts: 5), "cell": Machine(cycle: "20 s", load: "5 s", unload: "3 s", places: 2), "out": Sink()"#;
    let told = record(&read(&text("\"part\": ()", elements, "\"in -> cell -> out\"")), 1000);
    assert_eq!(deliveries(&told).iter().map(|(at, _)| *at).collect::<Vec<_>>(), [28, 28, 56, 56, 84]);
    assert_eq!(states(&told, 1), [(0, State::Working), (84, State::Starved)]);
}

#[test]
fn loading_working_and_unloading_follow_each_other_and_only_work_wears() {
    let elements = r#"
        "in": Source(parts: 3),
        "mill": Machine(cycle: "20 s", load: "5 s", unload: "3 s", breakdowns: [(after: "30 s", repair: "10 s")]),
        "out": Sink()"#;
    let told = record(&read(&text("\"part\": ()", elements, "\"in -> mill -> out\"")), 1000);
    // Part 1: 0-5 load, 5-25 work, 25-28 unload. Part 2: 28-33 load, work from 33; after 10 s the life of 30 s is used up: 43 to 53
    // repair, then 10 s more: 63, unload 66. Part 3: 66-71, 71-91, and 94.
    assert_eq!(deliveries(&told).iter().map(|(at, _)| *at).collect::<Vec<_>>(), [28, 66, 94]);
    use State::{Failed, Holding, Starved, Working};
    assert_eq!(
        states(&told, 1),
        [
            (0, Holding),
            (5, Working),
            (25, Holding),
            (33, Working),
            (43, Failed),
            (53, Working),
            (63, Holding),
            (71, Working),
            (91, Holding),
            (94, Starved)
        ]
    );
}

#[test]
fn a_changeover_takes_as_long_as_its_matrix_says() {
    let elements = r#"
        "in": Source(product: "white", parts: 2), "next": Source(product: "black", parts: 1), "then": Source(product: "grey", parts: 1),
        "a": Buffer(capacity: 4),
        "paint": Machine(cycle: "10 s", setup: (time: "7 s", between: { "white -> dark": "20 s", "dark -> white": "60 s" })),
        "out": Sink()"#;
    let products = "\"white\": (), \"black\": (family: \"dark\"), \"grey\": (family: \"dark\")";
    let flow = "\"in -> a -> paint -> out\", \"next -> a\", \"then -> a\"";
    // All are there at once, and sources give in the order of their names: white, white, black, grey. By hand: 10, 20, then 20 s of changing over and 10 of work, then grey at
    // once, as it is dark too.
    let told = record(&read(&text(products, elements, flow)), 1000);
    assert_eq!(deliveries(&told), [(10, 0), (20, 0), (50, 1), (60, 2)]);
    use State::{Setup, Starved, Working};
    assert_eq!(states(&told, 4), [(0, Working), (20, Setup), (40, Working), (60, Starved)]);
}

/// Two colours come at the same instants into a store, the reds first by the name of their source. A machine that changes over for 30 s and works 10 s.
fn colours(setup: &str, order: &str) -> Vec<(u64, u32)> {
    let elements = format!(
        r#""reds": Source(product: "red", interarrival: "11 s", parts: 4), "then blues": Source(product: "blue", interarrival: "11 s", parts: 4),
        "store": Buffer(order: Picked),
        "paint": Machine(cycle: "10 s", setup: (time: "30 s"{setup}){order}),
        "out": Sink()"#
    );
    let flow = "\"reds -> store\", \"then blues -> store -> paint -> out\"";
    deliveries(&record(&read(&text("\"red\": (), \"blue\": ()", &elements, flow)), 1000))
}

#[test]
fn least_changeover_keeps_its_colour_while_there_is_any_and_a_lot_waits_for_it() {
    // First come: red at 11 to 21, then blue (of 11): 30 + 10 -> 61; then red of 22 and so on, changing over each time.
    let first_come = colours("", "");
    assert_eq!(first_come[..3], [(21, 0), (61, 1), (101, 0)]);
    // Least changeover: at 21 there is only blue; at 61 blues of 22, 33, 44 have come: they go first, 71, 81, 91, then reds after 30 s.
    let least = colours("", ", order: LeastChangeover");
    assert_eq!(least, [(21, 0), (61, 1), (71, 1), (81, 1), (91, 1), (131, 0), (141, 0), (151, 0)]);
    // A lot of four: it waits for the reds of 22, 33 and 44, then all the blues.
    let lot = colours(", min_lot: 4", "");
    assert_eq!(lot, [(21, 0), (32, 0), (43, 0), (54, 0), (94, 1), (104, 1), (114, 1), (124, 1)]);
}

/// Two reds at 11 and 22 s, four blues at 11, 22, 33 and 44 s and a late red at 60 s; the rest as above.
fn a_lot_that_is_not_complete(setup: &str, more: &str) -> Vec<(u64, u32)> {
    let elements = format!(
        r#""reds": Source(product: "red", interarrival: "11 s", parts: 2), "then blues": Source(product: "blue", interarrival: "11 s", parts: 4),
        "late": Source(product: "red", interarrival: "60 s", parts: 1),
        "store": Buffer(order: Picked),
        "paint": Machine(cycle: "10 s", setup: (time: "30 s"{setup}){more}),
        "out": Sink()"#
    );
    let flow = "\"reds -> store\", \"late -> store\", \"then blues -> store -> paint -> out\"";
    deliveries(&record(&read(&text("\"red\": (), \"blue\": ()", &elements, flow)), 1000))
}

#[test]
fn a_lot_waits_for_its_parts_for_ever_or_so_long_at_most() {
    // Two of three reds by 32 s; the third comes at 60. Then all blues, as only red could follow.
    let for_ever = a_lot_that_is_not_complete(", min_lot: 3", "");
    assert_eq!(for_ever, [(21, 0), (32, 0), (70, 0), (110, 1), (120, 1), (130, 1), (140, 1)]);
    // It waits until 47 s, changes over until 77, makes a lot of three blues and, first come, the fourth before the red.
    let wait = a_lot_that_is_not_complete(", min_lot: 3, wait: \"15 s\"", "");
    assert_eq!(wait, [(21, 0), (32, 0), (87, 1), (97, 1), (107, 1), (117, 1), (157, 0)]);
    // A part that comes at the very instant still counts: the late red, 28 s after the last.
    let just = a_lot_that_is_not_complete(", min_lot: 3, wait: \"28 s\"", "");
    assert_eq!(just, for_ever);
    // A breakdown from 40 to 45 s: it waits anew, until 60 s, when the red comes; and a little less, and the blues come first.
    let stop = ", breakdowns: [(after: \"40 s\", clock: Calendar, repair: \"5 s\")]";
    let anew = a_lot_that_is_not_complete(", min_lot: 3, wait: \"15 s\"", stop);
    assert_eq!(anew[..3], [(21, 0), (32, 0), (70, 0)]);
    // From 59 s on, with a breakdown from 85 to 90 s: set up at 94 s.
    let less = a_lot_that_is_not_complete(", min_lot: 3, wait: \"14 s\"", stop);
    assert_eq!(less[..3], [(21, 0), (32, 0), (104, 1)]);
}

#[test]
fn a_largest_lot_ends_a_campaign_if_another_family_waits() {
    // Least changeover would paint all blues after the first (see above). In twos: blues at 61 and 71, reds at 111 and 121, blues at
    // 161 and 171, and the last red.
    let twos = colours(", max_lot: 2", ", order: LeastChangeover");
    assert_eq!(twos, [(21, 0), (61, 1), (71, 1), (111, 0), (121, 0), (161, 1), (171, 1), (211, 0)]);
    // A campaign goes on where nothing else waits: the first red is alone at 11 s, and reds are all there is in the end.
    let ones = colours(", max_lot: 1", "");
    assert_eq!(ones[..3], [(21, 0), (61, 1), (101, 0)]);
}

#[test]
fn the_first_parts_after_a_changeover_may_be_waste() {
    let elements = r#"
        "in": Source(product: "white", parts: 3), "next": Source(product: "black", parts: 4),
        "a": Buffer(capacity: 8),
        "paint": Machine(cycle: "10 s", setup: (time: "20 s", initial: "black", scrap: 2)),
        "out": Sink(), "bin": Sink(scrap: true)"#;
    let flow = "\"in -> a -> paint -> out\", \"next -> a\", \"paint.scrap -> bin\"";
    let told = record(&read(&text("\"white\": (), \"black\": ()", elements, flow)), 1000);
    // Set up for black: white needs 20 s, two of three are waste; black needs 20 s, two of four are.
    assert_eq!(deliveries(&told), [(50, 0), (100, 1), (110, 1)]);
    let scrapped = told.0.iter().filter(|event| matches!(event.what, What::Scrapped(_))).count();
    assert_eq!(scrapped, 4);
    // Nothing was changed over for the first parts of a run: whites from the beginning are good, and two of four blacks are not.
    let told = record(
        &read(&text("\"white\": (), \"black\": ()", &elements.replace("initial: \"black\", ", ""), flow)),
        1000,
    );
    assert_eq!(deliveries(&told), [(10, 0), (20, 0), (30, 0), (80, 1), (90, 1)]);
}

#[test]
fn the_first_part_after_a_pause_takes_longer() {
    let elements = r#"
        "in": Source(interarrival: "30 s", parts: 3), "late": Source(interarrival: "200 s", parts: 1),
        "mill": Machine(cycle: "10 s", first_part: (after: "60 s", longer: "25 s")),
        "out": Sink()"#;
    let told =
        record(&read(&text("\"part\": ()", elements, "\"in -> mill -> out\", \"late -> mill\"")), 1000);
    // 30, 60 and 90 find it idle for less than a minute; 200 finds it idle since 100.
    assert_eq!(deliveries(&told).iter().map(|(at, _)| *at).collect::<Vec<_>>(), [40, 70, 100, 235]);
    // A pause of exactly that length is one: at 160 it has been idle for 60 s. Of 59 s it is none.
    let late = |at: &str| {
        let elements = elements.replace("200 s", at);
        let told =
            record(&read(&text("\"part\": ()", &elements, "\"in -> mill -> out\", \"late -> mill\"")), 1000);
        deliveries(&told).last().map(|(at, _)| *at)
    };
    assert_eq!((late("160 s"), late("159 s")), (Some(195), Some(169)));
}

#[test]
fn rules_say_which_part_of_a_store_is_next() {
    let order = |rule: &str| {
        let elements = format!(
            r#""block": Source(product: "long", parts: 1),
            "a": Source(product: "long", interarrival: "1 s", parts: 1, due: "500 s", priority: 1),
            "b": Source(product: "short", interarrival: "2 s", parts: 1, due: "300 s"),
            "c": Source(product: "middle", interarrival: "3 s", parts: 1, due: "100 s", priority: 2),
            "store": Buffer(order: Picked),
            "mill": Machine(cycle: "20 s", cycles: {{ "long": "30 s", "short": "10 s" }}, order: {rule}),
            "out": Sink()"#
        );
        let flow = "\"block -> store -> mill -> out\", \"a -> store\", \"b -> store\", \"c -> store\"";
        let products = "\"long\": (), \"short\": (), \"middle\": ()";
        let told = deliveries(&record(&read(&text(products, &elements, flow)), 1000));
        told[1..].iter().map(|(_, product)| *product).collect::<Vec<_>>()
    };
    assert_eq!(order("FirstCome"), [0, 1, 2]);
    assert_eq!(order("Shortest"), [1, 2, 0]);
    assert_eq!(order("EarliestDue"), [2, 1, 0]);
    assert_eq!(order("Priority"), [2, 0, 1]);
    // At 30 s: (501 - 30) / 30 = 15.7, (302 - 30) / 10 = 27.2, (103 - 30) / 20 = 3.65; then at 50 s 15.0 and 25.2.
    assert_eq!(order("CriticalRatio"), [2, 0, 1]);
}

#[test]
fn the_longest_queue_is_the_one_in_which_most_parts_wait() {
    // The first "a" comes before all of "b"; at 10 s three of "b" wait beside it, at 20 s two.
    let products = |rule: &str| {
        let elements = format!(
            r#""block": Source(product: "block", parts: 1),
            "as": Source(product: "a", interarrival: "1 s", parts: 1), "few": Buffer(),
            "bs": Source(product: "b", interarrival: "2 s", parts: 3), "many": Buffer(),
            "mill": Machine(cycle: "10 s", order: {rule}), "out": Sink()"#
        );
        let flow = "\"block -> mill -> out\", \"as -> few -> mill\", \"bs -> many -> mill\"";
        let told = record(&read(&text("\"block\": (), \"a\": (), \"b\": ()", &elements, flow)), 1000);
        deliveries(&told).iter().map(|(_, product)| *product).collect::<Vec<_>>()
    };
    assert_eq!(products("FirstCome"), [0, 1, 2, 2, 2]);
    let longest = products("LongestQueue");
    assert_eq!((&longest[..3], longest.len()), (&[0, 2, 2][..], 5));
}

#[test]
fn the_urgent_wait_as_cobham_says() {
    // Two classes of Poisson arrivals, one exponential server that finishes what it has begun (Cobham 1954): the wait of class 1 is
    // R / (1 - r1), that of class 2 is R / ((1 - r1) (1 - r1 - r2)), R = (l1 + l2) m^2.
    let line = read(&format!(
        r#"Line(name: "two classes",
            run: (warm_up: "10 h", length: "60 d", replications: 12, seed: 8, {SURE}),
            products: {{ "rush": (priority: 1), "normal": () }},
            elements: {{
                "rush": Source(product: "rush", interarrival: Exponential("200 s")),
                "normal": Source(product: "normal", interarrival: Exponential("150 s")),
                "store": Buffer(order: Picked),
                "mill": Machine(cycle: Exponential("60 s"), order: Priority),
                "out": Sink(),
            }},
            flow: ["rush -> store -> mill -> out", "normal -> store"])"#
    ));
    let (l1, l2, m) = (1.0 / 200.0, 1.0 / 150.0, 60.0);
    let (r1, r2, rest) = (l1 * m, l2 * m, (l1 + l2) * m * m);
    let waits = [rest / (1.0 - r1), rest / ((1.0 - r1) * (1.0 - r1 - r2))];
    let mean = (l1 * waits[0] + l2 * waits[1]) / (l1 + l2);
    // The mean over both classes is that of any rule that does not look at the lengths, so the classes must be told apart.
    agrees(kpi(&study(&line), "lead_time"), m + mean, 0.04);
    let told = record(&line, 40 * 86_400);
    let lead = |product| {
        let times = told.0.iter().filter_map(|event| match event.what {
            What::Delivered(part) if part.product == product => Some((event.time - part.entered).secs()),
            _ => None,
        });
        let times: Vec<f64> = times.collect();
        times.iter().sum::<f64>() / times.len() as f64
    };
    assert!((lead(0) / (m + waits[0]) - 1.0).abs() < 0.05, "{} {}", lead(0), m + waits[0]);
    assert!((lead(1) / (m + waits[1]) - 1.0).abs() < 0.08, "{} {}", lead(1), m + waits[1]);
}

#[test]
fn a_part_follows_its_route_back_to_where_it_was_before() {
    let text = r#"Line(
        name: "re-entrant", run: (length: "1 h", replications: 1),
        products: {
            "gear": (route: [(to: "q1", cycle: "10 s"), (to: "q2", cycle: "25 s"), (to: "q1", cycle: "40 s"), (to: "out")]),
            "pin":  (route: [(to: "q2", cycle: "5 s"), (to: "out")]),
        },
        elements: {
            "gears": Source(product: "gear", parts: 1), "pins": Source(product: "pin", parts: 2),
            "q1": Buffer(), "m1a": Machine(), "m1b": Machine(),
            "q2": Buffer(), "m2": Machine(),
            "out": Sink(),
        },
        flow: [
            "gears -> q1", "gears -> q2", "pins -> q1", "pins -> q2",
            "q1 -> m1a -> q1", "q1 -> m1b -> q1", "m1a -> q2", "m1b -> q2", "m1a -> out", "m1b -> out",
            "q2 -> m2 -> q1", "m2 -> out",
        ],
    )"#;
    let told = record(&read(text), 1000);
    // Pins at 5 and 10; the gear at 10 at m2, after the pins: 35; then 40 s at m1: 75.
    assert_eq!(deliveries(&told), [(5, 1), (10, 1), (75, 0)]);
    // One that lies before m2 when the run begins has come there: 25 s, and then 40 s at m1.
    let begun = text
        .replace("\"gear\", parts: 1", "\"gear\", parts: 0")
        .replace("\"pin\", parts: 2", "\"pin\", parts: 0")
        .replace("\"q2\": Buffer()", "\"q2\": Buffer(initial: [(\"gear\", 1)])");
    assert_eq!(deliveries(&record(&read(&begun), 1000)), [(65, 0)]);
}
