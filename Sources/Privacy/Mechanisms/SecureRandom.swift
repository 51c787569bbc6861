import BigInt
import Crypto
import Foundation
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#endif

/// The stream of random words that every mechanism draws from: unpredictable, buffered, and used by
/// one task at a time.
///
/// A ChaCha20 keystream (swift-crypto, ChaChaPoly sealing zeros) under a key from the operating
/// system's generator. Every block is made under its own key and its first 32 bytes become the next
/// key, so a later look at the memory does not reveal earlier words (fast key erasure, Bernstein
/// 2017). A word is wiped as it is handed out. After a fork the child takes a new key before its
/// next word. `docs/proofs/secure-random.md` states the guarantees. Not `Sendable`: make one for
/// each task.
package final class SecureRandom: RandomNumberGenerator {
  /// Whether the stream is private. False for a stream made from a seed: its draws protect nobody,
  /// and every artefact must say so.
  package let isPrivate: Bool

  private static let blockBytes = 1 << 16
  private static let keyBytes = 32
  private static let wordsPerBlock = (blockBytes - keyBytes) / 8
  private static let zeros = Data(count: blockBytes)

  private let words: UnsafeMutablePointer<UInt64>
  private var position: Int
  private var key: SymmetricKey
  private var fork: UInt64

  /// Creates a stream under a fresh key from the operating system.
  package init() {
    isPrivate = true
    words = Self.emptyBuffer()
    position = Self.wordsPerBlock
    key = Self.freshKey()
    ForkCounter.watch()
    fork = ForkCounter.current
  }

  /// Creates a repeatable stream for tests: the same seed gives the same words, after `firstWords`,
  /// and no draw from it is private.
  package init(testing seed: UInt64, firstWords: [UInt64] = []) {
    precondition(firstWords.count <= Self.wordsPerBlock, "too many scripted words")
    isPrivate = false
    words = Self.emptyBuffer()
    position = Self.wordsPerBlock - firstWords.count
    for (offset, word) in firstWords.enumerated() { words[position + offset] = word }
    key = SymmetricKey(
      data: (0..<Self.keyBytes).map {
        $0 < 8 ? UInt8(truncatingIfNeeded: seed >> (8 * UInt64($0))) : 0
      })
    ForkCounter.watch()
    fork = ForkCounter.current
  }

  deinit {
    wipe()
    words.deallocate()
  }

  /// Returns the next 64 random bits.
  @inline(__always)
  package func next() -> UInt64 {
    if position == Self.wordsPerBlock || fork != ForkCounter.current { refill() }
    let word = words[position]
    words[position] = 0
    position += 1
    return word
  }

  @inline(never)
  private func refill() {
    if fork != ForkCounter.current {
      fork = ForkCounter.current
      if isPrivate { key = Self.freshKey() } else if position < Self.wordsPerBlock { return }
    }
    // The nonce may be constant because no key seals twice. Sealing cannot fail for a nonce of 12
    // bytes and this length.
    guard let nonce = try? ChaChaPoly.Nonce(data: [UInt8](repeating: 0, count: 12)),
      let block = try? ChaChaPoly.seal(Self.zeros, using: key, nonce: nonce).ciphertext
    else { preconditionFailure("the cipher refused to make a keystream") }
    block.withUnsafeBytes { bytes in
      key = SymmetricKey(data: bytes.prefix(Self.keyBytes))
      UnsafeMutableRawPointer(words).copyMemory(
        from: bytes.baseAddress! + Self.keyBytes, byteCount: Self.wordsPerBlock * 8)
    }
    position = 0
  }

  /// Zeroes the buffer with calls that the compiler must not leave out.
  private func wipe() {
    let byteCount = Self.wordsPerBlock * 8
    #if canImport(Darwin)
      memset_s(words, byteCount, 0, byteCount)
    #else
      explicit_bzero(words, byteCount)
    #endif
  }

  private static func emptyBuffer() -> UnsafeMutablePointer<UInt64> {
    let words = UnsafeMutablePointer<UInt64>.allocate(capacity: wordsPerBlock)
    words.initialize(repeating: 0, count: wordsPerBlock)
    return words
  }

  private static func freshKey() -> SymmetricKey {
    var system = SystemRandomNumberGenerator()
    let words = (0..<keyBytes / 8).map { _ in system.next() }
    return words.withUnsafeBytes { SymmetricKey(data: $0) }
  }
}

extension SecureRandom {
  /// Returns a uniform whole number in `0 ..< bound`; no value is favoured (Lemire 2019, with
  /// rejection).
  package func uniform(below bound: UInt64) -> UInt64 {
    precondition(bound > 0, "nothing lies below zero")
    var product = next().multipliedFullWidth(by: bound)
    if product.low < bound {
      let threshold = (0 &- bound) % bound
      while product.low < threshold { product = next().multipliedFullWidth(by: bound) }
    }
    return product.high
  }

  /// Returns a uniform whole number in `0 ..< bound`, of any size: as many random bits as `bound`
  /// has, drawn again until they lie below it.
  package func uniform(below bound: BigUInt) -> BigUInt {
    precondition(bound > 0, "nothing lies below zero")
    if let small = UInt64(exactly: bound) { return BigUInt(uniform(below: small)) }
    let words = (bound.bitWidth + 63) / 64
    let spareBits = words * 64 - bound.bitWidth
    while true {
      var candidate = BigUInt(next() >> UInt64(spareBits))
      for _ in 1..<words { candidate = candidate << 64 + BigUInt(next()) }
      if candidate < bound { return candidate }
    }
  }
}

/// Counts the forks between this process and the first, so that a random stream notices when it has
/// been copied.
///
/// Reading a counter takes about a nanosecond; asking for the process number before every word
/// would take a system call.
private enum ForkCounter {
  private static let forks = Atomic<UInt64>(0)

  private static let isWatching: Bool = {
    let status = pthread_atfork(nil, nil) { ForkCounter.forks.add(1, ordering: .relaxed) }
    precondition(status == 0, "cannot watch for forks")
    return true
  }()

  /// Starts counting. Every stream calls it before its first check.
  package static func watch() { precondition(isWatching) }

  /// A count that differs before and after a fork, in the child.
  @inline(__always)
  package static var current: UInt64 { forks.load(ordering: .relaxed) }
}
