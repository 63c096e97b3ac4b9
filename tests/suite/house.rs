//! The order of the rooms: a module in `src` imports only modules that `lib.rs` names before it, and no folders import each other.
//! The names in them: each type has a name of its own. The words in them are in `house_words.rs`.
//!
//! The sources are read as text. Every path that begins with `crate` or `super` is followed to the module that it names, in
//! `use` lines and elsewhere, the tests beside the code included; comments are left out. Read [`breaches`] first.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// What a room imports although it stands later.
const EXCEPTIONS: [(&str, &str); 1] = [
    // An expectation is checked by the list of the KPIs, and a KPI measures a line.
    ("line", "kpi"),
];

/// A file: its module, as `a::b`, where it lies, and its text.
pub struct Source {
    module: String,
    pub path: String,
    pub text: String,
}

/// An import that leads from one room to another beside it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Arrow {
    /// The folder in which both lie; empty for `src`.
    within: String,
    from: String,
    to: String,
    path: String,
}

/// What leads against the order of the rooms, or round in a circle, a sentence for each.
fn breaches(order: &[String], exceptions: &[(&str, &str)], sources: &[Source]) -> Vec<String> {
    let arrows: BTreeSet<Arrow> = sources.iter().flat_map(|source| arrows(source, sources)).collect();
    let place = |room: &str| order.iter().position(|known| known == room);
    let mut found = Vec::new();
    for arrow in arrows.iter().filter(|arrow| arrow.within.is_empty()) {
        let is_exception = exceptions.contains(&(arrow.from.as_str(), arrow.to.as_str()));
        match (place(&arrow.from), place(&arrow.to)) {
            (Some(from), Some(to)) if to < from || is_exception => {}
            (Some(_), Some(_)) => {
                found.push(format!("{}: `{}` comes before `{}`", arrow.path, arrow.from, arrow.to));
            }
            _ => found.push(format!("{}: `{}` or `{}` is no room", arrow.path, arrow.from, arrow.to)),
        }
    }
    for (from, to) in exceptions {
        if !arrows.iter().any(|arrow| arrow.within.is_empty() && (&*arrow.from, &*arrow.to) == (*from, *to)) {
            found.push(format!("`{from}` does not import `{to}`: this is no exception any more"));
        }
    }
    let folders: BTreeSet<&str> = arrows.iter().map(|arrow| arrow.within.as_str()).collect();
    for within in folders.into_iter().filter(|within| !within.is_empty()) {
        let inner = arrows.iter().filter(|arrow| arrow.within == within);
        let circle = circle(inner.map(|arrow| (arrow.from.as_str(), arrow.to.as_str())).collect());
        if !circle.is_empty() {
            found.push(format!("in `{within}` these import each other: {circle:?}"));
        }
    }
    found
}

/// What is left when all those are taken away, one after the other, that import nothing of the rest.
fn circle<'a>(mut arrows: Vec<(&'a str, &'a str)>) -> BTreeSet<&'a str> {
    loop {
        let importing: BTreeSet<&str> = arrows.iter().map(|(from, _)| *from).collect();
        let before = arrows.len();
        arrows.retain(|(_, to)| importing.contains(to));
        if arrows.len() == before {
            return importing;
        }
    }
}

/// The rooms that a file asks for beside its own: those beside each other in `src`, and folders in one folder.
fn arrows(source: &Source, sources: &[Source]) -> BTreeSet<Arrow> {
    let is_folder = |module: &str| sources.iter().any(|other| other.path.ends_with(&folder_of(module)));
    let mut found = BTreeSet::new();
    let own: Vec<&str> = source.module.split("::").collect();
    for path in paths(source) {
        let common = own.iter().zip(&path).take_while(|(one, other)| *one == *other).count();
        let (Some(from), Some(to)) = (own.get(common), path.get(common)) else { continue };
        let within = own[..common].join("::");
        let inside = |room: &str| format!("{within}::{room}");
        if common == 0 || (is_folder(&inside(from)) && is_folder(&inside(to))) {
            let (from, to, path) = ((*from).to_owned(), to.clone(), source.path.clone());
            found.insert(Arrow { within, from, to, path });
        }
    }
    found
}

fn folder_of(module: &str) -> String {
    format!("src/{}/mod.rs", module.replace("::", "/"))
}

/// Every path in the code of a file that begins with `crate` or `super`, from the root of the crate.
fn paths(source: &Source) -> Vec<Vec<String>> {
    let code: String =
        source.text.lines().map(|line| line.split("//").next().unwrap_or("").to_owned() + "\n").collect();
    let mut found = Vec::new();
    for word in ["crate::", "super::"] {
        for (at, _) in code.match_indices(word) {
            let before = code[..at].chars().next_back().unwrap_or(' ');
            if before.is_alphanumeric() || before == '_' || before == ':' || before == '$' {
                continue;
            }
            for leaf in leaves(&code[at..]) {
                let ups = leaf.iter().take_while(|segment| *segment == "super").count();
                let skipped = if ups == 0 { 1 } else { ups };
                let mut path: Vec<String> = if ups == 0 { Vec::new() } else { module_at(source, &code, at) };
                path.truncate(path.len().saturating_sub(ups));
                path.extend_from_slice(&leaf[skipped..]);
                found.push(path);
            }
        }
    }
    found
}

/// The module of a place in the code: that of the file, or one that is written in it.
fn module_at(source: &Source, code: &str, at: usize) -> Vec<String> {
    let mut module: Vec<String> = source.module.split("::").map(str::to_owned).collect();
    let mut from = 0;
    for line in code.split_inclusive('\n') {
        let indent = &line[..line.len() - line.trim_start().len()];
        let named = line.trim().strip_suffix('{').and_then(|line| line.trim().strip_prefix("mod "));
        let end = code[from..].find(&format!("\n{indent}}}\n")).map_or(code.len(), |length| from + length);
        if let Some(name) = named.filter(|_| (from..end).contains(&at)) {
            module.push(name.to_owned());
        }
        from += line.len();
    }
    module
}

/// The paths of a tree such as `a::{b, c::d}`, with which a text begins.
fn leaves(text: &str) -> Vec<Vec<String>> {
    let length = text.find(|letter: char| !(letter.is_alphanumeric() || letter == '_')).unwrap_or(text.len());
    let (name, rest) = (text[..length].to_owned(), &text[length..]);
    let Some(rest) = rest.strip_prefix("::") else { return vec![vec![name]] };
    let inner = match rest.strip_prefix('{') {
        Some(list) => members(list).into_iter().flat_map(|member| leaves(member.trim_start())).collect(),
        None => leaves(rest),
    };
    inner.into_iter().map(|path| [vec![name.clone()], path].concat()).collect()
}

/// The members of a list in braces, of which the first is open.
fn members(list: &str) -> Vec<&str> {
    let (mut depth, mut begin, mut found) = (0, 0, Vec::new());
    for (at, letter) in list.char_indices() {
        match letter {
            '{' => depth += 1,
            ',' | '}' if depth == 0 => {
                found.push(&list[begin..at]);
                begin = at + 1;
                if letter == '}' {
                    break;
                }
            }
            '}' => depth -= 1,
            _ => {}
        }
    }
    found.retain(|member| !member.trim().is_empty());
    found
}

pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The Rust files in a folder and in those in it; none if there is no such folder.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    files_ending(folder, "rs")
}

pub fn files_ending(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().map(|entry| entry.expect("an entry").path());
    let mut found: Vec<PathBuf> = entries
        .flat_map(|path| if path.is_dir() { files_ending(&path, ending) } else { vec![path] })
        .collect();
    found.retain(|path| path.extension().is_some_and(|own| own == ending));
    found.sort();
    found
}

pub fn read(path: &Path) -> Source {
    let text = fs::read_to_string(path).expect("a text");
    let path = path
        .strip_prefix(root())
        .expect("a file of the project")
        .to_str()
        .expect("a plain name")
        .replace('\\', "/");
    let module =
        path.trim_start_matches("src/").trim_end_matches(".rs").trim_end_matches("/mod").replace('/', "::");
    Source { module, path, text }
}

/// The rooms in the order in which `lib.rs` names them.
fn order(lib: &str) -> Vec<String> {
    let name = |line: &str| Some(line.strip_suffix(';')?.split_once("mod ")?.1.to_owned());
    lib.lines().filter(|line| line.starts_with("pub")).filter_map(name).collect()
}

#[test]
fn each_room_imports_only_those_before_it_and_no_folders_import_each_other() {
    let mut sources: Vec<Source> = files(&root().join("src")).iter().map(|path| read(path)).collect();
    let lib = sources.iter().position(|source| source.module == "lib").expect("a library");
    let order = order(&sources.swap_remove(lib).text);
    sources.retain(|source| source.module != "main");
    assert!(order.len() > 20 && sources.len() > 250, "{} rooms, {} files", order.len(), sources.len());

    let found = breaches(&order, &EXCEPTIONS, &sources);

    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn what_leads_back_or_round_is_found_however_it_is_written() {
    let file = |path: &str, text: &str| {
        let module = path.trim_end_matches(".rs").trim_end_matches("/mod").replace('/', "::");
        Source { module, path: format!("src/{path}"), text: text.to_owned() }
    };
    let order: Vec<String> = ["low", "middle", "high"].map(str::to_owned).into();
    let found = |path: &str, text: &str| {
        let folder_that_imports_a = file("middle/b/x.rs", "use super::super::a::f;");
        let folders = ["middle/a/mod.rs", "middle/b/mod.rs"].map(|path| file(path, ""));
        let sources: Vec<Source> =
            folders.into_iter().chain([folder_that_imports_a, file(path, text)]).collect();
        breaches(&order, &[], &sources).len()
    };

    for text in [
        "use crate::high::X;",
        "use crate::{low::A, high::X};",
        "use crate::{\n    low::{A, B},\n    high,\n};",
        "fn f() { crate::high::f() }",
        "use super::high::X;",
        "mod tests {\n    use super::super::high::X;\n}\n",
        "use crate::nowhere::X;",
    ] {
        assert_eq!(found("middle/mod.rs", text), 1, "{text}");
    }
    for text in [
        "use crate::low::X;",
        "use crate::{low::A, middle::b};",
        "// use crate::high::X;",
        "use super::low::X;",
        "mod tests {\n    use super::high::X;\n}\n",
        "mod tests {\n    fn f() {}\n}\nuse super::low::X;\n",
    ] {
        assert_eq!(found("middle/mod.rs", text), 0, "{text}");
    }
    assert_eq!(found("middle/a/y.rs", "use crate::middle::b::f;"), 1);
    assert_eq!(found("middle/a/y.rs", "use super::super::b::f;"), 1);
    assert_eq!(found("middle/a/y.rs", "use super::b::f;"), 0);
    assert_eq!(breaches(&order, &[("low", "high")], &[]).len(), 1);
}

/// Where each type is defined, by its name. Tests are left out, and so are the types that belong to a trait.
fn owners(sources: &[Source]) -> BTreeMap<&str, Vec<&str>> {
    let is_test = |module: &str| {
        let name = module.rsplit("::").next().unwrap_or(module);
        let beside = format!("#[cfg(test)]\nmod {name};");
        let by_path = format!("#[cfg(test)]\n#[path = \"{name}.rs\"]\nmod tests;");
        sources.iter().any(|source| source.text.contains(&beside) || source.text.contains(&by_path))
    };
    let mut owners: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for source in sources.iter().filter(|source| !is_test(&source.module)) {
        let product = source.text.split("#[cfg(test)]\nmod tests {").next().unwrap_or("");
        for name in product.lines().filter_map(defined) {
            owners.entry(name).or_default().push(&source.path);
        }
    }
    owners
}

/// The name of the type that a line defines.
fn defined(line: &str) -> Option<&str> {
    let mut words = line.split_whitespace().skip_while(|word| word.starts_with("pub"));
    let is_type = match words.next()? {
        "struct" | "enum" | "trait" | "union" => true,
        // Inside a trait or its implementation it belongs to that.
        "type" => !line.starts_with(' '),
        _ => false,
    };
    words
        .next()?
        .split(|letter: char| !(letter.is_alphanumeric() || letter == '_'))
        .next()
        // A macro that makes types has a name of its own.
        .filter(|name| is_type && !name.is_empty())
}

#[test]
fn every_type_name_has_one_owner() {
    let sources: Vec<Source> = files(&root().join("src")).iter().map(|path| read(path)).collect();
    let owners = owners(&sources);
    assert!(owners.len() > 500, "{} types", owners.len());

    let several: Vec<_> = owners.iter().filter(|(_, paths)| paths.len() > 1).collect();

    assert!(several.is_empty(), "these names have several owners: {several:#?}");
}

#[test]
fn a_type_is_found_wherever_it_stands_but_in_tests() {
    let file = |module: &str, text: &str| Source {
        module: module.to_owned(),
        path: module.to_owned(),
        text: text.to_owned(),
    };
    let sources = [
        file("a", "pub struct One(u32);\n\n#[cfg(test)]\nmod kit;\n\nfn f() {\n    enum Two {\n    }\n}\n"),
        file("a::kit", "struct One;\n"),
        file("b", "pub(crate) trait Two: Sized {\n    type Four;\n}\n\ntype Three<'a> = &'a str;\n"),
        file("c", "// struct One\nlet enum_of = One;\n\n#[cfg(test)]\nmod tests {\n    struct Three;\n}\n"),
    ];

    let expected = [("One", vec!["a"]), ("Three", vec!["b"]), ("Two", vec!["a", "b"])];
    assert_eq!(owners(&sources), expected.into());
}

#[test]
fn a_file_that_a_comment_names_is_there() {
    let mut wrong = BTreeMap::new();
    for path in ["src", "tests", "benches", "examples"].iter().flat_map(|folder| files(&root().join(folder)))
    {
        let source = read(&path);
        for comment in source.text.lines().filter_map(|line| Some(line.split_once("//")?.1)) {
            let named = comment.split('`').skip(1).step_by(2).filter(|word| word.ends_with(".rs"));
            for name in named.filter(|name| !name.contains(' ')) {
                let beside = path.parent().expect("a folder").join(name);
                let by_root = [root().join("src").join(name), root().join(name)];
                if !beside.exists() && !by_root.iter().any(|path| path.exists()) {
                    wrong.insert(source.path.clone(), name.to_owned());
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
}
