//! The frame of the page: its head, its sections, its foot; and the one way to fill a template.
//!
//! Templates escape each value that is put in, unless it is a drawing or a section that was made here. Read [`page`] first.

use super::PageReport;
use super::chart::hatches;
use super::parts::headline;
use crate::report::words::Phrase;
use minijinja::{Environment, Value, context};
use sha2::{Digest, Sha256};

/// The style of charts, which drawings outside a page need too.
pub(super) const CHART_STYLE: &str = include_str!("chart.css");
const PAGE_STYLE: &str = include_str!("page.css");
const SCRIPT: &str = concat!(include_str!("zoom.js"), include_str!("script.js"));
const PAGE: &str = include_str!("page.html");

/// What the buttons of a chart do, in their order.
const ZOOM: [Phrase; 5] =
    [Phrase::ZoomLeft, Phrase::ZoomOut, Phrase::ZoomIn, Phrase::ZoomRight, Phrase::ZoomAll];

/// Fills a template.
pub(super) fn fill(source: &str, values: Value) -> String {
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| minijinja::AutoEscape::Html);
    // Templates are part of the program, and the tests fill each of them.
    environment
        .render_str(source, values)
        .unwrap_or_else(|error| unreachable!("a template of the page is wrong: {error}"))
}

/// The whole page.
pub(super) fn page(report: &PageReport<'_>) -> String {
    let (lang, names) = (report.lang, report.names());
    let title = match names.as_slice() {
        [base, others @ ..] if !others.is_empty() => {
            lang.fill(Phrase::Against, &[others.join(", "), base.clone()])
        }
        _ => names[0].clone(),
    };
    let sections: Vec<Value> = report
        .sections
        .iter()
        .filter_map(|section| {
            let (title, body) = (lang.say(section.title), (section.write)(report));
            (!body.is_empty()).then(|| context! { name => section.name, title, body })
        })
        .collect();
    let seed = report.studies[0].plan.seed.to_string();
    let start = report.studies[0].line.run.start.strftime("%Y-%m-%d %H:%M").to_string();
    let footer = lang.fill(Phrase::Footer, &[env!("CARGO_PKG_VERSION"), &seed, &hash_of_inputs(report)]);
    fill(
        PAGE,
        context! {
            lang => lang.code(),
            title,
            begins => lang.fill(Phrase::Begins, &[&start]),
            seed => lang.fill(Phrase::Seed, &[&seed]),
            zoom => ZOOM.map(|phrase| lang.say(phrase)).join("|"),
            contents => lang.say(Phrase::Contents),
            headline => headline(report),
            style => format!("{CHART_STYLE}{PAGE_STYLE}"),
            script => SCRIPT,
            hatches => hatches(),
            sections,
            footer,
        },
    )
}

/// The hash of one file, as `sha256sum` writes it.
pub(super) fn hash_of(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// One hash of all files: that of the list of their hashes, a line each.
fn hash_of_inputs(report: &PageReport<'_>) -> String {
    let list: String = report.inputs.iter().map(|input| hash_of(&input.bytes) + "\n").collect();
    hash_of(list.as_bytes()).chars().take(16).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_that_of_sha256sum() {
        assert!(hash_of(b"").starts_with("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
    }

    #[test]
    fn what_is_put_in_is_escaped() {
        assert_eq!(fill("<b>{{ name }}</b>", context! { name => "<i>&\"" }), "<b>&lt;i&gt;&amp;&quot;</b>");
    }
}
