import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#endif

/// Counts the forks that lie between this process and the first, so that a random stream notices that it was copied.
///
/// A look at a counter takes about a nanosecond; asking for the process number before every word would take a system call.
enum ForkCounter {
  private static let forks = Atomic<UInt64>(0)

  private static let isWatching: Bool = {
    let status = pthread_atfork(nil, nil) { ForkCounter.forks.add(1, ordering: .relaxed) }
    precondition(status == 0, "cannot watch for forks")
    return true
  }()

  /// Starts counting; every stream calls it before it first looks.
  package static func watch() { precondition(isWatching) }

  /// Different before and after a fork, in the child.
  @inline(__always)
  package static var current: UInt64 { forks.load(ordering: .relaxed) }
}
