import Basics
import Foundation

/// Changes that owners make to a file of the same people. Each has its name from the table of
/// decision 0010.
enum Alteration: String, CaseIterable {
  case asItIs = "as it is"
  case shuffled = "rows and columns shuffled"
  case renamed = "headers renamed"
  case semicolons = "semicolons"
  case oneRowMore = "one row more"
  case oneCellCorrected = "one cell corrected"
  case upperCase = "upper case"
  case months = "a number in months (x 12)"
  case pounds = "a number in pounds, rounded"
  case allPounds = "all numbers in pounds, rounded"
  case otherDates = "other date form"
  case decimalComma = "decimal comma"
  case trailingZeros = "trailing zeros"
  case dropped = "most varied column dropped"
  case twoDropped = "two most varied dropped"
  case added = "a column added"
  case twoAdded = "two columns added"
  case part = "30 % of the rows"
  case superset = "three times the rows"
  case several = "30 %, renamed, upper case, months, a column less, one more"

  /// The altered table; nil if the table has nothing of the kind to alter.
  func callAsFunction(_ table: TextTable, _ random: inout Dice) -> TextTable? {
    var altered = table
    let numbers = table.numberColumns
    let byVariety = table.mostVaried(Array(table.columns.indices))
    switch self {
    case .asItIs, .superset: break
    case .shuffled:
      altered = table.picking(random.mixed(Array(0..<table.rowCount)))
      let order = random.mixed(Array(table.columns.indices))
      altered.names = order.map { altered.names[$0] }
      altered.columns = order.map { altered.columns[$0] }
    case .renamed: altered.names = table.names.indices.map { "field \($0 + 1)" }
    case .semicolons: altered.delimiter = ";"
    case .oneRowMore:
      altered = table.picking(Array(0..<table.rowCount) + [random.below(table.rowCount)])
    case .oneCellCorrected:
      let row = random.below(table.rowCount)
      altered.columns[byVariety[0]][row] = altered.columns[byVariety[0]][(row + 1) % table.rowCount]
    case .upperCase:
      for column in altered.columns.indices { altered.change(column) { $0.uppercased() } }
    case .months:
      guard let number = numbers.first else { return nil }
      altered.change(number) { Self.product($0, 12) }
    case .pounds:
      guard let number = numbers.first else { return nil }
      altered.change(number) { Self.pounds($0) }
    case .allPounds:
      guard !numbers.isEmpty else { return nil }
      for number in numbers { altered.change(number) { Self.pounds($0) } }
    case .otherDates:
      guard !table.dateColumns.isEmpty else { return nil }
      for column in table.dateColumns {
        altered.change(column) {
          "\($0.dropFirst(8).prefix(2)).\($0.dropFirst(5).prefix(2)).\($0.prefix(4))\($0.dropFirst(10))"
        }
      }
    case .decimalComma:
      let decimals = numbers.filter { table.columns[$0].contains { $0.contains(".") } }
      guard !decimals.isEmpty else { return nil }
      altered.delimiter = ";"
      for column in decimals { altered.change(column) { $0.replacing(".", with: ",") } }
    case .trailingZeros:
      guard !numbers.isEmpty else { return nil }
      for column in numbers {
        altered.change(column) {
          $0.lowercased().contains("e") ? $0 : $0.contains(".") ? $0 + "0" : $0 + ".00"
        }
      }
    case .dropped: altered = Self.without(1, byVariety, table)
    case .twoDropped: altered = Self.without(2, byVariety, table)
    case .added: Self.add(1, to: &altered, &random)
    case .twoAdded: Self.add(2, to: &altered, &random)
    case .part: altered = Self.part(table, &random)
    case .several:
      altered = Self.part(table, &random)
      if let number = numbers.last { altered.change(number) { Self.product($0, 12) } }
      for column in altered.columns.indices { altered.change(column) { $0.uppercased() } }
      altered.names = altered.names.map { "the " + $0 }
      let dropped = byVariety[min(1, byVariety.count - 1)]
      altered.names.remove(at: dropped)
      altered.columns.remove(at: dropped)
      altered.names.append("line")
      altered.columns.append((0..<altered.rowCount).map { String($0 + 1) })
    }
    return altered
  }

  private static func product(_ cell: String, _ factor: Double) -> String {
    guard let value = Double(cell) else { return cell }
    let product = (value * factor * 1e6).rounded() / 1e6
    return product == product.rounded() && abs(product) < 1e15
      ? String(Int64(product)) : String(format: "%.6f", product)
  }

  private static func pounds(_ cell: String) -> String {
    Double(cell).map { String(format: "%.1f", $0 * 2.20462) } ?? cell
  }

  private static func without(_ count: Int, _ order: [Int], _ table: TextTable) -> TextTable {
    let dropped = Set(order.prefix(count))
    let kept = table.columns.indices.filter { !dropped.contains($0) }
    return TextTable(names: kept.map { table.names[$0] }, columns: kept.map { table.columns[$0] })
  }

  private static func add(_ count: Int, to table: inout TextTable, _ random: inout Dice) {
    for number in 0..<count {
      table.names.append("new \(number)")
      table.columns.append((0..<table.rowCount).map { _ in String(1000 + random.below(900_000)) })
    }
  }

  static func part(_ table: TextTable, _ random: inout Dice) -> TextTable {
    table.picking(
      Array(random.mixed(Array(0..<table.rowCount)).prefix(max(1, table.rowCount * 3 / 10))))
  }
}

/// A small, repeatable generator.
struct Dice {
  private var generator: SplitMix64

  init(state: UInt64) { generator = SplitMix64(seed: state) }

  mutating func below(_ bound: Int) -> Int { Int(generator.next() % UInt64(bound)) }

  mutating func mixed(_ items: [Int]) -> [Int] {
    var items = items
    for last in stride(from: items.count - 1, to: 0, by: -1) { items.swapAt(last, below(last + 1)) }
    return items
  }
}
