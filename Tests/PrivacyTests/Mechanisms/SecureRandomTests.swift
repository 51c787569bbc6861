import Foundation
import Mechanisms
import TestPrograms
import Testing

@Suite("Secure random stream")
struct SecureRandomTests {
  @Test("Two production streams differ, and are marked private")
  func productionStreamsDiffer() {
    let (first, second) = (SecureRandom(), SecureRandom())
    #expect(first.isPrivate && second.isPrivate)
    let words = (0..<64).map { _ in first.next() }
    #expect(words != (0..<64).map { _ in second.next() })
    #expect(Set(words).count == 64)  // 64 words collide with probability 2^-53
  }

  @Test("A seeded stream repeats, and is marked as not private")
  func seededStreamRepeats() {
    let (first, second, third) = (
      SecureRandom(testing: 7), SecureRandom(testing: 7), SecureRandom(testing: 8)
    )
    #expect(!first.isPrivate)
    let words = (0..<20_000).map { _ in first.next() }  // more than two blocks
    #expect(words == (0..<20_000).map { _ in second.next() })
    #expect(words.first != third.next())
    #expect(Set(words).count == words.count)
    #expect(SecureRandom(testing: 1, firstWords: [5, 6]).next() == 5)
  }

  @Test(
    "Known answer: the stream is ChaCha20 under the seed as key, its first 32 bytes kept as the next key"
  )
  func knownAnswer() {
    // RFC 8439 2.4: block 1 (the first that ChaChaPoly encrypts with) of the all-zero key and
    // nonce, from byte 32 on. RFC 8439 A.1, test vector 2: 9f07e7be 5551387a 98ba977c 732d080d
    // cb0f29a0 48e36569 12c6533e 32ee7aed ... as little-endian bytes.
    let expected: [UInt8] = [
      0x29, 0xB7, 0x21, 0x76, 0x9C, 0xE6, 0x4E, 0x43, 0xD5, 0x71, 0x33, 0xB0, 0x74, 0xD8, 0x39,
      0xD5,
      0x31, 0xED, 0x1F, 0x28, 0x51, 0x0A, 0xFB, 0x45, 0xAC, 0xE1, 0x0A, 0x1F, 0x4B, 0x79, 0x4D,
      0x6F,
    ]
    let random = SecureRandom(testing: 0)
    let found = (0..<4).flatMap { _ in withUnsafeBytes(of: random.next().littleEndian) { Array($0) }
    }
    #expect(found == expected)
  }

  @Test("Bits are balanced, each of the 64")
  func bitsAreBalanced() {
    let random = SecureRandom()
    let draws = 200_000
    var ones = [Int](repeating: 0, count: 64)
    for _ in 0..<draws {
      let word = random.next()
      for bit in 0..<64 where word >> UInt64(bit) & 1 == 1 { ones[bit] += 1 }
    }
    // Hoeffding: a bit strays by t draws with probability 2 exp(-2 t² / n).
    let limit = (Double(draws) / 2 * log(2 * 64 / ChiSquared.falseAlarm)).squareRoot()
    for (bit, count) in ones.enumerated() {
      #expect(
        abs(Double(count) - Double(draws) / 2) < limit,
        "n = \(draws), k = \(count) ones in bit \(bit), p < \(ChiSquared.falseAlarm)")
    }
  }

  #if os(Linux)
    @Test(
      "After a fork, parent and child draw different words; a stream that keeps its state is seen to repeat"
    )
    func forkSafety() throws {
      let (mine, childs) = try wordsAfterFork(of: SecureRandom())
      #expect(mine != childs)
      let (seeded, copied) = try wordsAfterFork(of: SecureRandom(testing: 9))
      #expect(seeded == copied)
    }

    private func wordsAfterFork(of random: SecureRandom) throws -> (parent: UInt64, child: UInt64) {
      _ = random.next()
      var ends: [Int32] = [0, 0]
      try #require(pipe(&ends) == 0)
      let child = TestProgram.copyOfThisProcess()
      if child == 0 {
        var word = random.next()
        _ = write(ends[1], &word, 8)
        _exit(0)
      }
      try #require(child > 0)
      close(ends[1])
      defer { close(ends[0]) }
      var word: UInt64 = 0
      #expect(read(ends[0], &word, 8) == 8)
      var status: Int32 = 0
      waitpid(child, &status, 0)
      return (random.next(), word)
    }
  #endif

  @Test("Speed, printed")
  func speed() {
    let random = SecureRandom()
    let (nanoseconds, sum) = ProcessorClock.nanoseconds(per: 4_000_000) {
      (0..<4_000_000).reduce(into: UInt64(0)) { sum, _ in sum &+= random.next() }
    }
    print("secure random stream: \(nanoseconds) ns per UInt64")
    #expect(sum != 0)
  }
}
