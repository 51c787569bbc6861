/// Finds the records that hold at least half of some entries, by looking up each entry.
struct OverlapIndex: Sendable {
  let contents: [Set<ItemValue>]
  private let holders: [ItemValue: [Int32]]

  init(_ table: SparseTable) {
    contents = table.people.map(Set.init(entries:))
    var holders: [ItemValue: [Int32]] = [:]
    for (record, entries) in contents.enumerated() {
      for entry in entries { holders[entry, default: []].append(Int32(record)) }
    }
    self.holders = holders
  }

  /// Whether a record holds at least half of some entries.
  func holds(_ record: Int, halfOf entries: Set<ItemValue>) -> Bool {
    !entries.isEmpty && 2 * entries.count { contents[record].contains($0) } >= entries.count
  }

  func records(holdingHalfOf entries: Set<ItemValue>) -> Set<Int> {
    var counts: [Int32: Int] = [:]
    for entry in entries {
      for record in holders[entry] ?? [] { counts[record, default: 0] += 1 }
    }
    return Set(counts.filter { 2 * $0.value >= entries.count }.map { Int($0.key) })
  }
}

/// An item and the value it was given.
struct ItemValue: Hashable, Sendable {
  let item: Int32
  /// The bits of the value, so that missing equals missing.
  let value: UInt64
}

extension Set<ItemValue> {
  init(entries: [SparseTable.Entry]) {
    self.init(entries.map { ItemValue(item: $0.item, value: ($0.value.isNaN ? Double.nan : $0.value + 0).bitPattern) })
  }
}
