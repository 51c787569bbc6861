import CountedTables
import Encoding
import Synthesis
import Tables

extension CountingForecast {
  /// The most looks for the values of a wide column, the most questions about its fullest ticks,
  /// their number and their names, which need a delta, and those about its shape and its grain.
  private static let (mostLooks, questionsOfTicks, questionsOfShape) = (4, 3, 2)
  /// The number of ticks below which a range is narrow, as in a search for values: every value is
  /// told apart at once, by one statement.
  private static let narrow: Int64 = 64
  /// Bytes of a cell that is read, about.
  private static let bytesOfCell = 7

  /// - Parameters:
  ///   - order: The most columns whose relation is looked at.
  ///   - namesTicks: Whether ticks that many rows share are named, which needs a delta.
  ///   - isJudged: Whether distances of columns alone are asked about at the end.
  ///   - statements: The statements of the table at hand.
  init(
    _ table: PlannedTable, order: Int, namesTicks: Bool, isJudged: Bool,
    statements writer: CountStatements
  ) throws {
    let blueprint = table.blueprint
    let schedule = RelationSchedule(blueprint, order: order)
    let attributes = Self.attributes(blueprint, schedule)
    let relations = try Self.relations(schedule, attributes, writer)
    let ordered = blueprint.variables.filter(\.isOrdered)
    let narrow = ordered.count { Self.isNarrow(blueprint.bounds(of: $0)) }
    let wide = ordered.count - narrow
    let mostOfWide =
      Self.mostLooks + (namesTicks ? Self.questionsOfTicks : 0) + Self.questionsOfShape
    let columns = blueprint.variables.count
    let alone = (columns + BlockCover.mostAlone - 1) / BlockCover.mostAlone
    // Numbers and dates may all be known from the search for their values.
    let areAsked = isJudged || ordered.count < columns
    let stages = [
      Stage(.opening, statements: writer.opening.count + 1),
      Stage(.values, statements: narrow + wide, most: narrow + wide * mostOfWide),
      Stage(.columns, statements: areAsked ? alone : 0, most: wide > 0 || areAsked ? alone : 0),
      Stage(
        .relations, statements: relations.count, most: relations.count + schedule.further),
    ]
    let (costs, rows) = (writer.costs, Double(table.rows))
    let codings = (writer.keepsCodes ? 1 : Double(schedule.passes.count)) + Double(alone)
    let blocks = schedule.passes.reduce(0) { $0 + $1.count }
    self.init(
      stages: stages, bytes: Self.bytes(of: schedule, table),
      engineSeconds: rows * 1e-9
        * (Double(narrow + wide * 5) * costs.question + codings * Double(columns) * costs.code
          + Double(blocks) * costs.block),
      streamBytes: table.rows * columns * Self.bytesOfCell,
      streamEngineSeconds: rows * Double(columns) * costs.cell * 1e-9,
      texts: writer.opening + [writer.size.sql]
        + Self.questions(blueprint, attributes, namesTicks: namesTicks, writer).map {
          "-- A template: its runs follow from paid answers.\n" + $0
        }
        + (try Self.alone(attributes.prefix(columns), writer) + relations).map {
          "-- A template: its bins follow from paid answers.\n" + $0
        })
  }

  /// Returns the statements about columns together.
  private static func relations(
    _ schedule: RelationSchedule, _ attributes: [CountedAttribute], _ writer: CountStatements
  ) throws -> [String] {
    guard !schedule.passes.isEmpty else { return [] }
    return (writer.keepsCodes ? [try writer.keeping(attributes)] : [])
      + (try schedule.passes.map { blocks in
        try writer.pass(blocks.map { $0.map { $0.map { attributes[$0] } } }, among: attributes)
      })
  }

  /// Returns the statements about each column alone.
  private static func alone(
    _ attributes: ArraySlice<CountedAttribute>, _ writer: CountStatements
  ) throws -> [String] {
    try stride(from: 0, to: attributes.count, by: BlockCover.mostAlone).map { start in
      let part = attributes.dropFirst(start).prefix(BlockCover.mostAlone)
      return try writer.counts(of: [part.map { [$0] }])
    }
  }

  /// Returns the bytes of counts, if no cell is empty.
  private static func bytes(of schedule: RelationSchedule, _ table: PlannedTable) -> Int {
    let sizes = zip(schedule.sizes, schedule.variables).map { size, variable in
      // Fewer codes are expected than there can be.
      let most = Double(schedule.sizes[variable])
      return max(1, Double(size) * min(1, table.sizes[variable] / most))
    }
    let alone = sizes.prefix(table.sizes.count).reduce(0, +)
    let together = schedule.passes.joined().joined().reduce(0.0) { sum, set in
      sum + min(set.reduce(1) { $0 * sizes[$1] }, Double(table.rows))
    }
    return Int(8 * (alone + together))
  }

  private static func isNarrow(_ bounds: Knowledge<ClosedRange<Int64>>) -> Bool {
    guard case .declared(let range) = bounds else { return false }
    return Double(range.upperBound) - Double(range.lowerBound) < Double(narrow)
  }

  /// Returns attributes with bins of the same width over the declared ranges, and the coarser
  /// ones behind them.
  private static func attributes(_ blueprint: Blueprint, _ schedule: RelationSchedule)
    -> [CountedAttribute]
  {
    let fine = zip(blueprint.variables, schedule.sizes).enumerated().map { place, pair in
      let (variable, size) = pair
      let codec: Codec
      if case .declared(let labels) = blueprint.categories(of: variable), !variable.isOrdered {
        codec = .labels(
          LabelCodec(labels: labels, otherLabel: nil, hasMissing: variable.isNullable))
      } else {
        let words = blueprint.codes(of: variable)
        let bins = size - words - (variable.isNullable ? 1 : 0)
        codec = .ordered(
          OrderedCodec(
            bins: runs(of: variable, blueprint, count: max(1, bins)).map {
              OrderedCodec.Bin(
                shape: [OrderedCodec.Piece(low: $0.lowerBound, high: $0.upperBound, weight: 1)])
            }, words: words, hasMissing: variable.isNullable))
      }
      return CountedAttribute(
        variable: variable.name, place: place, codec: codec, size: codec.size)
    }
    let coarse = zip(schedule.sizes, schedule.variables).dropFirst(fine.count).map {
      groups, variable in
      let size = fine[variable].size
      return fine[variable].grouped((0..<size).map { $0 * groups / size }, size: groups)
    }
    return fine + coarse
  }

  /// Returns runs of about the same width over the declared bounds, or over a thousand ticks where
  /// none are.
  private static func runs(of variable: Variable, _ blueprint: Blueprint, count: Int)
    -> [ClosedRange<Int64>]
  {
    var bounds: ClosedRange<Int64> = 0...999
    if case .declared(let declared) = blueprint.bounds(of: variable) { bounds = declared }
    let width = max(1, (bounds.upperBound - bounds.lowerBound) / Int64(count) + 1)
    return stride(from: bounds.lowerBound, through: bounds.upperBound, by: Int(width)).map {
      $0...min($0 + width - 1, bounds.upperBound)
    }
  }

  /// Returns the forms of the statements that find values.
  private static func questions(
    _ blueprint: Blueprint, _ attributes: [CountedAttribute], namesTicks: Bool,
    _ writer: CountStatements
  ) -> [String] {
    zip(blueprint.variables, attributes).flatMap { variable, attribute -> [String] in
      guard case .ordered(let codec) = attribute.codec else { return [] }
      let (name, runs) = (variable.name, codec.bins.map(\.range))
      let histogram = writer.histogram(of: name, runs: runs, codes: codec.words).sql
      guard !isNarrow(blueprint.bounds(of: variable)) else { return [histogram] }
      let ticks = [
        writer.crowding(of: name, ticks: 8, in: runs), writer.tickCount(of: name, in: runs),
        writer.ticks(of: name, in: runs, least: 20, ranks: []),
      ]
      return [histogram] + (namesTicks ? ticks : []) + [
        writer.grain(of: name, lattices: [.every(step: 10, offset: 0)], in: runs)
      ]
    }
  }
}
