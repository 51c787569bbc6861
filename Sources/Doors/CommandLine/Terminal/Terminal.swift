import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The destination of the output: whether somebody watches, and what may be shown there.
package struct Terminal: Sendable, Equatable {
  package var isOutputWatched: Bool
  package var isErrorWatched: Bool
  /// Whether colours may be used if somebody watches.
  package var allowsColour: Bool
  package var width: Int

  package init(
    isOutputWatched: Bool = false, isErrorWatched: Bool = false, allowsColour: Bool = false,
    width: Int = 80
  ) {
    self.isOutputWatched = isOutputWatched
    self.isErrorWatched = isErrorWatched
    self.allowsColour = allowsColour
    self.width = width
  }

  /// Returns the current terminal. Colours are left out if `NO_COLOR` is set to anything
  /// (no-color.org), or if the terminal is `dumb`.
  package static func current(environment: [String: String] = ProcessInfo.processInfo.environment)
    -> Terminal
  {
    let isDumb = environment["TERM"] == "dumb"
    return Terminal(
      isOutputWatched: isatty(STDOUT_FILENO) == 1 && !isDumb,
      isErrorWatched: isatty(STDERR_FILENO) == 1 && !isDumb,
      allowsColour: (environment["NO_COLOR"] ?? "").isEmpty && !isDumb,
      width: max(40, environment["COLUMNS"].flatMap { Int($0) } ?? columns() ?? 80))
  }

  var outputInk: Ink { Ink(isOn: isOutputWatched && allowsColour) }
  var errorInk: Ink { Ink(isOn: isErrorWatched && allowsColour) }

  private static func columns() -> Int? {
    var size = winsize()
    for descriptor in [STDERR_FILENO, STDOUT_FILENO]
    where ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 {
      return Int(size.ws_col)
    }
    return nil
  }
}
