//! The handbook: chapters by task in Markdown, shown here and printed by `taktwin help TOPIC`, and a reference that is made
//! from the lists in the code.
//!
//! A chapter is a Markdown file of this folder and one line in the list below; its layouts and commands are run by the tests.
//! Other chapters are named by their topics, since links between files would not work on a terminal. The meaning of each
//! field is written in a chapter, where [`entries`] finds it; the list of fields comes from the code. Read [`Page`] first, then
//! [`pages`].

pub mod entries;
mod lists;
mod references;
mod search;

pub use search::{SearchHit, said_of, search};

/// One topic of the handbook, as `taktwin help` prints it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// What it is asked for by.
    pub topic: &'static str,
    /// Its text in Markdown; the first line is the title.
    pub text: String,
}

impl Page {
    /// The title.
    pub fn title(&self) -> &str {
        self.text.lines().next().unwrap_or_default().trim_start_matches("# ")
    }
}

/// Makes the list of chapters into what walks it, and into a module of the documentation for each.
macro_rules! chapters {
    ($($topic:ident = $file:literal,)+) => {
        /// Topic and text of every chapter, in the order in which a newcomer reads them.
        pub const CHAPTERS: &[(&str, &str)] = &[$((stringify!($topic), include_str!($file)),)+];

        $(#[doc = include_str!($file)] pub mod $topic {})+
    };
}

chapters! {
    start = "start.md",
    commands = "commands.md",
    line = "line.md",
    flow = "flow.md",
    groups = "groups.md",
    machines = "machines.md",
    breakdowns = "breakdowns.md",
    calendars = "calendars.md",
    arrivals = "arrivals.md",
    people = "people.md",
    quality = "quality.md",
    assembly = "assembly.md",
    transport = "transport.md",
    quantities = "quantities.md",
    energy = "energy.md",
    saving = "saving.md",
    tariffs = "tariffs.md",
    comparison = "comparison.md",
    losses = "losses.md",
    report = "report.md",
    page = "page.md",
    journal = "journal.md",
    oee = "oee.md",
    capacity = "capacity.md",
    window = "window.md",
    ci = "ci.md",
    library = "library.md",
    code = "code.md",
    limits = "limits.md",
    tests = "tests.md",
    glossary = "glossary.md",
}

#[doc = include_str!("reference.md")]
pub mod reference {}

/// The topic of all pages of the reference together.
pub const REFERENCE: &str = "reference";

/// Every page, the chapters first. The command line adds its exit codes: code and sentence of each.
pub fn pages(exits: &[(u8, &str)]) -> Vec<Page> {
    let chapter = |&(topic, text): &(&'static str, &str)| Page { topic, text: shown(text) };
    CHAPTERS.iter().map(chapter).chain(references::all(exits)).collect()
}

/// The text without the lines of examples that only the compiler needs.
fn shown(text: &str) -> String {
    text.lines().filter(|line| !line.starts_with("# Ok::<")).map(|line| line.to_owned() + "\n").collect()
}

/// All pages of the reference in one text, which is also the file `reference.md`.
pub fn reference_text(exits: &[(u8, &str)]) -> String {
    let pages =
        references::all(exits).into_iter().map(|page| format!("\n#{}", page.text.replace("\n#", "\n##")));
    let head = "# Reference\n\nMade by `taktwin help reference` from the lists in the code; the sentences \
                are\nquoted from the chapters.\n";
    head.to_owned() + &pages.collect::<String>()
}

/// The page of a kind of element; nothing for a name that is none, in whatever case.
pub fn kind(name: &str) -> Option<String> {
    references::kind(name)
}

#[cfg(test)]
mod handbook_tests;
