/// Labels that are too rare to be known one by one and share a code.
package struct LabelGroup: Sendable, Equatable, Codable {
  /// The label that is written for all of them.
  package let text: String
  /// The beginnings of the labels that belong to the group; of a bundle, of the label that decides
  /// the others.
  package let beginnings: [String]

  package init(text: String, beginnings: [String]) {
    (self.text, self.beginnings) = (text, beginnings)
  }

  /// Creates the group of all labels that begin alike, written as the beginning with an asterisk.
  package init(beginning: String) { self.init(text: beginning + "*", beginnings: [beginning]) }

  /// The one beginning of a group that is written as such; nil for any other group.
  package var beginning: String? {
    beginnings.count == 1 && text == beginnings[0] + "*" ? beginnings[0] : nil
  }
}

/// Finds the group that a label belongs to: the one with the longest beginning, and the first of
/// several with the same one, so that finer groups come first.
struct LabelGroups {
  private let places: [String: Int]
  private let lengths: [Int]
  let count: Int

  init(_ groups: [LabelGroup]) {
    var places: [String: Int] = [:]
    for (place, group) in groups.enumerated() {
      for beginning in group.beginnings where places[beginning] == nil { places[beginning] = place }
    }
    self.places = places
    lengths = Set(places.keys.map(\.count)).sorted(by: >)
    count = groups.count
  }

  /// Returns the place of a label's group; nil if it belongs to none.
  func group(of label: String) -> Int? {
    guard !places.isEmpty else { return nil }
    let leading = LabelCodec.leading(label)
    return lengths.lazy.filter { $0 <= leading.count }.compactMap {
      places[String(leading.prefix($0))]
    }.first
  }
}
