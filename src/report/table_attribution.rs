//! Which change of an upgrade pays, as tables: one for each figure.

use super::table::{TableColumn, grid};
use super::text::{TextStyle, counted, interval, labelled, signed_interval};
use super::{CompareReport, Look};
use crate::stats::Interval;
use crate::study::attribution::{Attribution, ChangeShare, FigureAttribution, Interaction};
use crate::units;

/// All tables, if the upgrade was taken apart.
pub(super) fn write(report: &CompareReport<'_>) -> Option<String> {
    let found = report.findings.attribution.as_ref()?;
    let names: Vec<String> = found.groups.iter().map(|group| group.join(" + ")).collect();
    let tables: Vec<String> = found.figures.iter().map(|figure| table(figure, &names, report.look)).collect();
    Some(tables.join("\n") + "\n" + &labelled("note", &how(found), report.look, TextStyle::Bold))
}

fn how(found: &Attribution) -> String {
    let orders =
        if found.exact { "all orders of the changes" } else { "orders of the changes that were drawn" };
    let lines = counted(found.lines as u64, "line");
    format!(
        "a share is what a change adds, averaged over {orders} (Shapley); the shares add up to the whole; \
         {lines} ran on the same random numbers"
    )
}

fn table(found: &FigureAttribution, names: &[String], look: Look) -> String {
    let gain = format!("{} ({})", found.figure.name(), found.unit);
    let columns = [
        (gain.as_str(), TableColumn::Name),
        ("alone", TableColumn::Figure),
        ("lost without it", TableColumn::Figure),
        ("share of the whole", TableColumn::Figure),
    ];
    let row = |(name, share): (&String, &ChangeShare)| {
        vec![
            name.clone(),
            signed_interval(&share.alone),
            signed_interval(&share.last),
            signed_interval(&share.share),
        ]
    };
    let mut rows: Vec<Vec<String>> = names.iter().zip(&found.shares).map(row).collect();
    rows.push(vec!["all of them".to_owned(), String::new(), String::new(), signed_interval(&found.total)]);
    let notes: String = found.interactions.iter().map(|it| together(it, found, names, look)).collect();
    grid(&columns, rows, look) + &notes
}

fn together(found: &Interaction, of: &FigureAttribution, names: &[String], look: Look) -> String {
    let (one, other) = found.groups;
    let (mean, half_width) = (found.effect.mean, found.effect.half_width);
    let size = interval(&Interval { mean: mean.abs(), half_width, n: found.effect.n });
    let word = if mean > 0.0 { "more" } else { "less" };
    let text = format!(
        "\"{}\" and \"{}\" together add {} {word} than the sum of each alone",
        names[one],
        names[other],
        units::with_unit(&size, &of.unit)
    );
    labelled("note", &text, look, TextStyle::Bold)
}
