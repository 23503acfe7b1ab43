//! Turns Markdown into a `Body`: readable HTML with holes for what lies outside the file, the
//! headings with their anchors, and the plain text that search reads. One pass over the events of
//! the parser, one honest `match`.

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{
    Alignment, BlockQuoteKind, CodeBlockKind, CowStr, Event, HeadingLevel, LinkType,
    Options as ParserOptions, Parser, Tag, TagEnd,
};

use crate::base::html::{escape, escape_into};
use crate::base::path::percent_decode;
use crate::base::text::slug;
use crate::base::{Checked, Diagnostics, SourcePath, Span, Table, catalogue};
use crate::source::tree::CONTENT;

use super::body::{Body, CLOSE, Heading, Hole, LinkTarget, OPEN, TextSection};
use super::highlight::highlight;
use super::sanitise;

/// What reading Markdown needs besides the text.
#[derive(Clone, Copy, Debug)]
pub struct Options<'a> {
    /// Whether words that may be acronyms become holes.
    pub marks_acronyms: bool,
    /// The few words that the text itself gets.
    pub words: &'static Words,
    /// Coloured code blocks that were seen before.
    pub highlights: &'a Table<String>,
}

/// Words that appear in rendered Markdown, in the language of the content.
#[derive(Debug)]
pub struct Words {
    callouts: [&'static str; 5],
    notes: &'static str,
    back: &'static str,
    table: &'static str,
    done: &'static str,
    to_do: &'static str,
}

impl Words {
    /// The words for a language code; Italian unless it is English.
    pub fn of(language: &str) -> &'static Self {
        if language.starts_with("en") { &ENGLISH } else { &ITALIAN }
    }
}

static ITALIAN: Words = Words {
    callouts: ["Nota", "Suggerimento", "Importante", "Avviso", "Attenzione"],
    notes: "Note e fonti",
    back: "Torna al testo della nota",
    table: "Tabella",
    done: "fatto",
    to_do: "da fare",
};

static ENGLISH: Words = Words {
    callouts: ["Note", "Tip", "Important", "Warning", "Caution"],
    notes: "Notes and sources",
    back: "Back to the text of note",
    table: "Table",
    done: "done",
    to_do: "to do",
};

/// Schemes that a link may have.
const SCHEMES: [&str; 5] = ["https", "http", "mailto", "tel", "geo"];

/// Renders the part `range` of `text`, the whole text of `file`.
pub fn render(
    file: &SourcePath,
    text: &str,
    range: Range<usize>,
    options: &Options<'_>,
) -> Checked<Body> {
    Writer::new(file, options, Place::Offset(range.start)).write(&text[range])
}

/// Renders a text that stands inside front matter; everything in it is reported at `place`.
pub fn render_inside(
    file: &SourcePath,
    text: &str,
    place: Range<usize>,
    options: &Options<'_>,
) -> Checked<Body> {
    Writer::new(file, options, Place::Fixed(place)).write(text)
}

/// How ranges of the Markdown become ranges of the file.
enum Place {
    Offset(usize),
    Fixed(Range<usize>),
}

struct Writer<'a> {
    file: &'a SourcePath,
    options: &'a Options<'a>,
    place: Place,
    body: Body,
    diagnostics: Diagnostics,
    /// HTML that is put aside while a heading, a footnote or the notes are written.
    aside: Vec<String>,
    /// Places of anchors that were given by hand.
    given_anchors: BTreeMap<String, Span>,
    taken_anchors: BTreeMap<String, usize>,
    /// The plain text of the heading that is open.
    heading_text: Option<String>,
    /// The alternative text of the image that is open.
    image_text: Option<String>,
    footnotes: BTreeMap<String, Footnote>,
    footnote_order: Vec<String>,
    open_footnote: Option<String>,
    table: Option<OpenTable>,
    n_tables: usize,
    n_links: usize,
    has_raw_html: bool,
}

#[derive(Default)]
struct Footnote {
    number: usize,
    n_references: usize,
    html: Option<String>,
}

struct OpenTable {
    alignments: Vec<Alignment>,
    column: usize,
    is_head: bool,
    cell_start: usize,
}

impl<'a> Writer<'a> {
    fn new(file: &'a SourcePath, options: &'a Options<'a>, place: Place) -> Self {
        let body = Body { sections: vec![TextSection::default()], ..Body::default() };
        Self {
            file,
            options,
            place,
            body,
            diagnostics: Diagnostics::new(),
            aside: Vec::new(),
            given_anchors: BTreeMap::new(),
            taken_anchors: BTreeMap::new(),
            heading_text: None,
            image_text: None,
            footnotes: BTreeMap::new(),
            footnote_order: Vec::new(),
            open_footnote: None,
            table: None,
            n_tables: 0,
            n_links: 0,
            has_raw_html: false,
        }
    }

    fn write(mut self, markdown: &str) -> Checked<Body> {
        let features = ParserOptions::ENABLE_TABLES
            | ParserOptions::ENABLE_FOOTNOTES
            | ParserOptions::ENABLE_STRIKETHROUGH
            | ParserOptions::ENABLE_TASKLISTS
            | ParserOptions::ENABLE_SMART_PUNCTUATION
            | ParserOptions::ENABLE_HEADING_ATTRIBUTES
            | ParserOptions::ENABLE_DEFINITION_LIST
            | ParserOptions::ENABLE_GFM;
        // The marks of holes are not characters; who types them all the same gets none.
        let cleaned: String;
        let markdown = if markdown.contains([OPEN, CLOSE]) {
            cleaned = markdown.replace([OPEN, CLOSE], "\u{FFFD}");
            cleaned.as_str()
        } else {
            markdown
        };
        let events: Vec<_> = Parser::new_ext(markdown, features).into_offset_iter().collect();
        let mut at = 0;
        while at < events.len() {
            at = self.event(markdown, &events, at);
        }
        self.write_footnotes();
        if self.has_raw_html {
            self.body.html = sanitise::sanitise(&self.body.html);
            self.body.notes = sanitise::sanitise(&self.body.notes);
        }
        self.body
            .sections
            .retain(|section| !section.title.is_empty() || !section.text.trim().is_empty());
        Checked::new(self.body, self.diagnostics)
    }

    /// Writes the event at `at` and gives the place of the next one.
    fn event(&mut self, markdown: &str, events: &[(Event<'_>, Range<usize>)], at: usize) -> usize {
        let (event, range) = &events[at];
        match event {
            Event::Start(tag) => return self.start(markdown, tag, range, events, at),
            Event::End(tag) => self.end(*tag),
            Event::Text(_) => {
                // Text comes in pieces; words and footnote marks are looked for in the whole run.
                let mut text = String::new();
                let mut next = at;
                while let Some((Event::Text(piece), _)) = events.get(next) {
                    text.push_str(piece);
                    next += 1;
                }
                self.text(&text, range.start..events[next - 1].1.end);
                return next;
            }
            Event::Code(code) => {
                self.plain(code);
                if self.image_text.is_none() {
                    self.html("<code>");
                    self.escaped(code);
                    self.html("</code>");
                }
            }
            Event::Html(html) | Event::InlineHtml(html) => {
                self.has_raw_html = true;
                let span = self.span(range);
                self.diagnostics.extend(sanitise::removed_tags(html, &span));
                self.html(html);
            }
            Event::FootnoteReference(name) => self.footnote_reference(name),
            Event::SoftBreak => {
                self.plain(" ");
                self.html("\n");
            }
            Event::HardBreak => {
                self.plain(" ");
                self.html("<br>\n");
            }
            Event::Rule => self.html("<hr>\n"),
            Event::TaskListMarker(is_done) => {
                let words = self.options.words;
                let (state, label) =
                    if *is_done { (" checked", words.done) } else { ("", words.to_do) };
                self.html(&format!(
                    "<input type=\"checkbox\" disabled aria-label=\"{label}\"{state}> "
                ));
            }
            Event::InlineMath(text) | Event::DisplayMath(text) => self.escaped(text),
        }
        at + 1
    }

    fn start(
        &mut self,
        markdown: &str,
        tag: &Tag<'_>,
        range: &Range<usize>,
        events: &[(Event<'_>, Range<usize>)],
        at: usize,
    ) -> usize {
        match tag {
            Tag::Paragraph => {
                if is_lone_image(events, at) {
                    return self.figure(markdown, events, at);
                }
                self.html("<p>");
            }
            Tag::Heading { id, .. } => {
                if let Some(id) = id {
                    let span = self.span(range);
                    let id = id.to_string();
                    if let Some(first) = self.given_anchors.get(&id) {
                        let first = first.clone();
                        self.diagnostics.push(catalogue::duplicate_anchor(span, &id, first));
                    } else {
                        self.given_anchors.insert(id, span);
                    }
                }
                self.open_aside();
                self.heading_text = Some(String::new());
                return self.heading(markdown, events, at);
            }
            Tag::BlockQuote(None) => self.html("<blockquote>\n"),
            Tag::BlockQuote(Some(kind)) => self.open_callout(*kind),
            Tag::CodeBlock(kind) => return self.code_block(kind, events, at),
            Tag::HtmlBlock => {}
            Tag::List(None) => self.html("<ul>\n"),
            Tag::List(Some(1)) => self.html("<ol>\n"),
            Tag::List(Some(first)) => self.html(&format!("<ol start=\"{first}\">\n")),
            Tag::Item => {
                let mut inside = events[at + 1..].iter().map(|(event, _)| event);
                let first = inside.find(|event| !matches!(event, Event::Start(Tag::Paragraph)));
                let is_task = matches!(first, Some(Event::TaskListMarker(_)));
                self.html(if is_task { "<li class=\"task\">" } else { "<li>" });
            }
            Tag::FootnoteDefinition(name) => {
                self.open_footnote = Some(name.to_string());
                self.open_aside();
            }
            Tag::DefinitionList => self.html("<dl>\n"),
            Tag::DefinitionListTitle => self.html("<dt>"),
            Tag::DefinitionListDefinition => self.html("<dd>"),
            Tag::Table(alignments) => self.open_table(alignments),
            Tag::TableHead => self.html("<thead>\n<tr>"),
            Tag::TableRow => {
                if let Some(table) = &mut self.table {
                    table.column = 0;
                }
                self.html("<tr>");
            }
            Tag::TableCell => {
                let start = self.body.html.len();
                if let Some(table) = &mut self.table {
                    table.cell_start = start;
                }
            }
            Tag::Emphasis => self.html("<em>"),
            Tag::Strong => self.html("<strong>"),
            Tag::Strikethrough => self.html("<del>"),
            Tag::Superscript => self.html("<sup>"),
            Tag::Subscript => self.html("<sub>"),
            Tag::Link { link_type, dest_url, title, .. } => {
                self.open_link(markdown, *link_type, dest_url, title, range);
            }
            Tag::Image { .. } => return self.image(markdown, events, at),
            Tag::MetadataBlock(_) => return skip(events, at),
        }
        at + 1
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => {
                self.plain("\n");
                self.html("</p>\n");
            }
            TagEnd::BlockQuote(None) => self.html("</blockquote>\n"),
            TagEnd::BlockQuote(Some(_)) => self.html("</div>\n"),
            TagEnd::List(false) => self.html("</ul>\n"),
            TagEnd::List(true) => self.html("</ol>\n"),
            TagEnd::Item => {
                self.plain("\n");
                self.html("</li>\n");
            }
            TagEnd::FootnoteDefinition => {
                let html = self.close_aside();
                if let Some(name) = self.open_footnote.take() {
                    self.footnotes.entry(name).or_default().html = Some(html);
                }
            }
            TagEnd::DefinitionList => self.html("</dl>\n"),
            TagEnd::DefinitionListTitle => {
                self.plain("\n");
                self.html("</dt>\n");
            }
            TagEnd::DefinitionListDefinition => {
                self.plain("\n");
                self.html("</dd>\n");
            }
            TagEnd::Table => {
                self.table = None;
                self.html("</tbody>\n</table></section>\n");
            }
            TagEnd::TableHead => {
                if let Some(table) = &mut self.table {
                    table.is_head = false;
                }
                self.plain("\n");
                self.html("</tr>\n</thead>\n<tbody>\n");
            }
            TagEnd::TableRow => {
                self.plain("\n");
                self.html("</tr>\n");
            }
            TagEnd::TableCell => self.close_cell(),
            TagEnd::Emphasis => self.html("</em>"),
            TagEnd::Strong => self.html("</strong>"),
            TagEnd::Strikethrough => self.html("</del>"),
            TagEnd::Superscript => self.html("</sup>"),
            TagEnd::Subscript => self.html("</sub>"),
            TagEnd::Link => {
                self.n_links -= 1;
                self.html("</a>");
            }
            // These are written whole when they start.
            TagEnd::Heading(_)
            | TagEnd::CodeBlock
            | TagEnd::HtmlBlock
            | TagEnd::Image
            | TagEnd::MetadataBlock(_) => {}
        }
    }

    fn heading(
        &mut self,
        markdown: &str,
        events: &[(Event<'_>, Range<usize>)],
        start: usize,
    ) -> usize {
        let (Event::Start(Tag::Heading { level, id, .. }), _) = &events[start] else {
            return start + 1;
        };
        let mut at = start + 1;
        while !matches!(events[at].0, Event::End(TagEnd::Heading(_))) {
            at = self.event(markdown, events, at);
        }
        let html = self.close_aside();
        let title = self.heading_text.take().unwrap_or_default().trim().to_owned();
        // The first heading of first level at the very top is the page's title, not a section.
        let is_title = *level == HeadingLevel::H1 && start == 0;
        if is_title && self.aside.is_empty() {
            self.body.title = Some(title);
            return at + 1;
        }
        let level = (*level as u8).max(2);
        let id = self.anchor(id.as_deref(), &title);
        self.html(&format!("<h{level} id=\"{}\">{html}</h{level}>\n", escape(&id)));
        self.body.sections.push(TextSection {
            anchor: id.clone(),
            title: title.clone(),
            text: String::new(),
        });
        self.body.headings.push(Heading { level, id, title });
        at + 1
    }

    /// An anchor that no other heading of the page has.
    fn anchor(&mut self, given: Option<&str>, title: &str) -> String {
        let wanted = given.map_or_else(|| slug(title), str::to_owned);
        let wanted = if wanted.is_empty() { "sezione".to_owned() } else { wanted };
        loop {
            let n = self.taken_anchors.entry(wanted.clone()).or_insert(0);
            *n += 1;
            if *n == 1 {
                return wanted;
            }
            let numbered = format!("{wanted}-{n}");
            if !self.taken_anchors.contains_key(&numbered) {
                self.taken_anchors.insert(numbered.clone(), 1);
                return numbered;
            }
        }
    }

    fn open_callout(&mut self, kind: BlockQuoteKind) {
        let (class, index) = match kind {
            BlockQuoteKind::Note => ("note", 0),
            BlockQuoteKind::Tip => ("tip", 1),
            BlockQuoteKind::Important => ("important", 2),
            BlockQuoteKind::Warning => ("warning", 3),
            BlockQuoteKind::Caution => ("caution", 4),
        };
        let title = self.options.words.callouts[index];
        self.html(&format!(
            "<div class=\"callout callout-{class}\">\n<p class=\"callout-title\">{title}</p>\n"
        ));
    }

    fn code_block(
        &mut self,
        kind: &CodeBlockKind<'_>,
        events: &[(Event<'_>, Range<usize>)],
        start: usize,
    ) -> usize {
        let mut code = String::new();
        let mut at = start + 1;
        while let Some((Event::Text(text), _)) = events.get(at) {
            code.push_str(text);
            at += 1;
        }
        let language = match kind {
            CodeBlockKind::Fenced(info) => info.split([' ', ',', '{']).next().unwrap_or(""),
            CodeBlockKind::Indented => "",
        };
        self.plain(&code);
        self.plain("\n");
        let html = highlight(&code, language, self.options.highlights);
        let class = match language {
            "" => String::new(),
            language => format!(" class=\"language-{}\"", escape(language)),
        };
        self.html(&format!(
            "<pre class=\"code\" tabindex=\"0\"><code{class}>{html}</code></pre>\n"
        ));
        at + 1
    }

    fn open_table(&mut self, alignments: &[Alignment]) {
        self.n_tables += 1;
        let heading = self
            .body
            .headings
            .last()
            .map_or(String::new(), |heading| format!(": {}", escape(&heading.title)));
        let label = format!("{} {}{heading}", self.options.words.table, self.n_tables);
        self.html(&format!(
            "<section class=\"table-scroll\" tabindex=\"0\" aria-label=\"{label}\"><table>\n"
        ));
        let alignments = alignments.to_vec();
        self.table = Some(OpenTable { alignments, column: 0, is_head: true, cell_start: 0 });
    }

    fn close_cell(&mut self) {
        self.plain(" ");
        let Some(table) = &mut self.table else { return };
        let content = self.body.html.split_off(table.cell_start);
        let class = match table.alignments.get(table.column) {
            Some(Alignment::Right) => " class=\"align-right\"",
            Some(Alignment::Center) => " class=\"align-center\"",
            _ => "",
        };
        table.column += 1;
        // An empty header cell heads nothing: assistive technology expects a plain cell there.
        let (tag, scope) = if table.is_head && !content.trim().is_empty() {
            ("th", " scope=\"col\"")
        } else {
            ("td", "")
        };
        self.html(&format!("<{tag}{scope}{class}>{content}</{tag}>"));
    }

    fn open_link(
        &mut self,
        markdown: &str,
        link_type: LinkType,
        written: &CowStr<'_>,
        title: &CowStr<'_>,
        range: &Range<usize>,
    ) {
        self.n_links += 1;
        let written = match link_type {
            LinkType::Email => format!("mailto:{written}"),
            _ => written.to_string(),
        };
        let span = self.span_of_destination(markdown, &written, range);
        self.html("<a href=\"");
        let is_external = self.destination(&written, span, false);
        self.html("\"");
        if !title.is_empty() {
            self.html(&format!(" title=\"{}\"", escape(title)));
        }
        self.html(if is_external { " rel=\"external\">" } else { ">" });
    }

    fn image(
        &mut self,
        markdown: &str,
        events: &[(Event<'_>, Range<usize>)],
        start: usize,
    ) -> usize {
        let (Event::Start(Tag::Image { dest_url, .. }), range) = &events[start] else {
            return start + 1;
        };
        self.image_text = Some(String::new());
        let mut at = start + 1;
        while !matches!(events[at].0, Event::End(TagEnd::Image)) {
            at = self.event(markdown, events, at);
        }
        let alternative = self.image_text.take().unwrap_or_default();
        let span = self.span_of_destination(markdown, dest_url, range);
        self.html("<img src=\"");
        self.destination(dest_url, span, true);
        self.html(&format!("\" alt=\"{}\" loading=\"lazy\">", escape(alternative.trim())));
        at + 1
    }

    /// A paragraph that is one image with a title: the title becomes the caption.
    fn figure(
        &mut self,
        markdown: &str,
        events: &[(Event<'_>, Range<usize>)],
        start: usize,
    ) -> usize {
        let Event::Start(Tag::Image { title, .. }) = &events[start + 1].0 else { return start + 1 };
        self.html("<figure>");
        let end = self.image(markdown, events, start + 1);
        self.html(&format!("<figcaption>{}</figcaption></figure>\n", escape(title)));
        self.plain(title);
        self.plain("\n");
        end + 1
    }

    /// Writes the address of a link or image, or a hole for it. Says whether it leaves the site.
    fn destination(&mut self, written: &str, span: Span, is_image: bool) -> bool {
        if let Some(scheme) = scheme(written) {
            if !SCHEMES.contains(&scheme.to_ascii_lowercase().as_str()) {
                self.diagnostics.push(catalogue::unsafe_link(span, scheme));
            }
            self.escaped(written);
            return matches!(scheme, "http" | "https");
        }
        let (path, anchor) = written.split_once('#').unwrap_or((written, ""));
        let path = percent_decode(path.split('?').next().unwrap_or(path));
        let anchor = (!anchor.is_empty()).then(|| percent_decode(anchor));
        let target = if path.is_empty() {
            LinkTarget::Here(anchor.unwrap_or_default())
        } else {
            let Some(path) = self.file.resolve(&path, CONTENT).filter(|_| !path.starts_with("//"))
            else {
                self.diagnostics.push(catalogue::link_outside(span, written));
                return false;
            };
            match path.extension() {
                "md" if !is_image => LinkTarget::Page(path, anchor),
                // A path without an ending can only have been meant for a page.
                "" if !is_image => LinkTarget::Page(path, anchor),
                _ => LinkTarget::File { path, is_image },
            }
        };
        self.hole(Hole::Link { target, written: written.to_owned(), span });
        false
    }

    fn footnote_reference(&mut self, name: &str) {
        let number = self.footnote_order.len() + 1;
        let footnote = self.footnotes.entry(name.to_owned()).or_default();
        if footnote.number == 0 {
            footnote.number = number;
            self.footnote_order.push(name.to_owned());
        }
        footnote.n_references += 1;
        let number = footnote.number;
        let id = back_reference(number, footnote.n_references);
        self.html(&format!(
            "<sup class=\"footnote-reference\"><a id=\"{id}\" href=\"#nota-{number}\">{number}</a></sup>"
        ));
    }

    fn write_footnotes(&mut self) {
        let words = self.options.words;
        let order = std::mem::take(&mut self.footnote_order);
        if order.is_empty() {
            return;
        }
        self.open_aside();
        self.html(&format!(
            "<section class=\"footnotes\" aria-labelledby=\"note\">\n<h2 id=\"note\">{}</h2>\n<ol>\n",
            words.notes
        ));
        for name in order {
            let footnote = self.footnotes.remove(&name).unwrap_or_default();
            let number = footnote.number;
            let mut html = footnote.html.unwrap_or_default();
            let mut back = String::new();
            for reference in 1..=footnote.n_references {
                let id = back_reference(number, reference);
                back.push_str(&format!(
                    " <a class=\"footnote-back\" href=\"#{id}\" aria-label=\"{} {number}{}\">↩</a>",
                    words.back,
                    if reference > 1 { format!(" ({reference})") } else { String::new() },
                ));
            }
            let end = html.strip_suffix("</p>\n").map_or(html.len(), str::len);
            html.insert_str(end, &back);
            self.html(&format!("<li id=\"nota-{number}\">{}</li>\n", html.trim_end()));
            self.body.anchors.push(format!("nota-{number}"));
        }
        self.html("</ol>\n</section>\n");
        self.body.notes = self.close_aside();
        self.body.anchors.push("note".to_owned());
    }

    /// A run of text: goes into the HTML, the plain text, and the heading or image that is open.
    fn text(&mut self, text: &str, range: Range<usize>) {
        self.report_missing_footnotes(text, &range);
        self.plain(text);
        if self.image_text.is_some() {
            return;
        }
        let marks_acronyms =
            self.options.marks_acronyms && self.heading_text.is_none() && self.n_links == 0;
        if !marks_acronyms {
            return self.escaped(text);
        }
        let mut copied = 0;
        for word in words(text).filter(|word| may_be_acronym(&text[word.clone()])) {
            self.escaped(&text[copied..word.start]);
            self.hole(Hole::Acronym(text[word.clone()].to_owned()));
            copied = word.end;
        }
        self.escaped(&text[copied..]);
    }

    fn report_missing_footnotes(&mut self, text: &str, range: &Range<usize>) {
        for (at, _) in text.match_indices("[^") {
            let rest = &text[at + 2..];
            let Some(name) = rest.find(']').map(|end| &rest[..end]) else { continue };
            if !name.is_empty() && !name.contains(char::is_whitespace) {
                // Smart punctuation may have changed lengths before it, so the run is the place.
                let start = (range.start + at).min(range.end);
                let end = (start + name.len() + 3).min(range.end);
                let span = self.span(&(start..end));
                self.diagnostics.push(catalogue::missing_footnote(span, name));
            }
        }
    }

    /// Adds to what search reads; footnotes are sources, not content.
    fn plain(&mut self, text: &str) {
        if let Some(image) = &mut self.image_text {
            image.push_str(text);
        }
        if let Some(heading) = &mut self.heading_text {
            heading.push_str(text);
        } else if self.open_footnote.is_none()
            && let Some(section) = self.body.sections.last_mut()
        {
            section.text.push_str(text);
        }
    }

    fn html(&mut self, html: &str) {
        self.body.html.push_str(html);
    }

    fn escaped(&mut self, text: &str) {
        escape_into(text, &mut self.body.html);
    }

    fn hole(&mut self, hole: Hole) {
        self.html(&format!("{OPEN}{}{CLOSE}", self.body.holes.len()));
        self.body.holes.push(hole);
    }

    fn open_aside(&mut self) {
        self.aside.push(std::mem::take(&mut self.body.html));
    }

    fn close_aside(&mut self) -> String {
        let before = self.aside.pop().unwrap_or_default();
        std::mem::replace(&mut self.body.html, before)
    }

    fn span(&self, range: &Range<usize>) -> Span {
        match &self.place {
            Place::Offset(offset) => Span::new(self.file, range.start + offset..range.end + offset),
            Place::Fixed(place) => Span::new(self.file, place.clone()),
        }
    }

    /// Where the destination of the link at `range` is written.
    fn span_of_destination(&self, markdown: &str, written: &str, range: &Range<usize>) -> Span {
        let link = &markdown[range.clone()];
        let found = link.rfind(written).map(|at| range.start + at);
        self.span(&found.map_or(range.clone(), |start| start..start + written.len()))
    }
}

fn back_reference(number: usize, reference: usize) -> String {
    if reference == 1 { format!("rif-{number}") } else { format!("rif-{number}-{reference}") }
}

/// The scheme of an address, if it has one.
fn scheme(address: &str) -> Option<&str> {
    let (scheme, _) = address.split_once(':')?;
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "+.-".contains(letter);
    (scheme.starts_with(|letter: char| letter.is_ascii_alphabetic()) && scheme.chars().all(plain))
        .then_some(scheme)
}

/// Whether the paragraph that starts at `at` holds nothing but an image with a title.
fn is_lone_image(events: &[(Event<'_>, Range<usize>)], at: usize) -> bool {
    let has_title = matches!(
        events.get(at + 1),
        Some((Event::Start(Tag::Image { title, .. }), _)) if !title.is_empty()
    );
    has_title
        && events[at + 2..]
            .iter()
            .position(|(event, _)| matches!(event, Event::End(TagEnd::Image)))
            .and_then(|end| events.get(at + 2 + end + 1))
            .is_some_and(|(event, _)| matches!(event, Event::End(TagEnd::Paragraph)))
}

/// The event after the block that starts at `at`.
fn skip(events: &[(Event<'_>, Range<usize>)], at: usize) -> usize {
    let mut depth = 0;
    for (next, (event, _)) in events.iter().enumerate().skip(at) {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return next + 1;
        }
    }
    events.len()
}

/// The words of `text`: runs of letters and digits.
fn words(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(char::is_alphanumeric)?;
        let rest = &text[start..];
        let end = start + rest.find(|letter: char| !letter.is_alphanumeric()).unwrap_or(rest.len());
        at = end;
        Some(start..end)
    })
}

/// Whether a word is written like an acronym: at least two capital letters, as `SUA` or `AgID`.
fn may_be_acronym(word: &str) -> bool {
    word.chars().filter(|letter| letter.is_uppercase()).count() >= 2
}
