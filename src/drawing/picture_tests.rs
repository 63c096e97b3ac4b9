//! Lines are drawn without a window, on whatever driver there is.

use super::camera::CameraView;
use super::show::{Show, ShowSide};
use super::test_shows::{ROBOT_LINE, alone, app_of, colours, picture, side_of_file, side_of_text};
use crate::event::{Slot, State};
use crate::stage::Arrangement;
use crate::stage::palette::Palette;

const HOODS: &str = "scenes/range_hoods/before.ron";

#[test]
fn a_line_is_seen_and_the_same_run_gives_the_same_picture() {
    let take = || picture(&mut app_of(alone(side_of_file(HOODS, 135.0, 1)), 640, 360), "hoods");

    let (first, second) = (take(), take());

    assert_eq!(first.dimensions(), (640, 360));
    assert!(colours(&first) > 500, "{} colours", colours(&first));
    assert!(first == second, "two pictures of one run differ");
}

#[test]
fn a_robot_line_is_seen_from_all_sides() {
    // When the arm carries something.
    let carries = |side: &ShowSide| {
        let arm = &side.picture.elements[4];
        arm.inside > 0 && arm.state == Some(State::Moving)
    };
    let mut moments = (0..200).map(|n| side_of_text(ROBOT_LINE, 5_000.0 + f64::from(n), 1));
    let mut side = moments.find(carries).expect("the arm carries something at some time");
    side.selected = Some(Slot(4));
    side.notes.push((Slot(7), "12 / 60".to_owned()));
    let mut app = app_of(alone(side), 640, 360);
    let opening = picture(&mut app, "robot");
    assert!(colours(&opening) > 500);

    let mut view = app.world_mut().resource_mut::<CameraView>();
    (view.goal_mut().distance, view.goal_mut().focus) = (11.0, bevy::prelude::Vec3::new(6.0, 0.8, 0.2));
    arrive(&mut app);
    picture(&mut app, "robot_near");

    app.world_mut().resource_mut::<CameraView>().top();
    arrive(&mut app);
    let top = picture(&mut app, "robot_top");
    assert!(top != opening);

    let world = app.world_mut();
    world.resource_scope(|world, show: bevy::prelude::Mut<Show>| {
        let mut view = world.resource_mut::<CameraView>();
        view.home();
        super::orbit::frame_selected(&show, &mut view);
    });
    arrive(&mut app);
    picture(&mut app, "robot_selected");
}

#[test]
fn a_zone_is_seen_around_its_elements_and_seen_to_be_taken() {
    let side = side_of_file("scenes/examples/robot_zone.ron", 60.0, 1);
    let zone = side.names.iter().position(|name| name == "press side").expect("the zone");
    let standing = &side.scenery.standings[zone];
    let holds = |name: &str| {
        let slot = side.names.iter().position(|known| known == name).expect("an element");
        let at = side.scenery.standings[slot].at;
        standing.outline.iter().any(|patch| ((at - patch.at).abs() - patch.half).max_element() < 0.1)
    };
    let inside: Vec<&str> = side.names.iter().map(String::as_str).filter(|name| holds(name)).collect();
    assert_eq!(inside, ["press", "rack"]);

    let mut app = app_of(alone(side), 640, 360);
    let mut take = |lent: u32, name: &str| {
        let mut show = app.world_mut().resource_mut::<Show>();
        show.sides[0].picture.elements[zone].lent = lent;
        picture(&mut app, name)
    };
    let (free, taken) = (take(0, "zone_free"), take(1, "zone_taken"));
    let changed = free.pixels().zip(taken.pixels()).filter(|(one, other)| one != other).count();
    assert!(changed > 1_000, "{changed} pixels");
}

#[test]
fn people_are_seen_where_they_are_and_gone_when_they_go() {
    let side = side_of_file("scenes/examples/operators.ron", 180.0, 1);
    let people = side.picture.people.clone();
    assert!(people.len() >= 4, "they are in the shop at ten o'clock: {people:?}");
    let mut app = app_of(alone(side), 640, 360);
    let mut show = |people: Vec<crate::stage::SeenPerson>, name: &str| {
        app.world_mut().resource_mut::<Show>().sides[0].picture.people = people;
        picture(&mut app, name)
    };
    let moved: Vec<_> = people
        .iter()
        .map(|person| crate::stage::SeenPerson { at: person.at + bevy::math::Vec3::X, ..*person })
        .collect();
    let (there, elsewhere, gone) =
        (show(people, "people"), show(moved, "people_moved"), show(Vec::new(), "no_people"));
    for (other, what) in [(&elsewhere, "moved"), (&gone, "gone")] {
        let changed = there.pixels().zip(other.pixels()).filter(|(one, other)| one != other).count();
        assert!(changed > 300, "{what}: {changed} pixels");
    }
}

/// Where the eye is going, it is at once: gliding there takes long without a graphics card.
fn arrive(app: &mut bevy::prelude::App) {
    app.update();
    app.world_mut().resource_mut::<CameraView>().arrive();
}

#[test]
fn two_lines_are_seen_side_by_side_and_in_one_place() {
    for (arrangement, name) in [(Arrangement::Split, "split"), (Arrangement::Overlaid, "overlaid")] {
        let before = side_of_file(HOODS, 135.0, 1);
        let mut after = side_of_file("scenes/range_hoods/upgrade.ron", 135.0, 2);
        after.changed = (0..after.scenery.standings.len()).map(|slot| slot % 4 == 1).collect();
        let palette = Palette::House;
        let show = Show { sides: vec![before, after], arrangement, palette, pulse: 0.5 };
        let taken = picture(&mut app_of(show, 640, 360), name);
        assert!(colours(&taken) > 500, "{name}");
    }
}
