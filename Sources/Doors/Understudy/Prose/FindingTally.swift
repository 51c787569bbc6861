import Foundation
import ProseRedaction
import Words

/// Identifiers found, by type and by column or field.
package struct FindingTally {
  package private(set) var counts: [IdentifierType: Int] = [:]
  package private(set) var fields: [String: [IdentifierType: Int]] = [:]
  package private(set) var documents = 0
  /// How often words of the user's `--always` list occurred.
  package private(set) var always = 0
  /// Findings left as they are because the user's list says so.
  package private(set) var left: [IdentifierType: Int] = [:]
  /// How often values of a row's identifier columns occurred in its prose.
  package private(set) var ownValues = 0
  /// Words that no detector reads.
  package private(set) var unread: [UnreadWord.Script: Int] = [:]
  /// Findings in the column names, and in the lines above them.
  package private(set) var inHeader = 0
  package private(set) var above = 0

  package init() {}

  package mutating func add(
    _ findings: ProseFindings, field: String?, part: DocumentName.Part = .document
  ) {
    switch part {
    case .document: break
    case .header: inHeader += findings.spans.count
    case .linesAbove: above += findings.spans.count
    }
    always += findings.always.count
    ownValues += findings.ownValues.count
    for span in findings.left { left[span.type, default: 0] += 1 }
    for word in findings.unread { unread[word.script, default: 0] += 1 }
    for span in findings.spans {
      counts[span.type, default: 0] += 1
      if let field { fields[field, default: [:]][span.type, default: 0] += 1 }
    }
  }

  /// Ends a document. A part above the rows does not count as one.
  package mutating func endDocument(_ part: DocumentName.Part = .document) {
    if part == .document { documents += 1 }
  }

  package var total: Int { counts.values.reduce(0, +) }

  /// The counts, largest first, then by name.
  package var byCount: [(type: IdentifierType, count: Int)] {
    counts.sorted { ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue) }.map {
      ($0.key, $0.value)
    }
  }

  /// "12 words in Cyrillic and 3 in Greek letters"; nil if every word was read.
  package var unreadWords: String? {
    guard !unread.isEmpty else { return nil }
    let parts = unread.sorted { ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue) }
    let words = parts.enumerated().map { place, part in
      (place == 0 ? Numbers.count(part.value, "word") : Numbers.count(part.value))
        + " in \(part.key.rawValue)"
    }
    return words.formatted(.list(type: .and).locale(Locale(identifier: "en_GB"))) + " letters"
  }

  /// The counts by script, for machines.
  package var unreadByScript: [String: Int] {
    Dictionary(uniqueKeysWithValues: unread.map { ($0.key.rawValue, $0.value) })
  }

  /// Returns the counts of a field, by the names of the types.
  package func named(_ field: String) -> [String: Int] {
    Dictionary(uniqueKeysWithValues: (fields[field] ?? [:]).map { ($0.key.rawValue, $0.value) })
  }

  package var named: [String: Int] {
    Dictionary(uniqueKeysWithValues: counts.map { ($0.key.rawValue, $0.value) })
  }
}
