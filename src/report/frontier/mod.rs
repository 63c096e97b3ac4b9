//! The frontier of a line: the table for people, JSON and CSV for programs. The page is in `report/html`. Read [`FrontierReport`] first.
//!
//! All forms tell the search and the fresh runs apart: a figure of the best setting is that of the fresh random numbers.

mod frontier_csv;
mod frontier_json;
mod frontier_table;

pub use frontier_csv::write as frontier_csv;
pub use frontier_json::write as frontier_json;
pub(super) use frontier_json::{FRONTIER, FrontierJson};
pub use frontier_table::write as frontier_table;

use super::Look;
use super::text::{counted, signed_interval};
use super::words::{Lang, Phrase};
use crate::study::frontier::{ChosenOptions, Frontier, LossLimit, SearchEnd, SettingComparison};
use crate::study::{FigureComparison, Study};
use crate::units;

/// A frontier and the runs of the line as it is written.
#[derive(Clone, Copy, Debug)]
pub struct FrontierReport<'a> {
    /// The line as it is written.
    pub study: &'a Study<'a>,
    /// What its settings have shown.
    pub frontier: &'a Frontier,
    /// How it looks where people read it.
    pub look: Look,
}

impl FrontierReport<'_> {
    /// Whether a setting is the best.
    pub(super) fn is_best(&self, number: usize) -> bool {
        self.frontier.best.as_ref().is_some_and(|best| best.number == number)
    }

    /// The numbers of the settings that tables show: those of the frontier, and the best, which may lie behind a setting that is not
    /// shown to keep the limit; the one with most gain first.
    pub(super) fn shown(&self) -> Vec<usize> {
        let mut shown = self.frontier.front.clone();
        if let Some(best) = self.frontier.best.as_ref().filter(|best| !shown.contains(&best.number)) {
            shown.push(best.number);
        }
        shown
    }

    /// Each field that a setting changes, as `rack.capacity = 8`.
    pub(super) fn values(&self, chosen: &ChosenOptions) -> Vec<String> {
        let values = self.frontier.request.space.values(chosen);
        values.map(|(path, value)| format!("{path} = {value}")).collect()
    }

    /// What was found, in sentences.
    pub(super) fn answer(&self, lang: Lang) -> Vec<String> {
        let request = &self.frontier.request;
        let (cost, limit) = (lang.figure(&request.figures.cost), self.limit(lang));
        let best = self.frontier.best.as_ref().zip(self.frontier.best_in_search());
        let Some((best, (chosen, _))) = best else {
            return vec![lang.fill(Phrase::FrontierNone, &[limit, cost])];
        };
        let setting = self.values(chosen).join(", ");
        let mut answer = vec![lang.fill(Phrase::FrontierBest, &[limit, setting])];
        let seed = best.seed.to_string();
        match &best.fresh {
            Ok(fresh) => {
                let [cost, gain] = [&fresh.cost, &fresh.gain].map(|found| difference(found, lang));
                answer.push(lang.fill(Phrase::FrontierFresh, &[seed, cost, gain]));
            }
            Err(why) => answer.push(lang.fill(Phrase::FrontierNotFresh, &[seed, why.clone()])),
        }
        if !best.is_confirmed {
            answer.push(lang.say(Phrase::FrontierOpen).to_owned());
        }
        answer
    }

    /// The limit: `1 % of throughput (0.55 /h)`, or an amount alone.
    fn limit(&self, lang: Lang) -> String {
        let unit = self.frontier.baseline().map_or("", |base| lang.unit(&base.gain.unit));
        let amount = units::with_unit(&units::number(self.frontier.limit()), unit);
        let gain = lang.figure(&self.frontier.request.figures.gain);
        match self.frontier.request.limit {
            LossLimit::Share(share) => lang.fill(Phrase::FrontierShare, &[per_cent(share), gain, amount]),
            LossLimit::Amount(_) => lang.fill(Phrase::FrontierAmount, &[amount, gain]),
        }
    }

    /// How many settings were evaluated, and why no more.
    fn how_far(&self, lang: Lang) -> String {
        let (tried, all) = (self.frontier.settings.len(), self.frontier.request.space.count());
        let numbers = [units::number(tried as f64), units::number(all as f64)];
        let phrase = match self.frontier.end {
            SearchEnd::All => Phrase::FrontierAll,
            SearchEnd::NothingNew => Phrase::FrontierNothingNew,
            SearchEnd::Most => Phrase::FrontierMost,
        };
        lang.fill(phrase, &numbers)
    }

    /// What to know about the figures.
    pub(super) fn notes(&self, lang: Lang) -> Vec<String> {
        let confidence = units::number(self.study.plan.confidence * 100.0);
        let mut notes = vec![self.how_far(lang), lang.fill(Phrase::FrontierNote, &[confidence])];
        if self.frontier.best.is_some() {
            notes.push(lang.say(Phrase::FrontierFreshNote).to_owned());
        }
        let left_out: Vec<_> = self.frontier.left_out().collect();
        let named = left_out.iter().take(LEFT_OUT).map(|(chosen, why)| {
            lang.fill(Phrase::Named, &[self.values(chosen).join(", "), (*why).to_owned()])
        });
        let named = named.collect::<Vec<_>>().join("; ");
        if !left_out.is_empty() {
            let count = units::number(left_out.len() as f64);
            notes.push(lang.fill(Phrase::FrontierLeftOut, &[count, named]));
        }
        notes
    }
}

/// Of more settings without figures only the first are named.
const LEFT_OUT: usize = 3;

fn per_cent(share: f64) -> String {
    format!("{} %", units::number(share * 100.0))
}

/// A difference in words: `energy per good part -0.031 ± 0.002 kWh (-2.3 %, better)`.
fn difference(found: &FigureComparison, lang: Lang) -> String {
    let size = units::with_unit(&signed_interval(&found.difference), lang.unit(&found.unit));
    let verdict = lang.verdict(found.verdict).to_owned();
    match relative(found) {
        Some(change) => {
            lang.fill(Phrase::FrontierChange, &[lang.figure(&found.figure), size, change, verdict])
        }
        None => lang.fill(Phrase::FrontierDifference, &[lang.figure(&found.figure), size, verdict]),
    }
}

/// The mean relative change, if it is known: `-2.3 %`.
pub(super) fn relative(found: &FigureComparison) -> Option<String> {
    let change = found.relative?.mean;
    let text = units::share(change);
    Some(if change > 0.0 { format!("+{text}") } else { text })
}

/// `12 settings`.
fn settings(count: usize) -> String {
    counted(count as u64, "setting")
}

/// A row of a table: what a setting changes, and how it compares.
pub(super) struct FrontierRow<'a> {
    /// The fields that it changes, or what else it is.
    pub(super) name: Vec<String>,
    /// Its place among the settings that tables show, from 1.
    pub(super) place: Option<usize>,
    /// Whether it is the best.
    pub(super) is_best: bool,
    /// The comparison.
    pub(super) found: &'a SettingComparison,
    /// Whether it is the baseline, so that a difference says nothing.
    pub(super) is_baseline: bool,
}

impl<'a> FrontierRow<'a> {
    /// The baseline, or the best once more, under a name.
    fn named(name: &str, found: &'a SettingComparison, is_baseline: bool) -> FrontierRow<'a> {
        FrontierRow { name: vec![name.to_owned()], place: None, is_best: false, found, is_baseline }
    }
}

/// So many settings at most have rows in a table.
const ROWS: usize = 30;

impl<'a> FrontierReport<'a> {
    /// The rows of a table for people, and how many settings have none: the baseline, the frontier, the best, and both on fresh random
    /// numbers.
    pub(super) fn rows(&self, lang: Lang) -> (Vec<FrontierRow<'a>>, usize) {
        let frontier = self.frontier;
        let base = frontier.baseline();
        let base = base.map(|found| FrontierRow::named(lang.say(Phrase::FrontierBaseline), found, true));
        let shown: Vec<usize> = self.shown().into_iter().filter(|number| *number > 0).collect();
        let kept = shown.iter().enumerate().filter(|(nth, number)| *nth < ROWS || self.is_best(**number));
        let row = |(nth, number): (usize, &usize)| {
            let one = &frontier.settings[*number];
            Some(FrontierRow {
                name: self.values(&one.chosen),
                place: Some(nth + 1),
                is_best: self.is_best(*number),
                found: one.found.as_ref().ok()?,
                is_baseline: false,
            })
        };
        let settings: Vec<FrontierRow<'a>> = kept.filter_map(row).collect();
        let hidden = shown.len() - settings.len();
        let fresh = frontier.best.as_ref().and_then(|best| best.fresh.as_ref().ok());
        let again = fresh.into_iter().flat_map(|found| {
            let names =
                [Phrase::FrontierBaselineAgain, Phrase::FrontierBestAgain].map(|phrase| lang.say(phrase));
            [FrontierRow::named(names[0], found, true), FrontierRow::named(names[1], found, false)]
        });
        (base.into_iter().chain(settings).chain(again).collect(), hidden)
    }

    /// The place of a setting among those that tables show, from 1.
    pub(super) fn place(&self, number: usize) -> Option<usize> {
        let mut shown = self.shown().into_iter().filter(|number| *number > 0);
        shown.position(|shown| shown == number).map(|nth| nth + 1)
    }
}
