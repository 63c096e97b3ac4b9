//! The active-period method against hand arithmetic, and against a slow twin that keeps every period and looks at each instant.

use super::BinAxis;
use super::active_periods::{ActivePeriods, BottleneckShare, BottleneckTrace};
use crate::event::Slot;
use crate::kernel::Time;
use std::collections::BTreeMap;

/// Whether each station is active, at each instant.
type Rows = Vec<Vec<bool>>;

fn found(rows: &Rows, opened: u64) -> BottleneckTrace {
    let end = rows[0].len() as u64;
    let mut periods = ActivePeriods::new(rows.len(), BinAxis { end: Time(end), count: 4 }, Time(opened));
    for at in 0..rows[0].len() {
        for (slot, row) in rows.iter().enumerate() {
            if row[at] != (at > 0 && row[at - 1]) {
                periods.set(Time(at as u64), Slot(slot as u32), row[at]);
            }
        }
    }
    periods.finish(Time(end))
}

fn rows(texts: &[&str]) -> Rows {
    texts.iter().map(|text| text.bytes().map(|letter| letter == b'#').collect()).collect()
}

fn share(found: &BottleneckTrace, slot: u32) -> (u64, u64) {
    let BottleneckShare { sole, shifting } = found.shares.get(&Slot(slot)).copied().unwrap_or_default();
    (sole, shifting)
}

/// The period of a station around an instant at which it is active: how long, and from where to where.
fn period(row: &[bool], at: usize) -> (usize, usize) {
    let from = (0..=at).rev().take_while(|nth| row[*nth]).last().unwrap_or(at);
    let until = (at..row.len()).take_while(|nth| row[*nth]).last().unwrap_or(at) + 1;
    (from, until)
}

/// The slow twin.
fn twin(rows: &Rows, opened: usize) -> BTreeMap<u32, (u64, u64)> {
    let longest = |at: usize| {
        let active = (0..rows.len()).filter(|slot| rows[*slot][at]);
        let all = active.map(|slot| (slot, period(&rows[slot], at)));
        all.max_by_key(|(slot, (from, until))| (until - from, std::cmp::Reverse(*slot)))
    };
    let mut chain: Vec<(usize, (usize, usize))> = (0..rows[0].len()).filter_map(longest).collect();
    chain.dedup();
    let mut sums = BTreeMap::new();
    for (nth, (slot, (from, until))) in chain.iter().enumerate() {
        let before = nth.checked_sub(1).map(|nth| chain[nth].1);
        let neighbours = before.into_iter().chain(chain.get(nth + 1).map(|next| next.1));
        let neighbours: Vec<(usize, usize)> = neighbours.collect();
        let sum: &mut (u64, u64) = sums.entry(*slot as u32).or_default();
        for at in (*from).max(opened)..*until {
            match neighbours.iter().filter(|(from, until)| (*from..*until).contains(&at)).count() {
                0 => sum.0 += 1,
                both => sum.1 += both as u64,
            }
        }
    }
    sums.retain(|_, (sole, shifting)| *sole + *shifting > 0);
    sums
}

#[test]
fn a_bottleneck_shifts_where_its_period_and_the_next_overlap() {
    // By hand: A from 0 to 6, B from 4 to 12: B is longer, so it takes over at 4, and both share 4 to 6.
    let found = found(&rows(&["######......", "....########", "..##........"]), 0);
    assert_eq!((share(&found, 0), share(&found, 1)), ((4, 2), (6, 2)));
    assert_eq!(share(&found, 2), (0, 0), "a short period within a longer one is no bottleneck");
    let in_bins: Vec<u64> = found.bins.iter().map(|bin| bin.get(&Slot(1)).copied().unwrap_or(0)).collect();
    assert_eq!(in_bins, [0, 2, 3, 3], "the momentary bottleneck from 4 on, three instants a bin");
}

#[test]
fn what_was_before_the_window_counts_for_the_length_of_a_period_and_not_for_the_shares() {
    let found = found(&rows(&["########....", "....#######."]), 6);
    assert_eq!((share(&found, 0), share(&found, 1)), ((0, 2), (3, 2)));
    assert_eq!(found.window, 6);
}

#[test]
fn a_station_that_goes_on_at_the_same_instant_was_never_inactive() {
    let mut periods = ActivePeriods::new(1, BinAxis { end: Time(10), count: 1 }, Time(0));
    periods.set(Time(0), Slot(0), true);
    periods.set(Time(5), Slot(0), false);
    periods.set(Time(5), Slot(0), true);
    periods.set(Time(8), Slot(0), false);
    let found = periods.finish(Time(10));
    assert_eq!((share(&found, 0), found.bins[0][&Slot(0)]), ((8, 0), 8));
}

#[test]
fn the_shares_are_those_of_a_twin_that_keeps_every_period() {
    let mut random = 7_u64;
    let mut draw = || {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        random >> 33
    };
    for round in 0..400 {
        let (stations, length) = (1 + draw() as usize % 5, 5 + draw() as usize % 60);
        let stays = 2 + draw() % 6;
        let mut row = || {
            let mut active = draw() % 2 == 0;
            (0..length)
                .map(|_| {
                    active ^= draw() % stays == 0;
                    active
                })
                .collect()
        };
        let rows: Rows = (0..stations).map(|_| row()).collect();
        let opened = draw() as usize % length;
        let found = found(&rows, opened as u64);
        let shares: BTreeMap<u32, (u64, u64)> =
            found.shares.iter().map(|(slot, share)| (slot.0, (share.sole, share.shifting))).collect();
        assert_eq!(shares, twin(&rows, opened), "round {round}, window from {opened}: {rows:?}");
    }
}
