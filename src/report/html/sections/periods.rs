//! The figures by shift, by hour of the day, by day or by period of the tariff; the section is left out if they were not asked for.

use super::PageSection;
use super::decision::table;
use crate::calendar::NO_SHIFT;
use crate::kernel::Time;
use crate::report::html::PageReport;
use crate::report::table_periods::{MISSING, OEE, OPERATIONS, SideBySide, shown_figures, side_by_side};
use crate::report::text::{interval, per_cent};
use crate::report::words::{Lang, Phrase};
use crate::stats::Interval;
use crate::study::{PeriodKind, PeriodStudy, Study};
use crate::units;

pub(super) static SECTION: PageSection = PageSection {
    name: "periods",
    about: "with --by, the figures of each shift, hour, day or period of the tariff",
    title: Phrase::ByPeriod,
    write,
};

fn write(report: &PageReport<'_>) -> String {
    let names = report.names();
    let named = names.iter().map(|name| if report.is_comparison() { name.as_str() } else { "" });
    let with_periods = named.zip(report.studies).filter(|(_, study)| !study.periods.is_empty());
    with_periods.map(|(name, study)| of_line(name, study, report.lang)).collect()
}

fn of_line(name: &str, study: &Study<'_>, lang: Lang) -> String {
    let kind = study.plan.by.unwrap_or(PeriodKind::Shift);
    let head = match kind {
        PeriodKind::Shift => Phrase::Shift,
        PeriodKind::Hour => Phrase::HourOfDay,
        PeriodKind::Day => Phrase::Day,
        PeriodKind::Tariff => Phrase::TariffPeriod,
    };
    let figures = shown_figures(study);
    let scheduled = study.line.calendars.of_line().map(|_| lang.say(Phrase::ScheduledHours).to_owned());
    let first = [lang.say(head).to_owned(), lang.say(Phrase::Hours).to_owned()];
    let named = figures.iter().map(|(figure, _)| {
        let unit = figure.unit_in(study.line);
        let unit = if unit == "1" { "%" } else { &*unit };
        format!("{}, {}", lang.figure(figure), lang.unit(unit))
    });
    let heads: Vec<String> = first.into_iter().chain(scheduled).chain(named).collect();
    let hours = |time: Time| units::number(time.secs() / 3600.0);
    let row = |period: &PeriodStudy<'_>| {
        let length = hours(period.period.counted.length());
        let first = [label(period, lang), length].into_iter().chain(period.scheduled().map(hours));
        let found = figures.iter().map(|(figure, _)| cell(period.study.interval_of(figure), figure.unit()));
        first.chain(found).collect()
    };
    let rows: Vec<Vec<String>> = study.periods.iter().map(row).collect();
    let note = match kind {
        PeriodKind::Shift => Phrase::ShiftNote,
        PeriodKind::Hour | PeriodKind::Day | PeriodKind::Tariff => Phrase::PeriodNote,
    };
    let beside = side_by_side(study).into_iter().map(|found| matrix(&found, study, lang));
    table(name, &heads, &rows, &[lang.say(note).to_owned()]) + &beside.collect::<String>()
}

/// A column for each period.
fn matrix(found: &SideBySide, study: &Study<'_>, lang: Lang) -> String {
    let labels = study.periods.iter().map(|period| label(period, lang));
    let named = match found.head {
        OPERATIONS => Phrase::Operations,
        OEE => Phrase::ElementOee,
        MISSING => Phrase::Missing,
        _ => Phrase::Utilisation,
    };
    let title = found.kpi.map_or(lang.say(named), |kpi| lang.kpi(kpi));
    let unit = if found.unit == "1" { "%" } else { found.unit };
    let title = format!("{title}, {}", lang.unit(unit));
    let heads: Vec<String> = std::iter::once(title).chain(labels).collect();
    let row = |(name, found_here): &(String, Vec<Option<Interval>>)| {
        let cells = found_here.iter().map(|here| cell(*here, found.unit));
        std::iter::once(name.clone()).chain(cells).collect()
    };
    table("", &heads, &found.rows.iter().map(row).collect::<Vec<Vec<String>>>(), &[])
}

fn label(period: &PeriodStudy<'_>, lang: Lang) -> String {
    match period.period.name.as_str() {
        NO_SHIFT => lang.say(Phrase::NoShift).to_owned(),
        _ => period.period.label(),
    }
}

fn cell(found: Option<Interval>, unit: &str) -> String {
    match unit {
        "1" => per_cent(found),
        _ => found.as_ref().map(interval).unwrap_or_default(),
    }
}
