import Basics
import Quality

/// The associations of a synthetic table, and the ground that each stands on.
struct Relations {
  let associations: AssociationMatrix
  /// The ground of each pair, in the order of the associations; nil if it is not known.
  let grounds: [HeatMap.Ground]?

  init(_ associations: AssociationMatrix, _ error: ExpectedError?) {
    self.associations = associations
    guard let pairs = error?.pairs, !pairs.isEmpty else {
      grounds = nil
      return
    }
    let found = Dictionary(pairs.map { ([$0.first, $0.second], $0) }) { first, _ in first }
    let names = associations.columns
    var grounds: [HeatMap.Ground] = []
    for first in names.indices {
      for second in names.indices where second > first {
        let pair =
          found[[names[first], names[second]]] ?? found[[names[second], names[first]]]
        let value = associations.value(first, second)
        grounds.append(Self.ground(pair, value))
      }
    }
    self.grounds = grounds
  }

  private static func ground(_ pair: ExpectedError.Pair?, _ value: Double) -> HeatMap.Ground {
    guard let pair, pair.isMeasured else { return .implied }
    // Columns of one variable were counted as one.
    guard let floor = pair.floor else { return .counted }
    return value > floor ? .counted : .noise
  }

  /// How many pairs stand on each ground, in a sentence; nil if that is not known.
  var sentence: String? {
    guard let grounds else { return nil }
    func count(_ ground: HeatMap.Ground) -> String {
      NumberText.count(grounds.count { $0 == ground })
    }
    let pairs = NumberText.plural(grounds.count, "pair", "pairs")
    return
      "Of \(pairs) of columns, \(count(.counted)) were counted together and stand out of the noise: only these are relations of the "
      + "original. \(count(.noise)) were counted together and show no more than noise does. \(count(.implied)) were not counted together: "
      + "what they show follows from other relations, and may be more or less in the original."
  }
}
