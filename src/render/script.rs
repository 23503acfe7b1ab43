//! A script of the theme as readers get it: without the comments and blanks that are there for those
//! who read its source. Names stay, and the end of a line where it can be the end of a statement. A
//! script that is not understood to its end is published as it was written.

use std::borrow::Cow;

/// `source` without comments, indentation and blanks beside signs. Comments for those who read what
/// is published stay: `/*!` and `//#`.
pub fn published(source: &str) -> Cow<'_, str> {
    shortened(source).map_or(Cow::Borrowed(source), Cow::Owned)
}

/// Signs that need no blank beside them. Others may grow together: `+ +`, `/ /`, `< !`.
const SEPARATORS: [char; 15] =
    ['=', '(', ')', '{', '}', '[', ']', ',', ';', ':', '?', '>', '&', '|', '*'];

/// What stands for a text, a template or a regular expression that was read: like a name, it is not
/// followed by a value.
const VALUE: &str = "value";

fn shortened(source: &str) -> Option<String> {
    let mut script = Script { rest: source.trim_start(), ..Script::default() };
    while let Some(first) = script.rest.chars().next() {
        match first {
            '\n' => {
                script.end_line();
                script.rest = script.rest.trim_start();
            }
            '"' | '\'' => script.copy_string(first)?,
            '`' => script.copy_template()?,
            '}' if script.braces.last() == Some(&0) => {
                script.braces.pop();
                script.copy_template()?;
            }
            '/' if script.rest.starts_with("//") || script.rest.starts_with("/*") => {
                script.pass_comment()?;
            }
            '/' if script.expects_value() => script.copy_regular_expression()?,
            '/' if script.may_expect_value() => return None,
            ' ' if script.is_needless_blank() => script.rest = &script.rest[1..],
            _ => script.copy_token(first),
        }
    }
    script.braces.is_empty().then_some(script.written)
}

/// A script of which a part is read and written.
#[derive(Default)]
struct Script<'a> {
    rest: &'a str,
    written: String,
    /// The last word or sign of the code.
    last: &'a str,
    /// For each `${` of a template that is open, how many braces are open inside it.
    braces: Vec<usize>,
}

impl<'a> Script<'a> {
    fn copy(&mut self, n_bytes: usize) -> &'a str {
        let (copied, rest) = self.rest.split_at(n_bytes);
        self.written.push_str(copied);
        self.rest = rest;
        copied
    }

    /// The end of a line stays, unless nothing of the line did, or a sign goes on where it stops.
    fn end_line(&mut self) {
        let goes_on =
            matches!(self.last, ";" | "," | "{" | "(" | "[") && self.written.ends_with(self.last);
        if !goes_on && !self.written.is_empty() && !self.written.ends_with('\n') {
            self.written.push('\n');
        }
    }

    /// Leaves a comment out. It may have separated two words, or ended a line.
    fn pass_comment(&mut self) -> Option<()> {
        let is_of_one_line = self.rest.starts_with("//");
        let end = match is_of_one_line {
            true => self.rest.find('\n').unwrap_or(self.rest.len()),
            false => self.rest.find("*/")? + 2,
        };
        if self.rest.starts_with("/*!") || self.rest.starts_with("//#") {
            self.copy(end);
            self.last = VALUE;
            return Some(());
        }
        let (comment, rest) = self.rest.split_at(end);
        self.rest = rest;
        if comment.contains('\n') {
            self.end_line();
        } else if !is_of_one_line && !self.last.ends_with(SEPARATORS) {
            self.written.push(' ');
        }
        Some(())
    }

    /// Whether a blank here separates nothing: it is beside a separator, or between a word and a sign.
    /// Two words or two signs may become one, and so may a number and a dot.
    fn is_needless_blank(&self) -> bool {
        let after = self.rest[1..].chars().next();
        let is_beside_separator =
            self.last.ends_with(SEPARATORS) || after.is_some_and(|sign| SEPARATORS.contains(&sign));
        let is_between =
            self.last.ends_with(in_word) != after.is_some_and(in_word) && after != Some('.');
        is_beside_separator || is_between
    }

    fn copy_token(&mut self, first: char) {
        let length = match in_word(first) {
            true => self.rest.find(|letter: char| !in_word(letter)).unwrap_or(self.rest.len()),
            false => first.len_utf8(),
        };
        let token = self.copy(length);
        if !first.is_whitespace() {
            self.last = token;
        }
        match (first, self.braces.last_mut()) {
            ('{', Some(open)) => *open += 1,
            ('}', Some(open)) => *open -= 1,
            _ => {}
        }
    }

    /// Whether a `/` here begins a regular expression: after a value it divides.
    fn expects_value(&self) -> bool {
        const BEFORE_VALUES: [&str; 14] = [
            "await",
            "case",
            "delete",
            "do",
            "else",
            "in",
            "instanceof",
            "new",
            "of",
            "return",
            "throw",
            "typeof",
            "void",
            "yield",
        ];
        match self.last.starts_with(in_word) {
            true => BEFORE_VALUES.contains(&self.last),
            false => !matches!(self.last, ")" | "]" | "}"),
        }
    }

    /// Whether a `/` here may begin a regular expression after all: behind `if (…)` or a block one
    /// does, and ends on its line. Only a parser could tell.
    fn may_expect_value(&self) -> bool {
        let line = self.rest.lines().next().unwrap_or_default();
        matches!(self.last, ")" | "}") && line[1..].contains('/')
    }

    fn copy_string(&mut self, quote: char) -> Option<()> {
        let end = end_of(&self.rest[1..], |text| text.starts_with(quote), "\n")?;
        self.copy(1 + end + 1);
        self.last = VALUE;
        Some(())
    }

    /// From the sign that begins a template, or the brace that ends a value in it, to the next value
    /// or the end of the template.
    fn copy_template(&mut self) -> Option<()> {
        let is_end = |text: &str| text.starts_with('`') || text.starts_with("${");
        let end = 1 + end_of(&self.rest[1..], is_end, "")?;
        if self.rest[end..].starts_with('`') {
            self.copy(end + 1);
            self.last = VALUE;
        } else {
            self.copy(end + 2);
            self.last = "{";
            self.braces.push(0);
        }
        Some(())
    }

    fn copy_regular_expression(&mut self) -> Option<()> {
        let mut in_class = false;
        let is_end = |text: &str| {
            in_class = text.starts_with('[') || in_class && !text.starts_with(']');
            text.starts_with('/') && !in_class
        };
        let end = end_of(&self.rest[1..], is_end, "\n")?;
        self.copy(1 + end + 1);
        self.last = VALUE;
        Some(())
    }
}

fn in_word(letter: char) -> bool {
    letter.is_alphanumeric() || matches!(letter, '_' | '$')
}

/// Where `is_end` is true of the rest of the text, escaped characters left out; nothing when the
/// text ends before, or comes to `barrier`.
fn end_of(text: &str, mut is_end: impl FnMut(&str) -> bool, barrier: &str) -> Option<usize> {
    let mut places = text.char_indices();
    while let Some((at, letter)) = places.next() {
        if is_end(&text[at..]) {
            return Some(at);
        }
        if barrier.contains(letter) {
            return None;
        }
        if letter == '\\' {
            places.next();
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_go_with_blank_lines_and_indentation() {
        let source = "// One.\n/**\n * Two.\n */\nf() // three\n\n  /* four */ g()\n\t/* five */\n";
        assert_eq!(published(source), "f()\ng()\n");
        let source = "a = /** @type {B} */ (b);\nreturn/* c */d\ne /*\n*/ f\n";
        assert_eq!(published(source), "a=(b);return d\ne\n f\n");
    }

    #[test]
    fn lines_end_where_a_statement_may_end() {
        let source = "f(\n  a,\n  [\n    b\n  ]\n)\nlet c = {\n  d: 1,\n};\nc++\n++d\n";
        assert_eq!(published(source), "f(a,[b\n]\n)\nlet c={d:1,};c++\n++d\n");
    }

    #[test]
    fn blanks_go_where_a_sign_separates_what_is_beside_them() {
        let source =
            "const f = (a, b) => ({ c: a ? 1 : b });\nif (a < !--b && a / 2) return 'c' + d;\n";
        let expected = "const f=(a,b)=>({c:a?1:b});if(a< !--b&&a/2)return'c'+d;";
        assert_eq!(published(source), expected);
        let source = "a - -b; a + +b; 1 .toString(); typeof /a b/ in c; `a ${ b } c = d`;\n";
        let expected = "a- -b;a+ +b;1 .toString();typeof/a b/ in c;`a ${b} c = d`;";
        assert_eq!(published(source), expected);
    }

    #[test]
    fn comments_for_readers_of_what_is_published_stay() {
        let source = "  /*! Licence; */\nf();\n//# sourceURL=a;\ng\n";
        assert_eq!(published(source), "/*! Licence; */\nf();//# sourceURL=a;\ng\n");
    }

    #[test]
    fn what_looks_like_a_comment_in_a_text_stays() {
        for source in [
            "a=`\n  // kept ${b?`\n  // and this`:{c}}\n  /* too */\n`;",
            "a='/*';b=\"//  x\";c='\\'//';",
            "a=/[/*`'\"]\\//+2;b=c/d/`\n  // kept\n`;",
            "return/`/.test(a)?`\n // kept`:`${b}`;",
        ] {
            assert_eq!(published(source), source);
        }
    }

    #[test]
    fn the_scripts_of_the_default_theme_are_understood() {
        for source in [
            include_str!("../../themes/casa/static/casa.js"),
            include_str!("../../themes/casa/static/ricerca.js"),
            include_str!("../../themes/casa/static/tema.js"),
        ] {
            assert!(published(source).len() < source.len() * 4 / 5);
        }
    }

    #[test]
    fn a_script_that_is_not_understood_is_published_as_it_is() {
        for source in [
            "  // a\nb = 'open\n",
            "  // a\nb = `open\n",
            "/* open\n",
            "  x = /open\n",
            "if (a) /b  c/.test(d);",
            "function e() {} /b  c/.test(d);",
        ] {
            assert_eq!(published(source), source);
        }
    }
}
