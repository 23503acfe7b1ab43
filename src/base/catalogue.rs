//! Every mistake that vasta reports, one constructor each. Its words are in the Fluent files of `wording`,
//! its explanation for editors in `source/explanations`.

use super::date::Date;
use super::diagnostic::{Diagnostic, Mend, Severity, Span, Text};
use super::path::UrlPath;
use super::wording::wording;

fn listed<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    names.into_iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// V001: a text file whose bytes are not UTF-8, as old editors on Windows write them.
pub fn invalid_utf8(span: Span) -> Diagnostic {
    wording("V001-invalid-utf8").error(span)
}

/// V002: YAML that cannot be read. Most often a colon in a text without quotes.
pub fn yaml_syntax(span: Span, detail: &str, line: &str) -> Diagnostic {
    let advice = if line.contains('\t') {
        "tabs"
    } else if line.matches(": ").count() > 1 {
        "colon"
    } else {
        "otherwise"
    };
    wording("V002-yaml-syntax").with("detail", detail).with("advice", advice).error(span)
}

/// V003: the same key twice in one mapping.
pub fn duplicate_key(span: Span, key: &str, first: Span) -> Diagnostic {
    wording("V003-duplicate-key").with("key", key).related(first).error(span)
}

/// V004: a front matter key that the page's type does not have. Usually a typing mistake.
pub fn unknown_field(span: Span, field: &str, page_type: &str, near: Option<&str>) -> Diagnostic {
    wording("V004-unknown-field")
        .with("page-type", page_type)
        .with("field", field)
        .near(field, near)
        .error(span)
}

/// V004: a key that the configuration, a schema or a query does not have.
pub fn unknown_key(span: Span, key: &str, near: Option<&str>) -> Diagnostic {
    wording("V004-unknown-key").with("key", key).near(key, near).error(span)
}

/// V005: a value of another type than its field, such as a list where a text belongs.
pub fn wrong_type(span: Span, field: &str, expected: &Text, found: &Text) -> Diagnostic {
    let wording = match field {
        "" => wording("V005-wrong-type-here"),
        field => wording("V005-wrong-type").with("field", field),
    };
    wording.with("expected", expected).with("found", found).error(span)
}

/// V006: a required field or key that is not there.
pub fn missing_field(span: Span, field: &str) -> Diagnostic {
    wording("V006-missing-field").with("field", field).error(span)
}

/// V007: a date that does not exist or is written another way.
pub fn bad_date(span: Span, written: &str) -> Diagnostic {
    let mend = Date::written_otherwise(written)
        .map(|date| Mend::Words { written: written.to_owned(), instead: date.to_string() });
    wording("V007-bad-date").with("written", written).mended_by(mend).error(span)
}

/// V008: a value that is not among the choices of its field.
pub fn unknown_choice<'a>(
    span: Span,
    written: &str,
    choices: impl IntoIterator<Item = &'a str> + Clone,
    near: Option<&str>,
) -> Diagnostic {
    let choices = listed(choices);
    wording("V008-unknown-choice")
        .with("written", written)
        .with("choices", choices)
        .near(written, near)
        .error(span)
}

/// V009: a link to a page or file that does not exist.
pub fn broken_link(span: Span, link: &str, near: Option<&str>) -> Diagnostic {
    let page = link.split(['#', '?']).next().unwrap_or_default();
    wording("V009-broken-link").with("link", link).near(page, near).error(span)
}

/// V010: a link to a heading that its page does not have.
pub fn broken_anchor(span: Span, anchor: &str, page: &str, near: Option<&str>) -> Diagnostic {
    wording("V010-broken-anchor")
        .with("page", page)
        .with("anchor", anchor)
        .near(anchor, near)
        .error(span)
}

/// V011: an image or attachment that is not where the page looks for it.
pub fn missing_file(span: Span, link: &str, near: Option<&str>) -> Diagnostic {
    wording("V011-missing-file").with("link", link).near(link, near).error(span)
}

/// V012: a reference to a page of another type than the field wants.
pub fn wrong_page_type(span: Span, target: &str, expected: &str, found: &str) -> Diagnostic {
    wording("V012-wrong-page-type")
        .with("expected", expected)
        .with("target", target)
        .with("found", found)
        .error(span)
}

/// V013: two sources that would become the same file of the site.
pub fn two_files_for_one_address(span: Span, path: &UrlPath, first: Span) -> Diagnostic {
    wording("V013-two-files-for-one-address").with("path", path).related(first).error(span)
}

/// V014: a template that cannot be read or filled.
pub fn template_error(span: Span, detail: &str) -> Diagnostic {
    wording("V014-template-error").with("detail", detail).error(span)
}

/// V014: a sign in a template where another belongs, such as `}` for `}}`.
pub fn template_sign(span: Span, expected: &Text, found: &str) -> Diagnostic {
    wording("V014-template-sign").with("expected", expected).with("found", found).error(span)
}

/// V014: a template that ends before a tag or a block in it does.
pub fn template_unfinished(span: Span) -> Diagnostic {
    wording("V014-template-unfinished").error(span)
}

/// V015: YAML that is far larger or deeper than people write, or that uses aliases.
pub fn yaml_too_complex(span: Span) -> Diagnostic {
    wording("V015-yaml-too-complex").error(span)
}

/// V016: a link that climbs out of the content folder.
pub fn link_outside(span: Span, link: &str) -> Diagnostic {
    wording("V016-link-outside").with("link", link).error(span)
}

/// V017: front matter that starts with `---` and never ends.
pub fn unclosed_front_matter(span: Span) -> Diagnostic {
    wording("V017-unclosed-front-matter").error(span)
}

/// V018: a link with a scheme that a public site must not carry, such as `javascript:`.
pub fn unsafe_link(span: Span, scheme: &str) -> Diagnostic {
    wording("V018-unsafe-link").with("scheme", scheme).error(span)
}

/// V019: a page named in front matter or configuration that does not exist.
pub fn unknown_page(span: Span, target: &str, near: Option<&str>) -> Diagnostic {
    wording("V019-unknown-page").with("target", target).near(target, near).error(span)
}

/// V020: a page type for which there is no schema.
pub fn unknown_page_type(span: Span, name: &str, near: Option<&str>) -> Diagnostic {
    wording("V020-unknown-page-type").with("name", name).near(name, near).error(span)
}

/// V021: a template named by a page, a schema or the theme that does not exist.
pub fn unknown_template(span: Span, name: &str, near: Option<&str>) -> Diagnostic {
    wording("V021-unknown-template").with("name", name).near(name, near).error(span)
}

/// V022: a value that is not an address or an e-mail address.
pub fn bad_address(span: Span, written: &str, example: &str) -> Diagnostic {
    wording("V022-bad-address").with("written", written).with("example", example).error(span)
}

/// V023: a symbolic link, which could show files from outside the site.
pub fn symbolic_link(span: Span) -> Diagnostic {
    wording("V023-symbolic-link").error(span)
}

/// V024: the same anchor given to two headings of one page.
pub fn duplicate_anchor(span: Span, anchor: &str, first: Span) -> Diagnostic {
    wording("V024-duplicate-anchor").with("anchor", anchor).related(first).error(span)
}

/// V025: a footnote that is used and never written.
pub fn missing_footnote(span: Span, name: &str) -> Diagnostic {
    wording("V025-missing-footnote").with("name", name).error(span)
}

/// V026: an HTML tag that is taken out because it could run code or break the page.
pub fn removed_html(span: Span, tag: &str) -> Diagnostic {
    wording("V026-removed-html").with("tag", tag).warning(span)
}

/// V027: an old address that is not a path of this site.
pub fn bad_alias(span: Span, written: &str) -> Diagnostic {
    wording("V027-bad-alias").with("written", written).error(span)
}

/// V028: a theme that is neither in `themes/` nor built in.
pub fn unknown_theme(span: Span, name: &str, near: Option<&str>) -> Diagnostic {
    wording("V028-unknown-theme").with("name", name).near(name, near).error(span)
}

/// V029: a schema that uses a field which the type does not declare.
pub fn undeclared_field(span: Span, name: &str, near: Option<&str>) -> Diagnostic {
    wording("V029-undeclared-field").with("name", name).near(name, near).error(span)
}

/// V030: a page whose date of review is past. Somebody has to check that it still holds.
pub fn review_due(span: Span, date: Date) -> Diagnostic {
    wording("V030-review-due").with("date", date).warning(span)
}

/// V031: a question whose answer is not where the tests of the search expect it.
pub fn search_test_failed(span: Span, query: &str, within: usize, found: &[&str]) -> Diagnostic {
    let wording = match within {
        1 => wording("V031-search-test-failed-first"),
        _ => wording("V031-search-test-failed").with("within", within),
    };
    let wording = wording.with("query", query).with("found", numbered(found));
    if found.is_empty() { wording.advising_by("nothing") } else { wording }.error(span)
}

/// V032: a question that should find nothing, and finds something.
pub fn search_test_found(span: Span, query: &str, found: &[&str]) -> Diagnostic {
    wording("V032-search-test-found")
        .with("query", query)
        .with("found", numbered(found))
        .error(span)
}

/// V041: a text that is not the uniform name of an act, as Normattiva gives it to every law.
pub fn bad_urn(span: Span, written: &str) -> Diagnostic {
    wording("V041-bad-urn").with("written", written).error(span)
}

fn numbered(names: &[&str]) -> String {
    let numbered = names.iter().enumerate().map(|(place, name)| format!("{}. `{name}`", place + 1));
    numbered.collect::<Vec<_>>().join(", ")
}

/// V033: a figure, or a page, that names a collection which no schema declares.
pub fn unknown_collection(span: Span, name: &str, near: Option<&str>) -> Diagnostic {
    wording("V033-unknown-collection").with("name", name).near(name, near).error(span)
}

/// V034: a figure that names a column which its collection does not have.
pub fn unknown_column<'a>(
    span: Span,
    name: &str,
    collection: &str,
    columns: impl IntoIterator<Item = &'a str>,
    near: Option<&str>,
) -> Diagnostic {
    let columns = listed(columns);
    wording("V034-unknown-column")
        .with("collection", collection)
        .with("name", name)
        .with("columns", columns)
        .near(name, near)
        .error(span)
}

/// V035: a chart whose column does not hold what the chart draws, such as words for a length.
pub fn wrong_column(span: Span, name: &str, role: &str, expected: &Text) -> Diagnostic {
    wording("V035-wrong-column")
        .with("name", name)
        .with("role", role)
        .with("expected", expected)
        .error(span)
}

/// V036: a figure whose conditions no row of its collection meets. It would be an empty frame.
pub fn empty_figure(span: Span, collection: &str) -> Diagnostic {
    wording("V036-empty-figure").with("collection", collection).error(span)
}

/// V037: two schemas that declare a collection of the same name.
pub fn duplicate_collection(span: Span, name: &str) -> Diagnostic {
    wording("V037-duplicate-collection").with("name", name).error(span)
}

/// V038: a page without a source, of a type that asks for one. Nobody could check what it says.
pub fn missing_source(span: Span) -> Diagnostic {
    wording("V038-missing-source").error(span)
}

/// V042: more pages that share a value than can sensibly be compared two by two. They are not compared.
pub fn too_many_to_compare(span: Span, value: &str, n_pages: usize, most: usize) -> Diagnostic {
    wording("V042-too-many-to-compare")
        .with("n-pages", n_pages)
        .with("value", value)
        .with("most", most)
        .warning(span)
}

/// V043: a type by which a schema describes its pages to machines, and which is not among those of
/// schema.org that we know.
pub fn unknown_described_type(span: Span, name: &str, near: Option<&str>) -> Diagnostic {
    wording("V043-unknown-described-type").with("name", name).near(name, near).error(span)
}

/// V044: a property that the type by which a schema describes its pages does not have.
pub fn unknown_property(span: Span, name: &str, kind: &str, near: Option<&str>) -> Diagnostic {
    wording("V044-unknown-property")
        .with("kind", kind)
        .with("name", name)
        .near(name, near)
        .error(span)
}

/// V045: a field that cannot give the values of a property, such as a text for a date.
pub fn unfit_field(
    span: Span,
    property: &str,
    field: &str,
    kind: &str,
    expected: &Text,
) -> Diagnostic {
    wording("V045-unfit-field")
        .with("property", property)
        .with("field", field)
        .with("kind", kind)
        .with("expected", expected)
        .error(span)
}

/// V046: a choice for a property that has values of its own, of which one of the choice is none.
pub fn foreign_choice<'a>(
    span: Span,
    property: &str,
    field: &str,
    choice: &str,
    values: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    let values = listed(values);
    wording("V046-foreign-choice")
        .with("choice", choice)
        .with("field", field)
        .with("property", property)
        .with("values", values)
        .error(span)
}

/// V047: what a public site must say before it is published, and does not. `key` is what to write.
pub fn missing_for_release(span: Span, key: &str, why: &Text, is_duty: bool) -> Diagnostic {
    let wording = wording("V047-missing-for-release").with("key", key).advising(why.clone());
    if is_duty { wording.error(span) } else { wording.warning(span) }
}

/// V048: the declaration of accessibility at an address of which it is not an official one.
pub fn not_the_official_address(span: Span, written: &str, start: &str) -> Diagnostic {
    wording("V048-not-the-official-address")
        .with("written", written)
        .with("start", start)
        .error(span)
}

/// V049: a declaration of accessibility whose yearly review is overdue.
pub fn old_review(span: Span, reviewed: Date, oldest: Date) -> Diagnostic {
    wording("V049-old-review").with("reviewed", reviewed).with("oldest", oldest).error(span)
}

/// V050: a list of foreign words under what is not the code of a language.
pub fn bad_language(span: Span, written: &str) -> Diagnostic {
    wording("V050-bad-language").with("written", written).error(span)
}

/// V051: a foreign word that is listed twice, perhaps under two languages.
pub fn repeated_phrase(span: Span, first: Span) -> Diagnostic {
    wording("V051-repeated-phrase").related(first).error(span)
}

/// V052: a field that what a template sees does not have, such as `page.titel`. `view` is the name of
/// the view in the documentation of the theme, empty when it is not known.
pub fn unknown_view_field(
    span: Span,
    object: &str,
    view: &str,
    name: &str,
    near: Option<&str>,
    fields: &[&str],
) -> Diagnostic {
    let object = match view {
        "" => format!("`{object}`"),
        view => format!("`{object}` (`{view}`)"),
    };
    wording("V052-unknown-view-field")
        .with("object", object)
        .with("name", name)
        .near_among(name, near, fields)
        .error(span)
}

/// V052: a field of a list, whose items have fields and not the list itself.
pub fn field_of_list(span: Span, object: &str, name: &str) -> Diagnostic {
    wording("V052-field-of-list").with("object", object).with("name", name).error(span)
}

/// V052: a field of a text, a number or a yes or no.
pub fn field_of_value(span: Span, object: &str, kind: &Text) -> Diagnostic {
    wording("V052-field-of-value").with("object", object).with("kind", kind).error(span)
}

/// What a template names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameOf {
    /// A variable, a field of nothing.
    Variable,
    /// A word of the theme.
    Word,
    /// A filter, after `|`.
    Filter,
    /// A function.
    Function,
    /// A test, after `is`.
    Test,
    /// A component.
    Component,
    /// Another template.
    Template,
    /// A block of the template that is extended.
    Block,
    /// An argument of a component.
    Argument,
    /// A static file.
    File,
}

/// V052, V053: a name that a template uses and nobody gave: V052 for what it shows, V053 for what it
/// shows it with.
pub fn unknown_name(
    span: Span,
    of: NameOf,
    name: &str,
    near: Option<&str>,
    known: &[&str],
) -> Diagnostic {
    let id = match of {
        NameOf::Variable => "V052-unknown-variable",
        NameOf::Word => "V052-unknown-word",
        NameOf::Filter => "V053-unknown-filter",
        NameOf::Function => "V053-unknown-function",
        NameOf::Test => "V053-unknown-test",
        NameOf::Component => "V053-unknown-component",
        NameOf::Template => "V053-unknown-template",
        NameOf::Block => "V053-unknown-block",
        NameOf::Argument => "V053-unknown-argument",
        NameOf::File => "V053-unknown-file",
    };
    wording(id).with("name", name).near_among(name, near, known).error(span)
}

/// V053: a call without an argument that it needs.
pub fn missing_argument(span: Span, name: &str) -> Diagnostic {
    wording("V053-missing-argument").with("name", name).error(span)
}

/// V053: an argument of another type than its component takes.
pub fn wrong_argument(span: Span, name: &str, expected: &str, found: &str) -> Diagnostic {
    wording("V053-wrong-argument")
        .with("name", name)
        .with("expected", expected)
        .with("found", found)
        .error(span)
}

/// V053: a value of another type than a filter or a test works on.
pub fn wrong_value(span: Span, expected: &str, found: &str) -> Diagnostic {
    let plain = |name: &str| if name == "f64" { "number".to_owned() } else { name.to_owned() };
    let (expected, found) = (plain(expected), plain(found));
    wording("V053-wrong-value").with("expected", expected).with("found", found).error(span)
}

/// V053: a component that two templates of one theme define.
pub fn component_twice(span: Span, name: &str) -> Diagnostic {
    wording("V053-component-twice").with("name", name).error(span)
}

/// V054: a word of a site's own theme that the default theme does not have and no template of the site
/// names: it would be shown nowhere.
pub fn unknown_word(span: Span, key: &str, near: Option<&str>) -> Diagnostic {
    wording("V054-unknown-word").with("key", key).near(key, near).warning(span)
}

/// V055: an edition that the site does not have, by its short name.
pub fn unknown_edition(span: Span, id: &str, near: Option<&str>) -> Diagnostic {
    wording("V055-unknown-edition").with("id", id).near(id, near).error(span)
}

/// V055: two pages whose editions would have the same short name.
pub fn two_editions(span: Span, id: &str, first: Span) -> Diagnostic {
    wording("V055-two-editions").with("id", id).related(first).error(span)
}

/// V056: a name between braces, or in the file of an edition, that stands for no value.
pub fn unknown_value(span: Span, name: &str, near: Option<&str>) -> Diagnostic {
    wording("V056-unknown-value").with("name", name).near(name, near).error(span)
}

/// V057: a value that a page uses and an edition does not have.
pub fn missing_value(span: Span, name: &str, edition: &str) -> Diagnostic {
    wording("V057-missing-value").with("edition", edition).with("name", name).error(span)
}

/// V058: two opening braces, after which no closing ones follow on the line.
pub fn open_braces(span: Span) -> Diagnostic {
    wording("V058-open-braces").error(span)
}

/// V058: a value that would be read as something else where it stands in the YAML of a page.
pub fn unfit_value(span: Span, value: &str) -> Diagnostic {
    wording("V058-unfit-value").with("value", value).error(span)
}

/// V059: a file of an edition that should replace a national one that is not there.
pub fn nothing_to_replace(span: Span, path: &str, near: Option<&str>) -> Diagnostic {
    wording("V059-nothing-to-replace").with("path", path).near(path, near).error(span)
}

/// V059: a file that an edition should add, and that is already there.
pub fn already_there(span: Span, path: &str) -> Diagnostic {
    wording("V059-already-there").with("path", path).error(span)
}

/// V059: a file in the folder of an edition that lies in none of its three folders.
pub fn no_place_in_edition(span: Span, path: &str) -> Diagnostic {
    wording("V059-no-place-in-edition").with("path", path).error(span)
}

/// V060: a colour of the header that is none, or on which white cannot be read.
pub fn bad_colour(span: Span, written: &str, contrast: Option<f64>) -> Diagnostic {
    let Some(contrast) = contrast else {
        return wording("V060-bad-colour").with("written", written).error(span);
    };
    let english = format!("{contrast:.1}");
    let contrast = Text::new(english.replace('.', ","), english);
    wording("V060-light-colour").with("written", written).with("contrast", contrast).error(span)
}

/// V061: a file whose name or address some systems cannot have.
pub fn name_not_portable(span: Span, path: &str) -> Diagnostic {
    wording("V061-name-not-portable").with("path", path).error(span)
}

/// V062: something that a page of a copy would fetch from elsewhere.
pub fn external_resource(span: Span, page: &str, address: &str) -> Diagnostic {
    wording("V062-external-resource").with("page", page).with("address", address).error(span)
}

/// V063: something that browsers do only when there is a server.
pub fn needs_server(span: Span, file: &str, what: &str) -> Diagnostic {
    wording("V063-needs-server").with("file", file).with("what", what).error(span)
}

/// V064: a link of a copy to a file that is not in it.
pub fn link_to_nothing(span: Span, page: &str, address: &str) -> Diagnostic {
    wording("V064-link-to-nothing").with("page", page).with("address", address).error(span)
}

/// V065: a page of a copy to which no link leads.
pub fn page_not_reached(span: Span, page: &str) -> Diagnostic {
    wording("V065-page-not-reached").with("page", page).warning(span)
}

/// V066: a published address that no page has any more. `heir` is the file of the page that most likely
/// took its place, and the line for its front matter; without one, `alias` is what some page has to say.
pub fn address_gone(
    span: Span,
    address: &str,
    alias: &str,
    heir: Option<(&str, &str)>,
) -> Diagnostic {
    let gone = wording("V066-address-gone").with("address", address);
    match heir {
        Some((file, line)) => gone.with("file", file).with("line", line).advising_by("heir"),
        None => gone.with("alias", alias),
    }
    .error(span)
}

/// V066: a published address whose page is there, but is a draft or waits for its day.
pub fn address_withdrawn(span: Span, address: &str, alias: &str, file: &str) -> Diagnostic {
    let withdrawn = wording("V066-address-withdrawn").with("address", address);
    withdrawn.with("alias", alias).with("file", file).error(span)
}

/// V067: a published anchor that no heading of its page has any more. `heir` is the anchor of the
/// heading that most likely took its place; `address` is that of the anchor.
pub fn heading_gone(
    span: Span,
    address: &str,
    anchor: &str,
    file: &str,
    heir: Option<&str>,
) -> Diagnostic {
    let gone = wording("V067-heading-gone").with("anchor", anchor).with("file", file);
    match heir {
        Some(heir) => gone.with("heir", heir).advising_by("heir"),
        None => gone.with("address", address),
    }
    .error(span)
}

/// V068: a line in the list of published addresses that is none.
pub fn not_a_published_address(span: Span) -> Diagnostic {
    wording("V068-not-a-published-address").error(span)
}

/// V069: a key, or the path of a file on somebody's computer, in a file of a copy.
pub fn must_not_leave(span: Span, file: &str, what: &str) -> Diagnostic {
    wording("V069-must-not-leave").with("file", file).with("what", what).error(span)
}

/// V074: a page with `draft: true` whose state says that it is published.
pub fn contradictory_draft(span: Span, state: &str) -> Diagnostic {
    wording("V074-contradictory-draft").with("state", state).error(span)
}

/// V074: a page with an heir whose state says that it still holds.
pub fn contradictory_state(span: Span, state: &str) -> Diagnostic {
    wording("V074-contradictory-state").with("state", state).error(span)
}

/// V075: a superseded page that does not say which page has taken its place.
pub fn superseded_by_nothing(span: Span) -> Diagnostic {
    wording("V075-superseded-by-nothing").warning(span)
}

/// V076: a page whose heirs lead back to it.
pub fn heir_of_itself(span: Span, written: &str) -> Diagnostic {
    wording("V076-heir-of-itself").with("written", written).error(span)
}

/// V077: pages are to show what git knows of them, and git knows nothing or not everything.
pub fn no_history(span: Span) -> Diagnostic {
    wording("V077-no-history").warning(span)
}

/// V080: a page whose text is hard to read as a whole. `longest` is its longest sentence, at which to
/// begin.
pub fn hard_to_read(
    level: Severity,
    span: Span,
    index: usize,
    least: usize,
    longest: Option<Span>,
) -> Diagnostic {
    let hard = wording("V080-hard-to-read").with("index", index).with("least", least);
    match longest {
        Some(longest) => hard.related(longest).told(level, span),
        None => hard.told(level, span),
    }
}

/// V081: a sentence with more words than the rule allows.
pub fn long_sentence(level: Severity, span: Span, n_words: usize, most: usize) -> Diagnostic {
    wording("V081-long-sentence").with("n-words", n_words).with("most", most).told(level, span)
}

/// V082: the first use of an acronym that neither its page nor the glossary explains.
pub fn unexplained_acronym(level: Severity, span: Span, acronym: &str) -> Diagnostic {
    wording("V082-unexplained-acronym").with("acronym", acronym).told(level, span)
}

/// V083: a link whose words do not say where it leads.
pub fn empty_link_text(level: Severity, span: Span, text: &str) -> Diagnostic {
    let wording = match text {
        "" => wording("V083-link-without-text"),
        address if address.contains("://") => wording("V083-link-text-is-address"),
        text => wording("V083-link-text-says-nothing").with("text", text),
    };
    wording.told(level, span)
}

/// V084: an image without an alternative text.
pub fn missing_alternative(level: Severity, span: Span) -> Diagnostic {
    wording("V084-missing-alternative").told(level, span)
}

/// V085: a heading more than one level below the one before it.
pub fn skipped_heading(level: Severity, span: Span, found: u8, before: u8) -> Diagnostic {
    let marks = "#".repeat(usize::from(before) + 1);
    wording("V085-skipped-heading")
        .with("found", usize::from(found))
        .with("before", usize::from(before))
        .with("marks", marks)
        .told(level, span)
}

/// V086: a table whose columns have no names.
pub fn table_without_header(level: Severity, span: Span) -> Diagnostic {
    wording("V086-table-without-header").told(level, span)
}

/// V086: a column of a table that has no name, while others have.
pub fn column_without_header(level: Severity, span: Span, column: usize) -> Diagnostic {
    wording("V086-column-without-header").with("column", column).told(level, span)
}

/// V087: a foreign phrase that the site does not declare, so that it is read aloud as Italian.
pub fn foreign_phrase(level: Severity, span: Span, phrase: &str) -> Diagnostic {
    wording("V087-foreign-phrase").with("phrase", phrase).told(level, span)
}
