//! Belts against an independent recursion over their parts, under random arrivals and cycles.

use super::kit::{self, Recording};
use taktwin::event::What;
use taktwin::kernel::{Distribution, Purpose, Stream};
use taktwin::line::Line;

/// A belt for the recursions: 3.1 m at 0.25 m/s, a part every 0.4 m, so that neither is a multiple of the other.
const LENGTHS: &str = "length: \"3.1 m\", speed: \"0.25 m/s\", pitch: \"0.4 m\"";

const TRANSIT: u64 = 12_400_000_000;

const HEADWAY: u64 = 1_600_000_000;

/// Seven pitches fit, and the eighth is short by 0.1 m.
const FITS: usize = 7;

const GAP: u64 = 400_000_000;

/// Parts that come by chance, the belt, and a machine with chance in its cycle, about as fast as they come.
struct Chance {
    gaps: (Distribution, Stream),
    cycles: (Distribution, Stream),
}

impl Chance {
    const SOURCE: &str = "Source(interarrival: Gamma(mean: \"3 s\", cv: 1.2))";
    const MACHINE: &str = "Machine(cycle: Gamma(mean: \"2.8 s\", cv: 1.5))";

    fn new() -> Chance {
        let stream = |name, purpose| Stream::new(1, 0, name, purpose, 0);
        Chance {
            gaps: (Distribution::gamma(3.0, 3.6).unwrap(), stream("0", Purpose::Arrival)),
            cycles: (Distribution::gamma(2.8, 4.2).unwrap(), stream("2", Purpose::Cycle)),
        }
    }

    fn gap(&mut self) -> u64 {
        self.gaps.0.draw_time(&mut self.gaps.1).0
    }

    fn cycle(&mut self) -> u64 {
        self.cycles.0.draw_time(&mut self.cycles.1).0
    }
}

fn by_chance(when_blocked: &str) -> (Line, Recording) {
    let belt = format!("Conveyor({LENGTHS}, when_blocked: {when_blocked})");
    let line = kit::serial("", &[Chance::SOURCE, &belt, Chance::MACHINE, "Sink()"]);
    let recorded = kit::record(&line, 30_000);
    (line, recorded)
}

/// When parts came to the belt, reached its end and left it is what the recursion says, and it was not trivial.
fn compare(line: &Line, recorded: &Recording, expected: &[[u64; 3]]) {
    let belt = kit::slot(line, "1");
    let came = recorded.times(belt, |what| matches!(what, What::Arrived(_)));
    let ended = recorded.times(belt, |what| matches!(what, What::Completed { .. }));
    let left = recorded.times(belt, |what| matches!(what, What::Left { .. }));
    assert!(left.len() > 7000, "only {} parts prove little", left.len());
    for (nth, found) in came.iter().zip(&ended).zip(&left).enumerate() {
        assert_eq!([*found.0.0, *found.0.1, *found.1], expected[nth], "part {nth}");
    }
    let held_up = expected.iter().filter(|[came, ended, _]| *ended > came + TRANSIT).count();
    assert!(held_up > 1000, "only {held_up} parts were held up");
}

#[test]
fn parts_that_queue_move_as_the_recursion_says() {
    let (line, recorded) = by_chance("Accumulate");
    let (mut chance, mut parts, mut free, mut arrived) = (Chance::new(), Vec::<[u64; 3]>::new(), 0, 0);
    let mut full = 0;
    for n in 0..14_000_usize {
        arrived += chance.gap();
        let before = parts.last().copied();
        let spaced = before.map_or(0, |[came, _, _]| came + HEADWAY);
        let room = n.checked_sub(FITS + 1).map_or(0, |first| parts[first][2] + GAP);
        full += usize::from(room > spaced.max(arrived));
        let came = arrived.max(spaced).max(room);
        let ended = (came + TRANSIT).max(before.map_or(0, |[_, _, left]| left + HEADWAY));
        let left = ended.max(free);
        free = left + chance.cycle();
        parts.push([came, ended, left]);
    }
    assert!(full > 300, "the belt was full only {full} times");
    compare(&line, &recorded, &parts);
}

#[test]
fn parts_on_a_belt_that_stops_move_as_the_recursion_says() {
    let (line, recorded) = by_chance("Stop");
    let (mut chance, mut parts, mut free, mut arrived) = (Chance::new(), Vec::new(), 0, 0);
    // Where the belt stands: what its clock shows, from when, until when. Only the latest can still matter.
    let mut stops: Vec<[u64; 3]> = Vec::new();
    let real = |stops: &[[u64; 3]], shown: u64| {
        let stood: u64 = stops.iter().filter(|stop| stop[0] < shown).map(|stop| stop[2] - stop[1]).sum();
        shown + stood
    };
    let shown = |stops: &[[u64; 3]], time: u64| {
        let stood: u64 =
            stops.iter().filter(|stop| stop[1] < time).map(|stop| stop[2].min(time) - stop[1]).sum();
        time - stood
    };
    let mut last = None;
    for _ in 0..11_000 {
        arrived += chance.gap();
        let came = arrived.max(last.map_or(0, |last| real(&stops, last + HEADWAY)));
        let clock = shown(&stops, came);
        let ended = real(&stops, clock + TRANSIT);
        let left = ended.max(free);
        free = left + chance.cycle();
        stops.push([clock + TRANSIT, ended, left]);
        last = Some(clock);
        parts.push([came, ended, left]);
    }
    compare(&line, &recorded, &parts);
}
