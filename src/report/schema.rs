//! The published JSON Schema of each JSON that Taktwin writes: one list, which `taktwin schema` reads.
//!
//! A schema follows from the type that is written, so it cannot differ from it. It has the draft 2020-12. What a field means
//! is in the chapter `report` of the handbook. Read [`CONTRACTS`] first.

use super::{bill, explain_json, frontier, json, json_compare, long};
use crate::event::State;
use crate::records::{event_log, journal};
use crate::stats::Verdict;
use schemars::generate::SchemaSettings;
use schemars::{Schema, SchemaGenerator, json_schema};

/// A JSON that other programs rely on.
#[derive(Debug)]
pub struct Contract {
    /// The name on the command line.
    pub name: &'static str,
    /// What is written in it.
    pub about: &'static str,
    /// The name in the field `schema`, or of the schema itself where there is no such field.
    pub id: &'static str,
    describe: fn(SchemaGenerator) -> Schema,
}

/// Every contract.
pub static CONTRACTS: &[Contract] = &[
    Contract {
        name: "run",
        about: "the result of `run` as JSON",
        id: json::RUN,
        describe: SchemaGenerator::into_root_schema_for::<json::RunJson<'_>>,
    },
    Contract {
        name: "compare",
        about: "the result of `compare` as JSON",
        id: json_compare::COMPARE,
        describe: SchemaGenerator::into_root_schema_for::<json_compare::CompareJson<'_>>,
    },
    Contract {
        name: "values",
        about: "one row of a result as JSON Lines",
        id: long::VALUES,
        describe: SchemaGenerator::into_root_schema_for::<long::LongRow<'_>>,
    },
    Contract {
        name: "explain",
        about: "the result of `explain` as JSON",
        id: explain_json::EXPLAIN,
        describe: SchemaGenerator::into_root_schema_for::<explain_json::ExplainJson<'_>>,
    },
    Contract {
        name: "bill",
        about: "the result of `bill` as JSON",
        id: bill::BILL,
        describe: SchemaGenerator::into_root_schema_for::<bill::BillJson<'_>>,
    },
    Contract {
        name: "frontier",
        about: "the result of `frontier` as JSON",
        id: frontier::FRONTIER,
        describe: SchemaGenerator::into_root_schema_for::<frontier::FrontierJson<'_>>,
    },
    Contract {
        name: "journal",
        about: "one row of a journal as JSON Lines",
        id: "taktwin/journal/1",
        describe: journal::schema,
    },
    Contract {
        name: "event-log",
        about: "a journal as OCEL 2.0, which is a published format",
        id: "taktwin/event-log/1",
        describe: event_log::schema,
    },
];

impl Contract {
    /// The JSON Schema, as text.
    pub fn schema(&self) -> String {
        let generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
        let mut schema = (self.describe)(generator);
        schema.insert("title".to_owned(), self.id.into());
        json::pretty(&schema)
    }
}

/// The words of a verdict.
pub(super) fn verdicts(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": "string", "enum": Verdict::ALL.map(Verdict::words) })
}

/// Names of states.
pub(super) fn states(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": "array", "items": { "type": "string", "enum": State::ALL.map(State::name) } })
}

#[cfg(test)]
mod tests {
    use super::super::{jsonl, sample};
    use super::*;
    use crate::study::PeriodKind;
    use serde_json::Value;

    /// What an independent judge finds wrong with a JSON.
    fn faults(contract: &str, json: &Value) -> Vec<String> {
        let contract = CONTRACTS.iter().find(|known| known.name == contract).unwrap();
        let schema: Value = serde_json::from_str(&contract.schema()).unwrap();
        let judge = jsonschema::draft202012::new(&schema).unwrap();
        judge.iter_errors(json).map(|fault| format!("{}: {fault}", fault.instance_path())).collect()
    }

    #[test]
    fn what_is_written_agrees_with_the_schema() {
        let run: Value = serde_json::from_str(&sample::run_text(&json::FORMAT)).unwrap();
        let compare: Value = serde_json::from_str(&sample::compare_text(&json::FORMAT)).unwrap();
        assert_eq!(faults("run", &run), [""; 0]);
        assert_eq!(faults("compare", &compare), [""; 0]);
        for row in sample::run_text(&jsonl::FORMAT).lines() {
            assert_eq!(faults("values", &serde_json::from_str(row).unwrap()), [""; 0], "{row}");
        }
    }

    #[test]
    fn figures_by_period_agree_with_the_schema() {
        let by = Some(PeriodKind::Day);
        let texts = sample::with_run_by(by, |report| {
            [&json::FORMAT, &jsonl::FORMAT].map(|format| sample::text_of(format, report))
        });
        let run: Value = serde_json::from_str(&texts[0]).unwrap();
        assert_eq!(faults("run", &run), [""; 0]);
        let days = run["periods"]["all"].as_array().unwrap();
        assert_eq!((run["periods"]["by"].as_str(), days.len()), (Some("day"), 1));
        assert_eq!(days[0]["kpis"]["finished"], run["kpis"]["finished"]);
        let rows: Vec<Value> = texts[1].lines().map(|row| serde_json::from_str(row).unwrap()).collect();
        assert!(rows.iter().all(|row| faults("values", row).is_empty()));
        let (whole, of_day): (Vec<&Value>, Vec<&Value>) =
            rows.iter().partition(|row| row["period"].is_null());
        assert_eq!(whole.len(), of_day.len());
        let mut written = Vec::new();
        sample::with_compare_by(by, |report| (json::FORMAT.compare)(report, &mut written)).unwrap();
        let compare: Value = serde_json::from_slice(&written).unwrap();
        assert_eq!(faults("compare", &compare), [""; 0]);
        let upgrade = &compare["scenarios"][0];
        assert_eq!(upgrade["periods"][0]["kpis"]["finished"], upgrade["kpis"]["finished"]);
    }

    #[test]
    fn a_field_that_is_left_out_or_has_another_type_is_a_fault() {
        let whole: Value = serde_json::from_str(&sample::run_text(&json::FORMAT)).unwrap();
        let broken = |change: fn(&mut Value)| {
            let mut run = whole.clone();
            change(&mut run);
            faults("run", &run).len()
        };
        assert!(broken(|run| _ = run.as_object_mut().unwrap().remove("kpis")) > 0);
        assert!(broken(|run| run["kpis"]["throughput"]["mean"] = "many".into()) > 0);
        assert!(broken(|run| run["schema"] = "taktwin/run/1".into()) > 0);
        assert!(broken(|run| run["elements"]["bend"]["assumed"] = vec!["asleep"].into()) > 0);
        assert!(broken(|run| run["products"]["hood"]["throughput"]["better"] = "more".into()) > 0);
    }
}
