//! A bill for people: the load, the billing months, and the lines of all months together or of each.

use super::{BillReport, month_name, shown_at};
use crate::report::table::{TableColumn, grid, paragraphs};
use crate::report::text::{TextStyle, counted, labelled, wrapped};
use crate::tariff::{BillLine, BillMonth, DayClass, DaysOfYear, load_duration};
use crate::units::{self, currency};
use indexmap::IndexMap;

/// Of more gaps only the first are listed.
const GAPS: usize = 5;

/// A bill for people.
pub fn write(report: &BillReport<'_>) -> String {
    let by_month = report.by_month && report.bill.months.len() > 1;
    let months = report.bill.months.iter().filter(|_| by_month);
    let each = months.map(|month| Some(lines(report, &month_name(month), &[month])));
    let all: Vec<&BillMonth> = report.bill.months.iter().collect();
    let whole = match &all[..] {
        [only] => month_name(only),
        [_, _] => "both billing months".to_owned(),
        several => format!("all {} billing months", several.len()),
    };
    let parts = [Some(head(report)), Some(months_table(report))];
    let last = [Some(lines(report, &whole, &all)), replications(report), incomplete(report)];
    paragraphs(parts.into_iter().chain(each).chain(last))
}

fn head(report: &BillReport<'_>) -> String {
    let look = report.look;
    let mut text = TextStyle::Bold.on(wrapped(&report.tariff.name, 0, look.columns), look) + "\n";
    if let Some(source) = &report.tariff.source {
        text += &labelled("prices", source, look, TextStyle::Bold);
    }
    text += &labelled("load", &report.load.source, look, TextStyle::Bold);
    if let Some((from, to)) = report.load.load.ends() {
        let [from, to] = [from, to].map(|at| shown_at(at, report.zone));
        let zone = match report.load.is_local {
            true => "the clock of the meter",
            false => report.zone.iana_name().unwrap_or("a fixed offset from UTC"),
        };
        text += &labelled("time", &format!("{from} to {to} ({zone})"), look, TextStyle::Bold);
    }
    text += &year(report);
    text += &gaps(report);
    let shares = load_duration(report.load.load);
    let shown = |(share, kw): &(f64, f64)| {
        format!("{} or more in {:.0} % of the time", units::power(kw * 1e3), share * 100.0)
    };
    let shown: Vec<String> =
        shares.iter().filter(|(share, _)| [0.1, 0.5, 0.9].contains(share)).map(shown).collect();
    text + &labelled("load duration", &shown.join(", "), look, TextStyle::Bold)
}

/// How a year was made of days.
fn year(report: &BillReport<'_>) -> String {
    let kind = |days: &DaysOfYear| {
        let of = match days.class == days.source {
            true => format!("{} known ones", days.sources),
            false => format!("{} known {}", days.sources, plural(days.source)),
        };
        format!("{} {} from {of}", days.days, plural(days.class))
    };
    let kinds: Vec<String> = report.load.made_of.iter().map(kind).collect();
    if kinds.is_empty() {
        return String::new();
    }
    let text = format!("made of the days of this load: {}", kinds.join(", "));
    labelled("year", &text, report.look, TextStyle::Yellow)
}

fn plural(class: DayClass) -> String {
    format!("{class}s")
}

fn gaps(report: &BillReport<'_>) -> String {
    let gaps = report.load.load.gaps();
    if gaps.is_empty() {
        return String::new();
    }
    let secs: i64 = gaps.iter().map(|(from, to)| (to - from) / 1_000_000_000).sum();
    let gap = |(from, to): &(i64, i64)| {
        format!("{} to {}", shown_at(*from, report.zone), shown_at(*to, report.zone))
    };
    let mut list: Vec<String> = gaps.iter().take(GAPS).map(gap).collect();
    if gaps.len() > GAPS {
        list.push(format!("{} more", gaps.len() - GAPS));
    }
    let text = format!(
        "{}, {} in all: {}",
        counted(gaps.len() as u32, "gap"),
        units::duration(secs as f64),
        list.join("; ")
    );
    labelled("no readings", &text, report.look, TextStyle::Yellow)
}

fn months_table(report: &BillReport<'_>) -> String {
    let money = currency(report.tariff.currency);
    let feeds_in = report.bill.months.iter().any(|month| month.fed_in_kwh > 0.0);
    let row = |month: &BillMonth| {
        let mut row = vec![month_name(month), units::fixed(month.drawn_kwh, 1)];
        row.extend(feeds_in.then(|| units::fixed(month.fed_in_kwh, 1)));
        row.extend([
            month.peak.map_or_else(String::new, |peak| units::fixed(peak.kw, 1)),
            month.peak.map_or_else(String::new, |peak| shown_at(peak.from, report.zone)),
            month.load_factor().map_or_else(String::new, units::share),
            units::share(month.known_hours / month.hours),
            units::fixed(month.amount(), 2),
        ]);
        row
    };
    let mut columns = vec![("billing month", TableColumn::Name), ("kWh", TableColumn::Figure)];
    columns.extend(feeds_in.then_some(("fed in, kWh", TableColumn::Figure)));
    columns.extend([
        ("peak, kW", TableColumn::Figure),
        ("from", TableColumn::Words),
        ("load factor", TableColumn::Figure),
        ("known", TableColumn::Figure),
        (money.as_str(), TableColumn::Figure),
    ]);
    grid(&columns, report.bill.months.iter().map(row).collect(), report.look)
}

/// The lines of some months; those of the same charge, period and tier together.
fn lines(report: &BillReport<'_>, what: &str, months: &[&BillMonth]) -> String {
    let money = currency(report.tariff.currency);
    let mut alike: IndexMap<(&str, &str, Option<usize>), Vec<&BillLine>> = IndexMap::new();
    for line in months.iter().flat_map(|month| &month.lines) {
        alike.entry((line.charge.as_str(), line.period.as_str(), line.tier)).or_default().push(line);
    }
    // A period or a tier may come in a later month only, and stands where the tariff has it.
    let mut alike: Vec<_> = alike.into_iter().collect();
    alike.sort_by_key(|((charge, period, tier), _)| (report.tariff.place_of(charge, period), *tier));
    let mut rows: Vec<Vec<String>> = alike.iter().map(|(_, lines)| row(report, lines)).collect();
    let mut sum = vec![String::new(); 6];
    sum[0] = "total".to_owned();
    sum[4] = units::fixed(BillLine::sum(months.iter().flat_map(|month| &month.lines)), 2);
    rows.push(sum);
    let columns = [
        ("charge", TableColumn::Name),
        ("period", TableColumn::Name),
        ("quantity", TableColumn::Figure),
        ("price", TableColumn::Figure),
        (money.as_str(), TableColumn::Figure),
        ("demand from", TableColumn::Words),
    ];
    let with_time = rows.iter().any(|row| !row[5].is_empty());
    let kept = if with_time { 6 } else { 5 };
    rows.iter_mut().for_each(|row| row.truncate(kept));
    let head = TextStyle::Bold.on(format!("lines of {what}"), report.look);
    format!("{head}\n{}", grid(&columns[..kept], rows, report.look))
}

/// Lines of the same charge, period and tier as one row; the time of a demand if it is only one line.
fn row(report: &BillReport<'_>, lines: &[&BillLine]) -> Vec<String> {
    let (first, money) = (lines[0], currency(report.tariff.currency));
    let period = Some(first.period.clone()).filter(|period| !period.is_empty());
    let tier = first.tier.map(|tier| format!("tier {tier}"));
    let unit = if first.unit.name().is_empty() { &money } else { first.unit.name() };
    let quantity: f64 = lines.iter().map(|line| line.quantity).sum();
    let at = first.during.filter(|_| lines.len() == 1).map(|during| shown_at(during.0, report.zone));
    vec![
        first.charge.clone(),
        period.into_iter().chain(tier).collect::<Vec<_>>().join(", "),
        format!("{} {unit}", units::fixed(quantity, 2)),
        price(first.price),
        units::fixed(BillLine::sum(lines.iter().copied()), 2),
        at.unwrap_or_default(),
    ]
}

/// A price with all the digits that a tariff gives.
fn price(price: f64) -> String {
    let text = units::fixed(price, 6);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Of a simulated load: the bill over all replications.
fn replications(report: &BillReport<'_>) -> Option<String> {
    let (values, interval) = report.load.replications.as_ref().filter(|(values, _)| values.len() > 1)?;
    let text = format!(
        "{} {} over {} replications; the lines above are those of the first",
        crate::report::text::interval(interval),
        currency(report.tariff.currency),
        values.len(),
    );
    Some(labelled("total", &text, report.look, TextStyle::Bold))
}

/// What a user must know of months whose load is not known at all hours.
fn incomplete(report: &BillReport<'_>) -> Option<String> {
    let months = report.bill.months.iter().filter(|month| !month.is_whole());
    let names: Vec<String> = months.map(month_name).collect();
    let text = format!(
        "the bill has only a part of {}: energy and demand are those of the known hours, each of these months has charges for demand, time and capacity of its own, and nothing is scaled up",
        names.join(", ")
    );
    (!names.is_empty()).then(|| labelled("note", &text, report.look, TextStyle::Yellow))
}
