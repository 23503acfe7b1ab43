//! A folder of Markdown is a site, without configuration and without schemas.

use std::fs;

use crate::fixture::{Folder, built, said, text_of, vasta};

#[test]
fn markdown_in_nested_folders_needs_nothing_else() {
    let folder = Folder::with_site(
        "plain",
        "
        //- leggimi.md
        # Una guida

        Vedi [la seconda](parte/seconda.md#dove).
        //- parte/seconda.md
        ---
        title: Seconda
        chiave_mia: qualunque
        ---
        ## Dove
        //- parte/altro/index.md
        Il testo della cartella.
        ",
    );
    let (text, code) = said(&vasta(folder.path(), &["build"]));
    assert_eq!((text.as_str(), code), ("", 0));
    let page = |path: &str| fs::read_to_string(folder.path().join("public").join(path));
    assert!(page("leggimi/index.html").expect("a page").contains("<h1>Una guida</h1>"));
    assert!(
        page("leggimi/index.html").expect("a page").contains("../parte/seconda/index.html#dove")
    );
    assert!(page("parte/index.html").expect("an added section").contains("<h1>Parte</h1>"));
    assert!(page("parte/altro/index.html").expect("a page").contains("Il testo della cartella."));
    // A second build must not take its own output for content.
    assert_eq!(said(&vasta(folder.path(), &["build"])), (String::new(), 0));
}

#[test]
fn in_a_plain_folder_mistakes_are_named_by_their_own_path() {
    let folder = Folder::with_site("plain-mistake", "//- a.md\n[x](manca.md)\n");
    let (text, code) = said(&vasta(folder.path(), &["check"]));
    assert_eq!(code, 1);
    assert!(text.contains("--> a.md:1:5"), "{text}");
}

#[test]
fn the_title_comes_from_front_matter_then_heading_then_file_name() {
    let built = built(
        "
        //- content/uno.md
        ---
        title: Dal front matter
        ---
        # Dal titolo

        Testo.
        //- content/due.md
        # Dal titolo

        Testo.
        //- content/tre-parole.md
        Testo.
        ",
    );
    let title = |path: &str| {
        let html = built.value.outputs.get(path).expect("a page");
        let html = String::from_utf8_lossy(html).into_owned();
        let start = html.find("<h1>").expect("a heading") + 4;
        html[start..start + html[start..].find("</h1>").expect("its end")].to_owned()
    };
    assert_eq!(title("uno/index.html"), "Dal front matter");
    assert_eq!(title("due/index.html"), "Dal titolo");
    assert_eq!(title("tre-parole/index.html"), "Tre parole");
    assert_eq!(text_of(&built, "uno/index.html"), "<p>Testo.</p>");
}
