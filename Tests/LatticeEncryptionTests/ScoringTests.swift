import BigInt
import LatticeEncryption
import Mechanisms
import Testing

@Suite struct ScoringTests {
  @Test(arguments: [(1, 300, 1), (30, 400, 255), (108, 200, 255), (1_498, 12, 1), (8_192, 2, 1)])
  func everyScoreEqualsThePlainOne(width: Int, count: Int, largest: Int) {
    let scene = Scene(
      width: width, records: count, largest: largest, intercept: -12_345, seed: UInt64(width))
    let responder = scene.responder()
    var record = 0
    for (index, block) in scene.blocks.enumerated() {
      for score in scene.key.scores(responder.answer(block, records: scene.count(in: index))) {
        #expect(score == scene.score(record))
        record += 1
      }
    }
    #expect(record == count)
  }

  /// The ends of the range: 2^27 less one, and its negative.
  @Test(arguments: [LatticeParameters.scoreLimit - 1, 1 - LatticeParameters.scoreLimit])
  func theLargestScoresAreExact(score: Int64) {
    let scene = Scene(width: 1, records: 1, largest: 0, intercept: score, seed: 5)
    #expect(scene.key.scores(scene.responder().answer(scene.blocks[0], records: 1)) == [score])
  }

  /// Decryption in large whole numbers gives the same scores, and its noise is within the bounds of
  /// docs/proofs/lattice-noise.md.
  @Test func decryptionInLargeNumbersAgrees() {
    let scene = Scene(width: 108, records: 75, largest: 255, intercept: 77, seed: 11)
    let secret = Oracle.secret(scene.key)
    let pair = scene.responder().blinded(scene.blocks[0], records: 75)
    let answer = SealedScores(dropping: pair, records: 75, spacing: 108)
    let scores = scene.key.scores(answer)
    let sum = scene.weights.reduce(0) { $0 + abs($1) }
    let bound = BigInt(1) << 73 + BigInt(21 * sum + 21 * (2 * 8192 + 1))
    for record in [0, 1, 37, 74] {
      let phase = Oracle.phase(pair, secret, at: record * 108)
      let noise = phase - Oracle.scale * BigInt(scene.score(record))
      #expect(noise.magnitude <= bound.magnitude)
      #expect(
        noise.magnitude > BigUInt(1) << 60, "flooding of 2^74 is below 2^60 once in 8,192 draws")
      #expect(Oracle.rounded(phase, modulus: Oracle.modulus) == BigInt(scene.score(record)))
      var small = BigInt(answer.bodies[record])
      small += Oracle.product(record * 108, { BigInt(answer.mask[$0]) }, secret)
      #expect(Oracle.rounded(small, modulus: Oracle.primes[0]) == BigInt(scene.score(record)))
      #expect(scores[record] == scene.score(record))
    }
  }

  /// A fresh block is the scaled number plus at most 21.
  @Test func freshNoiseIsBounded() {
    let scene = Scene(width: 108, records: 75, largest: 255, seed: 12)
    let secret = Oracle.secret(scene.key)
    var pair = scene.blocks[0].opened()
    pair.body.invert()
    pair.mask.invert()
    for (record, place) in [(0, 0), (1, 5), (74, 107)] {
      let phase = Oracle.phase(pair, secret, at: record * 108 + place)
      let noise = phase - Oracle.scale * BigInt(scene.records[record][place])
      #expect(noise.magnitude <= 21)
    }
  }

  /// n = 8,192 draws of each kind. A mean outside six standard errors happens by chance in fewer
  /// than 1 in 10^8 runs.
  @Test func smallNumbersHaveTheirDistributions() {
    let draws = Draws(9)
    let ternary = (0..<8192).map { _ in draws.random.ternary() }
    for value: Int64 in -1...1 {
      let share = Double(ternary.count { $0 == value }) / 8192
      #expect(
        abs(share - 1 / 3) < 6 * (2.0 / 9 / 8192).squareRoot(),
        "n = 8192, share \(share) of \(value)")
    }
    let noise = (0..<8192).map { _ in Double(draws.random.centredBinomial()) }
    #expect(noise.allSatisfy { abs($0) <= 21 })
    let variance = noise.reduce(0) { $0 + $1 * $1 } / 8192
    #expect(
      abs(variance - 10.5) < 6 * 10.5 * (2.0 / 8192).squareRoot(), "n = 8192, variance \(variance)")
    let flooding = (0..<8192).map { _ in
      let (first, second) = draws.random.flooding()
      return Double(Oracle.centred(Oracle.combined(first, second), Oracle.modulus)) / 0x1p73
    }
    #expect(flooding.allSatisfy { abs($0) <= 1 })
    let square = flooding.reduce(0) { $0 + $1 * $1 } / 8192
    #expect(
      abs(square - 1 / 3) < 6 * (4.0 / 45 / 8192).squareRoot(), "n = 8192, mean square \(square)")
  }

  /// The same numbers, asked twice, have nothing in common that could be compared.
  @Test func noTwoBlocksShareASeed() {
    let random = SecureRandom()
    let key = SecretKey(random: random)
    let blocks = (0..<4).map { _ in key.encryptedZero(random: random, seeds: random) }
    #expect(Set(blocks.map(\.seed)).count == 4)
  }
}
