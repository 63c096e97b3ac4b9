//! Reading quantities: a number and a unit in one string, such as `"62 s"` or `"2 h 15 min"`.
//!
//! Each kind of quantity has one table of units; all faults of a text have the same form of message. The kinds
//! themselves are in `quantity.rs`, all formatting is in `mod.rs`. Read [`UnitKind`] first, then [`read`].

use std::fmt::Write;

/// A kind of quantity: how it is called, what it is written in, how large it may be.
#[derive(Debug)]
pub(crate) struct UnitKind {
    /// With its article: `a duration`.
    pub(crate) what: &'static str,
    /// A text of this kind.
    pub(crate) example: &'static str,
    /// The units and their size in the base unit; messages list them in this order.
    pub(crate) units: &'static [(&'static str, f64)],
    /// Other spellings that are understood.
    pub(crate) also: &'static [(&'static str, f64)],
    /// The largest quantity in words, and in the base unit.
    pub(crate) largest: (&'static str, f64),
    /// Whether several may be added up: `2 h 15 min`.
    pub(crate) compound: bool,
}

impl UnitKind {
    /// The size of a unit in the base unit.
    pub(crate) fn size_of(&self, unit: &str) -> Option<f64> {
        self.units.iter().chain(self.also).find(|(name, _)| *name == unit).map(|&(_, size)| size)
    }

    fn complain(&self, text: &str, wrong: &str) -> String {
        let units: Vec<&str> = self.units.iter().map(|unit| unit.0).collect();
        complaint(text, self.what, wrong, &units.join(", "), self.example)
    }
}

/// The quantity in its base unit.
pub(crate) fn read(kind: &UnitKind, text: &str) -> Result<f64, String> {
    let (mut sum, mut last, mut rest) = (0.0, f64::INFINITY, text.trim());
    loop {
        let (number, after) = number_at_start(rest).map_err(|wrong| kind.complain(text, &wrong))?;
        let (unit, next) = if kind.compound { first_word(after) } else { (after, "") };
        let size = kind
            .size_of(unit)
            .ok_or_else(|| kind.complain(text, &unknown(unit, kind.units.iter().map(|unit| unit.0))))?;
        if size >= last {
            return Err(kind.complain(text, "larger units come first, and each only once"));
        }
        (sum, last, rest) = (sum + number * size, size, next);
        if rest.is_empty() {
            break;
        }
    }
    if sum > kind.largest.1 {
        return Err(format!("{} is not {}: it is above {}", quoted(text), kind.what, kind.largest.0));
    }
    Ok(sum)
}

/// `"62 secs" is not a duration: <wrong>; write a number and a unit (s, min), such as "62 s"`.
pub(crate) fn complaint(text: &str, what: &str, wrong: &str, units: &str, example: &str) -> String {
    format!(
        "{} is not {what}: {wrong}; write a number and a unit ({units}), such as \"{example}\"",
        quoted(text)
    )
}

/// The user's text in quotes, cut where it is too long to show.
pub(crate) fn quoted(text: &str) -> String {
    let mut shown = String::from("\"");
    for letter in text.chars().take(LONGEST_SHOWN) {
        let mut bytes = [0; 4];
        let _ = match super::letters::unprintable(letter.encode_utf8(&mut bytes)) {
            Some(_) => write!(shown, "{}", letter.escape_default()),
            None => write!(shown, "{letter}"),
        };
    }
    let cut = text.chars().nth(LONGEST_SHOWN).is_some();
    shown.push_str(if cut { "…\"" } else { "\"" });
    shown
}

/// Longer texts are cut in messages.
const LONGEST_SHOWN: usize = 100;

/// The number that a text begins with, and the rest without the space between them.
pub(crate) fn number_at_start(text: &str) -> Result<(f64, &str), String> {
    if text.is_empty() {
        return Err("it is empty".into());
    }
    let (digits, rest) = text.split_at(number_length(text));
    let Ok(number) = digits.parse::<f64>() else {
        return Err("it does not begin with a number".into());
    };
    if rest.starts_with(',') {
        return Err("decimals follow a point, not a comma, and thousands are not set apart".into());
    }
    if number.is_sign_negative() && number != 0.0 {
        return Err("it cannot be negative".into());
    }
    if !number.is_finite() {
        return Err("the number is too large".into());
    }
    // Adding zero turns -0 into 0.
    Ok((number + 0.0, rest.trim_start()))
}

/// How many bytes of the text are a number: sign, digits, point, and an exponent if digits follow it.
fn number_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let skip = |from: usize, wanted: fn(&u8) -> bool| {
        from + bytes[from..].iter().take_while(|byte| wanted(byte)).count()
    };
    let signed = |from: usize| from + usize::from(matches!(bytes.get(from), Some(b'+' | b'-')));
    let end = skip(signed(0), |byte| byte.is_ascii_digit() || *byte == b'.');
    if matches!(bytes.get(end), Some(b'e' | b'E')) {
        let digits = signed(end + 1);
        let exponent = skip(digits, u8::is_ascii_digit);
        if exponent > digits {
            return exponent;
        }
    }
    end
}

/// The word up to a space, a digit or a sign, and what follows it.
fn first_word(text: &str) -> (&str, &str) {
    let end = text
        .find(|c: char| c.is_whitespace() || c.is_ascii_digit() || "+-.,".contains(c))
        .unwrap_or(text.len());
    (&text[..end], text[end..].trim_start())
}

/// What is wrong with a unit that is none of these.
pub(crate) fn unknown<'a>(unit: &str, known: impl Iterator<Item = &'a str> + Clone) -> String {
    if unit.is_empty() {
        return "the unit is missing".into();
    }
    let wrong = format!("unknown unit {}", quoted(unit));
    match nearest(unit, known) {
        Some(near) => format!("{wrong}, did you mean \"{near}\"?"),
        None => wrong,
    }
}

/// The unit that was most likely meant: the same but for the case, the longest one that begins the word (`min` for
/// `minutes`), or one that is a letter away.
fn nearest<'a>(unit: &str, known: impl Iterator<Item = &'a str> + Clone) -> Option<&'a str> {
    let short: String = unit.chars().take(LONGEST_SHOWN).collect::<String>().to_lowercase();
    let lower = |known: &str| known.to_lowercase();
    known
        .clone()
        .find(|known| lower(known) == short)
        .or_else(|| {
            known.clone().filter(|known| short.starts_with(&lower(known))).max_by_key(|known| known.len())
        })
        .or_else(|| known.clone().find(|known| strsim::osa_distance(&short, &lower(known)) == 1))
}

#[cfg(test)]
mod tests {
    use crate::units::{Count, Duration, Length, Mass, Money, Power, Quantity, Rate, Speed};

    fn refused<Q: Quantity>(text: &str) -> String {
        Q::parse(text).expect_err(text)
    }

    fn secs(text: &str) -> f64 {
        Duration::parse(text).expect(text).0
    }

    #[test]
    fn durations_are_read_in_every_unit() {
        let texts = [
            "5 ns", "5 us", "5 ms", "5 s", "5s", " 5 sec ", "5 min", "5 h", "5 d", "5 week", "5 y",
            "1.5e3 s", ".5 s",
        ];
        let expected = [
            5e-9,
            5.0 * 1e-6,
            5e-3,
            5.0,
            5.0,
            5.0,
            300.0,
            18_000.0,
            432_000.0,
            3_024_000.0,
            157_680_000.0,
            1500.0,
            0.5,
        ];
        assert_eq!(texts.map(secs), expected);
    }

    #[test]
    fn parts_of_a_duration_add_up() {
        assert_eq!(secs("2 h 15 min"), 8100.0);
        assert_eq!(secs("2h15min30s"), 8130.0);
        assert_eq!(secs("1 d 0.5 h"), 88_200.0);
    }

    #[test]
    fn other_quantities_are_read_in_their_base_units() {
        assert_eq!(Power::parse("3.2 kW").map(|q| q.0), Ok(3200.0));
        assert_eq!(Length::parse("250 mm").map(|q| q.0), Ok(0.25));
        assert_eq!(Speed::parse("36 km/h").map(|q| q.0), Ok(10.0));
        assert_eq!(Mass::parse("500 g").map(|q| q.0), Ok(0.5));
        assert_eq!(Rate::parse("36 /h"), Rate::parse("36 1/h"));
        assert_eq!(Rate::parse("36 /h").map(|q| q.0), Ok(0.01));
        assert_eq!(Count::parse("500 pcs"), Count::parse("500 parts"));
    }

    #[test]
    fn an_unknown_unit_is_answered_with_the_nearest_and_with_all() {
        let list = "write a number and a unit (ns, us, ms, s, min, h, d, week, y), such as \"62 s\"";
        let unknown = |text: &str, unit: &str, near: &str| {
            let wrong = format!("\"{text}\" is not a duration: unknown unit \"{unit}\"{near}; {list}");
            assert_eq!(refused::<Duration>(text), wrong);
        };
        unknown("62 secs", "secs", ", did you mean \"s\"?");
        unknown("62 minutes", "minutes", ", did you mean \"min\"?");
        unknown("62 S", "S", ", did you mean \"s\"?");
        unknown("2 h 5 mni", "mni", ", did you mean \"min\"?");
        unknown("62 kW", "kW", "");
        assert!(refused::<Power>("3 kw").contains("did you mean \"kW\"?"));
    }

    #[test]
    fn what_is_no_quantity_is_refused_with_the_reason() {
        let reason = |text: &str| {
            let message = refused::<Duration>(text);
            let from = message.find(": ").expect(text) + 2;
            message[from..].split(';').next().unwrap_or_default().to_owned()
        };
        assert_eq!(reason("62"), "the unit is missing");
        assert_eq!(reason("2 h 15"), "the unit is missing");
        assert_eq!(reason(""), "it is empty");
        assert_eq!(reason("  "), "it is empty");
        assert_eq!(reason("s"), "it does not begin with a number");
        assert_eq!(reason("NaN s"), "it does not begin with a number");
        assert_eq!(reason("inf s"), "it does not begin with a number");
        assert_eq!(reason("1.2.3 s"), "it does not begin with a number");
        assert_eq!(reason("-3 s"), "it cannot be negative");
        assert_eq!(reason("2 h -3 s"), "it cannot be negative");
        assert_eq!(reason("1e999 s"), "the number is too large");
        assert_eq!(reason("0,5 s"), "decimals follow a point, not a comma, and thousands are not set apart");
        assert_eq!(reason("15 min 2 h"), "larger units come first, and each only once");
        assert_eq!(reason("2 h 2 h"), "larger units come first, and each only once");
        assert_eq!(reason("201 y"), "it is above 200 years");
    }

    #[test]
    fn a_negative_zero_is_zero() {
        assert!(secs("-0 s").is_sign_positive());
    }

    #[test]
    fn a_long_text_is_not_repeated_whole() {
        for text in ["x".repeat(1_000_000), format!("1 {}", "é".repeat(1_000_000))] {
            assert!(refused::<Duration>(&text).len() < 800);
            assert!(Money::parse(&text).expect_err("too long").len() < 800);
        }
    }
}
