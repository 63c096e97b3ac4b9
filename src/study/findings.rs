//! What a comparison shows beyond the differences to the baseline: rankings, the trade-off between figures, and which change
//! pays.
//!
//! Read [`Findings`] first.

use super::attribution::Attribution;
use super::losses::LineLosses;
use super::sensitivity::Sensitivities;
use super::{LineRanking, Parting, Study, Tradeoff, rank, tradeoff};
use crate::kpi::{self, Figure};

/// What was found out about lines that are compared.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    /// Of three lines or more: their order by each figure of interest.
    pub rankings: Vec<LineRanking>,
    /// Of three lines or more and two figures or more: which lines no other beats in all of them.
    pub tradeoff: Option<Tradeoff>,
    /// Which change pays, if that was asked for.
    pub attribution: Option<Attribution>,
    /// Where the first replication of each line parts from that of the baseline, if that was searched.
    pub partings: Vec<Parting>,
    /// Where the time and the energy of each line went, if that was asked for.
    pub losses: Vec<LineLosses>,
    /// Of one line: what it would be worth if something were a little better, if that was asked for.
    pub sensitivities: Option<Sensitivities>,
}

/// The figures of interest where none are named.
const OF_INTEREST: [&str; 2] = ["throughput", "energy_per_good_part"];

impl Findings {
    /// Of studies of the same plan; by the figures named, or by throughput and energy per good part.
    pub fn of(studies: &[Study<'_>], figures: &[Figure]) -> Findings {
        if studies.len() < 3 {
            return Findings::default();
        }
        let figures = Findings::of_interest(studies, figures);
        let known = |figure: &&Figure| studies.iter().all(|study| study.interval_of(figure).is_some());
        let judged = |figure: &&Figure| figure.better().higher().is_some();
        let weighed: Vec<Figure> = figures.iter().filter(known).filter(judged).cloned().collect();
        Findings {
            rankings: figures.iter().filter_map(|figure| rank(studies, figure)).collect(),
            attribution: None,
            partings: Vec::new(),
            losses: Vec::new(),
            sensitivities: None,
            tradeoff: (weighed.len() > 1).then(|| tradeoff(studies, &weighed)).flatten(),
        }
    }

    /// The figures named, or throughput and energy per good part as far as all lines know them.
    pub fn of_interest(studies: &[Study<'_>], named: &[Figure]) -> Vec<Figure> {
        if !named.is_empty() {
            return named.to_vec();
        }
        let usual = OF_INTEREST.iter().filter_map(|name| kpi::named(name)).map(Figure::of_line);
        usual.filter(|figure| studies.iter().all(|study| study.interval_of(figure).is_some())).collect()
    }
}
