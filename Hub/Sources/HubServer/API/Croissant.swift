import Foundation
import HubRecords

/// A release described for loaders of data sets, as Croissant 1.0 has it. The table's
/// place is relative to the description's own.
///
/// Times and booleans are text, since tables write them in their own forms; whole numbers that may
/// be missing are numbers with a point, since loaders have no missing whole number.
enum Croissant {
  static let name = "croissant.json"

  /// - Parameters:
  ///   - title: The title of the data set that it stands in for.
  ///   - table: The table, by its place.
  static func document(_ facts: ReleaseFacts, title: String, table: CrateMetadata.File) -> JSONPart
  {
    let schema = SchemaLines(facts.schema.text)
    return [
      "@context": context, "@type": "sc:Dataset",
      "conformsTo": "http://mlcommons.org/croissant/1.0",
      "name": .text("Stand-in for \(title)"),
      "description": .text(
        "A table of \(facts.rows) invented people who resemble those of \(title). \(facts.promise)"),
      "datePublished": .text(String(facts.created.prefix(10))),
      "license": "The agreement of the project that received it",
      "url": .text(table.name), "version": "1.0.0",
      "citeAs": .text(
        "Stand-in for \(title), made by \(facts.software.name) \(facts.software.version) on \(facts.created.prefix(10))"
      ),
      "distribution": [
        [
          "@type": "cr:FileObject", "@id": "synthetic.csv", "name": "synthetic.csv",
          "contentUrl": .text(table.name), "encodingFormat": "text/csv",
          "contentSize": .text("\(table.bytes) B"), "sha256": .text(table.digest),
        ]
      ],
      "recordSet": [
        [
          "@type": "cr:RecordSet", "@id": "people", "name": "people",
          "description": "One record for each row.",
          "field": .list(facts.shown.enumerated().map { field($1, place: $0, schema) }),
        ]
      ],
    ]
  }

  private static func field(_ column: ReleaseFacts.Column, place: Int, _ schema: SchemaLines?)
    -> JSONPart
  {
    let keys = schema?.columns.first { $0.name == column.name }?.keys ?? [:]
    return [
      "@type": "cr:Field", "@id": .text("people/\(place)"), "name": .text(column.name),
      "description": .text(keys["meaning"]?.value ?? "\(column.type), \(column.treatment)"),
      "dataType": .text(type(of: column, isWhole: keys["missing"]?.value == "no")),
      "source": [
        "fileObject": ["@id": "synthetic.csv"],
        "extract": ["column": .text(keys["header"]?.value ?? column.name)],
      ],
    ]
  }

  private static func type(of column: ReleaseFacts.Column, isWhole: Bool) -> String {
    switch column.type {
    case "integer": isWhole ? "sc:Integer" : "sc:Float"
    case "decimal", "scientific": "sc:Float"
    default: "sc:Text"
    }
  }

  // The context of the specification, section "JSON-LD context".
  private static let context: JSONPart = [
    "@language": "en", "@vocab": "https://schema.org/", "citeAs": "cr:citeAs",
    "column": "cr:column", "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/", "rai": "http://mlcommons.org/croissant/RAI/",
    "data": ["@id": "cr:data", "@type": "@json"],
    "dataType": ["@id": "cr:dataType", "@type": "@vocab"],
    "dct": "http://purl.org/dc/terms/", "equivalentProperty": "cr:equivalentProperty",
    "examples": ["@id": "cr:examples", "@type": "@json"], "extract": "cr:extract",
    "field": "cr:field", "fileProperty": "cr:fileProperty", "fileObject": "cr:fileObject",
    "fileSet": "cr:fileSet", "format": "cr:format", "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset", "jsonPath": "cr:jsonPath", "key": "cr:key",
    "md5": "cr:md5", "parentField": "cr:parentField", "path": "cr:path",
    "recordSet": "cr:recordSet", "references": "cr:references", "regex": "cr:regex",
    "repeated": "cr:repeated", "replace": "cr:replace", "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/", "separator": "cr:separator", "source": "cr:source",
    "subField": "cr:subField", "transform": "cr:transform",
  ]
}
