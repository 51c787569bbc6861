import LatticeEncryption
import Testing

@Suite struct ReadingTests {
  @Test func whatIsWrittenIsReadBack() throws {
    let scene = Scene(width: 11, records: 9, largest: 1, seed: 31)
    let block = scene.blocks[0]
    #expect(block.bytes.count == SealedBlock.byteCount)
    #expect(try block.bytes.withUnsafeBytes { try SealedBlock(reading: $0) } == block)
    for records in [0, 1, 2, 9] {
      let answer = scene.responder().answer(block, records: records)
      #expect(answer.bytes.count == SealedScores.byteCount(records: records))
      let read = try answer.bytes.withUnsafeBytes {
        try SealedScores(reading: $0, records: records, spacing: 11)
      }
      #expect(read == answer)
    }
    let copy = try scene.key.withBytes { try SecretKey(reading: $0) }
    #expect(Oracle.secret(copy) == Oracle.secret(scene.key))
    #expect(
      copy.scores(scene.responder().answer(block, records: 9)) == (0..<9).map { scene.score($0) })
  }

  @Test func otherLengthsAreRefused() {
    let scene = Scene(width: 11, records: 9, largest: 1, seed: 32)
    let bytes = scene.blocks[0].bytes
    for length in [0, 1, 31, 32, bytes.count - 1, bytes.count + 1] {
      let cut = Array((bytes + [0]).prefix(length))
      #expect(throws: LatticeFault.wrongLength(expected: bytes.count, found: length)) {
        try cut.withUnsafeBytes { try SealedBlock(reading: $0) }
      }
    }
    #expect(throws: LatticeFault.wrongLength(expected: 2048, found: 2047)) {
      _ = try scene.key.withBytes {
        try SecretKey(reading: UnsafeRawBufferPointer(rebasing: $0.dropLast()))
      }
    }
  }

  /// Every one of the 16,384 numbers of a block is checked, also against the very prime.
  @Test func residuesNotBelowTheirPrimeAreRefused() throws {
    let scene = Scene(width: 11, records: 9, largest: 1, seed: 33)
    for (place, prime) in [(0, 0), (1, 0), (8191, 0), (0, 1), (4711, 1), (8191, 1)] {
      for excess: UInt64 in [0, 1, (1 << 52) - 1 - PrimeRing.both[prime].prime] {
        var bytes = scene.blocks[0].bytes
        put(PrimeRing.both[prime].prime + excess, at: place, from: 32 + prime * 53_248, in: &bytes)
        #expect(throws: LatticeFault.residueTooLarge) {
          try bytes.withUnsafeBytes { try SealedBlock(reading: $0) }
        }
      }
      var bytes = scene.blocks[0].bytes
      put(PrimeRing.both[prime].prime - 1, at: place, from: 32 + prime * 53_248, in: &bytes)
      let read = try bytes.withUnsafeBytes { try SealedBlock(reading: $0) }
      #expect(read.body[prime * 8192 + place] == PrimeRing.both[prime].prime - 1)
    }
  }

  @Test func bitsAfterTheLastScoreAreRefused() {
    let scene = Scene(width: 11, records: 9, largest: 1, seed: 34)
    var bytes = scene.responder().answer(scene.blocks[0], records: 9).bytes
    bytes[bytes.count - 1] |= 0x80
    #expect(throws: LatticeFault.residueTooLarge) {
      try bytes.withUnsafeBytes { try SealedScores(reading: $0, records: 9, spacing: 11) }
    }
  }

  @Test func keysThatAreNotTernaryAreRefused() {
    for place in [0, 1, 2, 3] {
      var bytes = [UInt8](repeating: 0, count: SecretKey.byteCount)
      bytes[1000] = 3 << UInt8(2 * place)
      #expect(throws: LatticeFault.notTernary) {
        _ = try bytes.withUnsafeBytes { _ = try SecretKey(reading: $0) }
      }
    }
  }

  /// Random bytes and random changes give a value of the right shape or a fault, never a crash.
  @Test func readersSurviveAnything() {
    let scene = Scene(width: 11, records: 9, largest: 1, seed: 35)
    let draws = scene.draws
    let (block, answer) = (
      scene.blocks[0].bytes, scene.responder().answer(scene.blocks[0], records: 9).bytes
    )
    var (refused, read) = (0, 0)
    for round in 0..<400 {
      var bytes = round % 2 == 0 ? block : answer
      for _ in 0..<draws.whole(1...20) {
        bytes[draws.whole(0...bytes.count - 1)] = UInt8(draws.whole(0...255))
      }
      if round % 5 == 0 { bytes = Array(bytes.prefix(draws.whole(0...bytes.count))) }
      if round % 7 == 0 {
        bytes.append(contentsOf: (0..<draws.whole(1...40)).map { _ in UInt8(draws.whole(0...255)) })
      }
      do {
        try bytes.withUnsafeBytes { raw in
          if round % 2 == 0 {
            let block = try SealedBlock(reading: raw)
            #expect(block.bytes == bytes)
          } else {
            let answer = try SealedScores(reading: raw, records: 9, spacing: 11)
            #expect(scene.key.scores(answer).count == 9)
            #expect(answer.bytes == bytes)
          }
        }
        read += 1
      } catch { refused += 1 }
    }
    #expect(refused > 50 && read > 50, "\(refused) refused, \(read) read")
  }

  private func put(_ residue: UInt64, at place: Int, from start: Int, in bytes: inout [UInt8]) {
    for bit in 0..<52 {
      let position = 52 * place + bit
      let mask = UInt8(1) << UInt8(position % 8)
      if residue >> UInt64(bit) & 1 == 1 {
        bytes[start + position / 8] |= mask
      } else {
        bytes[start + position / 8] &= ~mask
      }
    }
  }
}
