import LatticeEncryption

/// The reason why a file is not a scorecard, or why its scores cannot be encrypted. It depends on
/// the card alone, never on a record.
package enum ScorecardFault: Error, Hashable, Sendable {
  case notJSON
  case isPublicHalf
  case isPrivateHalf
  case otherFormat(key: String)
  case otherParameters
  case unknownKey(String, column: String?)
  case missingKey(String, column: String?)
  /// A value of another type than the key has, or a key that is not there.
  case wrongType(place: String)
  case wrongValue(key: String, allowed: String)
  case unknownKind(column: String)
  case noColumns
  case repeatedColumn(String)
  case repeatedCategory(column: String)
  case edgesNotAscending(column: String)
  case emptyRange(column: String)
  /// Infinite or not a number; nil for the intercept.
  case notFinite(column: String?)
  case pointCount(column: String, expected: Int, found: Int)
  case tooManyEntries(found: Int)
  case scoreTooLarge
}

extension ScorecardFault: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notJSON:
      "The scorecard is not a JSON object. See docs/encrypted-scoring.md for an example."
    case .isPublicHalf:
      "This is the public half of a scorecard, which holds no points. Name the private half, which its owner keeps."
    case .isPrivateHalf:
      "This is the private half of a scorecard. Name the public half, which its owner makes from it."
    case .otherFormat(let key):
      "The scorecard has no format that is known here. Write `\"\(key)\": 1` in it."
    case .otherParameters:
      "The card was made for other parameters of encryption than \(LatticeParameters.name). Have it made again."
    case .unknownKey(let key, let column):
      "\(Self.place(column)): the key `\(key)` has no meaning here. Take it out, or correct its spelling."
    case .missingKey(let key, let column):
      "\(Self.place(column)): the key `\(key)` is missing. Add it."
    case .wrongType(let place):
      "\(place): missing, or not of the type that it must have. See docs/encrypted-scoring.md for an example."
    case .wrongValue(let key, let allowed):
      "\(key): has a value that is not allowed. Allowed are: \(allowed)."
    case .unknownKind(let column):
      "Column '\(column)': its kind must be `bins`, `categories` or `number`. Correct it."
    case .noColumns: "The scorecard has no columns. Add at least one."
    case .repeatedColumn(let name): "Column '\(name)' is there twice. Give each column once."
    case .repeatedCategory(let column):
      "Column '\(column)': a category is there twice. Give each category once."
    case .edgesNotAscending(let column):
      "Column '\(column)': its edges do not ascend. Sort them, and give each once."
    case .emptyRange(let column):
      "Column '\(column)': its minimum is not below its maximum. Correct them."
    case .notFinite(let column):
      "\(Self.place(column)): holds a number that is infinite or not a number. Correct it."
    case .pointCount(let column, let expected, let found):
      "Column '\(column)': has \(found) points where its bins, categories or number need \(expected). Give as many."
    case .tooManyEntries(let found):
      "The scorecard has \(found) entries, and a record holds at most \(LatticeParameters.degree). Use fewer bins or categories."
    case .scoreTooLarge:
      "A record could have a score of 2^27 units or more, which an encrypted number cannot hold. Use fewer columns, or points and an "
        + "intercept of less different sizes."
    }
  }

  private static func place(_ column: String?) -> String {
    column.map { "Column '\($0)'" } ?? "The scorecard"
  }
}

extension ScorecardFault {
  /// A name that never changes, for programs that read errors.
  package var id: String {
    switch self {
    case .notJSON: "card.not-json"
    case .isPublicHalf: "card.is-public-half"
    case .isPrivateHalf: "card.is-private-half"
    case .otherFormat: "card.other-format"
    case .otherParameters: "card.other-parameters"
    case .unknownKey: "card.unknown-key"
    case .missingKey: "card.missing-key"
    case .wrongType: "card.wrong-type"
    case .wrongValue: "card.wrong-value"
    case .unknownKind: "card.unknown-kind"
    case .noColumns: "card.no-columns"
    case .repeatedColumn: "card.repeated-column"
    case .repeatedCategory: "card.repeated-category"
    case .edgesNotAscending: "card.edges-not-ascending"
    case .emptyRange: "card.empty-range"
    case .notFinite: "card.not-finite"
    case .pointCount: "card.point-count"
    case .tooManyEntries: "card.too-many-entries"
    case .scoreTooLarge: "card.score-too-large"
    }
  }
}
