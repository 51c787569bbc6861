import HubRecords
import HubRights
import Hummingbird

/// The data sets whose owners have said what catalogues ask for, as HealthDCAT-AP 8 has data sets
/// that are not public, in JSON-LD. It holds what owners declare and nothing that was learned.
///
/// Source: the profile's SHACL shapes for `NON_PUBLIC` data sets (release 8), which stand on
/// DCAT-AP 3.0. Deviation: `dct:type` is `STATISTICAL`, as in the profile's own example, since the
/// EU vocabulary has no type for tables of people; the codes of the Data Use Ontology are rights
/// statements of the distribution, for which the profile has no property of its own.
enum Catalogue {
  static func document(_ visit: Visit) throws -> Response {
    let records = try visit.sight.state.datasets.values.filter { $0.dataset.listing != nil }
      .sorted { $0.dataset.id < $1.dataset.id }
    return try visit.json(
      document(records.map(\.dataset), hub: visit.address), type: "application/ld+json")
  }

  /// - Parameter hub: The hub's address, with a slash at its end.
  static func document(_ datasets: [Dataset], hub: String) -> JSONPart {
    let publisher = datasets.first?.listing?.publisher ?? "Understudy hub"
    return [
      "@context": context, "@id": .text("\(hub)api/catalogue"), "@type": "dcat:Catalog",
      "dct:title": "Understudy hub",
      "dct:description":
        "Tables of people that can be asked for at this hub. None of them is public.",
      "dct:publisher": ["@type": "foaf:Agent", "foaf:name": .text(publisher)],
      "dcatap:applicableLegislation": .id(legislation),
      "dcat:dataset": .list(
        datasets.compactMap { dataset in
          dataset.listing.map { entry(dataset, $0, hub: hub) }
        }),
    ]
  }

  private static let legislation = "http://data.europa.eu/eli/reg/2025/327/oj"
  private static let authority = "http://publications.europa.eu/resource/authority/"

  private static func entry(_ dataset: Dataset, _ listing: Listing, hub: String) -> JSONPart {
    let page = "\(hub)datasets/\(dataset.id)"
    let publisher = agent(listing.publisher, listing.contact)
    let entry: JSONPart = [
      "@id": .text("\(page)#table"), "@type": "dcat:Dataset",
      "dct:identifier": .text(page), "dct:title": .text(dataset.title),
      "dct:description": .text(dataset.summary),
      "dct:accessRights": .id("\(authority)access-right/NON_PUBLIC"),
      "dcatap:applicableLegislation": .id(legislation),
      "dct:publisher": publisher, "geodcatap:custodian": publisher,
      "dcat:contactPoint": contact(listing.contact),
      "healthdcatap:hdab": agent(listing.accessBody, listing.accessBodyContact),
      "healthdcatap:healthCategory": .id(
        "https://hdeu-dcat.data.health.europa.eu/resource/authority/healthcategories/\(listing.category)"
      ),
      "dcat:theme": .id("\(authority)data-theme/HEAL"),
      "dct:type": .id("\(authority)dataset-type/STATISTICAL"),
      "dcat:keyword": .list(
        (dataset.keywords ?? ["health", "differential privacy", "synthetic stand-in"])
          .map { .text($0) }),
      "dct:provenance": [
        "@type": "dct:ProvenanceStatement", "rdfs:label": .text(listing.provenance),
      ],
      "dcat:landingPage": .id(page),
      "dcat:distribution": distribution(dataset, page),
    ]
    return entry.with("dct:temporal", period(listing)).joined(with: variables(dataset, page))
  }

  /// The time that the data are about; nil if the owner says nothing of it.
  private static func period(_ listing: Listing) -> JSONPart? {
    guard listing.begins != nil || listing.ends != nil else { return nil }
    func day(_ text: String) -> JSONPart { ["@type": "xsd:date", "@value": .text(text)] }
    let period: JSONPart = ["@type": "dct:PeriodOfTime"]
    return period.with("dcat:startDate", listing.begins.map(day))
      .with("dcat:endDate", listing.ends.map(day))
  }

  /// The way to the data: a request for access at the hub.
  private static func distribution(_ dataset: Dataset, _ page: String) -> JSONPart {
    let rights = dataset.conditions.map { condition -> JSONPart in
      let note = dataset.conditionNotes?[condition.rawValue].map { ": \($0)" } ?? ""
      return [
        "@type": "dct:RightsStatement",
        "rdfs:label": .text("\(condition.id) \(condition.label)\(note)"),
      ]
    }
    let distribution: JSONPart = [
      "@id": .text("\(page)#access"), "@type": "dcat:Distribution",
      "dct:title": "Access by request",
      "dct:description":
        "A project that is approved receives stand-ins and puts questions to the table. Rows never leave it.",
      "dcat:accessURL": .id("\(page)/access"),
      "dcatap:applicableLegislation": .id(legislation),
    ]
    return distribution.with("dct:rights", rights.isEmpty ? nil : .list(rights))
  }

  /// The columns as the schema declares them.
  private static func variables(_ dataset: Dataset, _ page: String) -> JSONPart {
    guard let schema = SchemaLines(dataset.schema) else {
      return ["healthdcatap:hasStructuredData": false]
    }
    let columns = schema.columns.map { column -> JSONPart in
      let type = column.keys["type"]?.value ?? "text"
      return [
        "@type": "csvw:Column", "csvw:name": .text(column.name), "csvw:title": .text(column.name),
        "dct:description": .text(
          column.keys["meaning"]?.value ?? "\(type), \(column.isModelled ? "modelled" : "replaced")"
        ),
        "csvw:datatype": .text(datatype(of: type)),
      ]
    }
    return [
      "healthdcatap:hasStructuredData": true,
      "healthdcatap:hasVariables": [
        "@id": .text("\(page)#variables"), "@type": "csvw:TableGroup",
        "dct:title": .text(dataset.title),
        "csvw:table": [
          "@type": "csvw:Table", "dct:title": .text(dataset.title), "csvw:column": .list(columns),
        ],
      ],
    ]
  }

  /// The type as CSV on the Web names it.
  private static func datatype(of type: String) -> String {
    switch type {
    case "integer": "integer"
    case "decimal": "decimal"
    case "scientific": "double"
    case "boolean": "boolean"
    case "date": "date"
    case "timestamp": "datetime"
    case "time": "time"
    default: "string"
    }
  }

  private static func agent(_ name: String, _ contact: String) -> JSONPart {
    let point: JSONPart =
      contact.contains("@")
      ? ["@type": "cv:ContactPoint", "cv:email": .text(contact)]
      : ["@type": "cv:ContactPoint", "cv:contactPage": .id(contact)]
    return ["@type": "foaf:Agent", "foaf:name": .text(name), "cv:contactPoint": point]
  }

  private static func contact(_ contact: String) -> JSONPart {
    contact.contains("@")
      ? ["@type": "vcard:Kind", "vcard:hasEmail": .id("mailto:\(contact)")]
      : ["@type": "vcard:Kind", "vcard:hasURL": .id(contact)]
  }

  private static let context: JSONPart = [
    "csvw": "http://www.w3.org/ns/csvw#", "cv": "http://data.europa.eu/m8g/",
    "dcat": "http://www.w3.org/ns/dcat#", "dcatap": "http://data.europa.eu/r5r/",
    "dct": "http://purl.org/dc/terms/", "foaf": "http://xmlns.com/foaf/0.1/",
    "geodcatap": "http://data.europa.eu/930/",
    "healthdcatap": "http://healthdataportal.eu/ns/health#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
  ]
}

extension JSONPart {
  /// An object with the properties of two.
  fileprivate func joined(with other: JSONPart) -> JSONPart {
    guard case .object(let own) = self, case .object(let others) = other else { return self }
    return .object(own.merging(others) { mine, _ in mine })
  }
}

extension Visit {
  /// The address under which this hub was asked, with a slash at its end: secure, unless it is on
  /// this machine.
  var address: String {
    let name = request.head.authority ?? "localhost"
    let isPlain = name.wholeMatch(of: /[A-Za-z0-9.\-]+(:[0-9]+)?|\[[0-9a-f:]+\](:[0-9]+)?/) != nil
    let host = isPlain ? name : "localhost"
    let isHere = host.hasPrefix("localhost") || host.hasPrefix("127.") || host.hasPrefix("[::1]")
    return "\(isHere ? "http" : "https")://\(host)/"
  }
}
