import Accounting
import Curation
import Encoding
import Tables

/// Groups of labels that are too rare to be named, and partners of labels that are all declared.
extension DomainLearner {
  /// The way in which unnamed labels of a variable are put into groups.
  enum Grouping {
    case none
    /// By their first characters.
    case prefixes
    /// As a public classification says.
    case hierarchy(CodeHierarchy)

    /// The share of a variable's second look spent on groups; the rest names labels. The lists of a
    /// classification are public, so that its groups are seen where no label is frequent enough.
    var budgetShare: Double {
      switch self {
      case .none: 0
      case .prefixes: 0.12
      case .hierarchy: 0.9
      }
    }
  }

  /// Returns how to group the unnamed labels of a variable, from its schema and from labels that
  /// were paid for.
  func grouping(of index: Int, _ draft: LabelDraft) -> Grouping {
    let variable = curator.blueprint.variables[index]
    if curator.blueprint.isClosed(variable) { return .none }
    if let hierarchy = curator.blueprint.hierarchy(of: variable) { return .hierarchy(hierarchy) }
    return draft.looksLikeCodes ? .prefixes : .none
  }

  func groups(
    _ grouping: Grouping, of index: Int, beside draft: LabelDraft, rho: Rho, delta: Delta
  ) throws -> [(group: LabelGroup, count: NoisyCount)] {
    switch grouping {
    case .none: []
    case .prefixes: try prefixes(index, beside: draft, rho: rho, delta: delta)
    case .hierarchy(let hierarchy): try groups(of: hierarchy, index, beside: draft, rho: rho)
    }
  }

  /// Returns groups of unnamed labels that share a prefix.
  private func prefixes(
    _ index: Int, beside draft: LabelDraft, rho: Rho, delta: Delta
  ) throws -> [(group: LabelGroup, count: NoisyCount)] {
    let named = Set(draft.labels.map(\.label))
    let variable = curator.blueprint.variables[index]
    var found: [(prefix: String, count: NoisyCount)] = []
    for length in Self.prefixLengths {
      let answer = try curator.labelPrefixes(
        of: index, length: length, named: named, longer: found.map(\.prefix),
        rho: rho.share(1 / Double(Self.prefixLengths.count)),
        delta: delta)
      found += answer.labels.prefix(Self.maximumLabels).map {
        ($0.label, NoisyCount(value: Double($0.count), variance: answer.variance))
      }
    }
    return found.map { prefix, count in
      let text = curator.blueprint.label(prefix + "*", title: nil, of: variable)
      return (LabelGroup(text: text, beginnings: [prefix]), count)
    }
  }

  /// The lengths of prefixes in characters: first blocks (E1: diabetes in ICD-10, tens of
  /// categories in ICD-9), then chapters of the remaining labels.
  private static let prefixLengths = [2, 1]

  /// Returns the groups of a classification that stand out from the noise, finest level first: a
  /// label counts with the finest group that was found for it.
  private func groups(
    of hierarchy: CodeHierarchy, _ index: Int, beside draft: LabelDraft, rho: Rho
  ) throws -> [(group: LabelGroup, count: NoisyCount)] {
    let variable = curator.blueprint.variables[index]
    let named = draft.labels.map(\.label)
    let taken = Set(named.map(LabelCodec.leading))
    var found: [(group: LabelGroup, count: NoisyCount)] = []
    for (level, share) in zip(hierarchy.levels.reversed(), Self.levelShares(hierarchy.levels.count))
    {
      let known = found.map(\.group)
      let candidates = level.filter { !taken.contains($0.code) }.map { group in
        let title = draft.describes ? group.title : nil
        return LabelGroup(
          text: curator.blueprint.label(group.code, title: title, of: variable),
          beginnings: group.beginnings)
      }
      let codec = LabelCodec(
        labels: named, groups: known + candidates, otherLabel: "", hasMissing: true)
      let counts = try curator.histogram(of: index, by: codec, rho: rho.share(share))
      let start = named.count + known.count
      let least = Self.leastDeviations * counts.variance.squareRoot()
      for (place, group) in candidates.enumerated()
      where Double(counts.values[start + place]) > least {
        found.append(
          (
            group,
            NoisyCount(value: Double(counts.values[start + place]), variance: counts.variance)
          ))
      }
    }
    return found
  }

  /// The standard deviations of noise above zero from which a group gets a code. A group that is
  /// taken in by mistake is counted again with all others and then found to be empty.
  private static let leastDeviations = 2.5

  /// The shares of `count` levels, finest first: inner levels hold most of what can be told apart.
  private static func levelShares(_ count: Int) -> [Double] {
    let weights = (0..<count).map { $0 == 0 || $0 == count - 1 ? 1.0 : 3 }
    return weights.map { $0 / weights.reduce(0, +) }
  }

  /// Returns the partners of each declared label of a deciding column, from the noisy counts of all
  /// `pairs`, which are declared: the most frequent partners, if they stand out.
  func look(_ index: Int, among pairs: [String], rho: Rho) throws -> LabelDraft {
    let codec = LabelCodec(labels: pairs, otherLabel: "", hasMissing: true)
    let counts = try curator.histogram(of: index, by: codec, rho: rho)
    func count(_ place: Int) -> NoisyCount {
      NoisyCount(value: Double(counts.values[place]), variance: counts.variance)
    }
    var chosen: [Int] = []
    for places in Dictionary(grouping: pairs.indices, by: { LabelCodec.leading(pairs[$0]) }).values
    {
      let ranked = places.sorted { (counts.values[$1], $0) < (counts.values[$0], $1) }
      let next = ranked.count > 1 ? max(counts.values[ranked[1]], 0) : 0
      let least = Self.clearDeviations * (2 * counts.variance).squareRoot()
      if Double(counts.values[ranked[0]] - next) > least { chosen.append(ranked[0]) }
    }
    return LabelDraft(
      labels: chosen.sorted().map { (pairs[$0], count($0)) }, missing: count(pairs.count + 1))
  }

  /// The standard deviations of noise by which a label's partners must be more frequent than any
  /// others to be taken for its own.
  private static let clearDeviations = 2.0
}

extension DomainLearner.LabelDraft {
  /// Whether most named labels, by rows, are short, without spaces and with a digit, as codes are.
  /// It sees only labels that were paid for.
  var looksLikeCodes: Bool {
    isMost { label in
      let label = LabelCodec.leading(label)
      return (3...10).contains(label.count) && label.contains(where: \.isNumber)
        && label.allSatisfy { $0.isLetter || $0.isNumber || $0 == "." || $0 == "-" }
    }
  }

  /// Whether the column beside a code mostly has several words, as a description does.
  var describes: Bool {
    isMost { label in
      let parts = LabelCodec.parts(label)
      return parts.count > 1 && parts[1]?.contains(" ") == true
    }
  }

  private func isMost(_ holds: (String) -> Bool) -> Bool {
    let counted = labels.filter { holds($0.label) }
    return counted.reduce(0) { $0 + $1.count.value } > 0.5
      * labels.reduce(0) { $0 + $1.count.value }
  }
}
