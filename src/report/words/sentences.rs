//! The first sentence of a report in words. What it says is decided in `report/headline.rs`.
//!
//! Read [`Headline::in_words`] first.

use super::{Lang, Phrase};
use crate::report::headline::{Headline, ThroughputFact};
use crate::report::text::{interval, signed_per_cent};
use crate::stats::Interval;
use crate::units;

impl Headline {
    /// The sentence in a language, and one more for the cost if there is one.
    pub fn in_words(&self, lang: Lang) -> String {
        match self {
            Headline::Alone { name, throughput, energy } => {
                let makes = throughput.map(|rate| lang.fill(Phrase::MakesAlone, &[interval(&rate)]));
                let takes = energy.as_ref().map(|energy| lang.fill(Phrase::EnergyAlone, &[measured(energy)]));
                lang.sentence(name, [makes, takes, None], Phrase::NothingKnown)
            }
            Headline::Against { name, throughput, lead_time, energy, cost } => {
                let makes = throughput.as_ref().map(|fact| fact.in_words(lang));
                let leaves = lead_time.map(|by| lang.by(by, [Phrase::SoonerOut, Phrase::LaterOut]));
                let takes = energy.map(|by| lang.by(by, [Phrase::LessEnergy, Phrase::MoreEnergy]));
                let cost: Vec<String> = cost.iter().map(ToString::to_string).collect();
                lang.sentence(name, [makes, leaves, takes], Phrase::NotComparable)
                    + &lang.unless_empty(Phrase::Costs, lang.list(&cost))
            }
            Headline::Ranked { lines, figure, best, value, rivals } => {
                // In English a figure has its short name, as in the tables.
                let figure = if lang == Lang::En { figure.name() } else { lang.figure(figure) };
                let values = [lines.to_string(), lang.quoted(best), figure, measured(value)];
                let rivals: Vec<String> = rivals.iter().map(|name| lang.quoted(name)).collect();
                let rivals = lang.unless_empty(Phrase::NotToldApart, lang.list(&rivals));
                lang.fill(Phrase::BestOf, &values) + &rivals + lang.say(Phrase::FullStop)
            }
        }
    }
}

impl ThroughputFact {
    fn in_words(&self, lang: Lang) -> String {
        let with = |phrase: Phrase, means: &[f64; 2]| lang.fill(phrase, &means.map(units::number));
        match self {
            ThroughputFact::TooFewRuns(means) => with(Phrase::MakesUnsure, means),
            ThroughputFact::NoneSeen(means, ends) => {
                let ends = ends.map(|ends| lang.fill(Phrase::BetweenEnds, &ends.map(signed)));
                with(Phrase::NoMoreMade, means) + &ends.unwrap_or_default()
            }
            ThroughputFact::Changed(means, change) => {
                let change = change.map(|change| lang.fill(Phrase::ByChange, &[signed_per_cent(change)]));
                with(Phrase::MakesInstead, means) + &change.unwrap_or_default()
            }
        }
    }
}

impl Lang {
    /// What is said of a line: the clauses that are there, or else that there is none.
    fn sentence(self, name: &str, clauses: [Option<String>; 3], none: Phrase) -> String {
        let clauses: Vec<String> = clauses.into_iter().flatten().collect();
        let said = if clauses.is_empty() { self.say(none).to_owned() } else { self.joined(&clauses, "；") };
        self.fill(Phrase::Sentence, &[self.quoted(name), said])
    }

    /// A phrase about a text, if there is one.
    fn unless_empty(self, phrase: Phrase, text: String) -> String {
        if text.is_empty() { text } else { self.fill(phrase, &[text]) }
    }

    pub(super) fn quoted(self, name: &str) -> String {
        match self {
            Lang::En => format!("\"{name}\""),
            Lang::Zh => format!("“{name}”"),
        }
    }

    /// A relative change without its sign: the phrase says which way it goes.
    fn by(self, change: f64, [less, more]: [Phrase; 2]) -> String {
        self.fill(if change > 0.0 { more } else { less }, &[units::share(change.abs())])
    }

    /// Names or amounts: `a, b and c`.
    fn list(self, parts: &[String]) -> String {
        self.joined(parts, "、")
    }

    fn joined(self, parts: &[String], chinese: &str) -> String {
        match (self, parts) {
            (Lang::Zh, _) => parts.join(chinese),
            (Lang::En, [first @ .., before, last]) => {
                let first: String = first.iter().map(|part| format!("{part}, ")).collect();
                format!("{first}{before} and {last}")
            }
            (Lang::En, _) => parts.concat(),
        }
    }
}

/// A mean with its interval and its unit.
fn measured((mean, unit): &(Interval, String)) -> String {
    units::with_unit(&interval(mean), unit)
}

fn signed(value: f64) -> String {
    if value > 0.0 { format!("+{}", units::number(value)) } else { units::number(value) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kpi::{self, Figure};
    use crate::report::words::numbers_in;
    use crate::units::Money;

    fn against(throughput: Option<ThroughputFact>, lead_time: Option<f64>) -> Headline {
        let cost = ["2.4 MCNY", "1.2 MEUR"].map(|sum| Money::parse(sum).unwrap()).to_vec();
        Headline::Against { name: "Line 3".to_owned(), throughput, lead_time, energy: Some(0.12), cost }
    }

    fn all() -> Vec<Headline> {
        let change = Interval { mean: 0.5825, half_width: Some(0.0048), n: 20 };
        let rate = Interval { mean: 60.66, half_width: Some(0.14), n: 20 };
        let alone = Headline::Alone {
            name: "Line 3".to_owned(),
            throughput: Some(rate),
            energy: Some((Interval { mean: 0.351, half_width: None, n: 1 }, "kWh".to_owned())),
        };
        let ranked = Headline::Ranked {
            lines: 4,
            figure: Figure::of_line(kpi::ALL[0]),
            best: "Line 5".to_owned(),
            value: (rate, "1/h".to_owned()),
            rivals: vec!["Line 6".to_owned(), "Line 7".to_owned()],
        };
        vec![
            alone,
            ranked,
            against(Some(ThroughputFact::Changed([60.66, 38.33], Some(change))), Some(-0.123)),
            against(Some(ThroughputFact::Changed([60.66, 38.33], None)), Some(0.123)),
            against(Some(ThroughputFact::NoneSeen([60.0, 61.0], Some([-1.5, 0.5]))), None),
            against(Some(ThroughputFact::TooFewRuns([60.0, 61.0])), None),
            against(None, None),
        ]
    }

    #[test]
    fn both_languages_state_the_same_numbers() {
        for headline in all() {
            let [english, chinese] = [Lang::En, Lang::Zh].map(|lang| headline.in_words(lang));
            assert!(numbers_in(&english).len() > 2, "{english}");
            assert_eq!(numbers_in(&english), numbers_in(&chinese), "{english} {chinese}");
        }
    }

    #[test]
    fn a_sentence_reads_as_a_person_would_write_it() {
        let [one, other] = [Lang::En, Lang::Zh].map(|lang| all()[2].in_words(lang));
        let english = "\"Line 3\" makes 60.66 instead of 38.33 good parts an hour (+58.25 ± 0.48 %), parts leave the line \
                       after 12.3 % less time and each good part takes 12.0 % more energy. It costs 2.4 MCNY and 1.2 MEUR.";
        assert_eq!(one, english);
        let chinese = "“Line 3”：每小时生产合格品 60.66 件，原为 38.33 件（+58.25 ± 0.48 %）；流程时间缩短 12.3 %；每件合格品能耗增加 \
                       12.0 %。投资 2.4 MCNY、1.2 MEUR。";
        assert_eq!(other, chinese);
    }
}
