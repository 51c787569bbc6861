import Tables

/// Metadata of other tools, read as a schema.
///
/// Such files count as declared by the owner. Anything they leave open is chosen so that nothing is
/// invented: bounds and categories are learned, cells may be missing.
enum SchemaImport {
  enum Kind: Sendable, Equatable {
    case sdv, frictionless
  }

  /// Digits of a decimal if the file names none: room for most measurements, exact in 64 bits up to
  /// 9 × 10^12.
  static let defaultFractionDigits = 6

  /// Recognises the tool by the keys it writes; nil for anything else.
  static func kind(of root: SchemaNode) -> Kind? {
    if root["METADATA_SPEC_VERSION"] != nil || root["tables"]?.entries != nil { return .sdv }
    if let columns = root["columns"]?.entries,
      columns.contains(where: { $0.value["sdtype"] != nil })
    {
      return .sdv
    }
    if root["fields"]?.items != nil || root["resources"]?.items != nil
      || root["schema"]?.entries != nil
    {
      return .frictionless
    }
    return nil
  }

  static func check(_ schema: Schema, faults: [SchemaFault], lines: [String: Int], file: String)
    throws(SchemaError) -> Schema
  {
    var faults = faults
    if faults.isEmpty {
      for var fault in schema.inconsistencies() {
        fault.line = fault.line ?? fault.column.flatMap { lines[$0] }
        faults.append(fault)
      }
    }
    guard faults.isEmpty else { throw SchemaError(file: file, faults: faults) }
    return schema
  }
}
