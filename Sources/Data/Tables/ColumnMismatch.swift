/// One way in which the header of a file differs from what its schema says.
public struct ColumnMismatch: Sendable, Equatable {
  /// The ways there are.
  public enum Kind: Sendable, Equatable {
    /// The schema describes the column; the file does not have it.
    case absent
    /// The file has the column; the schema does not describe it.
    case undescribed
  }

  /// The column's name.
  public let column: String
  /// Which way.
  public let kind: Kind
  /// The column that may be meant: of the file where this one is absent, of the schema where it is not described.
  public let nearest: String?

  package init(column: String, kind: Kind, nearest: String? = nil) {
    self.column = column
    self.kind = kind
    self.nearest = nearest
  }
}

extension TableError {
  static func describe(_ mismatches: [ColumnMismatch]) -> String {
    let lines = mismatches.map { mismatch in
      let meant = mismatch.nearest.map { "; did you mean '\($0)'?" }
      return switch mismatch.kind {
      case .absent: "  column '\(mismatch.column)' of the schema is not in the file" + (meant ?? "")
      case .undescribed:
        "  column '\(mismatch.column)' of the file is not in the schema" + (meant ?? "; describe it, with `role: drop` to leave it out")
      }
    }
    return "the file's header does not fit its schema. Correct one of the two:\n" + lines.joined(separator: "\n")
  }
}
