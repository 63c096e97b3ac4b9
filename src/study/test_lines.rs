//! Small lines for the tests of this folder, from the settings a layout would have.

use super::{Overrides, Study, StudyPlan, Watch, run};
use crate::calendar::Calendars;
use crate::checking::{Check, Crews, ProductFacts, Surroundings, Zones};
use crate::distribution::{CatalogColumn, ReadCell};
use crate::equipment::AnySettings;
use crate::event::Slot;
use crate::flow::DeadlockCheck;
use crate::kernel::Time;
use crate::kpi;
use crate::line::{Element, EnergyFactors, Exit, Line, ProductSpec, RunPlan, WarmUpTime};
use crate::material::Families;
use ron::extensions::Extensions;
use std::sync::Arc;

/// Needs 60 s, 6 kW, then 30 s, 3 kW, with room between.
pub(super) const WORKED_BY_HAND: [&str; 5] = [
    "Source()",
    "Machine(cycle: Constant(\"60 s\"), power: (working: \"6 kW\", idle: \"1 kW\"))",
    "Buffer(capacity: 3)",
    "Machine(cycle: Constant(\"30 s\"), power: (working: \"3 kW\", idle: \"1.5 kW\"))",
    "Sink()",
];

/// The mean of a KPI over the replications.
pub(super) fn mean(study: &Study<'_>, name: &str) -> Option<f64> {
    study.interval(kpi::named(name)?).map(|interval| interval.mean)
}

/// A line of named elements, joined by chains such as "a -> b -> c" and robots such as "a -> b by r". It runs for 10 h
/// after 1 h of warm-up, 5 times.
pub(super) fn line(elements: &[(&str, &str)], flow: &[&str]) -> Line {
    let names: Vec<String> = elements.iter().map(|(name, _)| (*name).to_owned()).collect();
    let slot =
        |name: &str| Slot(names.iter().position(|known| known == name).expect("a name of an element") as u32);
    let arrows: Vec<(Slot, Slot, Option<Slot>)> =
        flow.iter().flat_map(|chain| arrows(chain, &slot)).collect();
    let element = |(me, (name, written)): (u32, &(&str, &str))| {
        let outlets: Vec<_> =
            arrows.iter().filter(|arrow| arrow.0 == Slot(me)).map(|(_, to, by)| (*to, *by)).collect();
        let carries: Vec<_> =
            arrows.iter().filter(|arrow| arrow.2 == Some(Slot(me))).map(|arrow| (arrow.0, arrow.1)).collect();
        let around = Surroundings {
            me: Slot(me),
            names: &names,
            positions: &vec![None; names.len()],
            products: &[ProductFacts { name: "part".to_owned(), ..ProductFacts::default() }],
            families: &Families::default(),
            operations: &Arc::default(),
            carries: &carries,
            crews: &Crews::default(),
            zones: &Zones::default(),
            exits: &[outlets.len()],
            comes: None,
            load: 1.0,
            reworks: false,
            start: jiff::civil::date(2026, 3, 2).at(8, 0, 0, 0),
            calendars: &Calendars::default(),
            run_ends: Time::ZERO,
            gas_heat: None,
            has_start_limit: false,
            break_even: None,
        };
        element(name, written, around, outlets, suspect(Slot(me), &arrows))
    };
    Line {
        name: "test line".to_owned(),
        provenance: None,
        run: RunPlan {
            start: jiff::civil::date(2026, 3, 2).at(8, 0, 0, 0),
            zone: jiff::tz::TimeZone::UTC,
            names_zone: false,
            warm_up: WarmUpTime::Given(hours(1.0)),
            length: hours(10.0),
            replications: 5,
            seed: 2026,
            confidence: 0.95,
        },
        electricity: None,
        factors: EnergyFactors::default(),
        calendars: Calendars::default(),
        products: vec![ProductSpec {
            name: "part".to_owned(),
            material: None,
            value: None,
            priority: 0,
            mass_mg: 0,
            family: None,
            carrier: false,
            route: Vec::new(),
        }],
        elements: (0..).zip(elements).map(element).collect(),
        groups: Vec::new(),
        begun: Vec::new(),
        changes: Vec::new(),
        expectations: Vec::new(),
        files: Vec::new(),
        notes: Vec::new(),
    }
}

/// A line of elements one after the other, named "0", "1" and so on.
pub(super) fn serial(settings: &[&str]) -> Line {
    let names: Vec<String> = (0..settings.len()).map(|i| i.to_string()).collect();
    let elements: Vec<(&str, &str)> =
        names.iter().map(String::as_str).zip(settings.iter().copied()).collect();
    line(&elements, &[&names.join(" -> ")])
}

/// Exponential arrivals and services, one machine, a queue without end.
pub(super) fn mm1(interarrival: &str, service: &str) -> Line {
    let source = format!("Source(interarrival: Exponential(\"{interarrival}\"))");
    let machine = format!("Machine(cycle: Exponential(\"{service}\"))");
    serial(&[&source, "Buffer()", &machine, "Sink()"])
}

/// The study of a line as its settings say, without progress reports.
pub(super) fn study(line: &Line) -> Study<'_> {
    run(line, &plan(line), &Watch::nobody()).expect("a line that runs")
}

pub(super) fn plan(line: &Line) -> StudyPlan {
    StudyPlan::of(line, &Overrides::default())
}

pub(super) fn hours(hours: f64) -> Time {
    Time::from_secs(hours * 3600.0)
}

fn arrows(chain: &str, slot: &dyn Fn(&str) -> Slot) -> Vec<(Slot, Slot, Option<Slot>)> {
    let (stops, robot) =
        chain.split_once(" by ").map_or((chain, None), |(stops, robot)| (stops, Some(slot(robot))));
    let stops: Vec<Slot> = stops.split(" -> ").map(slot).collect();
    stops.windows(2).map(|pair| (pair[0], pair[1], robot)).collect()
}

fn suspect(to: Slot, arrows: &[(Slot, Slot, Option<Slot>)]) -> DeadlockCheck {
    let mut reached = vec![to];
    let mut next = 0;
    while next < reached.len() {
        for arrow in arrows.iter().filter(|arrow| arrow.0 == reached[next]).copied().collect::<Vec<_>>() {
            if arrow.1 == to {
                return DeadlockCheck::OnStateChange;
            }
            if !reached.contains(&arrow.1) {
                reached.push(arrow.1);
            }
        }
        next += 1;
    }
    DeadlockCheck::Never
}

fn element(
    name: &str,
    written: &str,
    around: Surroundings<'_>,
    outlets: Vec<(Slot, Option<Slot>)>,
    deadlock_check: DeadlockCheck,
) -> Element {
    // The same liberties that a layout has.
    let extensions =
        Extensions::IMPLICIT_SOME | Extensions::UNWRAP_NEWTYPES | Extensions::UNWRAP_VARIANT_NEWTYPES;
    let options = ron::Options::default().with_default_extension(extensions);
    let settings: AnySettings = options.from_str(written).expect("settings of an element");
    let (mut faults, mut no_files) =
        (Vec::new(), |_: &str, _: &CatalogColumn<'_>, _: &ReadCell<'_>| Err("no files".to_owned()));
    let mut check = Check::new(around, &mut faults, &mut no_files);
    let prototype = settings.checked(&mut check).expect("settings without faults");
    let power = settings.power(&mut check);
    let carries = around.carries.to_vec();
    Element {
        name: name.to_owned(),
        kind: settings.kind(),
        datasheet: prototype.datasheet(),
        prototype,
        power,
        position: None,
        streams: name.to_owned(),
        exits: vec![Exit { ways: 0..outlets.len(), shares: None }],
        ports: settings.ports().into_iter().map(str::to_owned).collect(),
        outlets,
        leads: Vec::new(),
        carries,
        deadlock_check,
        calls: Vec::new(),
    }
}
