//! The periods of the utility rate database, by month and hour on weekdays and weekends, as periods with their hours. Read
//! [`PeriodMatrix`].

use super::layout::{PeriodLayout, WhenLayout};
use super::urdb::{UrdbTier, tiers_of};
use crate::units::PricedUnit;
use indexmap::IndexMap;

/// The last day of each month, in any year.
const LAST_DAYS: [u8; 12] = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/// The number of the period by month and hour, on weekdays and on weekends.
pub(super) struct PeriodMatrix {
    /// The field with its rates.
    rates: &'static str,
    days: [Vec<Vec<usize>>; 2],
}

impl PeriodMatrix {
    pub(super) fn new(
        what: &'static str,
        weekdays: &[Vec<usize>],
        weekends: &[Vec<usize>],
        shown: &str,
    ) -> Result<PeriodMatrix, String> {
        for (name, rows) in [("weekday", weekdays), ("weekend", weekends)] {
            if rows.len() != 12 || rows.iter().any(|row| row.len() != 24) {
                return Err(format!(
                    "`{what}{name}schedule` of {shown} is no 12 months of 24 hours; complete it"
                ));
            }
        }
        let rates = if what == "energy" { "energyratestructure" } else { "demandratestructure" };
        Ok(PeriodMatrix { rates, days: [weekdays.to_vec(), weekends.to_vec()] })
    }

    pub(super) fn by_month(months: &[usize], shown: &str) -> Result<PeriodMatrix, String> {
        if months.len() != 12 {
            return Err(format!("`flatdemandmonths` of {shown} is no list of 12 months; complete it"));
        }
        let rows: Vec<Vec<usize>> = months.iter().map(|period| vec![*period; 24]).collect();
        Ok(PeriodMatrix { rates: "flatdemandstructure", days: [rows.clone(), rows] })
    }

    /// The periods that come, with their prices. That with the most hours is the last, which has what is left.
    pub(super) fn periods(
        &self,
        rates: &[Vec<UrdbTier>],
        unit: PricedUnit,
        shown: &str,
    ) -> Result<IndexMap<String, PeriodLayout>, String> {
        let hours_of = |period: usize| {
            let of_days = |(rows, days): (&Vec<Vec<usize>>, usize)| {
                days * rows.iter().flatten().filter(|other| **other == period).count()
            };
            self.days.iter().zip([5, 2]).map(of_days).sum::<usize>()
        };
        let mut used: Vec<usize> = self.days.iter().flatten().flatten().copied().collect();
        used.sort_unstable();
        used.dedup();
        // If several have as many hours, the first of them goes last.
        let last = used.iter().copied().rev().max_by_key(|period| hours_of(*period));
        used.sort_by_key(|period| Some(*period) == last);
        let mut periods = IndexMap::new();
        for period in used {
            let Some(tiers) = rates.get(period) else {
                let field = self.rates;
                return Err(format!("`{field}` of {shown} has no period {period}; the schedule names it"));
            };
            let when = if Some(period) == last { Vec::new() } else { self.when(period) };
            let tiers = tiers_of(tiers, unit, shown)?;
            periods
                .insert(format!("period {period}"), PeriodLayout { tiers, when, ..PeriodLayout::default() });
        }
        Ok(periods)
    }

    /// When a period is: months with the same hours together, weekdays and weekends together where they do not differ.
    fn when(&self, period: usize) -> Vec<WhenLayout> {
        let hours = |day: usize, month: usize| hours_with(&self.days[day][month], period);
        let mut rules: IndexMap<(Option<&str>, Vec<String>), Vec<usize>> = IndexMap::new();
        for month in 0..12 {
            let [weekdays, weekends] = [hours(0, month), hours(1, month)];
            let of_days = match weekdays == weekends {
                true => vec![(None, weekdays)],
                false => vec![(Some("Mon-Fri"), weekdays), (Some("Sat, Sun"), weekends)],
            };
            for (days, hours) in of_days.into_iter().filter(|(_, hours)| !hours.is_empty()) {
                rules.entry((days, hours)).or_default().push(month);
            }
        }
        let rule = |((days, hours), months): ((Option<&str>, Vec<String>), Vec<usize>)| {
            let whole = hours == ["00:00-24:00"];
            WhenLayout {
                dates: if months.len() == 12 { Vec::new() } else { dates_of(&months) },
                days: days.map(str::to_owned),
                hours: if whole { Vec::new() } else { hours },
            }
        };
        rules.into_iter().map(rule).collect()
    }
}

/// The hours of a day in which a period holds.
fn hours_with(row: &[usize], period: usize) -> Vec<String> {
    let mut hours = Vec::new();
    let mut hour = 0;
    while hour < row.len() {
        let length = row[hour..].iter().take_while(|other| **other == period).count();
        if length > 0 {
            hours.push(format!("{hour:02}:00-{:02}:00", hour + length));
        }
        hour += length.max(1);
    }
    hours
}

/// Months as ranges of days of every year.
fn dates_of(months: &[usize]) -> Vec<String> {
    let mut ranges: Vec<(usize, usize)> = Vec::new();
    for &month in months {
        match ranges.last_mut() {
            Some(last) if last.1 + 1 == month => last.1 = month,
            _ => ranges.push((month, month)),
        }
    }
    let range = |(first, last): (usize, usize)| {
        format!("{:02}-01..{:02}-{:02}", first + 1, last + 1, LAST_DAYS[last])
    };
    ranges.into_iter().map(range).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_and_hours_become_ranges() {
        assert_eq!(dates_of(&[0, 1, 4, 10, 11]), ["01-01..02-29", "05-01..05-31", "11-01..12-31"]);
        let mut row = vec![0; 24];
        row[9..12].fill(1);
        row[23] = 1;
        assert_eq!(hours_with(&row, 1), ["09:00-12:00", "23:00-24:00"]);
        assert_eq!(hours_with(&row, 0), ["00:00-09:00", "12:00-23:00"]);
        assert!(hours_with(&row, 2).is_empty());
    }
}
