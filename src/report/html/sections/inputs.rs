//! What the page was made from: where the numbers come from, the changes with their costs, the command, and the files themselves.

use super::PageSection;
use crate::report::html::template::{fill, hash_of};
use crate::report::html::{InputFile, PageReport};
use crate::report::words::Phrase;
use minijinja::{Value, context};

pub(super) static SECTION: PageSection = PageSection {
    name: "inputs",
    about: "provenance, changes and costs, the command to repeat it, the files",
    title: Phrase::Inputs,
    write,
};

/// Longer files are named and not shown.
const LONGEST: usize = 200_000;

const TEXT: &str = r#"<h3>{{ provenance }}</h3>
{% if sources %}<ul>{% for source in sources %}<li>{{ source }}</li>{% endfor %}</ul>{% else %}<p>{{ no_source }}</p>{% endif %}
{% if changes %}<h3>{{ changes_heading }}</h3><div class="scroll"><table><thead><tr><th scope="col">{{ change }}</th><th scope="col">{{ cost }}</th></tr></thead><tbody>
{% for row in changes %}<tr><th scope="row">{{ row.name }}</th><td class="number">{{ row.cost }}</td></tr>
{% endfor %}</tbody></table></div>{% endif %}
<h3>{{ repeat }}</h3><pre class="command">{{ command }}</pre>
<h3>{{ files_heading }}</h3>
{% for file in files %}<details><summary>{{ file.name }} <small>SHA-256 {{ file.hash }}</small></summary>{% if file.text %}<pre>{{ file.text }}</pre>{% else %}<p>{{ file.instead }}</p>{% endif %}</details>
{% endfor %}{% for note in notes %}<p class="note" lang="en">{{ note }}</p>
{% endfor %}"#;

fn write(report: &PageReport<'_>) -> String {
    let say = |phrase: Phrase| report.lang.say(phrase);
    let mut sources: Vec<String> =
        report.studies.iter().filter_map(|study| study.line.provenance.clone()).collect();
    sources.dedup();
    fill(
        TEXT,
        context! {
            provenance => say(Phrase::Provenance),
            sources,
            no_source => say(Phrase::NoProvenance),
            changes => changes(report),
            changes_heading => say(Phrase::Changes),
            change => say(Phrase::Change),
            cost => say(Phrase::Cost),
            repeat => say(Phrase::Repeat),
            command => report.command,
            files_heading => say(Phrase::Files),
            notes => notes(report),
            files => report.inputs.iter().map(|input| file(input, report)).collect::<Vec<Value>>(),
        },
    )
}

/// What is to be known of the files. These texts name their cells and columns, and are in English.
fn notes(report: &PageReport<'_>) -> Vec<String> {
    let mut notes: Vec<String> = Vec::new();
    for note in report.studies.iter().flat_map(|study| &study.line.notes) {
        notes.extend((!notes.contains(note)).then(|| note.clone()));
    }
    notes
}

/// The changes of all lines with their costs, and their sums.
fn changes(report: &PageReport<'_>) -> Vec<Value> {
    let mut rows = Vec::new();
    let names = report.names();
    for (study, name) in report.studies.iter().zip(&names) {
        let changes = &study.line.changes;
        let with_name = |change: &str| match report.studies.len() {
            0..=2 => change.to_owned(),
            _ => format!("{name}: {change}"),
        };
        for change in changes {
            let cost = change.cost.map(|cost| cost.to_string()).unwrap_or_default();
            rows.push(context! { name => with_name(&change.name), cost });
        }
        let sums = crate::study::cost(changes);
        let all = with_name(report.lang.say(Phrase::AllChanges));
        if changes.len() > 1 {
            rows.extend(sums.iter().map(|sum| context! { name => all.clone(), cost => sum.to_string() }));
        }
    }
    rows
}

fn file(input: &InputFile, report: &PageReport<'_>) -> Value {
    let text = std::str::from_utf8(&input.bytes).ok();
    let instead = report.lang.say(if text.is_some() { Phrase::TooLong } else { Phrase::NotText });
    // Letters that no browser shows and XML does not know.
    let shown = text.filter(|text| text.len() <= LONGEST).map(|text| {
        text.replace(|letter: char| letter.is_control() && !matches!(letter, '\n' | '\t' | '\r'), "\u{FFFD}")
    });
    context! { name => input.name.clone(), hash => hash_of(&input.bytes), text => shown, instead }
}
