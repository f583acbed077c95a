//! A cell that begins like a formula would be run by the spreadsheet that opens the file. An
//! apostrophe in front makes it text; reading it in takes the apostrophe off again.

use std::borrow::Cow;

const FORMULA_STARTS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// The cell as it is safe to write.
pub fn guarded(cell: &str) -> Cow<'_, str> {
    if begins_like_formula(cell) && !is_number(cell) { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
}

/// The reverse of [`guarded`].
pub(super) fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if begins_like_formula(rest) => rest,
        Some(_) | None => cell,
    }
}

/// Apostrophes in front count as well, so that one can be added and taken off any number of times.
fn begins_like_formula(cell: &str) -> bool {
    cell.trim_start_matches('\'').starts_with(FORMULA_STARTS)
}

fn is_number(cell: &str) -> bool {
    cell.bytes().all(|byte| byte.is_ascii_digit() || b"+-.".contains(&byte)) && cell.parse::<f64>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_would_run_becomes_text_and_comes_back_as_it_was() {
        for (cell, written) in [
            ("=HYPERLINK(\"http://x\")", "'=HYPERLINK(\"http://x\")"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("+1+cmd|' /C calc'!A0", "'+1+cmd|' /C calc'!A0"),
            ("-1+2", "'-1+2"),
            ("+447700900201", "+447700900201"),
            ("-5", "-5"),
            ("'=1", "''=1"),
            ("O'Neill", "O'Neill"),
            ("'tis", "'tis"),
            ("", ""),
        ] {
            assert_eq!(guarded(cell), written);
            assert_eq!(unguarded(written), cell);
        }
    }
}
