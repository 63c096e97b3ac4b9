//! Quantities: written as `"62 s"` or `"410 CNY"`, kept as floats in base units. All text of numbers for people is made
//! here.
//!
//! The kinds of quantities and their units are in `quantity.rs` (money and what is either of two kinds in `amount.rs`), the
//! reading of texts in `text.rs`; this file has all formatting. Read [`Quantity`] first, then [`duration`].

mod amount;
mod date;
mod flow;
pub(crate) mod letters;
mod per_amount;
mod quantity;
pub mod spelling;
pub(crate) mod text;
mod unit_price;

pub use amount::{Life, LoadAmount, MONEY, Money, parse_any, unit_named};
pub use date::{date_time, secs_between};
pub use flow::{GasFlow, MassFlow, NormFlow, WaterFlow};
pub use per_amount::{AmountUnit, Numerator, PerAmount};
pub use quantity::{Count, Dimension, Duration, Energy, Length, Mass, Power, Quantity, Rate, Speed, Volume};
use std::fmt;
pub use unit_price::{PricedUnit, UnitPrice};

/// A length of time: `350 ms`, `42.0 s`, `21.3 min`, `2.15 h`, `10 d`.
pub fn duration(secs: f64) -> String {
    const SCALE: [(&str, f64, f64); 4] =
        [("s", 1.0, 120.0), ("min", 60.0, 7200.0), ("h", 3600.0, 172_800.0), ("d", 86_400.0, f64::INFINITY)];
    if secs != 0.0 && secs.abs() < 1.0 {
        return format!("{} ms", significant(secs * 1e3, 3));
    }
    let (unit, size, _) = SCALE.into_iter().find(|&(_, _, below)| secs.abs() < below).unwrap_or(SCALE[3]);
    let value = secs / size;
    // Whole minutes, hours and days are settings, which people write without decimals.
    let digits = if unit != "s" && value == value.round() {
        grouped(&format!("{value:.0}"))
    } else {
        significant(value, 3)
    };
    format!("{digits} {unit}")
}

/// A length of time as a layout may say it, to a tenth of a second, or to a microsecond below a second: `16.7 s`.
pub fn written_duration(secs: f64) -> String {
    let digits = if secs < 1.0 { format!("{secs:.6}") } else { format!("{secs:.1}") };
    format!("{} s", digits.trim_end_matches('0').trim_end_matches('.'))
}

/// Power: `600 W`, `18.0 kW`, `1.25 MW`.
pub fn power(watts: f64) -> String {
    let (unit, size) = match watts.abs() {
        small if small < 1e3 => ("W", 1.0),
        middle if middle < 1e6 => ("kW", 1e3),
        _ => ("MW", 1e6),
    };
    format!("{} {unit}", significant(watts / size, 3))
}

/// Energy: `0.612 kWh`, `1.25 MWh`.
pub fn energy(joules: f64) -> String {
    let kwh = joules / 3.6e6;
    if kwh.abs() < 1e3 {
        format!("{} kWh", significant(kwh, 3))
    } else {
        format!("{} MWh", significant(kwh / 1e3, 3))
    }
}

/// So many per hour: `38.4 /h`.
pub fn rate(per_sec: f64) -> String {
    format!("{} /h", significant(per_sec * 3600.0, 3))
}

/// A share of one: `61.2 %`.
pub fn share(share: f64) -> String {
    if share.is_finite() {
        format!("{} %", grouped(&format!("{:.1}", share * 100.0)))
    } else {
        NOTHING.into()
    }
}

/// A number as people read it: up to four significant digits, all digits of the whole part, thousands set apart.
pub fn number(value: f64) -> String {
    let digits = significant(value, 4);
    match digits.contains('.') && !digits.contains('e') {
        true => digits.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => digits,
    }
}

/// A number with so many decimals, thousands set apart: for columns whose head names the unit.
pub fn fixed(value: f64, decimals: usize) -> String {
    if value.is_finite() { grouped(&format!("{value:.decimals$}")) } else { NOTHING.into() }
}

/// A number with a unit of the result contract: `38.4 /h` for `1/h`, nothing behind it for `1`.
pub fn with_unit(value: &str, unit: &str) -> String {
    match unit {
        "1" | "" => value.to_owned(),
        _ => format!("{value} {}", unit.strip_prefix('1').unwrap_or(unit)),
    }
}

/// A mean and its interval, `38.41 ± 0.30`: two significant digits of the half width, and the mean to the same place.
pub fn with_interval(mean: f64, half_width: f64) -> String {
    // Sums of floats may be off by their last digits.
    let half_width = if half_width.abs() < mean.abs() * 1e-12 { 0.0 } else { half_width };
    if !(mean.is_finite() && half_width.is_finite()) || half_width == 0.0 {
        return format!("{} ± {}", number(mean), number(half_width));
    }
    let place = 1 - exponent(half_width, 2);
    let rounded = |value: f64| match usize::try_from(place) {
        Ok(decimals) => grouped(&format!("{:.decimals$}", value)),
        // Above 100: whole tens, hundreds and so on, through the digits, so that no power of ten is rounded.
        Err(_) => grouped(&whole_tens(value, place.unsigned_abs() as usize)),
    };
    format!("{} ± {}", rounded(mean), rounded(half_width.abs()))
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (prefix, size) = if self.amount.abs() < 1e6 { ("", 1.0) } else { ("M", 1e6) };
        write!(f, "{} {prefix}{}", number(self.amount / size), currency(self.currency))
    }
}

/// The letters of a currency.
pub fn currency(letters: [u8; 3]) -> String {
    letters.into_iter().map(char::from).collect()
}

/// Stands where there is no number.
const NOTHING: &str = "–";

/// So many significant digits, but all of the whole part; the very large and the very small with a power of ten.
fn significant(value: f64, digits: i32) -> String {
    if !value.is_finite() {
        return NOTHING.into();
    }
    if value == 0.0 {
        return "0".into();
    }
    let exponent = exponent(value, digits);
    if !(-4..15).contains(&exponent) {
        return format!("{value:.*e}", (digits - 1) as usize);
    }
    let decimals = (digits - 1 - exponent).max(0) as usize;
    grouped(&format!("{value:.decimals$}"))
}

/// The power of ten of a number after rounding to so many digits; read off its text, which no platform rounds otherwise.
fn exponent(value: f64, digits: i32) -> i32 {
    let text = format!("{value:.*e}", (digits - 1) as usize);
    text.split_once('e').and_then(|(_, power)| power.parse().ok()).unwrap_or(0)
}

fn whole_tens(value: f64, zeros: usize) -> String {
    let step = (0..zeros).fold(1.0, |step, _| step * 10.0);
    format!("{:.0}", (value / step).round() * step)
}

/// Sets thousands apart and takes the sign from a zero.
fn grouped(digits: &str) -> String {
    let (sign, digits) = digits.strip_prefix('-').map_or(("", digits), |digits| ("-", digits));
    let (whole, fraction) = digits.split_at(digits.find('.').unwrap_or(digits.len()));
    let zero = digits.bytes().all(|byte| matches!(byte, b'0' | b'.'));
    let mut text = String::from(if zero { "" } else { sign });
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            text.push(' ');
        }
        text.push(digit);
    }
    text + fraction
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_choose_their_unit_by_size() {
        let shown = [0.0, 3.5e-7, 0.35, 42.0, 119.0, 120.0, 1278.0, 7740.0, 36_000.0, 864_000.0, 900_000.0]
            .map(duration);
        let expected = [
            "0 s",
            "0.000350 ms",
            "350 ms",
            "42.0 s",
            "119 s",
            "2 min",
            "21.3 min",
            "2.15 h",
            "10 h",
            "10 d",
            "10.4 d",
        ];
        assert_eq!(shown, expected);
    }

    #[test]
    fn a_duration_that_is_written_is_read_again() {
        assert_eq!(
            [0.0, 0.25, 1.0, 16.666, 120.0, 4000.0].map(written_duration),
            ["0 s", "0.25 s", "1 s", "16.7 s", "120 s", "4000 s"]
        );
    }

    #[test]
    fn power_and_energy_choose_their_unit_by_size() {
        assert_eq!([0.0, 600.0, 18_000.0, 1.25e6].map(power), ["0 W", "600 W", "18.0 kW", "1.25 MW"]);
        assert_eq!([2.2032e6, 4.5e9].map(energy), ["0.612 kWh", "1.25 MWh"]);
    }

    #[test]
    fn rates_are_shown_per_hour_and_shares_in_per_cent() {
        assert_eq!(rate(38.4 / 3600.0), "38.4 /h");
        assert_eq!([0.612, 1.0, 0.0, -0.0001].map(share), ["61.2 %", "100.0 %", "0.0 %", "0.0 %"]);
    }

    #[test]
    fn numbers_have_four_digits_and_thousands_apart() {
        let shown =
            [0.0, 0.012_345, 3.0, 38.414, 999.96, 12_345.0, 1_234_567.8, -1333.0, 1e-7, 1e20].map(number);
        let expected =
            ["0", "0.01235", "3", "38.41", "1 000", "12 345", "1 234 568", "-1 333", "1.000e-7", "1.000e20"];
        assert_eq!(shown, expected);
    }

    #[test]
    fn what_is_no_number_is_a_dash() {
        assert_eq!([number(f64::NAN), share(f64::NAN), power(f64::INFINITY)], ["–", "–", "– MW"]);
        assert_eq!(with_interval(1.0, f64::NAN), "1 ± –");
    }

    #[test]
    fn an_interval_has_two_digits_and_its_mean_as_many_decimals() {
        assert_eq!(with_interval(38.414, 0.297), "38.41 ± 0.30");
        assert_eq!(with_interval(38.414, 0.0996), "38.41 ± 0.10");
        assert_eq!(with_interval(12_345.6, 345.0), "12 350 ± 350");
        assert_eq!(with_interval(-0.001, 2.51), "0.0 ± 2.5");
        assert_eq!(with_interval(38.4, 0.0), "38.4 ± 0");
    }

    #[test]
    fn numbers_below_each_other_have_the_same_decimals() {
        let shown = [78.0, 80.625, 432_000.0, -0.001, f64::INFINITY].map(|value| fixed(value, 1));
        assert_eq!(shown, ["78.0", "80.6", "432 000.0", "0.0", "–"]);
    }

    #[test]
    fn results_carry_their_unit_as_people_write_it() {
        assert_eq!(with_unit("38.4", "1/h"), "38.4 /h");
        assert_eq!(with_unit("0.6", "kWh"), "0.6 kWh");
        assert_eq!(with_unit("0.6", "1"), "0.6");
    }

    #[test]
    fn money_is_shown_with_its_currency() {
        let money = |amount| Money { amount, currency: *b"CNY" }.to_string();
        assert_eq!([410.0, 1333.0, 2.4e6].map(money), ["410 CNY", "1 333 CNY", "2.4 MCNY"]);
    }
}
