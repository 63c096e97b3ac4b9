//! What the readings of a meter count. Read [`MeterUnit`].

/// What a reading counts: energy of its interval, or the mean power over it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MeterUnit {
    /// How it is written.
    pub name: &'static str,
    /// Whether it is an energy.
    is_energy: bool,
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

    /// The unit in the name of a column, such as `Energy [kWh]` or `load_kw`.
    pub(super) fn within(name: &str) -> Option<MeterUnit> {
        let words: Vec<&str> = name.split(|letter: char| !letter.is_alphanumeric()).collect();
        let is = |unit: &MeterUnit| words.iter().any(|word| *word == unit.name);
        let is_nearly = |unit: &MeterUnit| words.iter().any(|word| word.eq_ignore_ascii_case(unit.name));
        // In lower case `mw` may be a thousandth or a million.
        let sure = |unit: &&MeterUnit| is_nearly(unit) && unit.name.starts_with('k');
        MeterUnit::ALL.iter().find(|unit| is(unit)).or(MeterUnit::ALL.iter().find(sure)).copied()
    }

    /// Kilowatts over an interval of so many hours.
    pub(super) fn kw(self, reading: f64, hours: f64) -> f64 {
        let base = reading * f64::from(self.size.0) / f64::from(self.size.1);
        if self.is_energy { base / hours } else { base }
    }
}
