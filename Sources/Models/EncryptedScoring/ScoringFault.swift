import LatticeEncryption

/// The reason why records cannot be encrypted, answered or read. It never depends on the value of a
/// cell, except for a score beyond the card's range, which only the asker learns.
package enum ScoringFault: Error, Hashable, Sendable {
  case missingColumns([String])
  case noRecords
  case otherKind(file: String, String)
  case head(file: String)
  case otherParameters(file: String)
  case length(file: String, expected: Int, found: Int)
  case part(file: String, LatticeFault)
  case repeatedSeed(file: String)
  case otherCard(file: String)
  case otherRequest(file: String)
  case changedWhileReading
  case keyNotWritten(file: String)
  case keyNotDestroyed(file: String)
  case scoreOutOfRange
}

extension ScoringFault: CustomStringConvertible {
  package var description: String {
    switch self {
    case .missingColumns(let names):
      "The table lacks columns of the card: \(names.prefix(8).joined(separator: ", "))\(names.count > 8 ? ", …" : ""). "
        + "Give its columns the names that the card has."
    case .noRecords: "The table has no rows. Name one that has."
    case .otherKind(let file, let noun): "\(file): this is not \(noun). Name the right file."
    case .head(let file):
      "\(file): its second line is not that of a file made by this program. Have it sent again."
    case .otherParameters(let file):
      "\(file): was made with other parameters of encryption than \(LatticeParameters.name). Have it made again with this version."
    case .length(let file, let expected, let found):
      "\(file): has \(found) bytes where it must have \(expected). The file is cut short or changed; have it sent again."
    case .part(let file, let fault): "\(file): \(fault.description)"
    case .repeatedSeed(let file):
      "\(file): two of its parts have the same seed, which no sound request has. Have it made again."
    case .otherCard(let file):
      "\(file): was made for another card than this one. Use the card and the file that belong together."
    case .otherRequest(let file):
      "\(file): answers another request than the one this key was made with. Use the files that belong together."
    case .changedWhileReading:
      "The table changed while it was read. Try again when nothing writes to it."
    case .keyNotWritten(let file):
      "\(file): the key cannot be written there; a file that exists is never replaced by one. Name a new file in a folder of yours."
    case .keyNotDestroyed(let file):
      "\(file): the scores are written, but the key could not be removed. Remove it yourself."
    case .scoreOutOfRange:
      "A score lies beyond the range of the card, so the answer was not computed by its rules. The key is destroyed; do not tell the "
        + "answer's maker which score it was, and ask again only if you trust them."
    }
  }
}

extension ScoringFault {
  /// A name that never changes, for programs that read errors.
  package var id: String {
    switch self {
    case .missingColumns: "scoring.missing-columns"
    case .noRecords: "scoring.no-records"
    case .otherKind: "scoring.other-kind"
    case .head: "scoring.head-unreadable"
    case .otherParameters: "scoring.other-parameters"
    case .length: "scoring.wrong-length"
    case .part(_, let fault): fault.id
    case .repeatedSeed: "scoring.repeated-seed"
    case .otherCard: "scoring.other-card"
    case .otherRequest: "scoring.other-request"
    case .changedWhileReading: "scoring.table-changed"
    case .keyNotWritten: "scoring.key-not-written"
    case .keyNotDestroyed: "scoring.key-not-destroyed"
    case .scoreOutOfRange: "scoring.score-out-of-range"
    }
  }
}
