import Encoding
import Foundation
import Synchronization
import TableSources
import Tables

/// Something that runs statements at the place where a table is.
package protocol CountingLink: AnyObject, Sendable {
  var traffic: CountTraffic { get }
  /// Runs a statement and drops its result.
  func run(_ sql: String) throws
  /// Returns the columns of a query's rows, which are whole numbers.
  func numbers(of sql: String, columns: Int) throws -> [[Int64]]
  /// Returns the bytes in a query's one cell.
  func bytes(of sql: String) throws -> [UInt8]
}

/// A table that is counted where it is.
package final class CountedTable: CountedRows {
  package let rowCount: Int
  private let link: any CountingLink
  private let dialect: any CountDialect
  private let statements: CountStatements
  private let name: String
  /// The attributes whose codes the engine keeps.
  private let kept = Mutex<[CountedAttribute]>([])
  /// The statements of each stage so far.
  private let stages: Mutex<[CountStage: Int]>

  /// The most bytes of codes that an engine of this program's own keeps.
  private static let mostKept = 256 << 20

  /// Looks at the table's size, and from then on at the same state of it, where its engine has
  /// such a thing.
  /// - Throws: ``CountingFault``, ``SourceError``.
  package init(
    _ link: any CountingLink, dialect: any CountDialect, statements: CountStatements, name: String
  ) throws {
    (self.link, self.dialect, self.statements, self.name) = (link, dialect, statements, name)
    let before = link.traffic.statements
    for statement in dialect.setUp + dialect.snapshot.begin { try link.run(statement) }
    if let check = dialect.checksTexts, try link.numbers(of: check, columns: 1) != [[1]] {
      throw CountingFault.encoding
    }
    let size = statements.size
    let numbers = try link.numbers(of: size.sql, columns: 1 + size.columns.count)
    guard numbers.allSatisfy({ $0.count == 1 && $0[0] >= 0 }) else {
      throw SourceError.malformed(table: name)
    }
    if let place = numbers.dropFirst().firstIndex(where: { $0[0] > 0 }) {
      throw SourceError.outOfRange(table: name, column: size.columns[place - 1])
    }
    rowCount = Int(numbers[0][0])
    stages = Mutex([.opening: link.traffic.statements - before])
  }

  package var traffic: CountTraffic {
    var traffic = link.traffic
    traffic.stages = stages.withLock { $0 }
    return traffic
  }

  /// Asks something, and notes the statements that it took.
  private func ask<Answer>(_ stage: CountStage, _ body: () throws -> Answer) rethrows -> Answer {
    let before = link.traffic.statements
    defer { stages.withLock { $0[stage, default: 0] += link.traffic.statements - before } }
    return try body()
  }

  package func histogram(of variable: String, runs: [ClosedRange<Int64>], codes: Int) throws
    -> [Int]
  {
    let (sql, cells) = statements.histogram(of: variable, runs: runs, codes: codes)
    let buckets = try ask(.values) { try self.cells(of: sql, count: cells.count) }
    var counts = [Int](repeating: 0, count: runs.count + 1 + codes)
    for (cell, count) in zip(cells, buckets) where cell != nil { counts[cell ?? 0] += count }
    return counts
  }

  package func crowding(of variable: String, ticks count: Int, in runs: [ClosedRange<Int64>]) throws
    -> Int
  {
    try ask(.values) {
      try number(of: statements.crowding(of: variable, ticks: count, in: runs))
    }
  }

  package func grain(of variable: String, lattices: [Lattice], in runs: [ClosedRange<Int64>]) throws
    -> [Int]
  {
    try ask(.values) {
      try cells(
        of: statements.grain(of: variable, lattices: lattices, in: runs), count: lattices.count + 1)
    }
  }

  package func tickCount(of variable: String, in runs: [ClosedRange<Int64>]) throws -> Int {
    try ask(.values) { try number(of: statements.tickCount(of: variable, in: runs)) }
  }

  package func ticks(
    of variable: String, in runs: [ClosedRange<Int64>], least: Int, ranks: [Int]
  ) throws -> [RankedTick] {
    let rows = try ask(.values) {
      try link.numbers(
        of: statements.ticks(of: variable, in: runs, least: least, ranks: ranks), columns: 3)
    }
    return rows[0].indices.map {
      RankedTick(rank: Int(rows[0][$0]), tick: rows[1][$0], count: Int(rows[2][$0]))
    }
  }

  package func counts(of blocks: [[[CountedAttribute]]], among attributes: [CountedAttribute])
    throws
    -> [[Int32]]
  {
    let areAlone = blocks.joined().allSatisfy { $0.count == 1 }
    return try ask(areAlone ? .columns : .relations) {
      // Each column alone is counted once: codes that are kept would not be used again.
      let isKept = dialect.keepsCodes && !areAlone
      return try counts(blocks, from: isKept ? try keep(attributes) : nil)
    }
  }

  /// Has the engine keep the codes of attributes, or the way to them if they would take too much
  /// memory: the number of statements is the same.
  private func keep(_ attributes: [CountedAttribute]) throws -> [CountedAttribute] {
    func isView(_ attributes: [CountedAttribute]) -> Bool {
      let bytes = attributes.reduce(0) { $0 + dialect.codeType($1.size).bytes }
      return rowCount > Self.mostKept / max(1, bytes)
    }
    return try kept.withLock { kept in
      if kept != attributes {
        // Both at once would take twice the memory.
        if !kept.isEmpty { try link.run(statements.dropping(isView: isView(kept))) }
        kept = []
        try link.run(try statements.keeping(attributes, isView: isView(attributes)))
        kept = attributes
      }
      return kept
    }
  }

  private func counts(_ blocks: [[[CountedAttribute]]], from kept: [CountedAttribute]?) throws
    -> [[Int32]]
  {
    let sizes = blocks.joined().map { $0.reduce(1) { $0 * $1.size } }
    var all = [Int32](repeating: 0, count: sizes.reduce(0, +))
    for (key, count) in try cells(of: statements.counts(of: blocks, from: kept)) {
      guard all.indices.contains(key), count > 0, count <= rowCount else {
        throw SourceError.malformed(table: name)
      }
      all[key] = Int32(count)
    }
    var start = 0
    return try sizes.map { size in
      defer { start += size }
      let counts = Array(all[start..<start + size])
      // Each row has one code of each attribute.
      guard counts.reduce(0, { $0 + Int($1) }) == rowCount else {
        throw SourceError.database(.changed, table: name)
      }
      return counts
    }
  }

  /// Returns the keys and numbers of packed cells.
  private func cells(of sql: String) throws -> [(key: Int, count: Int)] {
    guard dialect.packs else {
      return try link.numbers(of: sql, columns: 1)[0].map { (Int($0 >> 32), Int($0 & 0xffff_ffff)) }
    }
    let bytes = try link.bytes(of: sql)
    guard bytes.count % 8 == 0 else { throw SourceError.malformed(table: name) }
    return bytes.withUnsafeBytes { bytes in
      stride(from: 0, to: bytes.count, by: 8).map { at in
        let key = Int32(bigEndian: bytes.loadUnaligned(fromByteOffset: at, as: Int32.self))
        let count = Int32(bigEndian: bytes.loadUnaligned(fromByteOffset: at + 4, as: Int32.self))
        return (Int(key), Int(count))
      }
    }
  }

  /// Returns the counts of cells from rows `(cell, count)`.
  private func cells(of sql: String, count: Int) throws -> [Int] {
    let rows = try link.numbers(of: sql, columns: 2)
    var cells = [Int](repeating: 0, count: count)
    for (cell, rows) in zip(rows[0], rows[1]) {
      guard cells.indices.contains(Int(cell)), (1...Int64(rowCount)).contains(rows) else {
        throw SourceError.malformed(table: name)
      }
      cells[Int(cell)] = Int(rows)
    }
    return cells
  }

  private func number(of sql: String) throws -> Int {
    let rows = try link.numbers(of: sql, columns: 1)
    guard rows[0].count == 1, (0...Int64(rowCount)).contains(rows[0][0]) else {
      throw SourceError.malformed(table: name)
    }
    return Int(rows[0][0])
  }
}
