import Curation
import DomainLearning
import Encoding
import Foundation
import Tables

extension ExpectedError {
  /// The largest number of pairs that are listed one by one.
  private static let mostPairs = 5_000

  /// Forecasts the error of each modelled column, in the order of the schema, and of each pair.
  ///
  /// - Parameters:
  ///   - rows: The number of rows drawn.
  ///   - unlearned: The columns that stay empty.
  package init(_ forecast: ErrorForecast, rows: Int, unlearned: [String]) {
    let blueprint = forecast.blueprint
    let sources = blueprint.variables.map(\.source)
    var places: [(column: String, variable: Int)] = []
    for column in blueprint.schema.columns {
      if let variable = sources.firstIndex(where: { $0.names.contains(column.name) }) {
        places.append((column.name, variable))
      }
    }
    let columns = places.map { place in
      let part = forecast.part(
        of: place.variable, behind: Self.earlier(than: place.variable, sources))
      let isEmpty = unlearned.contains(place.column)
      let unnamed = forecast.unnamed(place.column, of: place.variable)
      let partly = 1 - (1 - part.distance) * (1 - unnamed)
      return Column(
        column: place.column,
        distance: isEmpty ? max(partly, forecast.filled(place.variable)) : partly,
        cause: isEmpty || unnamed > part.distance ? .empty : part.cause)
    }
    var pairs: [Pair] = []
    for first in places.indices {
      for second in places.indices where second > first {
        let variables = (places[first].variable, places[second].variable)
        let (distance, isMeasured) = forecast.pair(
          variables.0, variables.1, alone: (columns[first].distance, columns[second].distance))
        let floor = forecast.associationFloor(variables.0, variables.1, rows: Double(rows))
        pairs.append(
          Pair(
            first: columns[first].column, second: columns[second].column, distance: distance,
            isMeasured: isMeasured, floor: floor))
      }
    }
    self.init(
      oneWay: Self.mean(columns.map(\.distance)),
      twoWay: pairs.isEmpty ? nil : Self.mean(pairs.map(\.distance)),
      explanation: Self.basis, columns: columns, pairs: pairs.count <= Self.mostPairs ? pairs : nil)
  }

  private static let basis =
    "Reckoned from what is public or was paid for, without another look at the original: the noise on the counts, values too rare to be "
    + "named, the width of intervals, columns that stayed empty, and pairs that were not counted together. Values beyond the ends of a "
    + "range that was learned come on top: how many there are is not known."

  private static func mean(_ values: [Double]) -> Double {
    values.reduce(0, +) / Double(max(values.count, 1))
  }

  /// Returns the variables before a gap: an error in the earlier column moves the later one.
  private static func earlier(than variable: Int, _ sources: [Variable.Source]) -> [Int] {
    var found: [Int] = []
    var source = sources[variable]
    while case .gap(let earlier, _) = source,
      let place = sources.firstIndex(where: { $0.names.contains(earlier) }),
      !found.contains(place)
    {
      found.append(place)
      source = sources[place]
    }
    return found
  }
}
