import Synthesis

extension Console {
  /// Runs long work that reports its progress. When Ctrl-C is pressed, the work ends and leaves
  /// nothing half-written.
  func withProgress<Result>(_ body: (@escaping (SynthesisProgress) throws -> Void) throws -> Result)
    throws -> Result
  {
    let console = self
    let interruption = Interruption { console.noteStopping() }
    let reporter = ProgressReporter(console: self)
    defer { reporter.finish() }
    return try withExtendedLifetime(interruption) {
      try body { progress in
        try interruption.check()
        reporter.report(progress)
      }
    }
  }

  /// Runs work that calls `check` between its steps.
  func withInterruption<Result>(
    _ body: (_ check: @escaping () throws -> Void) throws -> Result
  ) throws
    -> Result
  {
    let console = self
    let interruption = Interruption { console.noteStopping() }
    return try withExtendedLifetime(interruption) { try body { try interruption.check() } }
  }

  private func noteStopping() {
    guard terminal.isErrorWatched else { return }
    note("\nStopping. Press Ctrl-C again to end at once.")
  }
}
