import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#endif

/// Counts the forks between this process and the first, so that a random stream notices when it has
/// been copied.
///
/// Reading a counter takes about a nanosecond; asking for the process number before every word
/// would take a system call.
enum ForkCounter {
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
