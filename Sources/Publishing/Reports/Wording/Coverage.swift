import Basics
import Manifests

/// The columns about which a release says something, and those that it leaves empty, in words.
struct Coverage {
  /// The number of columns about which something was learned.
  var learned = 0
  /// The columns whose cells are all empty.
  var empty: [String] = []

  private var total: Int { learned + empty.count }
  /// Whether there were columns to learn and nothing was learned about any.
  var isNothing: Bool { learned == 0 && !empty.isEmpty }

  /// The first words on what the table is for.
  var standing: String {
    if empty.isEmpty { return "stands in for the original" }
    if isNothing {
      return "is empty, because nothing could be learned about any column at this budget"
    }
    return
      "stands in for the original in \(NumberText.count(learned)) of \(NumberText.plural(total, "column", "columns")), the "
      + "\(empty.count == 1 ? "other being" : "others being") empty because nothing could be learned about \(them)"
  }

  var trialEnd: String {
    empty.isEmpty
      ? "" : isNothing ? " and is empty" : ", \(NumberText.count(empty.count)) of its columns empty"
  }

  private var them: String { empty.count == 1 ? "it" : "them" }

  /// A sentence for the lists of columns and relations; nil if no column is empty.
  var note: String? {
    guard !empty.isEmpty else { return nil }
    let names = NumberText.list(empty.map { "‘\($0)’" }, most: Self.mostNamed)
    return
      "Nothing could be learned about \(names): every cell of \(them) is empty, and no relation with \(them) is known."
  }

  private static let mostNamed = 12
}

extension Coverage {
  init(_ columns: [ColumnTreatment]) {
    let modelled = columns.filter(\.isModelled)
    self.init(
      learned: modelled.count { !$0.isEmpty }, empty: modelled.filter(\.isEmpty).map(\.name))
  }
}
