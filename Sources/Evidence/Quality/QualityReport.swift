/// The comparison of a synthetic table with its original. For the data's owner: it is measured on
/// the original and not private.
package struct QualityReport: Codable, Sendable, Equatable {
  /// The version of this record.
  package static let currentVersion = 1

  package struct ColumnResult: Codable, Sendable, Equatable {
    package var name: String
    /// The total variation distance of the column's cells, 0 to 1.
    package var distance: Double
    /// The share of synthetic rows with a value that the original lacks.
    package var unseen: Double
  }

  package struct PairResult: Codable, Sendable, Equatable {
    package var first: String
    package var second: String
    package var distance: Double
    package var original: Association
    package var synthetic: Association

    /// Cramér's V in the synthetic table minus that in the original.
    package var difference: Double { synthetic.cramersV - original.cramersV }
  }

  /// Means over marginals of one, two and three columns.
  package struct MeanDistances: Codable, Sendable, Equatable {
    package var oneWay: Double
    /// The mean over all pairs, or over 1,500 drawn ones.
    package var twoWay: Double
    package var threeWay: Double
    package var threeWayMarginals: Int
  }

  package var version: Int
  package var originalRows: Int
  package var syntheticRows: Int
  package var holdoutRows: Int?
  package var means: MeanDistances
  /// In the order of the original's columns.
  package var columns: [ColumnResult]
  /// In the order (0, 1), (0, 2), …, (1, 2), … of `columns`.
  package var pairs: [PairResult]
  /// The mean over columns of the share of synthetic rows with a value that the original lacks.
  package var unseen: Double
  package var distributions: [ColumnDistribution]
  package var usefulness: Usefulness?
  /// The target's error within groups of people, for each column that was named; nil if none was.
  package var groups: [GroupErrors]?
  package var copies: RowCopies
  /// Held-out rows that occur in the release or the original; nil without a hold-out.
  package var strangers: StrangerRows?
  /// Anything that could not be assessed, with the reason, in sentences.
  package var notAssessed: [String]?
  /// Columns left out, by request or because they hold identifiers or prose.
  package var ignoredColumns: [String]

  package var worstColumn: ColumnResult? { columns.max { $0.distance < $1.distance } }
  package var worstPair: PairResult? { pairs.max { $0.distance < $1.distance } }

  /// Returns the associations of one side, for a map.
  package func associations(_ side: KeyPath<PairResult, Association>) -> AssociationMatrix {
    AssociationMatrix(
      columns: columns.map(\.name), cramersV: pairs.map { $0[keyPath: side].cramersV })
  }
}

/// Options of a comparison.
package struct QualityOptions: Sendable {
  /// The column that a researcher would predict; if nil, no model is trained.
  package var target: String?
  /// Columns within whose values the target is judged; at most three.
  package var groupColumns: [String]
  /// Columns left out of every figure.
  package var ignoring: Set<String>
  /// Whether columns of identifiers and prose, which a release fills with fakes, are compared too.
  package var includesIdentifiers: Bool
  /// Whether dates are cut at quantiles like numbers. By default they are words, as for the neutral
  /// judge, so that figures agree; in a column with many dates, most then share one cell.
  package var cutsDatesAsNumbers: Bool

  package init(
    target: String? = nil, groupColumns: [String] = [], ignoring: Set<String> = [],
    includesIdentifiers: Bool = false,
    cutsDatesAsNumbers: Bool = false
  ) {
    self.target = target
    self.groupColumns = groupColumns
    self.ignoring = ignoring
    self.includesIdentifiers = includesIdentifiers
    self.cutsDatesAsNumbers = cutsDatesAsNumbers
  }
}

/// The score on real rows that a researcher would reach by training on the synthetic table, beside
/// that of the original itself.
package struct Usefulness: Codable, Sendable, Equatable {
  package enum Measure: String, Codable, Sendable {
    /// The area under the ROC curve: 0.5 is guessing, 1 is perfect. For more than two classes, the
    /// mean of each against the rest.
    case areaUnderCurve = "roc-auc"
    /// The explained share of the target's variance.
    case explainedVariance = "r-squared"
  }

  package struct ClassScore: Codable, Sendable, Equatable {
    package var label: String
    package var trainedOnSynthetic: Double
    package var trainedOnOriginal: Double

    package init(label: String, trainedOnSynthetic: Double, trainedOnOriginal: Double) {
      self.label = label
      self.trainedOnSynthetic = trainedOnSynthetic
      self.trainedOnOriginal = trainedOnOriginal
    }
  }

  package var target: String
  package var measure: Measure
  package var trainedOnSynthetic: Double
  package var trainedOnOriginal: Double
  /// One score for the positive class of a yes-or-no target, or one per class; empty for numbers.
  package var classes: [ClassScore]
  package var testRows: Int
  /// Whether the test rows were set aside before the release was made; otherwise, a fifth of the
  /// original.
  package var testedOnHoldout: Bool

  package init(
    target: String, measure: Measure, trainedOnSynthetic: Double, trainedOnOriginal: Double,
    classes: [ClassScore], testRows: Int,
    testedOnHoldout: Bool
  ) {
    self.target = target
    self.measure = measure
    self.trainedOnSynthetic = trainedOnSynthetic
    self.trainedOnOriginal = trainedOnOriginal
    self.classes = classes
    self.testRows = testRows
    self.testedOnHoldout = testedOnHoldout
  }
}
