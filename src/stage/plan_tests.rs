//! What a plan promises, on lines drawn by hand.

use super::plan::{Site, Spot, arrange};
use super::plan_flow::PlanFlow;
use super::plan_layers::Layers;
use super::plan_order::{crossings, ordered};

pub(super) fn station(next: &[usize]) -> Site {
    Site { footprint: (2.0, 1.5), next: next.to_vec(), ..Site::default() }
}

fn robot(serves: &[usize]) -> Site {
    Site { footprint: (1.2, 1.0), serves: serves.to_vec(), ..Site::default() }
}

pub(super) fn at(x: f64, y: f64, site: Site) -> Site {
    Site { given: Some((x, y)), ..site }
}

pub(super) fn chain(length: usize) -> Vec<Site> {
    let next = |at| if at + 1 < length { vec![at + 1] } else { Vec::new() };
    (0..length).map(|at| station(&next(at))).collect()
}

/// The clear width between two footprints: along x or along y, whichever is more.
fn apart(sites: &[Site], spots: &[Spot], one: usize, two: usize) -> f64 {
    let half = |at: usize| sites[at].half(spots[at].quarter_turns);
    let (a, b) = (spots[one].at, spots[two].at);
    let x = (a.0 - b.0).abs() - half(one).0 - half(two).0;
    let y = (a.1 - b.1).abs() - half(one).1 - half(two).1;
    x.max(y)
}

/// Width and height of everything.
fn size(sites: &[Site], spots: &[Spot]) -> (f64, f64) {
    let side = |of: &dyn Fn(usize) -> (f64, f64)| {
        let low = (0..spots.len()).map(|at| of(at).0 - of(at).1).fold(f64::MAX, f64::min);
        (0..spots.len()).map(|at| of(at).0 + of(at).1).fold(f64::MIN, f64::max) - low
    };
    let half = |at: usize| sites[at].half(spots[at].quarter_turns);
    (side(&|at| (spots[at].at.0, half(at).0)), side(&|at| (spots[at].at.1, half(at).1)))
}

pub(super) fn keeps_distances(sites: &[Site], spots: &[Spot]) -> Result<(), String> {
    for one in 0..sites.len() {
        for two in 0..one {
            let gap = if sites[one].is_robot() || sites[two].is_robot() { 0.3 } else { 1.0 };
            let both_given = sites[one].given.is_some() && sites[two].given.is_some();
            let apart = apart(sites, spots, one, two);
            if !both_given && apart < gap - 1e-6 {
                return Err(format!("{two} {:?} and {one} {:?} are {apart} m apart", spots[two], spots[one]));
            }
        }
    }
    Ok(())
}

#[test]
fn nothing_is_nowhere() {
    assert_eq!(arrange(&[]), []);
}

#[test]
fn a_short_chain_is_one_row_with_equal_gaps() {
    let spots = arrange(&chain(5));

    for pair in spots.windows(2) {
        assert!((pair[1].at.0 - pair[0].at.0 - 3.0).abs() < 1e-9, "{spots:?}");
        assert_eq!((pair[1].at.1, pair[1].quarter_turns), (pair[0].at.1, 0));
    }
}

#[test]
fn a_long_chain_folds_and_stays_together() {
    let sites = chain(60);

    let spots = arrange(&sites);

    let (width, height) = size(&sites, &spots);
    assert!((1.0..4.0).contains(&(width / height)), "{width} x {height}");
    assert!(spots.iter().any(|spot| spot.quarter_turns == 2));
    for pair in spots.windows(2) {
        let far = libm::hypot(pair[0].at.0 - pair[1].at.0, pair[0].at.1 - pair[1].at.1);
        assert!(far < 8.0, "{pair:?}");
    }
}

#[test]
fn parallel_machines_stand_symmetrically_about_the_main_line() {
    let sites =
        [station(&[1, 2, 3, 4]), station(&[5]), station(&[5]), station(&[5]), station(&[5]), station(&[])];

    let spots = arrange(&sites);

    assert_eq!(spots[0].at.1, spots[5].at.1);
    for (one, two) in [(1, 4), (2, 3)] {
        assert_eq!(spots[one].at.0, spots[two].at.0);
        assert!((spots[one].at.1 + spots[two].at.1 - 2.0 * spots[0].at.1).abs() < 1e-9, "{spots:?}");
    }
}

#[test]
fn a_rework_station_stands_below_the_main_line_and_faces_back() {
    let mut sites = chain(7);
    sites[5].next.insert(0, 7);
    sites.push(station(&[2]));

    let spots = arrange(&sites);

    assert!(spots[7].at.1 < spots[2].at.1 - 2.0, "{spots:?}");
    assert!((spots[2].at.0..spots[5].at.0).contains(&spots[7].at.0), "{spots:?}");
    assert_eq!(spots[7].quarter_turns, 2);
    assert!(spots[..7].iter().all(|spot| spot.at.1 == spots[0].at.1));
}

#[test]
fn rework_may_come_back_to_parallel_machines() {
    let mut sites = vec![station(&[1, 2]), station(&[3]), station(&[3]), station(&[4]), station(&[6, 5])];
    sites.extend([station(&[]), station(&[1, 2])]);

    let spots = arrange(&sites);

    assert_eq!(spots[1].at.0, spots[2].at.0);
    assert_eq!([0, 3, 4, 5].map(|at| spots[at].at.1), [spots[0].at.1; 4]);
    assert!(spots[6].at.1 < spots[2].at.1 && spots[6].quarter_turns == 2, "{spots:?}");
}

#[test]
fn a_feeder_named_first_does_not_turn_the_line_round() {
    // The feeder 0 brings parts to 3, within the loop of 2, 3, 4 and the rework station 6.
    let sites = [
        station(&[3]),
        station(&[2]),
        station(&[3]),
        station(&[4]),
        station(&[6, 5]),
        station(&[]),
        station(&[2]),
    ];

    let spots = arrange(&sites);

    assert!(spots[1..6].windows(2).all(|pair| pair[0].at.0 < pair[1].at.0), "{spots:?}");
    assert_eq!(spots[0].at.0, spots[2].at.0);
    assert_eq!(spots[6].quarter_turns, 2);
}

#[test]
fn a_way_back_does_not_turn_what_has_a_place() {
    let sites = [
        at(0.0, 0.0, station(&[1])),
        at(6.0, 0.0, station(&[2, 3])),
        at(12.0, 0.0, station(&[])),
        at(3.0, -20.0, station(&[0])),
    ];

    let turns = arrange(&sites).iter().map(|spot| spot.quarter_turns).collect::<Vec<_>>();

    assert_eq!(turns, [0, 0, 0, 2]);
}

#[test]
fn a_feeder_stands_right_before_what_it_feeds() {
    let mut sites = chain(8);
    sites.push(station(&[6]));

    let spots = arrange(&sites);

    assert_eq!(spots[8].at.0, spots[5].at.0);
    assert!(spots[8].at.1 > spots[5].at.1);
}

#[test]
fn a_scrap_dock_leaves_the_main_line_straight() {
    let mut sites = chain(6);
    sites[2].next.insert(0, 6);
    sites.push(station(&[]));

    let spots = arrange(&sites);

    assert!(spots[..6].iter().all(|spot| spot.at.1 == spots[0].at.1));
    assert_eq!(spots[6].at.0, spots[3].at.0);
}

#[test]
fn robots_stand_beside_what_they_serve() {
    let mut sites = chain(5);
    sites.push(robot(&[1, 2]));
    sites.push(robot(&[2, 3]));

    let spots = arrange(&sites);

    keeps_distances(&sites, &spots).unwrap();
    for (robot, served) in [(5, [1, 2]), (6, [2, 3])] {
        let middle = (spots[served[0]].at.0 + spots[served[1]].at.0) / 2.0;
        assert!((spots[robot].at.0 - middle).abs() < 0.6, "{spots:?}");
        assert!(served.iter().all(|served| apart(&sites, &spots, robot, *served) < 1.0), "{spots:?}");
        assert_eq!(spots[robot].quarter_turns, if spots[robot].at.1 > 0.0 { 3 } else { 1 });
    }
}

#[test]
fn only_the_robot_is_placed_if_all_else_has_a_place() {
    let sites = [at(10.0, 5.0, station(&[1])), at(10.0, 15.0, station(&[])), robot(&[0, 1])];

    let spots = arrange(&sites);

    assert_eq!([spots[0].at, spots[1].at], [(10.0, 5.0), (10.0, 15.0)]);
    assert_eq!([spots[0].quarter_turns, spots[1].quarter_turns], [1, 1]);
    assert_eq!((spots[2].at.1, spots[2].quarter_turns), (10.0, 0), "{spots:?}");
}

#[test]
fn what_has_no_place_joins_its_neighbours_that_have() {
    let sites = [
        station(&[1]),
        at(0.0, 0.0, station(&[2])),
        station(&[3]),
        at(0.0, 8.0, station(&[4])),
        station(&[]),
    ];

    let spots = arrange(&sites);

    assert_eq!(spots[0].at, (0.0, -3.0));
    assert_eq!(spots[2].at, (0.0, 4.0));
    assert_eq!(spots[4].at, (0.0, 11.0));
    assert!(spots.iter().all(|spot| spot.quarter_turns == 1));
}

#[test]
fn a_place_that_is_taken_gives_way_to_the_nearest_free_one() {
    let sites = [
        at(0.0, 0.0, station(&[1])),
        station(&[2]),
        at(3.0, 0.0, station(&[])),
        station(&[0]),
        station(&[0]),
    ];

    let spots = arrange(&sites);

    keeps_distances(&sites, &spots).unwrap();
    assert_eq!([spots[1].at, spots[3].at, spots[4].at], [(1.5, 2.5), (-3.0, 0.0), (-3.0, 2.5)]);
}

#[test]
fn lines_that_nothing_joins_stand_beneath_each_other() {
    let mut sites = chain(4);
    sites.extend([station(&[5]), station(&[]), at(50.0, 9.0, station(&[7])), station(&[])]);

    let spots = arrange(&sites);

    assert!(spots[..4].iter().all(|spot| spot.at.1 < spots[7].at.1 - 2.0));
    assert!(spots[4..6].iter().all(|spot| spot.at.1 < spots[0].at.1 - 2.0));
    assert_eq!(spots[7].at, (53.0, 9.0));
}

#[test]
fn arrows_cross_no_more_than_they_must() {
    // Three branches that the layout names in an unfavourable order.
    let sites = [
        station(&[1, 2, 3]),
        station(&[6]),
        station(&[4]),
        station(&[5]),
        station(&[7]),
        station(&[7]),
        station(&[7]),
        station(&[]),
    ];
    let layers = Layers::of(&PlanFlow::of(&sites));

    assert_eq!(crossings(&layers, &[vec![0], vec![1, 2, 3], vec![4, 5, 6], vec![7]]), 2);
    assert_eq!(crossings(&layers, &ordered(&layers)), 0);
}
