/// Options of a comparison.
package struct QualityOptions: Sendable {
  /// The column that a researcher would predict; if nil, no model is trained.
  package var target: String?
  /// Columns left out of every figure.
  package var ignoring: Set<String>
  /// Whether columns of identifiers and prose, which a release fills with fakes, are compared too.
  package var includesIdentifiers: Bool
  /// Whether dates are cut at quantiles like numbers. By default they are words, as for the neutral
  /// judge, so that figures agree; in a column with many dates, most then share one cell.
  package var cutsDatesAsNumbers: Bool

  package init(
    target: String? = nil, ignoring: Set<String> = [], includesIdentifiers: Bool = false, cutsDatesAsNumbers: Bool = false
  ) {
    self.target = target
    self.ignoring = ignoring
    self.includesIdentifiers = includesIdentifiers
    self.cutsDatesAsNumbers = cutsDatesAsNumbers
  }
}
