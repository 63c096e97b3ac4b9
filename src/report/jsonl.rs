//! JSON Lines: the [long table](super::long), one object a line, for programs that read a result piece by piece.

use super::long::each_row;
use super::{Format, RunReport};
use crate::study::Study;
use std::io::{self, Write};

pub(super) static FORMAT: Format = Format {
    name: "jsonl",
    about: "for programs: every value of every figure, one a line",
    ending: "jsonl",
    binary: false,
    built: true,
    run,
    compare: |report, out| {
        let names = report.names();
        write(&names.iter().map(String::as_str).zip(report.studies).collect::<Vec<_>>(), out)
    },
};

fn run(report: &RunReport<'_>, out: &mut dyn Write) -> io::Result<()> {
    write(&[(&report.study.line.name, report.study)], out)
}

fn write(studies: &[(&str, &Study<'_>)], out: &mut dyn Write) -> io::Result<()> {
    each_row(studies, |row| {
        serde_json::to_writer(&mut *out, row)?;
        out.write_all(b"\n")
    })
}

#[cfg(test)]
mod tests {
    use super::super::{json, sample};
    use super::*;
    use serde_json::Value;

    fn rows(text: &str) -> Vec<Value> {
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    #[test]
    fn every_value_of_json_is_in_a_row() {
        let texts =
            sample::with_run(|report| [&json::FORMAT, &FORMAT].map(|format| sample::text_of(format, report)));
        let (json, rows): (Value, _) = (serde_json::from_str(&texts[0]).unwrap(), rows(&texts[1]));
        let owners = [("line", "", &json["kpis"]), ("product", "hood", &json["products"]["hood"])];
        let mut compared = 0;
        for (level, name, figures) in owners {
            for (figure, found) in figures.as_object().unwrap().iter().filter(|(_, found)| found.is_object())
            {
                let own: Vec<&Value> = rows
                    .iter()
                    .filter(|row| row["level"] == level && row["name"] == name && row["figure"] == **figure)
                    .collect();
                let values: Vec<Value> = own.iter().map(|row| row["value"].clone()).collect();
                assert_eq!(Value::from(values), found["values"], "{level} {figure}");
                for key in ["mean", "half_width", "unit", "better"] {
                    assert_eq!(own[0][key], found[key], "{level} {figure} {key}");
                }
                compared += 1;
            }
        }
        assert!(compared > 25, "{compared}");
        for (name, element) in json["elements"].as_object().unwrap() {
            let of = |figure: &str| {
                rows.iter()
                    .find(|row| row["level"] == "element" && row["name"] == **name && row["figure"] == figure)
            };
            assert_eq!(of("operations").unwrap()["mean"], element["operations"]["mean"], "{name}");
            for (state, share) in element["states"].as_object().unwrap() {
                let row = of(&format!("states.{state}")).unwrap();
                assert_eq!((&row["mean"], &row["half_width"]), (&share["mean"], &share["half_width"]));
            }
        }
    }

    #[test]
    fn the_lines_of_a_comparison_have_names_of_their_own() {
        let mut names: Vec<Value> =
            rows(&sample::compare_text(&FORMAT)).iter().map(|row| row["scenario"].clone()).collect();
        names.dedup();
        assert_eq!(names, ["Range hoods, line 3", "Faster bending", "Faster bending (2)"]);
    }
}
