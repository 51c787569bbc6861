import VectorKernels

/// Replaces noisy tables that contradict each other by the closest ones that do not.
///
/// Overlapping noisy tables disagree on their common attributes, and no distribution fits both.
/// Splitting each table into its effects (the part that depends on exactly the attributes of A, for
/// every subset A of its clique) makes the parts independent, so that an effect seen in several
/// tables is estimated by their inverse-variance weighted mean (the residual decomposition of
/// Mullins, Fuentes, Xiao, Kifer, Musco, Sheldon 2024, "Efficient and private marginal
/// reconstruction with local non-negativity"). Put together again, the tables agree, and the misfit
/// of any distribution to them differs from its misfit to the originals by the constant that is
/// returned. Optimisers converge far faster on them, because no force is left that no distribution
/// can follow.
///
/// Exact for one variance per table; tables with a variance per cell are left unchanged.
struct ConsistentCounts {
  /// The tables, in the order of the measurements.
  private(set) var tables: [[Double]]
  /// Misfit to the original tables minus misfit to these, for any distribution with the given
  /// total.
  private(set) var misfitOffset = 0.0

  private struct Effect {
    var weight = 0.0
    var values: [Double]
  }

  init(_ measurements: [Measurement], sizes: [Int], total: Double) {
    tables = measurements.map(\.values)
    var effects: [Clique: Effect] = [:]
    for measurement in measurements {
      guard case .uniform(let variance) = measurement.variance else { continue }
      for subset in measurement.clique.subsets {
        let own = ConsistentCounts.effect(of: subset, in: measurement, sizes: sizes)
        let weight =
          Double(subset.cellCount(sizes: sizes)) / (variance * Double(measurement.values.count))
        var effect = effects[subset] ?? Effect(values: [Double](repeating: 0, count: own.count))
        effect.weight += weight
        vk_axpy(&effect.values, weight, own, own.count)
        effects[subset] = effect
      }
    }
    effects[Clique([])] = Effect(weight: 1, values: [total])
    for (index, measurement) in measurements.enumerated() {
      guard case .uniform(let variance) = measurement.variance else { continue }
      tables[index] = ConsistentCounts.table(over: measurement.clique, from: effects, sizes: sizes)
      misfitOffset +=
        ConsistentCounts.offset(from: measurement.values, to: tables[index]) / variance
    }
  }

  /// Returns half the squared distance. The change lies in directions that no distribution's tables
  /// move along, so it adds to every misfit alike once summed over all tables.
  private static func offset(from old: [Double], to new: [Double]) -> Double {
    zip(old, new).reduce(0) { $0 + 0.5 * ($1.0 - $1.1) * ($1.0 - $1.1) }
  }

  /// Returns the table summed onto `subset`, less its mean along every axis.
  private static func effect(of subset: Clique, in measurement: Measurement, sizes: [Int])
    -> [Double]
  {
    var factor = Factor(attributes: measurement.clique.attributes, values: measurement.values)
      .summed(onto: Set(subset.attributes), sizes: sizes)
    for axis in subset.attributes {
      let others = subset.attributes.filter { $0 != axis }
      let mean = factor.summed(onto: Set(others), sizes: sizes).values.map {
        -$0 / Double(sizes[axis])
      }
      add(mean, over: others, to: &factor.values, over: subset.attributes, sizes: sizes)
    }
    return factor.values
  }

  private static func table(over clique: Clique, from effects: [Clique: Effect], sizes: [Int])
    -> [Double]
  {
    let cells = clique.cellCount(sizes: sizes)
    var table = [Double](repeating: 0, count: cells)
    for subset in clique.subsets {
      guard let effect = effects[subset] else { continue }
      let share = Double(subset.cellCount(sizes: sizes)) / (effect.weight * Double(cells))
      add(
        effect.values.map { $0 * share }, over: subset.attributes, to: &table,
        over: clique.attributes, sizes: sizes)
    }
    return table
  }

  private static func add(
    _ part: [Double], over attributes: [Int], to table: inout [Double], over axes: [Int],
    sizes: [Int]
  ) {
    let plan = StridePlan(
      sizes: axes.map { sizes[$0] },
      strides: TableOrder.strides(of: attributes, alongAxes: axes, sizes: sizes))
    vk_broadcast_add(&table, part, plan.sizes.count, plan.sizes, plan.strides)
  }
}

extension Clique {
  /// All subsets, including the empty one and the clique itself.
  fileprivate var subsets: [Clique] {
    (0..<1 << attributes.count).map { mask in
      Clique(attributes.indices.filter { mask >> $0 & 1 == 1 }.map { attributes[$0] })
    }
  }
}
