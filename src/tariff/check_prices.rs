//! Checks of the prices of a charge: one price, tiers, or periods.

use super::charges::PeriodPrices;
use super::check::TariffCheck;
use super::layout::{PeriodLayout, TierLayout};
use super::schedule::{Schedule, TariffPeriod};
use super::tiers::{PriceTier, Tiers};
use crate::calendar::CalendarFault;
use crate::units::{Energy, Power, PricedUnit, Quantity, UnitPrice};
use indexmap::IndexMap;
use std::sync::Arc;

/// What the prices of a charge are for, and how its tiers are limited.
#[derive(Clone, Copy)]
pub(super) enum Priced {
    Energy,
    Demand,
}

impl Priced {
    pub(super) fn unit(self) -> PricedUnit {
        match self {
            Priced::Energy => PricedUnit::Kwh,
            Priced::Demand => PricedUnit::Kw,
        }
    }

    /// The limit of a tier, in the unit of the price.
    fn limit(self, text: &str) -> Result<f64, String> {
        match self {
            Priced::Energy => Energy::parse(text).map(|energy| energy.0 / 3.6e6),
            Priced::Demand => Power::parse(text).map(|power| power.0 / 1e3),
        }
    }

    pub(super) fn example(self) -> &'static str {
        match self {
            Priced::Energy => "0.65 CNY/kWh",
            Priced::Demand => "36 CNY/kW",
        }
    }
}

impl TariffCheck {
    pub(super) fn prices(
        &mut self,
        way: &str,
        priced: Priced,
        price: Option<UnitPrice>,
        tiers: &[TierLayout],
        periods: &IndexMap<String, PeriodLayout>,
    ) -> Option<PeriodPrices> {
        if periods.is_empty() {
            let prices = vec![self.own_prices(way, priced, price, tiers)?];
            let only = TariffPeriod { name: String::new(), when: Vec::new() };
            let schedule = Schedule { periods: vec![only], holidays: Arc::clone(&self.holidays) };
            return Some(PeriodPrices { schedule, prices });
        }
        if !tiers.is_empty() {
            let message = "the charge has periods, so tiers of its own say nothing";
            self.faults.add(format!("{way}.tiers"), message, "give the tiers to the periods");
        }
        let base = price.map(|price| {
            (price, self.price(&format!("{way}.price"), price, &[priced.unit()], priced.example()))
        });
        let mut prices = Vec::new();
        for (name, period) in periods {
            let way = format!("{way}.periods[\"{name}\"]");
            prices.extend(self.period_prices(&way, priced, base, period));
        }
        let schedule = self.schedule(&format!("{way}.periods"), periods);
        (prices.len() == periods.len()).then_some(PeriodPrices { schedule: schedule?, prices })
    }

    fn period_prices(
        &mut self,
        way: &str,
        priced: Priced,
        base: Option<(UnitPrice, Option<f64>)>,
        period: &PeriodLayout,
    ) -> Option<Tiers> {
        let said = [period.times.is_some(), period.price.is_some(), !period.tiers.is_empty()];
        if said.iter().filter(|said| **said).count() > 1 {
            let message = "the period has more than one of `times`, `price` and `tiers`";
            self.faults.add(way, message, "keep one of them");
            return None;
        }
        if let Some(times) = period.times.filter(|times| !(0.0..=1000.0).contains(times)) {
            let message = format!("{times} is no number by which a price is multiplied");
            self.faults.add(format!("{way}.times"), message, "write a number from 0 to 1000, such as 1.7");
            return None;
        }
        if said[1] || said[2] {
            return self.own_prices(way, priced, period.price, &period.tiers);
        }
        let Some((_, base)) = base else {
            let message = "the period has no price";
            let help = format!(
                "give it a `price`, or the charge a `price` such as \"{}\" which `times` multiplies",
                priced.example()
            );
            self.faults.add(way, message, help);
            return None;
        };
        Some(Tiers::flat(base? * period.times.unwrap_or(1.0)))
    }

    /// The price or the tiers that stand somewhere.
    fn own_prices(
        &mut self,
        way: &str,
        priced: Priced,
        price: Option<UnitPrice>,
        tiers: &[TierLayout],
    ) -> Option<Tiers> {
        match (price, tiers) {
            (Some(price), []) => {
                let price = self.price(&format!("{way}.price"), price, &[priced.unit()], priced.example());
                price.map(Tiers::flat)
            }
            (None, [_, ..]) => self.tiers(&format!("{way}.tiers"), priced, tiers),
            (Some(_), [_, ..]) => {
                self.faults.add(way, "there is a price and tiers with prices", "keep one of them");
                None
            }
            (None, []) => {
                let help = format!("write `price: \"{}\"`, or `tiers`, or `periods`", priced.example());
                self.faults.add(way, "the price is missing", help);
                None
            }
        }
    }

    fn tiers(&mut self, way: &str, priced: Priced, written: &[TierLayout]) -> Option<Tiers> {
        let before = self.faults.0.len();
        let mut tiers: Vec<PriceTier> = Vec::new();
        for (nth, tier) in written.iter().enumerate() {
            let way = format!("{way}[{nth}]");
            let price = self.price(&format!("{way}.price"), tier.price, &[priced.unit()], priced.example());
            let up_to = tier.up_to.as_ref().map_or(Some(f64::INFINITY), |text| {
                let limit = priced.limit(text).map_err(|wrong| {
                    let (message, help) = wrong.split_once("; ").unwrap_or((&wrong, ""));
                    CalendarFault::new(message, help)
                });
                self.faults.keep(format!("{way}.up_to"), limit)
            });
            let Some((price, up_to)) = price.zip(up_to) else { continue };
            let last = nth + 1 == written.len();
            if tiers.last().is_some_and(|last| up_to <= last.up_to) {
                let message = "the tier does not reach further than the tier before it";
                self.faults.add(way, message, "list tiers from the lowest limit to the highest");
            } else if last != (up_to == f64::INFINITY) {
                let message = "only the last tier has no limit, and the last tier has none";
                self.faults.add(
                    way,
                    message,
                    "leave `up_to` out of the last tier, and write it in the others",
                );
            }
            tiers.push(PriceTier { up_to, price });
        }
        (self.faults.0.len() == before).then(|| Tiers::new(tiers))
    }
}
