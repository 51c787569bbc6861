/// One difference between the header of a file and its schema.
package struct ColumnMismatch: Sendable, Equatable {
  /// The possible differences.
  package enum Kind: Sendable, Equatable {
    /// The schema describes the column, but the file does not have it.
    case absent
    /// The file has the column, but the schema does not describe it.
    case undescribed
  }

  /// The column's name.
  package let column: String
  /// The kind of difference.
  package let kind: Kind
  /// The column that may be meant: one of the file if this one is absent, one of the schema if this
  /// one is not described.
  package let nearest: String?

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
        "  column '\(mismatch.column)' of the file is not in the schema"
          + (meant ?? "; describe it, with `role: drop` to leave it out")
      }
    }
    return "the file's header does not fit its schema. Correct one of the two:\n"
      + lines.joined(separator: "\n")
  }
}
