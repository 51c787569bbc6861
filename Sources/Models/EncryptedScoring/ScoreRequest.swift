import Basics
import DelimitedText
import Foundation
import LatticeEncryption
import Mechanisms

/// The side that has the records: encrypts those of a file, under a key made for this request.
///
/// The file is read twice: to count its rows, so that everything can be said before anything is
/// written, and to encrypt them block by block.
package struct ScoreRequest {
  package let card: PublicCard
  package let header: SealedHeader
  private let table: URL

  /// Counts the records.
  /// - Throws: `TableError`, ``ScoringFault``.
  package init(table: URL, card: PublicCard, check: () throws -> Void = {}) throws {
    let reader = try CellReader(table)
    _ = try RecordEncoder(card, reader)
    var records = 0
    try reader.forEachRow { number, _ in
      if number % 4096 == 0 { try check() }
      records += 1
    }
    guard records > 0 else { throw ScoringFault.noRecords }
    self.card = card
    self.table = table
    header = SealedHeader(card: try card.digest(), entries: card.entryCount, records: records)
  }

  /// The size of the request in bytes.
  package func byteCount() throws -> Int {
    try SealedKind.request.head(header).count + header.requestLength
  }

  /// Writes the request and its key. Neither appears if anything fails.
  /// - Returns: For each column of the card, the number of cells that fitted no entry.
  package func write(to request: URL, key keyFile: URL, check: () throws -> Void = {}) throws
    -> [Int]
  {
    let random = SecureRandom()
    let key = SecretKey(random: random)
    var misfits: [Int] = []
    var keyIsWritten = false
    do {
      try WholeFile.make(request) { draft in
        misfits = try encrypt(to: draft, key: key, random: random, check: check)
        var keyHeader = header
        keyHeader.request = try ContentDigest.sha256(of: draft)
        try KeyFile.write(key, header: keyHeader, to: keyFile)
        keyIsWritten = true
      }
    } catch {
      if keyIsWritten { unlink(keyFile.path) }
      throw error
    }
    return misfits
  }

  private func encrypt(
    to draft: URL, key: borrowing SecretKey, random: SecureRandom, check: () throws -> Void
  ) throws -> [Int] {
    let seeds = SecureRandom()
    let file = try SealedKind.request.begin(draft, header)
    defer { try? file.close() }
    try file.write(contentsOf: key.encryptedZero(random: random, seeds: seeds).bytes)
    let reader = try CellReader(table)
    var encoder = try RecordEncoder(card, reader)
    var block = BlockFiller(perBlock: header.recordsPerBlock, entries: header.entries)
    try reader.forEachRow { _, row in
      encoder.encode(row) { block.set($1, at: $0) }
      guard let full = block.next() else { return }
      try check()
      try file.write(contentsOf: key.encrypt(full, random: random, seeds: seeds).bytes)
    }
    if let rest = block.rest() {
      try file.write(contentsOf: key.encrypt(rest, random: random, seeds: seeds).bytes)
    }
    guard block.records == header.records else { throw ScoringFault.changedWhileReading }
    return encoder.misfits
  }
}

/// Collects records until a block is full.
private struct BlockFiller: ~Copyable {
  private let perBlock: Int
  private let entries: Int
  private var block = PlainBlock()
  private var filled = 0
  private(set) var records = 0

  init(perBlock: Int, entries: Int) {
    self.perBlock = perBlock
    self.entries = entries
  }

  func set(_ value: UInt64, at entry: Int) { block.set(value, at: filled * entries + entry) }

  /// Ends a record. Returns the block if that filled it.
  mutating func next() -> PlainBlock? {
    records += 1
    filled += 1
    return filled == perBlock ? taken() : nil
  }

  /// Returns the last block, if records are in it.
  mutating func rest() -> PlainBlock? { filled > 0 ? taken() : nil }

  private mutating func taken() -> PlainBlock {
    filled = 0
    var full = PlainBlock()
    swap(&full, &block)
    return full
  }
}
