import Foundation

/// Reports the progress of a pass over a file on standard error: a line that redraws itself if
/// somebody watches.
final class ShareProgress {
  private let console: Console
  private let verb: String
  private var shown = -1

  init(_ verb: String, console: Console) {
    self.console = console
    self.verb = verb
  }

  func report(_ share: Double) {
    let percent = Int(share * 100)
    guard !console.isQuiet, console.terminal.isErrorWatched, percent > shown else { return }
    shown = percent
    Console.write("\r\u{1B}[K\(verb) \(percent) %", to: .standardError)
  }

  func finish() {
    guard shown >= 0 else { return }
    Console.write("\r\u{1B}[K", to: .standardError)
    shown = -1
  }
}
