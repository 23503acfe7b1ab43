//! The part of schema.org in whose terms pages can be described: its types, the properties that each
//! may have, and what these take. What is not here is not offered, so a typing mistake is found.

/// A type of schema.org.
#[derive(Debug)]
pub struct Type {
    /// Its name.
    pub name: &'static str,
    /// The more general type whose properties it has too.
    general: Option<&'static str>,
    /// Its own properties.
    properties: &'static [Property],
}

/// A property of a type.
#[derive(Debug)]
pub struct Property {
    /// Its name.
    pub name: &'static str,
    /// What its values are.
    pub takes: Takes,
}

/// What the values of a property are.
#[derive(Clone, Copy, Debug)]
pub enum Takes {
    /// A text or a number.
    Text,
    /// An address on the web.
    Address,
    /// A day, month or year; of a period the first.
    Start,
    /// A day, month or year; of a period the last.
    End,
    /// The time from a date to a date.
    Interval,
    /// A number of minutes.
    Minutes,
    /// One of some values, each as a schema writes it and as schema.org does.
    OneOf(&'static [(&'static str, &'static str)]),
    /// A thing of a type, and the property of it that a text gives.
    Thing(&'static str, &'static str),
}

impl PartialEq for Type {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Type {
    /// The type called `name`.
    pub fn of(name: &str) -> Option<&'static Self> {
        TYPES.iter().find(|known| known.name == name)
    }

    /// The names of all types.
    pub fn names() -> impl Iterator<Item = &'static str> + Clone {
        TYPES.iter().map(|known| known.name)
    }

    /// Itself and the types that are more general, the nearest first.
    fn line(&'static self) -> impl Iterator<Item = &'static Self> {
        std::iter::successors(Some(self), |known| known.general.and_then(Self::of))
    }

    /// Whether everything of this type is of the type called `name`.
    pub fn is_a(&'static self, name: &str) -> bool {
        self.line().any(|known| known.name == name)
    }

    /// All its properties.
    pub fn properties(&'static self) -> impl Iterator<Item = &'static Property> {
        self.line().flat_map(|known| known.properties)
    }

    /// The property called `name`.
    pub fn property(&'static self, name: &str) -> Option<&'static Property> {
        self.properties().find(|property| property.name == name)
    }
}

const fn of(name: &'static str, general: &'static str, properties: &'static [Property]) -> Type {
    Type { name, general: Some(general), properties }
}

const fn property(name: &'static str, takes: Takes) -> Property {
    Property { name, takes }
}

const fn text(name: &'static str) -> Property {
    property(name, Takes::Text)
}

/// A property that takes things known by their name.
const fn named(name: &'static str, kind: &'static str) -> Property {
    property(name, Takes::Thing(kind, "name"))
}

const STATUSES: Takes = Takes::OneOf(&[
    ("scheduled", "EventScheduled"),
    ("cancelled", "EventCancelled"),
    ("postponed", "EventPostponed"),
    ("rescheduled", "EventRescheduled"),
    ("moved-online", "EventMovedOnline"),
]);
const ATTENDANCE_MODES: Takes = Takes::OneOf(&[
    ("offline", "OfflineEventAttendanceMode"),
    ("online", "OnlineEventAttendanceMode"),
    ("mixed", "MixedEventAttendanceMode"),
]);
const AUDIENCE: Property = property("audience", Takes::Thing("Audience", "audienceType"));

const TYPES: &[Type] = &[
    Type {
        name: "Thing",
        general: None,
        properties: &[
            text("alternateName"),
            text("identifier"),
            property("sameAs", Takes::Address),
            named("subjectOf", "CreativeWork"),
        ],
    },
    of(
        "CreativeWork",
        "Thing",
        &[
            named("about", "Thing"),
            text("abstract"),
            AUDIENCE,
            named("author", "Organization"),
            named("citation", "CreativeWork"),
            text("creativeWorkStatus"),
            property("dateCreated", Takes::Start),
            property("datePublished", Takes::Start),
            text("genre"),
            named("hasPart", "CreativeWork"),
            named("isBasedOn", "CreativeWork"),
            named("isPartOf", "CreativeWork"),
            text("keywords"),
            named("mentions", "Thing"),
            named("provider", "Organization"),
            named("publisher", "Organization"),
            named("spatialCoverage", "Place"),
            text("teaches"),
            property("temporalCoverage", Takes::Interval),
            property("timeRequired", Takes::Minutes),
            text("version"),
        ],
    ),
    of("AboutPage", "WebPage", &[]),
    of("AdministrativeArea", "Place", &[named("containedInPlace", "AdministrativeArea")]),
    of("Article", "CreativeWork", &[text("articleSection")]),
    of("CollectionPage", "WebPage", &[]),
    of(
        "Course",
        "LearningResource",
        &[
            text("courseCode"),
            text("coursePrerequisites"),
            named("hasCourseInstance", "CourseInstance"),
            named("syllabusSections", "Syllabus"),
        ],
    ),
    of("Dataset", "CreativeWork", &[text("measurementTechnique"), text("variableMeasured")]),
    of("DefinedTerm", "Thing", &[text("termCode")]),
    of("DefinedTermSet", "CreativeWork", &[]),
    of("DigitalDocument", "CreativeWork", &[]),
    of(
        "Event",
        "Thing",
        &[
            named("about", "Thing"),
            AUDIENCE,
            property("endDate", Takes::End),
            property("eventAttendanceMode", ATTENDANCE_MODES),
            property("eventStatus", STATUSES),
            text("keywords"),
            named("location", "Place"),
            named("organizer", "Organization"),
            property("startDate", Takes::Start),
            named("superEvent", "Event"),
        ],
    ),
    of("FAQPage", "WebPage", &[]),
    of("GovernmentService", "Service", &[named("serviceOperator", "Organization")]),
    of(
        "HowTo",
        "CreativeWork",
        &[
            property("step", Takes::Thing("HowToStep", "text")),
            named("supply", "HowToSupply"),
            named("tool", "HowToTool"),
            property("totalTime", Takes::Minutes),
            text("yield"),
        ],
    ),
    of(
        "HowToStep",
        "CreativeWork",
        &[property("itemListElement", Takes::Thing("HowToDirection", "text"))],
    ),
    of("LearningResource", "CreativeWork", &[text("competencyRequired"), text("educationalLevel")]),
    of(
        "Legislation",
        "CreativeWork",
        &[
            property("legislationDate", Takes::Start),
            text("legislationIdentifier"),
            named("legislationPassedBy", "Organization"),
            text("legislationType"),
        ],
    ),
    of("NewsArticle", "Article", &[text("dateline")]),
    of(
        "Organization",
        "Thing",
        &[
            named("areaServed", "AdministrativeArea"),
            text("knowsAbout"),
            named("member", "Organization"),
            named("parentOrganization", "Organization"),
        ],
    ),
    of("Place", "Thing", &[named("containedInPlace", "Place")]),
    of("Project", "Organization", &[]),
    of("Report", "Article", &[text("reportNumber")]),
    of(
        "Service",
        "Thing",
        &[
            named("areaServed", "AdministrativeArea"),
            AUDIENCE,
            named("availableChannel", "ServiceChannel"),
            text("category"),
            named("isBasedOn", "Legislation"),
            named("isRelatedTo", "Service"),
            named("produces", "Thing"),
            named("provider", "Organization"),
            named("serviceOutput", "Thing"),
            text("serviceType"),
        ],
    ),
    of("WebPage", "CreativeWork", &[]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_has_a_name_of_its_own_and_a_more_general_one_that_is_known() {
        for (place, known) in TYPES.iter().enumerate() {
            assert!(TYPES[..place].iter().all(|other| other.name != known.name), "{known:?}");
            assert!(known.is_a("Thing"), "{} has a line that ends", known.name);
        }
    }

    #[test]
    fn a_special_type_has_the_properties_of_the_general_one() {
        let service = Type::of("GovernmentService").expect("a known type");
        assert!(service.property("audience").is_some() && service.property("sameAs").is_some());
        assert!(service.property("startDate").is_none());
    }
}
