//! What the readings of a meter count. Read [`MeterUnit`].

/// What a reading counts: energy of its interval, or the mean power over it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MeterUnit {
    /// How it is written.
    pub name: &'static str,
    /// Whether it is an energy.
    pub(super) is_energy: bool,
    /// Kilowatts or kilowatt-hours of one.
    size: (u32, u32),
}

impl MeterUnit {
    /// Every unit.
    pub const ALL: [MeterUnit; 6] = [
        MeterUnit { name: "kWh", is_energy: true, size: (1, 1) },
        MeterUnit { name: "MWh", is_energy: true, size: (1000, 1) },
        MeterUnit { name: "Wh", is_energy: true, size: (1, 1000) },
        MeterUnit { name: "kW", is_energy: false, size: (1, 1) },
        MeterUnit { name: "MW", is_energy: false, size: (1000, 1) },
        MeterUnit { name: "W", is_energy: false, size: (1, 1000) },
    ];

    /// The unit in the name of a column, such as `Energy [kWh]` or `load_kw`. An energy by the hour, such as `kWh/h`, is a power.
    pub(super) fn within(name: &str) -> Option<MeterUnit> {
        let (name, per_hour) = match name.trim_end_matches([')', ']', ' ']).strip_suffix("/h") {
            Some(before) => (before, true),
            None => (name, false),
        };
        let found = MeterUnit::ALL.into_iter().find(|unit| unit.is_within(name))?;
        match per_hour {
            true if found.is_energy => {
                MeterUnit::ALL.into_iter().find(|unit| format!("{}h", unit.name) == found.name)
            }
            true => None,
            false => Some(found),
        }
    }

    /// Whether the name of a column is that of a price for energy, such as `EUR/MWh`.
    pub(super) fn is_price(name: &str) -> bool {
        name.split('/').skip(1).any(|after| MeterUnit::ALL.iter().any(|unit| unit.begins(after.trim_start())))
    }

    fn begins(&self, text: &str) -> bool {
        let word = text.split(|letter: char| !letter.is_alphanumeric()).next().unwrap_or_default();
        word.eq_ignore_ascii_case(self.name)
    }

    fn is_within(&self, name: &str) -> bool {
        let begins = name.char_indices().map(|(at, _)| at);
        begins.into_iter().any(|at| {
            let before = name[..at].chars().next_back();
            let starts = before.is_none_or(|before| !before.is_alphanumeric());
            let (text, same) = (&name[at..], name[at..].starts_with(self.name));
            // In lower case `mw` may be a thousandth or a million, and a single letter may be a name, such as that of a hall.
            let fits = self.begins(text) && (same || self.name.starts_with('k'));
            let alone = at == 0 && name.len() == 1;
            let marked = before.is_some_and(|before| "[(_".contains(before)) || name[..at].ends_with("in ");
            starts && fits && before != Some('/') && (self.name.len() > 1 || alone || marked)
        })
    }

    /// Kilowatts over an interval of so many hours.
    pub(super) fn kw(self, reading: f64, hours: f64) -> f64 {
        let base = reading * f64::from(self.size.0) / f64::from(self.size.1);
        if self.is_energy { base / hours } else { base }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_unit_stands_in_the_name_of_the_column() {
        let of = |name: &str| MeterUnit::within(name).map(|unit| unit.name);
        for (name, unit) in [
            ("Energy [kWh]", "kWh"),
            ("load_kw", "kW"),
            ("电量(kWh)", "kWh"),
            ("P in W", "W"),
            ("P_W", "W"),
            ("W", "W"),
            ("MWh", "MWh"),
            ("kWh/h", "kW"),
            ("Load (MWh/h)", "MW"),
        ] {
            assert_eq!(of(name), Some(unit), "{name}");
        }
        for name in ["Hall W", "mw", "EUR/kWh", "Energy Price [€/MWh]", "km/h", "kW/h", "Workload"] {
            assert_eq!(of(name), None, "{name}");
        }
        assert!(MeterUnit::is_price("Energy Price [€/MWh]") && MeterUnit::is_price("Preis EUR/kWh"));
        assert!(!MeterUnit::is_price("kWh/h") && !MeterUnit::is_price("Energy [kWh]"));
    }
}
