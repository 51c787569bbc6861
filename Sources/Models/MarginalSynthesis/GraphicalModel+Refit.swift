import GraphicalModels

extension GraphicalModel {
  /// Returns the model that other answers to the same questions lead to, fitted as at the end of a
  /// run and starting from this one.
  package func refitted(to measurements: [Measurement]) throws -> GraphicalModel {
    try Estimator.fit(
      measurements: measurements, sizes: sizes, total: total, warmStart: self,
      structuralZeros: structuralZeros,
      options: FitContext.lastOptions)
  }
}
