//! What is under the mouse: an element or a part.

use super::camera::CameraView;
use super::show::{Show, ShowSide};
use crate::event::Slot;
use crate::stage::ArmPose;
use bevy::math::bounding::{Aabb3d, BoundingSphere, RayCast3d};
use bevy::math::{Vec2, Vec3};

/// Something that was picked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PickedObject {
    /// An element of a side.
    Element(usize, Slot),
    /// A part of a side, by its serial number.
    Part(usize, u64),
}

/// Farther away nothing is picked, in metres.
const REACH: f32 = 10_000.0;
/// Radius of the ball that stands for a part, and of those that stand for an arm.
const PART: f32 = 0.24;
const LIMB: f32 = 0.2;
/// Balls along each bone of an arm.
const BALLS: u8 = 6;

/// What is at a place of the window, in logical pixels.
pub(crate) fn at(show: &Show, view: &CameraView, place: Vec2) -> Option<PickedObject> {
    let pane = show.panes(view.area()).into_iter().find(|pane| pane.area.contains(place))?;
    let ray = RayCast3d::from_ray(view.lens(&pane).ray(place), REACH);
    let behind = || if pane.with_ghost { on_side(show, 0, &ray) } else { None };
    on_side(show, pane.side, &ray).or_else(behind)
}

fn on_side(show: &Show, number: usize, ray: &RayCast3d) -> Option<PickedObject> {
    let side = show.sides.get(number)?;
    let element = nearest_element(side, ray);
    let parts = side.picture.parts.iter().filter_map(|part| {
        let ball = BoundingSphere::new(part.at, PART);
        Some((ray.sphere_intersection_at(&ball)?, part))
    });
    let part = parts.min_by(|a, b| a.0.total_cmp(&b.0));
    match (part, element) {
        // A part is taken out of the element that holds it, but not through another one.
        (Some((far, part)), Some((near, slot))) if far > near && part.element != slot => {
            Some(PickedObject::Element(number, slot))
        }
        (Some((_, part)), _) => Some(PickedObject::Part(number, part.serial)),
        (None, Some((_, slot))) => Some(PickedObject::Element(number, slot)),
        (None, None) => None,
    }
}

fn nearest_element(side: &ShowSide, ray: &RayCast3d) -> Option<(f32, Slot)> {
    let hits = side.scenery.standings.iter().zip(0..).filter_map(|(standing, slot)| {
        let half = standing.half_size();
        let stood = ray.aabb_intersection_at(&Aabb3d::new(standing.at + Vec3::Y * half.y, half));
        let arm = side.picture.elements.get(slot as usize).and_then(|seen| seen.arm);
        let reached = arm.and_then(|arm| along_arm(&arm, ray));
        let far = match (stood, reached) {
            (Some(stood), Some(reached)) => stood.min(reached),
            (one, other) => one.or(other)?,
        };
        Some((far, Slot(slot)))
    });
    hits.min_by(|a, b| a.0.total_cmp(&b.0))
}

fn along_arm(arm: &ArmPose, ray: &RayCast3d) -> Option<f32> {
    let bones = [(arm.foot, arm.shoulder), (arm.shoulder, arm.elbow), (arm.elbow, arm.wrist)];
    let balls = bones
        .into_iter()
        .flat_map(|(from, to)| (0..=BALLS).map(move |n| from.lerp(to, f32::from(n) / f32::from(BALLS))));
    let hits = balls.filter_map(|ball| ray.sphere_intersection_at(&BoundingSphere::new(ball, LIMB)));
    hits.min_by(f32::total_cmp)
}

#[cfg(test)]
mod tests {
    use super::super::test_shows::{ROBOT_LINE, alone, side_of_text};
    use super::*;

    #[test]
    fn what_is_under_the_mouse_is_found_and_an_arm_counts_as_its_robot() {
        let show = alone(side_of_text(ROBOT_LINE, 5_000.0, 1));
        let mut view = CameraView::default();
        let panes = view.step(Vec2::new(1280.0, 720.0), &show, 0.0);
        let lens = view.lens(&panes[0]);
        let under = |point: Vec3| at(&show, &view, lens.project(point).unwrap().0);

        let side = &show.sides[0];
        let saw = side.scenery.standings[1].at + Vec3::Y * 2.05;
        assert_eq!(under(saw), Some(PickedObject::Element(0, Slot(1))));
        let on_rack = side.picture.parts.iter().find(|part| part.element == Slot(3)).unwrap();
        assert_eq!(under(on_rack.at), Some(PickedObject::Part(0, on_rack.serial)));
        assert_eq!(under(Vec3::new(5.0, 0.0, 6.0)), None, "the floor is nothing");
        assert_eq!(at(&show, &view, Vec2::new(-5.0, 10.0)), None, "outside of the picture is nothing");

        // From above nothing stands before the elbow, which is outside of the robot's own box.
        view.top();
        view.step(Vec2::new(1280.0, 720.0), &show, 0.0);
        view.arrive();
        let elbow = show.sides[0].picture.elements[4].arm.unwrap().elbow;
        let place = view.lens(&panes[0]).project(elbow).unwrap().0;
        assert_eq!(at(&show, &view, place), Some(PickedObject::Element(0, Slot(4))));
    }
}
