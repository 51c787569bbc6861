import Encoding

/// Rows that stay where they are: their database is asked how many there are of each kind.
///
/// Every number is exact, and the same as if the rows had been read under the schema and counted
/// here (docs/proofs/counted-rows.md). Numbers go to the curator, which adds the noise, and to
/// nobody else.
package protocol CountedRows: AnyObject, Sendable {
  /// The statements that were run, and the bytes that came.
  var traffic: CountTraffic { get }
  /// The number of rows.
  var rowCount: Int { get }

  /// Returns how many rows of an ordered variable fall into each of the ascending, disjoint `runs`
  /// of ticks, followed by the number of missing rows and those with each of `codes` code words.
  func histogram(of variable: String, runs: [ClosedRange<Int64>], codes: Int) throws -> [Int]

  /// Returns the number of rows on the `count` fullest ticks in `runs`.
  func crowding(of variable: String, ticks count: Int, in runs: [ClosedRange<Int64>]) throws -> Int

  /// Returns how many rows in `runs` count with each of `lattices`, and last how many lie on none.
  func grain(of variable: String, lattices: [Lattice], in runs: [ClosedRange<Int64>]) throws
    -> [Int]

  /// Returns the number of different ticks in `runs`.
  func tickCount(of variable: String, in runs: [ClosedRange<Int64>]) throws -> Int

  /// Returns the ticks in `runs` that at least `least` rows have, and those of the given ranks
  /// among the ascending ticks there, which begin at 0.
  func ticks(
    of variable: String, in runs: [ClosedRange<Int64>], least: Int, ranks: [Int]
  ) throws -> [RankedTick]

  /// Returns the counts of each set of attributes, row-major, from one statement.
  /// - Parameters:
  ///   - blocks: Sets that are counted together, from the cells of all their attributes.
  ///   - attributes: All that may be asked for in further passes.
  func counts(of blocks: [[[CountedAttribute]]], among attributes: [CountedAttribute]) throws
    -> [[Int32]]
}

/// A tick, its rank among the ticks of a question, and the number of its rows.
package struct RankedTick: Sendable, Equatable {
  package let rank: Int
  package let tick: Int64
  package let count: Int

  package init(rank: Int, tick: Int64, count: Int) {
    (self.rank, self.tick, self.count) = (rank, tick, count)
  }
}

/// The codes of a variable, or groups of them, as something to count by.
package struct CountedAttribute: Sendable, Hashable {
  package let variable: String
  /// The place of the variable among those of the domain.
  package let place: Int
  package let codec: Codec
  /// The group of each code; nil if codes stand for themselves.
  package let groups: [Int]?
  /// The number of codes or groups.
  package let size: Int

  package init(variable: String, place: Int, codec: Codec, groups: [Int]? = nil, size: Int) {
    (self.variable, self.place, self.codec) = (variable, place, codec)
    (self.groups, self.size) = (groups, size)
  }

  /// Returns the attribute whose codes are groups of this one's.
  package func grouped(_ further: [Int], size: Int) -> CountedAttribute {
    CountedAttribute(
      variable: variable, place: place, codec: codec,
      groups: groups.map { $0.map { further[$0] } } ?? further, size: size)
  }

  /// Returns the code or group of a code of the codec.
  func code(_ code: Int) -> Int { groups.map { $0[code] } ?? code }

  package static func == (first: CountedAttribute, second: CountedAttribute) -> Bool {
    first.place == second.place && first.groups == second.groups && first.codec == second.codec
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(place)
    hasher.combine(groups)
  }
}
