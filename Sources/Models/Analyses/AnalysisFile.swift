import Foundation
import Tables
import Yams

/// Reads analysis files, YAML or JSON.
package enum AnalysisFile {
  /// The keys that a file may have.
  package static let keys = [
    "kind", "outcome", "value", "by", "terms", "time", "event", "where", "missing", "reference",
    "level", "at", "model",
  ]
  private static let mostBytes = 1 << 16

  /// Reads a file.
  /// - Throws: ``AnalysisFault``.
  package static func read(_ url: URL) throws(AnalysisFault) -> Analysis {
    let name = url.lastPathComponent
    guard let data = try? Data(contentsOf: url), data.count <= mostBytes,
      let text = String(data: data, encoding: .utf8)
    else {
      throw .unreadable(file: name)
    }
    return try parse(text, file: name, folder: url.deletingLastPathComponent())
  }

  /// Reads an analysis from text; `file` names it in errors, and the path of a model starts at
  /// `folder`, or at the working directory.
  package static func parse(
    _ text: String, file: String = "analysis", folder: URL? = nil
  ) throws(AnalysisFault) -> Analysis {
    let entries = try Self.entries(of: text, file: file)
    for key in entries.keys.sorted() where !keys.contains(key) {
      throw .unknownKey(key, nearest: SchemaWords.nearest(to: key, in: keys))
    }
    guard let kind = entries["kind"] else { throw .missingKey("kind", kind: "an analysis") }
    var analysis = Analysis(kind: try word(kind, "kind"))
    analysis.outcome = try entries["outcome"].map { node throws(AnalysisFault) in
      try Self.text(of: node, "outcome")
    }
    analysis.value = try entries["value"].map { node throws(AnalysisFault) in
      try Self.text(of: node, "value")
    }
    analysis.time = try entries["time"].map { node throws(AnalysisFault) in
      try Self.text(of: node, "time")
    }
    analysis.event = try entries["event"].map { node throws(AnalysisFault) in
      try Self.text(of: node, "event")
    }
    analysis.by =
      try entries["by"].map { node throws(AnalysisFault) in try Self.texts(of: node, "by") } ?? []
    analysis.terms =
      try entries["terms"].map { node throws(AnalysisFault) in try Self.texts(of: node, "terms") }
      ?? []
    analysis.points = try numbers(entries["at"], "at").sorted()
    if let missing = entries["missing"] { analysis.missing = try word(missing, "missing") }
    analysis.conditions = try pairs(entries["where"], "where").map {
      Analysis.Condition(column: $0.key, values: $0.texts)
    }
    .sorted { $0.column < $1.column }
    for (column, texts) in try pairs(entries["reference"], "reference") {
      guard texts.count == 1 else {
        throw .wrongShape(key: "reference", allowed: "one label for each column")
      }
      analysis.references[column] = texts[0]
    }
    if let level = entries["level"] {
      guard let value = Double(level.scalar?.string ?? ""), value >= 0.5, value <= 0.999 else {
        throw .wrongShape(key: "level", allowed: "a number from 0.5 to 0.999, such as 0.95")
      }
      analysis.level = value
    }
    try check(analysis, hasModel: entries["model"] != nil)
    if let model = entries["model"] {
      let path = try Self.text(of: model, "model")
      analysis.model = try JudgedModel(at: URL(fileURLWithPath: path, relativeTo: folder))
    }
    return analysis
  }

  /// Refuses keys that the kind lacks or has no use for.
  private static func check(_ analysis: Analysis, hasModel: Bool) throws(AnalysisFault) {
    let kind = analysis.kind
    let hasOutcome = !kind.isSurvival && kind != .count && kind != .table
    let needs: [(String, isThere: Bool, isNeeded: Bool, isUsed: Bool)] = [
      ("outcome", analysis.outcome != nil, hasOutcome, hasOutcome),
      ("time", analysis.time != nil, kind.isSurvival, kind.isSurvival),
      ("event", analysis.event != nil, kind.isSurvival, kind.isSurvival),
      (
        "by", !analysis.by.isEmpty,
        [.table, .difference, .independence, .trend, .logRank].contains(kind),
        !kind.isRegression && !kind.judgesModel
      ),
      ("terms", !analysis.terms.isEmpty, kind.isRegression, kind.isRegression),
      ("at", !analysis.points.isEmpty, false, kind == .quantile || kind == .survival),
      ("model", hasModel, kind.judgesModel, kind.judgesModel),
    ]
    for (key, isThere, isNeeded, isUsed) in needs {
      if isNeeded, !isThere { throw .missingKey(key, kind: kind.rawValue) }
      if isThere, !isUsed { throw .needlessKey(key, kind: kind.rawValue) }
    }
    if kind != .table, analysis.by.count > 1 {
      throw .wrongShape(key: "by", allowed: "one column, except for a table")
    }
    if analysis.by.count > 3 { throw .wrongShape(key: "by", allowed: "at most three columns") }
    if kind == .quantile, !analysis.points.allSatisfy({ $0 > 0 && $0 < 1 }) {
      throw .wrongShape(key: "at", allowed: "shares above 0 and below 1, such as [0.25, 0.5, 0.75]")
    }
    var seen: Set<String> = []
    for column in analysis.roles {
      guard seen.insert(column).inserted else { throw .columnTwice(column) }
    }
  }

  // MARK: Nodes

  private static func entries(of text: String, file: String) throws(AnalysisFault) -> [String: Node]
  {
    let root: Node?
    do { root = try compose(yaml: text) } catch {
      throw .notYAML(file: file, line: line(of: error))
    }
    guard case .mapping(let mapping)? = root else { throw .notYAML(file: file, line: nil) }
    var entries: [String: Node] = [:]
    for (key, value) in mapping { entries[key.scalar?.string.lowercased() ?? ""] = value }
    return entries
  }

  private static func line(of error: any Error) -> Int? {
    switch error as? YamlError {
    case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _):
      mark.line
    default: nil
    }
  }

  private static func word<Word: RawRepresentable & CaseIterable>(
    _ node: Node, _ key: String
  ) throws(AnalysisFault) -> Word where Word.RawValue == String {
    let text = try Self.text(of: node, key)
    if let word = Word(rawValue: text.lowercased()) { return word }
    let allowed = Word.allCases.map(\.rawValue)
    throw .unknownWord(
      key: key, nearest: SchemaWords.nearest(to: text, in: allowed), allowed: allowed)
  }

  private static func text(of node: Node, _ key: String) throws(AnalysisFault) -> String {
    guard let text = node.scalar?.string else { throw .wrongShape(key: key, allowed: "one name") }
    return text
  }

  private static func texts(of node: Node, _ key: String) throws(AnalysisFault) -> [String] {
    guard case .sequence(let items) = node else { return [try Self.text(of: node, key)] }
    var texts: [String] = []
    for item in items { texts.append(try Self.text(of: item, key)) }
    return texts
  }

  private static func numbers(_ node: Node?, _ key: String) throws(AnalysisFault) -> [Double] {
    guard let node else { return [] }
    var numbers: [Double] = []
    for text in try Self.texts(of: node, key) {
      guard let number = Double(text), number.isFinite else {
        throw .wrongShape(key: key, allowed: "a number, or a list of numbers")
      }
      numbers.append(number)
    }
    return numbers
  }

  private static func pairs(_ node: Node?, _ key: String) throws(AnalysisFault) -> [(
    key: String, texts: [String]
  )] {
    guard let node else { return [] }
    guard case .mapping(let mapping) = node else {
      throw .wrongShape(key: key, allowed: "`column: value` for each column")
    }
    var pairs: [(key: String, texts: [String])] = []
    for (name, value) in mapping {
      pairs.append((name.scalar?.string ?? "", try Self.texts(of: value, key)))
    }
    return pairs
  }
}
