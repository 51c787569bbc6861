import Synchronization

/// Lets each person open so many pages at once and so many a second afterwards; a program that runs
/// wild, or somebody who copies everything, gets 429.
final class RateGate: Sendable {
  static let most = 2000.0
  static let eachSecond = 20.0

  private let left = Mutex<[String: (count: Double, time: Int)]>([:])

  /// Counts a request of an account.
  /// - Returns: Whether it is let in.
  func admits(_ account: String, at now: Int) -> Bool {
    left.withLock { left in
      let (count, time) = left[account] ?? (Self.most, now)
      let refilled = min(Self.most, count + Double(max(0, now - time)) * Self.eachSecond)
      left[account] = (max(0, refilled - 1), max(now, time))
      return refilled >= 1
    }
  }
}

/// The person has asked for too much at once.
struct TooManyRequests: Error {}
