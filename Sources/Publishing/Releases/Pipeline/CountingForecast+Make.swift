import CountedTables
import Encoding
import Synthesis
import Tables

extension CountingForecast {
  /// The questions about one ordered column: looks for its values, its fullest ticks, their number
  /// and names, its grain, its shape.
  private static let questionsOfColumn = 8

  /// The numbers of columns beyond which relations of three, and of two, are not foreseen: too many
  /// for a plan.
  private static let (mostForTriples, mostForPairs) = (40, 200)

  /// - Parameters:
  ///   - order: The most columns whose relation is looked at.
  ///   - statements: The statements of the table at hand; nil to write none.
  init(_ table: PlannedTable, order: Int, statements writer: CountStatements?) throws {
    let blueprint = table.blueprint
    let sizes = table.sizes.map { max(1, Int($0.rounded())) }
    let places = Array(sizes.indices)
    let foreseen = places.count > Self.mostForPairs ? 1 : places.count > Self.mostForTriples ? 2 : 3
    let order = min(order, foreseen)
    var wanted: Set<[Int]> = []
    for first in places {
      wanted.insert([first])
      for second in places.dropFirst(first + 1) where order > 1 {
        wanted.insert([first, second])
        for third in places.dropFirst(second + 1) where order > 2 {
          wanted.insert([first, second, third])
        }
      }
    }
    let attributes = Self.attributes(blueprint, sizes: sizes)
    var texts = writer.map { [$0.size.sql] + Self.questions(blueprint, attributes, $0) } ?? []
    var cover = BlockCover(wanted: wanted, sizes: sizes, variables: places)
    var (blocks, cells) = (0, 0)
    let ordered = wanted.sorted {
      $0.count == $1.count ? $0.lexicographicallyPrecedes($1) : $0.count < $1.count
    }
    var taken: Set<[Int]> = []
    for set in ordered where !taken.contains(set) {
      let pass = cover.pass(with: set)
      taken.formUnion(pass.joined())
      blocks += 1
      cells += pass.joined().reduce(0) { sum, set in
        sum + min(set.reduce(1) { $0 * sizes[$1] }, table.rows)
      }
      if let writer {
        texts.append(try writer.counts(of: pass.map { $0.map { $0.map { attributes[$0] } } }))
      }
    }
    let questions = blueprint.variables.count(where: \.isOrdered) * Self.questionsOfColumn
    self.init(statements: 1 + questions + blocks, bytes: 8 * cells, texts: texts)
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
      ]
    }
  }
}
