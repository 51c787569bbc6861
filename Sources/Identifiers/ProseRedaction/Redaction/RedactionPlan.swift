import Words

/// The redaction mode of each type.
package struct RedactionPlan: Sendable, Equatable {
  private var modes: [IdentifierType: RedactionMode]
  private let usual: RedactionMode

  package init(_ usual: RedactionMode = .tag, _ modes: [IdentifierType: RedactionMode] = [:]) {
    self.usual = usual
    self.modes = modes
  }

  package subscript(type: IdentifierType) -> RedactionMode {
    get { modes[type] ?? usual }
    set { modes[type] = newValue }
  }

  /// Whether any mode depends on a key.
  package var needsKey: Bool {
    IdentifierType.allCases.contains { [.fake, .pseudonym, .shift].contains(self[$0]) }
  }
}

/// The replacement for an identifier.
package enum RedactionMode: String, CaseIterable, Sendable {
  /// A star for each character, so that all positions stay the same; line ends stay.
  case mask
  /// The type, as in `<PERSON>`.
  case tag
  /// An invented value of the same kind. Under one key, an identifier always gets the same value.
  /// Dates are shifted.
  case fake
  /// Letters and digits derived from the identifier and the key alone.
  case pseudonym
  /// A date moved by a number of days that is fixed for each person, so that intervals are kept.
  case shift
  /// The year of a date alone, unless it reveals an age over 89.
  case year
  /// The first three digits of a postal code if enough people live there, else 000.
  case zip3
  /// "90+", for ages over 89.
  case cap
  /// Nothing.
  case drop
  /// The identifier itself: found and counted, but left in place.
  case keep

  /// The types to which the mode applies; nil if it applies to all.
  package var types: Set<IdentifierType>? {
    switch self {
    case .shift, .year: [.date]
    case .zip3: [.postalCode]
    case .cap: [.age]
    default: nil
    }
  }
}
