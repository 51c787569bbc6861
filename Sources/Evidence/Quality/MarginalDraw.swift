/// The draw of a wide table's marginals to compare, the same as the neutral judge's.
///
/// The judge draws 1,500 of all subsets of an order with NumPy's
/// `default_rng(0).choice(…, replace=False)`. This is that generator (PCG64, XSL-RR, O'Neill 2014)
/// in the state that seed 0 gives, with NumPy's bounded draws (Lemire 2019) and its two ways of
/// choosing. It decides only what is measured on the owner's side; no noise is drawn from it.
package struct MarginalDraw {
  package static let mostMarginals = 1500

  private var state: UInt128 = 35_399_562_948_360_463_058_890_781_895_381_311_971
  private let increment: UInt128 = 87_136_372_517_582_989_555_478_159_403_783_844_777
  private var upperHalf: UInt32?

  package init() {}

  /// Returns all subsets of `order` columns in lexicographic order, or the drawn ones if there are
  /// more than 1,500.
  package static func cliques(columns: Int, order: Int) -> [[Int]] {
    let all = subsets(columns: columns, order: order)
    guard all.count > mostMarginals else { return all }
    var draw = MarginalDraw()
    return draw.choose(mostMarginals, of: all.count).map { all[$0] }
  }

  package static func subsets(columns: Int, order: Int) -> [[Int]] {
    var result: [[Int]] = order == 0 ? [[]] : []
    guard order > 0, columns >= order else { return result }
    func extend(_ prefix: [Int], from start: Int) {
      if prefix.count == order {
        result.append(prefix)
        return
      }
      for next in start..<columns { extend(prefix + [next], from: next + 1) }
    }
    extend([], from: 0)
    return result
  }

  /// Returns `count` distinct numbers below `population`, ascending.
  package mutating func choose(_ count: Int, of population: Int) -> [Int] {
    if population > 10_000, count > population / 50 {
      return chooseByShuffling(count, of: population)
    }
    var chosen = Set<Int>()
    for candidate in (population - count)..<population {
      let drawn = Int(below(UInt64(candidate)))
      if !chosen.insert(drawn).inserted { chosen.insert(candidate) }
    }
    return chosen.sorted()
  }

  private mutating func chooseByShuffling(_ count: Int, of population: Int) -> [Int] {
    var numbers = Array(0..<population)
    for index in stride(from: population - 1, through: max(population - count, 1), by: -1) {
      numbers.swapAt(index, Int(below(UInt64(index))))
    }
    return numbers.suffix(count).sorted()
  }

  /// Returns a number in `0 ... maximum`; `maximum` fits in 32 bits.
  private mutating func below(_ maximum: UInt64) -> UInt64 {
    guard maximum > 0 else { return 0 }
    let range = UInt32(maximum) + 1
    var product = UInt64(next32()) * UInt64(range)
    if UInt32(truncatingIfNeeded: product) < range {
      let threshold = (UInt32.max - UInt32(maximum)) % range
      while UInt32(truncatingIfNeeded: product) < threshold {
        product = UInt64(next32()) * UInt64(range)
      }
    }
    return product >> 32
  }

  private mutating func next32() -> UInt32 {
    if let half = upperHalf {
      upperHalf = nil
      return half
    }
    let word = next64()
    upperHalf = UInt32(word >> 32)
    return UInt32(truncatingIfNeeded: word)
  }

  private mutating func next64() -> UInt64 {
    state = state &* 47_026_247_687_942_121_848_144_207_491_837_523_525 &+ increment
    let folded = UInt64(truncatingIfNeeded: state >> 64) ^ UInt64(truncatingIfNeeded: state)
    let rotation = UInt64(truncatingIfNeeded: state >> 122)
    return (folded >> rotation) | (folded << ((64 &- rotation) & 63))
  }
}
