//! Lines in a Bevy app: what its components and messages say is what a run alone tells, whatever the frames, the speed, and
//! whatever else lives in the world.

use super::kit::{Recording, SECOND, line, slot};
use super::scenes::{layouts, scenes};
use bevy::prelude::*;
use bevy::time::TimeUpdateStrategy;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use taktwin::app::{self, Course, Ended, LineTold, SimSpeed, TaktwinPlugin};
use taktwin::event::{LineEvent, Slot, State, What};
use taktwin::line::{self, Line};
use taktwin::sim::{
    Clockwork, Contents, EquipmentKind, FedBy, Feeds, FloorPosition, InLine, Lent, LineElements, PowerDraw,
    Progress, RatedPower, Replication, Status,
};

/// Facts that came as messages.
#[derive(Resource, Default)]
struct Kept(Vec<LineTold>);

fn keep(mut told: MessageReader<LineTold>, mut kept: ResMut<Kept>) {
    kept.0.extend(told.read());
}

/// An app in which the line goes on so far with each frame.
fn app(step: Duration) -> App {
    let mut app = app_with(TaktwinPlugin::default().telling(), step);
    app.init_resource::<Kept>().add_systems(Update, keep);
    app
}

fn app_with(plugin: TaktwinPlugin, step: Duration) -> App {
    let mut app = App::new();
    // A frame is an eighth of a second, of which doubles know the product with any whole number.
    app.add_plugins((MinimalPlugins, plugin))
        .insert_resource(TimeUpdateStrategy::ManualDuration(Duration::from_millis(125)))
        .insert_resource(SimSpeed(step.as_secs_f64() * 8.0));
    app
}

fn scene(name: &str) -> Arc<Line> {
    let path = scenes().join(name);
    Arc::new(line::read(&path, &[]).unwrap_or_else(|rejected| panic!("{}", rejected.render(false))))
}

/// What the line tells by itself up to a time.
fn alone(line: &Line, until: taktwin::kernel::Time) -> Vec<LineEvent> {
    let (mut run, mut recorded) = (Replication::new(line, line.run.seed, 0), Recording::default());
    run.advance(until, &mut recorded).expect("the scene runs");
    recorded.0
}

fn told_of(app: &App, line: Entity) -> Vec<LineEvent> {
    let kept = &app.world().resource::<Kept>().0;
    kept.iter().filter(|told| told.line == line).map(|told| told.event).collect()
}

#[test]
fn an_app_tells_what_a_run_alone_tells_however_long_its_frames_are() {
    let line = scene("examples/robot_cell.ron");
    for (millis, frames) in [(125, 4000), (7_777, 66), (500_000, 2)] {
        let mut app = app(Duration::from_millis(millis));
        let entity = app::spawn_line(app.world_mut(), Arc::clone(&line));
        (0..frames).for_each(|_| app.update());
        let now = app.world().get::<Clockwork>(entity).unwrap().now;
        // The first frame of an app takes no time.
        assert_eq!(now.0, millis * 1_000_000 * (frames - 1));
        let told = told_of(&app, entity);
        assert!(told.len() > 40 && told == alone(&line, now), "{millis}");
    }
}

#[test]
fn two_lines_share_a_world_and_know_nothing_of_each_other() {
    let (before, after) = (scene("range_hoods/before.ron"), scene("range_hoods/upgrade.ron"));
    let mut app = app(Duration::from_secs(60));
    let elsewhere = app.world_mut().spawn(Slot(0)).id();
    let lines = [&before, &after, &before].map(|line| app::spawn_line(app.world_mut(), Arc::clone(line)));
    (0..60).for_each(|_| app.update());
    for (entity, line) in lines.into_iter().zip([&before, &after, &before]) {
        let now = app.world().get::<Clockwork>(entity).unwrap().now;
        assert!(told_of(&app, entity) == alone(line, now));
        // Every message names the entity of its element.
        for told in app.world().resource::<Kept>().0.iter().filter(|told| told.line == entity) {
            let name = &line.elements[told.event.element.index()].name;
            assert_eq!(app.world().get::<Name>(told.element).unwrap().as_str(), name);
            assert_eq!(app.world().get::<InLine>(told.element).unwrap().0, entity);
        }
    }
    // One goes, with all that is its own; the others go on.
    app.world_mut().despawn(lines[0]);
    app.update();
    let mut left = app.world_mut().query::<&InLine>();
    assert!(left.iter(app.world()).all(|in_line| in_line.0 != lines[0]));
    assert_eq!(left.iter(app.world()).count(), before.elements.len() + after.elements.len());
    assert!(app.world().get_entity(elsewhere).is_ok());
}

/// What the components of a line should say, from its facts alone.
fn expected(line: &Line, told: &[LineEvent]) -> (Vec<i64>, Vec<Option<State>>, Vec<u32>) {
    let count = line.elements.len();
    let (mut inside, mut states, mut lent) = (vec![0; count], vec![None; count], vec![0; count]);
    for LineEvent { element, what, .. } in told {
        let nth = element.index();
        match what {
            What::Created(_) | What::Arrived(_) => inside[nth] += 1,
            What::Left { .. }
            | What::Delivered(_)
            | What::Scrapped(_)
            | What::Merged { .. }
            | What::Withdrawn(_) => inside[nth] -= 1,
            What::Became(state) => states[nth] = Some(*state),
            What::AtWork { busy, .. } => lent[nth] = *busy,
            _ => {}
        }
    }
    (inside, states, lent)
}

#[test]
fn components_say_of_every_scene_what_its_facts_say() {
    for path in layouts(&scenes()) {
        let line = Arc::new(line::read(&path, &[]).unwrap());
        // What is in a carrier counts in the facts, and not as one of the parts inside.
        let carries = line.products.iter().any(|product| product.carrier);
        let mut app = app(Duration::from_secs(97));
        let entity = app::spawn_line(app.world_mut(), Arc::clone(&line));
        for _ in 0..40 {
            app.update();
            let told = told_of(&app, entity);
            let (inside, states, lent) = expected(&line, &told);
            let elements = app.world().get::<LineElements>(entity).unwrap();
            for (nth, element) in elements.iter().enumerate() {
                let at = app.world().entity(element);
                let name = &line.elements[nth].name;
                let contents = at.get::<Contents>().unwrap();
                assert!(carries || i64::from(contents.inside) == inside[nth], "{name}");
                assert!(contents.capacity.is_none_or(|most| contents.inside <= most), "{name}");
                // People are lent in the facts only once any was.
                let status = at.get::<Status>().map(|status| status.0);
                assert_eq!(status, states[nth], "{name}");
                assert_eq!(at.get::<Lent>().map_or(0, |lent| lent.0), lent[nth], "{name}");
                let works = at
                    .get::<Progress>()
                    .is_some_and(|progress| progress.0.is_some_and(|done| (0.0..=1.0).contains(&done)));
                assert!(
                    works
                        || status != Some(State::Working)
                        || at.get::<EquipmentKind>().unwrap().0 == "Conveyor",
                    "{name}"
                );
            }
        }
    }
}

#[test]
fn the_power_of_an_element_is_that_of_its_state_and_of_the_parts_that_it_moves() {
    let line = Arc::new(line(
        "",
        &[
            ("in", "Source()"),
            ("saw", "Machine(cycle: \"10 s\", power: (working: \"3 kW\", idle: \"1 kW\"))"),
            (
                "belt",
                "Conveyor(length: \"6 m\", speed: \"0.1 m/s\", pitch: \"1 m\", \
                 power: (working: \"500 W\", per_part: \"20 W\", idle: \"100 W\"))",
            ),
            ("weld", "Machine(cycle: \"5 s\")"),
            ("out", "Sink()"),
        ],
        &["in -> saw -> belt -> weld -> out"],
    ));
    let mut app = app(Duration::from_secs(5));
    let entity = app::spawn_line(app.world_mut(), Arc::clone(&line));
    let mut power_after = |frames: u32, name: &str| {
        (0..frames).for_each(|_| app.update());
        let elements = app.world().get::<LineElements>(entity).unwrap();
        app.world().get::<PowerDraw>(elements.of(slot(&line, name)).unwrap()).copied()
    };
    // At 0 s the belt is empty; at 25 s the parts of 10 s and 20 s are on it.
    assert_eq!(power_after(1, "belt"), Some(PowerDraw(100.0)));
    assert_eq!(power_after(5, "belt"), Some(PowerDraw(540.0)));
    assert_eq!((power_after(0, "saw"), power_after(0, "weld")), (Some(PowerDraw(3000.0)), None));
}

#[test]
fn a_state_is_marked_as_changed_only_if_it_is_another() {
    #[derive(Resource, Default)]
    struct Seen(BTreeMap<Entity, State>, u32);
    fn look(elements: Query<(Entity, &Status), Changed<Status>>, mut seen: ResMut<Seen>) {
        for (entity, status) in &elements {
            assert_ne!(seen.0.insert(entity, status.0), Some(status.0), "nothing has changed");
            seen.1 += 1;
        }
    }
    let mut app = app(Duration::from_secs(20));
    app.init_resource::<Seen>().add_systems(Update, look);
    app::spawn_line(app.world_mut(), scene("examples/robot_cell.ron"));
    (0..100).for_each(|_| app.update());
    assert!(app.world().resource::<Seen>().1 > 50);
}

#[test]
fn who_feeds_whom_is_said_on_both_sides_also_where_a_robot_carries() {
    let line = scene("examples/robot_cell.ron");
    let mut app = app(Duration::ZERO);
    let entity = app::spawn_line(app.world_mut(), Arc::clone(&line));
    let world = app.world_mut();
    let mut elements = world.query::<(Entity, &Slot, &Feeds, &FedBy, Option<&FloorPosition>)>();
    let all: Vec<_> = elements.iter(world).collect();
    assert_eq!(all.len(), line.elements.len());
    let mut arrows = 0;
    for (me, slot, feeds, _, position) in &all {
        let element = &line.elements[slot.index()];
        assert_eq!(position.map(|at| (at.x, at.y)), element.position);
        for to in &feeds.0 {
            let (_, _, _, fed_by, _) = all.iter().find(|(entity, ..)| entity == to).unwrap();
            assert_eq!(fed_by.0.iter().filter(|giver| *giver == me).count(), 1);
            arrows += 1;
        }
    }
    assert_eq!(arrows, all.iter().map(|(_, _, _, fed_by, _)| fed_by.0.len()).sum::<usize>());
    assert!(arrows >= line.elements.len() - 2, "{arrows}");
    assert_eq!(app.world().get::<Course>(entity).unwrap().line().name, line.name);
}

#[test]
fn a_line_ends_at_the_end_of_its_run_and_stands_still_where_time_does() {
    let short = Arc::new(line(
        "warm_up: \"10 s\", length: \"50 s\"",
        &[("in", "Source()"), ("saw", "Machine(cycle: \"7 s\")"), ("out", "Sink()")],
        &["in -> saw -> out"],
    ));
    for (speed, ends) in
        [(16.0, true), (1e300, true), (f64::INFINITY, true), (0.0, false), (-1.0, false), (f64::NAN, false)]
    {
        let mut app = app(Duration::ZERO);
        app.insert_resource(SimSpeed(speed));
        let entity = app::spawn_line(app.world_mut(), Arc::clone(&short));
        (0..40).for_each(|_| app.update());
        let now = app.world().get::<Clockwork>(entity).unwrap().now;
        assert_eq!(now.0, if ends { 60 * SECOND } else { 0 }, "{speed}");
        assert_eq!(app.world().get::<Ended>(entity), ends.then_some(&Ended::AtEnd), "{speed}");
        assert!(told_of(&app, entity) == alone(&short, now), "{speed}");
    }
}

#[test]
fn a_line_that_cannot_go_on_says_why_and_what_to_try() {
    // A loop that fills up: each waits for the next.
    let ring = Arc::new(line(
        "length: \"10 d\"",
        &[
            ("in", "Source()"),
            ("mill", "Machine(cycle: \"20 s\")"),
            ("test", "Machine(cycle: \"30 s\")"),
            ("out", "Sink()"),
        ],
        &["in -> mill -> test", "test -> mill 10 %", "test -> out 90 %"],
    ));
    let mut app = app(Duration::from_secs(86_400));
    let entity = app::spawn_line(app.world_mut(), ring);
    (0..12).for_each(|_| app.update());
    let Some(Ended::Failed { reason, remedy }) = app.world().get::<Ended>(entity) else {
        panic!("it goes on")
    };
    assert!(
        reason.contains("mill waits for test, test waits for mill") && !remedy.is_empty(),
        "{reason}: {remedy}"
    );

    let flood = Arc::new(line(
        "length: \"100 d\"",
        &[
            ("in", "Source(interarrival: \"0.1 s\")"),
            ("heap", "Buffer()"),
            ("saw", "Machine(cycle: \"1 h\")"),
            ("out", "Sink()"),
        ],
        &["in -> heap -> saw -> out"],
    ));
    let mut app = app_with(TaktwinPlugin::default(), Duration::from_secs(20 * 86_400));
    let entity = app::spawn_line(app.world_mut(), flood);
    (0..3).for_each(|_| app.update());
    let ended = app.world().get::<Ended>(entity);
    assert!(matches!(ended, Some(Ended::Failed { reason, .. }) if reason.contains("\"heap\"")), "{ended:?}");
}

#[test]
fn a_line_whose_element_was_despawned_ends_and_others_go_on() {
    let line = scene("examples/robot_cell.ron");
    let mut app = app(Duration::from_secs(60));
    let [torn, whole] = [(); 2].map(|()| app::spawn_line(app.world_mut(), Arc::clone(&line)));
    // What somebody else hangs on to a line is no element of it.
    app.world_mut().spawn((Name::new("a label"), InLine(whole)));
    app.update();
    let victim = app.world().get::<LineElements>(torn).unwrap().of(Slot(3)).unwrap();
    app.world_mut().despawn(victim);
    (0..30).for_each(|_| app.update());
    let ended = app.world().get::<Ended>(torn);
    assert!(matches!(ended, Some(Ended::Failed { reason, .. }) if reason.contains("despawned")), "{ended:?}");
    let now = app.world().get::<Clockwork>(whole).unwrap().now;
    assert!(now.0 == 30 * 60 * SECOND && told_of(&app, whole) == alone(&line, now));
}

#[test]
fn rated_power_is_that_of_the_layout() {
    let line = scene("range_hoods/before.ron");
    let mut app = app(Duration::ZERO);
    app::spawn_line(app.world_mut(), Arc::clone(&line));
    let world = app.world_mut();
    let mut elements = world.query::<(&Slot, Option<&RatedPower>)>();
    for (slot, rated) in elements.iter(world) {
        let table = &line.elements[slot.index()].power;
        assert_eq!(rated.is_some(), table.known);
        for state in State::ALL {
            assert!(rated.is_none_or(|rated| rated.in_state(state) * 1e3 == table.of(state) as f64));
        }
    }
}
