//! Forms: blocks with rounded edges, things that a lathe could turn, ribbons on the floor, and a person; collected in a
//! [`Shell`] that becomes one mesh with colours at its corners.

use bevy::asset::RenderAssetUsages;
use bevy::mesh::{Indices, PrimitiveTopology};
use bevy::prelude::*;
use std::f32::consts::TAU;

/// A colour as a mesh holds it.
pub(crate) type Tint = [f32; 4];

/// A surface in the making.
#[derive(Default)]
pub(crate) struct Shell {
    positions: Vec<[f32; 3]>,
    normals: Vec<[f32; 3]>,
    tints: Vec<[f32; 4]>,
    indices: Vec<u32>,
}

/// A point of a profile that a lathe turns: distance from the axis, height, and where the surface looks.
type Turned = (f32, f32, Vec2);

impl Shell {
    /// Whether there is nothing in it.
    pub(crate) fn is_empty(&self) -> bool {
        self.indices.is_empty()
    }

    /// The mesh.
    pub(crate) fn mesh(self) -> Mesh {
        Mesh::new(PrimitiveTopology::TriangleList, RenderAssetUsages::default())
            .with_inserted_attribute(Mesh::ATTRIBUTE_POSITION, self.positions)
            .with_inserted_attribute(Mesh::ATTRIBUTE_NORMAL, self.normals)
            .with_inserted_attribute(Mesh::ATTRIBUTE_COLOR, self.tints)
            .with_inserted_indices(Indices::U32(self.indices))
    }

    /// The corners of the box around it.
    #[cfg(test)]
    pub(crate) fn corners(&self) -> Option<(Vec3, Vec3)> {
        let points = self.positions.iter().map(|point| Vec3::from_array(*point));
        points.map(|point| (point, point)).reduce(|one, two| (one.0.min(two.0), one.1.max(two.1)))
    }

    fn corner(&mut self, at: &Transform, point: Vec3, normal: Vec3, tint: Tint) -> u32 {
        self.positions.push((at.translation + at.rotation * point).to_array());
        self.normals.push((at.rotation * normal).to_array());
        self.tints.push(tint);
        self.positions.len() as u32 - 1
    }

    /// A triangle that looks where the normals of its corners look; nothing if it has no area.
    fn triangle(&mut self, [a, b, c]: [u32; 3]) {
        let point = |n: u32| Vec3::from_array(self.positions[n as usize]);
        let normal = |n: u32| Vec3::from_array(self.normals[n as usize]);
        let across = (point(b) - point(a)).cross(point(c) - point(a));
        if across.length_squared() < 1e-14 {
            return;
        }
        let outward = across.dot(normal(a) + normal(b) + normal(c)) >= 0.0;
        self.indices.extend(if outward { [a, b, c] } else { [a, c, b] });
    }

    fn quad(&mut self, [a, b, c, d]: [u32; 4]) {
        self.triangle([a, b, c]);
        self.triangle([a, c, d]);
    }

    /// A block with rounded edges.
    pub(crate) fn block(&mut self, at: &Transform, size: Vec3, bevel: f32, tint: Tint) {
        self.taper(at, size, Vec2::ONE, bevel, tint);
    }

    /// A block whose upper side is so much of the lower one.
    pub(crate) fn taper(&mut self, at: &Transform, size: Vec3, top: Vec2, bevel: f32, tint: Tint) {
        let half = size / 2.0;
        let bevel = bevel.min(half.min_element() * 0.6).max(0.0);
        let first = self.positions.len() as u32;
        for corner in 0..8_u8 {
            let sign = Vec3::from_array([1, 2, 4].map(|bit: u8| if corner & bit == 0 { -1.0 } else { 1.0 }));
            let narrow = if sign.y > 0.0 { Vec3::new(top.x, 1.0, top.y) } else { Vec3::ONE };
            for axis in 0..3 {
                let mut point = half * narrow - Vec3::splat(bevel);
                point[axis] += bevel;
                let normal = Vec3::ZERO.with_axis(axis, sign[axis]);
                self.corner(at, point * sign, normal, tint);
            }
        }
        self.faces(first);
        if bevel > 0.0 {
            self.edges(first);
        }
    }

    /// The faces of a block whose corners begin at a vertex; each corner has one for each axis.
    fn faces(&mut self, first: u32) {
        for axis in 0..3_usize {
            let [along, b, c] = axes_from(axis);
            for side in [0, along] {
                let corners = [side, side | b, side | b | c, side | c];
                self.quad(corners.map(|corner| vertex(first, corner, axis)));
            }
        }
    }

    /// Its edges and corners, between the faces.
    fn edges(&mut self, first: u32) {
        for axis in 0..3_usize {
            let [along, b, c] = axes_from(axis);
            let (next, last) = ((axis + 1) % 3, (axis + 2) % 3);
            for one in [0, b, c, b | c] {
                let other = one | along;
                let corners = [(one, next), (other, next), (other, last), (one, last)];
                self.quad(corners.map(|(corner, axis)| vertex(first, corner, axis)));
            }
        }
        for corner in 0..8 {
            self.triangle([0, 1, 2].map(|axis| vertex(first, corner, axis)));
        }
    }

    /// What a lathe makes of a profile, about the upright axis; every so many-th facet may have another colour.
    fn lathe(&mut self, at: &Transform, profile: &[Turned], facets: u32, tints: &dyn Fn(u32) -> Tint) {
        for facet in 0..facets {
            let tint = tints(facet);
            let turns = [facet, facet + 1].map(|n| Quat::from_rotation_y(n as f32 / facets as f32 * TAU));
            let mut below: Option<[u32; 2]> = None;
            for &(radius, height, normal) in profile {
                let [one, other] = turns.map(|turn| {
                    let point = turn * Vec3::new(radius, height, 0.0);
                    let normal = turn * Vec3::new(normal.x, normal.y, 0.0);
                    (point, normal)
                });
                let ring = [self.corner(at, one.0, one.1, tint), self.corner(at, other.0, other.1, tint)];
                if let Some([a, b]) = below {
                    self.quad([a, b, ring[1], ring[0]]);
                }
                below = Some(ring);
            }
        }
    }

    /// A standing cylinder or cone with rounded rims, from the middle.
    pub(crate) fn cone(
        &mut self,
        at: &Transform,
        [low, high]: [f32; 2],
        height: f32,
        facets: u32,
        tint: Tint,
    ) {
        self.striped_cone(at, [low, high], height, facets, &|_| tint);
    }

    /// The same with facets of several colours, so that one sees it turn.
    pub(crate) fn striped_cone(
        &mut self,
        at: &Transform,
        [low, high]: [f32; 2],
        height: f32,
        facets: u32,
        tints: &dyn Fn(u32) -> Tint,
    ) {
        let half = height / 2.0;
        let bevel = (low.min(high) * 0.25).min(half * 0.25).min(0.03);
        let (down, up) = (Vec2::NEG_Y, Vec2::Y);
        let side = Vec2::new(height, low - high).normalize_or(Vec2::X);
        let profile = [
            (0.0, -half, down),
            (low - bevel, -half, down),
            (low, -half + bevel, side),
            (high, half - bevel, side),
            (high - bevel, half, up),
            (0.0, half, up),
        ];
        self.lathe(at, &profile, facets, tints);
    }

    /// A ball.
    pub(crate) fn ball(&mut self, at: &Transform, radius: f32, facets: u32, tint: Tint) {
        let rings = (facets / 2).max(4);
        let point = |n: u32| {
            let normal = Vec2::from_angle((n as f32 / rings as f32 - 0.5) * TAU / 2.0);
            (radius * normal.x, radius * normal.y, normal)
        };
        let profile: Vec<Turned> = (0..=rings).map(point).collect();
        self.lathe(at, &profile, facets, &|_| tint);
    }

    /// A flat ribbon on the floor through these points.
    pub(crate) fn ribbon(&mut self, points: &[Vec3], width: f32, tint: Tint) {
        let ahead = |n: usize| points[(n + 1).min(points.len() - 1)] - points[n.saturating_sub(1)];
        let mut before: Option<[u32; 2]> = None;
        for (number, &point) in points.iter().enumerate() {
            let across = Vec3::Y.cross(ahead(number)).normalize_or_zero() * width / 2.0;
            let ends = [point - across, point + across]
                .map(|end| self.corner(&Transform::IDENTITY, end, Vec3::Y, tint));
            if let Some([a, b]) = before {
                self.quad([a, b, ends[1], ends[0]]);
            }
            before = Some(ends);
        }
    }

    /// A flat frame on the floor: so far from its middle to the middle of its sides.
    pub(crate) fn frame(&mut self, middle: Vec3, half: Vec3, width: f32, tint: Tint) {
        let at = |x: f32, z: f32| middle + Vec3::new(x, 0.0, z);
        let (x, z, inset) = (half.x, half.z, width / 2.0);
        for (from, to) in [
            (at(-x - inset, -z), at(x + inset, -z)),
            (at(-x - inset, z), at(x + inset, z)),
            (at(-x, -z + inset), at(-x, z - inset)),
            (at(x, -z + inset), at(x, z - inset)),
        ] {
            self.ribbon(&[from, to], width, tint);
        }
    }

    /// A flat triangle on the floor.
    pub(crate) fn tip(&mut self, points: [Vec3; 3], tint: Tint) {
        let corners = points.map(|point| self.corner(&Transform::IDENTITY, point, Vec3::Y, tint));
        self.triangle(corners);
    }

    /// A person who stands and looks along the flow: boots, trousers, a vest, arms, a head and a helmet.
    pub(crate) fn person(&mut self, at: &Transform, vest: Tint, dark: Tint) {
        let (skin, light) = ([0.62, 0.42, 0.31, 1.0], [0.86, 0.86, 0.82, 1.0]);
        let place = |x: f32, y: f32, z: f32| Transform {
            translation: at.translation + at.rotation * Vec3::new(x, y, z),
            ..*at
        };
        for side in [-1.0, 1.0] {
            self.block(&place(0.04, 0.05, 0.1 * side), Vec3::new(0.28, 0.1, 0.12), 0.03, dark);
            self.cone(&place(0.0, 0.46, 0.1 * side), [0.075, 0.095], 0.78, 12, dark);
            let mut arm = place(0.03, 1.14, 0.28 * side);
            arm.rotation *= Quat::from_rotation_x(-0.13 * side) * Quat::from_rotation_z(0.18);
            self.cone(&arm, [0.045, 0.06], 0.56, 10, light);
            self.ball(&place(0.09, 0.84, 0.32 * side), 0.055, 10, skin);
        }
        self.taper(&place(0.0, 1.13, 0.0), Vec3::new(0.22, 0.62, 0.36), Vec2::new(1.05, 1.2), 0.08, vest);
        self.cone(&place(0.0, 1.47, 0.0), [0.055, 0.055], 0.1, 10, skin);
        self.ball(&place(0.0, 1.61, 0.0), 0.12, 14, skin);
        self.cone(&place(0.0, 1.70, 0.0), [0.135, 0.09], 0.12, 14, vest);
        self.cone(&place(0.05, 1.655, 0.0), [0.165, 0.15], 0.025, 14, vest);
    }
}

/// The vertex of a corner of a block that belongs to the faces across an axis.
fn vertex(first: u32, corner: u8, axis: usize) -> u32 {
    first + u32::from(corner) * 3 + axis as u32
}

/// The bits of a corner's number for this axis and the two after it.
fn axes_from(axis: usize) -> [u8; 3] {
    [axis, (axis + 1) % 3, (axis + 2) % 3].map(|axis| 1 << axis)
}

/// Writes one coordinate.
trait WithAxis {
    fn with_axis(self, axis: usize, value: f32) -> Self;
}

impl WithAxis for Vec3 {
    fn with_axis(mut self, axis: usize, value: f32) -> Vec3 {
        self[axis] = value;
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_triangle_looks_outwards() {
        let mut shell = Shell::default();
        shell.block(&Transform::IDENTITY, Vec3::new(2.0, 1.0, 0.5), 0.05, [1.0; 4]);
        assert_eq!(shell.indices.len() / 3, 44, "six faces, twelve edges, eight corners");
        for corners in shell.indices.chunks(3) {
            let [a, b, c] = [0, 1, 2].map(|n| Vec3::from_array(shell.positions[corners[n] as usize]));
            assert!((b - a).cross(c - a).dot(a + b + c) > 0.0);
        }
    }

    #[test]
    fn a_ball_is_as_large_as_it_says() {
        let mut shell = Shell::default();
        shell.ball(&Transform::IDENTITY, 0.5, 16, [1.0; 4]);
        assert!(shell.positions.iter().all(|&point| (Vec3::from_array(point).length() - 0.5).abs() < 1e-4));
    }
}
