import Examples

/// The dose of the member who is most alike, in numbers of equal spread.
package struct NearestPatient: DoseModel {
  private let features: DosingFeatures
  /// One over the spread of each number.
  private let scales: [Double]
  /// The scaled numbers of each member, without those of the genotypes.
  private let bodies: [[Double]]
  /// The pair of genotypes and the root of the dose of each member.
  private let members: [(pair: Int, root: Double)]
  /// The squared distance of each pair of genotypes from each other.
  private let geneDistances: [[Double]]

  private static let bodyCount = DosingFeatures.count - 7

  package init(_ patients: [DosingPatient]) {
    let features = DosingFeatures(patients)
    let rows = patients.map(features.numbers)
    let scales = (0..<DosingFeatures.count).map { column in
      let mean = rows.reduce(0) { $0 + $1[column] } / Double(rows.count)
      let squares = rows.reduce(0) { $0 + ($1[column] - mean) * ($1[column] - mean) }
      return squares > 0 ? (Double(rows.count) / squares).squareRoot() : 0
    }
    let genes = (0..<Genotypes.count).map { pair in
      zip(
        features.genes(pair / Genotypes.cypCount, pair % Genotypes.cypCount),
        scales[Self.bodyCount...]
      ).map(*)
    }
    geneDistances = genes.map { one in genes.map { Self.distance(one, $0) } }
    bodies = rows.map { zip($0, scales[..<Self.bodyCount]).map(*) }
    members = patients.map { (Genotypes.index(of: $0), $0.root) }
    (self.features, self.scales) = (features, scales)
  }

  package func roots(of patient: DosingPatient) -> [Double] {
    let body = zip(features.numbers(patient), scales[..<Self.bodyCount]).map(*)
    // The nearest member of each pair of genotypes stands for all who have it.
    var nearest = [(distance: Double, root: Double)](
      repeating: (.infinity, 0), count: Genotypes.count)
    for (row, member) in zip(bodies, members) {
      let distance = Self.distance(body, row)
      if distance < nearest[member.pair].distance { nearest[member.pair] = (distance, member.root) }
    }
    return (0..<Genotypes.count).map { pair in
      zip(nearest, geneDistances[pair]).min {
        $0.0.distance + $0.1 < $1.0.distance + $1.1
      }?.0.root ?? 0
    }
  }

  private static func distance(_ one: [Double], _ other: [Double]) -> Double {
    var sum = 0.0
    for index in one.indices { sum += (one[index] - other[index]) * (one[index] - other[index]) }
    return sum
  }
}
