import Dispatch
import Foundation
import Synchronization

/// Turns Ctrl-C, and the system's request to end, into a flag that long work looks at. A second request ends the process at once.
final class Interruption {
  private final class Requests: Sendable {
    let count = Atomic<Int>(0)
  }

  private static let signals = [SIGINT, SIGTERM]
  /// How many listen: one may be made while another listens, and only the last puts the signals back.
  private static let listeners = Atomic<Int>(0)
  private let requests = Requests()
  private var sources: [any DispatchSourceSignal] = []

  /// Listens until this is released.
  /// - Parameter onFirst: called once, on another thread, when the first request comes.
  init(onFirst: @escaping @Sendable () -> Void) {
    let requests = requests
    Self.listeners.add(1, ordering: .sequentiallyConsistent)
    sources = Interruption.signals.map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global(qos: .userInteractive))
      source.setEventHandler {
        if requests.count.add(1, ordering: .sequentiallyConsistent).oldValue > 0 { _exit(ExitStatus.cancelled.rawValue) }
        onFirst()
      }
      source.resume()
      return source
    }
  }

  deinit {
    for source in sources { source.cancel() }
    guard Self.listeners.subtract(1, ordering: .sequentiallyConsistent).newValue == 0 else { return }
    for number in Interruption.signals { signal(number, SIG_DFL) }
  }

  /// - Throws: `CancellationError` once a request has come.
  func check() throws {
    if requests.count.load(ordering: .sequentiallyConsistent) > 0 { throw CancellationError() }
  }
}
