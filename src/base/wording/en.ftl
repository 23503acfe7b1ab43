# The words of every mistake: what is wrong (lower case, no full stop) and, as `help`, what to do.
# `label` says what is at the second place that a mistake shows. The code is the beginning of the name.

did-you-mean = did you mean `{ $name }`?

V001-invalid-utf8 = the file is not UTF-8 text
    .help = save the file again and choose the UTF-8 encoding

V002-yaml-syntax = the YAML is not well formed ({ $detail })
    .help = { $advice ->
        [tabs] indent with spaces, not with tabs
        [colon] a text with a colon in it needs quotes: `title: "One: two"`
       *[otherwise] check indentation, quotes and brackets on this line and the one above
    }

V003-duplicate-key = the key `{ $key }` is given twice
    .help = keep only one of the two lines
    .label = the first one is here

V004-unknown-field = a page of type “{ $page-type }” has no field `{ $field }`
    .help = remove the line, or add the field to the schema of the type

V004-unknown-key = there is no key `{ $key }` here
    .help = remove the line

V005-wrong-type = in `{ $field }` belongs { $expected }, not { $found }
    .help = change the value, or remove the line

V005-wrong-type-here = here belongs { $expected }, not { $found }
    .help = change the value, or remove the line

V006-missing-field = the field `{ $field }` is missing
    .help = add a line `{ $field }: …`

V007-bad-date = `{ $written }` is not a valid date
    .help = write year-month-day, for example `2026-11-23`

V008-unknown-choice = `{ $written }` is not one of the allowed values
    .help = choose among { $choices }

V009-broken-link = the link `{ $link }` leads to no page
    .help = check the path: it starts from the folder of this file

V010-broken-anchor = the page “{ $page }” has no anchor `#{ $anchor }`
    .help = an anchor is its heading in lower case, without accents, with hyphens

V011-missing-file = the file `{ $link }` does not exist
    .help = put the file beside the page, or correct the path

V012-wrong-page-type = a page of type “{ $expected }” belongs here, `{ $target }` is of type “{ $found }”
    .help = name a page of type “{ $expected }”

V013-two-files-for-one-address = two sources produce the same address `{ $path }`
    .help = rename one of the two files, or give one another `slug`
    .label = the other one is this

V014-template-error = the template does not work: { $detail }
    .help = check brackets and quotes at this place; `vasta explain V014` shows a right example

V014-template-sign = { $expected } belongs here in the template, not { $found }
    .help = check brackets and quotes at this place; `vasta explain V014` shows a right example

V014-template-unfinished = something in the template begins and never ends
    .help = close every `{"{{"}` with `{"}}"}`, every `{"{% if %}"}` with `{"{% endif %}"}`, every `{"{% for %}"}` with `{"{% endfor %}"}`

V015-yaml-too-complex = the YAML is too complex: aliases (`*name`), too many values or too many levels
    .help = write the values in full

V016-link-outside = the link `{ $link }` leaves the content folder
    .help = put the file inside `content/`, or use an `https://` address

V017-unclosed-front-matter = the front matter starts with `---` and never ends
    .help = put a line `---` after the last field

V018-unsafe-link = a link cannot start with `{ $scheme }:`
    .help = use `https:`, `mailto:` or `tel:`

V019-unknown-page = the page `{ $target }` does not exist
    .help = check the name of the file

V020-unknown-page-type = there is no schema for the type `{ $name }`
    .help = write `content/_schemas/{ $name }.yaml`, or remove the line

V021-unknown-template = the theme has no template `{ $name }`
    .help = remove the line `template`

V022-bad-address = `{ $written }` is not a valid address
    .help = write it like `{ $example }`

V023-symbolic-link = symbolic links that leave the site are not followed
    .help = copy the file in its place

V024-duplicate-anchor = two headings have the same anchor `#{ $anchor }`
    .help = change one of the two `{"{"}#…{"}"}`
    .label = the first one is here

V025-missing-footnote = the footnote `[^{ $name }]` is not written on this page
    .help = add a line `[^{ $name }]: …` at the end

V026-removed-html = the HTML tag `<{ $tag }>` is not allowed and is removed
    .help = write it in Markdown

V027-bad-alias = `{ $written }` is not an old address of this site
    .help = write the path from the root, for example `/old/page/`

V028-unknown-theme = the theme `{ $name }` does not exist
    .help = create the folder `themes/{ $name }/`, or use the theme `casa`

V029-undeclared-field = the schema does not declare the field `{ $name }`
    .help = add it below `fields`

V030-review-due = this page was to be reviewed by { $date }
    .help = check that it still holds, then bring `verified` and `review_by` up to date

V031-search-test-failed = who searches for “{ $query }” does not find the expected page among the first { $within }
    .help = what is found, in this order: { $found }
    .nothing = nothing is found: use these words on the expected page, or put them in its `synonyms`

V031-search-test-failed-first = who searches for “{ $query }” does not find the expected page in the first place
    .help = what is found, in this order: { $found }
    .nothing = nothing is found: use these words on the expected page, or put them in its `synonyms`

V032-search-test-found = who searches for “{ $query }” should find nothing
    .help = what is found, in this order: { $found }

V033-unknown-collection = there is no collection `{ $name }`
    .help = declare it below `collections` in the schema of its pages

V034-unknown-column = the collection `{ $collection }` has no column `{ $name }`
    .help = the columns are { $columns }

V035-wrong-column = the column `{ $name }` cannot be the `{ $role }`: it takes { $expected }
    .help = choose another column with the key `{ $role }`

V036-empty-figure = no row of the collection `{ $collection }` meets these conditions
    .help = check the values below `dove`: they are compared with the text, the key of the choice or the file name of the page

V037-duplicate-collection = the collection `{ $name }` is declared twice
    .help = give it another name

V038-missing-source = the page names no source
    .help = add a note with the source: `[^a]` in the text and `[^a]: …` at the end

V041-bad-urn = `{ $written }` is not the uniform name of an act
    .help = write it as Normattiva does: `urn:nir:stato:decreto.legislativo:2023-03-31;36`

V042-too-many-to-compare = { $n-pages } pages share “{ $value }”: they are more than { $most } and are not compared
    .help = choose below `compare` a field that divides the pages into smaller groups

V043-unknown-described-type = `{ $name }` is not one of the types of schema.org that can be used
    .help = use a more general type, for example `CreativeWork`, `Article` or `Service`

V044-unknown-property = the type `{ $kind }` has no property `{ $name }`
    .help = remove the line, or use another type

V045-unfit-field = the property `{ $property }` cannot come from `{ $field }`, of kind `{ $kind }`
    .help = it takes { $expected }

V046-foreign-choice = `{ $choice }`, a value of `{ $field }`, is not one of those of `{ $property }`
    .help = use for the options of the field the values { $values }

V047-missing-for-release = `{ $key }` is missing for a public site

V048-not-the-official-address = `{ $written }` is not the address of a declaration published by AgID
    .help = the declaration is filled in at AgID, and its address starts with `{ $start }`

V049-old-review = the review of the declaration of accessibility, of { $reviewed }, is overdue
    .help = review the declaration at AgID: a review from { $oldest } on holds

V050-bad-language = `{ $written }` is not the code of a language
    .help = use the code of two letters, such as `en` for English or `fr` for French

V051-repeated-phrase = this word is listed already
    .help = leave it once, under its language
    .label = the first time is here

V052-field-of-list = `{ $object }` is a list and has no field `{ $name }`
    .help = fields are those of its items: `{"{% for item in "}{ $object }{" %}"}`

V052-field-of-value = `{ $object }` is { $kind }: it has no fields
    .help = write `{ $object }`, without what follows the dot

V052-unknown-variable = there is no variable `{ $name }`
    .help = `vasta theme docs` lists everything that a template sees
    .known = available:

V052-unknown-view-field = { $object } has no field `{ $name }`
    .help = `vasta theme docs` lists everything that a template sees
    .known = its fields are

V052-unknown-word = the theme has no word `{ $name }`
    .help = add it in `i18n/it.yaml` of your theme: `{ $name }: …`
    .known = available:

V053-component-twice = the component `{ $name }` is defined twice in the same theme
    .help = give it another name

V053-missing-argument = the argument `{ $name }` is missing
    .help = add `{ $name }=…`

V053-unknown-argument = the component has no argument `{ $name }`
    .help = `vasta theme docs` lists everything that a template sees
    .known = available:

V053-unknown-block = the template that is extended has no block `{ $name }`
    .help = `vasta theme docs` lists everything that a template sees
    .known = available:

V053-unknown-component = there is no component `{ $name }`
    .help = `vasta theme docs` lists everything that a template sees
    .known = available:

V053-unknown-file = in `static/` of the theme is no `{ $name }`
    .help = `vasta theme docs` lists everything that a template sees
    .known = available:

V053-unknown-filter = there is no filter `{ $name }`
    .help = `vasta theme docs` lists everything that a template sees
    .known = available:

V053-unknown-function = there is no function `{ $name }`
    .help = `vasta theme docs` lists everything that a template sees
    .known = available:

V053-unknown-template = there is no template `{ $name }`
    .help = `vasta theme docs` lists everything that a template sees
    .known = available:

V053-unknown-test = there is no test `{ $name }`
    .help = `vasta theme docs` lists everything that a template sees
    .known = available:

V053-wrong-argument = the argument `{ $name }` takes the type `{ $expected }`, not `{ $found }`
    .help = pass a value of the type `{ $expected }`

V053-wrong-value = a value of the type `{ $expected }` belongs here, not `{ $found }`
    .help = use a value of the type `{ $expected }`, or another filter

V054-unknown-word = nobody uses the word `{ $key }`
    .help = remove the line, or write `{"{{"} t.{ $key } {"}}"}` in a template of your theme

V055-two-editions = two pages have the edition `{ $id }`
    .help = each edition has a short name of its own
    .label = this is the first one

V055-unknown-edition = no edition `{ $id }`
    .help = the editions are those of the pages that `editions.folder` names in `vasta.yaml`

V056-unknown-value = there is no value `{ $name }`
    .help = the values are those of `editions.values` in `vasta.yaml`

V057-missing-value = the edition “{ $edition }” has no value `{ $name }`
    .help = write it in the file of the edition: `values: {"{"} { $name }: … {"}"}`

V058-open-braces = after `{"{{"}` there is no `{"}}"}` on the same line
    .help = write a value like this: `{"{{"} provincia.nome {"}}"}`

V058-unfit-value = the value `{ $value }` needs quotes here
    .help = put all the text of the line in quotes: `title: "{"{{"} … {"}}"}"`

V059-already-there = the national site already has the file `{ $path }`
    .help = if this is the local version, move it to the folder `replace`

V059-no-place-in-edition = in the folder of an edition `{ $path }` has no place
    .help = put it into `replace` if it replaces a page, `add` if it adds one, `theme` if it belongs to the theme

V059-nothing-to-replace = there is no national file `{ $path }` to replace
    .help = if only this edition has the page, move it to the folder `add`

V060-bad-colour = `{ $written }` is not a colour such as `#0066cc`
    .help = choose a darker colour

V060-light-colour = white text cannot be read on `{ $written }` (contrast { $contrast }, needed is 4.5)
    .help = choose a darker colour

V061-name-not-portable = a copy cannot have the file `{ $path }`: its name is not one that every system has
    .help = use small letters without accents, digits and hyphens, and paths of at most 120 characters

V062-external-resource = `{ $page }` takes `{ $address }` from the network
    .help = put the file into the site

V063-needs-server = `{ $file }` uses `{ $what }`, which does not work from a folder
    .help = a copy needs classic scripts, loaded with `<script src>`

V064-link-to-nothing = in `{ $page }` the link `{ $address }` leads to no file
    .help = a link inside the site ends in the name of the file, such as `index.html`

V065-page-not-reached = no link leads to the page `{ $page }`
    .help = put it into a menu or a list

V066-address-gone = the published address `{ $address }` leads to no page any more
    .help = write `aliases: [{ $alias }]` in the front matter of the page that took its place; if there is none, `vasta lock --forget { $address }`
    .heir = if it is `{ $file }` now, write in its front matter `{ $line }`

V066-address-withdrawn = the page published at `{ $address }` is a draft now, or waits for its day
    .help = publish `{ $file }` again, or write `aliases: [{ $alias }]` in the page that takes its place

V067-heading-gone = the page `{ $file }` no longer has the published anchor `#{ $anchor }`
    .help = write `{"{"}prima={ $anchor }{"}"}` at the end of the heading that took its place; if there is none, `vasta lock --forget { $address }`
    .heir = if it is `#{ $heir }` now, write `{"{"}prima={ $anchor }{"}"}` at the end of that heading

V068-not-a-published-address = this line is not a published address
    .help = remove the line: this file is written by `vasta lock`

V069-must-not-leave = `{ $file }` has `{ $what }`, which must not be handed to others
    .help = take the key, or the path on your computer, away; a key that was published must be changed too

V074-contradictory-draft = `state: { $state }` and `draft: true` contradict each other
    .help = take one of the two lines away: `draft: true` means `state: bozza`

V074-contradictory-state = a page with `repealed_by` is superseded, and cannot be `{ $state }`
    .help = write `state: superata`, or take `repealed_by` away

V075-superseded-by-nothing = the page is superseded, but does not say by which other
    .help = add `repealed_by` with the page that has taken its place

V076-heir-of-itself = from `{ $written }`, one replacement after the other leads back to this page
    .help = name in `repealed_by` the page that holds now

V077-no-history = git does not know when the pages changed, or does not know all
    .help = fetch the repository with its whole history (`git fetch --unshallow`), or take `history: true` away
V080-hard-to-read = the text of the page is hard to read: Gulpease index { $index }, less than { $least }
    .help = split long sentences and use shorter words; many words of the office have a common name
    .label = the longest sentence is this

V081-long-sentence = this sentence has { $n-words } words, more than { $most }
    .help = make two of it, or a list

V082-unexplained-acronym = the acronym `{ $acronym }` is explained neither on this page nor in the glossary
    .help = write the full name and the acronym in brackets the first time, or add an entry to the glossary

V083-link-text-says-nothing = the words “{ $text }” do not say where the link leads
    .help = write between the square brackets the name of the page or document it leads to

V083-link-text-is-address = the address does not tell readers where the link leads
    .help = write `[the name of the page](address)`

V083-link-without-text = the link has no words
    .help = write between the square brackets the name of the page or document it leads to

V084-missing-alternative = the image has no alternative text
    .help = say between the square brackets what it shows: `![The tender room](room.jpg)`; a merely decorative one is written in HTML: `<img alt="" …>`

V085-skipped-heading = a heading of level { $found } follows one of level { $before }
    .help = begin the line with `{ $marks }`

V086-table-without-header = the columns of the table have no names
    .help = write in the first row what is in each column

V086-column-without-header = column { $column } of the table has no name
    .help = write in the first row what is in the column

V087-foreign-phrase = `{ $phrase }` is not among the foreign words of the site: it is read aloud as Italian
    .help = use an Italian word, or add this one to the file that `markdown.foreign` names
