extension Curator {
  /// Charges a run of noisy gradient sums over the encoded rows, and returns what takes its steps.
  ///
  /// Each step draws every unit of privacy with the plan's probability, independently (all rows of a person together), clips the gradient
  /// of each unit to the length `clip`, adds them, and adds noise. The whole run is charged here, before its first draw. An adopted
  /// domain must be there.
  /// - Parameters:
  ///   - clip: in the network's own unit, above 0. It is public: it costs nothing and changes the signal only.
  ///   - computation: what it may do is said at ``GradientComputation``.
  /// - Throws: what the budget throws where the run does not fit; nothing was drawn then.
  public func noisyGradients(_ plan: NoisyGradientPlan, clip: Double, of computation: any GradientComputation) throws -> NoisyGradients {
    precondition(plan.coordinates == computation.blocks.reduce(0) { $0 + $1.count }, "the plan is for a network of another size")
    let question = Question.gradients(steps: plan.steps, coordinates: plan.coordinates)
    let columns = exactCounts.columns
    try charge(plan.event(question: question.summary), for: question, purpose: .training)
    return NoisyGradients(plan: plan, clip: clip, computation: computation, curator: self, columns: columns)
  }
}
