//! The one writer of all charts: shapes with classes, colours by the style of the page, text always escaped.
//!
//! A plotting library was left out on purpose: it knows neither plans nor Sankey diagrams, has colours of its own, and does not
//! follow the light or dark style of the page. Read [`SvgWriter`] first.

use std::fmt::Write;

/// Writes one drawing.
#[derive(Clone, Debug)]
pub(in crate::report::html) struct SvgWriter {
    out: String,
}

/// Where a text ends that is set at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::report::html) enum Anchor {
    Start,
    Middle,
    End,
}

impl SvgWriter {
    /// A drawing of this size, with a title and a description for people who do not see it.
    pub(in crate::report::html) fn new((width, height): (f64, f64), title: &str, desc: &str) -> SvgWriter {
        SvgWriter::with("", (width, height), title, desc)
    }

    /// The same with more attributes on the drawing.
    pub(in crate::report::html) fn with(
        more: &str,
        (width, height): (f64, f64),
        title: &str,
        desc: &str,
    ) -> SvgWriter {
        let (w, h) = (px(width), px(height));
        let (title, desc) = (escaped(title), escaped(desc));
        let out = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart\" role=\"img\" viewBox=\"0 0 {w} {h}\" width=\"{w}\" \
             height=\"{h}\"{more}><title>{title}</title><desc>{desc}</desc>\n"
        );
        SvgWriter { out }
    }

    /// The whole drawing.
    pub(in crate::report::html) fn finish(self) -> String {
        self.out + "</svg>\n"
    }

    /// Opens a group with attributes that the caller has escaped.
    pub(in crate::report::html) fn open(&mut self, attributes: &str) {
        let _ = writeln!(self.out, "<g {attributes}>");
    }

    pub(in crate::report::html) fn close(&mut self) {
        self.out.push_str("</g>\n");
    }

    /// Opens the part of a drawing that scripts can stretch along its axis. Nothing in it is seen beyond its left and right end, and
    /// its paths have only the steps `M`, `L`, `H`, `v` and `z`.
    pub(in crate::report::html) fn open_pane(&mut self, (left, right): (f64, f64), height: f64) {
        let [x, w, h] = [left, right - left, height].map(px);
        let _ = writeln!(
            self.out,
            "<svg class=\"pane\" x=\"{x}\" y=\"0\" width=\"{w}\" height=\"{h}\" viewBox=\"{x} 0 {w} {h}\">"
        );
    }

    pub(in crate::report::html) fn close_pane(&mut self) {
        self.out.push_str("</svg>\n");
    }

    /// A piece of SVG that the program has made.
    pub(in crate::report::html) fn raw(&mut self, piece: &str) {
        self.out.push_str(piece);
    }

    pub(in crate::report::html) fn line(&mut self, class: &str, from: (f64, f64), to: (f64, f64)) {
        let ((x1, y1), (x2, y2)) = (from, to);
        let [x1, y1, x2, y2] = [x1, y1, x2, y2].map(px);
        let _ =
            writeln!(self.out, "<line class=\"{class}\" x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\"/>");
    }

    /// A rectangle; `style` is a class or a fill, as [`class`] and [`fill`] write them, `tip` what hovering shows.
    pub(in crate::report::html) fn rect(&mut self, style: &str, at: (f64, f64), size: (f64, f64), tip: &str) {
        let [x, y, w, h] = [at.0, at.1, size.0.max(0.0), size.1.max(0.0)].map(px);
        let _ = write!(self.out, "<rect {style} x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\"");
        self.end("rect", tip);
    }

    pub(in crate::report::html) fn circle(
        &mut self,
        style: &str,
        (x, y): (f64, f64),
        radius: f64,
        tip: &str,
    ) {
        let [x, y, r] = [x, y, radius].map(px);
        let _ = write!(self.out, "<circle {style} cx=\"{x}\" cy=\"{y}\" r=\"{r}\"");
        self.end("circle", tip);
    }

    pub(in crate::report::html) fn path(&mut self, style: &str, d: &str, tip: &str) {
        let _ = write!(self.out, "<path {style} d=\"{d}\"");
        self.end("path", tip);
    }

    fn end(&mut self, tag: &str, tip: &str) {
        let _ = match tip {
            "" => writeln!(self.out, "/>"),
            _ => writeln!(self.out, "><title>{}</title></{tag}>", escaped(tip)),
        };
    }

    pub(in crate::report::html) fn text(&mut self, class: &str, at: (f64, f64), anchor: Anchor, text: &str) {
        self.turned(class, at, 0, anchor, text);
    }

    /// A text turned clockwise by so many degrees about its place.
    pub(in crate::report::html) fn turned(
        &mut self,
        class: &str,
        (x, y): (f64, f64),
        degrees: i32,
        anchor: Anchor,
        text: &str,
    ) {
        let [x, y] = [x, y].map(px);
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        let turn = match degrees {
            0 => String::new(),
            _ => format!(" transform=\"rotate({degrees} {x} {y})\""),
        };
        let text = escaped(text);
        let _ = writeln!(
            self.out,
            "<text class=\"{class}\" x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\"{turn}>{text}</text>"
        );
    }
}

/// A class as an attribute.
pub(in crate::report::html) fn class(name: &str) -> String {
    format!("class=\"{name}\"")
}

/// A path through points, with a gap at each that is not a number.
pub(in crate::report::html) fn through(points: impl Iterator<Item = (f64, f64)>) -> String {
    let (mut d, mut step) = (String::new(), 'M');
    for (x, y) in points {
        if !(x.is_finite() && y.is_finite()) {
            step = 'M';
            continue;
        }
        let _ = write!(d, "{step}{} {}", px(x), px(y));
        step = 'L';
    }
    d
}

/// A length in a drawing: a tenth of a pixel is enough.
pub(in crate::report::html) fn px(value: f64) -> String {
    if !value.is_finite() {
        return "0".to_owned();
    }
    let text = format!("{value:.1}");
    match text.trim_end_matches(".0") {
        "-0" => "0".to_owned(),
        short => short.to_owned(),
    }
}

/// A text in HTML and XML: no letter of it is markup, and none is one that XML does not know.
pub(in crate::report::html) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' => out.push(letter),
            control if control.is_control() => out.push('\u{FFFD}'),
            other => out.push(other),
        }
    }
    out
}

/// A text that is shortened to so many letters where it has more.
pub(in crate::report::html) fn shortened(text: &str, letters: usize) -> String {
    match text.chars().count() > letters {
        true => text.chars().take(letters.saturating_sub(1)).chain(['…']).collect(),
        false => text.to_owned(),
    }
}

/// About how wide a text is in letters of a chart: a Chinese letter takes the room of two others.
pub(in crate::report::html) fn text_width(text: &str) -> f64 {
    text.chars().map(|letter| if letter < '\u{2E80}' { 6.4 } else { 12.0 }).sum()
}

/// A text that is at most so wide, with an ellipsis where it was cut.
pub(in crate::report::html) fn fitted(text: &str, width: f64) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    if text_width(text) <= width {
        return text.to_owned();
    }
    while !letters.is_empty() && text_width(&letters.iter().chain(&['…']).collect::<String>()) > width {
        letters.pop();
    }
    letters.into_iter().chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stays_a_name_whatever_letters_it_has() {
        let mut svg = SvgWriter::new((10.0, 10.0), "<b>&\"", "it's");
        svg.text("label", (1.0, 2.25), Anchor::Middle, "</svg>\u{1}");
        let text = svg.finish();
        assert!(text.contains("<title>&lt;b&gt;&amp;&quot;</title><desc>it&#39;s</desc>"), "{text}");
        assert!(text.contains(">&lt;/svg&gt;\u{FFFD}</text>"), "{text}");
    }

    #[test]
    fn lengths_are_short_and_always_numbers() {
        assert_eq!([0.0, -0.01, 1.0, 2.25, f64::NAN].map(px), ["0", "0", "1", "2.2", "0"]);
        assert_eq!(shortened("bending", 4), "ben…");
    }
}
