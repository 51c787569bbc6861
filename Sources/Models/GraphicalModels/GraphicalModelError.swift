/// What a caller's request can ask of a graphical model that it cannot give.
public enum GraphicalModelError: Error, Equatable, CustomStringConvertible {
  /// A table needed on the way to a marginal would have more cells than allowed.
  case tooManyCells(needed: Int, allowed: Int)
  /// Nothing is possible under the structural zeros or the evidence.
  case impossible
  /// A stored model was written in a format this version does not read.
  case unsupportedVersion(found: Int, supported: Int)
  /// A stored model contradicts itself; the text says where.
  case damaged(String)
  /// The caller asked to stop.
  case cancelled

  /// What was asked, what is allowed and how to mend it.
  public var description: String {
    switch self {
    case .tooManyCells(let needed, let allowed):
      "this marginal needs a table of \(needed) cells and \(allowed) are allowed; ask for fewer attributes or raise the limit"
    case .impossible:
      "no combination of values satisfies these conditions; relax the conditions or the structural zeros"
    case .unsupportedVersion(let found, let supported):
      "the model is stored in format \(found) and this version reads format \(supported); use the version that wrote it"
    case .damaged(let place):
      "the stored model contradicts itself (\(place)); fit it again or restore the file"
    case .cancelled:
      "stopped on request"
    }
  }
}
