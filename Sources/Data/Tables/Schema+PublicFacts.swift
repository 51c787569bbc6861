extension Schema {
  /// Returns the schema with the labels and ranges of a public table where it leaves them to be
  /// learned. They are declared, because nothing of the people's rows is in them.
  ///
  /// A range is wider than the public one by half of it at each end, and keeps its sign: people of
  /// another year lie a little outside. Labels of a public classification, and more labels than
  /// ``mostPublicLabels``, are left to be learned.
  package func declaringFacts(of table: Table) -> Schema {
    var schema = self
    for index in schema.columns.indices where schema.columns[index].role.isModelled {
      guard let cells = table.column(named: schema.columns[index].name)?.cells else { continue }
      switch cells {
      case .labels(let codes, let dictionary):
        let column = schema.columns[index]
        guard column.type == .category, column.categories == .learned, column.hierarchy == nil
        else { continue }
        let present = Set(codes).subtracting([Cells.missingCode])
        guard (1...Schema.mostPublicLabels).contains(present.count) else { continue }
        let labels = present.map { dictionary[Int($0)] }.filter { $0 != column.otherLabel }
        schema.columns[index].categories = .declared(labels.sorted() + [column.otherLabel])
        schema.columns[index].provenance.categories = .declared
      case .ticks(let ticks):
        if case .boolean = schema.columns[index].type { continue }
        guard schema.columns[index].bounds == .learned, let range = Schema.widened(ticks)
        else { continue }
        schema.columns[index].bounds = .declared(range)
        schema.columns[index].provenance.bounds = .declared
      }
    }
    return schema
  }

  /// The most labels of a column that are taken from a public table.
  package static let mostPublicLabels = 200

  /// Returns the range of the values with half of its width at each end, on their side of zero; nil
  /// if there are none.
  private static func widened(_ ticks: [Int64]) -> ClosedRange<Int64>? {
    var range: ClosedRange<Int64>?
    for tick in ticks where Cells.isValue(tick) {
      range = range.map { min($0.lowerBound, tick)...max($0.upperBound, tick) } ?? tick...tick
    }
    guard let range else { return nil }
    let most = Int64.max / 8
    guard range.lowerBound > -most, range.upperBound < most else { return nil }
    let half = (range.upperBound - range.lowerBound + 1) / 2
    let low = range.lowerBound - half
    let high = range.upperBound + half
    return
      (range.lowerBound >= 0 ? max(low, 0) : low)...(range.upperBound <= 0 ? min(high, 0) : high)
  }
}
