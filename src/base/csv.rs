//! Tables as text, in the form of RFC 4180, which spreadsheets read.

/// Adds one line with `values`; those that hold a sign of the form are put into quotes.
pub fn push_line<'a>(csv: &mut String, values: impl Iterator<Item = &'a str>) {
    for (place, value) in values.enumerate() {
        if place > 0 {
            csv.push(',');
        }
        if value.contains([',', '"', '\n', '\r']) {
            csv.push('"');
            csv.push_str(&value.replace('"', "\"\""));
            csv.push('"');
        } else {
            csv.push_str(value);
        }
    }
    csv.push_str("\r\n");
}
