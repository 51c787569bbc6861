import Accounting
import Curation
import DomainLearning
import Encoding
import Tables

/// The codes of all columns and their noisy counts: public, or paid for.
struct KnownColumns {
  let domain: Domain
  /// The noisy number of rows with each code of each variable.
  let counts: [[Double]]
  /// The noisy number of rows.
  let total: Double
  /// The variables about which nothing was learned.
  let unlearned: Set<Int>

  /// The largest number of bins in which columns are first learned, before they are joined: so that
  /// the rest of a column that is mostly one value has bins too.
  private static let finestBins = 128.0
  /// The standard deviations of noise that a first bin's rows have at least.
  private static let leastDeviations = 6.0
  /// The number of equal bins between declared bounds.
  private static let evenBins: Int64 = 24

  /// Asks about the columns, which the curator encodes then. A model of straight lines needs only
  /// bounds, so that where all are declared nothing is searched for and the rows are only counted.
  init(
    _ curator: Curator, isStraight: Bool, rho: Rho, delta: Delta,
    progress: (_ column: String, _ fraction: Double) throws -> Void
  ) throws {
    if isStraight, let declared = Self.declared(curator.blueprint) {
      curator.adopt(declared)
      let share = 1 / Double(declared.count)
      let counts = try declared.variables.enumerated().map { index, variable in
        try progress(variable.name, Double(index) * share)
        return try curator.marginal(of: [index], rho: rho.share(share), purpose: .oneWay).values
          .map(Double.init)
      }
      (domain, self.counts, unlearned) = (declared, counts, [])
      // Every row is in one of each column's counts.
      total = max(counts.reduce(0) { $0 + $1.reduce(0, +) } * share, 1)
      return
    }
    let learned = try DomainLearner(curator: curator, rho: rho, delta: delta) { total, sigma in
      let clear = total / (Self.leastDeviations * max(sigma, 1))
      return Int(min(max(clear, Double(DesignTerm.binCount)), Self.finestBins))
    }.learn(progress: progress)
    domain = learned.domain
    counts = domain.variables.indices.map { index in
      learned.oneWay.filter { $0.attribute == index }.combined.map(\.value)
    }
    total = learned.total
    unlearned = learned.unlearned
  }

  /// Returns the domain that the schema declares; nil unless it declares all of it.
  private static func declared(_ blueprint: Blueprint) -> Domain? {
    let codecs = blueprint.variables.compactMap { variable -> Codec? in
      if variable.isOrdered {
        guard case .declared(let bounds) = blueprint.bounds(of: variable),
          Double(bounds.upperBound) - Double(bounds.lowerBound) < 0x1p62
        else { return nil }
        return .ordered(OrderedCodec(bins: bins(over: bounds), hasMissing: variable.isNullable))
      }
      guard case .declared(let labels) = blueprint.categories(of: variable), !labels.isEmpty else {
        return nil
      }
      return .labels(
        LabelCodec(
          labels: labels, otherLabel: nil, hasMissing: variable.isNullable,
          fallback: labels.firstIndex(of: blueprint.otherLabel(of: variable)) ?? 0))
    }
    return codecs.count == blueprint.variables.count
      ? Domain(variables: blueprint.variables, codecs: codecs) : nil
  }

  private static func bins(over bounds: ClosedRange<Int64>) -> [OrderedCodec.Bin] {
    let width = bounds.upperBound - bounds.lowerBound + 1
    let count = min(evenBins, width)
    return (0..<count).map { index in
      OrderedCodec.Bin(shape: [
        .init(
          low: bounds.lowerBound + width / count * index + min(index, width % count),
          high: bounds.lowerBound + width / count * (index + 1) + min(index + 1, width % count) - 1,
          weight: 1)
      ])
    }
  }
}
