//! A small run by hand, as each format writes it.

use super::*;
use crate::event::{Part, Slot, State, Stay, What};
use crate::line;

const LINE: &str = r#"Line(
    name: "a < b & c",
    run: (start: "2026-03-02 08:00"),
    products: { "hood": () },
    elements: { "in": Source(), "weld": Machine(cycle: "5 s"), "out": Sink() },
    flow: ["in -> weld -> out"],
)"#;

fn line() -> Line {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("line.ron");
    std::fs::write(&path, LINE).unwrap();
    line::read(&path, &[]).unwrap_or_else(|rejected| panic!("{}", rejected.render(false)))
}

/// One part goes through, another one stays.
fn events() -> Vec<LineEvent> {
    let part =
        |serial, secs: u64| Part { serial, entered: Time(secs * 1_000_000_000), product: 0, priority: 0 };
    let (first, second) = (part(0, 0), part(1, 5));
    let stay = Stay::from(Time::ZERO);
    let facts = [
        (0, 1, What::Became(State::Starved)),
        (0, 0, What::Created(first)),
        (0, 0, What::Left { part: first, stay }),
        (0, 1, What::Arrived(first)),
        (0, 1, What::Became(State::Working)),
        (5, 1, What::Completed { part: first, ideal: Time(5_000_000_000) }),
        (5, 1, What::Left { part: first, stay }),
        (5, 2, What::Delivered(first)),
        (5, 0, What::Created(second)),
        (5, 1, What::Became(State::Starved)),
    ];
    let event = |(secs, slot, what): (u64, u32, What)| LineEvent {
        time: Time(secs * 1_000_000_000),
        element: Slot(slot),
        what,
    };
    facts.map(event).to_vec()
}

fn written(ending: &str) -> Vec<u8> {
    let (line, mut out) = (line(), Vec::new());
    let narrate = |listener: &mut dyn Listener| {
        events().into_iter().for_each(|event| listener.on_event(event));
        Ok(())
    };
    let run = LoggedRun { line: &line, end: Time(9_000_000_000), narrate: &narrate };
    let format = EventLogFormat::of_ending(Path::new(&format!("log.{ending}"))).unwrap();
    format.write(&run, &mut out).unwrap();
    out
}

fn text(ending: &str) -> String {
    String::from_utf8(written(ending)).unwrap()
}

#[test]
fn a_log_of_objects_has_every_event_and_only_known_objects() {
    let log: serde_json::Value = serde_json::from_str(&text("jsonocel")).unwrap();
    let list = |key: &str| log[key].as_array().unwrap().clone();
    let objects: Vec<_> = list("objects").iter().map(|object| object["id"].clone()).collect();
    assert_eq!(objects, ["product:hood", "element:in", "element:weld", "element:out", "part:0", "part:1"]);
    assert_eq!(list("events").len(), events().len());
    for event in list("events") {
        let related = event["relationships"].as_array().unwrap().clone();
        assert!(related.iter().all(|one| objects.contains(&one["objectId"])), "{event}");
        assert!(list("eventTypes").iter().any(|kind| kind["name"] == event["type"]), "{event}");
    }
    let completed = &list("events")[5];
    assert_eq!(
        (&completed["type"], &completed["time"]),
        (&"completed".into(), &"2026-03-02T08:00:05.000000000Z".into())
    );
    assert_eq!(completed["attributes"][0]["value"], 5_000_000_000_u64);
}

#[test]
fn every_word_of_the_journal_is_a_type_of_the_log() {
    let log: serde_json::Value = serde_json::from_str(&text("jsonocel")).unwrap();
    let kinds: Vec<&str> =
        log["eventTypes"].as_array().unwrap().iter().map(|kind| kind["name"].as_str().unwrap()).collect();
    for incident in crate::event::Incident::ALL {
        assert!(kinds.contains(&incident.name()), "{}", incident.name());
    }
    for state in State::ALL {
        assert!(kinds.contains(&state.name()), "{}", state.name());
    }
}

#[test]
fn a_trace_has_the_stays_of_a_part_and_its_names_are_escaped() {
    let log = text("xes");
    assert!(log.contains("value=\"a &lt; b &amp; c\""), "{log}");
    assert_eq!((log.matches("<trace>").count(), log.matches("</trace>").count()), (2, 2));
    // in: start, complete; weld: start, complete; out: complete; and the part that stays: start.
    assert_eq!(log.matches("<event>").count(), 6);
    assert!(log.ends_with("</log>\n"));
}

#[test]
fn a_journal_is_the_same_as_before() {
    assert_eq!(text("jsonl").lines().count(), events().len());
    assert_eq!(text("CSV").lines().count(), events().len() + 1);
}

#[cfg(feature = "formats")]
#[test]
fn the_states_fill_the_time_from_the_first_to_the_end() {
    use calamine::{Data, Reader, Xlsx};
    let mut book: Xlsx<_> = Xlsx::new(std::io::Cursor::new(written("xlsx"))).unwrap();
    let sheet = book.worksheet_range("states").unwrap();
    let rows: Vec<Vec<Data>> = sheet.rows().skip(1).map(<[Data]>::to_vec).collect();
    let states: Vec<String> = rows.iter().map(|row| row[2].to_string()).collect();
    // It was starved for no time at first.
    assert_eq!(states, ["working", "starved"]);
    assert_eq!((rows[0][6].clone(), rows[1][5].clone()), (Data::Float(5.0), Data::Float(5.0)));
}
