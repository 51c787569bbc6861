import Foundation
import Tables

/// The schema as a file: YAML that a steward reads and edits. SDV and Frictionless metadata are
/// accepted as input.
///
/// The comments that ``write(_:annotations:to:)`` puts into the file describe every key.
package enum SchemaFile {
  /// Reads a schema, recognised by content: Understudy's YAML, SDV metadata JSON (single table, or
  /// several with one table) or a Frictionless Table Schema, resource or data package with one
  /// resource.
  ///
  /// - Throws: ``SchemaError`` listing every fault, or the system's error if the file cannot be
  ///   read.
  package static func read(_ url: URL) throws -> Schema { try open(url).schema }

  /// Reads the schema, with notes for its owner on the provenance of its facts.
  package static func open(_ url: URL) throws -> (schema: Schema, notes: [String]) {
    let name = url.lastPathComponent
    var document = try node(text(of: url), file: name)
    document.root = try document.root.readingLookUps(beside: url)
    let schema = try schema(from: document, file: name, latestDay: latestDay())
    if document.imported != nil { return (schema, [ProvenanceNote.imported]) }
    let version = document.root["version"]?.text.flatMap { Int($0) } ?? Schema.currentVersion
    return (schema, version < 3 ? [ProvenanceNote.old(version)] : [])
  }

  /// Returns the schema that metadata of another tool amounts to; nil if they are of no known tool.
  /// - Throws: ``SchemaError``.
  package static func imported(_ root: SchemaNode, file: String) throws -> (
    schema: Schema, isSDV: Bool
  )? {
    switch SchemaImport.kind(of: root) {
    case .sdv: (try SchemaImport.sdv(root, file: file), true)
    case .frictionless: (try SchemaImport.frictionless(root, file: file), false)
    case nil: nil
    }
  }

  static func text(of url: URL) throws -> String {
    if let text = String(data: try Data(contentsOf: url), encoding: .utf8) { return text }
    let fault = SchemaFault(
      problem: "the file is not UTF-8", allowed: "text in UTF-8",
      remedy: "save it as UTF-8 in the editor or export it again")
    throw SchemaError(file: url.lastPathComponent, faults: [fault])
  }

  /// Reads a schema from text; `file` names it in errors. Unlike ``read(_:)``, it does not check
  /// the day of a review against the clock.
  package static func parse(_ text: String, file: String = "schema.yaml") throws(SchemaError)
    -> Schema
  {
    try schema(from: try node(text, file: file), file: file, latestDay: nil)
  }

  static func node(_ text: String, file: String) throws(SchemaError) -> (
    root: SchemaNode, imported: SchemaImport.Kind?
  ) {
    guard isJSON(text) else { return (try SchemaNode.yaml(text, file: file), nil) }
    let root = try SchemaNode.json(text, file: file)
    return (root, SchemaImport.kind(of: root))
  }

  private static func schema(
    from document: (root: SchemaNode, imported: SchemaImport.Kind?), file: String, latestDay: Int64?
  ) throws(SchemaError) -> Schema {
    if let tables = document.root["tables"]?.items {
      let fault = SchemaFault(
        line: document.root["tables"]?.line, problem: "the schema describes \(tables.count) tables",
        allowed: "the schema of one table",
        remedy: "give the folder that holds the tables in place of a file")
      throw SchemaError(file: file, faults: [fault])
    }
    return switch document.imported {
    case .sdv: try SchemaImport.sdv(document.root, file: file)
    case .frictionless: try SchemaImport.frictionless(document.root, file: file)
    case nil: try SchemaReader.schema(from: document.root, file: file, latestDay: latestDay)
    }
  }

  /// Whether the text starts with a brace and a quoted key; YAML in braces has bare keys.
  private static func isJSON(_ text: String) -> Bool {
    let start = text.unicodeScalars.lazy.filter { !$0.properties.isWhitespace && $0 != "\u{FEFF}" }
      .prefix(2)
    return Array(start) == ["{", "\""]
  }

  /// Writes a commented file that reads back as the same schema, declared.
  ///
  /// The row count of an inferred schema was observed, so it is written as a comment to promote,
  /// like every annotation.
  package static func write(
    _ schema: Schema, annotations: SchemaAnnotations = SchemaAnnotations(), to url: URL
  ) throws {
    try Data(text(schema, annotations: annotations).utf8).write(to: url, options: .atomic)
  }
}
