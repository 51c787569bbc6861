import Encoding
import Foundation

/// All spellings of a text that Unicode calls equivalent, for engines that know no normalisation
/// form.
///
/// Each is made from the decomposed text by putting characters in the place of their decompositions
/// and by exchanging neighbours whose order means nothing (Unicode Standard Annex 15).
enum CanonicalSpellings {
  /// The most spellings that a statement names for one text.
  private static let most = 64

  /// Returns the spellings, the composed one first; nil if there are too many.
  static func all(of text: String) -> [String]? {
    let start = Array(text.decomposedStringWithCanonicalMapping.unicodeScalars)
    var known: Set<[Unicode.Scalar]> = [start]
    var open = [start]
    while let next = open.popLast() {
      for further in neighbours(of: next) where known.insert(further).inserted {
        guard known.count <= most else { return nil }
        open.append(further)
      }
    }
    let composed = text.canonicallyComposed
    let others = known.map { String(String.UnicodeScalarView($0)) }.filter {
      !$0.utf8.elementsEqual(composed.utf8)
    }
    return [composed]
      + others.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
  }

  private static func neighbours(of text: [Unicode.Scalar]) -> [[Unicode.Scalar]] {
    var found: [[Unicode.Scalar]] = []
    for place in text.indices {
      let rest = text[place...]
      for (parts, whole) in decompositions[text[place]] ?? [] where rest.starts(with: parts) {
        found.append(text[..<place] + [whole] + text[(place + parts.count)...])
      }
      guard place + 1 < text.count else { continue }
      let classes = [text[place], text[place + 1]].map(\.properties.canonicalCombiningClass)
      if classes[0] != classes[1], !classes.contains(.notReordered) {
        var swapped = text
        swapped.swapAt(place, place + 1)
        found.append(swapped)
      }
    }
    return found
  }

  /// The characters with a decomposition, by its first part. All that Unicode has are in its first
  /// three planes.
  private static let decompositions: [Unicode.Scalar: [([Unicode.Scalar], Unicode.Scalar)]] = {
    var found: [Unicode.Scalar: [([Unicode.Scalar], Unicode.Scalar)]] = [:]
    for value in UInt32(0x80)..<0x30000 {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let parts = Array(String(scalar).decomposedStringWithCanonicalMapping.unicodeScalars)
      if let first = parts.first, parts != [scalar] {
        found[first, default: []].append((parts, scalar))
      }
    }
    return found
  }()
}
