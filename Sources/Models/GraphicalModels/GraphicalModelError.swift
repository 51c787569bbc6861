/// A request that a graphical model cannot fulfil.
package enum GraphicalModelError: Error, Equatable, CustomStringConvertible {
  /// A table needed on the way to a marginal would have more cells than allowed.
  case tooManyCells(needed: Int, allowed: Int)
  /// Nothing is possible under the structural zeros or the evidence.
  case impossible
  /// A stored model was written in a format this version does not read.
  case unsupportedVersion(found: Int, supported: Int)
  /// A stored model contradicts itself; the text names the place.
  case damaged(String)
  /// The caller asked to stop.
  case cancelled

  /// A message that states the request, the limit and the remedy.
  package var description: String {
    switch self {
    case .tooManyCells(let needed, let allowed):
      "This marginal needs a table of \(needed) cells, and \(allowed) are allowed. Ask for fewer columns."
    case .impossible:
      "No combination of values satisfies these conditions. Relax them."
    case .unsupportedVersion(let found, let supported):
      "The model is stored in format \(found), and this version reads format \(supported). Use the version that wrote it."
    case .damaged(let place):
      "The stored model contradicts itself (\(place)). Make the release again, or restore the file."
    case .cancelled:
      "Stopped on request."
    }
  }
}

extension GraphicalModelError {
  /// A name that never changes, for programs that read errors.
  package var id: String {
    switch self {
    case .tooManyCells: "model.too-many-cells"
    case .impossible: "model.impossible"
    case .unsupportedVersion: "model.unsupported-version"
    case .damaged: "model.damaged"
    case .cancelled: "cancelled"
    }
  }
}
