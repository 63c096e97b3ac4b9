//! Arrows as text and by their beginnings, to compare the flows of two lines. Read [`all_ways`].

use super::arrow::{Arrow, Stop};
use std::collections::{BTreeMap, BTreeSet};

/// An element or port at which arrows begin.
pub(super) type WayBegin = (String, Option<String>);

fn begin(arrow: &Arrow) -> WayBegin {
    (arrow.from.name.clone(), arrow.from.port.clone())
}

/// Where arrows begin.
pub(super) fn begins(arrows: &[Arrow]) -> BTreeSet<WayBegin> {
    arrows.iter().map(begin).collect()
}

/// The ways out by where they begin, in order, since a part takes the first that has room.
pub(super) fn all_ways(arrows: &[Arrow]) -> BTreeMap<WayBegin, Vec<String>> {
    let mut all: BTreeMap<WayBegin, Vec<String>> = BTreeMap::new();
    arrows.iter().for_each(|arrow| all.entry(begin(arrow)).or_default().push(arrow_text(arrow)));
    all
}

/// An arrow as a layout writes it.
pub(super) fn arrow_text(arrow: &Arrow) -> String {
    let stop = |stop: &Stop| match &stop.port {
        Some(port) => format!("{}.{port}", stop.name),
        None => stop.name.clone(),
    };
    let share = arrow.share.map_or_else(String::new, |share| format!(" {} %", per_cent(share)));
    let by = arrow.by.as_ref().map_or_else(String::new, |by| format!(" by {}", stop(by)));
    format!("{} -> {}{share}{by}", stop(&arrow.from), stop(&arrow.to))
}

/// The shortest number of per cent that reads as this share.
fn per_cent(share: f64) -> f64 {
    let rounded = (share * 1e8).round() / 1e6;
    if rounded / 100.0 == share { rounded } else { share * 100.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::Sources;
    use crate::layout::arrow::arrows;
    use crate::layout::text_span::TextSpan;

    #[test]
    fn an_arrow_reads_as_it_is_written() {
        for text in ["a -> b", "test.fail -> bin 2.5 % by arm", "a -> b 33.3 %", "a[i,j] -> b[i+1,j] 7 %"] {
            let mut sources = Sources::default();
            let file = sources.add_argument("flow", text);
            let place = TextSpan { file, start: 0, end: text.len() as u32 };
            let read = arrows(place, &sources).expect("an arrow");
            assert_eq!(arrow_text(&read[0]), text);
        }
    }
}
