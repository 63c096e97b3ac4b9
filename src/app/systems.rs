//! What the plugin does in a frame.

use super::{Course, Ended, LineTold, SimSpeed};
use crate::event::{LineEvent, Listener};
use crate::kernel::Time;
use crate::sim::{Clockwork, LineElements, Replication};
use crate::study;
use bevy::ecs::message::Messages;
use bevy::ecs::prelude::*;
use std::sync::Arc;

/// Advances every line that has not ended.
pub(super) fn advance(world: &mut World) {
    let passed = world.resource::<bevy::time::Time>().delta_secs_f64() * world.resource::<SimSpeed>().0;
    let step = if passed > 0.0 { Time::from_secs(passed) } else { Time::ZERO };
    let mut running = world.query_filtered::<(Entity, &Course), Without<Ended>>();
    let goes_on = |course: &Course| step > Time::ZERO || !course.begun;
    let running: Vec<(Entity, Course)> = running
        .iter(world)
        .filter(|(_, course)| goes_on(course))
        .map(|(entity, course)| (entity, course.clone()))
        .collect();
    for (line, mut course) in running {
        let mut told = Told(world.contains_resource::<Messages<LineTold>>().then(Vec::new));
        let ended = advance_line(world, line, &mut course, step, &mut told);
        let mut line = world.entity_mut(line);
        line.insert(course);
        ended.into_iter().for_each(|ended| _ = line.insert(ended));
        let line = line.id();
        tell(world, line, told.0.unwrap_or_default());
    }
}

/// Keeps the events of a run, if the app reads [`LineTold`].
struct Told(Option<Vec<LineEvent>>);

impl Listener for Told {
    fn on_event(&mut self, event: LineEvent) {
        self.0.iter_mut().for_each(|told| told.push(event));
    }
}

/// Advances a line. Returns how it has ended, if it has.
fn advance_line(
    world: &mut World,
    line: Entity,
    course: &mut Course,
    step: Time,
    told: &mut Told,
) -> Option<Ended> {
    let Some(mut run) = Replication::within(world, line) else { return Some(Ended::torn_apart()) };
    let until = course.until().min(Time(run.now().0.saturating_add(step.0)));
    course.begun = true;
    let (settings, number) = (Arc::clone(course.line()), course.replication());
    match study::go_on(&mut run, &settings, number, until, &mut course.crowd, told) {
        Ok(()) => (until == course.until()).then_some(Ended::AtEnd),
        Err(failure) => Some(Ended::by(&failure)),
    }
}

fn tell(world: &mut World, line: Entity, told: Vec<LineEvent>) {
    let Some(elements) = world.get::<LineElements>(line) else { return };
    let message = |event: LineEvent| Some(LineTold { line, element: elements.of(event.element)?, event });
    let messages: Vec<LineTold> = told.into_iter().filter_map(message).collect();
    if !messages.is_empty() {
        world.write_message_batch(messages);
    }
}

/// Updates the components of every line that has run, by the plugin or by other code.
pub(super) fn publish(world: &mut World, changed: &mut QueryState<Entity, Changed<Clockwork>>) {
    let lines: Vec<Entity> = changed.iter(world).collect();
    for line in lines {
        if let Some(mut run) = Replication::within(world, line) {
            run.publish();
        }
    }
}
