//! The price of energy on the time of a run: which period of the tariff holds when, and what a kilowatt-hour costs in it.
//!
//! Several charges for energy, such as those of a supplier and of a grid, have hours of their own; then a period is one of each, and
//! its price is their sum. Read [`TariffClock`].

use super::charges::{Charge, PeriodPrices};
use super::instant::nanos_of;
use super::{PeriodSpan, Tariff};
use crate::kernel::Time;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

/// More periods than this are not told apart.
const MOST_PERIODS: usize = 4096;

/// When a run starts by a clock in a zone, in nanoseconds since the beginning of 1970; none before 1970 and after 2060, since
/// instants end in 2262.
pub fn start_of_run(zone: &TimeZone, start: DateTime) -> Option<i64> {
    let years = 1970..=2060;
    years.contains(&start.year()).then(|| zone.to_timestamp(start).map(nanos_of).ok()).flatten()
}

/// The periods of a tariff's energy on the time of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct TariffClock {
    charges: Vec<PeriodPrices>,
    zone: TimeZone,
    /// Time zero of the run, in nanoseconds since the beginning of 1970.
    start: i64,
}

/// From the end of the span before it until this time a period holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RunPeriodSpan {
    /// The end.
    pub until: Time,
    /// The number of the period.
    pub period: usize,
}

impl TariffClock {
    /// The energy of a tariff for a run that starts at a date and time of a zone; none if the tariff charges no energy. The hours of
    /// the tariff are those of its own zone, if it names one. The message says why there is no such clock.
    pub fn new(
        tariff: &Tariff,
        zone: &TimeZone,
        start: DateTime,
    ) -> Result<Option<TariffClock>, &'static str> {
        let is_drawn = |charge: &Charge| match charge {
            Charge::Energy(charge) if !charge.is_feed_in => Some(charge.prices.clone()),
            _ => None,
        };
        let charges: Vec<PeriodPrices> =
            tariff.charges.iter().filter_map(|(_, charge)| is_drawn(charge)).collect();
        if charges.is_empty() {
            return Ok(None);
        }
        let periods = charges.iter().try_fold(1_usize, |all, charge| all.checked_mul(charge.prices.len()));
        if periods.is_none_or(|periods| periods > MOST_PERIODS) {
            return Err("its charges for energy have more than 4096 periods together");
        }
        let start = start_of_run(zone, start).ok_or("a run with a tariff starts from 1970 to 2060")?;
        let zone = tariff.zone.clone().unwrap_or_else(|| zone.clone());
        Ok(Some(TariffClock { charges, zone, start }))
    }

    /// How many periods there are, also those that never come.
    pub fn periods(&self) -> usize {
        self.charges.iter().map(|charge| charge.prices.len()).product()
    }

    /// What a period is called: the periods of all charges in it, or `all hours` if no charge has any.
    pub fn name(&self, period: usize) -> String {
        let names = self.charges.iter().zip(self.of_charges(period));
        let names = names.map(|(charge, nth)| charge.schedule.names().nth(nth).unwrap_or_default());
        let names: Vec<&str> = names.filter(|name| !name.is_empty()).collect();
        if names.is_empty() { "all hours".to_owned() } else { names.join(" + ") }
    }

    /// What a kilowatt-hour costs in a period; none if that depends on the energy of the month.
    pub fn price(&self, period: usize) -> Option<f64> {
        let prices = self.charges.iter().zip(self.of_charges(period)).map(|(charge, nth)| {
            let tiers = &charge.prices[nth];
            (tiers.all().len() == 1).then(|| tiers.first_price())
        });
        prices.sum()
    }

    /// Which period of each charge a period is.
    fn of_charges(&self, period: usize) -> impl Iterator<Item = usize> {
        let mut rest = period;
        self.charges.iter().map(move |charge| {
            let count = charge.prices.len();
            let nth = rest % count;
            rest /= count;
            nth
        })
    }

    /// The periods from one time of the run to another, one after the other.
    pub fn spans(&self, from: Time, to: Time) -> Vec<RunPeriodSpan> {
        let nanos = |time: Time| self.start.saturating_add(i64::try_from(time.0).unwrap_or(i64::MAX));
        let all: Vec<Vec<PeriodSpan>> = self
            .charges
            .iter()
            .map(|charge| charge.schedule.spans(nanos(from), nanos(to), &self.zone))
            .collect();
        let mut ends: Vec<i64> = all.iter().flatten().map(|span| span.to).collect();
        ends.sort_unstable();
        ends.dedup();
        let mut places = vec![0; all.len()];
        let mut spans: Vec<RunPeriodSpan> = Vec::with_capacity(ends.len());
        for end in ends {
            let (mut period, mut size) = (0, 1);
            for ((spans, place), charge) in all.iter().zip(&mut places).zip(&self.charges) {
                period += spans[*place].period * size;
                size *= charge.prices.len();
                *place += usize::from(spans[*place].to == end && *place + 1 < spans.len());
            }
            let until = Time(end.saturating_sub(self.start) as u64);
            match spans.last_mut() {
                Some(last) if last.period == period => last.until = until,
                _ => spans.push(RunPeriodSpan { until, period }),
            }
        }
        spans
    }
}

#[cfg(test)]
mod tests {
    use super::super::bill_tests::tariff;
    use super::*;

    const HOUR: u64 = 3_600_000_000_000;

    fn clock(text: &str) -> TariffClock {
        let start = "2026-03-28T22:00".parse().unwrap();
        TariffClock::new(&tariff(text), &TimeZone::get("Europe/Berlin").unwrap(), start).unwrap().unwrap()
    }

    #[test]
    fn periods_follow_the_clock_on_the_wall_and_prices_of_several_charges_add_up() {
        let clock = clock(
            r#"Tariff(name: "", charges: {
                "supplier": Energy(price: "0.1 EUR/kWh", periods: {
                    "night": (times: 0.5, when: [(hours: ["22:00-06:00"])]), "day": (),
                }),
                "grid": Energy(periods: {
                    "low": (price: "0.01 EUR/kWh", when: [(hours: ["01:00-04:00"])]), "high": (price: "0.03 EUR/kWh"),
                }),
            })"#,
        );
        // The clock skips from 02:00 to 03:00 in this night.
        let spans = clock.spans(Time::ZERO, Time(10 * HOUR));
        let found: Vec<(u64, String, f64)> = spans
            .iter()
            .map(|span| (span.until.0 / HOUR, clock.name(span.period), clock.price(span.period).unwrap()))
            .collect();
        let row = |until: u64, name: &str, price: f64| (until, name.to_owned(), price);
        assert_eq!(
            found,
            [
                row(3, "night + high", 0.05 + 0.03),
                row(5, "night + low", 0.05 + 0.01),
                row(7, "night + high", 0.05 + 0.03),
                row(10, "day + high", 0.1 + 0.03),
            ]
        );
        assert_eq!(clock.periods(), 4);
    }

    #[test]
    fn a_price_that_depends_on_the_month_is_unknown() {
        let clock = clock(
            r#"Tariff(name: "", charges: { "energy": Energy(tiers: [(up_to: "1 MWh", price: "1 EUR/kWh"), (price: "2 EUR/kWh")]) })"#,
        );
        assert_eq!((clock.name(0).as_str(), clock.price(0)), ("all hours", None));
    }
}
