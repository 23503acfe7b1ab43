//! Turns Markdown into a `Body`: readable HTML with holes for what lies outside the file, the
//! headings with their anchors, and the plain text that search reads. One pass over the events of
//! the parser, one honest `match` for what starts and one for what ends.

mod footnotes;
mod former;
mod words;
mod writer;

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{
    Alignment, BlockQuoteKind, CodeBlockKind, Event, HeadingLevel, LinkType,
    Options as ParserOptions, Parser, Tag, TagEnd,
};

use crate::base::html::escape;
use crate::base::{Checked, SourcePath, Span, Table, catalogue};

use super::body::{Body, CLOSE, Link, OPEN, missing_anchor};
use super::figure;
use super::highlight::highlight;
use super::language::{self, Element, Judge, Mark};
use super::sanitise;
use footnotes::Footnotes;
use former::FormerAnchors;
pub use words::Words;
use writer::{LinkHere, Place, Writer};

/// Prose has about one event of the parser in so many bytes.
const BYTES_PER_EVENT: usize = 24;

/// What reading Markdown needs besides the text.
#[derive(Clone, Copy, Debug)]
pub struct Options<'a> {
    /// Whether references to acts of law become holes.
    pub marks_citations: bool,
    /// The few words that the text itself gets.
    pub words: &'static Words,
    /// Coloured code blocks that were seen before.
    pub highlights: &'a Table<String>,
    /// By what the language of the text is judged; nothing when nobody asks.
    pub judge: Option<Judge<'a>>,
}

/// Renders the part `range` of `text`, the whole text of `file`. Its links are added to `links`.
pub fn render(
    file: &SourcePath,
    text: &str,
    range: Range<usize>,
    options: &Options<'_>,
    links: &mut Vec<Link>,
) -> Checked<Body> {
    let place = Place::Offset(range.start);
    let writer = Writer::new(file, place, options, links.len());
    let source = Some(Source { file, text, offset: range.start });
    read(writer, &text[range], source, options, links)
}

/// Renders a text that stands inside front matter; everything in it is reported at `place`.
pub fn render_inside(
    file: &SourcePath,
    text: &str,
    place: Range<usize>,
    options: &Options<'_>,
    links: &mut Vec<Link>,
) -> Checked<Body> {
    let place = Place::Fixed(place);
    let writer = Writer::new(file, place, options, links.len());
    read(writer, text, None, options, links)
}

/// Where a text stands in its file: what YAML inside it needs to tell its places.
#[derive(Clone, Copy)]
struct Source<'a> {
    file: &'a SourcePath,
    text: &'a str,
    offset: usize,
}

fn read(
    mut writer: Writer<'_>,
    markdown: &str,
    source: Option<Source<'_>>,
    options: &Options<'_>,
    links: &mut Vec<Link>,
) -> Checked<Body> {
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
    // Most texts become a little longer; growing step by step would copy them several times.
    writer.body.html.reserve(markdown.len() + markdown.len() / 4);
    let mut events = Vec::with_capacity(markdown.len() / BYTES_PER_EVENT);
    events.extend(Parser::new_ext(markdown, features).into_offset_iter());
    let mut reader = Reader {
        markdown,
        source,
        events: &events,
        options,
        writer,
        footnotes: Footnotes::default(),
        open_footnote: None,
        given_anchors: BTreeMap::new(),
        former_anchors: FormerAnchors::default(),
        table: None,
        n_tables: 0,
        has_raw_html: false,
    };
    let mut at = 0;
    while at < events.len() {
        at = reader.event(at);
    }
    if let Some(judge) = &options.judge {
        reader.review(judge);
    }
    reader.finish(links)
}

/// What an event of the parser is to who judges the language of a text.
fn mark<'a>(event: &'a Event<'a>) -> Mark<'a> {
    match event {
        Event::Text(text) => Mark::Text(text),
        Event::Code(code) => Mark::Code(code),
        Event::Html(html) | Event::InlineHtml(html) => Mark::Html(html),
        Event::SoftBreak | Event::HardBreak => Mark::Break,
        Event::Start(tag) => Mark::Start(element(tag.to_end())),
        Event::End(tag) => Mark::End(element(*tag)),
        _ => Mark::Silent,
    }
}

fn element(tag: TagEnd) -> Element {
    match tag {
        TagEnd::BlockQuote(None) => Element::Quote,
        TagEnd::CodeBlock => Element::Code,
        TagEnd::Heading(level) => Element::Heading(level as u8),
        TagEnd::FootnoteDefinition => Element::Note,
        TagEnd::TableHead => Element::TableHead,
        TagEnd::TableCell => Element::Cell,
        TagEnd::Link => Element::Link,
        TagEnd::Image => Element::Image,
        TagEnd::Emphasis
        | TagEnd::Strong
        | TagEnd::Strikethrough
        | TagEnd::Superscript
        | TagEnd::Subscript => Element::Inline,
        _ => Element::Block,
    }
}

/// Walks over the events of one text. Each step gives the place of the next event.
struct Reader<'a> {
    markdown: &'a str,
    /// Nothing inside front matter, where figures are not drawn.
    source: Option<Source<'a>>,
    events: &'a [(Event<'a>, Range<usize>)],
    options: &'a Options<'a>,
    writer: Writer<'a>,
    footnotes: Footnotes,
    open_footnote: Option<String>,
    /// Places of anchors that were given by hand.
    given_anchors: BTreeMap<String, Span>,
    former_anchors: FormerAnchors,
    table: Option<OpenTable>,
    n_tables: usize,
    has_raw_html: bool,
}

struct OpenTable {
    alignments: Vec<Alignment>,
    column: usize,
    is_head: bool,
    cell_start: usize,
}

impl<'a> Reader<'a> {
    fn event(&mut self, at: usize) -> usize {
        let (event, range) = &self.events[at];
        match event {
            Event::Start(tag) => return self.start(tag, range, at),
            Event::End(tag) => self.end(*tag),
            Event::Text(_) => return self.text(at),
            Event::Code(code) => {
                self.writer.plain(code);
                if !self.writer.is_in_image() {
                    self.writer.html("<code>");
                    self.writer.escaped(code);
                    self.writer.html("</code>");
                }
            }
            Event::Html(html) | Event::InlineHtml(html) => {
                self.has_raw_html = true;
                let span = self.writer.span(range);
                self.writer.diagnostics.extend(sanitise::removed_tags(html, &span));
                if matches!(event, Event::InlineHtml(_)) {
                    self.writer.note_raw_link(html);
                }
                self.writer.html(html);
            }
            Event::FootnoteReference(name) => {
                let html = self.footnotes.refer(name);
                self.writer.html(&html);
            }
            Event::SoftBreak => {
                self.writer.plain(" ");
                self.writer.html("\n");
            }
            Event::HardBreak => {
                self.writer.plain(" ");
                self.writer.html("<br>\n");
            }
            Event::Rule => self.writer.html("<hr>\n"),
            Event::TaskListMarker(is_done) => {
                let words = self.options.words;
                let (state, label) =
                    if *is_done { (" checked", words.done) } else { ("", words.to_do) };
                self.writer.html(&format!(
                    "<input type=\"checkbox\" disabled aria-label=\"{label}\"{state}> "
                ));
            }
            Event::InlineMath(text) | Event::DisplayMath(text) => self.writer.escaped(text),
        }
        at + 1
    }

    fn start(&mut self, tag: &'a Tag<'a>, range: &Range<usize>, at: usize) -> usize {
        match tag {
            Tag::Paragraph => {
                if self.is_lone_image(at) {
                    return self.figure(at);
                }
                self.writer.html("<p>");
            }
            Tag::Heading { .. } => return self.heading(at),
            Tag::BlockQuote(None) => self.writer.html("<blockquote>\n"),
            Tag::BlockQuote(Some(kind)) => self.open_callout(*kind),
            Tag::CodeBlock(kind) => return self.code_block(kind, at),
            Tag::HtmlBlock => {}
            Tag::List(None) => self.writer.html("<ul>\n"),
            Tag::List(Some(1)) => self.writer.html("<ol>\n"),
            Tag::List(Some(first)) => self.writer.html(&format!("<ol start=\"{first}\">\n")),
            Tag::Item => {
                let is_task = self.is_task(at);
                self.writer.html(if is_task { "<li class=\"task\">" } else { "<li>" });
            }
            Tag::FootnoteDefinition(name) => {
                self.open_footnote = Some(name.to_string());
                self.writer.is_footnote = true;
                self.writer.open_aside();
            }
            Tag::DefinitionList => self.writer.html("<dl>\n"),
            Tag::DefinitionListTitle => self.writer.html("<dt>"),
            Tag::DefinitionListDefinition => self.writer.html("<dd>"),
            Tag::Table(alignments) => self.open_table(alignments),
            Tag::TableHead => self.writer.html("<thead>\n<tr>"),
            Tag::TableRow => {
                if let Some(table) = &mut self.table {
                    table.column = 0;
                }
                self.writer.html("<tr>");
            }
            Tag::TableCell => {
                if let Some(table) = &mut self.table {
                    table.cell_start = self.writer.body.html.len();
                }
            }
            Tag::Emphasis => self.writer.html("<em>"),
            Tag::Strong => self.writer.html("<strong>"),
            Tag::Strikethrough => self.writer.html("<del>"),
            Tag::Superscript => self.writer.html("<sup>"),
            Tag::Subscript => self.writer.html("<sub>"),
            Tag::Link { link_type, dest_url, title, .. } => {
                self.open_link(*link_type, dest_url, title, range);
            }
            Tag::Image { .. } => return self.image(at),
            // Front matter was taken off before; a second one is not asked for.
            Tag::MetadataBlock(_) => {}
        }
        at + 1
    }

    fn end(&mut self, tag: TagEnd) {
        let (plain, html) = match tag {
            TagEnd::Paragraph => ("\n", "</p>\n"),
            TagEnd::BlockQuote(None) => ("", "</blockquote>\n"),
            TagEnd::BlockQuote(Some(_)) => ("", "</div>\n"),
            TagEnd::List(false) => ("", "</ul>\n"),
            TagEnd::List(true) => ("", "</ol>\n"),
            TagEnd::Item => ("\n", "</li>\n"),
            TagEnd::FootnoteDefinition => return self.close_footnote(),
            TagEnd::DefinitionList => ("", "</dl>\n"),
            TagEnd::DefinitionListTitle => ("\n", "</dt>\n"),
            TagEnd::DefinitionListDefinition => ("\n", "</dd>\n"),
            TagEnd::Table => {
                self.table = None;
                ("", "</tbody>\n</table></section>\n")
            }
            TagEnd::TableHead => {
                if let Some(table) = &mut self.table {
                    table.is_head = false;
                }
                ("\n", "</tr>\n</thead>\n<tbody>\n")
            }
            TagEnd::TableRow => ("\n", "</tr>\n"),
            TagEnd::TableCell => return self.close_cell(),
            TagEnd::Emphasis => ("", "</em>"),
            TagEnd::Strong => ("", "</strong>"),
            TagEnd::Strikethrough => ("", "</del>"),
            TagEnd::Superscript => ("", "</sup>"),
            TagEnd::Subscript => ("", "</sub>"),
            TagEnd::Link => {
                self.writer.n_links -= 1;
                ("", "</a>")
            }
            // These are written whole when they start.
            TagEnd::Heading(_)
            | TagEnd::CodeBlock
            | TagEnd::HtmlBlock
            | TagEnd::Image
            | TagEnd::MetadataBlock(_) => return,
        };
        self.writer.plain(plain);
        self.writer.html(html);
    }

    /// Text comes in pieces and goes on in the next line; references and footnote marks are looked for in
    /// the whole run.
    fn text(&mut self, start: usize) -> usize {
        let mut text = String::new();
        let mut at = start;
        loop {
            match self.events.get(at) {
                Some((Event::Text(piece), _)) => text.push_str(piece),
                Some((Event::SoftBreak, _)) if self.is_text(at + 1) => text.push('\n'),
                _ => break,
            }
            at += 1;
        }
        let range = self.events[start].1.start..self.events[at - 1].1.end;
        for (place, name) in footnotes::missing(self.markdown, range) {
            let span = self.writer.span(&(place..place + name.len() + "[^]".len()));
            self.writer.diagnostics.push(catalogue::missing_footnote(span, name));
        }
        self.writer.text(&text);
        at
    }

    fn is_text(&self, at: usize) -> bool {
        matches!(self.events.get(at), Some((Event::Text(_), _)))
    }

    fn heading(&mut self, start: usize) -> usize {
        let (Event::Start(Tag::Heading { level, id, attrs, .. }), range) = &self.events[start]
        else {
            return start + 1;
        };
        self.report_duplicate_anchor(id.as_deref(), range);
        self.writer.open_heading();
        let mut at = start + 1;
        while !matches!(self.events[at].0, Event::End(TagEnd::Heading(_))) {
            at = self.event(at);
        }
        let (html, title) = self.writer.close_heading();
        // The first heading of first level at the very top is the page's title, not a section.
        if *level == HeadingLevel::H1 && start == 0 && self.writer.is_at_top() {
            self.writer.body.title = Some(title);
            return at + 1;
        }
        let level = (*level as u8).max(2);
        let id = self.writer.anchor(id.as_deref(), &title);
        let former = attrs.iter().filter(|(name, _)| name.as_ref() == former::ATTRIBUTE);
        let former = former.filter_map(|(_, value)| value.as_deref());
        let former = self.former_anchors.read(former, &id, &self.writer.span(range));
        let anchor = escape(&id);
        self.writer.html(&format!("<h{level} id=\"{anchor}\">{former}{html}</h{level}>\n"));
        self.writer.start_section(level, id, title);
        at + 1
    }

    fn report_duplicate_anchor(&mut self, id: Option<&str>, range: &Range<usize>) {
        let Some(id) = id else { return };
        let span = self.writer.span(range);
        match self.given_anchors.get(id) {
            Some(first) => {
                let duplicate = catalogue::duplicate_anchor(span, id, first.clone());
                self.writer.diagnostics.push(duplicate);
            }
            None => {
                self.given_anchors.insert(id.to_owned(), span);
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
        self.writer.html(&format!(
            "<div class=\"callout callout-{class}\">\n<p class=\"callout-title\">{title}</p>\n"
        ));
    }

    fn code_block(&mut self, kind: &CodeBlockKind<'_>, start: usize) -> usize {
        let mut code = String::new();
        let mut at = start + 1;
        while let Some((Event::Text(text), _)) = self.events.get(at) {
            code.push_str(text);
            at += 1;
        }
        let language = match kind {
            CodeBlockKind::Fenced(info) => info.split([' ', ',', '{']).next().unwrap_or(""),
            CodeBlockKind::Indented => "",
        };
        if let Some(source) = self.source.filter(|_| figure::is_figure(language)) {
            let first = self.events.get(start + 1).map_or(start, |_| start + 1);
            let (begin, end) = match &self.events[first] {
                (Event::Text(_), range) => (range.start, self.events[at - 1].1.end),
                (_, range) => (range.start, range.start),
            };
            let range = source.offset + begin..source.offset + end;
            self.figure_block(source, language, range);
            return at + 1;
        }
        self.writer.plain(&code);
        self.writer.plain("\n");
        let html = highlight(&code, language, self.options.highlights);
        let class = match language {
            "" => String::new(),
            language => format!(" class=\"language-{}\"", escape(language)),
        };
        self.writer.html(&format!(
            "<pre class=\"code\" tabindex=\"0\"><code{class}>{html}</code></pre>\n"
        ));
        at + 1
    }

    /// A table or chart of a collection; search reads what it says, not its YAML.
    fn figure_block(&mut self, source: Source<'_>, word: &str, range: Range<usize>) {
        let read = figure::read(source.file, word, source.text, range);
        let Some(figure) = read.into_value(&mut self.writer.diagnostics) else { return };
        self.writer.plain(&format!("{}\n{}\n", figure.title, figure.description));
        self.writer.figure(figure);
    }

    fn open_table(&mut self, alignments: &[Alignment]) {
        self.n_tables += 1;
        let heading = self.writer.body.headings.last();
        let heading =
            heading.map_or(String::new(), |heading| format!(": {}", escape(&heading.title)));
        let label = format!("{} {}{heading}", self.options.words.table, self.n_tables);
        self.writer.html(&format!(
            "<section class=\"table-scroll\" tabindex=\"0\" aria-label=\"{label}\"><table>\n"
        ));
        let alignments = alignments.to_vec();
        self.table = Some(OpenTable { alignments, column: 0, is_head: true, cell_start: 0 });
    }

    fn close_cell(&mut self) {
        self.writer.plain(" ");
        let Some(table) = &mut self.table else { return };
        let content = self.writer.body.html.split_off(table.cell_start);
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
        self.writer.html(&format!("<{tag}{scope}{class}>{content}</{tag}>"));
    }

    fn close_footnote(&mut self) {
        self.writer.is_footnote = false;
        let html = self.writer.close_aside();
        if let Some(name) = self.open_footnote.take() {
            self.footnotes.define(name, html);
        }
    }

    fn open_link(&mut self, kind: LinkType, written: &str, title: &str, range: &Range<usize>) {
        self.writer.n_links += 1;
        let written = match kind {
            LinkType::Email => format!("mailto:{written}"),
            _ => written.to_owned(),
        };
        let span = self.span_of_destination(&written, range);
        self.writer.html("<a href=\"");
        let is_external = self.writer.destination(&written, span, false);
        self.writer.html("\"");
        if !title.is_empty() {
            self.writer.html(&format!(" title=\"{}\"", escape(title)));
        }
        self.writer.html(if is_external { " rel=\"external\">" } else { ">" });
    }

    fn image(&mut self, start: usize) -> usize {
        let (Event::Start(Tag::Image { dest_url, .. }), range) = &self.events[start] else {
            return start + 1;
        };
        self.writer.open_image();
        let mut at = start + 1;
        while !matches!(self.events[at].0, Event::End(TagEnd::Image)) {
            at = self.event(at);
        }
        let alternative = self.writer.close_image();
        let span = self.span_of_destination(dest_url, range);
        self.writer.html("<img src=\"");
        self.writer.destination(dest_url, span, true);
        self.writer.html(&format!("\" alt=\"{}\" loading=\"lazy\">", escape(&alternative)));
        at + 1
    }

    /// A paragraph that is one image with a title: the title becomes the caption.
    fn figure(&mut self, start: usize) -> usize {
        let Event::Start(Tag::Image { title, .. }) = &self.events[start + 1].0 else {
            return start + 1;
        };
        self.writer.html("<figure>");
        let end = self.image(start + 1);
        self.writer.html(&format!("<figcaption>{}</figcaption></figure>\n", escape(title)));
        self.writer.plain(title);
        self.writer.plain("\n");
        end + 1
    }

    /// Whether the paragraph that starts at `at` holds nothing but an image with a title.
    fn is_lone_image(&self, at: usize) -> bool {
        let has_title = matches!(
            self.events.get(at + 1),
            Some((Event::Start(Tag::Image { title, .. }), _)) if !title.is_empty()
        );
        let mut after = self.events[at + 1..].iter().map(|(event, _)| event);
        has_title
            && after.any(|event| matches!(event, Event::End(TagEnd::Image)))
            && matches!(after.next(), Some(Event::End(TagEnd::Paragraph)))
    }

    /// Whether the item that starts at `at` has a box to tick.
    fn is_task(&self, at: usize) -> bool {
        let mut inside = self.events[at + 1..].iter().map(|(event, _)| event);
        let first = inside.find(|event| !matches!(event, Event::Start(Tag::Paragraph)));
        matches!(first, Some(Event::TaskListMarker(_)))
    }

    /// Where the destination of the link at `range` is written.
    fn span_of_destination(&self, written: &str, range: &Range<usize>) -> Span {
        let found = self.markdown[range.clone()].rfind(written).map(|at| range.start + at);
        let place = found.map_or(range.clone(), |start| start..start + written.len());
        self.writer.span(&place)
    }

    /// Has the language of the text judged. Only a text of a page has a title above it.
    fn review(&mut self, judge: &Judge<'a>) {
        let title = self.source.map(|_| 1);
        let marks = self.events.iter().map(|(event, range)| (mark(event), range.clone()));
        let placed = |range: &Range<usize>| self.writer.span(range);
        let (reviewed, wrong) = language::review(judge, marks, title, &placed);
        self.writer.body.reviewed = reviewed;
        self.writer.diagnostics.extend(wrong);
    }

    fn finish(self, all_links: &mut Vec<Link>) -> Checked<Body> {
        let Writer { mut body, mut diagnostics, links, links_here, .. } = self.writer;
        let (notes, anchors) = self.footnotes.write(self.options.words);
        body.notes = notes;
        body.anchors = anchors;
        body.former = self.former_anchors.finish(&mut diagnostics);
        let wrong = links_here.iter().filter_map(|LinkHere { anchor, written, span }| {
            missing_anchor(anchor, body.anchor_names(), "questa", written, span)
        });
        diagnostics.extend(wrong.collect::<Vec<_>>());
        all_links.extend(links);
        if self.has_raw_html {
            body.html = sanitise::sanitise(&body.html);
            body.notes = sanitise::sanitise(&body.notes);
        }
        body.sections
            .retain(|section| !section.title.is_empty() || !section.text.trim().is_empty());
        Checked::new(body, diagnostics)
    }
}
