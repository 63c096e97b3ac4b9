//! What a plan promises, on random lines and on very long ones.

use super::plan::{Site, arrange};
use super::plan_tests::{at, chain, keeps_distances, station};
use proptest::prelude::*;

#[test]
fn ten_thousand_elements_get_a_place() {
    let wall: Vec<Site> = (0..10_000)
        .map(|at| {
            station(&if at < 9_900 {
                vec![at + 100, (at / 100 + 1) * 100 + (at * 7 + 3) % 100]
            } else {
                vec![]
            })
        })
        .collect();
    let mut crowd = vec![at(0.0, 0.0, station(&[]))];
    crowd.extend((0..9_999).map(|_| station(&[0])));
    for sites in [chain(10_000), wall, crowd, vec![station(&[]); 10_000]] {
        assert_eq!(arrange(&sites).len(), 10_000);
    }
}

fn a_site(count: usize) -> impl Strategy<Value = Site> {
    let ways = prop::collection::vec(0..count, 0..3);
    let footprint = (0.5..4.0, 0.5..4.0);
    let place = prop::option::weighted(0.2, (-30.0..30.0, -30.0..30.0));
    (ways, footprint, place, prop::bool::weighted(0.1)).prop_map(|(ways, footprint, given, is_robot)| {
        let (next, serves) = if is_robot { (Vec::new(), ways) } else { (ways, Vec::new()) };
        Site { footprint, given, next, serves, ..Site::default() }
    })
}

/// Up to 200 sites: all, one or none with a place. Ways of limited reach make lines, ways of any reach a tangle.
fn some_sites() -> impl Strategy<Value = Vec<Site>> {
    let sites = (1..200_usize).prop_flat_map(|count| prop::collection::vec(a_site(count), count));
    (sites, 0..3_u8, 1..40_usize).prop_map(|(mut sites, given, reach)| {
        let count = sites.len();
        for (at, site) in sites.iter_mut().enumerate() {
            site.given = site.given.filter(|_| given == 0 || (given == 1 && at == 0));
            for to in site.next.iter_mut().filter(|to| reach < 30 && !to.is_multiple_of(7)) {
                *to = (at + *to % reach) % count;
            }
        }
        sites
    })
}

proptest! {
    #[test]
    fn every_element_gets_a_place_of_its_own(sites in some_sites()) {
        let spots = arrange(&sites);

        prop_assert_eq!(&spots, &arrange(&sites));
        prop_assert_eq!(spots.len(), sites.len());
        for (site, spot) in sites.iter().zip(&spots) {
            prop_assert!(spot.at.0.is_finite() && spot.at.1.is_finite() && spot.quarter_turns < 4);
            prop_assert!(site.given.is_none_or(|given| given == spot.at));
        }
        keeps_distances(&sites, &spots).map_err(TestCaseError::fail)?;
    }
}
