//! Calendars for the tests: written ones, and random ones.

use super::{Calendar, CalendarLayout, ExceptionList, RosterLayout, SeasonLayout, ShiftLayout};
use indexmap::IndexMap;
use jiff::civil::date;
use jiff::{Span, tz::TimeZone};

/// Reads a calendar as a layout of Taktwin has it.
pub(super) fn layout(text: &str) -> CalendarLayout {
    use ron::extensions::Extensions;
    let options = ron::Options::default()
        .with_default_extension(Extensions::IMPLICIT_SOME | Extensions::UNWRAP_NEWTYPES);
    options.from_str(text).unwrap()
}

/// A checked calendar without files.
pub(super) fn calendar(text: &str) -> Calendar {
    Calendar::new(&layout(text), &[]).unwrap()
}

/// The holidays of China in these years.
pub(super) fn holidays(year: i16) -> ExceptionList {
    let file = format!("{year}.json");
    let text = match year {
        2024 => include_str!("test_files/2024.json"),
        2025 => include_str!("test_files/2025.json"),
        2026 => include_str!("test_files/2026.json"),
        _ => include_str!("test_files/2027.json"),
    };
    ExceptionList::read(&file, text, year..=year, &TimeZone::UTC).unwrap()
}

pub(super) const TWO_SHIFTS: &str = r#"(
    shifts: {
        "early":    (days: "Mon-Fri", hours: "06:00-14:00", breaks: ["09:00-09:15", "11:30-12:00"]),
        "late":     (days: "Mon-Fri", hours: "14:00-22:00", breaks: ["17:00-17:15"]),
        "saturday": (days: "Sat", hours: "06:00-14:00"),
        "night":    (days: "Mon, Wed-Fri", hours: "22:00-06:00"),
    },
    closed: ["2024-05-01", "2024-10-01..2024-10-07"],
    extra: { "2024-05-11": ["early", "late"], "2024-05-18": ["07:00-11:00"], "2024-10-03": ["night", "20:00-24:00"] },
    seasons: [(from: "06-15", to: "09-14", shifts: {
        "early": (days: "Mon-Fri", hours: "05:00-13:00", breaks: ["09:00-09:30"]),
        "summer night": (days: "Mon-Thu", hours: "23:00-05:00", breaks: ["23:30-00:15", "02:15-02:45"]),
    })],
)"#;

const WITHOUT_FILES: [&str; 9] = [
    TWO_SHIFTS,
    r#"(shifts: { "day": (hours: "06:00-18:00"), "night": (hours: "18:00-06:00", breaks: ["00:00-00:30", "02:30-03:15"]) },
            roster: (from: "2026-03-02", days: ["day", "day", "night", "night", "off", "off", "off", "off"]))"#,
    // Nine days of 80 hours in two weeks.
    r#"(shifts: { "long": (hours: "07:00-16:30", breaks: ["12:00-12:30"]), "short": (hours: "07:00-15:30", breaks: ["12:00-12:30"]) },
            roster: (from: "2024-01-01", days: ["long", "long", "long", "long", "short", "off", "off",
                "long", "long", "long", "long", "off", "off", "off"]), closed: ["2024-12-24..2025-01-06"])"#,
    // Four days on, two off.
    r#"(shifts: { "shift": (hours: "14:00-02:30", breaks: ["18:00-18:30"]) },
            roster: (from: "2024-06-01", days: ["shift", "shift", "shift", "shift", "off", "off"]))"#,
    // Overlapping hours, and a handover.
    r#"(shifts: { "a": (days: "daily", hours: "06:00-14:30", breaks: ["10:00-10:15"]), "b": (days: "Fri-Mon", hours: "08:00-17:00", breaks: ["10:00-10:30"]),
            "c": (days: "Tue,Thursday", hours: "14:00-00:00"), "d": (days: "Sun", hours: "00:00-24:00", breaks: ["02:00-03:00"]) })"#,
    // A winter that passes the turn of the year, and a season with the whole day at its border.
    r#"(shifts: { "day": (days: "Mon-Sat", hours: "08:00-16:00"), "night": (hours: "22:00-21:00") },
            seasons: [(from: "11-20", to: "02-29", shifts: { "night": (hours: "06:00-05:00", breaks: ["12:00-13:00"]) }),
                (from: "07-01", to: "07-20", shifts: {})])"#,
    // The hours at which daylight saving changes.
    r#"(shifts: { "gap": (hours: "02:00-03:00"), "in the gap": (hours: "02:15-02:45"), "until": (hours: "01:00-02:30", breaks: ["02:00-02:15"]),
            "from": (hours: "02:30-06:00", breaks: ["02:45-03:00"]), "over": (days: "Sat, Sun", hours: "22:00-06:00", breaks: ["02:00-03:00"]),
            "short": (days: "Sun", hours: "01:30-03:15", breaks: ["01:45-02:15", "02:30-03:00"]) },
            extra: { "2024-03-31": ["01:00-06:00", "02:30-03:00"], "2024-03-10": ["01:00-06:00", "02:30-03:00"], "2024-10-06": ["01:00-06:00", "02:15-02:30"] })"#,
    r#"(shifts: { "always": (hours: "00:00-24:00") })"#,
    r#"(shifts: { "never": (hours: "06:00-14:00") }, roster: (from: "2024-01-01", days: ["off"]))"#,
];

/// Every written calendar with its files.
pub(super) fn written() -> Vec<(CalendarLayout, Vec<ExceptionList>)> {
    let mut all: Vec<_> = WITHOUT_FILES.iter().map(|text| (layout(text), Vec::new())).collect();
    let files = vec![holidays(2024), holidays(2025)];
    let table = "from;to;open\n2024-02-12;2024-02-14;early\n2024-05-02;;10:00-12:00, late\n2025-03-03;2025-03-05;closed\n";
    let table = ExceptionList::from_csv("own.csv", table).unwrap();
    all.push((layout(TWO_SHIFTS), vec![files[0].clone(), files[1].clone(), table]));
    let weekly = layout(
        r#"(shifts: { "tue": (days: "Tue-Thu", hours: "20:00-04:00"), "sun": (days: "Sun", hours: "10:00-12:00") })"#,
    );
    all.push((weekly, files.clone()));
    let roster = layout(
        r#"(shifts: { "x": (hours: "06:00-14:00"), "y": (hours: "14:00-22:00") }, roster: (from: "2024-03-01", days: ["off", "x", "x, y", "off", "off"]))"#,
    );
    all.push((roster, files));
    all.push((twenty_weeks(), Vec::new()));
    all
}

/// A turn of 140 days.
fn twenty_weeks() -> CalendarLayout {
    let mut layout = layout(
        r#"(shifts: { "early": (hours: "06:00-14:00"), "late": (hours: "14:00-22:00"), "night": (hours: "22:00-06:00", breaks: ["02:00-02:30"]) })"#,
    );
    let day = |place: usize| match (place / 7 % 5, place % 7, place) {
        (4, _, _) | (_, 6, _) => "off".to_owned(),
        (_, 5, place) if place % 3 == 0 => "early, night".to_owned(),
        (week, _, _) => ["early", "late", "night", "late"][week].to_owned(),
    };
    layout.roster = Some(RosterLayout { from: "2025-06-02".into(), days: (0..140).map(day).collect() });
    layout
}

/// A simple generator of numbers (SplitMix64).
pub(super) struct Numbers(pub(super) u64);

impl Numbers {
    pub(super) fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % end
    }

    fn hours(from: u64, minutes: u64) -> String {
        let clock = |minute: u64| format!("{:02}:{:02}", minute / 60 % 24, minute % 60);
        format!("{}-{}", clock(from), clock(from + minutes))
    }

    fn shift(&mut self, with_days: bool) -> ShiftLayout {
        let (from, minutes) = (self.below(1440), 60 + self.below(1380));
        let pause = self.below(minutes - 30);
        let breaks = match self.below(3) {
            0 => Vec::new(),
            _ => vec![Numbers::hours(from + pause, 1 + self.below(20))],
        };
        let names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
        let mut name = || names[self.below(7) as usize];
        let days = with_days.then(|| format!("{}-{}, {}", name(), name(), name()));
        ShiftLayout { days, hours: Numbers::hours(from, minutes), breaks }
    }

    fn shifts(&mut self, with_days: bool) -> IndexMap<String, ShiftLayout> {
        (0..1 + self.below(4)).map(|number| (format!("shift {number}"), self.shift(with_days))).collect()
    }

    /// A calendar of 2024 and 2025 with a bit of everything.
    pub(super) fn layout(&mut self) -> CalendarLayout {
        let with_roster = self.below(2) == 0;
        let shifts = self.shifts(!with_roster);
        let name = |numbers: &mut Numbers| match numbers.below(4) {
            0 => "off".to_owned(),
            _ => format!("shift {}", numbers.below(shifts.len() as u64)),
        };
        let roster = RosterLayout {
            from: "2024-12-01".into(),
            days: (0..2 + self.below(20)).map(|_| name(self)).collect(),
        };
        let day = |numbers: &mut Numbers| {
            date(2024, 1, 1).saturating_add(Span::new().days(numbers.below(731) as i64)).to_string()
        };
        let closed = (0..30).map(|_| day(self)).collect();
        let single = |numbers: &mut Numbers| match numbers.below(2) {
            0 => format!("shift {}", numbers.below(shifts.len() as u64)),
            _ => {
                let from = numbers.below(1440);
                Numbers::hours(from, 30 + numbers.below(900))
            }
        };
        let extra =
            (0..30).map(|_| (day(self), (0..1 + self.below(2)).map(|_| single(self)).collect())).collect();
        let season = |from: &str, to: &str, shifts| SeasonLayout { from: from.into(), to: to.into(), shifts };
        let mut seasons = vec![
            season("03-20", "04-10", self.shifts(!with_roster)),
            season("10-20", "01-15", self.shifts(!with_roster)),
        ];
        for season in seasons.iter_mut().filter(|_| with_roster) {
            season.shifts.retain(|name, _| shifts.contains_key(name));
        }
        let roster = with_roster.then_some(roster);
        CalendarLayout { shifts, roster, closed, extra, seasons, also: Vec::new() }
    }
}
