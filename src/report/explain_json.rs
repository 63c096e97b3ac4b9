//! How a line was understood, as JSON: `taktwin/explain/1`.
//!
//! Names as in `taktwin/run/1`; rates are in parts per hour, times in seconds, powers in kilowatts. What does not apply or has
//! no limit is `null`.

mod saving;
mod supply;

use super::json::pretty;
use super::json_parts::{ChangeJson, changes};
use crate::calendar::{Timetable, next_changes};
use crate::event::{Slot, State};
use crate::explain::{Branch, Circulation, Explanation, Suspicion};
use crate::kernel::Time;
use crate::line::{Line, WarmUpTime};
use indexmap::IndexMap;
use saving::SavingModeJson;
use schemars::JsonSchema;
use serde::Serialize;
use supply::{CarrierJson, ElectricityJson, carriers, per_hour};

/// An explanation for programs.
pub fn write(whole: &Explanation<'_>) -> String {
    pretty(&ExplainJson::of(whole))
}

/// The name of the contract of an explanation.
pub(super) const EXPLAIN: &str = "taktwin/explain/1";

/// How a line was understood.
#[derive(Serialize, JsonSchema)]
pub(super) struct ExplainJson<'a> {
    #[schemars(extend("const" = EXPLAIN))]
    schema: &'static str,
    line: &'a str,
    provenance: Option<&'a str>,
    run: ExplainedRunJson,
    electricity: Option<ElectricityJson<'a>>,
    /// The carriers that elements draw beside electricity.
    carriers: IndexMap<&'a str, CarrierJson<'a>>,
    calendars: IndexMap<&'a str, CalendarJson<'a>>,
    capacity: CapacityJson<'a>,
    elements: IndexMap<&'a str, ExplainedElementJson<'a>>,
    changes: Vec<ChangeJson<'a>>,
    suspicions: Vec<SuspicionJson>,
}

#[derive(Serialize, JsonSchema)]
struct ExplainedRunJson {
    start: String,
    /// None if it is found when the line is run.
    warm_up_s: Option<f64>,
    length_s: f64,
    replications: u32,
    seed: u64,
    confidence: f64,
}

#[derive(Serialize, JsonSchema)]
struct CalendarJson<'a> {
    shifts: &'a [String],
    /// Whether it holds where nothing else is said.
    of_line: bool,
    /// Working days of the year in which the run begins.
    working_days: usize,
    /// Hours from the start of the run to its end, if it is as long as the layout says.
    scheduled_h: f64,
    next: Vec<CalendarChangeJson>,
}

#[derive(Serialize, JsonSchema)]
struct CalendarChangeJson {
    /// Since the start of the run.
    time_s: f64,
    /// Date and time in the zone of the run.
    at: String,
    what: String,
}

#[derive(Serialize, JsonSchema)]
struct CapacityJson<'a> {
    bottleneck: Option<&'a str>,
    good_per_h: Option<f64>,
    /// What no run exceeds in the long run.
    at_most_per_h: Option<f64>,
    in_per_h: Option<f64>,
    expected_per_h: Option<f64>,
    endless: bool,
    raw_process_time_s: Option<f64>,
    critical_wip: Option<f64>,
    circulations: Vec<CirculationJson<'a>>,
}

/// Parts that go round, such as carriers.
#[derive(Serialize, JsonSchema)]
struct CirculationJson<'a> {
    product: &'a str,
    count: f64,
    load: f64,
}

#[derive(Serialize, JsonSchema)]
struct ExplainedElementJson<'a> {
    kind: &'static str,
    room: Option<u32>,
    cycle_s: Option<f64>,
    cv: Option<f64>,
    places: Option<u32>,
    parts_per_cycle: Option<f64>,
    availability: Option<f64>,
    effective_s: Option<f64>,
    /// What of it changing over takes, and what first parts take longer; none if that does not happen or cannot be calculated.
    changeover_s: Option<f64>,
    first_part_s: Option<f64>,
    rate_per_h: Option<f64>,
    transport_s: Option<f64>,
    /// Parts, transports of a robot, or calls of a crew.
    arrivals_per_h: Option<f64>,
    load: Option<f64>,
    /// Of electricity, while it works or moves.
    power_kw: Option<f64>,
    /// Of other carriers in the same state, in their units an hour, without what the parts inside draw.
    drawn_per_h: IndexMap<&'static str, f64>,
    /// The modes in which it saves energy.
    saving: Vec<SavingModeJson>,
    ways: Vec<WayJson<'a>>,
    division: Option<&'static str>,
}

#[derive(Serialize, JsonSchema)]
struct WayJson<'a> {
    to: &'a str,
    by: Option<&'a str>,
    share: f64,
}

#[derive(Serialize, JsonSchema)]
struct SuspicionJson {
    code: &'static str,
    seen: String,
    #[serde(rename = "try")]
    advice: &'static str,
}

impl<'a> ExplainJson<'a> {
    fn of(whole: &'a Explanation<'a>) -> ExplainJson<'a> {
        let line = whole.line;
        ExplainJson {
            schema: EXPLAIN,
            line: &line.name,
            provenance: line.provenance.as_deref(),
            run: ExplainedRunJson {
                start: line.run.start.strftime("%Y-%m-%dT%H:%M:%S").to_string(),
                warm_up_s: match line.run.warm_up {
                    WarmUpTime::Given(warm_up) => Some(warm_up.secs()),
                    WarmUpTime::Auto => None,
                },
                length_s: line.run.length.secs(),
                replications: line.run.replications,
                seed: line.run.seed,
                confidence: line.run.confidence,
            },
            electricity: ElectricityJson::of(line),
            carriers: carriers(line),
            calendars: line.calendars.all().iter().map(|calendar| CalendarJson::of(line, calendar)).collect(),
            capacity: capacity(whole),
            elements: (0..line.elements.len()).map(|slot| element(whole, slot)).collect(),
            changes: changes(&line.changes),
            suspicions: whole.suspicions.iter().map(SuspicionJson::of).collect(),
        }
    }
}

fn capacity<'a>(whole: &'a Explanation<'a>) -> CapacityJson<'a> {
    let (line, capacity) = (whole.line, &whole.capacity);
    let hourly = |per_sec: f64| per_sec * 3600.0;
    let circulation = |round: &Circulation| CirculationJson {
        product: &line.products[round.product as usize].name,
        count: round.count,
        load: round.load,
    };
    CapacityJson {
        bottleneck: capacity.bottleneck.map(|slot| line.elements[slot.index()].name.as_str()),
        good_per_h: capacity.good_per_sec.map(hourly),
        at_most_per_h: capacity.at_most_per_sec.map(hourly),
        in_per_h: capacity.in_per_sec.map(hourly),
        expected_per_h: capacity.expected_per_sec.map(hourly),
        endless: capacity.endless,
        raw_process_time_s: capacity.raw_secs,
        critical_wip: capacity.critical_wip(),
        circulations: capacity.circulations.iter().map(circulation).collect(),
    }
}

fn element<'a>(whole: &'a Explanation<'a>, slot: usize) -> (&'a str, ExplainedElementJson<'a>) {
    let (element, load) = (&whole.line.elements[slot], &whole.loads[slot]);
    let name = |slot: Slot| whole.line.elements[slot.index()].name.as_str();
    let work = whole.line.elements[slot].datasheet.capability.work.as_ref();
    let state = if element.carries.is_empty() { State::Working } else { State::Moving };
    let milliwatts = element.power.of(state);
    let way = |way: &Branch| WayJson { to: name(way.to), by: way.by.map(name), share: way.share };
    let json = ExplainedElementJson {
        kind: element.kind,
        room: element.datasheet.place_spec.capacity,
        cycle_s: load.pace.map(|pace| pace.cycle_secs),
        cv: load.pace.map(|pace| pace.cv),
        places: work.map(|work| work.places),
        parts_per_cycle: work.and_then(|work| work.parts_per_cycle),
        availability: load.pace.map(|pace| pace.up),
        effective_s: load.pace.map(|pace| pace.effective_secs),
        changeover_s: load.pace.and_then(|pace| pace.changeover_secs),
        first_part_s: load.pace.and_then(|pace| pace.first_part_secs),
        rate_per_h: load.pace.and_then(|pace| pace.rate).map(|rate| rate * 3600.0),
        transport_s: load.transport_secs,
        arrivals_per_h: load.arrivals.map(|arrivals| arrivals * 3600.0),
        load: load.load,
        power_kw: (milliwatts > 0).then(|| milliwatts as f64 / 1e6),
        drawn_per_h: element
            .power
            .others
            .iter()
            .map(|flows| (flows.carrier.name(), per_hour(flows, state)))
            .collect(),
        saving: SavingModeJson::all(whole.line, element),
        ways: whole.ways[slot].iter().map(way).collect(),
        division: whole.divisions[slot].map(|division| division.words()),
    };
    (&element.name, json)
}

impl SuspicionJson {
    fn of(suspicion: &Suspicion) -> SuspicionJson {
        SuspicionJson { code: suspicion.code(), seen: suspicion.seen(), advice: suspicion.advice() }
    }
}

impl<'a> CalendarJson<'a> {
    fn of(line: &Line, (name, timetable): &'a (String, Timetable)) -> (&'a str, CalendarJson<'a>) {
        let change = |(time, date_time, what): (Time, jiff::ZonedDateTime, String)| CalendarChangeJson {
            time_s: time.secs(),
            at: date_time.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string(),
            what,
        };
        let calendar = CalendarJson {
            shifts: timetable.shift_names(),
            of_line: line.calendars.of_line() == Some(timetable),
            working_days: timetable.calendar().working_days(line.run.start.year()),
            scheduled_h: timetable.open_between(Time::ZERO, line.run.end()).secs() / 3600.0,
            next: next_changes(timetable, Time::ZERO, 5).into_iter().map(change).collect(),
        };
        (name, calendar)
    }
}
