//! Persons with skills of their own, from a table: as if each were written as a crew of one.

use super::kit::{kpi, study};
use taktwin::equipment::Improvement;
use taktwin::kpi::{Figure, named};
use taktwin::line::{self, Line};
use taktwin::study::Watch;
use taktwin::study::sensitivity::sensitivities;

const TABLE: &str =
    "person; operator; setter; forklift; calendar\nAnna;x;X;;\nBen;yes;;;\nChen;1;0;;nights\nDora;;;x;\n\n";

/// A lathe that needs an operator to load and unload and a setter to change over, and a mill with an operator, with these crews.
fn shop(crews: &str, table: &str) -> Result<Line, String> {
    let text = format!(
        "Line(name: \"shop\", run: (warm_up: \"0 s\", length: \"14 d\", start: \"2026-03-02T00:00:00\", replications: 3),
        calendars: {{
            \"days\": (shifts: {{ \"day\": (days: \"Mon-Fri\", hours: \"06:00-14:00\") }}),
            \"nights\": (shifts: {{ \"night\": (days: \"Mon-Fri\", hours: \"22:00-06:00\") }}),
        }},
        products: {{ \"shaft\": (), \"bolt\": () }},
        elements: {{
            \"shafts\": Source(product: \"shaft\", interarrival: Exponential(\"9 min\")),
            \"bolts\": Source(product: \"bolt\", interarrival: Exponential(\"9 min\")), \"rack\": Buffer(),
            \"lathe\": Machine(cycle: Exponential(\"70 s\"), load: \"15 s\", unload: \"10 s\", setup: (time: \"60 s\"),
                people: [(skill: \"operator\", for: [Load, Unload]), (skill: \"setter\", for: [Setup])], at: (0.0, 0.0)),
            \"mill\": Machine(cycle: \"90 s\", people: [(skill: \"operator\")], at: (6.0, 0.0)), \"out\": Sink(), {crews}
        }}, flow: [\"shafts -> rack\", \"bolts -> rack\", \"rack -> lathe -> mill -> out\"])"
    );
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("skills.csv"), table).expect("a file");
    std::fs::copy("tests/tables/skills.xlsx", folder.path().join("skills.xlsx")).expect("a file");
    let path = folder.path().join("shop.ron");
    std::fs::write(&path, text).expect("a file");
    line::read(&path, &[]).map_err(|rejected| rejected.render(false))
}

/// Every figure of the line and of its crews, in the order of their names.
fn figures(line: &Line) -> Vec<(String, String)> {
    let study = study(line);
    let of_line = ["throughput", "labour_hours", "lead_time"]
        .map(|name| (name.to_owned(), format!("{:?}", kpi(&study, name))));
    let crews =
        study.elements().into_iter().filter(|element| element.kind == "Crew" && element.members.is_none());
    let of_crews = crews.flat_map(|crew| {
        ["at_work_mean", "calls", "call_wait_s", "labour_h"]
            .map(|name| (name.to_owned(), format!("{:?}", crew.one(name))))
    });
    of_line.into_iter().chain(of_crews).collect()
}

#[test]
fn persons_of_a_table_do_what_crews_of_one_do() {
    let table =
        shop("\"hall\": Crew(persons: (csv: \"skills.csv\"), calendar: \"days\")", TABLE).expect("a line");
    let book =
        shop("\"hall\": Crew(persons: (xlsx: \"skills.xlsx\"), calendar: \"days\")", TABLE).expect("a line");
    let hand = shop(
        "\"hall-1\": Crew(size: 1, skills: [\"operator\", \"setter\"], calendar: \"days\"),
         \"hall-2\": Crew(size: 1, skills: [\"operator\"], calendar: \"days\"),
         \"hall-3\": Crew(size: 1, skills: [\"operator\"], calendar: \"nights\")",
        TABLE,
    )
    .expect("a line");
    let names = |line: &Line| -> Vec<String> {
        line.elements.iter().filter(|one| one.kind == "Crew").map(|one| one.name.clone()).collect()
    };
    assert_eq!(names(&table), ["hall[Anna]", "hall[Ben]", "hall[Chen]"]);
    assert_eq!(names(&book), names(&table));
    assert_eq!((table.groups[0].name.as_str(), table.groups[0].members.len()), ("hall", 3));
    let by_hand = figures(&hand);
    assert_eq!(figures(&table), by_hand);
    assert_eq!(figures(&book), by_hand);
    let [note] = &table.notes[..] else { panic!("{:?}", table.notes) };
    assert!(note.contains("\"hall\"") && note.contains("Dora"), "{note}");
}

#[test]
fn levels_count_from_the_one_that_is_said() {
    let crew = "\"hall\": Crew(persons: (xlsx: \"skills.xlsx\", from_level: 3), calendar: \"days\")";
    let found = shop(crew, TABLE).expect_err("nobody has level 3 of setting up");
    assert!(found.contains("no crew has the skill \"setter\""), "{found}");
}

#[test]
fn who_can_do_the_least_besides_comes_first() {
    // Nobody walks. The name that comes first can set up as well, and is called for that alone.
    let line =
        shop("\"hall\": Crew(persons: (csv: \"skills.csv\"))", "p,operator,setter\nAnna,x,x\nBen,x,\n")
            .expect("a line");
    let study = study(&line);
    let elements = study.elements();
    let part = |name: &str, purpose: &str| {
        let element = elements.iter().find(|element| element.name == name).expect(name);
        element.part("at_work_by_purpose", purpose).map_or(0.0, |mean| mean.mean)
    };
    assert_eq!(part("hall[Ben]", "setup"), 0.0);
    assert!(part("hall[Anna]", "setup") > 0.05);
    let work = ["hall[Ben]", "hall[Anna]"].map(|name| part(name, "work"));
    assert!(work[0] > 4.0 * work[1], "{work:?}");
}

#[test]
fn what_is_wrong_in_a_table_is_told_with_its_row_and_what_to_do() {
    let crew = "\"hall\": Crew(persons: (csv: \"skills.csv\"), calendar: \"days\")";
    let head = "person,operator,setter,calendar\n";
    for (rows, said) in [
        ("Anna,x,x\nAnna,x,\n", "\"Anna\" stands in rows 2 and 3"),
        ("Anna,x,x\n,x,\n", "row 3 of skills.csv names nobody"),
        ("Anna,maybe,x\n", "\"maybe\" in row 2 of skills.csv, column \"operator\", is no mark"),
        ("Anna,x,x,nigths\n", "did you mean \"nights\"?"),
        ("A. Smith,x,x\n", "a name cannot have a point in it"),
        ("Anna,,\nBen,0,-\n", "nobody in skills.csv has a skill that is called for"),
        ("", "lists nobody and no skill"),
        ("Anna,x,x,,7\n", "has 5 cells, but the first row names 4"),
    ] {
        let found = shop(crew, &format!("{head}{rows}")).expect_err(rows);
        assert!(found.contains(said) && found.contains("persons: (csv:"), "{rows}: {found}");
        assert_eq!(found.matches("error").count(), 1, "{found}");
    }
    let twice = shop(crew, "person,operator,operator\nAnna,x,x\n").expect_err("two columns");
    assert!(twice.contains("has two columns \"operator\""), "{twice}");
}

#[test]
fn a_crew_has_a_number_or_a_table() {
    for (crew, said) in [
        ("Crew(skills: [\"operator\", \"setter\"])", "how many people there are is not said"),
        (
            "Crew(size: 2, persons: (csv: \"skills.csv\"))",
            "`size` and a table of persons contradict each other",
        ),
        (
            "Crew(skills: [\"a\"], persons: (csv: \"skills.csv\"))",
            "`skills` and a table of persons contradict",
        ),
        (
            "Crew(by_shift: { \"day\": 1 }, persons: (csv: \"skills.csv\"))",
            "`by_shift` and a table of persons",
        ),
        ("Crew(persons: ())", "the file is not named"),
        ("Crew(persons: (csv: \"a.csv\", xlsx: \"a.xlsx\"))", "give csv or xlsx, not both"),
        ("Crew(persons: (csv: \"skills.csv\", sheet: \"a\"))", "sheet"),
        ("Crew(persons: (csv: \"skill.csv\"))", "did you mean"),
    ] {
        let found = shop(&format!("\"hall\": {crew}"), TABLE).expect_err(crew);
        assert!(found.contains(said), "{crew}: {found}");
        assert_eq!(found.matches("error").count(), 1, "{found}");
    }
}

#[test]
fn a_skill_that_nobody_calls_for_keeps_nobody_from_other_work() {
    let crew = "\"hall\": Crew(persons: (csv: \"skills.csv\"), calendar: \"days\")";
    let with = |marks: [&str; 2]| {
        let table = format!("person,operator,setter,forklift\nAnna,x,x,{}\nBen,x,,{}\n", marks[0], marks[1]);
        figures(&shop(crew, &table).expect("a line"))
    };
    let plain = with(["", ""]);
    for marks in [["x", ""], ["", "x"], ["x", "x"]] {
        assert_eq!(with(marks), plain, "{marks:?}");
    }
}

#[test]
fn a_person_and_an_element_cannot_have_one_name() {
    let crews = "\"hall\": Crew(persons: (csv: \"skills.csv\"), calendar: \"days\"),
                 \"hall[Anna]\": Crew(size: 1, skills: [\"setter\"], calendar: \"days\")";
    let found = shop(crews, TABLE).expect_err("two of one name");
    assert!(found.contains("hall[Anna]"), "{found}");
}

#[test]
fn one_more_of_a_person_is_offered_to_nobody() {
    let offered = |crews: &str| {
        let line = shop(crews, TABLE).expect("a line");
        let study = study(&line);
        let figures = [Figure::of_line(named("throughput").expect("a figure"))];
        let found = sensitivities(&study, &figures, &Watch::nobody(), &|_| ())
            .unwrap_or_else(|failure| panic!("{failure}"));
        let rows = found.rows.iter().filter(|row| row.improvement == Improvement::Person);
        rows.map(|row| row.name.clone()).collect::<Vec<_>>()
    };
    assert!(offered("\"hall\": Crew(persons: (csv: \"skills.csv\"), calendar: \"days\")").is_empty());
    let crew = "\"all\": Crew(size: 3, skills: [\"operator\", \"setter\"], calendar: \"days\")";
    assert_eq!(offered(crew), ["all"]);
}
