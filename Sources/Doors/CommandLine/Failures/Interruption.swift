import Dispatch
import Foundation
import Synchronization
import Understudy

/// Turns Ctrl-C, the system's request to end, and the end of the terminal into a flag that long
/// work checks. A second request ends the process at once.
final class Interruption: Sendable {
  private let requests: Requests

  /// Listens until this is released.
  /// - Parameter onFirst: called once, on another thread, when the first request arrives.
  init(onFirst: @escaping @Sendable () -> Void) {
    requests = Requests(onFirst: onFirst)
    SignalListener.shared.add(requests)
  }

  deinit { SignalListener.shared.remove(requests) }

  /// - Throws: `CancellationError` once a request has arrived.
  func check() throws {
    if requests.count.load(ordering: .sequentiallyConsistent) > 0 { throw CancellationError() }
  }
}

/// The requests made of one piece of work.
private final class Requests: Sendable {
  let count = Atomic<Int>(0)
  let onFirst: @Sendable () -> Void

  init(onFirst: @escaping @Sendable () -> Void) { self.onFirst = onFirst }
}

/// Receives the signals that ask a program to end, from the first interruption until the process
/// ends.
///
/// The whole process has one listener. On Linux, a source that is made while another for the same
/// signal exists, or has not gone yet, finds the signal as the last caller of `signal` left it
/// (swift-corelibs-libdispatch, `src/event/event_epoll.c`). If each piece of work had its own
/// sources, a request could be lost for good.
private final class SignalListener: Sendable {
  static let shared = SignalListener()

  private let listening = Mutex<[ObjectIdentifier: Requests]>([:])
  /// Kept for the life of the process and never read.
  private nonisolated(unsafe) let sources: [any DispatchSourceSignal]

  private init() {
    let heard = [SIGINT, SIGTERM] + (Self.ignores(SIGHUP) ? [] : [SIGHUP])
    sources = heard.map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(
        signal: number, queue: .global(qos: .userInteractive))
      source.setEventHandler { SignalListener.shared.receive(number) }
      source.resume()
      return source
    }
  }

  /// Whether whoever started this program wants it to go on in spite of a signal, as `nohup` does.
  private static func ignores(_ number: Int32) -> Bool {
    var action = sigaction()
    return sigaction(number, nil, &action) == 0
      && unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
        == unsafeBitCast(SIG_IGN, to: Int.self)
  }

  func add(_ requests: Requests) {
    listening.withLock { $0[ObjectIdentifier(requests)] = requests }
  }

  func remove(_ requests: Requests) { listening.withLock { $0[ObjectIdentifier(requests)] = nil } }

  private func receive(_ number: Int32) {
    let asked = listening.withLock { Array($0.values) }
    guard !asked.isEmpty else { return endAsUsual(number) }
    for requests in asked {
      if requests.count.add(1, ordering: .sequentiallyConsistent).oldValue > 0 {
        _exit(ExitStatus.cancelled.rawValue)
      }
      requests.onFirst()
    }
  }

  /// Has the signal's usual effect on a program that does not listen.
  private func endAsUsual(_ number: Int32) {
    signal(number, SIG_DFL)
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, number)
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    raise(number)
  }
}
