import Words

/// What stands in the place of an identifier.
package enum RedactionMode: String, CaseIterable, Sendable {
  /// A star for each character, so that all places stay where they are; line ends stay.
  case mask
  /// The type, as in `<PERSON>`.
  case tag
  /// An invented value of the same kind: the same identifier has the same one under one key. Dates are shifted.
  case fake
  /// Letters and digits that follow from the identifier and the key alone.
  case pseudonym
  /// Of dates: moved by a number of days that is one for each person, so that intervals are kept.
  case shift
  /// Of dates: the year alone, unless it tells an age over 89.
  case year
  /// Of postal codes: the first three digits where enough people live there, else 000.
  case zip3
  /// Of ages over 89: "90+".
  case cap
  /// Nothing.
  case drop
  /// The identifier itself: it is found and counted, and left.
  case keep

  /// The types for which the mode has a meaning; nil where all have.
  package var types: Set<IdentifierType>? {
    switch self {
    case .shift, .year: [.date]
    case .zip3: [.postalCode]
    case .cap: [.age]
    default: nil
    }
  }
}
