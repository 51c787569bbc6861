import Analyses
import Foundation
import Manifests

/// `answer.json`: an analysis, its numbers with intervals, and the grounds and the price of them.
package struct AnswerDocument: Sendable, Codable {
  /// The newest format that this version writes and reads.
  package static let currentFormat = 1
  /// The names of the files of an answer.
  package static let name = "answer.json"
  static let page = "answer.html"
  static let signature = "answer.signature.json"

  /// The format of this file, counting from 1.
  package var format = AnswerDocument.currentFormat
  /// The time of the answer, in ISO 8601.
  package let created: String
  /// The table's name, from the schema.
  package let table: String
  package let analysis: Analysis
  package let findings: Findings
  /// The same analysis on the stand-in, without noise of its own.
  package let standIn: Findings?
  /// SHA-256 of the release's model, in hexadecimal.
  package let release: String
  package let guarantee: Guarantee
  /// A methods paragraph for a paper.
  package let methods: String
  /// The owner of the key that signs this answer.
  package let signer: ManifestSigner

  /// The promise under which the answer was given.
  package struct Guarantee: Sendable, Codable {
    /// False if a seed or a probe made the run repeatable; ε and δ then promise nothing.
    package let isPrivate: Bool
    package let epsilon: Double
    package let delta: Double
    /// The total rho of the questions.
    package let rho: Double
    /// `row`, or the name of the person column.
    package let unit: String
    package let maximumRowsPerUnit: Int
    /// The questions to the curator, in words.
    package let questions: [String]
  }
}

/// The sentences that describe an answer in a paper.
enum MethodsWording {
  static func asked(_ analysis: Analysis, table: String, _ guarantee: AnswerDocument.Guarantee)
    -> String
  {
    let unit = guarantee.unit == "row" ? "row" : "person (all rows that share '\(guarantee.unit)')"
    let interval =
      "\(percent(analysis.level)) intervals include the sampling error and the noise added for privacy."
    let regression =
      analysis.kind.isRegression
      ? " Coefficients were found by two noisy Newton steps from those of a differentially private synthetic table, with clipped scores, "
        + "through its information matrix as a noisy sum corrects it."
      : ""
    let model =
      analysis.model.map { " The model is the scorecard '\($0.name)' (SHA-256 \($0.digest))." }
      ?? ""
    return
      "The \(name(analysis.kind)) was computed on the table '\(table)' with Understudy \(SoftwareVersion.current), by the Gaussian "
      + "mechanism on whole numbers, under (epsilon = \(guarantee.epsilon), delta = \(guarantee.delta))-differential privacy for each "
      + "\(unit).\(regression)\(model) \(interval)"
  }

  static func percent(_ level: Double) -> String { String(format: "%g %%", level * 100) }

  private static func name(_ kind: Analysis.Kind) -> String {
    switch kind {
    case .count: "count"
    case .table: "table of counts"
    case .proportion: "proportion"
    case .mean: "mean"
    case .difference: "difference between groups"
    case .quantile: "quantile"
    case .histogram: "distribution"
    case .independence: "chi-squared test"
    case .trend: "test for trend"
    case .linear: "linear regression"
    case .logistic: "logistic regression"
    case .poisson: "Poisson regression"
    case .survival: "Kaplan–Meier curve"
    case .logRank: "log-rank test"
    case .cox: "Cox regression, with a constant baseline hazard in each of a few periods,"
    case .discrimination: "area under the curve of a model"
    case .calibration: "calibration of a model"
    }
  }
}
