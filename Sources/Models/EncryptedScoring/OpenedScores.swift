import Basics
import DelimitedText
import Foundation
import LatticeEncryption

/// The side that has the key: reads the scores of an answer.
package struct OpenedScores {
  package let card: PublicCard
  package let header: SealedHeader
  private let answer: URL
  private let keyFile: URL

  /// Checks that answer, key and card belong together.
  /// - Throws: ``ScoringFault``.
  package init(answer: URL, key keyFile: URL, card: PublicCard) throws {
    let key = try SealedReader(keyFile, kind: .key)
    try key.requireLength(SecretKey.byteCount)
    let reader = try SealedReader(answer, kind: .answer)
    guard key.header.card == (try card.digest()) else {
      throw ScoringFault.otherCard(file: keyFile.relativePath)
    }
    guard reader.header == key.header else {
      throw ScoringFault.otherRequest(file: answer.relativePath)
    }
    try reader.requireLength(reader.header.answerLength)
    header = reader.header
    self.card = card
    self.answer = answer
    self.keyFile = keyFile
  }

  /// Writes the scores in the order of the records, then destroys the key. If a score is beyond the
  /// card's range, nothing is written, and the key is destroyed all the same: an answer that was
  /// not made by the rules must not be followed by another one under the same key.
  package func write(to output: URL) throws {
    do {
      let sums = try sums()
      guard sums.allSatisfy({ abs($0) < card.bound }) else { throw ScoringFault.scoreOutOfRange }
      try ScoreFile.write(sums.map(card.score), to: output)
    } catch ScoringFault.scoreOutOfRange {
      try KeyFile.destroy(keyFile)
      throw ScoringFault.scoreOutOfRange
    }
    try KeyFile.destroy(keyFile)
  }

  /// Returns the whole score of each record.
  package func sums() throws -> [Int64] {
    let keyReader = try SealedReader(keyFile, kind: .key)
    let key = try keyReader.part(SecretKey.byteCount) { bytes throws(LatticeFault) in
      try SecretKey(reading: bytes)
    }
    let reader = try SealedReader(answer, kind: .answer)
    var sums: [Int64] = []
    sums.reserveCapacity(header.records)
    for records in header.blocks {
      let scores = try reader.part(SealedScores.byteCount(records: records)) {
        bytes throws(LatticeFault) in
        try SealedScores(reading: bytes, records: records, spacing: header.entries)
      }
      sums += key.scores(scores)
    }
    return sums
  }
}

/// A table of scores: the row's number in the file, and the score last.
package enum ScoreFile {
  package static func write(_ scores: [Double], to output: URL) throws {
    try WholeFile.make(output) { draft in
      var text = "row,score\n"
      for (row, score) in scores.enumerated() { text += "\(row + 1),\(score)\n" }
      try Data(text.utf8).write(to: draft)
    }
  }
}
