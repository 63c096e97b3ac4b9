//! The one style, comments that stay, and texts that mean the same.

use super::*;
use crate::layout::test_kit::{LINE, mutations};
use std::path::{Path, PathBuf};

fn of(text: &str) -> String {
    formatted("line.ron", text).unwrap_or_else(|(fault, _)| panic!("{fault:?}: {text}"))
}

#[test]
fn brackets_that_fit_are_closed_on_a_line_and_others_are_open() {
    assert_eq!(
        of("Line(name:\"x\",elements:{\"a\":Source( ),},)"),
        "Line(name: \"x\", elements: { \"a\": Source() })\n"
    );
    assert_eq!(of("Line(\nname:\"x\")"), "Line(\n    name: \"x\",\n)\n");
    let long = format!("Line(a: [{}])", vec!["\"a text\""; 20].join(","));
    let open = of(&long);
    assert!(open.starts_with("Line(\n    a: [\n        \"a text\",\n"), "{open}");
    assert_eq!(of(" [ (1,2.5) , {} , () ] "), "[(1, 2.5), {}, ()]\n");
}

#[test]
fn the_values_of_a_map_stand_below_each_other() {
    let text = "{\n\"saw\": A,\n\"drill\": B(\n1),\n\n\"a very long name of an element\": C,\n\"d\": D }";
    let expected = "{\n    \"saw\":   A,\n    \"drill\": B(\n        1,\n    ),\n\n    \"a very long name of an element\": C,\n    \"d\": D,\n}\n";
    assert_eq!(of(text), expected);
}

#[test]
fn a_key_that_is_too_long_leaves_the_values_beside_it_unaligned() {
    let text = "{\n    \"saw.power\": 1,\n    \"a very long name of an element\": 2,\n}\n";
    assert_eq!(of(text), text);
}

#[test]
fn comments_behind_lines_that_follow_each_other_stand_below_each_other() {
    let text = "Line( // of the line\n    a: 1, // one\n    bcd: 23, // two\n\n    e: 4, // three\n)\n";
    let expected =
        "Line(  // of the line\n    a: 1,     // one\n    bcd: 23,  // two\n\n    e: 4,  // three\n)\n";
    assert_eq!(of(text), expected);
    assert_eq!(of(expected), expected);
}

#[test]
fn a_comment_behind_an_opening_bracket_stays_there() {
    let text = "Line(\n    bcd: 23,  // one\n    a: [  // of the list\n        1,\n    ],\n)\n";
    assert_eq!(of(text), text);
}

#[test]
fn a_comment_behind_a_much_longer_line_moves_no_other() {
    let text = "Line(\n    a: \"a text that is longer than the other line\",  // one\n    b: 2,  // two\n)\n";
    assert_eq!(of(text), text);
}

#[test]
fn comments_and_blank_lines_stay_where_they_are() {
    let text = r#"// at the top

// of the line
Line( // a note
  a: 1,   // behind a


  // before b
  b: /* inside */ [ 1, // one
    2 ], // behind b
  // at the end
) // last
// after all
"#;
    let expected = r#"// at the top

// of the line
Line(  // a note
    a: 1,  // behind a

    // before b
    /* inside */
    b: [
        1,  // one
        2,
    ],  // behind b
    // at the end
)  // last
// after all
"#;
    assert_eq!(of(text), expected);
    assert_eq!(of(expected), expected);
}

#[test]
fn brackets_with_nothing_but_a_comment_keep_it() {
    assert_eq!(of("[ /* none */ ]"), "[  /* none */\n]\n");
    assert_eq!(of("A(\n  // none\n)"), "A(\n    // none\n)\n");
}

/// Whether the formatter says that it would change what the text means.
fn is_changed(faults: &Faults) -> bool {
    faults.sorted().iter().any(|fault| fault.message.contains("meaning"))
}

fn below(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in folder.read_dir().expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            below(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "ron") {
            found.push(path);
        }
    }
}

/// That the text means the same is looked at by the formatter itself, which would refuse it.
#[test]
fn every_text_that_can_be_read_keeps_its_meaning_and_comments_and_is_formatted_once() {
    let (mut files, mut read) = (Vec::new(), 0);
    below(Path::new("scenes"), &mut files);
    below(Path::new("tests/wrong"), &mut files);
    for path in files {
        let text = std::fs::read_to_string(&path).expect("a text");
        let name = path.display();
        match formatted("line.ron", &text) {
            Ok(once) => {
                read += 1;
                assert_eq!(of(&once), once, "{name}");
                for comment in text
                    .lines()
                    .filter_map(|line| line.split_once("// ").map(|(_, comment)| comment.trim_end()))
                {
                    assert!(once.contains(comment), "{name}: {comment}");
                }
            }
            Err((faults, _)) => assert!(!is_changed(&faults), "{name}: {faults:?}"),
        }
    }
    assert!(read > 80, "{read}");
}

#[test]
fn a_text_with_slips_is_formatted_or_refused_and_never_changed() {
    let mut read = 0;
    for text in mutations(LINE, 3000) {
        match formatted("line.ron", &text) {
            Ok(once) => {
                read += 1;
                assert_eq!(of(&once), once, "{text}");
            }
            Err((faults, _)) => assert!(!is_changed(&faults), "{text}"),
        }
    }
    assert!(read > 300, "{read}");
}
