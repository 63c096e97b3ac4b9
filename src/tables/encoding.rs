//! From bytes to text: by the mark at their beginning, by the encoding that was named, as UTF-8, or by a guess.
//!
//! Read [`decoded`] first.

use crate::units::spelling::{brief, nearest};
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};

/// Encodings as people call them, for messages.
const KNOWN: [&str; 12] = [
    "utf-8",
    "utf-16",
    "gb18030",
    "gbk",
    "big5",
    "shift_jis",
    "euc-kr",
    "latin1",
    "windows-1250",
    "windows-1251",
    "windows-1252",
    "koi8-r",
];

/// The text of a file.
pub(super) struct Decoded {
    pub(super) text: String,
    /// The name of the encoding, if it was guessed.
    pub(super) guess: Option<&'static str>,
}

/// The text that bytes stand for, or what is wrong with them: the rest of a sentence that begins with the file.
pub(super) fn decoded(bytes: &[u8], named: Option<&str>) -> Result<Decoded, String> {
    let (encoding, guess) = match (named, Encoding::for_bom(bytes)) {
        (_, Some((marked, _))) => (marked, None),
        (Some(name), None) => (known(name)?, None),
        (None, None) => match std::str::from_utf8(bytes) {
            // Text of UTF-16 without its mark may look like UTF-8 that is full of zeros.
            Ok(text) if !text.contains('\0') => return Ok(Decoded { text: text.to_owned(), guess: None }),
            _ => {
                let guess = guessed(bytes);
                (guess, Some(guess.name()))
            }
        },
    };
    let (text, _, wrong) = encoding.decode(bytes);
    if wrong {
        let before = text.split('\u{fffd}').next().unwrap_or("");
        let row = 1 + before.matches('\n').count();
        let name = encoding.name();
        return Err(format!(
            "is no text in {name} (row {row}); name its encoding, such as `encoding: \"gb18030\"`"
        ));
    }
    Ok(Decoded { text: text.into_owned(), guess })
}

/// The encoding of a name; people write it in many ways.
fn known(name: &str) -> Result<&'static Encoding, String> {
    let plain = name.trim().to_lowercase().replace(['_', ' '], "-");
    let spellings = [name.to_owned(), plain.clone(), plain.replace('-', ""), plain.replace('-', "_")];
    spellings.iter().find_map(|spelling| Encoding::for_label(spelling.as_bytes())).ok_or_else(|| {
        let remedy = match nearest(&plain, KNOWN) {
            Some(near) => format!("did you mean \"{near}\"?"),
            None => format!("there are {} and others of the Encoding Standard", KNOWN.join(", ")),
        };
        format!("cannot be read in the unknown encoding \"{}\"; {remedy}", brief(name))
    })
}

fn guessed(bytes: &[u8]) -> &'static Encoding {
    let beginning = &bytes[..bytes.len().min(1000)];
    let zeros = |odd: usize| beginning.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    // Digits, commas and line breaks have a zero beside them in UTF-16.
    match (zeros(0), zeros(1)) {
        (high, low) if low > high && low * 8 > beginning.len() => UTF_16LE,
        (high, low) if high > low && high * 8 > beginning.len() => UTF_16BE,
        _ => {
            let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
            detector.feed(bytes, true);
            detector.guess(None, Utf8Detection::Deny)
        }
    }
}
