//! From the tariff as written to the checked one. Every field is looked at, so that all faults are reported at once.

use super::Tariff;
use super::charges::{CapacityCharge, Charge, DemandCharge, EnergyCharge, FixedCharge, ShareCharge};
use super::check_prices::Priced;
use super::layout::{
    CapacityLayout, ChargeLayout, DemandLayout, EnergyLayout, FixedLayout, ShareLayout, TariffLayout,
};
use crate::calendar::{CalendarFault, CalendarFaults, DateRange, dates_between, zone_named};
use crate::units::spelling::brief;
use crate::units::{self, PricedUnit, UnitPrice, currency};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::collections::BTreeSet;
use std::sync::Arc;

/// More money than any unit costs.
const MOST_PRICE: f64 = 1e6;
/// More holidays than any tariff lists, in days.
const MOST_HOLIDAYS: usize = 10_000;

/// Checks a tariff.
pub(super) fn tariff(layout: &TariffLayout) -> Result<Tariff, Vec<CalendarFault>> {
    let mut check =
        TariffCheck { faults: CalendarFaults::default(), currency: None, holidays: Arc::default() };
    check.holidays = Arc::new(check.holidays(&layout.holidays));
    let zone = check.zone(layout.zone.as_deref());
    let billing_day = check.billing_day(layout.billing_day);
    let mut charges = Vec::new();
    for (nth, (name, written)) in layout.charges.iter().enumerate() {
        let way = format!("charges[\"{name}\"]");
        check.name(&way, name);
        // Also those with faults of their own.
        let before: Vec<&str> = layout.charges.keys().take(nth).map(String::as_str).collect();
        let charge = check.charge(&way, written, &before);
        charges.extend(charge.map(|charge| (name.clone(), charge)));
    }
    if layout.charges.is_empty() {
        check.faults.add(
            "charges",
            "the tariff charges nothing",
            "add a charge such as \"energy\": Energy(price: \"0.65 CNY/kWh\")",
        );
    }
    let (name, source) = (layout.name.clone(), layout.source.clone());
    let currency = check.currency.unwrap_or(*b"CNY");
    match check.faults.0.is_empty() {
        true => Ok(Tariff { name, source, zone, currency, holidays: check.holidays, billing_day, charges }),
        false => Err(check.faults.0),
    }
}

pub(super) struct TariffCheck {
    pub(super) faults: CalendarFaults,
    /// That of the first price.
    currency: Option<[u8; 3]>,
    pub(super) holidays: Arc<BTreeSet<Date>>,
}

impl TariffCheck {
    fn holidays(&mut self, written: &[String]) -> BTreeSet<Date> {
        let mut holidays = BTreeSet::new();
        for (nth, text) in written.iter().enumerate() {
            let way = format!("holidays[{nth}]");
            let range = self.faults.keep(way.as_str(), DateRange::parse(text));
            let dates = range.into_iter().flat_map(|range| dates_between(range.first, range.last));
            holidays.extend(dates.take(MOST_HOLIDAYS + 1));
            if holidays.len() > MOST_HOLIDAYS {
                let message = "there are more than 10,000 holidays";
                self.faults.add(way, message, "list the holidays of the years of the load");
                break;
            }
        }
        holidays
    }

    fn zone(&mut self, name: Option<&str>) -> Option<TimeZone> {
        name.and_then(|name| self.faults.keep("zone", zone_named(name)))
    }

    /// A name that a way such as `charges.energy.price` can reach.
    pub(super) fn name(&mut self, way: &str, name: &str) {
        if name.is_empty() || name.trim() != name || name.contains(['.', '"', '[', ']', '\n']) {
            let message = format!("\"{}\" cannot be a name in a tariff", brief(name));
            let help = "write a name without point, quotation mark, brackets, and spaces at its ends";
            self.faults.add(way, message, help);
        }
    }

    fn billing_day(&mut self, day: Option<u8>) -> i8 {
        let day = day.unwrap_or(1);
        if !(1..=28).contains(&day) {
            let message = format!("a billing month cannot begin on day {day}");
            self.faults.add("billing_day", message, "choose a day from 1 to 28, which every month has");
        }
        day.clamp(1, 28) as i8
    }

    fn charge(&mut self, way: &str, written: &ChargeLayout, before: &[&str]) -> Option<Charge> {
        match written {
            ChargeLayout::Energy(energy) => self.energy(way, energy, false),
            ChargeLayout::FeedIn(energy) => self.energy(way, energy, true),
            ChargeLayout::Demand(demand) => self.demand(way, demand),
            ChargeLayout::Capacity(capacity) => self.capacity(way, capacity),
            ChargeLayout::Fixed(fixed) => self.fixed(way, fixed),
            ChargeLayout::Share(share) => self.share(way, share, before),
        }
    }

    fn energy(&mut self, way: &str, written: &EnergyLayout, is_feed_in: bool) -> Option<Charge> {
        let EnergyLayout { price, tiers, periods } = written;
        let prices = self.prices(way, Priced::Energy, *price, tiers, periods)?;
        Some(Charge::Energy(EnergyCharge { prices, is_feed_in }))
    }

    fn demand(&mut self, way: &str, written: &DemandLayout) -> Option<Charge> {
        let DemandLayout { price, tiers, periods, interval, window, at_least } = written;
        let prices = self.prices(way, Priced::Demand, *price, tiers, periods);
        let secs = interval.map_or(900.0, |interval| interval.0);
        let divides_hour = secs >= 60.0 && (3600.0 / secs).fract() == 0.0;
        if !divides_hour {
            let message = format!("the mean over {} is not what a demand meter takes", units::duration(secs));
            self.faults.add(
                format!("{way}.interval"),
                message,
                "write a part of an hour from \"1 min\" to \"60 min\", such as \"15 min\"",
            );
        }
        let at_least = at_least.map_or(0.0, |power| power.0 / 1e3);
        let interval = (secs * 1e9).round() as i64;
        Some(Charge::Demand(DemandCharge { prices: prices?, interval, window: *window, at_least }))
            .filter(|_| divides_hour)
    }

    fn capacity(&mut self, way: &str, written: &CapacityLayout) -> Option<Charge> {
        if !(written.kva >= 0.0 && written.kva <= 1e7) {
            let message = format!("{} kVA is no size of transformers", units::number(written.kva));
            self.faults.add(format!("{way}.kva"), message, "write kilovolt-amperes, such as 630");
        }
        let price = self.price(&format!("{way}.price"), written.price, &[PricedUnit::Kva], "23 CNY/kVA")?;
        Some(Charge::Capacity(CapacityCharge { price, kva: written.kva }))
    }

    fn fixed(&mut self, way: &str, written: &FixedLayout) -> Option<Charge> {
        let units = [PricedUnit::Day, PricedUnit::Month, PricedUnit::Year];
        let price = self.price(&format!("{way}.price"), written.price, &units, "12 EUR/month")?;
        Some(Charge::Fixed(FixedCharge { price, per: written.price.per }))
    }

    fn share(&mut self, way: &str, written: &ShareLayout, before: &[&str]) -> Option<Charge> {
        if !(written.share.is_finite() && written.share.abs() <= 10.0) {
            let message = format!("{} is no share of other charges", written.share);
            self.faults.add(format!("{way}.share"), message, "write 0.13 for 13 %");
        }
        for (nth, name) in written.of.iter().enumerate().filter(|(_, name)| !before.contains(&name.as_str()))
        {
            let message = format!("no charge before this one is called \"{}\"", brief(name));
            let help = units::spelling::suggestion(name, before.iter().copied(), "before it stand");
            let help = help.unwrap_or_else(|| "put the charge before this one".to_owned());
            self.faults.add(format!("{way}.of[{nth}]"), message, help);
        }
        Some(Charge::Share(ShareCharge { share: written.share, of: written.of.clone() }))
    }

    /// The number of a price, which must be for one of these units and in the currency of the others.
    pub(super) fn price(
        &mut self,
        way: &str,
        price: UnitPrice,
        units: &[PricedUnit],
        example: &str,
    ) -> Option<f64> {
        if !units.contains(&price.per) {
            let message = format!("the price \"{price}\" is for a {}", price.per.name());
            let wanted: Vec<&str> = units.iter().map(|unit| unit.name()).collect();
            let help = format!("write a price for a {}, such as \"{example}\"", wanted.join(", "));
            self.faults.add(way, message, help);
            return None;
        }
        if price.amount.abs() > MOST_PRICE {
            let message = format!("the price \"{price}\" is beyond all measure");
            self.faults.add(way, message, "write a price of at most a million for each unit");
            return None;
        }
        let first = *self.currency.get_or_insert(price.currency);
        if first != price.currency {
            let message = format!("the price \"{price}\" is in another currency than the price before it");
            self.faults.add(way, message, format!("write all prices in {}", currency(first)));
            return None;
        }
        Some(price.amount)
    }
}
