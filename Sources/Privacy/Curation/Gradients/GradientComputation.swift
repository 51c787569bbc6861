/// A network's side of a noisy gradient: it turns the codes of some rows into the factors of each
/// row's gradient.
///
/// The curator calls it inside its wall and trusts two things about a conforming type, so
/// `Tests/TidyTests/OwnerDoor.swift` lists such types by name:
/// 1. *Rows stay apart.* The output for a row depends on that row's codes and on public or paid
///    facts, never on another row of the batch (no batch normalisation).
/// 2. *Nothing stays.* No code, factor, activation or loss of these rows is read after the call.
///
/// It is not trusted with clipping, adding or noise: the curator does all three from the factors.
package protocol GradientComputation: AnyObject {
  /// The blocks of parameters, in the order in which their gradients are returned. The same at
  /// every call.
  var blocks: [GradientBlock] { get }
  /// The largest number of rows one call can take. A larger batch comes in parts.
  var rowCapacity: Int { get }

  /// Writes the factors of each row's gradient.
  ///
  /// - Parameters:
  ///   - codes: `[rows, variables]`, row-major, in the order of the domain that the curator
  ///     adopted.
  ///   - rows: at least 1 and at most ``rowCapacity``.
  ///   - factors: the destination; all of the first `rows` rows of every block must be written.
  func differentiate(_ codes: Span<UInt16>, rows: Int, into factors: GradientFactors)
}
