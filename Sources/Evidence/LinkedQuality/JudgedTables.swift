import LinkedTables
import Tables

/// The columns of two sets of linked tables that are compared, by table.
struct JudgedTables: Sendable {
  /// A column, or a difference of times that says more than the times themselves.
  struct JudgedColumn: Sendable {
    let name: String
    let cells: CoarsePair
    let isLabel: Bool
    /// The numbers, or the cells of labels in the order of their frequency; not a number if
    /// missing.
    let original: [Double]
    let release: [Double]

    init(_ name: String, _ original: LabelledCells, _ release: LabelledCells) {
      self.name = name
      isLabel = true
      let cells = CoarsePair(original: original, release: release)
      let missing = Int32(cells.size - 2)
      self.original = cells.original.map { $0 == missing ? .nan : Double($0) }
      self.release = cells.release.map { $0 == missing ? .nan : Double($0) }
      self.cells = cells
    }

    init(_ name: String, _ original: [Double], _ release: [Double]) {
      self.name = name
      isLabel = false
      (self.original, self.release) = (original, release)
      cells = CoarsePair(original: original, release: release)
    }
  }

  let original: LinkedData
  let release: LinkedData
  /// For each table of the schema the columns that are compared; empty for public tables.
  let columns: [[JudgedColumn]]

  var schema: LinkedSchema { original.schema }

  init(original: LinkedData, release: LinkedData) {
    self.original = original
    self.release = release
    columns = original.schema.tables.indices.map { index in
      original.schema.tables[index].isPublic
        ? [] : Self.columns(of: index, original, release)
    }
  }

  private static func columns(of index: Int, _ original: LinkedData, _ release: LinkedData)
    -> [JudgedColumn]
  {
    let table = original.schema.tables[index]
    var found: [JudgedColumn] = []
    for column in table.schema.columns where column.isModelled {
      // The end of an event is judged by its length.
      guard !original.schema.isStructural(ColumnPlace(table.name, column.name)),
        column.name != table.end || table.time == nil,
        let one = original.tables[index].column(named: column.name),
        let other = release.tables[index].column(named: column.name)
      else { continue }
      if let labels = one.labelled, let others = other.labelled {
        found.append(JudgedColumn(column.name, labels, others))
      } else if let numbers = one.numbers, let others = other.numbers {
        found.append(JudgedColumn(column.name, numbers, others))
      }
    }
    return found + differences(of: index, original, release)
  }

  /// The length of each event, and the time from the person's first date (such as the birth) to it.
  private static func differences(of index: Int, _ original: LinkedData, _ release: LinkedData)
    -> [JudgedColumn]
  {
    let table = original.schema.tables[index]
    guard let time = table.time.map({ ColumnPlace(table.name, $0) }) else { return [] }
    var found: [JudgedColumn] = []
    func add(_ name: String, from: ColumnPlace, to: ColumnPlace) {
      let sides = [original, release].map { $0.difference(from: from, to: to, at: index) }
      if let one = sides[0], let other = sides[1] {
        found.append(JudgedColumn(name, one, other))
      }
    }
    if let end = table.end {
      add("\(table.time ?? "") to \(end)", from: time, to: ColumnPlace(table.name, end))
    }
    if let origin = original.origin { add("since \(origin.text)", from: origin, to: time) }
    return found
  }
}

extension LinkedData {
  /// The root's first date that nobody lacks, such as the birth.
  var origin: ColumnPlace? {
    let root = schema.tables[rootIndex]
    let column = root.schema.columns.first { column in
      column.isModelled && column.type.microsecondsPerTick != nil
        && tables[rootIndex].column(named: column.name)?.missingCount == 0
    }
    return column.map { ColumnPlace(root.name, $0.name) }
  }

  /// Returns the days from one time to another, as the rows of a table see them; nil if a column is
  /// not there, not a number if a cell is missing.
  func difference(from: ColumnPlace, to: ColumnPlace, at index: Int) -> [Double]? {
    guard let first = view(from, from: index), let second = view(to, from: index),
      let one = first.type.daysPerTick, let other = second.type.daysPerTick
    else { return nil }
    return (0..<tables[index].rowCount).map { row in
      guard let start = first.tick(row), let end = second.tick(row) else { return .nan }
      return Double(end) * other - Double(start) * one
    }
  }

  /// Returns the days of a table's `time`; nil if it has none.
  func days(of index: Int) -> [Double]? {
    guard let name = schema.tables[index].time else { return nil }
    return tables[index].column(named: name)?.numbers
  }
}

extension ColumnType {
  /// The days in a tick of a date or time; 1 for a whole number, such as a week.
  fileprivate var daysPerTick: Double? {
    self == .integer ? 1 : microsecondsPerTick.map { Double($0) / 86_400_000_000 }
  }
}

extension Column {
  /// The cells as numbers, times as days; nil for labels and truth values.
  var numbers: [Double]? {
    guard case .ticks(let ticks) = cells else { return nil }
    if case .boolean = type { return nil }
    var scale = type.microsecondsPerTick.map { Double($0) / 86_400_000_000 } ?? 1
    if case .decimal(let digits) = type { scale = 1 / Double(ParsedNumber.powersOfTen[digits]) }
    return ticks.map { Cells.isValue($0) ? Double($0) * scale : .nan }
  }

  /// The cells as labels, truth values with their words; nil for numbers and times.
  var labelled: LabelledCells? {
    switch cells {
    case .labels(let codes, let dictionary):
      return LabelledCells(names: dictionary.labels, codes: codes)
    case .ticks(let ticks):
      guard case .boolean(let words) = type else { return nil }
      return LabelledCells(
        names: [words.whenFalse, words.whenTrue],
        codes: ticks.map { Cells.isValue($0) ? Int32($0) : Cells.missingCode })
    }
  }
}
