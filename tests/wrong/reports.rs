//! Every wrong file gets exactly the messages that it says it gets, all of them at once.

use super::annotations::{Expected, Message, files, messages, read};
use std::collections::BTreeSet;
use std::path::Path;

#[test]
fn every_wrong_file_is_refused_with_exactly_its_messages() {
    let wrong: Vec<String> = files().iter().flat_map(|file| differences(file)).collect();

    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_underlined_is_the_users_text_and_not_the_remark_behind_it() {
    for file in files() {
        for message in messages(&read(&file).1.expect_err("a wrong file")) {
            // The end of the text has nothing to underline.
            if message.label == "the text ends here" {
                continue;
            }
            let behind = message.code.find("//").unwrap_or(message.code.len());
            assert!(message.underlined.start < behind, "{}: {message:?}", file.display());
            let text = message.code.get(message.underlined.clone()).unwrap_or("");
            assert!(!text.trim().is_empty(), "{}: {message:?}", file.display());
        }
    }
}

#[test]
fn every_message_begins_in_lower_case_and_ends_without_a_full_stop() {
    for file in files() {
        for Message { title, label, help, .. } in messages(&read(&file).1.expect_err("a wrong file")) {
            for text in [title, label].into_iter().chain(help) {
                // Names of distributions are written as in the file.
                let distribution = taktwin::distribution::DISTRIBUTIONS
                    .iter()
                    .any(|distribution| text.starts_with(distribution.name));
                assert!(distribution || !text.starts_with(char::is_uppercase), "{}: {text}", file.display());
                assert!(!text.ends_with('.') || text.ends_with(".."), "{}: {text}", file.display());
            }
        }
    }
}

#[test]
fn no_message_is_too_long_to_be_read_at_a_glance() {
    for file in files() {
        for Message { title, label, .. } in messages(&read(&file).1.expect_err("a wrong file")) {
            assert!(title.chars().count() <= 120, "{}: {title}", file.display());
            assert!(label.chars().count() <= 100, "{}: {label}", file.display());
        }
    }
}

/// What a file says and does not get, and what it gets and does not say.
fn differences(file: &Path) -> Vec<String> {
    let (expected, outcome) = read(file);
    let Err(shown) = outcome else { return vec![format!("{} was accepted", file.display())] };
    let found = messages(&shown);
    let key = |message: &Message| (message.file.clone(), message.line, message.title.clone());
    let got: BTreeSet<_> = found.iter().map(key).collect();
    let written: BTreeSet<_> =
        expected.iter().map(|one| (one.file.clone(), one.line, one.title.clone())).collect();
    let name = file.display();
    let missing = written.difference(&got).map(|one| format!("{name}: missing {one:?}"));
    let extra = got.difference(&written).map(|one| format!("{name}: not expected {one:?}"));
    let remarks =
        expected.iter().filter_map(|one| unlike(one, &found)).map(|wrong| format!("{name}: {wrong}"));
    missing.chain(extra).chain(remarks).collect()
}

/// The label or help of an expected message that the one found does not have.
fn unlike(expected: &Expected, found: &[Message]) -> Option<String> {
    let same = |message: &&Message| message.title == expected.title && message.line == expected.line;
    let found: Vec<&Message> = found.iter().filter(same).collect();
    let fits = |message: &&Message| {
        expected.label.as_ref().is_none_or(|label| message.label == *label)
            && expected.help.iter().all(|help| message.help.contains(help))
    };
    (!found.is_empty() && !found.iter().any(fits)).then(|| format!("expected {expected:?}, found {found:?}"))
}
