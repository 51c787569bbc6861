import Foundation
import Quality
import Tables
import Testing

@Suite struct CellTests {
  @Test func `zero-inflated numbers become an atom and quantile bins`() {
    // Half zeros, the rest 1 ... 500: one atom and 10 bins of 50 values each.
    let values = (1...1000).map { $0 <= 500 ? Double($0) : 0 }
    let map = CellMap(original: .numbers(values), labelCount: 0)
    #expect(map.size == 1 + 10 + 2)
    let codes = map.codes(.numbers([0, 1, 50, 51, 500, .nan, 501, -1, .infinity, 0.5]))
    #expect(codes == [0, 1, 1, 2, 10, 11, 12, 12, 12, 1])
    let counts = CellTable.counts([map.codes(.numbers(values))], sizes: [map.size])
    #expect(counts == [500] + [Int32](repeating: 50, count: 10) + [0, 0])
  }

  @Test func `sixty labels have cells of their own and the rest share one`() {
    let codes = (0..<5000).map { Int32($0 % 100 < 50 ? $0 % 10 : $0 % 100) }
    let map = CellMap(original: .labels(codes), labelCount: 101)
    #expect(map.size == 60 + 2, "10 and 50 labels")
    let many = CellMap(original: .labels((0..<5000).map { Int32($0 % 100) }), labelCount: 101)
    #expect(many.size == 61 + 2)
    #expect(many.codes(.labels([0, 59, 60, 99, 100, -1])) == [0, 59, 60, 60, 62, 61])
  }

  @Test func `nothing but missing is two cells`() {
    #expect(CellMap(original: .numbers([.nan, .nan]), labelCount: 0).size == 2)
    #expect(CellMap(original: .labels([-1]), labelCount: 0).codes(.labels([-1])) == [0])
  }

  /// Distances computed in the slow and obvious way: with a dictionary of tuples.
  @Test func `marginal distances agree with counting tuples`() throws {
    func table(_ seed: Int) -> Table {
      Table(
        columns: (0..<4).map { place in
          Column(
            name: "c\(place)", type: .integer,
            cells: .ticks((0..<300).map { Int64(($0 * (seed + place) + $0 / 7) % (place + 3)) }))
        })
    }
    let (original, synthetic) = (table(2), table(5))
    let report = try QualityReport.measure(original: OwnerTable(original), synthetic: synthetic)
    func shares(_ table: Table, _ clique: [Int]) -> [[Int64]: Double] {
      var counts: [[Int64]: Double] = [:]
      for row in 0..<300 {
        let key = clique.map { place -> Int64 in
          guard case .ticks(let ticks) = table.columns[place].cells else { return -1 }
          return ticks[row]
        }
        counts[key, default: 0] += 1.0 / 300
      }
      return counts
    }
    func distance(_ clique: [Int]) -> Double {
      let (first, second) = (shares(original, clique), shares(synthetic, clique))
      return Set(first.keys).union(second.keys).reduce(0) {
        $0 + abs((first[$1] ?? 0) - (second[$1] ?? 0))
      } / 2
    }
    #expect(zip(report.columns, 0..<4).allSatisfy { abs($0.distance - distance([$1])) < 1e-12 })
    #expect(
      zip(report.pairs, MarginalDraw.subsets(columns: 4, order: 2)).allSatisfy {
        abs($0.distance - distance($1)) < 1e-12
      })
    let triples = MarginalDraw.subsets(columns: 4, order: 3).map(distance)
    #expect(abs(report.means.threeWay - triples.reduce(0, +) / 4) < 1e-12)
    #expect(report.means.threeWay > 0.01)
  }

  /// From NumPy 2.4.6: `sorted(default_rng(0).choice(n, 1500, replace=False))[:12]`.
  @Test(arguments: [
    (19_600, [5, 48, 53, 67, 92, 102, 104, 108, 113, 115, 121, 123]),
    (2024, [0, 1, 3, 4, 5, 6, 8, 9, 10, 11, 12, 14]),
  ])
  func `the draw is NumPy's`(population: Int, first: [Int]) {
    var draw = MarginalDraw()
    let chosen = draw.choose(1500, of: population)
    #expect(Array(chosen.prefix(12)) == first)
    #expect(Set(chosen).count == 1500 && chosen.allSatisfy { (0..<population).contains($0) })
  }

  @Test func `association is zero for independence and one for a copy`() {
    let independent = Association(counts: [Int32](repeating: 50, count: 12), rows: 3, columns: 4)
    #expect(independent.cramersV == 0 && independent.information < 1e-12)
    let copy = Association(counts: [100, 0, 0, 0, 100, 0, 0, 0, 100], rows: 3, columns: 3)
    #expect(abs(copy.cramersV - 1) < 1e-9 && abs(copy.information - 1) < 1e-9)
    // Chi-square 16 of 100 rows, corrected: phi² 0.16 - 1/99, over 2 - 1/99 - 1.
    let partial = Association(counts: [35, 15, 15, 35], rows: 2, columns: 2)
    #expect(abs(partial.cramersV - ((0.16 - 1.0 / 99) / (1 - 1.0 / 99)).squareRoot()) < 1e-12)
  }

  @Test func `dates are written in the calendar`() {
    #expect(
      [0, -1, 11_016, 19_782, -719_528].map(Label.date) == [
        "1970-01-01", "1969-12-31", "2000-02-29", "2024-02-29", "0000-01-01",
      ])
  }
}
