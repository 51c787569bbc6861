import GraphicalModels

extension GraphicalModel {
  /// Returns the model that other answers to the same questions lead to, fitted as at the end of a
  /// run and starting from this one, but without shrinkage: relations that are drawn towards none
  /// are closer, and biased, which no spread of models tells.
  package func refitted(to measurements: [Measurement]) throws -> GraphicalModel {
    var options = FitContext.lastOptions
    options.shrinkage = 0
    return try Estimator.fit(
      measurements: measurements, sizes: sizes, total: total, warmStart: self,
      structuralZeros: structuralZeros, base: base, options: options)
  }
}
