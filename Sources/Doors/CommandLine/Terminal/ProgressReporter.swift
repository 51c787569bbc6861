import Foundation
import Synthesis

/// Shows the progress of a run: one line that redraws itself if somebody watches, or else a plain
/// line every few percent.
///
/// The plain lines hold no clock, so two runs with the same answers write the same lines.
package final class ProgressReporter {
  private let console: Console
  private let now: () -> TimeInterval
  private let write: (String) -> Void
  private var phase: SynthesisProgress.Phase?
  private var phaseStart: TimeInterval = 0
  private var lastDrawn: TimeInterval = 0
  /// The last step of ``lineEvery`` for which a plain line was written.
  private var lastStep = -1
  private var isLineOpen = false

  private static let lineEvery = 0.05
  private static let redrawEvery: TimeInterval = 0.05

  package init(
    console: Console, now: @escaping () -> TimeInterval = { ProcessInfo.processInfo.systemUptime },
    write: @escaping (String) -> Void = { Console.write($0, to: .standardError) }
  ) {
    self.console = console
    self.now = now
    self.write = write
  }

  package func report(_ progress: SynthesisProgress) {
    guard !console.isQuiet else { return }
    let isNew = progress.phase != phase
    if isNew {
      complete()
      endLine()
      phase = progress.phase
      phaseStart = now()
      lastStep = -1
    }
    console.terminal.isErrorWatched ? redraw(progress, isNew: isNew) : writeLine(progress)
  }

  /// Ends the line being redrawn.
  package func finish() { endLine() }

  private func writeLine(_ progress: SynthesisProgress) {
    let step = Int((progress.fraction / ProgressReporter.lineEvery + 1e-9).rounded(.down))
    guard step > lastStep else { return }
    lastStep = step
    write(ProgressWords.sentence(progress) + "\n")
  }

  private func redraw(_ progress: SynthesisProgress, isNew: Bool) {
    let time = now()
    guard isNew || progress.fraction >= 1 || time - lastDrawn >= ProgressReporter.redrawEvery else {
      return
    }
    lastDrawn = time
    draw(progress, time: time)
  }

  /// Draws the previous phase as done, whatever it reported last.
  private func complete() {
    guard isLineOpen, let phase else { return }
    draw(SynthesisProgress(phase: phase, fraction: 1, detail: ""), time: now())
  }

  private func draw(_ progress: SynthesisProgress, time: TimeInterval) {
    let line = ProgressWords.bar(
      progress, secondsLeft: secondsLeft(progress.fraction, elapsed: time - phaseStart),
      width: console.terminal.width - 1,
      ink: console.terminal.errorInk)
    write("\r\u{1B}[K" + line)
    isLineOpen = true
  }

  /// Returns nil while there is too little to estimate from.
  private func secondsLeft(_ fraction: Double, elapsed: TimeInterval) -> Double? {
    guard fraction > 0.03, fraction < 1, elapsed > 1 else { return nil }
    return elapsed / fraction * (1 - fraction)
  }

  private func endLine() {
    guard isLineOpen else { return }
    write("\n")
    isLineOpen = false
  }
}
