//! Twins in a Bevy app: two lines that are played, taken back in time and changed live in the app's own world, and what their
//! components say is what a run that was never looked at comes to.

use super::kit::{Recording, SECOND};
use super::scenes::scenes;
use bevy::prelude::*;
use std::sync::Arc;
use taktwin::app::TaktwinPlugin;
use taktwin::event::{Slot, State};
use taktwin::kernel::Time as Instant;
use taktwin::line::{self, Line};
use taktwin::sim::{
    Clockwork, Contents, Lent, LineElements, LinePhase, PowerDraw, Progress, RatedPower, Replication, Status,
};
use taktwin::stage::Scenery;
use taktwin::twin::{SearchTarget, Trouble, Twin};

const HOUR: u64 = 3600 * SECOND;

type Said = (Option<Status>, Contents, Option<Progress>, Option<Lent>, Option<PowerDraw>, Option<RatedPower>);

/// What the components of a line say, by slot.
fn written(world: &World, line: Entity) -> Vec<Said> {
    let of = |element: Entity| {
        let contents = *world.get::<Contents>(element).expect("every element holds parts");
        let (status, progress) = (world.get(element).copied(), world.get(element).copied());
        let (lent, power) = (world.get(element).copied(), world.get(element).copied());
        (status, contents, progress, lent, power, world.get(element).cloned())
    };
    elements(world, line).into_iter().map(of).collect()
}

fn elements(world: &World, line: Entity) -> Vec<Entity> {
    world.get::<LineElements>(line).expect("a line").iter().collect()
}

/// The same of a run by itself, from time zero on.
fn said_alone(phases: &[LinePhase], now: Instant) -> Vec<Said> {
    let line = &phases[0].line;
    let (mut run, mut recorded, mut last) =
        (Replication::new(line, line.run.seed, 0), Recording::default(), line);
    for phase in phases[1..].iter().filter(|phase| phase.from <= now) {
        run.advance(phase.from, &mut recorded).expect("the scene runs");
        run.alter(last, &phase.line, &mut recorded).expect("the scene runs");
        last = &phase.line;
    }
    run.advance(now, &mut recorded).expect("the scene runs");
    run.describe(last);
    run.publish();
    written(run.world(), run.line())
}

fn read(name: &str, sets: &[&str]) -> Arc<Line> {
    let sets: Vec<String> = sets.iter().map(|set| (*set).to_owned()).collect();
    Arc::new(
        line::read(&scenes().join(name), &sets).unwrap_or_else(|found| panic!("{}", found.render(false))),
    )
}

fn phase(from: u64, line: &Arc<Line>) -> LinePhase {
    LinePhase { from: Instant(from), line: Arc::clone(line) }
}

/// How many lines, elements and numbers were seen to change.
#[derive(Resource, Default, Clone, Copy, Debug, PartialEq)]
struct Changes(usize, usize, usize);

type ChangedAtAll = Or<(Changed<Contents>, Changed<Status>, Changed<Progress>, Changed<PowerDraw>)>;

fn count(
    lines: Query<(), Changed<Clockwork>>,
    elements: Query<(), ChangedAtAll>,
    rated: Query<(), Changed<RatedPower>>,
    mut changes: ResMut<Changes>,
) {
    *changes = Changes(lines.iter().count(), elements.iter().count(), rated.iter().count());
}

fn app() -> App {
    let mut app = App::new();
    app.add_plugins((MinimalPlugins, TaktwinPlugin::default()));
    app.init_resource::<Changes>().add_systems(Update, count);
    app
}

fn pursue(app: &mut App, twin: &mut Twin) {
    assert!(twin.pursue(app.world_mut(), &mut || true));
    app.update();
}

#[test]
fn two_twins_share_the_world_of_an_app_wherever_they_go() {
    let mut app = app();
    let phases =
        ["range_hoods/before.ron", "range_hoods/upgrade.ron"].map(|name| [phase(0, &read(name, &[]))]);
    let mut twins = phases.clone().map(|phases| Twin::new(app.world_mut(), phases.to_vec()));
    let entities = [0, 1].map(|nth: usize| elements(app.world(), twins[nth].entity()));
    for (before, after) in [(2 * HOUR, 2 * HOUR), (3 * HOUR, HOUR), (HOUR / 2, 0), (4 * HOUR, 4 * HOUR + 1)] {
        let [one, other] = &mut twins;
        one.go_to(Instant(before));
        other.go_to(Instant(after));
        pursue(&mut app, one);
        pursue(&mut app, other);
        for (twin, (phases, entities)) in twins.iter().zip(phases.iter().zip(&entities)) {
            assert!(
                written(app.world(), twin.entity()) == said_alone(phases, twin.now()),
                "{before} {after}"
            );
            assert_eq!(elements(app.world(), twin.entity()), *entities, "the same entities as before");
            let now = app.world().get::<Clockwork>(twin.entity()).expect("a line").now;
            assert_eq!(now, twin.now());
        }
    }
    let mut lines = app.world_mut().query::<&Clockwork>();
    assert_eq!(lines.iter(app.world()).count(), 2);
    let [one, other] = twins;
    one.leave(app.world_mut());
    assert_eq!(lines.iter(app.world()).count(), 1);
    assert!(
        app.world().get_entity(entities[0][0]).is_err() && app.world().get_entity(entities[1][0]).is_ok()
    );
    other.leave(app.world_mut());
}

#[test]
fn a_change_is_seen_at_once_and_gone_before_its_instant() {
    let before = read("examples/robot_cell.ron", &[]);
    let (name, _) = machine(&before);
    let sets = [format!("{name}.cycle=\"20 s\""), format!("{name}.power.working=\"99 kW\"")];
    let after = read("examples/robot_cell.ron", &sets.each_ref().map(String::as_str));
    let phases = [phase(0, &before), phase(HOUR, &after)];
    let mut app = app();
    let mut twin = Twin::new(app.world_mut(), phases[..1].to_vec());
    twin.go_to(Instant(HOUR));
    pursue(&mut app, &mut twin);

    twin.change_phases(app.world_mut(), phases.to_vec());
    app.update();

    assert_eq!(app.world().resource::<Changes>().2, 1, "one element has other powers");
    for now in [HOUR, 2 * HOUR, HOUR - 1, HOUR + 1] {
        twin.go_to(Instant(now));
        pursue(&mut app, &mut twin);
        assert!(written(app.world(), twin.entity()) == said_alone(&phases, twin.now()), "{now}");
    }
}

/// A machine of a line that says what it draws.
fn machine(line: &Line) -> (&str, Slot) {
    let known = |(element, _): &(&line::Element, u32)| element.kind == "Machine" && element.power.known;
    let (element, slot) = line.elements.iter().zip(0..).find(known).expect("a machine");
    (&element.name, Slot(slot))
}

#[test]
fn a_twin_that_stands_still_marks_nothing_as_changed_however_often_it_is_looked_at() {
    let line = read("range_hoods/before.ron", &[]);
    let mut app = app();
    let mut twin = Twin::new(app.world_mut(), vec![phase(0, &line)]);
    twin.go_to(Instant(HOUR));
    pursue(&mut app, &mut twin);
    assert!(app.world().resource::<Changes>().1 > 3);
    let scenery = Scenery::of(&line);
    for _ in 0..3 {
        assert!(!twin.picture(app.world_mut(), &scenery, Instant::ZERO).elements.is_empty());
        assert!(!twin.figures(app.world_mut()).is_empty());
        app.update();
        assert_eq!(*app.world().resource::<Changes>(), Changes::default());
    }
    // Back and forth to where it is: it was run again, and is as it was.
    twin.go_to(Instant(HOUR / 2));
    assert!(twin.pursue(app.world_mut(), &mut || true));
    twin.go_to(Instant(HOUR));
    pursue(&mut app, &mut twin);
    assert_eq!((app.world().resource::<Changes>().0, app.world().resource::<Changes>().1), (1, 0));
}

#[test]
fn a_search_ends_where_the_component_says_what_was_searched_for() {
    let line = read("range_hoods/before.ron", &[]);
    let mut app = app();
    let mut twin = Twin::new(app.world_mut(), vec![phase(0, &line)]);
    let failed = |app: &mut App| {
        let mut elements = app.world_mut().query::<&Status>();
        elements.iter(app.world()).filter(|status| status.0 == State::Failed).count()
    };
    let wanted = SearchTarget::Trouble(Trouble::Breakdown, None);
    let mut found = Vec::new();
    for _ in 0..3 {
        twin.go_to_next(wanted);
        pursue(&mut app, &mut twin);
        assert!(failed(&mut app) > 0);
        found.push(twin.now());
    }
    twin.go_to_last(wanted);
    pursue(&mut app, &mut twin);
    assert!(failed(&mut app) > 0 && twin.now() == found[1]);
}

#[test]
fn a_twin_whose_element_was_despawned_stops_says_so_and_is_whole_again_when_time_goes_back() {
    let line = read("examples/robot_cell.ron", &[]);
    let phases = [phase(0, &line)];
    let mut app = app();
    let [mut torn, mut gone, mut whole] = [(); 3].map(|()| Twin::new(app.world_mut(), phases.to_vec()));
    for twin in [&mut torn, &mut gone, &mut whole] {
        twin.go_to(Instant(HOUR));
        pursue(&mut app, twin);
    }
    let victims = [elements(app.world(), torn.entity())[3], gone.entity()];
    victims.into_iter().for_each(|victim| _ = app.world_mut().despawn(victim));
    for twin in [&mut torn, &mut gone, &mut whole] {
        twin.go_to(Instant(2 * HOUR));
        pursue(&mut app, twin);
    }
    assert_eq!(whole.stuck(), None);
    for twin in [&mut torn, &mut gone] {
        assert!(twin.stuck().is_some_and(|reason| reason.contains("despawned")), "{:?}", twin.stuck());
        assert_eq!(twin.now(), Instant(HOUR));
        twin.go_to(Instant(HOUR / 2));
        pursue(&mut app, twin);
        assert_eq!((twin.stuck(), twin.now()), (None, Instant(HOUR / 2)));
        assert!(written(app.world(), twin.entity()) == said_alone(&phases, twin.now()));
    }
}
