import Basics
import EncryptedScoring
import Foundation
import Manifests
import Policies
import Prediction

/// The content of the page on a predictive model, which travels with it: only facts that are public
/// or were paid for.
package struct ModelReport: Codable, Sendable, Equatable {
  /// The table's name.
  package let title: String
  /// For instance `understudy 0.1.0`.
  package let software: String
  /// The day of the release.
  package let date: String
  package let guarantee: ReportGuarantee
  package let hazards: [ReportHazard]
  package let policy: String?
  package let model: PredictiveModel

  package init(manifest: Manifest, model: PredictiveModel) {
    title = manifest.table
    software = "\(manifest.software.name) \(manifest.software.version)"
    date = String(manifest.created.prefix(10))
    guarantee = ReportGuarantee(manifest)
    hazards = manifest.hazards.map(\.reported)
    policy = manifest.gate?.policy
    self.model = model
  }

  /// `points.csv`: a line for each bin or category of each column.
  package var pointsFile: String {
    func quoted(_ text: String) -> String {
      text.contains { ",\"\n\r".contains($0) } || text.isEmpty
        ? "\"\(text.replacing("\"", with: "\"\""))\"" : text
    }
    let lines = model.columns.flatMap { column in
      column.lines.map { line in
        let cells = ModelWording.cells(line.cells)
        return [
          quoted(column.name), cells.kind, cells.from, cells.to, quoted(cells.category),
          ModelWording.plain(line.points), line.error.map(ModelWording.plain) ?? "",
        ].joined(separator: ",")
      }
    }
    let head = "column,cells,from,to,category,points,standard_error"
    let intercept = "(intercept),all,,,\"\",\(ModelWording.plain(model.intercept)),"
    return ([head, intercept] + lines).map { $0 + "\n" }.joined()
  }
}

/// The words for a model's points, rules and figures.
enum ModelWording {
  /// Returns a number that programs read back, with six significant digits.
  static func plain(_ value: Double) -> String { String(format: "%.6g", value) }

  /// Returns a number with three significant digits.
  static func short(_ value: Double) -> String { String(format: "%.3g", value) }

  /// Returns the cells of a line as the fields of `points.csv`.
  static func cells(_ cells: ColumnPoints.Cells) -> (
    kind: String, from: String, to: String, category: String
  ) {
    switch cells {
    case .bin(let from, let to): ("bin", from.map(plain) ?? "", to.map(plain) ?? "", "")
    case .category(let text): ("category", "", "", text)
    case .unit(let minimum, let maximum): ("unit", plain(minimum), plain(maximum), "")
    case .missing: ("missing", "", "", "")
    case .other: ("other", "", "", "")
    }
  }

  /// Returns the cells of a line in words.
  static func label(_ cells: ColumnPoints.Cells) -> String {
    switch cells {
    case .bin(nil, nil): "any number"
    case .bin(nil, let to?): "below \(plain(to))"
    case .bin(let from?, nil): "\(plain(from)) and above"
    case .bin(let from?, let to?): "\(plain(from)) to \(plain(to))"
    case .category(let text): text
    case .unit(let minimum, let maximum): "each unit, \(short(minimum)) to \(short(maximum))"
    case .missing: "missing"
    case .other: "anything else"
    }
  }

  /// The formula in one sentence.
  static func formula(_ model: PredictiveModel) -> String {
    let sum =
      "Add \(short(model.intercept)) and the points of each column; for a line of the kind “each unit”, the points times the number"
    switch model.link {
    case .identity: return sum + ". The sum is the score."
    case .logistic: return sum + ". With s the sum, the score is 1 / (1 + e^−s), a probability."
    case .exponential: return sum + ". With s the sum, the score is e^s, an expected count."
    case .square: return sum + ". The score is the square of the sum."
    }
  }

  /// The predicted quantity.
  static func aim(_ model: PredictiveModel) -> String {
    if let event = model.event { return "whether ‘\(model.target)’ is ‘\(event)’" }
    return "‘\(model.target)’"
  }

  static let rules = [
    "A number beyond the last edge counts with the last bin; one beyond the ends of a range is moved to the nearest end.",
    "A category that is not listed has the points of “anything else”. Where these were not learned they are those of the average row.",
    "A missing cell has the points of “missing” if the column lists it, else those of “anything else”.",
  ]

  static let limits = [
    "It says what was usual among people like these. It is no finding about one person and names no cause: a column may stand for another.",
    "Do not judge people by it who are of another kind than those of the table: another place, time, age or way of recording.",
    "Do not judge by a line whose error is as large as its points: there the noise or the number of rows decides.",
    "Groups of people that are rare in the table share the points of others. Whether it is fair to them cannot be seen from it.",
  ]

  /// The sentence on how the points were found.
  static func method(_ model: PredictiveModel) -> String {
    switch model.method {
    case .gradients:
      "The points were found by noisy sums of gradients over the rows."
    case .pairs:
      "There are few rows for this epsilon. The points come from a noisy table of each column with the target, so that columns that say "
        + "the same are counted twice; all points together were then scaled by noisy counts of the scores."
    }
  }

  /// What is known of the model's quality, in sentences.
  static func quality(_ model: PredictiveModel) -> [String] {
    var sentences: [String] = []
    if let area = model.assessment.discrimination {
      sentences.append(
        "Of two rows, one with the event and one without, the one with it has the higher score with a chance of \(short(area.value)) "
          + "(standard error \(short(area.error))): the area under the curve.")
    }
    if let error = model.assessment.meanError {
      sentences.append(
        "The score is off by \(short(error.value)) on average (standard error \(short(error.error)))"
          + (model.link == .square ? ", measured in the square root" : "")
          + "; an error beyond four standard deviations counts as four.")
    }
    if sentences.isEmpty {
      sentences.append("Noise hides how well it predicts: there are too few rows for this epsilon.")
    }
    return sentences + [
      "They come from noisy counts of the rows that it was trained on, which were paid for. On new people it will be slightly worse."
    ]
  }
}
