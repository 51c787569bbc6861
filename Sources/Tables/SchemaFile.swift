import Foundation

/// The schema as a file: YAML that a steward reads and edits, with SDV and Frictionless metadata accepted as input.
///
/// Every key is described in the comments that ``write(_:annotations:to:)`` puts into the file.
public enum SchemaFile {
  /// Reads a schema, recognised by content: Understudy's YAML, SDV metadata JSON (single table, or several with one table)
  /// or a Frictionless Table Schema, resource or data package with one resource.
  ///
  /// - Throws: ``SchemaError`` listing everything that is wrong, or the system's error where the file cannot be read.
  public static func read(_ url: URL) throws -> Schema {
    let name = url.lastPathComponent
    guard let text = String(data: try Data(contentsOf: url), encoding: .utf8) else {
      let fault = SchemaFault(
        problem: "the file is not UTF-8", allowed: "text in UTF-8", remedy: "save it as UTF-8 in the editor or export it again")
      throw SchemaError(file: name, faults: [fault])
    }
    return try parse(text, file: name)
  }

  /// Reads a schema from text; `file` names it in errors.
  public static func parse(_ text: String, file: String = "schema.yaml") throws(SchemaError) -> Schema {
    guard isJSON(text) else {
      return try SchemaReader.schema(from: SchemaNode.yaml(text, file: file), file: file)
    }
    let root = try SchemaNode.json(text, file: file)
    switch SchemaImport.kind(of: root) {
    case .sdv: return try SchemaImport.sdv(root, file: file)
    case .frictionless: return try SchemaImport.frictionless(root, file: file)
    case nil: return try SchemaReader.schema(from: root, file: file)
    }
  }

  /// Whether a brace and a quoted key come first: YAML in braces has bare keys.
  private static func isJSON(_ text: String) -> Bool {
    let start = text.unicodeScalars.lazy.filter { !$0.properties.isWhitespace && $0 != "\u{FEFF}" }.prefix(2)
    return Array(start) == ["{", "\""]
  }

  /// Writes a commented file that reads back as the same schema, declared.
  ///
  /// The row count of an inferred schema was observed, so it is written as a comment to promote, like every annotation.
  public static func write(_ schema: Schema, annotations: SchemaAnnotations = SchemaAnnotations(), to url: URL) throws {
    try Data(text(schema, annotations: annotations).utf8).write(to: url, options: .atomic)
  }
}
