//! The outlines on the floor of what encloses other elements, such as a zone that robots share: a tape around them, joined to
//! its sign. It has the colour of work where another may enter. Where none may enter, it has the colour of blocked elements,
//! and the floor is hatched, so that colour is never the only sign.

use super::paints::tint;
use super::shell::{Shell, Tint};
use super::show::ShowSide;
use crate::event::State;
use crate::stage::palette::Palette;
use crate::stage::{FloorArea, Placement, Scenery, Seen};
use bevy::math::Vec3;

/// Width of the tape, and of what joins it to its sign, in metres.
const TAPE: f32 = 0.08;
const THREAD: f32 = 0.04;
/// From one line of the hatching to the next along x, and their width, in metres.
const HATCHES: f32 = 0.5;
const HATCH: f32 = 0.07;
/// How much of the floor the hatching hides.
const FAINT: f32 = 0.45;

/// Which elements with an outline have lent all that they have, by slot.
pub(super) fn taken(side: &ShowSide) -> Vec<bool> {
    let is_taken = |(standing, slot): (&Placement, usize)| {
        let lent = side.picture.elements.get(slot).map_or(0, |seen: &Seen| seen.lent);
        !standing.outline.is_empty() && standing.lends.is_some_and(|all| lent >= all)
    };
    side.scenery.standings.iter().zip(0..).map(is_taken).collect()
}

/// All outlines of a line, so high above the floor.
pub(super) fn paint(scenery: &Scenery, taken: &[bool], palette: Palette, height: f32) -> Shell {
    let mut shell = Shell::default();
    for (standing, taken) in scenery.standings.iter().zip(taken) {
        let colour = tint(palette.of(if *taken { State::Blocked } else { State::Working }));
        let lifted = |patch: &FloorArea| FloorArea { at: patch.at.with_y(height), ..*patch };
        let patches: Vec<FloorArea> = standing.outline.iter().map(lifted).collect();
        for patch in &patches {
            shell.frame(patch.at, patch.half, TAPE, colour);
            if *taken {
                hatch(&mut shell, patch, colour);
            }
        }
        let sign = FloorArea { at: standing.at.with_y(height), half: standing.half_size().with_y(0.0) };
        patches.windows(2).for_each(|pair| join(&mut shell, between(&pair[0], &pair[1]), colour));
        let threads = patches.iter().map(|patch| between(&sign, patch));
        let shortest = threads.min_by(|one, two| length(one).total_cmp(&length(two)));
        shortest.into_iter().for_each(|thread| join(&mut shell, thread, colour));
    }
    shell
}

/// Lines across a patch; those of patches beside each other go on from one to the other.
fn hatch(shell: &mut Shell, patch: &FloorArea, [red, green, blue, _]: Tint) {
    let (low, high) = (patch.at - patch.half, patch.at + patch.half);
    let first = ((low.x + low.z) / HATCHES).ceil() as i32;
    let last = ((high.x + high.z) / HATCHES).floor() as i32;
    for nth in first..=last {
        let sum = nth as f32 * HATCHES;
        let (from, to) = (low.x.max(sum - high.z), high.x.min(sum - low.z));
        let point = |x: f32| Vec3::new(x, patch.at.y, sum - x);
        shell.ribbon(&[point(from), point(to)], HATCH, [red, green, blue, FAINT]);
    }
}

fn join(shell: &mut Shell, thread: [Vec3; 2], colour: Tint) {
    if length(&thread) > TAPE {
        shell.ribbon(&thread, THREAD, colour);
    }
}

fn length([from, to]: &[Vec3; 2]) -> f32 {
    from.distance(*to)
}

/// The shortest way from one patch to another; both ends are the same where they overlap.
fn between(one: &FloorArea, other: &FloorArea) -> [Vec3; 2] {
    let along = |axis: usize| {
        let low = (one.at[axis] - one.half[axis]).max(other.at[axis] - other.half[axis]);
        let high = (one.at[axis] + one.half[axis]).min(other.at[axis] + other.half[axis]);
        match low <= high {
            true => [(low + high) / 2.0; 2],
            false if one.at[axis] < other.at[axis] => [high, low],
            false => [low, high],
        }
    };
    let (x, z) = (along(0), along(2));
    [0, 1].map(|end| Vec3::new(x[end], one.at.y, z[end]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn patch(x: f32, z: f32) -> FloorArea {
        FloorArea { at: Vec3::new(x, 0.0, z), half: Vec3::new(1.0, 0.0, 1.0) }
    }

    #[test]
    fn the_shortest_way_leads_from_edge_to_edge() {
        assert_eq!(
            between(&patch(0.0, 0.0), &patch(5.0, 1.0)),
            [Vec3::new(1.0, 0.0, 0.5), Vec3::new(4.0, 0.0, 0.5)]
        );
        assert_eq!(
            between(&patch(0.0, 0.0), &patch(-5.0, -4.0)),
            [Vec3::new(-1.0, 0.0, -1.0), Vec3::new(-4.0, 0.0, -3.0)]
        );
        assert_eq!(length(&between(&patch(0.0, 0.0), &patch(1.5, -0.5))), 0.0);
    }

    #[test]
    fn a_hatching_stays_within_its_patch() {
        let mut shell = Shell::default();
        hatch(&mut shell, &patch(3.2, -1.7), [1.0; 4]);
        let (low, high) = shell.corners().expect("some lines");
        assert!(low.x > 2.2 - HATCH && high.x < 4.2 + HATCH, "{low} {high}");
        assert!(low.z > -2.7 - HATCH && high.z < -0.7 + HATCH, "{low} {high}");
    }
}
