import Foundation
import Tables

/// Reads the provenance of facts: `facts`, `reviewed`, and `provenance` beside single facts.
extension SchemaReader {
  /// Reads the provenance of every fact that states none. Files before version 3 make no
  /// distinction, so their facts are read as declared.
  mutating func facts(_ node: SchemaNode?, isReviewed: Bool, line: Int) -> Provenance {
    guard version >= 3 else { return .declared }
    guard let node else {
      if !isReviewed {
        report(
          line, "`facts` is missing", allowed: "facts: declared, observed or learned",
          remedy:
            "write `facts: declared` if you answer for what the schema says, `facts: observed` if it was seen in the rows"
        )
      }
      return .declared
    }
    return word(node, key: "facts", of: Provenance.self) ?? .declared
  }

  /// Reads `reviewed: {by: NAME, on: YYYY-MM-DD}`.
  mutating func review(_ node: SchemaNode) -> SchemaReview? {
    let allowed = "reviewed: {by: NAME, on: YYYY-MM-DD}"
    let keys = mapping(node, keys: ["by", "on"], what: "`reviewed`")
    guard node.entries != nil else { return nil }
    let name = keys["by"]?.text?.trimmingSpaces ?? ""
    let isPlaceholder = ["", "~", "null", "name", "your name"].contains(name.lowercased())
    let hasControls = name.unicodeScalars.contains { $0.properties.generalCategory == .control }
    if isPlaceholder || hasControls || name.utf8.count > 200 {
      report(
        keys["by"]?.line ?? node.line, "`reviewed` names nobody", allowed: allowed,
        remedy: "write who read the schema and answers for it behind `by:`, in at most 200 bytes")
      return nil
    }
    guard let day = keys["on"]?.text.flatMap({ ColumnType.date(.iso).parse($0) }) else {
      report(
        keys["on"]?.line ?? node.line, "`reviewed` has no day", allowed: allowed,
        remedy: "write the day on which the schema was read behind `on:`, such as 2026-01-31")
      return nil
    }
    if let latestDay, day > latestDay {
      report(
        keys["on"]?.line ?? node.line, "`reviewed` is in the future",
        allowed: "a day that has come, as YYYY-MM-DD",
        remedy: "write the day on which the schema was read, and look at this machine's clock")
      return nil
    }
    return SchemaReview(by: name, on: ColumnType.date(.iso).format(tick: day))
  }

  /// Reads `learned: {epsilon: 0.05, delta: 1e-09}`.
  mutating func learningCost(_ node: SchemaNode) -> LearningCost? {
    let keys = mapping(node, keys: ["epsilon", "delta"], what: "`learned`")
    guard node.entries != nil else { return nil }
    let (epsilon, delta) = (
      keys["epsilon"]?.text.flatMap(Double.init), keys["delta"]?.text.flatMap(Double.init)
    )
    guard let epsilon, let delta, epsilon > 0, epsilon.isFinite, (0..<1).contains(delta) else {
      report(
        node.line, "`learned` does not say what the look cost",
        allowed: "learned: {epsilon: above 0, delta: from 0 to below 1}",
        remedy: "leave the line as the look that was paid for wrote it")
      return nil
    }
    return LearningCost(epsilon: epsilon, delta: delta)
  }

  /// Reads the provenance beside a fact; nil if it is the one that the fact inherits.
  mutating func ownProvenance(_ node: SchemaNode?, inherited: Provenance) -> Provenance? {
    guard let node, let own = word(node, key: "provenance", of: Provenance.self), own != inherited
    else { return nil }
    return own
  }

  /// Reads the provenance of bounds or categories; nil is a fault.
  ///
  /// Files before version 3 know declared values and no others.
  mutating func provenance(_ node: SchemaNode?, line: Int, key: String, inherited: Provenance)
    -> Provenance?
  {
    if version >= 3 {
      return node == nil
        ? inherited : node.flatMap { word($0, key: "provenance", of: Provenance.self) }
    }
    if node?.text?.lowercased() == Provenance.declared.rawValue { return .declared }
    report(
      node?.line ?? line,
      "the provenance of `\(key)` is \(node == nil ? "missing" : "not `declared`")",
      allowed: "provenance: declared, for values that are known from elsewhere than this table",
      remedy: "write `provenance: declared` if you answer for that, else `\(key): learn`")
    return nil
  }

  mutating func word<Word: RawRepresentable & CaseIterable>(
    _ node: SchemaNode, key: String, of type: Word.Type
  ) -> Word?
  where Word.RawValue == String {
    word(node, key: key, of: type.allCases.map(\.rawValue)).flatMap { Word(rawValue: $0) }
  }
}

extension SchemaFile {
  /// Returns the last day that has begun anywhere. Midnight east of the Pacific's date line comes
  /// 14 hours earlier than in Greenwich.
  static func latestDay(_ now: Date = Date()) -> Int64 {
    Int64(((now.timeIntervalSince1970 + 14 * 3600) / 86_400).rounded(.down))
  }
}

/// Notes for the owner on who vouches for a schema file; a note never travels.
enum ProvenanceNote {
  static func old(_ version: Int) -> String {
    "The schema is of version \(version), in which everything counts as declared. Version \(Schema.currentVersion) tells what the owner "
      + "declares from what was observed in the rows: `understudy inspect` writes it."
  }

  static let imported =
    "What the metadata of another tool says counts as declared by whoever wrote it. If the tool saw it in these rows, that was a look that "
    + "nobody paid for: write it as a schema of version \(Schema.currentVersion) with `facts: observed` until somebody has read it."
}
