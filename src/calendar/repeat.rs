//! After how many days a pattern of hours repeats, dates apart.

use super::pattern::{ShiftPattern, ShiftRoster};
use super::{Calendar, DayHours, OperationalClock, RateSpan, WeekdaySet};

const WEEK: u32 = 7;

impl Calendar {
    /// After how many days its shifts repeat: after the turn of a roster, after a day if all days are alike, and else after a week.
    /// Closed and extra dates and seasons do not count. None for what never ends.
    pub fn period_days(&self) -> Option<u32> {
        if self.is_one_endless_shift() {
            return None;
        }
        let seasons = self.seasons.iter().map(|season| &season.pattern);
        Some(match &self.roster {
            Some(roster) => roster.turn(),
            None if std::iter::once(&self.pattern).chain(seasons).all(ShiftPattern::is_daily) => 1,
            None => WEEK,
        })
    }
}

impl ShiftPattern {
    fn is_daily(&self) -> bool {
        self.0.iter().all(|(_, rule)| rule.days == WeekdaySet::DAILY)
    }
}

impl ShiftRoster {
    /// The shortest turn after which its days repeat.
    fn turn(&self) -> u32 {
        let length = self.days.len();
        let repeats = |turn: &usize| {
            length.is_multiple_of(*turn) && (0..length).all(|day| self.days[day] == self.days[day % turn])
        };
        (1..=length).find(repeats).unwrap_or(length) as u32
    }
}

impl OperationalClock {
    /// After how many days its speed repeats, hours and dates apart. None if it is the same at all times of the week.
    pub fn own_period_days(&self) -> Option<u32> {
        let of_rule = |span: RateSpan| match span {
            RateSpan::Daily(days, _) if days != WeekdaySet::DAILY => Some(WEEK),
            RateSpan::Daily(_, hours) if hours != DayHours::WHOLE_DAY => Some(1),
            RateSpan::Daily(..) | RateSpan::Shift(_) | RateSpan::Never => None,
        };
        self.rules().iter().filter_map(|rule| of_rule(rule.span)).max()
    }
}

#[cfg(test)]
mod tests {
    use super::super::{CalendarLayout, RosterLayout, SeasonLayout, ShiftLayout};
    use super::*;
    use indexmap::IndexMap;

    fn shift(days: Option<&str>) -> ShiftLayout {
        ShiftLayout { days: days.map(str::to_owned), hours: "06:00-14:00".to_owned(), breaks: Vec::new() }
    }

    fn period(layout: &CalendarLayout) -> Option<u32> {
        Calendar::new(layout, &[]).expect("a calendar without faults").period_days()
    }

    fn with(days: Option<&str>) -> CalendarLayout {
        let shifts = IndexMap::from([("early".to_owned(), shift(days))]);
        CalendarLayout { shifts, ..CalendarLayout::default() }
    }

    #[test]
    fn shifts_repeat_after_a_day_a_week_or_a_turn() {
        assert_eq!(period(&with(None)), Some(1));
        assert_eq!(period(&with(Some("daily"))), Some(1));
        assert_eq!(period(&with(Some("Mon-Fri"))), Some(7));
        assert_eq!(Calendar::always_open().period_days(), None);
        let turn = |days: &[&str]| {
            let days = days.iter().map(|day| (*day).to_owned()).collect();
            let roster = Some(RosterLayout { from: "2026-03-02".to_owned(), days });
            period(&CalendarLayout { roster, ..with(None) })
        };
        assert_eq!(turn(&["early", "early", "off", "off", "off"]), Some(5));
        // A turn that is written twice is as long as it is once.
        assert_eq!(turn(&["early", "off", "early", "off"]), Some(2));
        assert_eq!(turn(&["early", "off", "early"]), Some(3));
    }

    #[test]
    fn a_season_with_days_of_the_week_makes_a_week_of_it() {
        let shifts = IndexMap::from([("early".to_owned(), shift(Some("Mon-Sat")))]);
        let season = SeasonLayout { from: "06-01".to_owned(), to: "08-31".to_owned(), shifts };
        assert_eq!(period(&CalendarLayout { seasons: vec![season], ..with(None) }), Some(7));
    }
}
