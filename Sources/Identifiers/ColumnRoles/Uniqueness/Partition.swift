/// Rows in groups that agree on some columns. Rows that only one person has in a group are just
/// counted: another column never makes them less unique, so they need no more work.
package struct Partition: Sendable {
  /// Row numbers, group after group. Each group has rows of at least two persons.
  package private(set) var rows: [UInt32] = []
  /// The end of each group in `rows`.
  package private(set) var ends: [Int] = []
  /// The number of rows that are singled out.
  private(set) var singles = 0

  /// Creates a partition with the first `count` rows in one group.
  package init(first count: Int) {
    guard count > 0 else { return }
    rows = (0..<UInt32(count)).map { $0 }
    ends = [count]
  }

  private init() {}
}

/// Refines partitions by columns. Owns the working memory, so each instance serves one thread.
///
/// In each group, the state of a code describes the rows seen: nobody, one person, or several.
/// O(rows that are not singled out).
package struct PartitionRefiner {
  private let matrix: CodeMatrix
  /// The state of each code: nobody, one more than a person, or `several`.
  private var states: [UInt32]
  /// The number of rows of each code; later, the position for its next row.
  private var counts: [UInt32]
  /// The number of rows read so far.
  private(set) var work = 0

  private static let several = UInt32.max

  package init(_ matrix: CodeMatrix) {
    self.matrix = matrix
    let size = (matrix.sizes.max() ?? 0) + 1
    states = Array(repeating: 0, count: size)
    counts = Array(repeating: 0, count: size)
  }

  /// Returns the number of rows that are singled out after a column is added.
  package mutating func singles(_ partition: Partition, adding column: Int) -> Int {
    work += partition.rows.count
    return matrix.columns[column].withUnsafeBufferPointer { codes in
      states.withUnsafeMutableBufferPointer { states in
        partition.rows.withUnsafeBufferPointer { rows in
          guard let persons = matrix.persons else {
            return partition.singles + Self.lonely(rows, partition.ends, codes, states)
          }
          return partition.singles
            + persons.withUnsafeBufferPointer {
              Self.lonely(rows, partition.ends, codes, $0, states)
            }
        }
      }
    }
  }

  /// Counts rows whose code is unique in their group. `states` is 0 before and after.
  private static func lonely(
    _ rows: UnsafeBufferPointer<UInt32>, _ ends: [Int], _ codes: UnsafeBufferPointer<UInt32>,
    _ counts: UnsafeMutableBufferPointer<UInt32>
  ) -> Int {
    var found = 0
    var start = 0
    for end in ends {
      for place in start..<end { counts[Int(codes[Int(rows[place])])] &+= 1 }
      for place in start..<end {
        let code = Int(codes[Int(rows[place])])
        // The first row of a code sees its count, later ones 0.
        found &+= counts[code] == 1 ? 1 : 0
        counts[code] = 0
      }
      start = end
    }
    return found
  }

  /// Counts rows whose code belongs to one person only in their group. `states` is 0 before and
  /// after.
  private static func lonely(
    _ rows: UnsafeBufferPointer<UInt32>, _ ends: [Int], _ codes: UnsafeBufferPointer<UInt32>,
    _ persons: UnsafeBufferPointer<UInt32>,
    _ states: UnsafeMutableBufferPointer<UInt32>
  ) -> Int {
    var found = 0
    var start = 0
    for end in ends {
      for place in start..<end {
        let row = Int(rows[place])
        let (code, person) = (Int(codes[row]), persons[row] &+ 1)
        states[code] = states[code] == 0 || states[code] == person ? person : several
      }
      for place in start..<end where states[Int(codes[Int(rows[place])])] != several { found &+= 1 }
      for place in start..<end { states[Int(codes[Int(rows[place])])] = 0 }
      start = end
    }
    return found
  }

  /// Returns the partition with a column added.
  package mutating func refined(_ partition: Partition, by column: Int) -> Partition {
    work += 2 * partition.rows.count
    let (codes, persons) = (matrix.columns[column], matrix.persons)
    var sorted = [UInt32](repeating: 0, count: partition.rows.count)
    var kept = 0
    var ends: [Int] = []
    var singles = partition.singles
    var touched: [Int] = []
    var start = 0
    for end in partition.ends {
      touched.removeAll(keepingCapacity: true)
      for place in start..<end {
        let row = Int(partition.rows[place])
        let (code, person) = (Int(codes[row]), (persons?[row] ?? UInt32(row)) &+ 1)
        if counts[code] == 0 { touched.append(code) }
        counts[code] += 1
        states[code] = states[code] == 0 || states[code] == person ? person : Self.several
      }
      for code in touched {
        if states[code] == Self.several {
          let count = Int(counts[code])
          counts[code] = UInt32(kept)
          kept += count
          ends.append(kept)
        } else {
          singles += Int(counts[code])
        }
      }
      for place in start..<end {
        let row = partition.rows[place]
        let code = Int(codes[Int(row)])
        guard states[code] == Self.several else { continue }
        sorted[Int(counts[code])] = row
        counts[code] += 1
      }
      for code in touched {
        counts[code] = 0
        states[code] = 0
      }
      start = end
    }
    sorted.removeLast(sorted.count - kept)
    return Partition(rows: sorted, ends: ends, singles: singles)
  }
}

extension Partition {
  fileprivate init(rows: [UInt32], ends: [Int], singles: Int) {
    self.init()
    (self.rows, self.ends, self.singles) = (rows, ends, singles)
  }
}
