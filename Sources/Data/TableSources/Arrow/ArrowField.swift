/// A column as a stream's schema describes it.
struct ArrowField {
  let name: String
  let type: ArrowType
  /// The number of its dictionary; nil if it has none.
  let dictionary: Int64?

  init(_ field: FlatTable, table: String) throws(SourceError) {
    name = field.text(0) ?? ""
    let code = field.number(2) as UInt8
    let details = field.table(3)
    let isUUID =
      field.tables(6)?.contains {
        $0.text(0) == "ARROW:extension:name" && $0.text(1) == "arrow.uuid"
      } ?? false
    guard let value = Self.type(code, details, isUUID: isUUID) else {
      throw .columnType(
        table: table, column: name, type: Self.words[Int(code)] ?? "number \(code) of Arrow's types"
      )
    }
    guard let encoding = field.table(4) else {
      (type, dictionary) = (value, nil)
      return
    }
    dictionary = encoding.number(0) as Int64
    let index = encoding.table(1).flatMap { Self.integer($0) } ?? .integer(bytes: 4, isSigned: true)
    type = .dictionary(index: index, value: value)
  }

  /// The types that are not read, by Arrow's numbers.
  private static let words = [
    11: "interval", 12: "list", 13: "struct", 14: "union", 15: "fixed-size binary",
    16: "fixed-size list", 17: "map", 18: "duration",
    21: "large list", 22: "run-end encoded", 25: "list view", 26: "large list view",
  ]

  private static func type(_ code: UInt8, _ details: FlatTable?, isUUID: Bool) -> ArrowType? {
    switch code {
    case 1: return .null
    case 2: return details.flatMap { integer($0) }
    case 3: return real(details?.number(0) ?? 0)
    case 4, 5: return .text(.offsets32)
    case 6: return .boolean
    case 7: return details.flatMap { decimal($0) }
    case 8: return .date(bytes: details?.number(0, default: 1) as Int16? == 0 ? 4 : 8)
    case 9:
      return details.flatMap {
        ArrowType.TimeUnit(rawValue: Int($0.number(0, default: 1) as Int16))
      }.map { .time($0) }
    case 10: return details.flatMap { timestamp($0) }
    case 15: return isUUID && details?.number(0) as Int32? == 16 ? .uuid : nil
    case 19, 20: return .text(.offsets64)
    case 23, 24: return .text(.views)
    default: return nil
    }
  }

  private static func integer(_ details: FlatTable) -> ArrowType? {
    let bits = details.number(0) as Int32
    guard [8, 16, 32, 64].contains(bits) else { return nil }
    return .integer(bytes: Int(bits) / 8, isSigned: details.number(1) as UInt8 != 0)
  }

  private static func real(_ precision: Int16) -> ArrowType? {
    precision == 1 ? .real(bytes: 4) : precision == 2 ? .real(bytes: 8) : nil
  }

  private static func decimal(_ details: FlatTable) -> ArrowType? {
    let scale = details.number(1) as Int32
    guard details.number(2, default: 128) as Int32 == 128, (0...38).contains(scale) else {
      return nil
    }
    return .decimal(scale: Int(scale))
  }

  private static func timestamp(_ details: FlatTable) -> ArrowType? {
    ArrowType.TimeUnit(rawValue: Int(details.number(0) as Int16)).map {
      .timestamp($0, isUTC: !(details.text(1) ?? "").isEmpty)
    }
  }
}
