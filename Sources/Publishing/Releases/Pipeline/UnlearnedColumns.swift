import DomainLearning
import Encoding
import Tables

/// The columns of a release about which nothing could be learned. All their cells are empty, even
/// if the schema says that none may be missing: a made-up value would look like knowledge.
enum UnlearnedColumns {
  /// Returns the names in the order of the schema. A column that follows from an unlearned one
  /// cannot be restored, so it is unlearned too.
  static func names(of learned: LearnedDomain, in schema: Schema) -> [String] {
    let variables = learned.domain.variables
    var names = Set(learned.unlearned.flatMap { variables[$0].source.names })
    for (variable, codec) in zip(variables, learned.domain.codecs) {
      guard case .bundle(let columns) = variable.source, case .labels(let labels) = codec else {
        continue
      }
      let parts = labels.labels.map(LabelCodec.parts)
      let empty = columns.indices.filter { place in
        parts.allSatisfy { $0.indices.contains(place) && $0[place] == nil }
      }
      names.formUnion(empty.map { columns[$0] })
    }
    // Each pass adds the columns that follow from those found so far; chains are short.
    var isGrowing = true
    while isGrowing {
      let before = names.count
      for case .gap(let earlier, let later) in variables.map(\.source) where names.contains(earlier)
      { names.insert(later) }
      for rule in schema.rules
      where rule.isComputation && rule.columns.dropLast().contains(where: names.contains) {
        if let result = rule.decided { names.insert(result) }
      }
      isGrowing = names.count > before
    }
    return schema.columns.map(\.name).filter(names.contains)
  }

  /// Returns a column of the schema with empty cells only, whatever word stands for missing
  /// otherwise: such a word could be taken for a value.
  static func empty(_ column: ColumnSchema, rows: Int) -> Column {
    var column = column
    column.missingToken = ""
    return column.filled(
      with: column.type.isOrdered
        ? .ticks([Int64](repeating: Cells.missingTick, count: rows))
        : .labels(
          codes: [Int32](repeating: Cells.missingCode, count: rows), dictionary: LabelDictionary()))
  }
}
