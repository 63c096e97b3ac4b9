//! Comparisons and expectations, on studies of small lines.

use super::test_lines::{WORKED_BY_HAND, mm1, plan, serial, study};
use super::{Holds, Study, StudyPlan, Watch, compare, compare_all, judge, run_all};
use crate::kpi::{self, Figure};
use crate::layout::Compared;
use crate::line::{ExpectedFigure, FilePlace};
use crate::stats::{Verdict, welch};

#[test]
fn a_line_compared_with_itself_differs_by_exactly_nothing() {
    let line = mm1("100 s", "70 s");
    let studies = run_all(&[&line, &line], &plan(&line), &Watch::nobody()).expect("a line that runs");
    let comparison = &compare_all(&studies)[0];
    assert!(comparison.kpis.len() > 8);
    for kpi in &comparison.kpis {
        assert_eq!((kpi.difference.mean, kpi.difference.half_width), (0.0, Some(0.0)), "{}", kpi.name());
        assert_eq!(kpi.verdict, Verdict::NoDifferenceSeen, "{}", kpi.name());
    }
}

#[test]
fn pairing_makes_the_interval_of_a_small_change_narrower() {
    let (before, after) = (mm1("100 s", "70 s"), mm1("100 s", "68 s"));
    let studies =
        run_all(&[&before, &after], &StudyPlan { replications: 10, ..plan(&before) }, &Watch::nobody())
            .expect("lines that run");
    let comparison = compare(&studies[0], &studies[1], 1);
    let wip = comparison.kpis.iter().find(|kpi| kpi.name() == "wip").expect("wip is always known");
    let values = |study: &Study<'_>| study.values_of(&wip.figure).into_iter().flatten().collect::<Vec<f64>>();
    let apart = welch(&values(&studies[0]), &values(&studies[1]), 0.95).expect("ten values each");
    assert_eq!(wip.verdict, Verdict::Better);
    assert!(wip.difference.half_width < apart.difference.half_width, "{:?} {apart:?}", wip.difference);
    assert!(wip.narrower().expect("both vary") > 2.0);
}

#[test]
fn several_comparisons_share_the_confidence_and_say_so() {
    let (before, after) = (mm1("100 s", "70 s"), mm1("100 s", "60 s"));
    let studies =
        run_all(&[&before, &after, &after], &plan(&before), &Watch::nobody()).expect("lines that run");
    let comparisons = compare_all(&studies);
    assert_eq!(comparisons.len(), 2);
    assert!((comparisons[0].confidence - 0.975).abs() < 1e-12);
    assert!(
        comparisons[0].notes[0].to_string().contains("97.5 % confidence (Bonferroni)"),
        "{:?}",
        comparisons[0].notes
    );
    assert!(
        compare(&studies[0], &studies[1], 1).kpis[0].difference.half_width
            < comparisons[0].kpis[0].difference.half_width
    );
}

#[test]
fn expectations_are_judged_by_the_whole_interval() {
    let mut line = serial(&WORKED_BY_HAND);
    let expect = |kpi: &str, low, high| ExpectedFigure {
        figure: Figure::of_line(kpi::named(kpi).expect(kpi)),
        compared: Compared::Value,
        low,
        high,
        place: FilePlace::default(),
    };
    line.expectations = vec![
        expect("throughput", Some(59.0), None),
        expect("throughput", Some(61.0), None),
        expect("energy_per_good_part", None, Some(0.14)),
        expect("first_pass_yield", None, Some(1.0)),
    ];
    let study = study(&line);
    let holds: Vec<Holds> =
        judge(&study, &line.expectations).iter().map(|judgement| judgement.holds).collect();
    assert_eq!(holds, [Holds::Holds, Holds::Fails, Holds::Holds, Holds::Inconclusive]);
}
