import Basics
import Tables
import Testing

/// Tallies compared with a dictionary that looks up every row.
@Suite struct KeyTallyTests {
  @Test(arguments: [1, 50, 100_000, 3_000_000, Int64.max / 2]) func numbersAreCounted(spread: Int64)
  {
    var random = SplitMix64(seed: UInt64(spread))
    for rows in [0, 1, 2, 1000] {
      let low = Int64(random.below(11) - 5)
      let ticks = (0..<rows).map { row in
        switch row % 10 {
        case 0: Cells.missingTick
        case 1: Cells.codeTick(row % 3)
        case 2: Cells.codeTick(Cells.mostCodes - 1)
        default: low + Int64(random.below(Int(spread)))
        }
      }
      check(.ticks(ticks))
    }
  }

  @Test func theEndsOfTheRangeAreCounted() {
    check(.ticks([Int64.max, Cells.lowestValue, Int64.max, Cells.missingTick, 0]))
    check(.ticks([Int64.max, Int64.max - 1, Cells.codeTick(0)]))
    check(.ticks([Cells.lowestValue, Cells.lowestValue + 2, Cells.missingTick]))
    check(.ticks([Cells.missingTick, Cells.codeTick(5), Cells.missingTick]))
  }

  @Test func labelsAreCounted() throws {
    let codes: [Int32] = [2, Cells.missingCode, 0, 2, 2, Cells.missingCode, 0]
    check(.labels(codes: codes, dictionary: LabelDictionary(["a", "b", "c"])))
  }

  private func check(_ cells: Cells) {
    var counts: [Int64: Int] = [:]
    for row in 0..<cells.count { if let key = cells.key(row) { counts[key, default: 0] += 1 } }
    let tally = KeyTally(cells)
    #expect(tally.keys == counts.keys.sorted())
    #expect(tally.counts == tally.keys.map { counts[$0] })
    #expect(tally.present == counts.values.reduce(0, +))
    let places = tally.places(of: cells)
    #expect(places.count == cells.count)
    for row in 0..<cells.count {
      #expect(
        places[row] < 0 ? cells.key(row) == nil : tally.keys[Int(places[row])] == cells.key(row))
    }
  }
}
