//! What pages say of themselves to machines: schemas and pages in, JSON-LD out.

use insta::assert_snapshot;
use serde_json::Value as Json;

use crate::fixture::{built, told, tree};

/// What the page at `path` is about, and its other nodes by type alone.
fn told_to_machines(site: &str, path: &str) -> String {
    let built = built(site);
    assert_eq!(told(&built, &tree(site)), "");
    let html = built.value.outputs.get(path).unwrap_or_else(|| panic!("no file `{path}`"));
    let html = String::from_utf8(html.to_vec()).expect("pages are UTF-8");
    let start = "<script type=\"application/ld+json\">";
    let json = html.split_once(start).expect("every page has structured data").1;
    let json = json.split_once("</script>").expect("a script ends").0;
    let data: Json = serde_json::from_str(json).expect("it is JSON");
    let nodes = data["@graph"].as_array().expect("a list of nodes");
    let is_plain = |node: &&Json| {
        ["WebPage", "CollectionPage", "BreadcrumbList"].iter().any(|kind| node["@type"] == *kind)
    };
    let (plain, about): (Vec<&Json>, Vec<&Json>) = nodes.iter().partition(is_plain);
    let plain: Vec<&str> = plain.iter().filter_map(|node| node["@type"].as_str()).collect();
    let about = about.iter().map(|node| serde_json::to_string_pretty(node).expect("it was read"));
    about.chain([plain.join(", ")]).collect::<Vec<_>>().join("\n")
}

/// Services, the acts on which they rest, and who reads of them.
const SERVICES: &str = r#"
    //- vasta.yaml
    title: Prova
    base_url: https://esempio.it/sito
    //- content/_schemas/modello.yaml
    label: Modello
    folder: modelli
    structured:
      type: GovernmentService
      also: https://w3id.org/italia/onto/CPSV/InterOrganizationService
      properties:
        serviceType: finalita
        audience: destinatari
        isBasedOn: [norme, altro]
        category: tipo
        availableChannel: sito
        produces: prodotti.nome
    fields:
      finalita: { kind: text, label: Scopo }
      destinatari: { kind: list, of: { kind: text }, label: Per chi è }
      norme: { kind: list, of: { kind: page, of: norma }, label: Norme }
      altro: { kind: page, label: Altro }
      tipo: { kind: choice, label: Tipo, options: { gara: Gare d'appalto } }
      sito: { kind: url, label: Sito }
      prodotti:
        kind: list
        label: Prodotti
        of: { kind: object, fields: { nome: { kind: text, label: Nome } } }
    //- content/_schemas/norma.yaml
    label: Norma
    folder: norme
    structured: { type: Legislation, properties: { legislationIdentifier: urn, sameAs: [urn, testo], legislationDate: vigore } }
    fields:
      urn: { kind: urn, label: Nome }
      testo: { kind: url, label: Testo }
      vigore: { kind: period, label: In vigore }
    //- content/norme/legge.md
    ---
    title: La legge
    description: Che cosa dice.
    urn: urn:nir:stato:legge:2014-04-07;56
    testo: https://www.normattiva.it/uri-res/N2Ls?urn:nir:stato:legge:2014-04-07;56
    vigore: { from: 2014-04-08 }
    ---
    //- content/modelli/sua.md
    ---
    title: La SUA </script>
    finalita: Fare gare insieme
    destinatari: [Comuni, Unioni di Comuni]
    norme: [legge]
    altro: cuc
    tipo: gara
    sito: { title: Il sito, url: "https://esempio.it/sua" }
    prodotti: [{ nome: Una gara }, { nome: Una gara }]
    ---
    Il testo.
    //- content/modelli/cuc.md
    ---
    title: La CUC
    ---
"#;

#[test]
fn a_service_says_what_its_fields_say_and_names_pages_by_what_they_are() {
    assert_snapshot!(told_to_machines(SERVICES, "modelli/sua/index.html"), @r#"
    {
      "@type": [
        "GovernmentService",
        "https://w3id.org/italia/onto/CPSV/InterOrganizationService"
      ],
      "audience": [
        {
          "@type": "Audience",
          "audienceType": "Comuni"
        },
        {
          "@type": "Audience",
          "audienceType": "Unioni di Comuni"
        }
      ],
      "availableChannel": {
        "@type": "ServiceChannel",
        "name": "Il sito",
        "url": "https://esempio.it/sua"
      },
      "category": "Gare d'appalto",
      "description": "Il testo.",
      "isBasedOn": [
        {
          "@type": "Legislation",
          "name": "La legge",
          "url": "https://esempio.it/sito/norme/legge/"
        },
        {
          "@type": "GovernmentService",
          "name": "La CUC",
          "url": "https://esempio.it/sito/modelli/cuc/"
        }
      ],
      "name": "La SUA </script>",
      "produces": {
        "@type": "Thing",
        "name": "Una gara"
      },
      "serviceType": "Fare gare insieme",
      "url": "https://esempio.it/sito/modelli/sua/"
    }
    WebPage, BreadcrumbList
    "#);
}

#[test]
fn what_a_page_does_not_know_it_does_not_say() {
    assert_snapshot!(told_to_machines(SERVICES, "modelli/cuc/index.html"), @r#"
    {
      "@type": [
        "GovernmentService",
        "https://w3id.org/italia/onto/CPSV/InterOrganizationService"
      ],
      "name": "La CUC",
      "url": "https://esempio.it/sito/modelli/cuc/"
    }
    WebPage, BreadcrumbList
    "#);
}

#[test]
fn an_act_of_law_has_its_uniform_name_and_its_address_once() {
    assert_snapshot!(told_to_machines(SERVICES, "norme/legge/index.html"), @r#"
    {
      "@type": "Legislation",
      "description": "Che cosa dice.",
      "legislationDate": "2014-04-08",
      "legislationIdentifier": "urn:nir:stato:legge:2014-04-07;56",
      "name": "La legge",
      "sameAs": "https://www.normattiva.it/uri-res/N2Ls?urn:nir:stato:legge:2014-04-07;56",
      "url": "https://esempio.it/sito/norme/legge/"
    }
    WebPage, BreadcrumbList
    "#);
}

#[test]
fn without_the_address_of_the_site_no_page_has_one() {
    let site = SERVICES.replace("base_url: https://esempio.it/sito\n", "\n");
    let json = told_to_machines(&site, "modelli/sua/index.html");
    assert_eq!(json.matches("\"url\"").count(), 1, "only that of the other site: {json}");
}

/// A glossary, steps, courses and questions.
const LEARNING: &str = r#"
    //- content/_schemas/termine.yaml
    label: Termine
    folder: glossario
    structured: { type: DefinedTerm, properties: { termCode: sigla } }
    fields:
      sigla: { kind: text, label: Sigla }
    //- content/_schemas/fase.yaml
    label: Fase
    folder: procedure
    steps: true
    structured: { type: HowToStep, properties: { itemListElement: azioni.azione } }
    fields:
      azioni:
        kind: list
        label: Azioni
        of: { kind: object, fields: { azione: { kind: text, label: Azione } } }
    //- content/_schemas/procedura.yaml
    label: Procedura
    structured: { type: HowTo, properties: { yield: risultato } }
    fields:
      risultato: { kind: text, label: Risultato }
    //- content/_schemas/modulo.yaml
    label: Modulo
    folder: moduli
    structured: { type: LearningResource, properties: { timeRequired: minuti, teaches: obiettivi, version: version } }
    fields:
      minuti: { kind: integer, label: Minuti }
      obiettivi: { kind: list, of: { kind: text }, label: Obiettivi }
    //- content/_schemas/faq.yaml
    label: Domande
    structured: { type: FAQPage }
    //- content/glossario/_index.md
    ---
    title: Glossario
    ---
    //- content/glossario/stazione.md
    ---
    title: Stazione unica appaltante
    description: Fa le gare per più enti.
    sigla: SUA
    ---
    //- content/procedure/gara/_index.md
    ---
    title: Una gara
    type: procedura
    risultato: Un contratto
    ---
    //- content/procedure/gara/b.md
    ---
    title: Scegliere
    order: 2
    azioni: [{ azione: Leggere }, { azione: Firmare }]
    ---
    //- content/procedure/gara/a.md
    ---
    title: Chiedere
    order: 1
    ---
    //- content/moduli/dup.md
    ---
    title: Leggere il DUP
    version: '2'
    minuti: 25
    obiettivi: [Capire]
    ---
    //- content/domande.md
    ---
    title: Domande
    type: faq
    ---
    Prima.

    ## Chi può aderire?

    Ogni **Comune**, con una [delibera](domande.md).

    ### Che cosa serve

    Una convenzione.

    ### E quanto costa?

    Nulla.

    ## Contatti

    Nessuno.

    ## Senza risposta?
"#;

#[test]
fn a_term_belongs_to_the_set_that_its_section_is() {
    assert_snapshot!(told_to_machines(LEARNING, "glossario/stazione/index.html"), @r#"
    {
      "@type": "DefinedTerm",
      "description": "Fa le gare per più enti.",
      "inDefinedTermSet": {
        "@type": "DefinedTermSet",
        "name": "Glossario"
      },
      "name": "Stazione unica appaltante",
      "termCode": "SUA"
    }
    WebPage, BreadcrumbList
    "#);
    assert_snapshot!(told_to_machines(LEARNING, "glossario/index.html"), @r#"
    {
      "@type": "DefinedTermSet",
      "name": "Glossario"
    }
    CollectionPage, BreadcrumbList
    "#);
}

#[test]
fn the_steps_of_a_procedure_are_in_it_and_know_their_place() {
    assert_snapshot!(told_to_machines(LEARNING, "procedure/gara/index.html"), @r#"
    {
      "@type": "HowTo",
      "name": "Una gara",
      "step": [
        {
          "@type": "HowToStep",
          "name": "Chiedere",
          "position": 1
        },
        {
          "@type": "HowToStep",
          "name": "Scegliere",
          "position": 2
        }
      ],
      "yield": "Un contratto"
    }
    CollectionPage, BreadcrumbList
    "#);
    assert_snapshot!(told_to_machines(LEARNING, "procedure/gara/b/index.html"), @r#"
    {
      "@type": "HowToStep",
      "isPartOf": {
        "@type": "HowTo",
        "name": "Una gara"
      },
      "itemListElement": [
        {
          "@type": "HowToDirection",
          "text": "Leggere"
        },
        {
          "@type": "HowToDirection",
          "text": "Firmare"
        }
      ],
      "name": "Scegliere",
      "position": 2
    }
    WebPage, BreadcrumbList
    "#);
}

#[test]
fn minutes_are_a_duration() {
    assert_snapshot!(told_to_machines(LEARNING, "moduli/dup/index.html"), @r#"
    {
      "@type": "LearningResource",
      "name": "Leggere il DUP",
      "teaches": "Capire",
      "timeRequired": "PT25M",
      "version": "2"
    }
    WebPage, BreadcrumbList
    "#);
}

#[test]
fn headings_that_ask_are_questions_with_the_text_below_them() {
    assert_snapshot!(told_to_machines(LEARNING, "domande/index.html"), @r#"
    {
      "@type": "FAQPage",
      "description": "Prima.",
      "inLanguage": "it",
      "isPartOf": {
        "@type": "WebSite",
        "name": "Home"
      },
      "mainEntity": [
        {
          "@type": "Question",
          "acceptedAnswer": {
            "@type": "Answer",
            "text": "Ogni Comune, con una delibera. Una convenzione."
          },
          "name": "Chi può aderire?"
        },
        {
          "@type": "Question",
          "acceptedAnswer": {
            "@type": "Answer",
            "text": "Nulla."
          },
          "name": "E quanto costa?"
        }
      ],
      "name": "Domande"
    }
    BreadcrumbList
    "#);
}

/// Events and what are none.
const EVENTS: &str = r#"
    //- content/_schemas/evento.yaml
    label: Evento
    folder: eventi
    structured:
      - type: Event
        where: { tipo: [incontro, corso] }
        properties: { location: luogo, eventAttendanceMode: modo, startDate: periodo, endDate: periodo }
      - type: Article
        properties: { temporalCoverage: [date, periodo] }
    fields:
      tipo: { kind: choice, label: Tipo, options: { incontro: Incontro, corso: Corso, notizia: Notizia } }
      luogo: { kind: text, label: Dove }
      modo: { kind: choice, label: Modo, options: { online: In linea, offline: In presenza } }
      periodo: { kind: period, label: Quando }
    //- content/eventi/corso.md
    ---
    title: Il corso
    tipo: corso
    date: 2026-05-01
    modo: online
    periodo: { from: 2026-05-04, to: 2026-05-08 }
    ---
    //- content/eventi/roma.md
    ---
    title: Incontro a Roma
    tipo: incontro
    date: 2026-05-01
    luogo: Roma
    ---
    //- content/eventi/notizia.md
    ---
    title: Una notizia
    tipo: notizia
    date: 2026-05
    ---
"#;

#[test]
fn an_event_starts_on_the_day_of_its_field_or_of_the_page() {
    assert_snapshot!(told_to_machines(EVENTS, "eventi/corso/index.html"), @r#"
    {
      "@type": "Event",
      "endDate": "2026-05-08",
      "eventAttendanceMode": "https://schema.org/OnlineEventAttendanceMode",
      "name": "Il corso",
      "startDate": "2026-05-04"
    }
    WebPage, BreadcrumbList
    "#);
    assert_snapshot!(told_to_machines(EVENTS, "eventi/roma/index.html"), @r#"
    {
      "@type": "Event",
      "location": {
        "@type": "Place",
        "name": "Roma"
      },
      "name": "Incontro a Roma",
      "startDate": "2026-05-01"
    }
    WebPage, BreadcrumbList
    "#);
}

#[test]
fn the_first_description_is_taken_whose_conditions_hold() {
    assert_snapshot!(told_to_machines(EVENTS, "eventi/notizia/index.html"), @r#"
    {
      "@type": "Article",
      "headline": "Una notizia",
      "name": "Una notizia",
      "temporalCoverage": "2026-05"
    }
    WebPage, BreadcrumbList
    "#);
}

#[test]
fn an_event_whose_day_is_known_has_a_calendar_and_its_section_has_all() {
    let site = format!("//- vasta.yaml\nbase_url: https://esempio.it\n{EVENTS}");
    let built = built(&site);
    let file = |path| {
        let bytes = built.value.outputs.get(path).unwrap_or_else(|| panic!("no file `{path}`"));
        String::from_utf8(bytes.to_vec()).expect("texts are UTF-8")
    };
    assert_snapshot!(file("eventi/corso/evento.ics").replace('\r', "␍"), @r#"
    BEGIN:VCALENDAR␍
    VERSION:2.0␍
    PRODID:-//vasta//vasta//IT␍
    BEGIN:VEVENT␍
    UID:https://esempio.it/eventi/corso/␍
    DTSTAMP:20260504T000000Z␍
    DTSTART;VALUE=DATE:20260504␍
    DTEND;VALUE=DATE:20260509␍
    SUMMARY:Il corso␍
    URL:https://esempio.it/eventi/corso/␍
    END:VEVENT␍
    END:VCALENDAR␍
    "#);
    assert_snapshot!(file("eventi/calendario.ics").replace('\r', "␍"), @r#"
    BEGIN:VCALENDAR␍
    VERSION:2.0␍
    PRODID:-//vasta//vasta//IT␍
    NAME:Eventi␍
    BEGIN:VEVENT␍
    UID:https://esempio.it/eventi/corso/␍
    DTSTAMP:20260504T000000Z␍
    DTSTART;VALUE=DATE:20260504␍
    DTEND;VALUE=DATE:20260509␍
    SUMMARY:Il corso␍
    URL:https://esempio.it/eventi/corso/␍
    END:VEVENT␍
    BEGIN:VEVENT␍
    UID:https://esempio.it/eventi/roma/␍
    DTSTAMP:20260501T000000Z␍
    DTSTART;VALUE=DATE:20260501␍
    DTEND;VALUE=DATE:20260502␍
    SUMMARY:Incontro a Roma␍
    LOCATION:Roma␍
    URL:https://esempio.it/eventi/roma/␍
    END:VEVENT␍
    END:VCALENDAR␍
    "#);
    assert!(built.value.outputs.get("eventi/notizia/evento.ics").is_none());
    assert!(file("eventi/corso/index.html").contains("href=\"../../eventi/corso/evento.ics\""));
    assert!(file("eventi/index.html").contains("href=\"../eventi/calendario.ics\""));
    assert!(!file("eventi/notizia/index.html").contains(".ics"));
}

#[test]
fn an_event_whose_day_is_not_known_has_no_calendar() {
    let site = EVENTS
        .replace("date: 2026-05-01", "date: 2026-05")
        .replace("from: 2026-05-04", "from: 2026-05");
    let built = built(&site);
    let paths = built.value.outputs.iter().map(|file| file.path.as_str());
    assert_eq!(paths.filter(|path| path.ends_with(".ics")).count(), 0);
}

#[test]
fn the_home_page_says_how_to_search_the_site() {
    let site = "
        //- vasta.yaml
        title: Prova
        base_url: https://esempio.it
        //- content/_index.md
        ---
        title: Benvenuti
        ---
    ";
    assert_snapshot!(told_to_machines(site, "index.html"), @r#"
    {
      "@type": "WebSite",
      "inLanguage": "it",
      "name": "Benvenuti",
      "potentialAction": {
        "@type": "SearchAction",
        "query-input": "required name=search_term_string",
        "target": {
          "@type": "EntryPoint",
          "urlTemplate": "https://esempio.it/ricerca/?q={search_term_string}"
        }
      },
      "url": "https://esempio.it/"
    }
    "#);
}

#[test]
fn what_a_schema_cannot_say_is_told_at_its_place() {
    let site = r#"
        //- content/_schemas/a.yaml
        label: A
        structured:
          - type: GovernmentServices
            where: { tpo: x, tipo: [unoo] }
          - type: Event
            also: CPSV
            properties:
              startDate: luogo
              endDate: giorn
              loction: luogo
              eventStatus: tipo
              location: gruppi
              about: gruppi.nom
              superEvent: { a: b }
          - properties: {}
          - type: Course
            propertes: {}
        fields:
          tipo: { kind: choice, label: Tipo, options: { uno: Uno } }
          luogo: { kind: text, label: Luogo }
          giorno: { kind: date, label: Giorno }
          gruppi: { kind: list, label: Gruppi, of: { kind: object, fields: { nome: { kind: text, label: Nome } } } }
        //- content/_index.md
        ---
        title: Prova
        ---
    "#;
    assert_snapshot!(told(&built(site), &tree(site)), @r#"
    content/_schemas/a.yaml:3:11 V043 `GovernmentServices` non è un tipo di schema.org tra quelli previsti
    content/_schemas/a.yaml:4:14 V029 lo schema non dichiara il campo `tpo`
    content/_schemas/a.yaml:4:29 V008 `unoo` non è tra i valori ammessi
    content/_schemas/a.yaml:6:11 V022 `CPSV` non è un indirizzo valido
    content/_schemas/a.yaml:8:18 V045 la proprietà `startDate` non può venire da `luogo`, di tipo `text`
    content/_schemas/a.yaml:9:16 V029 lo schema non dichiara il campo `giorn`
    content/_schemas/a.yaml:10:7 V044 il tipo `Event` non ha la proprietà `loction`
    content/_schemas/a.yaml:11:20 V046 `uno`, un valore di `tipo`, non è tra quelli di `eventStatus`
    content/_schemas/a.yaml:12:17 V045 la proprietà `location` non può venire da `gruppi`, di tipo `object`
    content/_schemas/a.yaml:13:14 V029 lo schema non dichiara il campo `gruppi.nom`
    content/_schemas/a.yaml:14:19 V005 in `superEvent` serve un testo, non un gruppo di chiavi
    content/_schemas/a.yaml:15:5 V006 manca il campo `type`
    content/_schemas/a.yaml:17:5 V004 qui non esiste la chiave `propertes`
    "#);
}
