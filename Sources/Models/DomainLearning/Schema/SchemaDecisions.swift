import DelimitedText
import Foundation
import Tables

/// The thresholds above which a noisy count is more than noise.
enum Certainty {
  /// The chance that any empty class of a question is taken for one that is not empty.
  static let falseAlarm = 1e-3

  /// Returns the number of standard deviations a count must reach among so many: the normal tail is
  /// below exp(-t²/2).
  static func deviations(among counts: Int) -> Double {
    (2 * log(Double(max(counts, 2)) / falseAlarm)).squareRoot()
  }

  /// The largest share of cells of another kind; these cells are read as missing.
  static let misfits = 0.1
}

/// The kind of a column's cells, by noisy counts of kinds. Pure: it looks only at the answer.
struct KindDecision {
  /// The kind of nearly all present cells; nil if the noise hides it or kinds are mixed.
  let kind: Kind?
  let isHidden: Bool
  /// The approximate number of cells of the kind.
  let support: Double
  /// The approximate number of missing cells.
  let missing: Int
  /// The standard deviation of the noise on each count.
  let sigma: Double
  private let isProse: Bool

  enum Kind: CaseIterable {
    case number, time, truthWord, email, uuid, text

    fileprivate var parts: [CellKind] {
      switch self {
      case .number: [.number]
      case .time: [.time]
      case .truthWord: [.truthWord]
      case .email: [.email]
      case .uuid: [.uuid]
      case .text: [.label, .prose]
      }
    }
  }

  /// - Parameter counts: The counts in the order of ``CellKind``.
  init(counts: [Int], variance: Double, columns: Int) {
    sigma = variance.squareRoot()
    missing = counts[CellKind.missing.rawValue]
    func count(_ kind: Kind) -> Double { kind.parts.reduce(0) { $0 + Double(counts[$1.rawValue]) } }
    let best = Kind.allCases.max { count($0) < count($1) } ?? .text
    support = count(best)
    let others = CellKind.allCases.filter { $0 != .missing && !best.parts.contains($0) }
    let rest = others.reduce(0) { $0 + Double(counts[$1.rawValue]) }
    let needed =
      Certainty.deviations(among: columns * counts.count) * sigma
      * Double(best.parts.count).squareRoot()
    isHidden = support < needed
    let isMixed = rest > Certainty.misfits * support + 2 * sigma * Double(others.count).squareRoot()
    kind = isHidden || isMixed ? nil : best
    let (label, prose) = (
      Double(counts[CellKind.label.rawValue]), Double(counts[CellKind.prose.rawValue])
    )
    isProse = kind == .text && prose > label + 2 * sigma * 2.0.squareRoot()
  }

  /// The next question; nil if nothing is left to ask.
  var forms: CellForms? {
    switch kind {
    case .number: .digits
    case .time: .patterns
    case .truthWord: .truthWords
    case .email, .uuid, .text, nil: nil
    }
  }

  var isLabel: Bool { kind == .text && !isProse }

  /// Returns a first description: everything not settled yet is a category whose labels are to be
  /// learned.
  func column(named name: String) -> LearnedColumn {
    var column = LearnedColumn(name: name)
    column.isNullable = Double(missing) > sigma
    switch kind {
    case .email: (column.type, column.identifier) = (.identifier, .email)
    case .uuid: (column.type, column.identifier) = (.identifier, .uuid)
    case .text where isProse: column.type = .text
    case nil where isHidden:
      column.doubts = [
        "The noise hides what the cells are, so that they are taken for categories; a larger epsilon may tell."
      ]
    case nil:
      column.doubts = ["The cells are of several kinds, so that they are taken for categories."]
    case .number, .time, .truthWord, .text: break
    }
    return column
  }
}

/// The way the cells of a column are written, by noisy counts of forms.
struct FormDecision {
  /// The counts without those of missing tokens.
  let counts: [Int]
  /// All counts in the question.
  let cells: Int
  /// The approximate number of cells of the column's kind.
  let support: Double
  let sigma: Double

  private var least: Double { Certainty.deviations(among: cells) * sigma }

  func settle(_ column: inout LearnedColumn, forms: CellForms) {
    switch forms {
    case .digits: settleDigits(&column)
    case .truthWords: settleWords(&column)
    case .patterns: settlePattern(&column)
    case .kinds, .tokens: break
    }
  }

  /// Settles on the most digits that more than a few cells have: one person's precision never
  /// shows.
  private func settleDigits(_ column: inout LearnedColumn) {
    let enough = max(least, 0.005 * support)
    let seen = (1..<counts.count - 1).filter { Double(counts[$0]) > enough }
    let behindPoint = counts.dropFirst().reduce(0) { $0 + Double($1) }
    let isDecimal =
      !seen.isEmpty
      || behindPoint > max(least * Double(counts.count - 1).squareRoot(), 0.05 * support)
    guard isDecimal else {
      column.type = .integer
      return
    }
    let likeliest = (1..<counts.count - 1).max { counts[$0] < counts[$1] } ?? 1
    let hasExponents = Double(counts[counts.count - 1]) > enough
    column.type = .decimal(
      fractionDigits: max(seen.max() ?? likeliest, hasExponents ? Self.exponentDigits : 1))
    if let fewest = seen.min(), Double(counts[0]) < 0.02 * support + 2 * sigma, !hasExponents {
      column.minimumFractionDigits = fewest
    }
  }

  /// Room for numbers written with an exponent.
  private static let exponentDigits = 6

  private func settleWords(_ column: inout LearnedColumn) {
    let pairs = TruthWords.all.indices.map { Double(counts[2 * $0] + counts[2 * $0 + 1]) }
    guard let best = pairs.indices.max(by: { pairs[$0] < pairs[$1] }) else { return }
    let others = pairs.reduce(0, +) - pairs[best]
    // One of the two words alone is a label, such as the "No" of a column of doses.
    guard Double(min(counts[2 * best], counts[2 * best + 1])) > least else {
      column.doubts.append(
        "Of the words for yes and no only one is seen, if that, so that they are taken for categories."
      )
      return
    }
    guard pairs[best] > least * 2.0.squareRoot(),
      others <= Certainty.misfits * pairs[best] + 2 * sigma * Double(counts.count - 2).squareRoot()
    else {
      column.doubts.append(
        "The noise hides which words stand for yes and no, so that they are taken for categories.")
      return
    }
    column.type = .boolean(TruthWords.all[best].labels)
  }

  /// Settles on the strictest pattern that fits as many cells as any, as far as the noise can tell.
  private func settlePattern(_ column: inout LearnedColumn) {
    let best = Double(counts.max() ?? 0)
    guard best > least,
      let first = counts.firstIndex(where: { Double($0) > 0.98 * best - 2 * sigma })
    else {
      column.doubts.append(
        "The noise hides how dates are written, so that they are taken for categories.")
      return
    }
    column.type = TimeCandidate.all[first].type
  }
}

/// Whether values repeat, by the noisy numbers of rows and of distinct values.
struct RepetitionDecision {
  /// Rows with a value.
  let rows: Double
  let distinct: Double
  /// The standard deviation of the noise on the difference of the two.
  let sigma: Double

  /// Whether hardly any two rows share a value, beyond doubt.
  var isUnique: Bool { distinct > 0.9 * rows && distinct - 0.5 * rows > 3 * sigma }

  /// Whether values repeat; nil if the noise is too large to tell.
  var repeats: Bool? {
    if rows - distinct > 3 * sigma { return true }
    return 3 * sigma < 0.1 * rows ? false : nil
  }
}
