import Foundation
import Quality

/// The information in a column, in nats.
enum Entropy {
  /// Returns the entropy of the shares of distinct cells, missing ones included.
  static func of(_ values: ColumnValues) -> Double {
    var counts: [UInt64: Int] = [:]
    switch values {
    case .numbers(let numbers): for number in numbers { counts[number.isNaN ? 1 : (number + 0).bitPattern, default: 0] += 1 }
    case .labels(let codes): for code in codes { counts[UInt64(UInt32(bitPattern: code)), default: 0] += 1 }
    }
    let total = Double(max(values.count, 1))
    return counts.values.map { Double($0) / total }.sorted().reduce(0) { $0 - $1 * log($1) }
  }
}
