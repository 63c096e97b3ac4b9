//! The moves of the last few seconds: heard from the run, so that a part is seen on its way between two places.

use super::Scenery;
use super::picture::ease;
use crate::equipment::appearance::Stand;
use crate::event::{LineEvent, Listener, Part, Slot, What};
use crate::kernel::Time;
use bevy::math::Vec3;
use std::collections::VecDeque;

/// A part went from one element to another.
#[derive(Clone, Copy, Debug, PartialEq)]
struct PictureMove {
    time: Time,
    part: Part,
    from: Slot,
    to: Slot,
    /// Whether the part left the line there.
    out: bool,
}

/// The latest moves, oldest first; the listener removes old ones.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Moves {
    recent: VecDeque<PictureMove>,
    /// Who left an element and has not arrived yet.
    left: Option<(u64, Slot)>,
}

/// More moves than a viewer can follow; the oldest are dropped.
const MOST: usize = 20_000;

impl Moves {
    /// Forgets what is longer ago than `span`.
    pub fn forget(&mut self, now: Time, span: Time) {
        while self.recent.front().is_some_and(|first| first.time + span < now) {
            self.recent.pop_front();
        }
    }

    /// Forgets everything, before time goes back.
    pub fn clear(&mut self) {
        *self = Moves::default();
    }

    /// The moves of the last `glide`, ready to be asked.
    pub(super) fn underway(&self, now: Time, glide: Time) -> Underway {
        let since = self.recent.iter().rev().take_while(move |one| one.time + glide > now);
        let mut by_part: Vec<PictureMove> = since.copied().collect();
        let mut by_giver: Vec<(Slot, Time)> = by_part.iter().map(|one| (one.from, one.time)).collect();
        // The latest move of a part comes first, and the latest part that left an element.
        by_part.sort_by_key(|one| (one.part.serial, std::cmp::Reverse(one.time)));
        by_giver.sort_by_key(|&(slot, time)| (slot, std::cmp::Reverse(time)));
        Underway { by_part, by_giver, now, glide }
    }
}

/// The moves that are still seen at one instant.
pub(super) struct Underway {
    by_part: Vec<PictureMove>,
    by_giver: Vec<(Slot, Time)>,
    now: Time,
    glide: Time,
}

impl Underway {
    /// Where a part is on its way to its rest at an element; none if it has come there.
    pub(super) fn of_part(&self, scenery: &Scenery, serial: u64, to: Slot, rest: Vec3) -> Option<Vec3> {
        let first = self.by_part.partition_point(|one| one.part.serial < serial);
        let latest = self.by_part.get(first).filter(|one| one.part.serial == serial && one.to == to)?;
        let [giver, taker] = [latest.from, to].map(|slot| &scenery.standings[slot.index()]);
        let by_robot = [giver, taker].iter().any(|standing| standing.looks.stand == Stand::Gripper);
        if by_robot {
            return None;
        }
        let begin = giver.point(giver.looks.spot(0).unwrap_or_default());
        let share = self.share(latest.time);
        let lift = 0.25 * (1.0 - (2.0 * share - 1.0).powi(2));
        Some(begin.lerp(rest, share) + Vec3::Y * lift)
    }

    /// How far the parts of an element have moved up since the last one left it; none if that is long ago.
    pub(super) fn moving_up(&self, giver: Slot) -> Option<f32> {
        let first = self.by_giver.partition_point(|&(slot, _)| slot < giver);
        let &(_, time) = self.by_giver.get(first).filter(|(slot, _)| *slot == giver)?;
        Some(self.share(time))
    }

    /// The parts that have just left the line, and where.
    pub(super) fn out_of_the_line(&self) -> impl Iterator<Item = (Part, Slot)> {
        self.by_part.iter().filter(|one| one.out).map(|one| (one.part, one.to))
    }

    /// How much of a way is done that began then.
    fn share(&self, began: Time) -> f32 {
        ease(((self.now - began).secs() / self.glide.secs().max(1e-9)) as f32)
    }
}

impl Listener for Moves {
    fn on_event(&mut self, event: LineEvent) {
        match event.what {
            What::Left { part, .. } => self.left = Some((part.serial, event.element)),
            What::Arrived(part) => {
                let Some((_, from)) = self.left.take_if(|(serial, _)| *serial == part.serial) else { return };
                if self.recent.len() == MOST {
                    self.recent.pop_front();
                }
                self.recent.push_back(PictureMove {
                    time: event.time,
                    part,
                    from,
                    to: event.element,
                    out: false,
                });
            }
            What::Delivered(part) | What::Scrapped(part) | What::Withdrawn(part) => {
                if let Some(last) = self.recent.back_mut().filter(|last| last.part.serial == part.serial) {
                    last.out = true;
                }
            }
            What::Created(_)
            | What::LeavesBy { .. }
            | What::FromCarrier { .. }
            | What::Happened(_)
            | What::Waited { .. }
            | What::Completed { .. }
            | What::Spoilt(_)
            | What::Judged { .. }
            | What::Reworked(_)
            | What::Inspected { .. }
            | What::Escaped(_)
            | What::Merged { .. }
            | What::Converted { .. }
            | What::Packed { .. }
            | What::Unpacked(_)
            | What::Became(_)
            | What::Saves { .. }
            | What::AtWork { .. }
            | What::Attends { .. }
            | What::Answered { .. }
            | What::Lacks { .. } => {}
        }
    }
}
