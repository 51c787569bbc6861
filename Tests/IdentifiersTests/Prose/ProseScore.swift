import ProseRedaction

/// How well findings agree with labels.
struct ProseScore: CustomStringConvertible {
  private(set) var identifiers = 0
  /// Identifiers touched by a finding of their type.
  private(set) var typed = 0
  /// Identifiers whose letters and digits are all covered, by findings of any type.
  private(set) var masked = 0
  private(set) var findings = 0
  /// Findings that touch an identifier of their type.
  private(set) var right = 0
  private(set) var nearMisses = 0
  /// Near-misses with at least one letter or digit covered.
  private(set) var nearMissesHit = 0
  /// Runs of letters and digits outside identifiers.
  private(set) var words = 0
  private(set) var wordsHit = 0

  mutating func add(_ note: LabelledNote, _ found: [ProseSpan]) {
    func isWord(_ place: Int) -> Bool {
      let byte = note.text[place]
      return byte >= 0x80 || (48...57).contains(byte) || (97...122).contains(byte | 0x20)
    }
    var covered = [Bool](repeating: false, count: note.text.count)
    var labelled = covered
    for span in found { for place in span.range { covered[place] = true } }
    for identifier in note.identifiers {
      for place in identifier.range { labelled[place] = true }
      identifiers += 1
      if found.contains(where: { $0.type == identifier.type && $0.range.overlaps(identifier.range) }
      ) {
        typed += 1
      }
      if identifier.range.allSatisfy({ covered[$0] || !isWord($0) }) { masked += 1 }
    }
    findings += found.count
    right += found.count { span in
      note.identifiers.contains { $0.type == span.type && $0.range.overlaps(span.range) }
    }
    nearMisses += note.nearMisses.count
    nearMissesHit += note.nearMisses.count { range in range.contains { covered[$0] && isWord($0) } }
    var start: Int?
    for place in 0...note.text.count {
      if place < note.text.count, isWord(place) {
        start = start ?? place
      } else if let from = start {
        start = nil
        guard !labelled[from..<place].contains(true) else { continue }
        words += 1
        if covered[from..<place].contains(true) { wordsHit += 1 }
      }
    }
  }

  var recall: Double { Double(typed) / Double(max(1, identifiers)) }
  var precision: Double { Double(right) / Double(max(1, findings)) }
  /// Recall counts four times as much as precision.
  var f2: Double { 5 * precision * recall / max(1e-9, 4 * precision + recall) }
  var maskedShare: Double { Double(masked) / Double(max(1, identifiers)) }
  var needlessNearMisses: Double { Double(nearMissesHit) / Double(max(1, nearMisses)) }
  var needlessWords: Double { Double(wordsHit) / Double(max(1, words)) }

  var description: String {
    "F2 \(f2), precision \(precision), recall \(recall), masked \(maskedShare) of \(identifiers); needless: \(nearMissesHit) of "
      + "\(nearMisses) near-misses, \(wordsHit) of \(words) words"
  }
}
