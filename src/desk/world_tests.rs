//! The desk in the world of its app: what systems can query of the shown lines, whatever a user does.

use super::action::Action;
use super::memory::Memory;
use super::{Desk, DeskPlugin};
use crate::event::{LineEvent, Listener};
use crate::kernel::Time as Instant;
use crate::sim::LinePhase;
use crate::sim::{Clockwork, Contents, InLine, LineElements, PowerDraw, Replication, Status};
use crate::study::{self, Overrides, StudyPlan};
use bevy::MinimalPlugins;
use bevy::app::{App, Update};
use bevy::ecs::prelude::*;
use bevy::time::TimeUpdateStrategy;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

/// What is seen of an element by name.
type SeenFacts = BTreeMap<String, (Option<Status>, Contents, Option<PowerDraw>)>;

/// What a system outside the desk sees of the lines, frame by frame.
#[derive(Resource, Default)]
struct Spectator(BTreeMap<Entity, SeenFacts>);

type OfElement =
    (&'static Name, &'static InLine, Option<&'static Status>, &'static Contents, Option<&'static PowerDraw>);

fn look(elements: Query<OfElement>, mut seen: ResMut<Spectator>) {
    seen.0.clear();
    for (name, line, status, contents, power) in &elements {
        let facts = (status.copied(), *contents, power.copied());
        seen.0.entry(line.0).or_default().insert(name.to_string(), facts);
    }
}

/// The desk of a window, without the window.
struct DeskApp(App);

impl DeskApp {
    fn open(files: &[&str]) -> DeskApp {
        let scenes = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("scenes").join("range_hoods");
        let paths: Vec<PathBuf> = files.iter().map(|file| scenes.join(file)).collect();
        let mut app = App::new();
        let desk = Desk::open(app.world_mut(), &paths, Memory::default());
        let desk = desk.map_err(|rejected| rejected.render(false)).unwrap();
        app.add_plugins((MinimalPlugins, DeskPlugin)).insert_resource(desk).init_resource::<Spectator>();
        app.insert_resource(TimeUpdateStrategy::ManualDuration(Duration::from_millis(20)));
        app.add_systems(Update, look);
        DeskApp(app)
    }

    fn desk(&self) -> &Desk {
        self.0.world().resource()
    }

    /// Asks for something, and goes on until the lines are where they are going.
    fn ask(&mut self, action: Action) {
        self.0.world_mut().resource_mut::<Desk>().ask(action);
        self.0.update();
        while self.desk().is_busy() || self.desk().is_searching() {
            self.0.update();
        }
    }

    fn play(&mut self, frames: u32) {
        (0..frames).for_each(|_| self.0.update());
        while self.desk().is_busy() {
            self.0.update();
        }
    }

    fn lines(&self) -> Vec<Entity> {
        self.desk().sides.iter().map(|side| side.twin.entity()).collect()
    }

    /// Every line of the world is on the desk, at its instant, and what is seen of it is what a run by itself comes to.
    fn is_as_alone(&mut self) {
        let mut all = self.0.world_mut().query::<(Entity, &Clockwork)>();
        let mut all: Vec<_> =
            all.iter(self.0.world()).map(|(line, clockwork)| (line, clockwork.now)).collect();
        all.sort_unstable();
        let mut expected: Vec<_> = self.lines().into_iter().map(|line| (line, self.desk().now())).collect();
        expected.sort_unstable();
        assert_eq!(all, expected);
        let now = self.desk().now();
        let Spectator(seen) = self.0.world().resource();
        assert_eq!(seen.len(), self.desk().sides.len());
        for side in &self.desk().sides {
            let phases = side.edits.clone().phases().map_err(|rejected| rejected.render(false)).unwrap();
            assert!(seen[&side.twin.entity()] == alone(&phases, now), "{} at {now:?}", side.title);
        }
    }
}

#[derive(Default)]
struct Tape(Vec<LineEvent>);

impl Listener for Tape {
    fn on_event(&mut self, event: LineEvent) {
        self.0.push(event);
    }
}

fn alone(phases: &[LinePhase], now: Instant) -> SeenFacts {
    let line = &phases[0].line;
    let (mut run, mut tape, mut last) = (Replication::new(line, line.run.seed, 0), Tape::default(), line);
    for phase in phases[1..].iter().filter(|phase| phase.from <= now) {
        run.advance(phase.from, &mut tape).unwrap();
        run.alter(last, &phase.line, &mut tape).unwrap();
        last = &phase.line;
    }
    run.advance(now, &mut tape).unwrap();
    run.describe(last);
    run.publish();
    let world = run.world();
    let elements = world.get::<LineElements>(run.line()).unwrap().iter();
    let facts = elements.map(|element| {
        let facts = (
            world.get(element).copied(),
            *world.get::<Contents>(element).unwrap(),
            world.get(element).copied(),
        );
        (world.get::<Name>(element).unwrap().to_string(), facts)
    });
    facts.collect()
}

#[test]
fn both_lines_of_a_comparison_live_in_the_world_of_the_app_and_say_what_a_run_alone_says() {
    let mut app = DeskApp::open(&["before.ron", "upgrade.ron"]);
    app.0.world_mut().resource_scope(|world, mut desk: Mut<Desk>| {
        desk.sides.iter_mut().for_each(|side| side.twin.keep_tape(world));
    });
    let lines = app.lines();
    app.ask(Action::Speed(7200.0));
    app.ask(Action::PlayOrPause);
    for _ in 0..20 {
        app.play(3);
        app.is_as_alone();
    }
    assert!(app.desk().now() > Instant::from_secs(7000.0) && app.desk().clock.playing);

    app.ask(Action::Seek(1800.0));
    app.ask(Action::PlayOrPause);
    assert!(app.desk().now() < Instant::from_secs(4000.0) && !app.desk().clock.playing);
    app.is_as_alone();
    app.ask(Action::NextTrouble(crate::twin::Trouble::Any));
    app.is_as_alone();
    app.ask(Action::LastTrouble(crate::twin::Trouble::Any));
    app.is_as_alone();
    app.ask(Action::PlayOrPause);
    app.play(60);
    app.is_as_alone();

    assert_eq!(app.lines(), lines, "the entities stay the same when time goes back");
    let now = app.desk().now();
    assert!(now > Instant::from_secs(7000.0));
    let mut desk = app.0.world_mut().resource_mut::<Desk>();
    for side in &mut desk.sides {
        let (plan, mut told) = (StudyPlan::of(side.line(), &Overrides::default()), Tape::default());
        study::narrate(side.line(), &plan, 0, side.twin.warm_up(), &mut told).unwrap();
        told.0.retain(|event| event.time <= now);
        assert!(side.twin.take_tape().0 == told.0, "{}", side.title);
    }
}

#[test]
fn what_a_user_changes_opens_and_shuts_is_what_is_in_the_world() {
    let mut app = DeskApp::open(&["before.ron"]);
    app.ask(Action::Seek(2.0 * 3600.0));
    app.is_as_alone();
    let name = buffer(app.desk());
    app.ask(Action::Branch(format!("{name}.capacity"), "31".into()));
    app.ask(Action::Seek(3.0 * 3600.0));
    app.is_as_alone();
    let after = app.lines()[1];
    assert_eq!(app.0.world().resource::<Spectator>().0[&after][&name].1.capacity, Some(31));
    app.ask(Action::Undo);
    app.is_as_alone();
    app.ask(Action::Redo);
    app.is_as_alone();
    app.ask(Action::Keep(1));
    app.is_as_alone();
    assert_eq!(app.lines(), [after]);

    let scenes = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("scenes");
    app.ask(Action::Open(scenes.join("nowhere.ron")));
    app.is_as_alone();
    app.ask(Action::Open(scenes.join("examples").join("robot_cell.ron")));
    app.is_as_alone();
    for other in ["examples/robot_zone.ron", "body_in_white/before.ron"] {
        app.ask(Action::Compare(scenes.join(other)));
        app.is_as_alone();
    }
    assert_eq!(app.lines().len(), 2);
    let elements = app.0.world_mut().query::<&InLine>().iter(app.0.world()).count();
    let shown = app.desk().sides.iter().map(|side| side.names.len()).sum::<usize>();
    assert_eq!(elements, shown, "nothing is left of lines that were shut");
}

fn buffer(desk: &Desk) -> String {
    let elements = &desk.sides[0].line().elements;
    elements.iter().find(|element| element.kind == "Buffer").unwrap().name.clone()
}

#[test]
fn a_desk_that_is_refused_leaves_no_line_behind() {
    let scenes = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("scenes");
    let mut world = World::new();
    let files = [scenes.join("range_hoods").join("before.ron"), scenes.join("nowhere.ron")];
    assert!(Desk::open(&mut world, &files, Memory::default()).is_err());
    assert_eq!(world.query::<&Clockwork>().iter(&world).count(), 0);
    assert_eq!(world.query::<&InLine>().iter(&world).count(), 0);
}
