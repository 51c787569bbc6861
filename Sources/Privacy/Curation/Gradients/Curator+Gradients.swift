#if PLANTED_FAULTS
  import Basics
#endif

extension Curator {
  /// Charges a run of noisy gradient sums over the encoded rows, and returns the run that takes its
  /// steps.
  ///
  /// Each step draws every privacy unit independently with the plan's probability (all rows of a
  /// person together), clips the gradient of each unit to the length `clip`, adds them, and adds
  /// noise. The whole run is charged here, before its first draw. Until its last step, or
  /// ``NoisyGradients/end()``, the curator answers nothing else. A domain must have been adopted.
  /// - Parameters:
  ///   - clip: in the network's own unit, above 0. It is public: it costs nothing and changes only
  ///     the signal.
  ///   - computation: bound by the rules of ``GradientComputation``.
  /// - Throws: ``GradientError`` if the network does not keep rows apart or another run is open;
  ///   the budget's error if the run does not fit. Nothing is charged or drawn then.
  package func noisyGradients(_ plan: NoisyGradientPlan, clip: Double, of computation: any GradientComputation) throws -> NoisyGradients {
    precondition(plan.coordinates == computation.blocks.reduce(0) { $0 + $1.count }, "the plan is for a network of another size")
    let question = Question.gradients(steps: plan.steps, coordinates: plan.coordinates)
    let (columns, sizes) = (exactCounts.columns, exactCounts.sizes)
    #if PLANTED_FAULTS
      let isExamined = PlantedControl.chosen != .libraryKernel
    #else
      let isExamined = true
    #endif
    guard !isExamined || RowsApart(computation, sizes: sizes).holds else { throw GradientError.rowsInfluenceEachOther }
    try charge(plan.event(question: question.summary), for: question, purpose: .training)
    let run = NoisyGradients(plan: plan, clip: clip, computation: computation, curator: self, columns: columns)
    training = run
    return run
  }
}
