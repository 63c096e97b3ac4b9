//! Tariffs in the form of the U.S. utility rate database, a JSON of periods by month and hour for weekdays and weekends.
//!
//! Such a tariff becomes a [`TariffLayout`], as if somebody had written it. Holidays are ordinary days there. The zone is not part of
//! it. Fields that change a bill and are not computed are refused by name. Read [`from_urdb`].

use super::layout::{ChargeLayout, DemandLayout, EnergyLayout, FixedLayout, TariffLayout, TierLayout};
use super::urdb_matrix::PeriodMatrix;
use crate::units::spelling::brief;
use crate::units::{Duration, PricedUnit, UnitPrice};
use indexmap::IndexMap;
use serde::Deserialize;
use serde_json::Value;

/// Limits from here on are written for "no limit".
const NO_LIMIT: f64 = 1e9;
/// What a tariff of the database says, as far as a bill depends on it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct UrdbTariff {
    name: Option<String>,
    utility: Option<String>,
    uri: Option<String>,
    source: Option<String>,
    energyratestructure: Vec<Vec<UrdbTier>>,
    energyweekdayschedule: Vec<Vec<usize>>,
    energyweekendschedule: Vec<Vec<usize>>,
    demandratestructure: Vec<Vec<UrdbTier>>,
    demandweekdayschedule: Vec<Vec<usize>>,
    demandweekendschedule: Vec<Vec<usize>>,
    flatdemandstructure: Vec<Vec<UrdbTier>>,
    flatdemandmonths: Vec<usize>,
    demandwindow: Option<f64>,
    fixedchargefirstmeter: Option<f64>,
    fixedchargeunits: Option<String>,
    fixedmonthlycharge: Option<f64>,
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub(super) struct UrdbTier {
    max: Option<f64>,
    rate: Option<f64>,
    adj: Option<f64>,
    sell: Option<f64>,
    unit: Option<String>,
}

/// Fields that change a bill and that are not computed.
const NOT_COMPUTED: [&str; 10] = [
    "demandratchetpercentage",
    "lookbackpercent",
    "lookbackrange",
    "lookbackmonths",
    "demandreactivepowercharge",
    "coincidentratestructure",
    "mincharge",
    "minmonthlycharge",
    "annualmincharge",
    "fueladjustmentsmonthly",
];

/// Reads a tariff in the form of the database; the message says behind `; ` what to do about a fault.
pub fn from_urdb(text: &str, shown: &str) -> Result<TariffLayout, String> {
    let value: Value = serde_json::from_str(text).map_err(|error| {
        format!(
            "{shown} is no JSON: {error}; a tariff is a .ron file, or a .json of the utility rate database"
        )
    })?;
    let found = tariff_within(&value, 0).ok_or_else(|| {
        format!("{shown} has no `energyratestructure`; it is no tariff of the utility rate database, or it holds several: keep one of them")
    })?;
    let not_computed = |name: &str| NOT_COMPUTED.iter().any(|known| known.eq_ignore_ascii_case(name));
    let fields = found.as_object().into_iter().flatten();
    if let Some((name, _)) = fields.clone().find(|(name, value)| not_computed(name) && has_effect(value)) {
        return Err(format!(
            "{shown} has `{name}`, which is not computed; remove it to get a bill without it"
        ));
    }
    for name in ["demandrateunit", "flatdemandunit"] {
        let unit = found.get(name).and_then(Value::as_str).unwrap_or("kW");
        if unit != "kW" {
            return Err(format!(
                "{shown} has demand in \"{}\", which is not computed; demand is in kW",
                brief(unit)
            ));
        }
    }
    let plain: serde_json::Map<String, Value> = fields
        .filter(|(_, value)| !value.is_null())
        .map(|(name, value)| (name.clone(), unpacked(value)))
        .collect();
    let tariff = UrdbTariff::deserialize(Value::Object(plain)).map_err(|error| {
        format!(
            "{shown} is no tariff of the utility rate database: {error}; compare it with one of the database"
        )
    })?;
    tariff.layout(shown)
}

/// The value with the rates, at the top or inside, as `items` of an answer or in a scenario of another program.
fn tariff_within(value: &Value, depth: usize) -> Option<&Value> {
    if value.get("energyratestructure").is_some() {
        return Some(value);
    }
    let inside: Box<dyn Iterator<Item = &Value>> = match value {
        Value::Object(fields) if depth < 4 => Box::new(fields.values()),
        Value::Array(items) if depth < 4 && items.len() == 1 => Box::new(items.iter()),
        _ => return None,
    };
    inside.into_iter().find_map(|value| tariff_within(value, depth + 1))
}

/// A value that some programs write as a text with the JSON of it in it.
fn unpacked(value: &Value) -> Value {
    let text = value.as_str().filter(|text| text.trim_start().starts_with('['));
    text.and_then(|text| serde_json::from_str(text).ok()).unwrap_or_else(|| value.clone())
}

/// Whether a number or list is anything but nothing.
fn has_effect(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Number(number) => number.as_f64() != Some(0.0),
        Value::Array(items) => items.iter().any(has_effect),
        Value::Object(fields) => !fields.is_empty(),
        Value::Bool(yes) => *yes,
        Value::String(text) => !text.is_empty(),
    }
}

fn dollars(amount: f64, per: PricedUnit) -> UnitPrice {
    UnitPrice { amount, currency: *b"USD", per }
}

impl UrdbTariff {
    fn layout(&self, shown: &str) -> Result<TariffLayout, String> {
        let mut charges = IndexMap::new();
        let energy =
            PeriodMatrix::new("energy", &self.energyweekdayschedule, &self.energyweekendschedule, shown)?;
        let periods = energy.periods(&self.energyratestructure, PricedUnit::Kwh, shown)?;
        charges.insert(
            "energy".to_owned(),
            ChargeLayout::Energy(EnergyLayout { periods, ..EnergyLayout::default() }),
        );
        if self.energyratestructure.iter().flatten().any(|tier| tier.sell.is_some_and(|sell| sell != 0.0)) {
            let sold = |tier: &UrdbTier| UrdbTier { rate: tier.sell, adj: None, ..tier.clone() };
            let rates: Vec<Vec<UrdbTier>> =
                self.energyratestructure.iter().map(|tiers| tiers.iter().map(sold).collect()).collect();
            let periods = energy.periods(&rates, PricedUnit::Kwh, shown)?;
            charges.insert(
                "feed-in".to_owned(),
                ChargeLayout::FeedIn(EnergyLayout { periods, ..EnergyLayout::default() }),
            );
        }
        if !self.demandratestructure.is_empty() {
            let demand =
                PeriodMatrix::new("demand", &self.demandweekdayschedule, &self.demandweekendschedule, shown)?;
            charges.insert("demand".to_owned(), self.demand(&demand, &self.demandratestructure, shown)?);
        }
        if !self.flatdemandstructure.is_empty() {
            let demand = PeriodMatrix::by_month(&self.flatdemandmonths, shown)?;
            charges.insert("flat demand".to_owned(), self.demand(&demand, &self.flatdemandstructure, shown)?);
        }
        charges.extend(self.fixed(shown)?.map(|charge| ("fixed".to_owned(), charge)));
        let name = [&self.utility, &self.name].into_iter().flatten().cloned().collect::<Vec<_>>().join(", ");
        Ok(TariffLayout {
            name: if name.is_empty() { shown.to_owned() } else { name },
            source: self.uri.clone().or(self.source.clone()),
            zone: None,
            holidays: Vec::new(),
            billing_day: None,
            charges,
        })
    }

    fn demand(
        &self,
        matrix: &PeriodMatrix,
        rates: &[Vec<UrdbTier>],
        shown: &str,
    ) -> Result<ChargeLayout, String> {
        let periods = matrix.periods(rates, PricedUnit::Kw, shown)?;
        let interval = self.demandwindow.map(|minutes| Duration(minutes * 60.0));
        Ok(ChargeLayout::Demand(DemandLayout { periods, interval, ..DemandLayout::default() }))
    }

    fn fixed(&self, shown: &str) -> Result<Option<ChargeLayout>, String> {
        let first = self.fixedchargefirstmeter.filter(|amount| *amount != 0.0);
        let monthly = self.fixedmonthlycharge.filter(|amount| *amount != 0.0);
        if let (None, Some(amount)) = (first, monthly) {
            let price = dollars(amount, PricedUnit::Month);
            return Ok(Some(ChargeLayout::Fixed(FixedLayout { price })));
        }
        let Some(amount) = first else { return Ok(None) };
        let per = match self.fixedchargeunits.as_deref() {
            Some("$/day") => PricedUnit::Day,
            Some("$/month") | None => PricedUnit::Month,
            Some("$/year") => PricedUnit::Year,
            Some(other) => {
                let other = brief(other);
                return Err(format!(
                    "{shown} has `fixedchargeunits` \"{other}\"; expected $/day, $/month or $/year"
                ));
            }
        };
        Ok(Some(ChargeLayout::Fixed(FixedLayout { price: dollars(amount, per) })))
    }
}

pub(super) fn tiers_of(tiers: &[UrdbTier], unit: PricedUnit, shown: &str) -> Result<Vec<TierLayout>, String> {
    let mut found = Vec::new();
    for (nth, tier) in tiers.iter().enumerate() {
        let fits = match unit {
            PricedUnit::Kwh => [None, Some("kWh")].contains(&tier.unit.as_deref()),
            _ => [None, Some("kW")].contains(&tier.unit.as_deref()),
        };
        if !fits {
            let other = brief(tier.unit.as_deref().unwrap_or("")).clone();
            return Err(format!(
                "{shown} has tiers in \"{other}\", which are not computed; tiers are in {}",
                unit.name()
            ));
        }
        let is_last = nth + 1 == tiers.len();
        let limit = tier.max.filter(|max| *max < NO_LIMIT && !is_last);
        let up_to = limit.map(|max| match unit {
            PricedUnit::Kwh => format!("{max} kWh"),
            _ => format!("{max} kW"),
        });
        let price = dollars(tier.rate.unwrap_or(0.0) + tier.adj.unwrap_or(0.0), unit);
        found.push(TierLayout { up_to, price });
    }
    match found.is_empty() {
        true => Ok(vec![TierLayout { up_to: None, price: dollars(0.0, unit) }]),
        false => Ok(found),
    }
}
