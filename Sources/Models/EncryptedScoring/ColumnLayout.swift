import LatticeEncryption

/// The cells of one column as entries of a record: public, and the same on both sides.
package struct ColumnLayout: Sendable, Equatable {
  package let name: String
  package let shape: Shape
  /// Whether the column has an entry for cells that fit no other.
  package let hasOtherwise: Bool

  /// The kind of a column.
  package enum Shape: Sendable, Equatable {
    /// One entry for each interval of numbers: below the first edge, from each edge up to the next,
    /// and from the last edge on.
    case bins(edges: [Double])
    /// One entry for each text.
    case categories([String])
    /// A single entry that holds the number itself, moved into the range and rounded to 256 steps.
    case number(minimum: Double, maximum: Double)
  }

  package init(name: String, shape: Shape, hasOtherwise: Bool) {
    self.name = name
    self.shape = shape
    self.hasOtherwise = hasOtherwise
  }

  /// The number of points that the column has without those for other cells.
  package var pointCount: Int {
    switch shape {
    case .bins(let edges): edges.count + 1
    case .categories(let texts): texts.count
    case .number: 1
    }
  }

  /// The number of entries of a record that the column takes.
  package var entryCount: Int { pointCount + (hasOtherwise ? 1 : 0) }

  package var isNumber: Bool { if case .number = shape { true } else { false } }
}

extension ColumnLayout {
  /// The word for the shape in a file.
  var kind: String {
    switch shape {
    case .bins: "bins"
    case .categories: "categories"
    case .number: "number"
    }
  }

  /// Refuses layouts that have no meaning.
  func check() throws(ScorecardFault) {
    switch shape {
    case .bins(let edges):
      guard edges.allSatisfy(\.isFinite) else { throw .notFinite(column: name) }
      guard zip(edges, edges.dropFirst()).allSatisfy({ $0 < $1 }) else {
        throw .edgesNotAscending(column: name)
      }
    case .categories(let texts):
      guard !texts.isEmpty else { throw .pointCount(column: name, expected: 1, found: 0) }
      guard Set(texts.map { Array($0.utf8) }).count == texts.count else {
        throw .repeatedCategory(column: name)
      }
    case .number(let minimum, let maximum):
      guard minimum.isFinite, maximum.isFinite else { throw .notFinite(column: name) }
      guard minimum < maximum else { throw .emptyRange(column: name) }
    }
  }

  /// Refuses sets of columns that cannot be a card.
  static func check(_ columns: [ColumnLayout]) throws(ScorecardFault) {
    guard !columns.isEmpty else { throw .noColumns }
    var names: Set<[UInt8]> = []
    for column in columns {
      guard names.insert(Array(column.name.utf8)).inserted else {
        throw .repeatedColumn(column.name)
      }
      try column.check()
    }
    let entries = columns.reduce(0) { $0 + $1.entryCount }
    guard entries <= LatticeParameters.degree else { throw .tooManyEntries(found: entries) }
  }
}
