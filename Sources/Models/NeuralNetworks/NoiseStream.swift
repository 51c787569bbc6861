import Basics
import VectorKernels

/// Random numbers determined by key and counter, for a network's initial parameters, its input and
/// its sampling. All of these are post-processing: never used for the noise of a mechanism.
package struct NoiseStream: Sendable, Equatable, Codable {
  package let key: UInt64
  /// The next element of the stream; saved with a checkpoint.
  package private(set) var counter: UInt64 = 0

  package init(key: UInt64) { self.key = key }

  package mutating func normal(into out: UnsafeMutablePointer<Float>, count: Int) {
    fk_normal(out, count, key, take(count))
  }

  package mutating func uniform(into out: UnsafeMutablePointer<Float>, count: Int) {
    fk_uniform(out, count, key, take(count))
  }

  package mutating func gumbel(into out: UnsafeMutablePointer<Float>, count: Int) {
    fk_gumbel(out, count, key, take(count))
  }

  /// Returns an index drawn evenly from 0 ..< `bound`, with a bias of at most bound / 2^64.
  package mutating func index(below bound: Int) -> Int {
    let word = SplitMix64.mixed(key &+ (take(1) &+ 1) &* SplitMix64.step)
    return Int(word.multipliedFullWidth(by: UInt64(bound)).high)
  }

  /// Moves past `count` elements and returns their start, for threads that draw parts of them.
  package mutating func take(_ count: Int) -> UInt64 {
    defer { counter += UInt64(count) }
    return counter
  }

  /// Returns a stream that begins at an element of this one.
  package func from(_ counter: UInt64) -> NoiseStream {
    var stream = self
    stream.counter = counter
    return stream
  }
}
