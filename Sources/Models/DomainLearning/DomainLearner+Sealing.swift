import Curation
import Encoding
import Ledger
import Tables

extension DomainLearner {
  /// The count of missing cells, in standard deviations of its noise, below which a column that is
  /// declared without them keeps no code for them. Empty cells that nobody had would be a false
  /// claim: at 4, one of 30,000 such columns gets them.
  private static let fewestDeviations = 4.0

  /// Takes the code of missing cells away from variables whose schema says that no cell is missing,
  /// if the noise hides however many there are. Such cells then count with the code that the codec
  /// gives them. If there are more, they stay missing, rather than count as a value that nobody
  /// wrote. Post-processing: only paid answers decide, and the code of a row still depends on that
  /// row alone (docs/proofs/reading.md).
  func sealing(_ learned: LearnedDomain) -> LearnedDomain {
    var codecs = learned.domain.codecs
    var looks = learned.oneWay
    var targets: [Int: Int] = [:]
    for (index, variable) in learned.domain.variables.enumerated()
    where !curator.blueprint.saysMissing(variable) {
      let places = looks.indices.filter { looks[$0].attribute == index }
      guard let missing = codecs[index].missingCode, missing > 0, !places.isEmpty else { continue }
      let counts = places.map { looks[$0] }.combined
      guard counts[missing].value < Self.fewestDeviations * counts[missing].variance.squareRoot()
      else { continue }
      let other = curator.blueprint.otherLabel(of: variable)
      let (codec, target) = codecs[index].withoutMissing(
        other: other, counts.dropLast().map(\.value))
      for place in places { looks[place] = looks[place].folding(missing, into: target) }
      (codecs[index], targets[index]) = (codec, target)
    }
    guard !targets.isEmpty else { return learned }
    let domain = Domain(variables: learned.domain.variables, codecs: codecs)
    curator.join(missingInto: targets, of: domain)
    let constant = targets.keys.sorted().filter { codecs[$0].size == 1 }
      .map { DomainNote(variable: domain.variables[$0].name, kind: .constant) }
    let noted = Set(learned.notes.map(\.variable))
    return LearnedDomain(
      domain: domain, oneWay: looks, rowCount: learned.rowCount,
      notes: learned.notes + constant.filter { !noted.contains($0.variable) })
  }
}

extension [OneWayMeasurement] {
  /// The looks at one variable as one count for each code, weighted by precision.
  package var combined: [NoisyCount] {
    (first?.values.indices ?? 0..<0).map { code in
      let counts = map { NoisyCount(value: $0.values[code], variance: $0.variances[code]) }
      return counts.dropFirst().reduce(counts[0]) { $0.combined(with: $1) }
    }
  }
}

extension OneWayMeasurement {
  /// Returns the counts without the last code, whose rows count with another.
  fileprivate func folding(_ last: Int, into target: Int) -> OneWayMeasurement {
    var (values, variances) = (values, variances)
    values[target] += values[last]
    variances[target] += variances[last]
    return OneWayMeasurement(
      attribute: attribute, values: values.dropLast(), variances: variances.dropLast(),
      countsAllRows: countsAllRows)
  }
}

extension Codec {
  /// Returns the codec without a code for missing cells, and the code that such cells get: that of
  /// the label for all others, of the commonest label, or of the middle bin.
  fileprivate func withoutMissing(other: String, _ counts: [Double]) -> (codec: Codec, target: Int)
  {
    switch self {
    case .ordered(let codec):
      let without = OrderedCodec(
        bins: codec.bins, words: codec.words, hasMissing: false, grain: codec.grain)
      return (.ordered(without), max(codec.bins.count - 1, 0) / 2)
    case .labels(let codec):
      let commonest = codec.labels.indices.max { (counts[$0], $1) < (counts[$1], $0) } ?? 0
      let fallback = codec.labels.firstIndex(of: other) ?? commonest
      let without = LabelCodec(
        labels: codec.labels, groups: codec.groups, otherLabel: codec.otherLabel, hasMissing: false,
        fallback: fallback)
      return (
        .labels(without),
        codec.otherLabel == nil ? fallback : codec.labels.count + codec.groups.count
      )
    }
  }
}
