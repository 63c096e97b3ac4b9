//! An hour of the first replication: a replay on the plan, and the Gantt chart.
//!
//! Without scripts the plan shows the beginning of the hour. The data of the replay are numbers alone: milliseconds since the
//! beginning, slots, states by their number.

use super::PageSection;
use crate::event::State;
use crate::report::html::chart::{
    GANTT_ROWS, GanttChart, PlanDrawing, escaped, gantt, gantt_rows, plan, state_key, state_style,
};
use crate::report::html::parts::{figure, with_name};
use crate::report::html::template::fill;
use crate::report::html::{PageLine, PageReport};
use crate::report::words::Phrase;
use crate::stage::palette::Palette;
use crate::study::trace::Excerpt;
use crate::units;
use minijinja::context;
use serde::Serialize;

pub(super) static SECTION: PageSection = PageSection {
    name: "hour",
    about: "a replay and the Gantt chart of an hour",
    title: Phrase::Hour,
    write,
};

const PLAYER: &str = r#"<div class="player" hidden="hidden" data-length="{{ length }}"><button type="button" data-play="{{ play }}" data-pause="{{ pause }}">{{ play }}</button>
<label>{{ position }} <input type="range" min="0" max="{{ length }}" value="0" step="100"/></label>
<label>{{ speed }} <select><option value="1">1×</option><option value="10">10×</option><option value="60" selected="selected">60×</option><option value="300">300×</option></select></label>
<output>0:00</output></div>
"#;

/// What a replay needs of one line.
#[derive(Serialize)]
struct ReplayData {
    /// The fills of the states, by number.
    fills: Vec<String>,
    /// The colours of the products, by number.
    products: Vec<String>,
    /// At the beginning, by slot.
    contents: Vec<u64>,
    /// When, which element, which state.
    states: Vec<(u64, u32, u8)>,
    /// When, which element, how many parts.
    levels: Vec<(u64, u32, u64)>,
    /// When, from where, to where, which product.
    moves: Vec<(u64, u32, u32, u32)>,
}

fn write(report: &PageReport<'_>) -> String {
    let lang = report.lang;
    let lines = report.lines();
    let first = &lines[0].trace.excerpt;
    if lines.iter().all(|line| line.trace.excerpt.spans.is_empty() && line.trace.excerpt.moves.is_empty()) {
        return format!("<p>{}</p>\n", escaped(lang.say(Phrase::NothingInHour)));
    }
    let ends = [first.from, first.until].map(|time| units::duration(time.secs()));
    let mut note = lang.fill(Phrase::HourNote, &ends);
    if lines.iter().any(|line| line.trace.excerpt.is_cut) {
        note = format!("{note} {}", lang.say(Phrase::HourCut));
    }
    let length = (first.until - first.from).0 / 1_000_000;
    let [play, pause, position, speed] =
        [Phrase::Play, Phrase::Pause, Phrase::Position, Phrase::Speed].map(|phrase| lang.say(phrase));
    let mut out = format!("<p class=\"note\">{}</p>\n<div class=\"replay\">\n", escaped(&note));
    out += &fill(PLAYER, context! { length, play, pause, position, speed });
    for line in &lines {
        out += &figure(&with_name(lang.say(Phrase::Plans), line, report), &replay_plan(line, report), "");
    }
    out += "</div>\n";
    let seen = |state: &State| lines.iter().any(|line| has(&line.trace.excerpt, *state));
    let states: Vec<State> = State::in_order_of_reports().into_iter().filter(seen).collect();
    out += &state_key(&states, lang);
    lines.iter().for_each(|line| out += &gantt_of(line, report));
    out
}

fn has(excerpt: &Excerpt, state: State) -> bool {
    excerpt.spans.iter().any(|span| span.state == state)
}

fn gantt_of(line: &PageLine<'_>, report: &PageReport<'_>) -> String {
    let (lang, excerpt) = (report.lang, &line.trace.excerpt);
    let title = lang.fill(Phrase::GanttTitle, &[&line.name]);
    let axis = lang.fill(Phrase::Minutes, &[&units::duration(excerpt.from.secs())]);
    let drawing =
        GanttChart { line: line.study.line, excerpt, title: &title, axis: &axis, lang, has_key: false };
    let note = match gantt_rows(excerpt).len() {
        few if few <= GANTT_ROWS => String::new(),
        all => lang.fill(Phrase::GanttRows, &[GANTT_ROWS, all].map(|count| units::number(count as f64))),
    };
    figure(&title, &gantt(drawing, ""), &note)
}

/// The plan at the beginning of the hour, and the data that move it.
fn replay_plan(line: &PageLine<'_>, report: &PageReport<'_>) -> String {
    let excerpt = &line.trace.excerpt;
    let state_at_first = |slot: usize| {
        let mut spans = excerpt.spans.iter().filter(|span| span.slot.index() == slot);
        spans.find(|span| span.from == excerpt.from).map(|span| span.state)
    };
    let style = |slot: usize| Some(format!("class=\"machine\" {}", state_style(state_at_first(slot)?)));
    let note = |slot: usize| match excerpt.contents[slot] {
        0 => (String::new(), String::new()),
        contents => (units::number(contents as f64), String::new()),
    };
    let data = serde_json::to_string(&ReplayData::of(line)).unwrap_or_default();
    plan(&PlanDrawing {
        line: line.study.line,
        title: report.lang.fill(Phrase::ReplayDesc, &[&line.name]),
        desc: report.lang.fill(Phrase::ReplayDesc, &[&line.name]),
        style: &style,
        note: &note,
        more: &format!(" data-replay=\"{}\"", escaped(&data)),
    })
}

impl ReplayData {
    fn of(line: &PageLine<'_>) -> ReplayData {
        let excerpt = &line.trace.excerpt;
        let millis = |time: crate::kernel::Time| (time - excerpt.from).0 / 1_000_000;
        let mut states: Vec<_> =
            excerpt.spans.iter().map(|span| (millis(span.from), span.slot.0, span.state as u8)).collect();
        states.sort_unstable();
        let hex = |product: u32| {
            let [red, green, blue] = Palette::House.product(product);
            format!("#{red:02X}{green:02X}{blue:02X}")
        };
        let levels = excerpt.changes.iter().map(|one| (millis(one.at), one.slot.0, one.contents));
        let moves = excerpt.moves.iter().map(|one| (millis(one.at), one.from.0, one.to.0, one.product));
        ReplayData {
            fills: State::ALL.map(|state| format!("url(#h-{})", state.name())).to_vec(),
            products: (0..line.study.line.products.len() as u32).map(hex).collect(),
            contents: excerpt.contents.clone(),
            states,
            levels: levels.collect(),
            moves: moves.collect(),
        }
    }
}
