import Basics

extension Fitness {
  /// The largest expected error, as a share of rows, with which a column can be shown alone.
  private static let columnLimit = 0.1
  /// The same for a pair of columns.
  private static let pairLimit = 0.15
  private static let mostNamed = 6

  /// Judges by the expected error alone, so nothing is asked for it.
  /// - Parameter targets: the columns that researchers will predict.
  package init(_ error: ExpectedError, targets: [String]) {
    let columns = error.columns ?? []
    let pairs = error.pairs ?? []
    let good = columns.filter { $0.distance <= Self.columnLimit && $0.cause != .empty }
    let goodPairs = pairs.filter { $0.distance <= Self.pairLimit && $0.isMeasured }
    let models = Self.models(columns: columns, pairs: goodPairs, targets: targets)
    uses = [
      Self.alone(columns: columns, good: good), Self.together(pairs, good: goodPairs), models,
    ]
    level =
      models.answer != .no && !goodPairs.isEmpty
      ? .models : !goodPairs.isEmpty ? .pairs : !good.isEmpty ? .columns : .nothing
  }

  private static func alone(columns: [ExpectedError.Column], good: [ExpectedError.Column]) -> Use {
    let poor = columns.filter { $0.distance > columnLimit || $0.cause == .empty }.sorted {
      ($1.distance, $0.column) < ($0.distance, $1.column)
    }
    let title = "Tables and charts of single columns"
    guard !good.isEmpty else {
      return Use(
        title: title, answer: .no,
        detail: "No column is expected to have the right value in 90 of 100 rows: do not use them.")
    }
    let all = good.count == columns.count
    let share =
      all
      ? "All \(NumberText.plural(columns.count, "column", "columns"))"
      : "\(good.count) of \(columns.count) columns"
    return Use(
      title: title, answer: all ? .yes : .partly,
      detail: "\(share) are expected to have the right value in at least 90 of 100 rows."
        + (all ? "" : " Leave out \(named(poor.map { "‘\($0.column)’" }))."))
  }

  private static func together(_ pairs: [ExpectedError.Pair], good: [ExpectedError.Pair]) -> Use {
    let title = "How two columns go together"
    guard !good.isEmpty else {
      return Use(
        title: title, answer: .no,
        detail:
          "No pair of columns was counted closely enough: a relation seen here, or not seen, says nothing about the original."
      )
    }
    let names = good.sorted {
      ($0.distance, $0.first, $0.second) < ($1.distance, $1.first, $1.second)
    }
    .map { "‘\($0.first)’ with ‘\($0.second)’" }
    return Use(
      title: title, answer: good.count == pairs.count ? .yes : .partly,
      detail:
        "\(NumberText.count(good.count)) of \(NumberText.plural(pairs.count, "pair", "pairs")) were counted together and are expected "
        + "to be right in at least 85 of 100 rows, \(named(names, most: 3)) among them. Of the others, "
        + "what this table shows may be noise, and what it does not show may be there: confirm it on the original."
    )
  }

  private static func models(
    columns: [ExpectedError.Column], pairs: [ExpectedError.Pair], targets: [String]
  ) -> Use {
    let others = max(columns.count - 1, 1)
    guard let target = targets.first else {
      let most = columns.count * (columns.count - 1) / 2
      let answer: Use.Answer = pairs.isEmpty || pairs.count * 2 < most ? .no : .partly
      return Use(
        title: "Models and adjusted estimates", answer: answer,
        detail: answer == .no
          ? "No target was named, and most relations were not counted: develop code with it, and fit models on the original."
          : "Most relations were counted. Use it to choose models; confirm coefficients on the original."
      )
    }
    let related = pairs.filter { $0.first == target || $0.second == target }.map {
      $0.first == target ? $0.second : $0.first
    }
    let answer: Use.Answer =
      related.count * 4 < others ? .no : related.count * 2 < others ? .partly : .yes
    let counted =
      "‘\(target)’ was counted closely enough with \(related.count) of \(others) other columns"
    return Use(
      title: "Models that predict ‘\(target)’", answer: answer,
      detail: answer == .no
        ? "\(counted): do not judge by this table what predicts it."
        : "\(counted)\(answer == .partly ? ", \(named(related.map { "‘\($0)’" }))" : ""). Use it to choose models and to write code; "
          + "confirm every coefficient on the original.")
  }

  private static func named(_ names: [String], most: Int = mostNamed) -> String {
    NumberText.list(names, most: most)
  }

  /// The answer to the question for what the release is good, in one sentence.
  var sentence: String {
    switch level {
    case .nothing:
      "It is good for nothing but trying out programs: what was learned cannot be told from noise."
    case .columns: "It is good for single columns, not for relations between them."
    case .pairs:
      "It is good for single columns and for the relations that were counted, not for models."
    case .models:
      "It is good for single columns, for the relations that were counted, and for choosing models, to be confirmed on the original."
    }
  }
}
