import Basics
import Foundation
import LatticeEncryption
import Mechanisms

/// The side that has the points: answers a request without a key, and without seeing a record.
package struct ScoreAnswer {
  package let header: SealedHeader
  private let points: IntegerPoints
  private let request: URL

  /// Checks that the request belongs to the card and has the right length.
  /// - Throws: ``ScorecardFault``, ``ScoringFault``.
  package init(_ card: Scorecard, request: URL) throws {
    points = try IntegerPoints(card)
    self.request = request
    let reader = try SealedReader(request, kind: .request)
    guard reader.header.card == (try PublicCard(card).digest()),
      reader.header.entries == card.entryCount
    else {
      throw ScoringFault.otherCard(file: request.relativePath)
    }
    try reader.requireLength(reader.header.requestLength)
    var header = reader.header
    header.request = try ContentDigest.sha256(of: request)
    self.header = header
  }

  /// The size of the answer in bytes.
  package func byteCount() throws -> Int {
    try SealedKind.answer.head(header).count + header.answerLength
  }

  /// Writes the answer. It does not appear if anything fails.
  package func write(to output: URL, check: () throws -> Void = {}) throws {
    let reader = try SealedReader(request, kind: .request)
    let zero = try reader.part(SealedBlock.byteCount) { bytes throws(LatticeFault) in
      try SealedBlock(reading: bytes)
    }
    var seeds: Set<PublicSeed> = [zero.seed]
    let weights = WeightPolynomial(points.weights, intercept: points.intercept)
    let responder = Responder(weights: weights, zero: zero, random: SecureRandom())
    try WholeFile.make(output) { draft in
      let file = try SealedKind.answer.begin(draft, header)
      defer { try? file.close() }
      for records in header.blocks {
        try check()
        let block = try reader.part(SealedBlock.byteCount) { bytes throws(LatticeFault) in
          try SealedBlock(reading: bytes)
        }
        guard seeds.insert(block.seed).inserted else {
          throw ScoringFault.repeatedSeed(file: request.relativePath)
        }
        try file.write(contentsOf: responder.answer(block, records: records).bytes)
      }
    }
  }
}
