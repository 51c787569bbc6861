import Foundation
import LatticeEncryption
import Mechanisms
import Testing

/// What encrypted scoring costs, from numbers to bytes and back. Run by `scripts/bench.sh` and by
/// nothing else: it names the place of the results in UNDERSTUDY_BENCH_SCORING.
@Suite struct ScoringBenchmark {
  private static let environment = ProcessInfo.processInfo.environment

  private struct Result: Codable {
    let records: Int
    let entries: Int
    /// CPU milliseconds, the least of some repetitions.
    var key = Double.infinity
    var encrypt = Double.infinity
    var answer = Double.infinity
    var read = Double.infinity
    var bytesUp = 0
    var bytesDown = 0
  }

  @Test(.enabled(if: environment["UNDERSTUDY_BENCH_SCORING"] != nil))
  func steps() throws {
    let report = URL(filePath: try #require(Self.environment["UNDERSTUDY_BENCH_SCORING"]))
    // Larger whole numbers for few entries, bins for many.
    let results = try [
      (1_000, 30, 255), (1_000, 108, 255), (1_000, 182, 1), (1_000, 395, 1), (1, 108, 255),
    ].map {
      try measure(records: $0, entries: $1, largest: $2)
    }
    for result in results { print(result) }
    try JSONEncoder().encode(results).write(to: report)
  }

  private func measure(records: Int, entries: Int, largest: UInt64) throws -> Result {
    let draws = SecureRandom(testing: 7)
    let weights = (0..<entries).map { _ in Int64(draws.uniform(below: UInt64(4095))) - 2047 }
    let rows = (0..<records).map { _ in (0..<entries).map { _ in draws.uniform(below: largest + 1) }
    }
    let plain = rows.map { zip($0, weights).reduce(Int64(0)) { $0 + Int64($1.0) * $1.1 } }
    var result = Result(records: records, entries: entries)
    for _ in 0..<9 {
      let (random, seeds) = (SecureRandom(), SecureRandom())
      var zero: [UInt8] = []
      let key = timed(&result.key) {
        let key = SecretKey(random: random)
        zero = key.encryptedZero(random: random, seeds: seeds).bytes
        return key
      }
      let request = timed(&result.encrypt) { encrypt(rows, key: key, random: random, seeds: seeds) }
      let answers = try timed(&result.answer) {
        try answer(request, zero: zero, weights: weights, records: records)
      }
      let scores = try timed(&result.read) {
        try read(answers, key: key, records: records, entries: entries)
      }
      try #require(scores == plain, "a score is wrong")
      result.bytesUp = zero.count + request.reduce(0) { $0 + $1.count }
      result.bytesDown = answers.reduce(0) { $0 + $1.count }
    }
    return result
  }

  private func encrypt(
    _ rows: [[UInt64]], key: borrowing SecretKey, random: SecureRandom, seeds: SecureRandom
  ) -> [[UInt8]] {
    let perBlock = Oracle.degree / rows[0].count
    return stride(from: 0, to: rows.count, by: perBlock).map { start in
      let plain = PlainBlock()
      for (place, number) in rows[start..<min(start + perBlock, rows.count)].joined().enumerated() {
        plain.set(number, at: place)
      }
      return key.encrypt(plain, random: random, seeds: seeds).bytes
    }
  }

  private func answer(_ request: [[UInt8]], zero: [UInt8], weights: [Int64], records: Int) throws
    -> [[UInt8]]
  {
    let perBlock = Oracle.degree / weights.count
    let zero = try zero.withUnsafeBytes { try SealedBlock(reading: $0) }
    let responder = Responder(
      weights: WeightPolynomial(weights, intercept: 0), zero: zero, random: SecureRandom())
    return try request.enumerated().map { index, bytes in
      let block = try bytes.withUnsafeBytes { try SealedBlock(reading: $0) }
      return responder.answer(block, records: min(perBlock, records - index * perBlock)).bytes
    }
  }

  private func read(_ answers: [[UInt8]], key: borrowing SecretKey, records: Int, entries: Int)
    throws -> [Int64]
  {
    let perBlock = Oracle.degree / entries
    var scores: [Int64] = []
    for (index, bytes) in answers.enumerated() {
      let count = min(perBlock, records - index * perBlock)
      scores += key.scores(
        try bytes.withUnsafeBytes {
          try SealedScores(reading: $0, records: count, spacing: entries)
        })
    }
    return scores
  }

  /// Runs `body` and adds its CPU milliseconds to `best`, if they are fewer.
  private func timed<Value: ~Copyable>(_ best: inout Double, _ body: () throws -> Value) rethrows
    -> Value
  {
    let start = clock()
    let value = try body()
    best = min(best, Double(clock() - start) / Double(CLOCKS_PER_SEC) * 1_000)
    return value
  }
}
