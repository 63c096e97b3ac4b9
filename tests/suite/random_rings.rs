//! Random lines with arrows that lead back, which may come to a standstill.

use super::random_elements::*;
use super::random_lines::Plant;
use proptest::prelude::*;

/// A line of a few elements one after the other, with arrows that lead back in it: by share or to whichever has room, some of
/// them served by robots. Elements of every kind that can keep a part from moving on; two products.
pub fn any_ring() -> impl Strategy<Value = Plant> {
    ring_of(ring_element().boxed())
}

/// The same of machines that people repair and maintain, and buffers.
pub fn any_ring_with_people() -> impl Strategy<Value = Plant> {
    let machine = (distribution(), breakdowns_of_all_kinds(), maintenance()).prop_map(
        |(distribution, breakdowns, plans)| {
            format!("Machine(cycle: {distribution}, breakdowns: [{breakdowns}], maintenance: [{plans}])")
        },
    );
    ring_of(prop_oneof![2 => machine, 1 => ring_element()].boxed())
}

fn ring_of(element: BoxedStrategy<String>) -> impl Strategy<Value = Plant> {
    let elements = proptest::collection::vec(element, 2..6);
    let back = proptest::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>()), 0..4);
    let sources = (source(), limited_source(), any::<bool>());
    (sources, elements, back, 0u8..3, any::<[u8; 2]>(), any::<bool>()).prop_map(
        |((source, other, far), elements, back, choice, [by_robot, cell], build)| {
            let mut plant = Plant { elements: Vec::new(), flow: Vec::new() };
            plant.put("in", &source);
            plant.put("in too", &other);
            let name = |nth: usize| format!("e{nth}");
            let last = elements.len() - 1;
            for (nth, written) in elements.iter().enumerate() {
                plant.put(&name(nth), written);
            }
            plant.flow.push("in -> e0".to_owned());
            plant.flow.push(format!("in too -> e{}", usize::from(far)));
            let mut arms = 0;
            for from in 0..=last {
                // What is built last takes one of each, and no part comes back from there.
                let goal = if from < last {
                    name(from + 1)
                } else {
                    ["out", "build"][usize::from(build)].to_owned()
                };
                let mut goals = vec![goal];
                for (begin, end) in back.iter().filter(|(begin, _)| begin.index(last + 1) == from) {
                    let _ = begin;
                    let goal = name(end.index(from.max(1)));
                    if goal != name(from) && !goals.contains(&goal) {
                        goals.push(goal);
                    }
                }
                if choice == 1 {
                    goals.reverse();
                }
                let share = 100 / goals.len();
                let shares = (0..goals.len())
                    .map(|nth| if nth == 0 { 100 - share * (goals.len() - 1) } else { share });
                for (goal, share) in goals.iter().zip(shares.collect::<Vec<_>>()) {
                    let share =
                        if choice == 2 && goals.len() > 1 { format!(" {share} %") } else { String::new() };
                    let by = match by_robot >> (arms % 8) & 3 {
                        3 => " by arm",
                        1 if cell & 1 == 1 => " by hand",
                        _ => "",
                    };
                    arms += 1;
                    plant.flow.push(format!("e{from} -> {goal}{share}{by}"));
                }
            }
            plant.man_the_ring(cell);
            if build {
                plant.put("build", "Assembler(cycle: \"2 s\", parts: { \"part\": 1, \"piece\": 2 })");
                plant.flow.push("build -> out".to_owned());
            }
            plant.put("out", "Sink()");
            plant
        },
    )
}

impl Plant {
    /// Adds the robots of a ring, one of which may have two grippers, and maybe a zone around a place to which both come.
    fn man_the_ring(&mut self, cell: u8) {
        let served = ["arm", "hand"].map(|robot| {
            let arrows = self.flow.iter().filter_map(|arrow| arrow.strip_suffix(&format!(" by {robot}")));
            let ways = arrows.filter_map(|arrow| arrow.split_once(" -> "));
            let goal = |to: &str| to.split(' ').next().map(str::to_owned);
            ways.filter_map(|(from, to)| Some((from.to_owned(), goal(to)?))).collect::<Vec<_>>()
        });
        // A second gripper is for what comes to a place from which the robot takes parts.
        let clears = |place: &String| served[0].iter().any(|(from, _)| from == place);
        let exchanges = served[0].iter().any(|(_, to)| clears(to));
        let grippers = if cell & 2 == 2 && exchanges { "grippers: 2, " } else { "" };
        for (robot, grippers) in [("arm", grippers), ("hand", "")] {
            let its = format!(" by {robot}");
            if self.flow.iter().any(|arrow| arrow.ends_with(&its)) {
                self.put(robot, &format!("Robot({grippers}load: \"1 s\", unload: \"1 s\")"));
            }
        }
        let [of_arm, of_hand] =
            served.map(|ways| ways.into_iter().flat_map(|(from, to)| [from, to]).collect::<Vec<_>>());
        let shared = of_arm.iter().find(|place| of_hand.contains(place)).filter(|_| cell & 4 == 4);
        if let Some(shared) = shared {
            self.put("zone", &format!("Zone(around: [\"{shared}\"])"));
        }
    }
}
