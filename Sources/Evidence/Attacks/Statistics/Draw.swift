import Basics
import Encoding

/// Draws of queries and targets. Which of them an attack tries is no secret; nothing of a release depends on it.
package struct Draw {
  private var generator: SamplingGenerator

  package init(seed: UInt64) { generator = SamplingGenerator(seed: seed) }

  /// 0 ..< `bound`.
  package mutating func below(_ bound: Int) -> Int { Int(generator.next().multipliedFullWidth(by: UInt64(bound)).high) }

  /// `count` distinct numbers below `population` in random order; all of them where there are no more.
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
