//! What lies on the floor: faint arrows along the ways of the parts, outlines around what is enclosed, a frame around what
//! is selected, and a tint below what is another than before.

use super::eyes::layer;
use super::outlines;
use super::paints::{Paints, tint};
use super::panes::{SIDES, Style};
use super::shell::{Shell, Tint};
use super::show::{Show, ShowSide};
use crate::event::Slot;
use crate::stage::palette::Palette;
use crate::stage::{Placement, Scenery};
use bevy::camera::visibility::RenderLayers;
use bevy::light::NotShadowCaster;
use bevy::prelude::*;

/// Colour of the frame around what is selected.
pub(crate) const SELECTED: [u8; 3] = [0x0B, 0x6E, 0xF0];
/// Colour of what is another than on the other side.
pub(crate) const CHANGED: [u8; 3] = [0xE2, 0x4F, 0xA8];
/// Heights above the floor, so that nothing flickers.
const ARROWS: f32 = 0.006;
const OUTLINES: f32 = 0.009;
const TINTS: f32 = 0.012;
const FRAMES: f32 = 0.03;

/// What is painted for each side: what it was painted from, and the four sheets.
#[derive(Resource, Default)]
pub(crate) struct Painted {
    sides: [Sheets; SIDES],
}

#[derive(Default)]
struct Sheets {
    arrows: Option<u64>,
    outlines: Option<(u64, Palette, Vec<bool>)>,
    changed: Option<(u64, Vec<bool>)>,
    selected: Option<(u64, Slot)>,
    entities: [Option<Entity>; 4],
}

/// What sheets are painted with.
struct Easel<'a, 'w, 's> {
    commands: &'a mut Commands<'w, 's>,
    meshes: &'a mut Assets<Mesh>,
    paints: &'a Paints,
    side: usize,
}

impl Easel<'_, '_, '_> {
    /// Replaces a sheet.
    fn paint(&mut self, sheet: &mut Option<Entity>, shell: Option<Shell>) {
        if let Some(old) = sheet.take() {
            self.commands.entity(old).try_despawn();
        }
        *sheet = shell.filter(|shell| !shell.is_empty()).map(|shell| {
            let painting = (
                Mesh3d(self.meshes.add(shell.mesh())),
                MeshMaterial3d(self.paints.flat.clone()),
                RenderLayers::layer(layer(self.side)),
                NotShadowCaster,
            );
            self.commands.spawn(painting).id()
        });
    }
}

/// Paints what is new.
pub(crate) fn build(
    mut commands: Commands,
    show: Res<Show>,
    paints: Res<Paints>,
    mut painted: ResMut<Painted>,
    mut meshes: ResMut<Assets<Mesh>>,
) {
    let styles = show.styles();
    for (number, sheets) in painted.sides.iter_mut().enumerate() {
        let side = show.sides.get(number).filter(|_| styles[number] == Some(Style::Solid));
        let (commands, meshes) = (&mut commands, &mut *meshes);
        let easel = Easel { commands, meshes, paints: &paints, side: number };
        sheets.follow(side, show.palette, easel);
    }
}

impl Sheets {
    fn follow(&mut self, side: Option<&ShowSide>, palette: Palette, mut easel: Easel<'_, '_, '_>) {
        let [arrows_sheet, outlines_sheet, changed_sheet, selected_sheet] = &mut self.entities;
        let generation = side.map(|side| side.generation);
        if self.arrows != generation {
            self.arrows = generation;
            easel.paint(arrows_sheet, side.map(|side| arrows(&side.scenery)));
        }
        let outlined = side.map(|side| (side.generation, palette, outlines::taken(side)));
        if self.outlines != outlined {
            let outline = |(_, palette, taken): &(u64, Palette, Vec<bool>)| {
                side.map(|side| outlines::paint(&side.scenery, taken, *palette, OUTLINES))
            };
            easel.paint(outlines_sheet, outlined.as_ref().and_then(outline));
            self.outlines = outlined;
        }
        let marked = self.changed.as_ref().map(|(generation, changed)| (*generation, changed.as_slice()));
        if marked != side.map(|side| (side.generation, side.changed.as_slice())) {
            self.changed = side.map(|side| (side.generation, side.changed.clone()));
            easel.paint(changed_sheet, side.map(changed));
        }
        let chosen = side.and_then(|side| Some((side.generation, side.selected?)));
        if self.selected != chosen {
            self.selected = chosen;
            let frame = side.zip(chosen).and_then(|(side, (_, slot))| selected(side, slot));
            easel.paint(selected_sheet, frame);
        }
    }
}

fn changed(side: &ShowSide) -> Shell {
    let mut shell = Shell::default();
    let colour = tint(CHANGED);
    for (standing, changed) in side.scenery.standings.iter().zip(&side.changed) {
        if *changed {
            frame(&mut shell, standing, 0.16, 0.12, TINTS, colour);
        }
    }
    shell
}

fn selected(side: &ShowSide, slot: Slot) -> Option<Shell> {
    let standing = side.scenery.standings.get(slot.index())?;
    let mut shell = Shell::default();
    frame(&mut shell, standing, 0.34, 0.11, FRAMES, tint(SELECTED));
    for patch in &standing.outline {
        shell.frame(patch.at + Vec3::Y * FRAMES, patch.half + Vec3::splat(0.1), 0.06, tint(SELECTED));
    }
    Some(shell)
}

/// A frame around what something takes up of the floor.
fn frame(shell: &mut Shell, standing: &Placement, margin: f32, width: f32, height: f32, colour: Tint) {
    let half = standing.half_size() + Vec3::splat(margin);
    shell.frame(standing.at + Vec3::Y * height, half, width, colour);
}

/// A faint arrow for every way of parts.
fn arrows(scenery: &Scenery) -> Shell {
    let mut shell = Shell::default();
    let faint = |rgb, strength| {
        let [red, green, blue, _] = tint(rgb);
        [red, green, blue, strength]
    };
    for (from, to, by) in &scenery.ways {
        let ends = (scenery.standings.get(from.index()), scenery.standings.get(to.index()));
        let (Some(from), Some(to)) = ends else { continue };
        let colour =
            if by.is_some() { faint([0xC8, 0x6A, 0x1E], 0.40) } else { faint([0x2E, 0x5E, 0x86], 0.40) };
        arrow(&mut shell, from, to, colour);
    }
    shell
}

/// From the exit of one to the entry of the other, in an arc if they do not face each other.
fn arrow(shell: &mut Shell, from: &Placement, to: &Placement, colour: Tint) {
    let lift = Vec3::Y * ARROWS;
    let begin = from.point([from.looks.footprint[0] / 2.0 + 0.06, 0.0, 0.0]) + lift;
    let end = to.point([-to.looks.footprint[0] / 2.0 - 0.06, 0.0, 0.0]) + lift;
    let span = begin.distance(end);
    if span < 0.25 {
        return;
    }
    let [out, into] = [from, to].map(|standing| Quat::from_rotation_y(standing.yaw) * Vec3::X);
    let reach = span * 0.4;
    let (head, wing) = ((span * 0.4).min(0.36), (span * 0.25).min(0.2));
    let neck = end - into * head;
    let (first, second) = (begin + out * reach, neck - into * reach);
    let point = |n: u8| {
        let t = f32::from(n) / 24.0;
        begin
            .lerp(first, t)
            .lerp(first.lerp(second, t), t)
            .lerp(first.lerp(second, t).lerp(second.lerp(neck, t), t), t)
    };
    let points: Vec<Vec3> = (0..=24).map(point).collect();
    shell.ribbon(&points, wing * 0.55, colour);
    let aside = into.cross(Vec3::Y) * wing;
    shell.tip([end, neck + aside, neck - aside], colour);
}
