//! Columns that stand under each other.

use std::fmt::Write as _;

/// How a column stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Left,
    Right,
}

/// One line for the titles and one for each row, each indented by so many spaces.
pub(super) fn table<const N: usize>(titles: [(&str, Side); N], rows: &[[String; N]], indent: usize) -> String {
    let wide = |text: &str| text.chars().count();
    let mut widths = titles.map(|(title, _)| wide(title));
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(wide(cell));
        }
    }
    let line = |cells: [&str; N]| {
        let mut line = " ".repeat(indent);
        for ((cell, width), (_, side)) in cells.into_iter().zip(widths).zip(titles) {
            // Writing to a string cannot fail.
            let _ = match side {
                Side::Left => write!(line, "{cell:<width$}  "),
                Side::Right => write!(line, "{cell:>width$}  "),
            };
        }
        format!("{}\n", line.trim_end())
    };
    let mut text = line(titles.map(|(title, _)| title));
    for row in rows {
        text.push_str(&line(row.each_ref().map(String::as_str)));
    }
    text
}
