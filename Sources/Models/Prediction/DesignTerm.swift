import Encoding
import EncryptedScoring
import Tables

/// The part of a model that looks at one column: which coordinate of the parameters each code of
/// the column counts for, and with which number. Made from the schema and paid answers alone.
package struct DesignTerm: Sendable {
  /// The coordinate of a code within the term, and its number; a number lies in -1...1.
  package struct Entry: Sendable, Equatable {
    package let slot: Int
    package let value: Double

    package init(slot: Int, value: Double) { (self.slot, self.value) = (slot, value) }
  }

  package enum Kind: Sendable, Equatable {
    /// A slot for each bin of numbers; the edges are on the column's own scale.
    case bins(edges: [Double])
    /// A slot for each text.
    case categories([String])
    /// One slot, of (value − centre) / reach with the value moved into centre ± reach.
    case number(centre: Double, reach: Double)
  }

  package let name: String
  /// The variable's index in the domain.
  package let variable: Int
  package let kind: Kind
  package let entries: [Entry]
  /// The slot of missing cells, if they have one.
  package let missingSlot: Int?
  /// The slot of all other cells, such as rare categories, if there is one.
  package let otherSlot: Int?
  package let slotCount: Int
  /// The noisy number of rows with each code.
  package let counts: [Double]
  /// The mean number of each slot over the rows.
  let means: [Double]
  /// The number and the unit by which each slot's numbers are counted in a gradient.
  let standards: [Standard]
  /// The noisy number of rows, by this column's counts.
  let rows: Double
  /// The texts of missing cells.
  package var missingTexts: [String] = []

  package init(
    name: String, variable: Int, kind: Kind, entries: [Entry], missingSlot: Int?, otherSlot: Int?,
    slotCount: Int, counts: [Double]
  ) {
    (self.name, self.variable, self.kind, self.entries) = (name, variable, kind, entries)
    (self.missingSlot, self.otherSlot) = (missingSlot, otherSlot)
    (self.slotCount, self.counts) = (slotCount, counts)
    rows = counts.reduce(0) { $0 + max($1, 0) }
    var means = [Double](repeating: 0, count: slotCount)
    for (entry, count) in zip(entries, counts) {
      means[entry.slot] += max(count, 0) * entry.value / max(rows, 1)
    }
    self.means = means
    standards = Self.standards(kind, means, entries, counts)
  }

  /// The noisy sum of squares of each slot's numbers.
  var weights: [Double] {
    var weights = [Double](repeating: 0, count: slotCount)
    for (entry, count) in zip(entries, counts) {
      weights[entry.slot] += max(count, 0) * entry.value * entry.value
    }
    return weights
  }

  /// The origin and the unit of a slot's numbers, so that they have a mean of 0 and a mean square
  /// of 1 over the rows.
  package struct Standard: Sendable {
    package let centre: Double
    package let unit: Double
  }

  /// A number's slots are left where they are: a number is counted from its own mean, and few rows
  /// have no number.
  private static func standards(
    _ kind: Kind, _ means: [Double], _ entries: [Entry], _ counts: [Double]
  ) -> [Standard] {
    let rows = max(counts.reduce(0) { $0 + max($1, 0) }, 1)
    var squares = [Double](repeating: 0, count: means.count)
    for (entry, count) in zip(entries, counts) {
      squares[entry.slot] += max(count, 0) / rows * entry.value * entry.value
    }
    return zip(means, squares).map { mean, square in
      let centre = if case .number = kind { 0.0 } else { mean }
      return Standard(
        centre: centre, unit: max(square - centre * centre, leastShare).squareRoot())
    }
  }

  var isNumber: Bool { if case .number = kind { true } else { false } }
}

extension DesignTerm {
  /// The number of bins of a column's numbers, about.
  static let binCount = 8
  /// The share of rows from which a category has points of its own.
  static let leastShare = 0.01

  /// Returns the term of a column; nil if it could tell nothing.
  package init?(
    _ column: ColumnSchema, variable: Int, codec: Codec, counts: [Double], isStraight: Bool
  ) {
    switch codec {
    case .labels(let labels):
      self.init(column, variable: variable, labels: labels, counts: counts)
    case .ordered(let ordered):
      if case .boolean(let words) = column.type {
        self.init(column, variable: variable, flags: ordered, words: words, counts: counts)
      } else if isStraight {
        self.init(column, variable: variable, number: ordered, counts: counts)
      } else {
        self.init(column, variable: variable, bins: ordered, counts: counts)
      }
    }
    guard slotCount > 1 || isNumber else { return nil }
  }

  private init(
    _ column: ColumnSchema, variable: Int, labels codec: LabelCodec, counts: [Double]
  ) {
    let least = max(counts.reduce(0) { $0 + max($1, 0) }, 1) * Self.leastShare
    var (texts, entries) = ([String](), [Entry?](repeating: nil, count: codec.size))
    for (code, label) in codec.labels.enumerated() where counts[code] >= least {
      entries[code] = Entry(slot: texts.count, value: 1)
      texts.append(label)
    }
    let missing = codec.hasMissing && counts[codec.size - 1] >= least ? codec.size - 1 : nil
    var slots = texts.count
    let rest = entries.indices.filter { entries[$0] == nil && $0 != missing }
    let other = rest.isEmpty ? nil : slots
    if other != nil { slots += 1 }
    for code in rest { entries[code] = Entry(slot: slots - 1, value: 1) }
    if let missing {
      entries[missing] = Entry(slot: slots, value: 1)
      slots += 1
    }
    self.init(
      name: column.name, variable: variable, kind: .categories(texts),
      entries: entries.compactMap(\.self), missingSlot: missing == nil ? nil : slots - 1,
      otherSlot: other, slotCount: slots, counts: counts)
  }

  private init(
    _ column: ColumnSchema, variable: Int, flags codec: OrderedCodec, words: BooleanLabels,
    counts: [Double]
  ) {
    let codes = codec.encode([0, 1]).map(Int.init)
    let areApart = codes[0] != codes[1]
    self.init(
      name: column.name, variable: variable,
      kind: .categories([words.whenFalse, words.whenTrue]),
      entries: (0..<codec.size).map { code in
        if code == codes[0] { return Entry(slot: 0, value: 1) }
        return Entry(slot: areApart && code == codes[1] ? 1 : 2, value: 1)
      },
      missingSlot: codec.hasMissing ? 2 : nil, otherSlot: nil, slotCount: codec.hasMissing ? 3 : 2,
      counts: counts)
  }

  private init(
    _ column: ColumnSchema, variable: Int, bins codec: OrderedCodec, counts: [Double]
  ) {
    let values = codec.bins.count
    let bins = Self.groups(of: Array(counts[..<values]))
    let edges = (0..<max(values - 1, 0)).filter { bins[$0] != bins[$0 + 1] }.map { code in
      column.number(
        ofTick: OrderedCodec.cut(between: codec.bins[code].range, and: codec.bins[code + 1].range)
          + 1)
    }
    let missing = codec.hasMissing ? edges.count + 1 : nil
    self.init(
      name: column.name, variable: variable, kind: .bins(edges: edges),
      entries: (0..<codec.size).map {
        Entry(slot: $0 < values ? bins[$0] : edges.count + 1, value: 1)
      },
      missingSlot: missing, otherSlot: nil, slotCount: edges.count + (missing == nil ? 1 : 2),
      counts: counts)
  }

  /// Returns the group of each of these neighbouring bins: those that hold more than a group's
  /// share stand alone, and the rest is divided into groups of about equal counts.
  package static func groups(of counts: [Double]) -> [Int] {
    let counts = counts.map { max($0, 0) }
    let total = counts.reduce(0, +)
    let isHeavy = counts.map { $0 > total / Double(binCount) }
    let heavy = isHeavy.count { $0 }
    let rest = zip(counts, isHeavy).reduce(0) { $0 + ($1.1 ? 0 : $1.0) }
    let share = max(rest / Double(max(binCount - heavy, 2)), 2 * leastShare * total)
    var (group, rows) = (0, 0.0)
    return counts.indices.map { index in
      if rows > 0, isHeavy[index] || rows + counts[index] / 2 > share {
        (group, rows) = (group + 1, 0)
      }
      defer { rows += isHeavy[index] ? .infinity : counts[index] }
      return group
    }
  }

  private init(
    _ column: ColumnSchema, variable: Int, number codec: OrderedCodec, counts: [Double]
  ) {
    let values = codec.bins.map { $0.mean(column.number) }
    let moments = NoisyMoments(values: values, counts: Array(counts[..<values.count]))
    let (mean, spread) = (moments?.mean ?? 0, moments?.variance ?? 1)
    let (low, high) = (values.min() ?? 0, values.max() ?? 0)
    let reach = max(min(3 * spread.squareRoot(), max(high - mean, mean - low)), 1e-9)
    self.init(
      name: column.name, variable: variable, kind: .number(centre: mean, reach: reach),
      entries: (0..<codec.size).map { code in
        code < values.count
          ? Entry(slot: 0, value: min(max((values[code] - mean) / reach, -1), 1))
          : Entry(slot: 1, value: 1)
      },
      missingSlot: codec.hasMissing ? 1 : nil, otherSlot: nil, slotCount: codec.hasMissing ? 2 : 1,
      counts: counts)
  }
}

extension ColumnSchema {
  /// Returns the number that a tick stands for.
  func number(ofTick tick: Int64) -> Double {
    switch type {
    case .decimal(let digits):
      Double(tick) / Double((0..<digits).reduce(Int64(1)) { power, _ in power * 10 })
    case .scientific(let format): ScientificTick(digits: format.digits).value(of: tick)
    case .integer, .boolean, .date, .timestamp, .category, .identifier, .text: Double(tick)
    }
  }
}

extension OrderedCodec.Bin {
  /// Returns the mean of a function over the bin's shape, with each piece taken at its middle.
  func mean(_ value: (Int64) -> Double) -> Double {
    let total = shape.reduce(0) { $0 + $1.weight }
    let parts = shape.map { piece in
      (
        weight: total > 0 ? piece.weight / total : 1 / Double(shape.count),
        value: (value(piece.low) + value(piece.high)) / 2
      )
    }
    return parts.reduce(0) { $0 + $1.weight * $1.value }
  }
}
