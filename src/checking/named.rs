//! What an element names of its line: calendars, shifts and products. Messages for an unknown name suggest one that is known.
//!
//! Skills and tools are looked up in `disruption/wants.rs`. Read [`Check::product`] first.

use super::{Check, Concern};
use crate::calendar::{ALWAYS, Timetable};
use crate::material::PartSpec;
use crate::units::spelling::{brief, listed, suggestion};

impl Check<'_> {
    /// The working hours of an element: of the calendar of this name, or of the line's; none around the clock.
    pub fn hours(&mut self, written: Option<&str>) -> Option<Timetable> {
        let calendars = self.around.calendars;
        match written {
            None => calendars.of_line().cloned(),
            Some(ALWAYS) => None,
            Some(name) => {
                let found = calendars.named(name).cloned();
                if found.is_none() && !calendars.incomplete {
                    let help = match calendars.nearest(name) {
                        Some(near) => format!("did you mean \"{near}\"?"),
                        None => format!(
                            "declare it: `calendars: {{ \"{}\": (shifts: {{ \"day\": (days: \"Mon-Fri\", hours: \"08:00-16:00\") }}) }}`, or write \"{ALWAYS}\"",
                            brief(name)
                        ),
                    };
                    self.fault("calendar", format!("unknown calendar \"{}\"", brief(name)), &help);
                }
                found
            }
        }
    }

    /// The hours of an element, or those of a day and night of the clock on the wall without a calendar; none after a fault of the start
    /// of the run, which is one of this field.
    pub fn hours_or_clock(&mut self, field: &str, hours: Option<&Timetable>) -> Option<Timetable> {
        let clock = || self.around.calendars.around_the_clock(self.around.start);
        match hours.cloned().map_or_else(clock, Ok) {
            Ok(timetable) => Some(timetable),
            Err(fault) => {
                self.fault(field, fault.message, &fault.help);
                None
            }
        }
    }

    /// Notes that the calendar of an element has no shift of this name, only these; an element without a calendar has none, and this
    /// help is for that.
    pub fn unknown_shift(&mut self, field: &str, shift: &str, known: &[String], without_calendar: &str) {
        let near = suggestion(shift, known.iter().map(String::as_str), "the shifts of its calendar are");
        let message = format!("its calendar has no shift \"{}\"", brief(shift));
        self.fault(field, message, near.as_deref().unwrap_or(without_calendar));
    }

    /// What a product is when it is made; a line with one product need not name it.
    pub fn product(&mut self, field: &str, written: Option<&str>) -> Option<PartSpec> {
        let products = self.around.products;
        let Some(name) = written else {
            if let [only] = products {
                return Some(only.spec);
            }
            let help = if products.is_empty() {
                "declare one, such as `products: { \"part\": () }`".to_owned()
            } else {
                format!("write `{field}: ..` with one of {}", listed(self.product_names()))
            };
            let message = "it is not said which product this has".to_owned();
            self.fault_about(Concern::Products, "", message, &help);
            return None;
        };
        let found = products.iter().find(|known| known.name == name);
        if found.is_none() {
            self.unknown_product(field, name);
        }
        found.map(|product| product.spec)
    }

    /// Notes that there is no product of this name.
    pub fn unknown_product(&mut self, field: &str, name: &str) {
        let help = suggestion(name, self.product_names(), "the products are")
            .unwrap_or_else(|| format!("declare it: `products: {{ \"{}\": () }}`", brief(name)));
        let message = format!("unknown product \"{}\"", brief(name));
        self.fault_about(Concern::UnknownProduct(name.to_owned()), field, message, &help);
    }

    fn product_names(&self) -> impl Iterator<Item = &str> {
        self.around.products.iter().map(|product| product.name.as_str())
    }
}
