//! What the page of `--report` says first and in which language, and its charts that can be zoomed.

use super::pages::{POWER, compared, two_machines, with_page};
use std::collections::BTreeMap;
use taktwin::report::html::Lang;

/// The sentences above all sections.
fn headlines(page: &str) -> Vec<String> {
    let behind = page.split("<p class=\"headline\">").skip(1);
    let sentences = behind.map(|text| text.split_once("</p>").unwrap().0);
    sentences.map(|text| quick_xml::escape::unescape(text).unwrap().into_owned()).collect()
}

#[test]
fn page_terminal_and_json_begin_with_the_same_sentences() {
    let [slow, fast] = [60, 45].map(|secs| two_machines(["a", "b"], secs, POWER));
    for (lines, count) in [(vec![&slow, &fast], 1), (vec![&slow, &fast, &slow], 3)] {
        with_page(&lines, Lang::En, |page, studies| {
            let found = headlines(page);
            assert_eq!(found.len(), count, "{found:?}");
            let table = compared("table", studies);
            let (first, _) = table.split_once("\n\n").unwrap();
            assert_eq!(first.split_whitespace().collect::<Vec<_>>().join(" "), found.join(" "));
            let json: serde_json::Value = serde_json::from_str(&compared("json", studies)).unwrap();
            assert_eq!(json["headlines"], serde_json::json!(found));
        });
    }
}

#[test]
fn a_chinese_page_warns_in_chinese() {
    let lines =
        [60, 45].map(|secs| two_machines(["a", "b"], secs, "power: (working: \"3 kW\", idle: \"1 kW\")"));
    with_page(&[&lines[0], &lines[1], &lines[1]], Lang::Zh, |page, studies| {
        assert!(studies.iter().all(|study| !study.warnings.is_empty()));
        let (_, warnings) = page.split_once("<ul class=\"warnings\">").unwrap();
        let warnings = warnings.split_once("</ul>").unwrap().0;
        for item in warnings.split("<li>").skip(1) {
            assert!(item.contains("建议：") && !item.contains("try: "), "{item}");
        }
        assert!(page.contains("Bonferroni 校正") && page.contains("公共随机数"));
        assert!(!page.contains("are compared with the baseline") && !page.contains("common random numbers"));
    });
}

/// The parts of the drawings that scripts stretch.
fn panes(page: &str) -> Vec<&str> {
    page.split("<svg class=\"pane\"").skip(1).map(|rest| rest.split_once("</svg>").unwrap().0).collect()
}

#[test]
fn every_chart_over_an_axis_can_be_stretched_and_has_only_steps_that_scripts_know() {
    let lines = [two_machines(["a", "b"], 60, POWER), two_machines(["a", "b"], 45, POWER)];
    with_page(&[&lines[0], &lines[1]], Lang::Zh, |page, _| {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for section in page.split("<section id=\"").skip(1) {
            let name = section.split_once('"').unwrap().0;
            counts.insert(name, section.matches(" data-zoom=\"").count());
            let ticks = section.split("<g class=\"ticks\">").skip(1);
            let marks: Vec<usize> =
                ticks.map(|rest| rest.split_once("</g>").unwrap().0.matches("<text").count()).collect();
            assert!(marks.len() == counts[name] && marks.iter().all(|count| *count > 1), "{name}: {marks:?}");
        }
        counts.retain(|_, count| *count > 0);
        // Throughput, stock, lead times, and the levels of each line; the bottleneck and the hour of each line.
        assert_eq!(counts, BTreeMap::from([("energy", 1), ("flow", 5), ("hour", 2), ("why", 2)]));
        let steps = panes(page).into_iter().flat_map(|pane| pane.split(" d=\"").skip(1));
        let steps: Vec<char> = steps.flat_map(|path| path.split_once('"').unwrap().0.chars()).collect();
        assert!(steps.len() > 1000);
        let known = |step: &char| "MLHvzZ. -0123456789".contains(*step);
        assert!(steps.iter().all(known), "{:?}", steps.iter().find(|step| !known(step)));
        let words = page.split_once("<body data-zoom=\"").unwrap().1.split_once('"').unwrap().0;
        assert_eq!(words.split('|').count(), 5, "a word for each button: {words}");
    });
}
