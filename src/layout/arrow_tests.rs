//! Arrows good and wrong, and names that could not be written in one.

use super::*;

fn read(text: &str) -> Result<Vec<String>, (String, String)> {
    let mut sources = Sources::default();
    let quoted = format!("\"{text}\"");
    let file = sources.add_argument("line.ron", &quoted);
    let place = TextSpan { file, start: 0, end: quoted.len() as u32 };
    let shown = |stop: &Stop| {
        let whole = stop.port.as_ref().map_or(stop.name.clone(), |port| format!("{}.{port}", stop.name));
        assert_eq!(sources.text(stop.place).replace(' ', ""), whole.replace(' ', ""));
        whole
    };
    let arrows = arrows(place, &sources)
        .map_err(|fault| (fault.message, sources.text(fault.place.expect("a place")).to_owned()))?;
    Ok(arrows
        .iter()
        .map(|arrow| {
            let by = arrow.by.as_ref().map_or(String::new(), |by| format!(" by {}", shown(by)));
            let share = arrow.share.map_or(String::new(), |share| format!(" {share}"));
            format!("{}>{}{share}{by}", shown(&arrow.from), shown(&arrow.to))
        })
        .collect())
}

#[test]
fn a_chain_becomes_its_arrows() {
    assert_eq!(read("panels -> bend 2 ->rack").expect("arrows"), ["panels>bend 2", "bend 2>rack"]);
    assert_eq!(read("rack -> weld by loader").expect("arrows"), ["rack>weld by loader"]);
    assert_eq!(read("a -> b by r 2 -> c 30% by s").expect("arrows"), ["a>b by r 2", "b>c 0.3 by s"]);
    assert_eq!(read("saw -> drill press 12.5 %").expect("arrows"), ["saw>drill press 0.125"]);
    assert_eq!(read("test.pass -> Versand größe").expect("arrows"), ["test.pass>Versand größe"]);
    assert_eq!(read("a -> standby by robby").expect("arrows"), ["a>standby by robby"]);
}

#[test]
fn a_wrong_arrow_is_underlined_at_the_wrong_name() {
    for (text, message, underlined) in [
        ("", "the name of an element is missing", "\"\""),
        ("weld", "an arrow needs two ends", "\"weld\""),
        ("weld -> -> test", "the name of an element is missing", "\"weld -> -> test\""),
        ("a -> b by ", "a robot's name is missing", "by"),
        ("a 30 % -> b", "a share or robot stands behind the element that the part goes to", "a 30 %"),
        ("a -> b 0 %", "\"0 %\" is no share", "0 %"),
        ("a -> b 101 %", "\"101 %\" is no share", "101 %"),
        ("a -> b NaN %", "\"NaN %\" is no share", "NaN %"),
        ("a -> b 33,3 %", "\"33,3 %\" is no share", "33,3 %"),
        ("a -> b by r 30 %", "a robot's name must be the last word", "r 30 %"),
        ("a -> 30 %", "the name of an element is missing", "\"a -> 30 %\""),
    ] {
        assert_eq!(read(text), Err((message.to_owned(), underlined.to_owned())), "{text}");
    }
}

#[test]
fn a_name_that_the_arrows_or_ways_could_not_write_is_refused() {
    for wrong in ["", " a", "a ", "a.b", "a->b", "a by b", "a 5 %", "a\nb", "run", "by", "flow"] {
        assert!(wrong_name(wrong).is_some(), "{wrong}");
    }
    for good in ["weld", "Presse 3", "by-pass", "standby", "größe", "a/b", "[1]"] {
        assert_eq!(wrong_name(good), None, "{good}");
    }
    assert!(wrong_name(&"x".repeat(101)).is_some());
    assert!(wrong_name(&"ä".repeat(100)).is_none());
}
