//! What does not change while a line runs: where each element stands, and how it looks.

use super::plan::{self, Site};
use super::plan_floor::Footprint;
use super::plan_outline::outline;
use crate::equipment::appearance::{Appearance, Metres};
use crate::event::Slot;
use crate::line::{Element, Line};
use bevy::math::{Quat, Vec3};
use std::f32::consts::FRAC_PI_2;

/// A rectangle of the floor, its sides along x and z.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FloorArea {
    /// Its middle.
    pub at: Vec3,
    /// Half of its size.
    pub half: Vec3,
}

/// One element on the floor.
#[derive(Clone, Debug, PartialEq)]
pub struct Placement {
    /// The middle of its footprint, on the floor.
    pub at: Vec3,
    /// How far it is turned about the vertical, anticlockwise from above; its flow runs along x at 0.
    pub yaw: f32,
    /// How it looks.
    pub looks: Appearance,
    /// Parts that fit in; none for no limit.
    pub capacity: Option<u32>,
    /// How many there are of what it lends: people of a crew, robots that may be in a zone.
    pub lends: Option<u32>,
    /// What of the floor is around the elements that lie in it; nothing for most elements.
    pub outline: Vec<FloorArea>,
    /// Whether parts that come here are scrap.
    pub for_scrap: bool,
}

impl Placement {
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

    /// The corners of the box around it and its outline.
    pub fn bounds(&self) -> (Vec3, Vec3) {
        let half = self.half_size();
        let stands = (self.at - half.with_y(0.0), self.at + half.with_y(2.0 * half.y));
        self.outline.iter().fold(stands, |(low, high), patch| {
            (low.min(patch.at - patch.half), high.max(patch.at + patch.half))
        })
    }
}

/// A line on the floor.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenery {
    /// Its elements, by slot.
    pub standings: Vec<Placement>,
    /// The ways of parts: from, to, and the robot that carries them.
    pub ways: Vec<(Slot, Slot, Option<Slot>)>,
}

impl Scenery {
    /// A line on the floor, where its layout puts it or along its flow.
    pub fn of(line: &Line) -> Scenery {
        let looks: Vec<Appearance> =
            line.elements.iter().map(|element| element.datasheet.appearance.clone()).collect();
        let sites = sites(line, &looks);
        let spots = plan::arrange(&sites);
        let standing = |((slot, element), looks): ((usize, &Element), Appearance)| Placement {
            at: on_stage(spots[slot].at),
            yaw: f32::from(spots[slot].quarter_turns) * FRAC_PI_2,
            looks,
            capacity: element.datasheet.place_spec.capacity,
            lends: element.datasheet.lends,
            outline: outline(&sites, &spots, slot).into_iter().map(FloorArea::from).collect(),
            for_scrap: element.datasheet.is_for_scrap,
        };
        let standings = line.elements.iter().enumerate().zip(looks).map(standing).collect();
        let ways =
            line.elements.iter().zip(0..).flat_map(|(element, slot)| {
                element.outlets.iter().map(move |(to, by)| (Slot(slot), *to, *by))
            });
        Scenery { standings, ways: ways.collect() }
    }

    /// The corners of the box around everything; a metre around nothing.
    pub fn bounds(&self) -> (Vec3, Vec3) {
        let corners = self.standings.iter().map(Placement::bounds);
        corners
            .reduce(|(low, high), (other_low, other_high)| (low.min(other_low), high.max(other_high)))
            .unwrap_or((Vec3::splat(-0.5), Vec3::splat(0.5)))
    }
}

impl From<Footprint> for FloorArea {
    fn from(footprint: Footprint) -> FloorArea {
        let (x, z) = footprint.half;
        FloorArea { at: on_stage(footprint.at), half: Vec3::new(x as f32, 0.0, z as f32) }
    }
}

/// A place of the layout on the stage.
fn on_stage((x, y): (f64, f64)) -> Vec3 {
    Vec3::new(x as f32, 0.0, -y as f32)
}

fn sites(line: &Line, looks: &[Appearance]) -> Vec<Site> {
    let site = |(element, looks): (&Element, &Appearance)| {
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
            around: element.datasheet.around.iter().map(|slot| slot.index()).collect(),
        }
    };
    line.elements.iter().zip(looks).map(site).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::{Path, PathBuf};

    fn scenes(folder: &Path) -> Vec<PathBuf> {
        let entries =
            std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
        let (folders, files): (Vec<_>, Vec<_>) = entries.partition(|path| path.is_dir());
        let is_scene = |path: &PathBuf| {
            path.extension().is_some_and(|ext| ext == "ron") && !crate::layout::is_study(path)
        };
        let inner = folders.iter().flat_map(|folder| scenes(folder));
        files.into_iter().filter(is_scene).chain(inner).collect()
    }

    /// How far two footprints reach into each other, in metres.
    fn overlap(one: &Placement, two: &Placement) -> f32 {
        let room = one.half_size() + two.half_size() - (one.at - two.at).abs();
        room.x.min(room.z)
    }

    #[test]
    fn in_no_scene_does_anything_stand_in_anything_else() {
        for path in scenes(&Path::new(env!("CARGO_MANIFEST_DIR")).join("scenes")) {
            let line =
                crate::line::read(&path, &[]).map_err(|rejected| rejected.render(false)).expect("a line");
            let standings = Scenery::of(&line).standings;
            for (nth, one) in standings.iter().enumerate() {
                for (other, two) in standings.iter().enumerate().take(nth) {
                    let (overlap, names) =
                        (overlap(one, two), [other, nth].map(|at| &line.elements[at].name));
                    assert!(overlap < 0.01, "{}: {names:?} overlap by {overlap} m", path.display());
                }
            }
        }
    }
}
