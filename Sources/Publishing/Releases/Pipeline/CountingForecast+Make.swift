import CountedTables
import Encoding
import Synthesis
import Tables

extension CountingForecast {
  /// The statements about one ordered column whose declared range is so narrow that every value is
  /// told apart at once, about others, and the most about one: four looks for its values, its
  /// fullest ticks, their number and names, its shape, its grain.
  private static let (questionsOfNarrow, questionsOfWide, mostQuestions) = (1, 5, 9)
  /// The number of ticks below which a range is narrow, as in a search for values.
  private static let narrow: Int64 = 64
  /// Bytes of a cell that is read, about.
  private static let bytesOfCell = 7

  /// The numbers of columns beyond which relations of three, and of two, are not foreseen: too many
  /// for a plan.
  private static let (mostForTriples, mostForPairs) = (40, 200)

  /// - Parameters:
  ///   - order: The most columns whose relation is looked at.
  ///   - statements: The statements of the table at hand.
  init(_ table: PlannedTable, order: Int, statements writer: CountStatements) throws {
    let blueprint = table.blueprint
    let sizes = table.sizes.map { max(1, Int($0.rounded())) }
    let attributes = Self.attributes(blueprint, sizes: sizes)
    let (passes, blocks, cells, asked) = try Self.passes(
      Self.wanted(sizes.count, order: order), attributes, sizes: sizes, rows: table.rows, writer)
    let ordered = blueprint.variables.filter(\.isOrdered)
    let narrow = ordered.count { Self.isNarrow(blueprint.bounds(of: $0)) }
    let wide = ordered.count - narrow
    let questions = narrow * Self.questionsOfNarrow + wide * Self.questionsOfWide
    let most = narrow * Self.questionsOfNarrow + wide * Self.mostQuestions
    // Whoever joins missing cells with others asks about all columns alone once more.
    let opening = writer.opening.count + 1
    let costs = writer.costs
    let (rows, columns) = (Double(table.rows), Double(sizes.count))
    let codings = writer.keepsCodes ? 1 : Double(passes)
    self.init(
      statements: opening + questions + asked.count,
      mostStatements: opening + most + 2 * asked.count,
      bytes: 8 * cells,
      engineSeconds: rows * 1e-9
        * (Double(questions) * costs.question + codings * columns * costs.code
          + Double(blocks) * costs.block),
      streamBytes: table.rows * sizes.count * Self.bytesOfCell,
      streamEngineSeconds: rows * columns * costs.cell * 1e-9,
      texts: writer.opening + [writer.size.sql]
        + Self.questions(blueprint, attributes, writer).map {
          "-- A template: its runs follow from paid answers.\n" + $0
        }
        + asked.map { "-- A template: its bins follow from paid answers.\n" + $0 })
  }

  /// Returns the passes over the rows, their blocks, cells, and statements.
  private static func passes(
    _ wanted: Set<[Int]>, _ attributes: [CountedAttribute], sizes: [Int], rows: Int,
    _ writer: CountStatements
  ) throws -> (passes: Int, blocks: Int, cells: Int, texts: [String]) {
    var cover = BlockCover(wanted: wanted, sizes: sizes, variables: Array(sizes.indices))
    var (passes, blocks, cells) = (0, 0, 0)
    var texts = writer.keepsCodes ? [try writer.keeping(attributes)] : []
    let ordered = wanted.sorted {
      $0.count == $1.count ? $0.lexicographicallyPrecedes($1) : $0.count < $1.count
    }
    var taken: Set<[Int]> = []
    for set in ordered where !taken.contains(set) {
      let pass = cover.pass(with: set)
      taken.formUnion(pass.joined())
      passes += 1
      blocks += pass.count
      cells += pass.joined().reduce(0) { sum, set in
        sum + min(set.reduce(1) { $0 * sizes[$1] }, rows)
      }
      texts += try writer.pass(
        pass.map { $0.map { $0.map { attributes[$0] } } }, among: attributes)
    }
    return (passes, blocks, cells, texts)
  }

  /// Returns all sets of so many columns, of which relations are looked at.
  private static func wanted(_ columns: Int, order: Int) -> Set<[Int]> {
    let foreseen = columns > mostForPairs ? 1 : columns > mostForTriples ? 2 : 3
    let order = min(order, foreseen)
    var wanted: Set<[Int]> = []
    for first in 0..<columns {
      wanted.insert([first])
      for second in (first + 1)..<max(columns, first + 1) where order > 1 {
        wanted.insert([first, second])
        for third in (second + 1)..<max(columns, second + 1) where order > 2 {
          wanted.insert([first, second, third])
        }
      }
    }
    return wanted
  }

  private static func isNarrow(_ bounds: Knowledge<ClosedRange<Int64>>) -> Bool {
    guard case .declared(let range) = bounds else { return false }
    return Double(range.upperBound) - Double(range.lowerBound) < Double(narrow)
  }

  /// Returns attributes with bins of the same width over what the schema declares.
  private static func attributes(_ blueprint: Blueprint, sizes: [Int]) -> [CountedAttribute] {
    zip(blueprint.variables, sizes).enumerated().map { place, pair in
      let (variable, size) = pair
      let codec: Codec
      if case .declared(let labels) = blueprint.categories(of: variable), !variable.isOrdered {
        codec = .labels(LabelCodec(labels: labels, otherLabel: nil, hasMissing: true))
      } else {
        codec = .ordered(
          OrderedCodec(
            bins: runs(of: variable, blueprint, count: max(1, size - 1)).map {
              OrderedCodec.Bin(
                shape: [OrderedCodec.Piece(low: $0.lowerBound, high: $0.upperBound, weight: 1)])
            }, words: blueprint.codes(of: variable), hasMissing: true))
      }
      return CountedAttribute(
        variable: variable.name, place: place, codec: codec, size: codec.size)
    }
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

  private static func questions(
    _ blueprint: Blueprint, _ attributes: [CountedAttribute], _ writer: CountStatements
  ) -> [String] {
    zip(blueprint.variables, attributes).flatMap { variable, attribute -> [String] in
      guard case .ordered(let codec) = attribute.codec else { return [] }
      let (name, runs) = (variable.name, codec.bins.map(\.range))
      return [
        writer.histogram(of: name, runs: runs, codes: codec.words).sql,
        writer.crowding(of: name, ticks: 8, in: runs), writer.tickCount(of: name, in: runs),
        writer.ticks(of: name, in: runs, least: 20, ranks: []),
        writer.grain(of: name, lattices: [.every(step: 10, offset: 0)], in: runs),
      ]
    }
  }
}
