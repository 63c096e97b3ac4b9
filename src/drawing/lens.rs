//! Where one looks from: pure geometry. A [`Stance`] says where the eye is, a [`Lens`] which point of the world is seen at
//! which place of the window, and which ray goes through it. Read [`Lens`] first.

use bevy::math::{Quat, Ray3d, Rect, Vec2, Vec3};

/// Half the upright angle of view, in radians: long enough a lens that upright edges stay nearly upright.
pub(crate) const HALF_ANGLE: f32 = 0.28;

/// Where the eye is: at a distance from a point that it looks at.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Stance {
    /// What is in the middle.
    pub(crate) focus: Vec3,
    /// How far the eye is from there, in metres.
    pub(crate) distance: f32,
    /// From where about the vertical: 0 from the front, positive from the right, in radians.
    pub(crate) yaw: f32,
    /// From how high: 0 level, a quarter turn from above, in radians.
    pub(crate) pitch: f32,
}

impl Stance {
    /// How the eye is turned.
    pub(crate) fn rotation(&self) -> Quat {
        Quat::from_rotation_y(self.yaw) * Quat::from_rotation_x(-self.pitch)
    }

    /// Where the eye is.
    pub(crate) fn eye(&self) -> Vec3 {
        self.focus + self.rotation() * Vec3::Z * self.distance
    }

    /// Between two stances.
    pub(crate) fn towards(&self, goal: &Stance, share: f32) -> Stance {
        let mix = |from: f32, to: f32| from + (to - from) * share;
        Stance {
            focus: self.focus.lerp(goal.focus, share),
            distance: mix(self.distance, goal.distance),
            yaw: mix(self.yaw, goal.yaw),
            pitch: mix(self.pitch, goal.pitch),
        }
    }

    /// Whether two stances show the same.
    pub(crate) fn is_at(&self, goal: &Stance) -> bool {
        let close = 1e-3 * goal.distance.max(1.0);
        self.focus.distance(goal.focus) < close
            && (self.distance - goal.distance).abs() < close
            && (self.yaw - goal.yaw).abs() < 1e-3
            && (self.pitch - goal.pitch).abs() < 1e-3
    }

    /// The nearest stance in the same direction from which all points are seen in an area of this shape.
    pub(crate) fn framing(&self, points: &[Vec3], size: Vec2) -> Stance {
        let turn = self.rotation().inverse();
        let tan = tangents(size) * FILLED;
        // For each side of the view a plane through the eye: all points must lie within.
        let mut ends = [f32::MIN, f32::MAX, f32::MIN, f32::MAX];
        let mut middle = 0.0;
        for point in points {
            let seen = turn * *point;
            let depth = -seen.z;
            ends[0] = ends[0].max(seen.x - tan.x * depth);
            ends[1] = ends[1].min(seen.x + tan.x * depth);
            ends[2] = ends[2].max(seen.y - tan.y * depth);
            ends[3] = ends[3].min(seen.y + tan.y * depth);
            middle += depth / points.len() as f32;
        }
        if points.is_empty() {
            return *self;
        }
        let depth = ((ends[1] - ends[0]) / (2.0 * tan.x)).min((ends[3] - ends[2]) / (2.0 * tan.y));
        let eye = Vec3::new((ends[0] + ends[1]) / 2.0, (ends[2] + ends[3]) / 2.0, -depth);
        let distance = (middle - depth).max(NEAREST);
        Stance { focus: self.rotation() * (eye - Vec3::Z * distance), distance, ..*self }
    }
}

/// So much of the area a framed line fills at most; names need the rest.
const FILLED: f32 = 0.88;
/// The camera comes no nearer than that, in metres.
pub(crate) const NEAREST: f32 = 1.0;

/// The tangents of half the angles of view.
fn tangents(size: Vec2) -> Vec2 {
    let up = HALF_ANGLE.tan();
    Vec2::new(up * size.x.max(1.0) / size.y.max(1.0), up)
}

/// What is seen where.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lens {
    eye: Vec3,
    rotation: Quat,
    tan: Vec2,
    area: Rect,
}

impl Lens {
    /// The view from a stance into an area of the window, in logical pixels.
    pub(crate) fn new(stance: &Stance, area: Rect) -> Lens {
        let (eye, rotation) = (stance.eye(), stance.rotation());
        Lens { eye, rotation, tan: tangents(area.size()), area }
    }
    /// Where a point is seen, and how far it is in front of the eye; none for what is behind.
    pub(crate) fn project(&self, point: Vec3) -> Option<(Vec2, f32)> {
        let seen = self.rotation.inverse() * (point - self.eye);
        let depth = -seen.z;
        if depth < 0.1 {
            return None;
        }
        let share = Vec2::new(seen.x, -seen.y) / (depth * self.tan);
        Some((self.area.center() + share * self.area.half_size(), depth))
    }

    /// The ray from the eye through a place of the window.
    pub(crate) fn ray(&self, at: Vec2) -> Ray3d {
        let share = (at - self.area.center()) / self.area.half_size();
        let local = Vec3::new(share.x * self.tan.x, -share.y * self.tan.y, -1.0);
        let direction = bevy::math::Dir3::new(self.rotation * local).unwrap_or(bevy::math::Dir3::NEG_Y);
        Ray3d::new(self.eye, direction)
    }

    /// Where that ray meets the floor.
    pub(crate) fn on_floor(&self, at: Vec2) -> Option<Vec3> {
        let ray = self.ray(at);
        let along = -ray.origin.y / ray.direction.y;
        (along > 0.0 && along.is_finite()).then(|| ray.origin + *ray.direction * along)
    }

    /// How many metres one logical pixel is at a distance.
    pub(crate) fn metres_per_pixel(&self, depth: f32) -> f32 {
        2.0 * depth * self.tan.y / self.area.height().max(1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STANCE: Stance = Stance { focus: Vec3::new(1.0, 0.5, -2.0), distance: 9.0, yaw: -0.6, pitch: 0.6 };

    #[test]
    fn the_focus_is_in_the_middle_and_the_ray_through_a_point_meets_it() {
        let lens = Lens::new(&STANCE, Rect::new(100.0, 50.0, 900.0, 650.0));
        let (at, depth) = lens.project(STANCE.focus).unwrap();
        assert!(at.distance(Vec2::new(500.0, 350.0)) < 0.01 && (depth - 9.0).abs() < 1e-3);

        let point = Vec3::new(2.0, 0.0, -1.0);
        let (at, _) = lens.project(point).unwrap();
        assert!(lens.on_floor(at).unwrap().distance(point) < 0.01);
    }

    #[test]
    fn what_is_framed_is_seen_and_touches_two_sides() {
        let points: Vec<Vec3> = (0..8_u8)
            .map(|n| [n & 1, n >> 1 & 1, n >> 2].map(f32::from))
            .map(|[x, y, z]| Vec3::new(x * 50.0, y * 2.0, z * 3.0))
            .collect();
        let area = Rect::new(0.0, 0.0, 1280.0, 720.0);
        let lens = Lens::new(&STANCE.framing(&points, area.size()), area);
        let mut seen = Rect::EMPTY;
        for point in points {
            seen = seen.union_point(lens.project(point).unwrap().0);
        }
        assert!(area.contains(seen.min) && area.contains(seen.max), "{seen:?}");
        assert!(seen.width() > 0.8 * area.width(), "{seen:?}");
        assert!((seen.center().x - 640.0).abs() < 1.0, "{seen:?}");
    }
}
