import Tables

/// Reads single values of a schema file. Each function reports a fault and returns nil if the value
/// does not fit.
extension SchemaReader {
  /// Returns the values by normal key. Refuses unknown and repeated keys, naming the nearest known
  /// one, and refuses `newKeys` before version 3.
  mutating func mapping(_ node: SchemaNode, keys: [String], newKeys: [String] = [], what: String)
    -> [String: SchemaNode]
  {
    let keys = version >= 3 ? keys + newKeys : keys
    let allowed = keys.map { "`\($0)`" }.joined(separator: ", ")
    guard let entries = node.entries else {
      report(
        node.line, "\(what) is \(node.shape)", allowed: "the keys \(allowed)",
        remedy: "write `key: value`")
      return [:]
    }
    var values: [String: SchemaNode] = [:]
    for entry in entries {
      let key = SchemaWords.normal(entry.key)
      guard keys.contains(key) else {
        if newKeys.contains(key) {
          report(
            entry.line, "\(what) has the key `\(key)`, which is new in version 3", allowed: allowed,
            remedy:
              "write `version: 3` at the top, and `facts: declared` if you answer for what the schema says"
          )
          continue
        }
        let nearest = SchemaWords.nearest(to: key, in: keys)
        report(
          entry.line, "\(what) has an unknown key `\(entry.key)`", allowed: allowed,
          remedy: nearest.map { "did you mean `\($0)`?" } ?? "remove it")
        continue
      }
      guard values[key] == nil else {
        report(
          entry.line, "\(what) has the key `\(key)` twice", allowed: "each key once",
          remedy: "keep one of them")
        continue
      }
      values[key] = entry.value
    }
    return values
  }

  mutating func text(_ node: SchemaNode, key: String) -> String? {
    if let text = node.text { return text }
    report(
      node.line, "`\(key)` is \(node.shape)", allowed: "a single value",
      remedy: "write `\(key): value`")
    return nil
  }

  /// Reads a list of texts; a single text counts as a list of one.
  mutating func texts(_ node: SchemaNode, key: String) -> [String]? {
    if let text = node.text { return node.isNull ? [] : [text] }
    if let items = node.items {
      let texts = items.compactMap(\.text)
      if texts.count == items.count { return texts }
    }
    report(
      node.line, "`\(key)` is not a list of single values", allowed: "`\(key): [A, B]`",
      remedy: "put the values in square brackets")
    return nil
  }

  mutating func flag(_ node: SchemaNode, key: String) -> Bool? {
    switch node.text?.lowercased() {
    case "yes", "true": return true
    case "no", "false": return false
    default:
      report(
        node.line, "`\(key)` is neither yes nor no", allowed: "yes or no",
        remedy: "write `\(key): yes` or `\(key): no`")
      return nil
    }
  }

  mutating func integer(_ node: SchemaNode, key: String, in range: ClosedRange<Int>) -> Int? {
    let digits = node.text.map { String($0.filter { $0 != "_" && $0 != "," }) }
    if let value = digits.flatMap({ Int($0) }), range.contains(value) { return value }
    let high = range.upperBound == .max ? "" : " to \(range.upperBound)"
    report(
      node.line, "`\(key)` is not a whole number in range",
      allowed: "\(range.lowerBound)\(high.isEmpty ? " or more" : high)",
      remedy: "write `\(key): \(range.contains(100) ? 100 : range.lowerBound)` with your number")
    return nil
  }
}
