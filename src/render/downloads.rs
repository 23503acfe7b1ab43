//! The files in which programs read a collection: CSV after RFC 4180, JSON, and the catalogue that
//! describes all of them in the terms of DCAT-AP_IT.

use serde_json::{Map, Value as Json, json};

use crate::base::UrlPath;
use crate::base::csv::push_line;
use crate::site::{Page, Site};
use crate::source::Config;

use super::records::{Datum, Records, Table};

/// The path of the catalogue.
pub const CATALOGUE: &str = "catalogo.jsonld";

/// The column of the address of the page that makes a row, beside those of the collection.
const PAGE_ADDRESS: &str = "indirizzo_pagina";

/// The formats of a collection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileFormat {
    /// Comma-separated values with a header, UTF-8.
    Csv,
    /// A list of objects.
    Json,
}

impl FileFormat {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Csv, Self::Json];

    /// The ending of its files.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Json => "json",
        }
    }

    /// What programs call it.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv",
            Self::Json => "application/json",
        }
    }

    /// Writes the file of `table`; `Records::file` keeps it.
    pub(super) fn write(self, records: &Records<'_>, table: &Table) -> String {
        match self {
            Self::Csv => csv(records, table),
            Self::Json => objects(records, table),
        }
    }
}

/// Where the file of the collection `name` lies: beside the page that presents it.
pub fn address(page: &Page, name: &str, format: FileFormat) -> UrlPath {
    let path = format!("{}{name}.{}", page.url.pretty(), format.ending());
    UrlPath::file(&path).expect("the folder of a page, and a name without dots")
}

fn csv(records: &Records<'_>, table: &Table) -> String {
    let columns = &table.collection.columns;
    let is_period = |place: usize| table.records.iter().any(|row| row[place].period.is_some());
    let mut csv = String::new();
    let mut header = Vec::new();
    for (place, column) in columns.iter().enumerate() {
        if is_period(place) {
            header.push(format!("{}_inizio", column.name));
            header.push(format!("{}_fine", column.name));
        } else {
            header.push(column.name.clone());
        }
    }
    header.push(PAGE_ADDRESS.to_owned());
    push_line(&mut csv, header.iter().map(String::as_str));
    for (number, record) in table.records.iter().enumerate() {
        let mut line = Vec::new();
        for (place, datum) in record.iter().enumerate() {
            if is_period(place) {
                let (from, to) = datum.period.unwrap_or_default();
                line.extend(
                    [from, to].map(|date| date.map_or(String::new(), |date| date.to_string())),
                );
            } else {
                line.push(plain(&datum.json));
            }
        }
        line.push(records.address(table, number).to_owned());
        push_line(&mut csv, line.iter().map(String::as_str));
    }
    csv
}

/// A value as one text: of a page its title, of another site its address.
fn plain(json: &Json) -> String {
    match json {
        Json::Null => String::new(),
        Json::String(text) => text.clone(),
        Json::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join("; "),
        Json::Object(object) => match (object.get("titolo"), object.get("indirizzo")) {
            (_, Some(Json::String(address))) if address.contains("://") => address.clone(),
            (Some(title), _) => plain(title),
            _ => object.values().map(plain).collect::<Vec<_>>().join(" "),
        },
        other => other.to_string(),
    }
}

fn objects(records: &Records<'_>, table: &Table) -> String {
    let object = |(number, record): (usize, &Vec<Datum>)| {
        let columns = table.collection.columns.iter().zip(record);
        let mut object: Map<String, Json> =
            columns.map(|(column, datum)| (column.name.clone(), datum.json.clone())).collect();
        object.insert(PAGE_ADDRESS.to_owned(), json!(records.address(table, number)));
        Json::Object(object)
    };
    let objects: Vec<Json> = table.records.iter().enumerate().map(object).collect();
    let mut text = serde_json::to_string_pretty(&objects).expect("values that were made as JSON");
    text.push('\n');
    text
}

/// The catalogue of all presented collections; nothing without any.
pub fn catalogue(records: &Records<'_>, site: &Site, config: &Config) -> Option<String> {
    let datasets: Vec<Json> =
        records.presented().map(|(table, page)| dataset(table, page, config)).collect();
    if datasets.is_empty() {
        return None;
    }
    let address = |path: &str| format!("{}{path}", config.base_url);
    let catalogue = json!({
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#",
            "dcatapit": "http://dati.gov.it/onto/dcatapit#",
            "dct": "http://purl.org/dc/terms/",
            "foaf": "http://xmlns.com/foaf/0.1/",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
        },
        "@id": address(CATALOGUE),
        "@type": ["dcatapit:Catalog", "dcat:Catalog"],
        "dct:title": site.title(config),
        "dct:description": config.description,
        "dct:language": language(config),
        "dct:publisher": publisher(config),
        "dct:modified": latest(site),
        "foaf:homepage": { "@id": address("") },
        "dcat:dataset": datasets,
    });
    let mut text = serde_json::to_string_pretty(&catalogue).expect("values that were made as JSON");
    text.push('\n');
    Some(text)
}

fn dataset(table: &Table, page: &Page, config: &Config) -> Json {
    let name = &table.collection.name;
    let distribution = |format: FileFormat| {
        let file = address(page, name, format);
        let url = format!("{}{file}", config.base_url);
        let (kind, media) = match format {
            FileFormat::Csv => ("CSV", "text/csv"),
            FileFormat::Json => ("JSON", "application/json"),
        };
        json!({
            "@type": ["dcatapit:Distribution", "dcat:Distribution"],
            "dct:title": format!("{} ({kind})", table.collection.title),
            "dct:format": { "@id": format!("http://publications.europa.eu/resource/authority/file-type/{kind}") },
            "dcat:mediaType": media,
            "dcat:accessURL": { "@id": format!("{}{}", config.base_url, page.url.pretty()) },
            "dcat:downloadURL": { "@id": url },
            "dct:license": { "@id": config.licence.url },
        })
    };
    json!({
        "@id": format!("{}{}", config.base_url, page.url.pretty()),
        "@type": ["dcatapit:Dataset", "dcat:Dataset"],
        "dct:identifier": name,
        "dct:title": table.collection.title,
        "dct:description": table.collection.description,
        "dct:language": language(config),
        "dct:modified": { "@type": "xsd:date", "@value": page.document.meta.updated.map(|date| date.to_string()) },
        "dct:accrualPeriodicity": { "@id": "http://publications.europa.eu/resource/authority/frequency/IRREG" },
        "dcat:theme": { "@id": "http://publications.europa.eu/resource/authority/data-theme/GOVE" },
        "dct:publisher": publisher(config),
        "dct:rightsHolder": publisher(config),
        "dcat:landingPage": { "@id": format!("{}{}", config.base_url, page.url.pretty()) },
        "dcat:distribution": FileFormat::ALL.map(distribution),
    })
}

fn publisher(config: &Config) -> Json {
    json!({
        "@type": ["dcatapit:Agent", "foaf:Agent"],
        "foaf:name": config.publisher.name,
        "foaf:homepage": { "@id": config.publisher.url },
    })
}

fn language(config: &Config) -> Json {
    let code = if config.language.starts_with("en") { "ENG" } else { "ITA" };
    json!({ "@id": format!("http://publications.europa.eu/resource/authority/language/{code}") })
}

/// When a page of the site last changed.
fn latest(site: &Site) -> Json {
    let latest = site.pages.iter().filter_map(|page| page.document.meta.updated).max();
    json!({ "@type": "xsd:date", "@value": latest.map(|date| date.to_string()) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_csv_quotes_only_what_needs_it() {
        let mut csv = String::new();
        push_line(&mut csv, ["026", "Monza, Brianza", "detto \"MB\"", ""].into_iter());
        assert_eq!(csv, "026,\"Monza, Brianza\",\"detto \"\"MB\"\"\",\r\n");
    }

    #[test]
    fn a_value_is_one_text() {
        let page = json!({ "titolo": "Treviso", "indirizzo": "province/treviso/" });
        let site = json!({ "titolo": "Fonte", "indirizzo": "https://example.org/a" });
        assert_eq!(plain(&json!([page, site, 12.5])), "Treviso; https://example.org/a; 12.5");
    }
}
