//! What does not change while a line runs: where each element stands, and how it looks.

use super::plan::{self, Site, Spot};
use crate::equipment::appearance::{Appearance, Metres};
use crate::event::Slot;
use crate::line::Line;
use bevy::math::{Quat, Vec3};
use std::f32::consts::FRAC_PI_2;

/// One element on the floor.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    /// The middle of its footprint, on the floor.
    pub at: Vec3,
    /// How far it is turned about the vertical, anticlockwise from above; its flow runs along x at 0.
    pub yaw: f32,
    /// How it looks.
    pub looks: Appearance,
    /// Parts that fit in; none for no limit.
    pub capacity: Option<u32>,
    /// Whether what comes here is waste.
    pub for_scrap: bool,
}

impl Standing {
    /// A place in its own frame as a place on the stage.
    pub fn point(&self, [x, y, z]: Metres) -> Vec3 {
        self.at + Quat::from_rotation_y(self.yaw) * Vec3::new(x, y, z)
    }

    /// Half of what it takes up of the stage along x, y and z.
    pub fn half_size(&self) -> Vec3 {
        let [along, across] = self.looks.footprint;
        let turned = self.yaw.sin().abs() > 0.5;
        let (x, z) = if turned { (across, along) } else { (along, across) };
        Vec3::new(x, self.looks.height, z) / 2.0
    }
}

/// A line on the floor.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenery {
    /// Its elements, by slot.
    pub standings: Vec<Standing>,
    /// The ways of parts: from, to, and the robot that carries them.
    pub ways: Vec<(Slot, Slot, Option<Slot>)>,
}

impl Scenery {
    /// A line on the floor, where its layout puts it or along its flow.
    pub fn of(line: &Line) -> Scenery {
        let looks: Vec<Appearance> =
            line.elements.iter().map(|element| element.prototype.appearance()).collect();
        let spots = plan::arrange(&sites(line, &looks));
        let standing = |((element, looks), spot): ((&crate::line::Element, Appearance), Spot)| Standing {
            at: Vec3::new(spot.at.0 as f32, 0.0, -spot.at.1 as f32),
            yaw: f32::from(spot.quarter_turns) * FRAC_PI_2,
            looks,
            capacity: element.prototype.furnishing().capacity,
            for_scrap: element.prototype.is_for_scrap(),
        };
        let standings = line.elements.iter().zip(looks).zip(spots).map(standing).collect();
        let ways =
            line.elements.iter().zip(0..).flat_map(|(element, slot)| {
                element.outlets.iter().map(move |(to, by)| (Slot(slot), *to, *by))
            });
        Scenery { standings, ways: ways.collect() }
    }

    /// The corners of the box around everything; a metre around nothing.
    pub fn bounds(&self) -> (Vec3, Vec3) {
        let corners = self.standings.iter().map(|standing| {
            let half = standing.half_size();
            let (low, high) = (standing.at - half.with_y(0.0), standing.at + half.with_y(2.0 * half.y));
            (low, high)
        });
        corners
            .reduce(|(low, high), (other_low, other_high)| (low.min(other_low), high.max(other_high)))
            .unwrap_or((Vec3::splat(-0.5), Vec3::splat(0.5)))
    }
}

fn sites(line: &Line, looks: &[Appearance]) -> Vec<Site> {
    let site = |(element, looks): (&crate::line::Element, &Appearance)| {
        let ends = element.carries.iter().flat_map(|(from, to)| [from.index(), to.index()]);
        let mut serves: Vec<usize> = ends.collect();
        serves.sort_unstable();
        serves.dedup();
        let [along, across] = looks.footprint;
        Site {
            footprint: (f64::from(along), f64::from(across)),
            given: element.position,
            next: element.outlets.iter().map(|(to, _)| to.index()).collect(),
            serves,
        }
    };
    line.elements.iter().zip(looks).map(site).collect()
}
