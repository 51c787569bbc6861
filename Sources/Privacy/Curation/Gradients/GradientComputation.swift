/// A network's side of a noisy gradient: from the codes of some rows to the factors of each row's gradient.
///
/// The curator calls it inside its wall. It trusts two things of a conforming type, which `Tests/TidyTests/OwnerDoor.swift` therefore
/// lists by name:
/// 1. *Rows stay apart.* What is written for a row depends on that row's codes and on what is public or paid for, never on another row of
///    the batch (no batch normalisation).
/// 2. *Nothing stays.* No code, factor, activation or loss of these rows is read after the call.
///
/// That gradients are clipped, how they are added and the noise are not trusted to it: the curator does that from the factors.
public protocol GradientComputation: AnyObject {
  /// The blocks of parameters, in the order in which their gradients are returned. The same at every call.
  var blocks: [GradientBlock] { get }
  /// The most rows that one call can take. A larger batch comes in parts.
  var rowCapacity: Int { get }

  /// Writes the factors of each row's gradient.
  ///
  /// - Parameters:
  ///   - codes: `[rows, variables]`, row-major, in the order of the domain that the curator adopted.
  ///   - rows: at least 1 and at most ``rowCapacity``.
  ///   - factors: where to write; all of the first `rows` rows of every block must be written.
  func differentiate(_ codes: Span<UInt16>, rows: Int, into factors: GradientFactors)
}
