//! Pictures, drawn here as SVG: nothing to load, nothing to run. Each has its words for those who do not see it, and
//! a table behind it. Colours are the style's; whatever a colour says, a pattern, a mark or a number says too.

use maud::{Markup, html};

/// All pictures are this wide, in their own units; the page scales them.
const WIDTH: u32 = 360;

/// A picture's words: what it is, and the one thing to see in it.
pub(super) struct Words<'a> {
    pub(super) id: &'a str,
    pub(super) title: String,
    pub(super) told: String,
}

/// A bar of several parts, each drawn in its own way: the first plain, the second hatched, the third hollow.
pub(super) struct Bar {
    /// Under an upright bar, or above one that lies; empty where there is no room.
    pub(super) label: String,
    /// Shown where the mouse rests.
    pub(super) told: String,
    pub(super) parts: [u32; 3],
}

impl Bar {
    fn all(&self) -> u32 {
        self.parts.iter().sum()
    }

    /// The number, beginning and length of each part that is there.
    fn laid_out(&self, most: u32, room: u32) -> Vec<(usize, u32, u32)> {
        let mut begin = 0;
        let parts = self.parts.into_iter().enumerate().filter(|(_, count)| *count > 0);
        let laid = parts.map(|(place, count)| {
            let here = begin;
            let length = length(count, most, room);
            begin += length;
            (place, here, length)
        });
        laid.collect()
    }

    fn length(&self, most: u32, room: u32) -> u32 {
        self.laid_out(most, room).last().map_or(0, |(_, begin, length)| begin + length)
    }
}

/// A field of a heat map.
pub(super) struct Field {
    pub(super) count: u32,
    pub(super) marked: bool,
}

/// How each part of a bar is drawn.
const PARTS: [&str; 3] = ["part first", "part second", "part third"];

fn frame(words: &Words<'_>, height: u32, drawing: &Markup) -> Markup {
    let (title, told) = (format!("{}-title", words.id), format!("{}-told", words.id));
    let box_of = format!("0 0 {WIDTH} {height}");
    html! {
        svg .picture role="img" viewBox=(box_of) aria-labelledby=(format!("{title} {told}")) {
            title id=(title) { (words.title) }
            desc id=(told) { (words.told) }
            defs {
                pattern id=(hatch_id(words)) width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)" {
                    rect .hatch-ground width="5" height="5" {}
                    rect .hatch width="2" height="5" {}
                }
            }
            (drawing)
        }
    }
}

fn hatch_id(words: &Words<'_>) -> String {
    format!("{}-hatch", words.id)
}

fn part(words: &Words<'_>, place: usize, (x, y): (u32, u32), (width, height): (u32, u32)) -> Markup {
    let class = PARTS.get(place).copied().unwrap_or("part");
    let fill = (place == 1).then(|| format!("url(#{})", hatch_id(words)));
    html! { rect class=(class) x=(x) y=(y) width=(width) height=(height) fill=[fill] {} }
}

/// `of` scaled so that `most` is `room` long; whatever is there is seen.
fn length(of: u32, most: u32, room: u32) -> u32 {
    let length = u64::from(of) * u64::from(room) / u64::from(most.max(1));
    u32::try_from(length).unwrap_or(room).min(room).max(u32::from(of > 0))
}

/// Bars that lie, one a row: label on the left, count behind the bar. `after` so many rows a line is drawn.
pub(super) fn lying(words: &Words<'_>, bars: &[Bar], after: Option<(u32, String)>) -> Markup {
    const ROW: u32 = 20;
    const LABEL: u32 = 96;
    const ROOM: u32 = WIDTH - LABEL - 44;
    let most = bars.iter().map(Bar::all).max().unwrap_or(0);
    let height = rows(bars.len()) * ROW + 4;
    frame(
        words,
        height,
        &html! {
            @for (row, bar) in (0..).zip(bars) {
                g {
                    title { (bar.told) }
                    text .label x=(LABEL - 6) y=(row * ROW + 15) text-anchor="end" { (bar.label) }
                    @for (place, begin, width) in bar.laid_out(most, ROOM) {
                        (part(words, place, (LABEL + begin, row * ROW + 3), (width, ROW - 6)))
                    }
                    text .count x=(LABEL + bar.length(most, ROOM) + 5) y=(row * ROW + 15) { (bar.all()) }
                }
            }
            @if let Some((row, label)) = after {
                @let y = row * ROW + 1;
                line .aim x1=(LABEL) x2=(WIDTH) y1=(y) y2=(y) {}
                text .aim-label x=(WIDTH) y=(y + 11) text-anchor="end" { (label) }
            }
        },
    )
}

/// Bars that stand, from left to right.
pub(super) fn standing(words: &Words<'_>, bars: &[Bar]) -> Markup {
    const LEFT: u32 = 30;
    const ROOM: u32 = 130;
    const TOP: u32 = 8;
    let most = bars.iter().map(Bar::all).max().unwrap_or(0).max(1);
    let count = rows(bars.len()).max(1);
    let step = (WIDTH - LEFT) * 10 / count;
    let wide = (step * 4 / 50).max(1);
    let at = |bar: u32| LEFT + bar * step / 10;
    frame(
        words,
        TOP + ROOM + 22,
        &html! {
            @for (line, value) in [(0, most), (ROOM / 2, most / 2), (ROOM, 0)] {
                @if line != ROOM / 2 || most % 2 == 0 {
                    line .grid x1=(LEFT) x2=(WIDTH) y1=(TOP + line) y2=(TOP + line) {}
                    text .label x=(LEFT - 5) y=(TOP + line + 4) text-anchor="end" { (value) }
                }
            }
            @for (number, bar) in (0..).zip(bars) {
                g {
                    title { (bar.told) }
                    @for (place, begin, height) in bar.laid_out(most, ROOM) {
                        (part(words, place, (at(number), (TOP + ROOM).saturating_sub(begin + height)), (wide, height)))
                    }
                    @if !bar.label.is_empty() {
                        text .label x=(at(number) + wide / 2) y=(TOP + ROOM + 16) text-anchor=(anchor(number, count)) { (bar.label) }
                    }
                }
            }
        },
    )
}

/// Labels at the ends stay inside.
fn anchor(number: u32, count: u32) -> &'static str {
    match number {
        0 => "start",
        last if last + 1 == count => "end",
        _ => "middle",
    }
}

/// Fields in rows and columns, the darker the more, with the number in each.
pub(super) fn heat(words: &Words<'_>, columns: &[String], rows_of: &[(String, Vec<Field>)]) -> Markup {
    const LEFT: u32 = 44;
    const TOP: u32 = 22;
    const ROW: u32 = 22;
    let most = rows_of.iter().flat_map(|(_, fields)| fields).map(|field| field.count).max().unwrap_or(0);
    let wide = (WIDTH - LEFT) / rows(columns.len()).max(1);
    frame(
        words,
        TOP + rows(rows_of.len()) * ROW,
        &html! {
            @for (column, name) in (0..).zip(columns) {
                text .label x=(LEFT + column * wide + wide / 2) y="15" text-anchor="middle" { (name) }
            }
            @for (row, (name, fields)) in (0..).zip(rows_of) {
                @let y = TOP + row * ROW;
                text .label x=(LEFT - 6) y=(y + 15) text-anchor="end" { (name) }
                @for (column, field) in (0..).zip(fields) {
                    @let x = LEFT + column * wide;
                    rect class=(heat_class(field.count, most)) x=(x + 1) y=(y + 1) width=(wide - 2) height=(ROW - 2) rx="3" {}
                    @if field.count > 0 {
                        text class=(heat_text(field.count, most)) x=(x + wide / 2) y=(y + 15) text-anchor="middle" {
                            (field.count) @if field.marked { " ○" }
                        }
                    }
                }
            }
        },
    )
}

fn heat_step(count: u32, most: u32) -> u32 {
    if count == 0 { 0 } else { length(count, most, 4).max(1) }
}

fn heat_class(count: u32, most: u32) -> String {
    format!("heat heat-{}", heat_step(count, most))
}

fn heat_text(count: u32, most: u32) -> &'static str {
    if heat_step(count, most) >= 3 { "count on-dark" } else { "count" }
}

/// Never more than a period has days, or a day hours.
fn rows(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX / 1_000)
}
