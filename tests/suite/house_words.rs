//! The words in sources and handbook: the terms of the trade, and no pictures.

use super::house::{files, files_ending, read, root};

/// Words for which the style guide has a plain one, and that one.
const WORDS: [(&str, &str); 13] = [
    ("luck", "random numbers, or chance"),
    ("lucky", "by chance"),
    ("unlucky", "by chance"),
    ("whoever", "the element that"),
    ("anew", "again"),
    ("reckon", "compute"),
    ("reckoned", "computed"),
    ("reckons", "computes"),
    ("befall", "happen to"),
    ("befalls", "happens to"),
    ("errand", "transport, or candidate"),
    ("errands", "transports, or candidates"),
    ("laws of chance", "distributions"),
];

/// The words of the table that stand in a text, in any case, each as a whole word, also where a line breaks between two.
fn pictures(text: &str) -> Vec<&'static str> {
    let is_mark = |letter: char| !letter.is_alphanumeric();
    let plain: Vec<String> =
        text.split(is_mark).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    let stands = |phrase: &&str| {
        let phrase: Vec<&str> = phrase.split(' ').collect();
        plain.windows(phrase.len()).any(|words| words == phrase)
    };
    WORDS.iter().map(|(word, _)| *word).filter(stands).collect()
}

#[test]
fn sources_and_handbook_use_the_terms_of_the_trade() {
    let (src, readme) = (root().join("src"), root().join("README.md"));
    let chapters = files_ending(&src.join("handbook"), "md");
    let mut found = Vec::new();
    let mut read_so_far = 0;
    for path in files(&src).into_iter().chain(chapters).chain([readme]) {
        let source = read(&path);
        read_so_far += 1;
        for word in pictures(&source.text) {
            let plain = WORDS.iter().find(|(known, _)| *known == word).map_or("", |(_, plain)| plain);
            found.push(format!("{}: instead of `{word}` write {plain}", source.path));
        }
    }
    assert!(read_so_far > 300, "{read_so_far} files");
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn a_word_is_found_in_any_case_as_a_whole_and_across_lines() {
    let text = "/// Luck, and the\n/// laws of\n//! chance: begin_anew, a flucky errand-boy.";

    assert_eq!(pictures(text), ["luck", "anew", "errand", "laws of chance"]);
    assert_eq!(pictures("A pluck, an errandless day, laws of great chance."), [""; 0]);
}
