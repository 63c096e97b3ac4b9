//! Words that people try, from other simulators and from the shop floor, and what there is instead.
//!
//! A word is answered where it stands: `mttf` in a machine leads to `breakdowns`, in a breakdown to `after`. What is not
//! modelled is said so, with the nearest thing that is. Read [`WORDS`] first.

use crate::units::spelling::nearest;

/// A few words and what they lead to.
struct Word {
    /// In lower case, without underscores.
    tried: &'static [&'static str],
    /// The field or kind that there is; the word is answered only where that is accepted. Empty: everywhere.
    meant: &'static str,
    /// What to say besides that; empty for nothing.
    says: &'static str,
}

const fn word(tried: &'static [&'static str], meant: &'static str, says: &'static str) -> Word {
    Word { tried, meant, says }
}

/// The first that fits is taken.
#[rustfmt::skip]
const WORDS: [Word; 69] = [
    // breakdowns and plans
    word(&["mttf", "mtbf", "ttf", "tbf", "interval", "uptime", "every"], "after", ""),
    word(&["mttr", "ttr", "downtime", "duration", "takes", "repairtime"], "repair", ""),
    word(&["interval", "after", "period", "cycle"], "every", ""),
    word(&["duration", "time", "mttr", "repair"], "takes", ""),
    word(&["mttf", "mtbf", "mttr", "uptime", "downtime", "failure", "failures", "failurerate", "breakdown", "reliability",
        "repair", "repairtime", "availability", "stops"], "breakdowns",
        "write `breakdowns: [(after: Exponential(\"2 h\"), repair: \"10 min\")]`"),
    word(&["pm", "service", "cleaning", "maintenances", "preventive"], "maintenance",
        "write `maintenance: [(every: \"8 h\", takes: \"15 min\")]`"),
    // people
    word(&["operator", "operators", "worker", "workers", "crew", "mechanic", "labour", "labor", "staff"], "skill",
        "it names what a `Crew` must be able to do"),
    word(&["operator", "operators", "worker", "workers", "mechanic", "labour", "labor", "staff", "people", "team"], "Crew", ""),
    word(&["operator", "operators", "worker", "workers", "crew", "labour", "labor", "staff", "people", "manpower", "skill"], "people",
        "write `people: [(skill: \"operator\")]`, and a `Crew` that has the skill"),
    word(&["count", "number", "people", "members", "capacity"], "size", ""),
    word(&["skillmatrix", "matrix", "qualifications", "qualification", "table", "members", "names", "staff"], "persons",
        "write `persons: (csv: \"skills.csv\")`, a table with a row for each person and a column for each skill"),
    word(&["walk", "walks", "walking", "walkingspeed"], "speed", "or write a table `travel` of times"),
    // not modelled
    word(&["shift", "shifts", "schedule", "timetable", "workinghours", "hours", "roster", "holidays", "weekend"], "calendar",
        "it names one of the `calendars` of the line"),
    word(&["calendar", "shifts", "shiftplan", "schedules"], "calendars", ""),
    word(&["onshiftend", "endofshift", "overtime", "atshiftend"], "shift_end", "write `Finish`, `Pause` or `OnlyWhatFits`"),
    word(&["timezone", "tz"], "zone", ""),
    word(&["break", "pause", "pauses", "lunch"], "breaks", ""),
    word(&["profile", "pattern", "factors", "ratetable", "seasonality"], "rates",
        "write `rates: [(hours: \"06:00-10:00\", factor: 1.4)]`"),
    word(&["delivery", "truck", "trucks", "lorry", "shipment", "shipments"], "deliveries",
        "write `deliveries: [(at: \"07:00\", parts: 24)]`"),
    word(&["price", "cost", "costs", "energyprice", "rate"], "tariff",
        "electricity is priced by a tariff: `tariff: \"guangdong_2021\", set: { \"charges.energy.price\": \"0.7 CNY/kWh\" }`"),
    word(&["emissions", "emission", "emissionfactor", "carbon"], "co2", ""),
    word(&["tariff", "tariffs", "energyprice", "electricityprice", "co2", "emissions"], "",
        "prices and emission factors stand in the `energy` of the line, such as `energy: (electricity: (tariff: \"guangdong_2021\"))`"),
    word(&["wage", "wages"], "", "wages are not modelled yet; `labour_hours` counts the hours"),
    word(&["sleep", "savingmode", "savingmodes", "standbymode", "standbymodes", "energysaving", "profienergy", "switchoff", "autooff", "modes"], "saving",
        "write `saving: [(power: \"0.5 kW\", time_to_operate: \"40 s\", off: [After(\"2 min\")])]`"),
    word(&["warmuptime", "startup", "startuptime", "wakeup", "wakeuptime"], "time_to_operate", ""),
    word(&["shutdowntime", "switchofftime"], "time_to_pause", ""),
    word(&["startupenergy", "warmupenergy", "startenergy"], "energy_to_operate", ""),
    word(&["naturalgas", "ng", "fuel", "lpg", "methane"], "gas", ""),
    word(&["compressedair", "pneumatic", "pressure"], "air", ""),
    word(&["cold", "chilled", "chilledwater", "coolingwater"], "cooling", ""),
    word(&["power", "electric", "electrical", "el"], "electricity", ""),
    word(&["heatvalue", "heatingvalue", "calorificvalue", "ncv", "lhv", "heat"], "energy", ""),
    word(&["agv", "agvs", "amr", "vehicle", "vehicles", "forklift", "truck", "transporter", "cart"], "",
        "vehicles are not modelled yet; a `Robot` carries parts between elements, a `Conveyor` along a way"),
    // products
    word(&["price", "revenue", "sells"], "value", ""),
    word(&["cost", "costs", "materialcost", "price"], "material", ""),
    word(&["price", "costs", "investment"], "cost", ""),
    word(&["cost", "costs", "price"], "",
        "costs are not modelled yet, but for those of an upgrade's changes and of the `material` of products"),
    word(&["title", "label", "caption"], "name", ""),
    word(&["description", "comment", "comments", "note", "notes", "source", "author"], "provenance", ""),
    word(&["weight", "kg"], "mass", ""),
    word(&["routing", "steps", "path", "operations", "sequence"], "route", ""),
    word(&["group", "kind", "class", "color", "colour"], "family", ""),
    word(&["station", "element", "machine", "at", "stop"], "to", ""),
    // elements
    word(&["cycletime", "processtime", "processingtime", "proctime", "servicetime", "duration", "time", "ct", "takt", "takttime",
        "delay"], "cycle", ""),
    word(&["servers", "capacity", "parallel", "slots", "channels"], "places", ""),
    word(&["size", "maxsize", "slots", "places", "max", "limit", "maxcontent"], "capacity", ""),
    word(&["capacity", "size", "batchsize", "lotsize", "places"], "max", ""),
    word(&["setuptime", "changeover", "changeovertime", "changetime", "tooling"], "setup", ""),
    word(&["scraprate", "scrap", "defectrate", "yield", "quality", "rejectrate", "rejects", "fpy", "errorrate"], "defects", ""),
    word(&["rate", "arrivalrate", "demand", "throughput", "interval", "interarrivaltime", "takt", "takttime", "cycle", "every"],
        "interarrival", "it is the time between two parts, such as \"60 s\""),
    word(&["dispatching", "dispatchingrule", "rule", "priorityrule", "strategy", "sorting", "queue", "discipline", "policy"], "order", ""),
    word(&["position", "pos", "location", "coordinates", "xy", "x", "y"], "at", "write `at: (3.0, 2.5)`, in metres"),
    word(&["energy", "kw", "consumption", "watts", "load"], "power", "write `power: (working: \"6 kW\")`"),
    word(&["stock", "content", "contents", "start", "initialstock", "fill"], "initial", ""),
    word(&["bom", "needs", "components", "inputs", "takes"], "parts", ""),
    // kinds
    word(&["station", "workstation", "workcenter", "workcentre", "server", "resource", "process", "cell", "operation", "singleproc",
        "parallelproc", "press", "lathe", "mill"], "Machine", ""),
    word(&["queue", "store", "storage", "rack", "warehouse", "stock", "wip", "shelf", "supermarket", "magazine"], "Buffer", ""),
    word(&["belt", "track", "rollers", "transport", "chain"], "Conveyor", ""),
    word(&["arm", "crane", "gantry", "handler", "loader", "cobot"], "Robot", ""),
    word(&["oven", "furnace", "autoclave", "kiln", "batchprocess"], "Batch", ""),
    word(&["qc", "test", "tester", "inspector", "control", "check", "qualitycontrol"], "Inspection", ""),
    word(&["generator", "entry", "arrival", "arrivals", "input", "start", "supply", "create"], "Source", ""),
    word(&["exit", "output", "drain", "end", "dispose", "shipping", "scrap"], "Sink", ""),
    word(&["merge", "assembly", "join", "combine"], "Assembler", ""),
    // a line and its run
    word(&["runtime", "simtime", "simulationtime", "horizon", "duration", "time", "end", "hours", "days"], "length", ""),
    word(&["runs", "reps", "repetitions", "n", "experiments"], "replications", ""),
    word(&["stations", "machines", "nodes", "equipment", "resources", "objects"], "elements", ""),
    word(&["connections", "links", "arrows", "edges", "routing", "routes", "connectors"], "flow", ""),
    word(&["goals", "targets", "kpi", "kpis", "expectations", "asserts"], "expect", ""),
];

/// What to do about a name that is not accepted, if that is known.
pub(super) fn remedy(name: &str, accepted: &[&str]) -> Option<String> {
    // A slip of a letter or two is nearer than another word, unless that word says that nothing is meant.
    let (near, word) = (nearest(name, accepted.iter().copied()), fitting(name, accepted));
    match (near, word) {
        (Some(near), None) => Some(format!("did you mean `{near}`?")),
        (_, Some(Word { meant: "", says, .. })) => Some((*says).to_owned()),
        (_, Some(Word { meant, says: "", .. })) => Some(format!("did you mean `{meant}`?")),
        (_, Some(Word { meant, says, .. })) => Some(format!("did you mean `{meant}`? {says}")),
        (None, None) => None,
    }
}

/// Whether a name is likely to mean a field.
pub(super) fn means(name: &str, field: &str) -> bool {
    nearest(name, [field]).is_some() || fitting(name, &[field]).is_some_and(|word| word.meant == field)
}

fn fitting(name: &str, accepted: &[&str]) -> Option<&'static Word> {
    let tried: String = name.chars().take(30).filter(|letter| *letter != '_').collect();
    let tried = tried.to_lowercase();
    WORDS.iter().find(|word| {
        word.tried.contains(&tried.as_str()) && (word.meant.is_empty() || accepted.contains(&word.meant))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_answered_with_what_there_is_where_it_stands() {
        let machine = ["cycle", "places", "breakdowns", "power"];
        assert_eq!(remedy("Cycle_Time", &machine).as_deref(), Some("did you mean `cycle`?"));
        assert!(
            remedy("mttf", &machine).unwrap().starts_with("did you mean `breakdowns`? write `breakdowns: [(")
        );
        assert_eq!(remedy("mttf", &["after", "repair"]).as_deref(), Some("did you mean `after`?"));
        assert_eq!(remedy("conveyer", &["Machine", "Conveyor"]).as_deref(), Some("did you mean `Conveyor`?"));
        assert_eq!(remedy("Oven", &["Machine", "Batch"]).as_deref(), Some("did you mean `Batch`?"));
        assert!(
            remedy("operators", &["cycle", "people"]).unwrap().starts_with("did you mean `people`? write")
        );
        let price = remedy("energy_price", &["tariff", "set", "co2"]).unwrap();
        assert!(price.starts_with("did you mean `tariff`? electricity is priced by a tariff"), "{price}");
        assert_eq!(remedy("frobnicate", &machine), None);
    }

    #[test]
    fn what_is_not_modelled_is_said_so_everywhere() {
        for (word, accepted) in [("wages", ["power"]), ("AGV", ["Machine"])] {
            let written = remedy(word, &accepted).unwrap_or_default();
            assert!(written.contains("not modelled yet"), "{word}: {written}");
        }
    }

    #[test]
    fn a_word_that_leads_to_a_field_means_it() {
        assert!(means("cylce", "cycle") && means("processing_time", "cycle"));
        assert!(!means("tariff", "cycle") && !means("speed", "cycle"));
    }

    #[test]
    fn words_are_kept_as_they_are_compared() {
        for word in &WORDS {
            for tried in word.tried {
                assert!(
                    tried.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit()),
                    "{tried}"
                );
            }
        }
    }
}
