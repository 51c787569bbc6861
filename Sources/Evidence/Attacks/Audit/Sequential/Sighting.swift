/// Something that an observer can read off a run: an exit code, the number of rows, whether a file
/// contains a label.
package struct Feature: Sendable, Hashable, Comparable {
  /// The kind of a feature, which decides the stake on it before any run is seen.
  package enum Kind: Int, Sendable, CaseIterable {
    /// How the run ended and which files it left.
    case outcome
    /// Words: texts, labels, switches.
    case word
    case number
  }

  package let kind: Kind
  package let name: String

  package init(_ kind: Kind, _ name: String) {
    self.kind = kind
    self.name = name
  }

  package static func < (left: Feature, right: Feature) -> Bool {
    (left.kind.rawValue, left.name) < (right.kind.rawValue, right.name)
  }
}

/// A feature's value in one run.
package enum FeatureValue: Sendable, Hashable {
  case word(String)
  /// Not NaN.
  case number(Double)
}

/// All observations of one run. A feature that is not in it is absent, which may tell something
/// too.
package typealias Sighting = [Feature: FeatureValue]

/// A yes-or-no question about a run: an event in the sense of differential privacy.
package enum RunEvent: Sendable, Hashable {
  case equals(String)
  case atLeast(Double)
  case absent

  func holds(for value: FeatureValue?) -> Bool {
    switch (self, value) {
    case (.equals(let word), .word(let found)): word == found
    case (.atLeast(let limit), .number(let found)): found >= limit
    case (.absent, nil): true
    default: false
    }
  }
}

/// A bet on one event: that it, or its opposite, is likelier with one table than the claim allows
/// given the other.
package struct RunTest: Sendable, Hashable {
  package let event: RunEvent
  /// Whether the bet is on the opposite of the event.
  package let isOpposite: Bool
  /// Whether the runs with the unit are the likely ones; otherwise those without are.
  package let isLikelyWith: Bool

  func holds(for value: FeatureValue?) -> Bool { event.holds(for: value) != isOpposite }
}
