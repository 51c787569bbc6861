/// Provisional: replaced by the parsing of cells when it is there.
extension ColumnType {
  func parse(_ text: String) -> Int64? {
    switch self {
    case .integer: return Int64(text)
    case .decimal(let digits):
      guard let value = Double(text) else { return nil }
      var scale = 1.0
      for _ in 0..<digits { scale *= 10 }
      return Int64((value * scale).rounded())
    case .boolean(let words): return text == words.whenFalse ? 0 : text == words.whenTrue ? 1 : nil
    default: return Int64(text)
    }
  }

  func format(tick: Int64) -> String {
    switch self {
    case .decimal(let digits):
      var scale: Int64 = 1
      for _ in 0..<digits { scale *= 10 }
      let rest = String((tick % scale).magnitude)
      return (tick < 0 ? "-" : "") + String((tick / scale).magnitude) + "." + String(repeating: "0", count: digits - rest.count) + rest
    case .boolean(let words): return tick == 0 ? words.whenFalse : words.whenTrue
    default: return String(tick)
    }
  }
}
