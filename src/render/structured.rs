//! Says in the terms of schema.org what a page is and where it stands, for search engines and other
//! programs. States nothing that the page does not show.

use serde_json::{Value as Json, json};

use crate::base::UrlPath;
use crate::site::Site;
use crate::source::Config;

use super::view::{Dataset, Download, PageView};

/// Structured data of a page: where it stands, and what search engines should know of it.
pub fn json_ld(view: &PageView, canonical: Option<&str>, site: &Site, config: &Config) -> String {
    let address = |url: &str| {
        let pretty = UrlPath::file(url).map(|url| url.pretty().to_owned()).unwrap_or_default();
        (!config.base_url.is_empty()).then(|| format!("{}{pretty}", config.base_url))
    };
    let mut steps: Vec<(String, Option<String>)> =
        view.breadcrumbs.iter().map(|link| (link.title.clone(), address(&link.url))).collect();
    steps.push((view.title.clone(), canonical.map(str::to_owned)));
    let items = steps.into_iter().zip(1..).map(|((name, item), position)| {
        let step = json!({ "@type": "ListItem", "position": position, "name": name });
        with(step, &[("item", item)])
    });
    let items: Vec<Json> = items.collect();
    let title = site.title(config);
    let kind = match view.kind {
        "home" => "WebSite",
        "section" | "term" | "taxonomy" | "index" | "comparisons" => "CollectionPage",
        "search" => "SearchResultsPage",
        _ => "WebPage",
    };
    let publisher = &config.publisher;
    let page = json!({
        "@type": kind,
        "name": view.title,
        "inLanguage": config.language,
        "isPartOf": { "@type": "WebSite", "name": title },
    });
    let mut page = with(
        page,
        &[
            ("description", Some(view.description.clone())),
            ("url", canonical.map(str::to_owned)),
            ("dateModified", view.updated.clone()),
            ("license", Some(config.licence.url.clone())),
        ],
    );
    if !publisher.name.is_empty() {
        let organisation = json!({ "@type": "Organization", "name": publisher.name });
        page["publisher"] = with(organisation, &[("url", Some(publisher.url.clone()))]);
    }
    let mut graph = vec![page];
    graph.extend(view.dataset.as_ref().map(|dataset| dataset_json(dataset, config)));
    if !view.breadcrumbs.is_empty() {
        graph.push(json!({ "@type": "BreadcrumbList", "itemListElement": items }));
    }
    let graph = json!({ "@context": "https://schema.org", "@graph": graph });
    // Inside a script element only `<` could end it early.
    graph.to_string().replace('<', "\\u003c")
}

/// A collection in the terms of schema.org, which search engines for data read.
fn dataset_json(dataset: &Dataset, config: &Config) -> Json {
    let file = |file: &Download| {
        json!({
            "@type": "DataDownload",
            "encodingFormat": file.format,
            "contentUrl": format!("{}{}", config.base_url, file.url),
        })
    };
    let files: Vec<Json> = dataset.files.iter().map(file).collect();
    let columns: Vec<&str> = dataset.columns.iter().map(|column| column.label.as_str()).collect();
    json!({
        "@type": "Dataset",
        "name": dataset.title,
        "description": dataset.description,
        "license": config.licence.url,
        "creator": { "@type": "Organization", "name": config.publisher.name },
        "variableMeasured": columns,
        "distribution": files,
    })
}

/// `object` with those of `entries` that have a text.
fn with(mut object: Json, entries: &[(&str, Option<String>)]) -> Json {
    for (key, text) in entries {
        if let Some(text) = text.as_ref().filter(|text| !text.is_empty()) {
            object[*key] = json!(text);
        }
    }
    object
}
