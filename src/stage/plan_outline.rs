//! The outline of what encloses others, such as a zone: boxes on the floor around the footprints of what lies in it.
//!
//! One box around all of them, unless something else would lie in it too; then several, begun from the left. Robots may
//! stand in a box, and so may signs: a viewer does not take them for its contents.

use super::plan::{Site, Spot};
use super::plan_floor::Footprint;

/// From a footprint to the outline around it, in metres: less than half of what two footprints keep between them.
pub(super) const MARGIN: f64 = 0.44;

/// The boxes around what lies in a site; nothing for most sites.
pub(super) fn outline(sites: &[Site], spots: &[Spot], at: usize) -> Vec<Footprint> {
    let around = &sites[at].around;
    let footprint = |at: usize| Footprint { at: spots[at].at, half: sites[at].half(spots[at].quarter_turns) };
    let mut inside: Vec<Footprint> =
        around.iter().filter(|at| **at < sites.len()).map(|at| footprint(*at)).collect();
    let Some(whole) = inside.iter().copied().reduce(joined) else { return Vec::new() };
    inside.sort_by(|one, two| one.at.0.total_cmp(&two.at.0).then(one.at.1.total_cmp(&two.at.1)));
    let stands_out = |at: &usize| !sites[*at].is_robot() && !sites[*at].is_sign() && !around.contains(at);
    let others = (0..sites.len()).filter(stands_out).map(footprint);
    let others: Vec<Footprint> = others.filter(|other| other.is_near(&whole, 0.0)).collect();
    let mut boxes: Vec<Footprint> = Vec::new();
    for one in inside {
        let wider = boxes.last().map(|last| joined(*last, one));
        // What stands so close that it touches one alone anyhow is no reason to part them.
        let parts = |other: &Footprint, wider: &Footprint| {
            let touched = boxes.last().into_iter().chain([&one]).any(|alone| other.is_near(alone, 0.0));
            other.is_near(wider, 0.0) && !touched
        };
        let free = wider.filter(|wider| !others.iter().any(|other| parts(other, wider)));
        match (boxes.last_mut(), free) {
            (Some(last), Some(wider)) => *last = wider,
            _ => boxes.push(one),
        }
    }
    boxes.into_iter().map(widened).collect()
}

fn widened(footprint: Footprint) -> Footprint {
    let (x, y) = footprint.half;
    Footprint { half: (x + MARGIN, y + MARGIN), ..footprint }
}

/// The smallest box around two.
fn joined(one: Footprint, two: Footprint) -> Footprint {
    let side = |one: (f64, f64), two: (f64, f64)| {
        let (low, high) = ((one.0 - one.1).min(two.0 - two.1), (one.0 + one.1).max(two.0 + two.1));
        ((low + high) / 2.0, (high - low) / 2.0)
    };
    let (x, y) = (
        side((one.at.0, one.half.0), (two.at.0, two.half.0)),
        side((one.at.1, one.half.1), (two.at.1, two.half.1)),
    );
    Footprint { at: (x.0, y.0), half: (x.1, y.1) }
}

#[cfg(test)]
mod tests {
    use super::super::plan::arrange;
    use super::super::plan_tests::{at, chain, station};
    use super::*;

    fn sign(around: &[usize]) -> Site {
        Site { footprint: (0.5, 0.5), around: around.to_vec(), ..Site::default() }
    }

    fn holds(around: &Footprint, spot: &Spot) -> bool {
        (around.at.0 - spot.at.0).abs() < around.half.0 && (around.at.1 - spot.at.1).abs() < around.half.1
    }

    #[test]
    fn one_box_is_around_neighbours_and_nothing_else() {
        let mut sites = chain(5);
        sites.push(sign(&[2, 1]));

        let spots = arrange(&sites);
        let boxes = outline(&sites, &spots, 5);

        assert_eq!(boxes.len(), 1);
        let inside: Vec<bool> = spots[..5].iter().map(|spot| holds(&boxes[0], spot)).collect();
        assert_eq!(inside, [false, true, true, false, false]);
        assert!(outline(&sites, &spots, 0).is_empty());
    }

    #[test]
    fn what_lies_between_is_left_out() {
        let mut sites = chain(4);
        sites.push(sign(&[3, 0, 2]));

        let spots = arrange(&sites);
        let boxes = outline(&sites, &spots, 4);

        let held = |spot: &Spot| boxes.iter().filter(|around| holds(around, spot)).count();
        assert_eq!(boxes.len(), 2);
        assert_eq!([0, 1, 2, 3].map(|at| held(&spots[at])), [1, 0, 1, 1]);
    }

    #[test]
    fn what_stands_close_by_parts_nothing() {
        let places = [(0.0, 0.0), (3.0, 0.0), (5.2, 0.0)];
        let mut sites: Vec<Site> = places.iter().map(|&(x, y)| at(x, y, station(&[]))).collect();
        sites.push(sign(&[0, 1]));

        assert_eq!(outline(&sites, &arrange(&sites), 3).len(), 1);
    }

    #[test]
    fn a_sign_without_a_place_stands_at_the_edge_and_moves_nobody() {
        for sites in [chain(6), vec![at(3.0, 4.0, station(&[1])), station(&[2]), station(&[])]] {
            let without = arrange(&sites);
            let mut with = sites.clone();
            with.push(sign(&[1, 2]));

            let spots = arrange(&with);

            assert_eq!(spots[..sites.len()], without);
            let (edge, sign) = (outline(&with, &spots, sites.len())[0], spots[sites.len()].at);
            let off = [(sign.0 - edge.at.0).abs() - edge.half.0, (sign.1 - edge.at.1).abs() - edge.half.1];
            assert!(off.iter().all(|off| *off < 0.01) && off.iter().any(|off| off.abs() < 0.01), "{off:?}");
        }
    }

    #[test]
    fn a_sign_with_a_place_stays_there() {
        let mut sites = chain(3);
        sites.push(at(9.0, -4.0, sign(&[0])));

        assert_eq!(arrange(&sites)[3].at, (9.0, -4.0));
    }
}
