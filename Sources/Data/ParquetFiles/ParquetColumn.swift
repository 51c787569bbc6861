import Tables

/// The form of a column in a file of Parquet: its physical type, and the type that readers see.
struct ParquetColumn {
  enum Form: Equatable {
    case truth
    /// Whole numbers of eight bytes.
    case whole
    /// The same, times 10 to the minus `digits`.
    case decimal(digits: Int)
    /// Binary numbers of eight bytes.
    case real
    /// Days since 1970-01-01, of four bytes.
    case day
    /// Microseconds since 1970-01-01T00:00:00 in a zone that nobody has named, so many a tick.
    case instant(microseconds: Int64)
    case text
  }

  let name: String
  let form: Form

  /// Columns with code words, durations and amounts with signs around them are texts, since no
  /// other type shows them.
  init(_ shape: ColumnShape) {
    name = shape.name
    guard shape.codes.isEmpty, shape.numberFormat.isPlain else {
      form = .text
      return
    }
    switch shape.type {
    // Other words, such as F and M, would be lost.
    case .boolean(let words):
      let plain = [words.whenFalse, words.whenTrue].map { $0.lowercased() }
      form = plain == ["false", "true"] ? .truth : .text
    case .integer: form = .whole
    case .decimal(let digits): form = .decimal(digits: digits)
    case .scientific: form = .real
    case .date: form = .day
    case .timestamp:
      guard let pattern = TimePattern(shape.type), !pattern.isClock else {
        form = .text
        return
      }
      form = .instant(microseconds: 86_400_000_000 / pattern.ticksPerDay)
    case .category, .identifier, .text: form = .text
    }
  }

  /// The physical type's number.
  var physicalType: Int {
    switch form {
    case .truth: 0
    case .day: 1
    case .whole, .decimal, .instant: 2
    case .real: 5
    case .text: 6
    }
  }

  /// Writes the schema's element.
  func describe(in writer: inout CompactProtocol) {
    writer.field(1, int32: physicalType)
    // Optional: cells may be missing.
    writer.field(3, int32: 1)
    writer.field(4, text: name)
    switch form {
    case .truth, .whole, .real: break
    case .text:
      writer.field(6, int32: 0)
      writer.field(10) { $0.field(1) { _ in } }
    case .decimal(let digits):
      writer.field(6, int32: 5)
      writer.field(7, int32: digits)
      writer.field(8, int32: Self.precision)
      writer.field(10) { union in
        union.field(5) { decimal in
          decimal.field(1, int32: digits)
          decimal.field(2, int32: Self.precision)
        }
      }
    case .day:
      writer.field(6, int32: 6)
      writer.field(10) { $0.field(6) { _ in } }
    case .instant:
      writer.field(10) { union in
        union.field(8) { instant in
          instant.field(1, bool: false)
          instant.field(2) { unit in unit.field(2) { _ in } }
        }
      }
    }
  }

  /// The digits of decimals of eight bytes.
  static let precision = 18
}
