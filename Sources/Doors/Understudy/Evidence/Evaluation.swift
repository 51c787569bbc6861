import Quality

/// The comparison of a synthetic table with its original. For the owner of the data: it is measured
/// on the original and not private.
public struct Evaluation: Reported {
  package let report: QualityReport
  package init(report: QualityReport) { self.report = report }

  /// The mean total variation distance of single columns, 0 to 1.
  public var columnDistance: Double { report.means.oneWay }
  /// The mean total variation distance of pairs of columns, 0 to 1.
  public var pairDistance: Double { report.means.twoWay }
  /// The total variation distance of each column, 0 to 1, by name.
  public var distances: [String: Double] {
    Dictionary(report.columns.map { ($0.name, $0.distance) }) { first, _ in first }
  }
  /// The score of a model trained on the synthetic table, and tested on real rows: the area under
  /// the ROC curve of a class, the share of the variance explained of a number; nil without a
  /// target.
  public var scoreOfSynthetic: Double? { report.usefulness?.trainedOnSynthetic }
  /// The score of the same model trained on the original; nil without a target.
  public var scoreOfOriginal: Double? { report.usefulness?.trainedOnOriginal }
  /// The share of synthetic rows that equal a row of the original, 0 to 1.
  public var copies: Double { report.copies.ofOriginal }
  /// Anything that could not be assessed, with the reason, in sentences.
  public var notes: [String] { report.notAssessed ?? [] }
}
