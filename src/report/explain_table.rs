//! How the program understood a line, as text: its head, its products, the flow as a drawing, its elements, the line as a whole,
//! and settings that look wrong.
//!
//! The figures are those of `explain`; only sums of money are computed here. Read [`write`] first.

mod calendars;
mod saving;
mod supply;
mod whole;

use super::Look;
use super::group_rows::folded;
use super::table::{TableColumn, changes, grid, paragraphs};
use super::text::{TextStyle, counted, labelled, wrapped};
use crate::energy::EnergyCarrier;
use crate::event::{Slot, State};
use crate::explain::{Division, ElementLoad, ElementPace, Explanation, Suspicion, concerned, drawing};
use crate::line::{Line, ProductSpec, WarmUpTime};
use crate::study;
use crate::units;
use std::path::PathBuf;
use supply::supply;
use whole::as_a_whole;

/// Of more elements only the most loaded are listed.
const SHOWN: usize = 60;

/// An explanation for people.
pub fn write(whole: &Explanation<'_>, look: Look) -> String {
    let line = whole.line;
    paragraphs([
        Some(head(line, look)),
        changes(&line.changes, &study::cost(&line.changes), look),
        calendars::calendars(line, look),
        products(&line.products, look),
        Some(heading("flow", look) + &drawing(whole, look.columns)),
        elements(whole, look),
        changing(whole, look),
        robots(whole, look),
        saving::saving(whole, look),
        crews(whole, look),
        divisions(whole, look),
        Some(heading("the line as a whole", look) + &as_a_whole(whole, look)),
        suspicions(&whole.suspicions, look),
    ])
}

fn heading(text: &str, look: Look) -> String {
    format!("{}\n", TextStyle::Bold.on(text, look))
}

/// What it is called, where its numbers come from, how it is run, which files it was read from.
fn head(line: &Line, look: Look) -> String {
    let run = &line.run;
    let warm_up = match run.warm_up {
        WarmUpTime::Auto => "a warm-up found by MSER".to_owned(),
        WarmUpTime::Given(warm_up) => format!("a warm-up of {}", units::duration(warm_up.secs())),
    };
    let how = format!(
        "from {}, {warm_up}, then {} that count; {}, seed {}, intervals at {} %",
        run.start.strftime("%Y-%m-%d %H:%M"),
        units::duration(run.length.secs()),
        counted(run.replications, "replication"),
        run.seed,
        units::number(run.confidence * 100.0),
    );
    let name = |file: &PathBuf| file.file_name().map(|name| name.to_string_lossy().into_owned());
    let files: Vec<String> = line.files.iter().filter_map(name).collect();
    let mut text = TextStyle::Bold.on(wrapped(&line.name, 0, look.columns), look) + "\n";
    if let Some(provenance) = &line.provenance {
        text += &labelled("provenance", provenance, look, TextStyle::Bold);
    }
    text += &labelled("run", &how, look, TextStyle::Bold);
    for carrier in EnergyCarrier::ALL {
        if let Some(said) = supply(line, carrier) {
            text += &labelled(carrier.name(), &said, look, TextStyle::Bold);
        }
    }
    if files.len() > 1 {
        text += &labelled("files", &files.join(", "), look, TextStyle::Bold);
    }
    text
}

/// What it makes: only the columns that say something.
fn products(products: &[ProductSpec], look: Look) -> Option<String> {
    let money = |money: &Option<units::Money>| money.as_ref().map_or_else(String::new, ToString::to_string);
    let priority = |product: &ProductSpec| match product.priority {
        0 => String::new(),
        priority => units::number(f64::from(priority)),
    };
    let mass = |product: &ProductSpec| match product.mass_mg {
        0 => String::new(),
        mass_mg => units::with_unit(&units::number(mass_mg as f64 / 1e6), "kg"),
    };
    let row = |product: &ProductSpec| {
        let family = product.family.clone().unwrap_or_default();
        let (material, value) = (money(&product.material), money(&product.value));
        vec![product.name.clone(), material, value, priority(product), mass(product), family]
    };
    let rows: Vec<Vec<String>> = products.iter().map(row).collect();
    let heads = ["product", "material", "value", "priority", "mass", "family"];
    let written = |column: &usize| *column == 0 || rows.iter().any(|row| !row[*column].is_empty());
    let kept: Vec<usize> = (0..heads.len()).filter(written).collect();
    let kind = |column: usize| if column == 0 { TableColumn::Name } else { TableColumn::Figure };
    let columns: Vec<(&str, TableColumn)> =
        kept.iter().map(|column| (heads[*column], kind(*column))).collect();
    let only = |row: &Vec<String>| kept.iter().map(|column| row[*column].clone()).collect();
    (!rows.is_empty()).then(|| grid(&columns, rows.iter().map(only).collect(), look))
}

/// The slots of elements to list: all, or the most loaded of them.
fn listed(whole: &Explanation<'_>, wanted: impl Fn(usize) -> bool) -> (Vec<usize>, usize) {
    let mut slots: Vec<usize> = (0..whole.loads.len()).filter(|slot| wanted(*slot)).collect();
    let hidden = only_most_loaded(whole, &mut slots, |slot| *slot);
    (slots, hidden)
}

/// Leaves so many rows as are listed, and counts the others.
fn only_most_loaded<T>(whole: &Explanation<'_>, rows: &mut Vec<T>, slot: impl Fn(&T) -> usize) -> usize {
    let hidden = rows.len().saturating_sub(SHOWN);
    if hidden > 0 {
        let load = |row: &T| whole.loads[slot(row)].load.unwrap_or(-1.0);
        rows.sort_by(|a, b| load(b).total_cmp(&load(a)));
        rows.truncate(SHOWN);
        rows.sort_unstable_by_key(slot);
    }
    hidden
}

/// A rate in parts per hour, without a unit: the head of its column has it.
fn per_hour(per_sec: f64) -> String {
    // What comes every other hour would be nothing with one decimal.
    let per_hour = per_sec * 3600.0;
    figure(per_hour, if per_hour < 10.0 { 2 } else { 1 })
}

/// A figure below a head with its unit; nothing where there is no limit.
fn figure(value: f64, decimals: usize) -> String {
    if value.is_finite() { units::fixed(value, decimals) } else { String::new() }
}

/// Seconds; those of hours need no tenths.
fn secs(secs: f64) -> String {
    figure(secs, if secs < 1000.0 { 1 } else { 0 })
}

fn per_cent(share: Option<f64>) -> String {
    share.map_or_else(String::new, |share| figure(share * 100.0, 1))
}

fn kilowatts(whole: &Explanation<'_>, slot: usize, state: State) -> String {
    let milliwatts = whole.line.elements[slot].power.of(state);
    if milliwatts > 0 { figure(milliwatts as f64 / 1e6, 1) } else { String::new() }
}

fn elements(whole: &Explanation<'_>, look: Look) -> Option<String> {
    // Parts come neither to robots nor to crews and zones.
    let in_flow = |slot: usize| {
        let element = &whole.line.elements[slot];
        element.carries.is_empty() && element.datasheet.lends.is_none()
    };
    let slots: Vec<usize> = (0..whole.loads.len()).filter(|slot| in_flow(*slot)).collect();
    let mut rows = folded(whole.line, &slots, |slot| element_row(whole, slot));
    let hidden = only_most_loaded(whole, &mut rows, |(slot, _)| *slot);
    let columns = [
        ("element", TableColumn::Name),
        ("kind", TableColumn::Words),
        ("room", TableColumn::Figure),
        ("cycle\ns", TableColumn::Figure),
        ("cv", TableColumn::Figure),
        ("up\n%", TableColumn::Figure),
        ("t_e\ns", TableColumn::Figure),
        ("r_e\n/h", TableColumn::Figure),
        ("in\n/h", TableColumn::Figure),
        ("load\n%", TableColumn::Figure),
        ("power\nkW", TableColumn::Figure),
    ];
    let table = grid(&columns, rows.into_iter().map(|(_, row)| row).collect(), look);
    let each = if whole.line.groups.is_empty() { "" } else { "; of a group: of each member" };
    let legend = "room: parts that fit in; up: availability A; t_e = cycle / A, the effective time of an operation; r_e: \
                  parts it can do; in: parts that come; load = in / r_e; power while working";
    let legend = &format!("{legend}{each}");
    let more = format!(
        "the {SHOWN} most loaded; {} more: --format json has them all\n",
        counted(hidden as u64, "element")
    );
    let more = if hidden > 0 { more } else { String::new() };
    (!slots.is_empty()).then(|| table + &more + &wrapped(legend, 0, look.columns) + "\n")
}

fn element_row(whole: &Explanation<'_>, slot: usize) -> Vec<String> {
    let (element, capability) = (&whole.line.elements[slot], &whole.line.elements[slot].datasheet.capability);
    let place_spec = element.datasheet.place_spec;
    let room = match place_spec.capacity {
        Some(places) => units::number(f64::from(places)),
        None if place_spec.notify_arrival || capability.feed.is_some() => String::new(),
        None => "∞".to_owned(),
    };
    let load = &whole.loads[slot];
    let of_work = |text: fn(&ElementPace) -> String| load.pace.as_ref().map_or_else(String::new, text);
    vec![
        element.name.clone(),
        element.kind.to_owned(),
        room,
        of_work(|pace| secs(pace.cycle_secs)),
        of_work(|pace| figure(pace.cv, 2)),
        of_work(|pace| figure(pace.up * 100.0, 1)),
        of_work(|pace| secs(pace.effective_secs)),
        of_work(|pace| pace.rate.map_or_else(String::new, per_hour)),
        load.arrivals.map_or_else(String::new, per_hour),
        per_cent(load.load),
        kilowatts(whole, slot, State::Working),
    ]
}

fn robots(whole: &Explanation<'_>, look: Look) -> Option<String> {
    let (slots, hidden) = listed(whole, |slot| !whole.line.elements[slot].carries.is_empty());
    let columns = [
        ("robot", TableColumn::Name),
        ("ways", TableColumn::Figure),
        ("transport s", TableColumn::Figure),
        ("transports /h", TableColumn::Figure),
        ("load %", TableColumn::Figure),
        ("kW", TableColumn::Figure),
    ];
    let row = |slot: &usize| {
        let ElementLoad { arrivals, load, transport_secs, .. } = whole.loads[*slot];
        let element = &whole.line.elements[*slot];
        vec![
            element.name.clone(),
            units::number(element.carries.len() as f64),
            transport_secs.map_or_else(String::new, |secs| figure(secs, 1)),
            arrivals.map_or_else(String::new, per_hour),
            per_cent(load),
            kilowatts(whole, *slot, State::Moving),
        ]
    };
    let more = format!(
        "the {SHOWN} most loaded; {} more: --format json has them all\n",
        counted(hidden as u64, "robot")
    );
    let more = if hidden > 0 { more } else { String::new() };
    let legend =
        "transport: the empty way at best, loading, the way with the part, unloading; kW while moving\n";
    let legend = wrapped(legend, 0, look.columns) + "\n";
    (!slots.is_empty()).then(|| grid(&columns, slots.iter().map(row).collect(), look) + &more + &legend)
}

/// What changing over, and first parts after a pause, add to an operation; nothing where nothing is known of
/// that.
fn changing(whole: &Explanation<'_>, look: Look) -> Option<String> {
    let columns = [
        ("adds to t_e", TableColumn::Name),
        ("changing over s", TableColumn::Figure),
        ("first parts s", TableColumn::Figure),
    ];
    let slots = concerned(whole.line);
    let row = |slot: &Slot| {
        let pace = whole.loads[slot.index()].pace;
        let secs = |secs: Option<f64>| secs.map_or_else(String::new, |secs| figure(secs, 2));
        vec![
            whole.line.elements[slot.index()].name.clone(),
            secs(pace.and_then(|pace| pace.changeover_secs)),
            secs(pace.and_then(|pace| pace.first_part_secs)),
        ]
    };
    let rows: Vec<Vec<String>> = slots.iter().take(SHOWN).map(row).collect();
    let known = rows.iter().any(|row| row[1..].iter().any(|figure| !figure.is_empty()));
    known.then(|| grid(&columns, rows, look))
}

/// How busy the people of crews are; nothing without any.
fn crews(whole: &Explanation<'_>, look: Look) -> Option<String> {
    let (slots, _) = listed(whole, |slot| {
        let element = &whole.line.elements[slot];
        element.is_crew() || element.is_tools()
    });
    let columns = [
        ("crew or tools", TableColumn::Name),
        ("number", TableColumn::Figure),
        ("calls /h", TableColumn::Figure),
        ("load %", TableColumn::Figure),
    ];
    let row = |slot: &usize| {
        let (element, load) = (&whole.line.elements[*slot], &whole.loads[*slot]);
        let people = element.datasheet.lends.map_or_else(String::new, |people| units::number(people.into()));
        let calls = load.arrivals.map_or_else(String::new, per_hour);
        vec![element.name.clone(), people, calls, per_cent(load.load)]
    };
    (!slots.is_empty()).then(|| grid(&columns, slots.iter().map(row).collect(), look))
}

/// So many ways, and names, are listed at most.
const DIVISIONS: usize = 12;

/// Where parts divide and no share is written: what is estimated instead.
fn divisions(whole: &Explanation<'_>, look: Look) -> Option<String> {
    let name = |slot: Slot| whole.line.elements[slot.index()].name.as_str();
    let open = |division: &Option<Division>| division.filter(|division| *division != Division::Shares);
    let all: Vec<(usize, Division)> = whole
        .divisions
        .iter()
        .enumerate()
        .filter_map(|(slot, division)| Some((slot, open(division)?)))
        .collect();
    let text = |(slot, division): &(usize, Division)| {
        let ways = whole.ways[*slot].iter().take(DIVISIONS);
        let mut ways: Vec<String> =
            ways.map(|way| format!("{} {}", name(way.to), units::share(way.share))).collect();
        if whole.ways[*slot].len() > DIVISIONS {
            ways.push("..".to_owned());
        }
        let first = whole.ways[*slot][0].share;
        if ways.len() > 4 && whole.ways[*slot].iter().all(|way| (way.share - first).abs() < 1e-12) {
            let count = units::number(whole.ways[*slot].len() as f64);
            ways = vec![format!("{count} ways, {} each", units::share(first))];
        }
        let text = match division {
            Division::First => format!("{} ({})", ways.join(", "), division.words()),
            Division::Room | Division::Shares => ways.join(", "),
        };
        labelled(&format!("after {}", name(Slot(*slot as u32))), &text, look, TextStyle::Bold)
    };
    let rows: String = all.iter().take(DIVISIONS).map(text).collect();
    let intro = "parts take the first way that has room; as an estimate:\n";
    (!all.is_empty()).then(|| wrapped(intro, 0, look.columns) + "\n" + &rows)
}

/// Beyond this number they are only counted.
const SUSPICIONS: usize = 20;

fn suspicions(suspicions: &[Suspicion], look: Look) -> Option<String> {
    let text = |suspicion: &Suspicion| {
        let advice = wrapped(&format!("try: {}", suspicion.advice()), 2, look.columns);
        labelled("look", &suspicion.seen(), look, TextStyle::Yellow) + &advice + "\n"
    };
    let mut all: String = suspicions.iter().take(SUSPICIONS).map(text).collect();
    let more = suspicions.len().saturating_sub(SUSPICIONS);
    if more > 0 {
        all += &format!("and {more} more: --format json has them all\n");
    }
    (!all.is_empty()).then_some(all)
}
