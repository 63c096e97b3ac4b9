//! Where people are seen: at the machines that hold them, on their way, or at their own place.

use super::kit::{Recording, SECOND, line, slot};
use super::people::hall;
use bevy::math::Vec3;
use std::f32::consts::FRAC_PI_2;
use taktwin::event::Slot;
use taktwin::kernel::Time;
use taktwin::line::Line;
use taktwin::resource::PlacedGroup;
use taktwin::sim::Replication;
use taktwin::stage::{Moves, Picture, Scenery};

/// Where everything is after so many milliseconds, and what is seen of it.
fn seen(line: &Line, millis: u64) -> (Vec<PlacedGroup>, Picture) {
    let (scenery, mut run) = (Scenery::of(line), Replication::new(line, 1, 0));
    run.advance(Time(millis * SECOND / 1000), &mut Recording::default()).expect("no deadlock");
    let picture = Picture::of(&scenery, &mut run, &Moves::default(), Time::ZERO);
    (run.whereabouts(), picture)
}

fn group(
    lender: Slot,
    quantity: u32,
    from: Option<Slot>,
    to: Option<Slot>,
    share: f32,
    busy: bool,
) -> PlacedGroup {
    PlacedGroup { lender, quantity, from, to, share, busy }
}

/// A crew that walks from (0, 0) to a machine at (10, 0) and on to one at (10, 10), each of which it loads for 5 s.
fn walkers(size: u32) -> Line {
    let machine = |y: u32, count: u32| {
        format!(
            "Machine(cycle: \"100 s\", load: \"5 s\", at: (10.0, {y}.0), \
             people: [(skill: \"load\", for: [Load], count: {count})])"
        )
    };
    let crew = format!("Crew(size: {size}, skills: [\"load\"], speed: \"1 m/s\", at: (0.0, 0.0))");
    hall("", &[&machine(0, 2), &machine(10, 1)], &[("crew", &crew)])
}

#[test]
fn people_walk_in_a_straight_line_and_stand_where_they_were_last() {
    let line = walkers(2);
    let [crew, a, b] = ["crew", "a", "b"].map(|name| slot(&line, name));
    let walks = |share| group(crew, 1, None, Some(a), share, true);

    let (groups, picture) = seen(&line, 4_000);
    assert_eq!(groups, [walks(0.4), walks(0.4)]);
    assert_eq!(picture.people.len(), 2);
    // From their bench to the side of the machine: the layout's y runs against z.
    for person in &picture.people {
        assert!((person.at.x - 4.0).abs() < 1.0 && person.at.z.abs() < 1.5, "{}", person.at);
        assert!(person.yaw.abs() < 0.3, "they look where they walk: {}", person.yaw);
    }

    let (groups, picture) = seen(&line, 12_000);
    assert_eq!(groups, [group(crew, 2, Some(a), Some(a), 1.0, true)]);
    let machine = Vec3::new(10.0, 0.0, 0.0);
    for person in &picture.people {
        assert!((person.at - machine).length() < 2.0, "{}", person.at);
        assert_eq!(person.yaw, FRAC_PI_2, "they look at the machine");
    }
    assert_ne!(picture.people[0].at, picture.people[1].at);

    // One walks on to b, the other stays where it is.
    let (groups, _) = seen(&line, 17_500);
    assert_eq!(
        groups,
        [group(crew, 1, Some(a), Some(b), 0.25, true), group(crew, 1, Some(a), Some(a), 1.0, false)]
    );
}

#[test]
fn who_is_not_there_is_not_seen_and_who_has_no_way_is_where_the_work_is() {
    // Two of three are called at once; the third is at home, and so are all when nobody calls.
    let machine = "Machine(cycle: \"10 s\", load: \"5 s\", at: (10.0, 0.0), people: [(skill: \"load\", for: [Load], count: 2)])";
    let elements = [
        ("in", "Source(interarrival: \"20 s\", first: \"20 s\")"),
        ("a", machine),
        ("out", "Sink()"),
        ("crew", "Crew(size: 3, skills: [\"load\"], at: (0.0, 0.0))"),
    ];
    let line = line("", &elements, &["in -> a -> out"]);
    let [crew, a] = ["crew", "a"].map(|name| slot(&line, name));
    let (groups, picture) = seen(&line, 10_000);
    assert_eq!(groups, [group(crew, 3, None, None, 1.0, false)]);
    assert!(picture.people.iter().all(|person| person.at.length() < 1.5 && person.crew == crew));
    let (groups, picture) = seen(&line, 22_000);
    assert_eq!(groups, [group(crew, 2, Some(a), Some(a), 1.0, true), group(crew, 1, None, None, 1.0, false)]);
    assert_eq!(picture.people.len(), 3);
}

#[test]
fn of_a_large_crew_some_are_seen() {
    let machine = "Machine(cycle: \"10 s\", people: [(skill: \"load\", count: 900)])";
    let line = hall("", &[machine], &[("crew", "Crew(size: 1000, skills: [\"load\"])")]);
    let (groups, picture) = seen(&line, 5_000);
    assert_eq!(groups.iter().map(|group| group.quantity).collect::<Vec<_>>(), [900, 100]);
    assert_eq!(picture.people.len(), 9 + 6, "so many as have a place at the machine and at home");
}

#[test]
fn a_driver_goes_along_with_the_vehicle() {
    let truck = "Robot(load: \"5 s\", unload: \"5 s\", speed: \"1 m/s\", at: (10.0, 2.0), people: [(skill: \"drive\")])";
    let elements = [
        ("in", "Source()"),
        ("rack", "Buffer(capacity: 1, at: (10.0, 0.0))"),
        ("shop", "Sink(at: (50.0, 0.0))"),
        ("truck", truck),
        ("drivers", "Crew(size: 1, skills: [\"drive\"], at: (0.0, 0.0))"),
    ];
    let line = line("", &elements, &["in -> rack", "rack -> shop by truck"]);
    // Taken up at 7 s, since the truck first goes 2 m; 40 s to the shop.
    for secs in [8, 20, 30, 45] {
        let (_, picture) = seen(&line, secs * 1000);
        let foot = picture.elements[slot(&line, "truck").index()].arm.expect("it has an arm").foot;
        let [driver] = picture.people[..] else { panic!("{:?}", picture.people) };
        assert!((driver.at - foot).length() < 1.5, "{secs}: {} and {foot}", driver.at);
    }
}

#[test]
fn two_of_one_crew_who_come_for_two_skills_of_a_job_walk_each_their_own_way() {
    let one =
        "Machine(cycle: \"100 s\", load: \"5 s\", at: (10.0, 0.0), people: [(skill: \"load\", for: [Load])])";
    let two = "Machine(cycle: \"100 s\", at: (10.0, 20.0), people: [(skill: \"load\"), (skill: \"turn\")])";
    let crew = "Crew(size: 2, skills: [\"load\", \"turn\"], speed: \"1 m/s\", at: (0.0, 0.0))";
    let line = hall("", &[one, two], &[("crew", crew)]);
    let [crew, a, b] = ["crew", "a", "b"].map(|name| slot(&line, name));
    // One loads a until 15 s; from then on both go to b, one from a and one from home.
    let (groups, _) = seen(&line, 16_000);
    let from: Vec<Option<Slot>> = groups.iter().map(|group| group.from).collect();
    assert_eq!(from.len(), 2, "{groups:?}");
    assert!(from.contains(&Some(a)) && from.contains(&None), "{groups:?}");
    assert!(groups.iter().all(|group| group.to == Some(b) && group.lender == crew), "{groups:?}");
}
