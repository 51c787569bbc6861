extension ColumnSchema {
  /// Returns the mismatches in the cells of one column. A dropped column fits whatever it holds.
  func mismatches(with view: ColumnView, column: Column, isPerson: Bool) -> [SchemaMismatch] {
    guard role != .drop else { return [] }
    var found: [SchemaMismatch] = []
    func share(_ count: Int) -> String {
      "The column '\(name)' has \(count) of \(column.count) cells"
    }
    if let row = view.unreadable.firstRow {
      found.append(
        SchemaMismatch(
          kind: .wrongType, column: name,
          finding:
            "\(share(view.unreadable.count)) that cannot be read as \(type.schemaWord), the first in row \(row)",
          treatment: isPerson ? "they name nobody" : treatmentOfMissing,
          remedy:
            "Correct `type`, its `digits`, `words` or `format`, or add the word to `format: missing:`."
        ))
    }
    if let row = view.departure.fitted.firstRow {
      found.append(
        SchemaMismatch(
          kind: .fittedNumber, column: name,
          finding:
            "\(share(view.departure.fitted.count)) that are numbers with more digits, or written in another way, the first in row \(row)",
          treatment: "they count as the nearest",
          remedy: "Correct `type` or its `digits`, or the cells."))
    }
    let missing = column.missingCount - view.departure.unreadable.count
    if missing > 0, !isNullable, isModelled, !isPerson {
      found.append(
        SchemaMismatch(
          kind: .unexpectedMissing, column: name,
          finding: "\(share(missing)) missing, but is declared without",
          treatment: treatmentOfMissing, remedy: "Write `missing: yes`."))
    }
    if let row = view.departure.quotedTokens.firstRow {
      found.append(
        SchemaMismatch(
          kind: .quotedToken, column: name,
          finding:
            "\(share(view.departure.quotedTokens.count)) with a word for missing inside quotes, the first in row \(row)",
          treatment: "they count as text",
          remedy: "Where they mean missing, write `quoted: missing` under `format:`."))
    }
    if isModelled { found += outside(view, column: column) }
    return found
  }

  private func outside(_ view: ColumnView, column: Column) -> [SchemaMismatch] {
    if case .declared(let range) = bounds {
      let outside = view.ticks.count { Cells.isValue($0) && !range.contains($0) }
      if outside > 0 {
        return [
          SchemaMismatch(
            kind: .outsideBounds, column: name,
            finding:
              "The column '\(name)' has \(outside) of \(column.count) cells outside its declared bounds",
            treatment: "they count as the nearest bound")
        ]
      }
    }
    if case .declared(let labels) = categories {
      let outside = column.cellCount(outside: Set(labels))
      if outside > 0 {
        return [
          SchemaMismatch(
            kind: .outsideCategories, column: name,
            finding:
              "The column '\(name)' has \(outside) of \(column.count) cells outside its declared categories",
            treatment: treatmentOfOthers(labels))
        ]
      }
    }
    return []
  }

  /// The treatment of missing cells, for columns that have them and for columns declared never to
  /// have them. The rules are public: docs/proofs/reading.md.
  private var treatmentOfMissing: String {
    guard isModelled else { return "the column is not modelled, so that nothing follows from them" }
    return isNullable ? "they count as missing" : Self.asMissing
  }

  /// Whether a release keeps cells missing that nobody expects is known only when they are counted
  /// with noise.
  private static let asMissing = "they count as missing, unless noise hides that there are any"

  private func treatmentOfOthers(_ labels: [String]) -> String {
    if labels.contains(otherLabel) { return "they count as '\(otherLabel)'" }
    return isNullable ? "they count as missing" : Self.asMissing
  }
}

/// A column's cells as ticks of a type that may differ from the type it was read with.
struct ColumnView {
  /// The ticks; empty for types without order.
  package private(set) var ticks: [Int64] = []
  /// Cells that do not parse as the type, whether found in reading or read as another type.
  package private(set) var unreadable: CellTally
  /// The departures found while reading.
  package let departure: ColumnDeparture

  init(_ column: Column, as type: ColumnType, departure: ColumnDeparture) {
    self.departure = departure
    unreadable = departure.unreadable
    guard type.isOrdered else { return }
    if case .ticks(let ticks) = column.cells, column.type == type {
      self.ticks = ticks
      return
    }
    ticks.reserveCapacity(column.count)
    var known: [Int64: Int64?] = [:]
    for row in 0..<column.count {
      guard let key = column.cells.key(row) else {
        ticks.append(Cells.missingTick)
        continue
      }
      let tick: Int64?
      if let cached = known[key] {
        tick = cached
      } else {
        tick = type.parse(column.text(ofKey: key))
        known[key] = .some(tick)
      }
      if tick == nil { unreadable.note(row: row + 1) }
      ticks.append(tick ?? Cells.missingTick)
    }
  }
}
