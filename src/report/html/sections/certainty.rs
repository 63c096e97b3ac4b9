//! How sure the figures are: each replication as a dot, the warm-up, and what a reader should beware of.

use super::PageSection;
use crate::kpi;
use crate::line::WarmUpTime;
use crate::report::html::PageReport;
use crate::report::html::chart::{DotColumn, dots};
use crate::report::html::parts::{figure, found_values};
use crate::report::html::template::fill;
use crate::report::text::interval;
use crate::report::words::Phrase;
use crate::units;
use minijinja::{Value, context};

pub(super) static SECTION: PageSection = PageSection {
    name: "certainty",
    about: "replications as dots, the warm-up, and all warnings",
    title: Phrase::Certainty,
    write,
};

/// The figures whose replications are shown.
const SHOWN: [&str; 4] = ["throughput", "lead_time", "wip", "energy_per_good_part"];

const TEXT: &str = r#"<p>{{ how }}</p><p>{{ warm_up }}</p><p class="note">{{ note }}</p>
<h3>{{ heading }}</h3>
{% if warnings %}<ul class="warnings">{% for warning in warnings %}<li>{% if warning.name %}<b>{{ warning.name }}</b>: {% endif %}{{ warning.seen }} <small>{{ warning.advice }}</small></li>
{% endfor %}</ul>{% else %}<p>{{ none }}</p>{% endif %}
"#;

fn write(report: &PageReport<'_>) -> String {
    let mut out = String::from("<div class=\"two\">\n");
    SHOWN.iter().for_each(|name| out += &replications(report, name));
    out + "</div>\n" + &text(report)
}

fn replications(report: &PageReport<'_>, name: &str) -> String {
    let Some(kpi) = kpi::named(name) else { return String::new() };
    let lines = report.lines();
    let columns: Vec<DotColumn<'_>> = lines
        .iter()
        .filter_map(|line| {
            let (values, mean) = found_values(line.study, kpi)?;
            Some(DotColumn { name: &line.name, look: line.look, values, note: interval(&mean), mean })
        })
        .collect();
    if columns.is_empty() {
        return String::new();
    }
    let heading = report.lang.fill(Phrase::Replications, &[report.lang.kpi(kpi)]);
    let unit = kpi.unit_in(lines[0].study.line);
    let axis = format!("{}, {}", report.lang.kpi(kpi), report.lang.unit(&unit));
    figure(&heading, &dots(&columns, &heading, &axis), "")
}

fn text(report: &PageReport<'_>) -> String {
    let (lang, study) = (report.lang, &report.studies[0]);
    let plan = &study.plan;
    let warm_up = units::duration(study.warm_up.secs());
    let confidence = units::number(plan.confidence * 100.0);
    let how = [
        units::number(f64::from(plan.replications)),
        units::duration(plan.length.secs()),
        warm_up.clone(),
        confidence.clone(),
    ];
    let found = match plan.warm_up {
        WarmUpTime::Auto => Phrase::WarmUpFound,
        WarmUpTime::Given(_) => Phrase::WarmUpGiven,
    };
    let lines = report.lines();
    let warnings = lines.iter().flat_map(|line| {
        let name = report.is_comparison().then(|| line.name.clone());
        line.study.warnings.iter().map(move |warning| {
            let advice = lang.fill(Phrase::Try, &[&lang.advice(warning)]);
            context! { name => name.clone(), seen => lang.seen(warning), advice }
        })
    });
    fill(
        TEXT,
        context! {
            how => lang.fill(Phrase::HowRun, &how),
            warm_up => lang.fill(found, &[&warm_up]),
            note => lang.fill(Phrase::CertaintyNote, &[&confidence]),
            heading => lang.say(Phrase::Warnings),
            warnings => warnings.collect::<Vec<Value>>(),
            none => lang.say(Phrase::NoWarnings),
        },
    )
}
