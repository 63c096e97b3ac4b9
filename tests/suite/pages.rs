//! The page of `--report`: its figures are those of the JSON, it is well-formed whatever names it shows, and asks for nothing.

use super::exit_codes::{complaint, good, taktwin};
use crate::kit::{self, Folder};
use quick_xml::Reader;
use quick_xml::events::Event;
use std::collections::BTreeMap;
use taktwin::kernel::Time;
use taktwin::kpi::{self, Figure};
use taktwin::line::Line;
use taktwin::report::html::{self, InputFile, Lang, PageReport, SECTIONS};
use taktwin::report::{CompareReport, FORMATS, Look, RunReport};
use taktwin::study::losses::line_losses;
use taktwin::study::sensitivity::sensitivities;
use taktwin::study::trace::{RunTrace, trace};
use taktwin::study::{self, Judgement, Overrides, Study, StudyPlan, Watch};
use taktwin::units;

const RUN: &str = "warm_up: \"1 h\", length: \"10 h\", replications: 4, seed: 3";
pub(crate) const POWER: &str = "power: (working: \"3 kW\")";

fn machine(secs: u32, more: &str) -> String {
    format!("Machine(cycle: Gamma(mean: \"{secs} s\", cv: 0.3), {more})")
}

/// A line with two machines of these names and a rack between them.
pub(crate) fn two_machines(names: [&str; 2], secs: u32, more: &str) -> Line {
    let machines = [machine(secs, more), machine(50, more)];
    let elements = [
        ("in", "Source()"),
        (names[0], &machines[0]),
        ("rack", "Buffer(capacity: 4)"),
        (names[1], &machines[1]),
        ("out", "Sink()"),
    ];
    let flow = format!("in -> {} -> rack -> {} -> out", names[0], names[1]);
    kit::line(RUN, &elements, &[&flow])
}

/// A page with its studies, as the program makes it.
pub(crate) fn with_page<T>(lines: &[&Line], lang: Lang, see: impl FnOnce(&str, &[Study<'_>]) -> T) -> T {
    let plan = StudyPlan::of(lines[0], &Overrides::default());
    let studies = study::run_all(lines, &plan, &Watch::nobody()).unwrap();
    let comparisons = study::compare_all(&studies);
    let judgements: Vec<Vec<Judgement<'_>>> =
        studies.iter().map(|study| study::judge(study, &study.line.expectations)).collect();
    let hour = Time(3600 * kit::SECOND);
    let traces: Vec<RunTrace> = studies
        .iter()
        .map(|study| {
            trace(study.line, &study.plan, study.warm_up, (hour, hour), study.peak_ends(), &Watch::nobody())
                .unwrap()
        })
        .collect();
    let inputs = [InputFile { name: "<a>&\".ron".to_owned(), bytes: b"Line(<b>&\"'\x01)".to_vec() }];
    let mut findings = study::Findings::of(&studies, &[]);
    findings.losses = line_losses(&studies, &Watch::nobody()).unwrap();
    if let [alone] = &studies[..] {
        let figures = [Figure::of_line(kpi::named("throughput").unwrap())];
        let found = sensitivities(alone, &figures, &Watch::nobody(), &|_| ()).unwrap();
        findings.sensitivities = Some(found);
    }
    let report = PageReport {
        studies: &studies,
        comparisons: &comparisons,
        judgements: &judgements,
        base_judgements: &[],
        findings: &findings,
        traces: &traces,
        inputs: &inputs,
        command: "taktwin run \"<a>&.ron\"",
        lang,
        sections: SECTIONS,
    };
    see(&html::write(&report), &studies)
}

/// The text of a page as XML: what scripts say is no markup. A page that is not well-formed panics.
pub(crate) fn parse(page: &str) -> Vec<(String, BTreeMap<String, String>)> {
    let (before, rest) = page.split_once("<script>").unwrap();
    let (_, after) = rest.split_once("</script>").unwrap();
    let text = format!("{before}{after}");
    let mut reader = Reader::from_str(&text);
    let (mut found, mut depth) = (Vec::new(), 0_i32);
    loop {
        let event = reader.read_event().unwrap_or_else(|error| panic!("{error} in {text}"));
        match &event {
            Event::Eof => break,
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            _ => {}
        }
        if let Event::Start(tag) | Event::Empty(tag) = &event {
            let attributes = tag.attributes().map(|one| {
                let one = one.unwrap();
                let value = quick_xml::escape::unescape(&one.value).unwrap();
                (one.key.as_ref().to_owned(), value.into_owned())
            });
            let name = tag.name().as_ref().to_owned();
            found.push((name, attributes.collect()));
        }
    }
    assert_eq!(depth, 0, "every tag is closed");
    found
}

/// The row of a KPI in the table of figures.
fn row<'a>(page: &'a str, kpi: &str) -> &'a str {
    let (_, rest) =
        page.split_once(&format!("<tr data-kpi=\"{kpi}\">")).unwrap_or_else(|| panic!("no row {kpi}"));
    rest.split_once("</tr>").unwrap().0
}

/// The exact values that the cells of a row carry, empty where there is none.
fn cells(row: &str) -> Vec<Option<f64>> {
    row.split("data-value=\"").skip(1).map(|cell| cell.split('"').next().unwrap().parse().ok()).collect()
}

/// Whether values are the same but for the last digit, which the reader of JSON rounds.
fn same(found: &[Option<f64>], expected: &[Option<f64>]) -> bool {
    let alike = |(one, other): (&Option<f64>, &Option<f64>)| match (one, other) {
        (Some(one), Some(other)) => (one - other).abs() <= 4.0 * f64::EPSILON * other.abs(),
        (one, other) => one == other,
    };
    found.len() == expected.len() && found.iter().zip(expected).all(alike)
}

/// A mean and its half width as a cell shows them.
fn shown(mean: f64, half_width: Option<f64>) -> String {
    let text = half_width.map_or_else(|| units::number(mean), |half| units::with_interval(mean, half));
    text.replacen(" ± ", "<small>± ", 1)
}

fn json(
    write: impl Fn(&taktwin::report::Format, &mut dyn std::io::Write) -> std::io::Result<()>,
) -> serde_json::Value {
    let format_json = FORMATS.iter().find(|format| format.name == "json").unwrap();
    let mut bytes = Vec::new();
    write(format_json, &mut bytes).unwrap();
    serde_json::from_slice(&bytes).unwrap()
}

/// A comparison in a format of texts.
pub(crate) fn compared(name: &str, studies: &[Study<'_>]) -> String {
    let format = FORMATS.iter().find(|format| format.name == name).unwrap();
    let comparisons = study::compare_all(studies);
    let report = CompareReport {
        studies,
        comparisons: &comparisons,
        base_judgements: &[],
        judgements: &vec![Vec::new(); comparisons.len()],
        findings: &study::Findings::of(studies, &[]),
        by: None,
        figures: &[],
        look: Look::default(),
    };
    let mut bytes = Vec::new();
    (format.compare)(&report, &mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

#[test]
fn every_figure_of_a_comparison_is_that_of_the_json() {
    let lines = [two_machines(["a", "b"], 60, POWER), two_machines(["a", "b"], 45, POWER)];
    with_page(&[&lines[0], &lines[1]], Lang::En, |page, studies| {
        let json: serde_json::Value = serde_json::from_str(&compared("json", studies)).unwrap();
        let kpis = json["scenarios"][0]["kpis"].as_object().unwrap();
        assert!(kpis.len() > 10);
        for (name, found) in kpis {
            let row = row(page, name);
            let number = |key: &str| found[key].as_f64();
            let expected = ["baseline", "mean", "difference", "relative"].map(number);
            assert!(same(&cells(row)[..4], &expected), "{name}: {row} {expected:?}");
            for (mean, half) in [
                ("baseline", "baseline_half_width"),
                ("mean", "mean_half_width"),
                ("difference", "half_width"),
            ] {
                let text = shown(number(mean).unwrap(), number(half));
                assert!(row.contains(&text), "{name}: {text} is not in {row}");
            }
            assert!(row.contains(found["verdict"].as_str().unwrap()), "{row}");
            let unit = found["unit"].as_str().unwrap().replace('/', "&#x2f;");
            assert!(row.contains(&format!("<td>{unit}</td>")), "{row}");
        }
    });
}

#[test]
fn every_figure_of_a_run_is_that_of_the_json() {
    let line = two_machines(["a", "b"], 60, POWER);
    with_page(&[&line], Lang::Zh, |page, studies| {
        let report = RunReport {
            study: &studies[0],
            judgements: &[],
            sensitivities: None,
            losses: None,
            by: None,
            figures: &[],
            look: Look::default(),
        };
        let json = json(|format, out| (format.run)(&report, out));
        for (name, found) in json["kpis"].as_object().unwrap() {
            let kpi = kpi::named(name).unwrap();
            let Some(mean) = found["mean"].as_f64().filter(|_| kpi.concerns(&line)) else { continue };
            let row = row(page, name);
            assert!(same(&cells(row), &[Some(mean)]), "{name}: {row} {mean}");
            assert!(row.contains(&shown(mean, found["half_width"].as_f64())), "{name}: {row}");
        }
    });
}

#[test]
fn a_page_is_well_formed_and_asks_for_nothing_in_both_languages() {
    let lines = [two_machines(["<b>&", "折弯 &lt;"], 60, ""), two_machines(["<b>&", "折弯 &lt;"], 45, POWER)];
    for lang in [Lang::En, Lang::Zh] {
        with_page(&[&lines[0], &lines[1], &lines[0]], lang, |page, _| {
            for (tag, attributes) in parse(page) {
                for (key, value) in attributes {
                    let is_request = ["src", "href", "action", "data", "poster"].contains(&key.as_str());
                    assert!(
                        !is_request || value.starts_with('#') || value.starts_with("data:"),
                        "{tag} {key}={value}"
                    );
                    assert!(!key.starts_with("on"), "{tag} {key}={value}");
                }
            }
            assert!(page.contains("content=\"default-src 'none'; "));
            assert!(!page.contains("<b>&") && !page.contains("@import") && !page.contains("url(http"));
            assert!(page.contains("&lt;b&gt;&amp;") && page.contains("折弯"));
            assert!(!page.contains("NaN") && !page.contains("inf"), "every place in a drawing is a number");
        });
    }
}

#[test]
fn the_same_inputs_give_the_same_page_and_sections_can_be_left_out() {
    let line = two_machines(["a", "b"], 60, POWER);
    let page = || with_page(&[&line], Lang::En, |page, _| page.to_owned());
    let first = page();
    assert!(first == page(), "two pages of the same inputs differ");
    let of_three = with_page(&[&line, &line, &line], Lang::En, |page, _| page.to_owned());
    for section in SECTIONS {
        let begin = format!("<section id=\"{}\">", section.name);
        let (one, three) = (first.contains(&begin), of_three.contains(&begin));
        // One line has nothing to decide, and a comparison does not tell what a little better would be worth.
        let expected = match section.name {
            "decision" => (false, true),
            "sensitivity" => (true, false),
            // Only with --by.
            "periods" => (false, false),
            _ => (true, true),
        };
        assert_eq!((one, three), expected, "{}", section.name);
    }
    assert_eq!(
        first.matches("<svg xmlns").count(),
        first.matches("<desc>").count(),
        "each drawing is described"
    );
}

#[test]
fn a_page_of_a_hundred_elements_is_small_and_one_without_power_says_so() {
    let names: Vec<String> = (0..48).map(|nth| format!("station {nth}")).collect();
    let racks: Vec<String> = (0..48).map(|nth| format!("rack {nth}")).collect();
    let written = machine(50, "");
    let mut elements = vec![("in", "Source()")];
    for (name, rack) in names.iter().zip(&racks) {
        elements.extend([(name.as_str(), written.as_str()), (rack.as_str(), "Buffer(capacity: 3)")]);
    }
    elements.push(("out", "Sink()"));
    let order: Vec<&str> = elements.iter().map(|(name, _)| *name).collect();
    let line =
        kit::line("warm_up: \"1 h\", length: \"6 h\", replications: 2", &elements, &[&order.join(" -> ")]);
    with_page(&[&line], Lang::En, |page, _| {
        parse(page);
        assert!(page.len() < 2_000_000, "{} bytes", page.len());
        assert!(page.contains("No element says what it draws"));
        assert!(page.contains("And 8 more elements"));
    });
}

#[test]
fn the_program_writes_the_same_page_again_and_a_gantt_chart_beside_it() {
    let folder = Folder::with(&[("line.ron", &good())]);
    let words = ["run", "line.ron", "-q", "--report", "page.html", "--gantt", "hour.svg", "--lang", "zh"];
    let made = || {
        taktwin(&folder, &words).success();
        ["page.html", "hour.svg"].map(|name| std::fs::read_to_string(folder.at(name)).unwrap())
    };
    let [page, gantt] = made();
    assert!([page.clone(), gantt.clone()] == made(), "two runs of one command differ");
    assert!(page.contains("taktwin run line.ron -q --report page.html --gantt hour.svg --lang zh"));
    assert!(page.contains("<html lang=\"zh-Hans\">"));
    let mut reader = Reader::from_str(&gantt);
    while reader.read_event().unwrap() != Event::Eof {}
    assert!(gantt.starts_with("<svg xmlns=") && gantt.contains("h-working"));
}

#[test]
fn a_page_has_the_sections_that_were_asked_for() {
    let folder = Folder::with(&[("line.ron", &good())]);
    taktwin(&folder, &["run", "line.ron", "-q", "--report", "page.html", "--report-sections", "inputs,why"])
        .success();
    let page = std::fs::read_to_string(folder.at("page.html")).unwrap();
    let shown =
        SECTIONS.iter().filter(|section| page.contains(&format!("<section id=\"{}\">", section.name)));
    assert_eq!(shown.map(|section| section.name).collect::<Vec<_>>(), ["why", "inputs"]);
}

#[test]
fn what_cannot_be_written_is_refused_before_any_work_with_a_remedy() {
    let folder = Folder::with(&[("line.ron", &good()), ("line.html", &good())]);
    for (words, remedy) in [
        (vec!["--report", "page.pdf"], "end the name in .html"),
        (vec!["--gantt", "page.html"], "end the name in .svg"),
        (vec!["--report", "a.html", "--out", "a.html", "--format", "json"], "give one of them another name"),
        (vec!["--report", "none/a.html"], "make the folder"),
        (vec!["--report", "a.html", "--report-hour", "1000 d"], "choose an earlier time"),
        (vec!["--report", "a.html", "--report-sections", "flwo"], "flow"),
    ] {
        let complaint = complaint(&taktwin(&folder, &[vec!["run", "line.ron"], words].concat()).code(2));
        assert!(complaint.contains(remedy), "{complaint}");
    }
    let words = ["run", "line.html", "--report", "line.html"];
    assert!(complaint(&taktwin(&folder, &words).code(2)).contains("give the result another name"));
    assert!(!folder.at("a.html").exists());
}
