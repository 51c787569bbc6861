/// The origin of a table that is attacked.
package enum StandInKind: String, CaseIterable, Encodable, Sendable {
  /// The table itself, a row for each person: the attacks' view if everything leaks.
  case original
  case unprotected = "without-privacy"
  case protected = "with-privacy"

  package var title: String {
    switch self {
    case .original: "the table itself"
    case .unprotected: "GAN without privacy"
    case .protected: "GAN with privacy"
    }
  }
}
