import CommandLine
import MarginalSynthesis
import Synthesis
import Testing

/// Lines of progress: few and without a clock in a file, one line that redraws itself on a
/// terminal.
@Suite struct ProgressTests {
  private func written(isWatched: Bool, isQuiet: Bool = false, seconds: Double = 0.01) -> String {
    let written = Collected()
    var time = 0.0
    let console = Console(
      terminal: Terminal(isErrorWatched: isWatched, width: 100), isQuiet: isQuiet)
    let reporter = ProgressReporter(
      console: console,
      now: {
        time += seconds
        return time
      }, write: { written.text += $0 })
    for phase in [SynthesisProgress.Phase.domain, .fitting] {
      for step in 0...1000 {
        reporter.report(
          SynthesisProgress(
            phase: phase, fraction: Double(step) / 1000, detail: "\(step / 100) rounds"))
      }
    }
    reporter.finish()
    return written.text
  }

  private final class Collected { var text = "" }

  @Test func aFileGetsALineForEveryTwentiethPart() {
    let lines = written(isWatched: false).split(separator: "\n")
    #expect(lines.count == 42)
    #expect(lines.first == "Learning each column: 0 % of its budget used, 0 rounds")
    #expect(lines.last == "Learning how columns go together: 100 % of its budget used, 10 rounds")
    #expect(!written(isWatched: false).contains("\u{1B}"))
  }

  @Test func theClockDoesNotChangeWhatAFileGets() {
    #expect(written(isWatched: false, seconds: 0.001) == written(isWatched: false, seconds: 3))
  }

  @Test func aTerminalGetsALineThatFits() {
    let text = written(isWatched: true)
    #expect(text.contains("left") && text.hasSuffix("\n"))
    let frames = text.split { $0 == "\r" || $0 == "\n" }.map { $0.replacing("\u{1B}[K", with: "") }
    #expect(frames.allSatisfy { $0.count < 100 })
  }

  @Test func quietSaysNothing() { #expect(written(isWatched: false, isQuiet: true).isEmpty) }
}
