import Basics
import Encoding

/// Draws queries and targets. The choice is not secret; nothing in a release depends on it.
package struct Draw {
  private var generator: SamplingGenerator

  package init(seed: UInt64) { generator = SamplingGenerator(seed: seed) }

  /// Returns a number in 0 ..< `bound`.
  package mutating func below(_ bound: Int) -> Int {
    Int(generator.next().multipliedFullWidth(by: UInt64(bound)).high)
  }

  /// Returns `count` distinct numbers below `population` in random order; all of them if there are
  /// no more.
  package mutating func choose(_ count: Int, of population: Int) -> [Int] {
    let count = min(count, population)
    if count * 4 < population {
      var seen = Set<Int>(minimumCapacity: count)
      var chosen: [Int] = []
      while chosen.count < count {
        let candidate = below(population)
        if seen.insert(candidate).inserted { chosen.append(candidate) }
      }
      return chosen
    }
    var all = Array(0..<population)
    for place in 0..<count { all.swapAt(place, place + below(population - place)) }
    return Array(all.prefix(count))
  }
}
