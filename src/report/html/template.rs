//! The frame of the page: its head, its sections, its foot; and the one way to fill a template.
//!
//! Templates escape each value that is put in, unless it is a drawing or a section that was made here. Read [`page`] first.

use super::chart::hatches;
use super::parts::headline;
use super::{InputFile, PageReport};
use crate::report::words::{Lang, Phrase};
use crate::study::Study;
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

/// What stands on a page.
pub(super) struct PageFrame<'a> {
    pub(super) lang: Lang,
    pub(super) title: String,
    /// A study of the page, which says when the run begins and from which seed.
    pub(super) study: &'a Study<'a>,
    /// What was found, as HTML.
    pub(super) headline: String,
    /// The name, the heading and the HTML of each section.
    pub(super) sections: Vec<(&'static str, &'static str, String)>,
    pub(super) inputs: &'a [InputFile],
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
    let written = report.sections.iter().map(|it| (it.name, lang.say(it.title), (it.write)(report)));
    let (headline, study) = (headline(report), &report.studies[0]);
    framed(PageFrame { lang, title, study, headline, sections: written.collect(), inputs: report.inputs })
}

/// A page of sections, of which those with nothing to say are left out.
pub(super) fn framed(frame: PageFrame<'_>) -> String {
    let PageFrame { lang, title, study, headline, sections, inputs } = frame;
    let section = |(name, title, body)| context! { name, title, body };
    let sections: Vec<Value> =
        sections.into_iter().filter(|(_, _, body)| !body.is_empty()).map(section).collect();
    let seed = study.plan.seed.to_string();
    let start = study.line.run.start.strftime("%Y-%m-%d %H:%M").to_string();
    let footer = lang.fill(Phrase::Footer, &[env!("CARGO_PKG_VERSION"), &seed, &hash_of_inputs(inputs)]);
    fill(
        PAGE,
        context! {
            lang => lang.code(),
            title,
            begins => lang.fill(Phrase::Begins, &[&start]),
            seed => lang.fill(Phrase::Seed, &[&seed]),
            zoom => ZOOM.map(|phrase| lang.say(phrase)).join("|"),
            contents => lang.say(Phrase::Contents),
            headline,
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
fn hash_of_inputs(inputs: &[InputFile]) -> String {
    let list: String = inputs.iter().map(|input| hash_of(&input.bytes) + "\n").collect();
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
