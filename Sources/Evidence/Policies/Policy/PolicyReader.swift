import Attacks
import Basics
import Tables
import Yams

/// Converts the tree of a policy file into a ``Policy`` and collects every fault on the way.
struct PolicyReader {
  private(set) var faults: [SchemaFault] = []
  /// The version of the file being read.
  private var fileVersion = Policy.currentVersion

  private static let keys = [
    "version", "policy", "epsilon", "delta", "unit", "provenance", "other people", "identifiers",
    "attacks", "utility",
  ]

  /// Returns nil if a requirement is missing and `defaults` does not supply it; a fault then names
  /// it.
  mutating func policy(_ root: Node, defaults: Policy?) -> Policy? {
    let values = mapping(root, keys: Self.keys, what: "a policy file")
    version(values["version"], line: root.mark?.line)
    guard let name = values["policy"].flatMap({ text($0, key: "policy") }) else {
      if values["policy"] == nil {
        report(
          root.mark?.line, "`policy` is missing", allowed: "policy: NAME",
          remedy: "give the policy a name")
      }
      return nil
    }
    let attacks =
      values["attacks"].map { self.attacks($0, defaults: defaults?.attacks) } ?? defaults?.attacks
    let utility =
      values["utility"].map { self.utility($0, defaults: defaults?.utility) } ?? defaults?.utility
    guard let utility else { return nil }
    return Policy(
      name: name,
      highestEpsilon: limit(
        values["epsilon"], key: "epsilon", in: 0...1e6, otherwise: defaults?.highestEpsilon),
      highestDelta: limit(
        values["delta"], key: "delta", in: 0...1, otherwise: defaults?.highestDelta),
      unit: values["unit"].flatMap { word($0, key: "unit", of: Policy.UnitRule.self) } ?? defaults?
        .unit ?? .person,
      provenance: values["provenance"].map { provenance($0) } ?? defaults?.provenance ?? [],
      forbidsDeclaredPeople: values["other people"].flatMap {
        choice($0, key: "other people", strict: "absent")
      }
        ?? defaults?.forbidsDeclaredPeople ?? false,
      forbidsIdentifiers: values["identifiers"].flatMap {
        choice($0, key: "identifiers", strict: "absent")
      }
        ?? defaults?.forbidsIdentifiers ?? true,
      attacks: attacks, utility: utility)
  }

  private mutating func version(_ node: Node?, line: Int?) {
    let current = Policy.currentVersion
    guard let node else {
      report(
        line, "`version` is missing", allowed: "version: \(current)",
        remedy: "add the line `version: \(current)` at the top")
      return
    }
    if let number = node.scalar.flatMap({ Int($0.string) }), (1...current).contains(number) {
      fileVersion = number
      return
    }
    report(
      node.mark?.line, "the file has another version", allowed: "version: \(current)",
      remedy:
        "use the version of understudy that wrote it, or start from `understudy policy show partners`"
    )
  }

  private mutating func attacks(_ node: Node, defaults: Policy.AttackRules?) -> Policy.AttackRules?
  {
    if isAny(node) { return nil }
    let newer = fileVersion > 1 ? ["judged", "leave out"] : []
    let values = mapping(
      node, keys: ["hold out", "risk", "membership", "copies"] + newer, what: "`attacks`")
    let usual =
      defaults
      ?? Policy.AttackRules(
        holdOut: 0.2, highestRisk: 0.09, highestMembershipRate: 0.01, forbidsCopies: true)
    var rules = Policy.AttackRules(
      holdOut: values["hold out"].flatMap { share($0, key: "hold out", in: 0.001...0.5) }
        ?? usual.holdOut,
      highestRisk: limit(values["risk"], key: "risk", in: 0...1, otherwise: usual.highestRisk) ?? 1,
      highestMembershipRate: limit(
        values["membership"], key: "membership", in: 0...1, otherwise: usual.highestMembershipRate)
        ?? 1,
      forbidsCopies: values["copies"].flatMap { choice($0, key: "copies", strict: "as control") }
        ?? usual.forbidsCopies)
    rules.judged =
      values["judged"].flatMap { word($0, key: "judged", of: Policy.Moment.self) } ?? usual.judged
    rules.leavesOut = values["leave out"].map { leftOut($0) } ?? usual.leavesOut
    return rules
  }

  /// Returns the names of attacks, in the order in which the attacks are made.
  private mutating func leftOut(_ node: Node) -> [String] {
    let words = (node.sequence.map { Array($0) } ?? [node]).compactMap {
      word($0, key: "leave out", of: AttackName.self)
    }
    return AttackName.allCases.filter(words.contains).map(\.rawValue)
  }

  private mutating func utility(_ node: Node, defaults: Policy.UtilityFloors?)
    -> Policy.UtilityFloors
  {
    if isAny(node) { return Policy.UtilityFloors() }
    let values = mapping(
      node, keys: ["column distance", "pair distance", "prediction"], what: "`utility`")
    return Policy.UtilityFloors(
      highestColumnDistance: limit(
        values["column distance"], key: "column distance", in: 0...1,
        otherwise: defaults?.highestColumnDistance),
      highestPairDistance: limit(
        values["pair distance"], key: "pair distance", in: 0...1,
        otherwise: defaults?.highestPairDistance),
      lowestPrediction: limit(
        values["prediction"], key: "prediction", word: "at least", in: 0...1,
        otherwise: defaults?.lowestPrediction))
  }

  private mutating func provenance(_ node: Node) -> [Policy.Provenance] {
    if isAny(node) { return Policy.Provenance.allCases }
    let items = node.sequence.map { Array($0) } ?? [node]
    // A schema says `observed` for the look that a release without a schema calls `inferred`.
    let words = items.compactMap {
      $0.scalar?.string == Provenance.observed.rawValue
        ? .inferred : word($0, key: "provenance", of: Policy.Provenance.self)
    }
    if items.isEmpty {
      report(
        node.mark?.line, "`provenance` allows nothing", allowed: "provenance: [declared, learned]",
        remedy: "name at least one, or `any`")
    }
    return Policy.Provenance.allCases.filter(words.contains)
  }

  // MARK: Single values

  private func isAny(_ node: Node) -> Bool { node.scalar?.string == "any" }

  /// Reads `{at most: 3}` or `any`. Returns `otherwise` if the key is absent.
  private mutating func limit(
    _ node: Node?, key: String, word: String = "at most", in range: ClosedRange<Double>,
    otherwise: Double?
  ) -> Double? {
    guard let node else { return otherwise }
    if isAny(node) { return nil }
    guard node.mapping != nil else {
      report(
        node.mark?.line, "`\(key)` is no limit",
        allowed: "`\(key): {\(word): NUMBER}` or `\(key): any`",
        remedy: "write the number in braces behind `\(word):`")
      return otherwise
    }
    let values = mapping(node, keys: [word], what: "`\(key)`")
    guard let value = values[word] else {
      if node.mapping?.isEmpty == true {
        report(
          node.mark?.line, "`\(key)` has no `\(word)`",
          allowed: "`\(key): {\(word): NUMBER}` or `\(key): any`", remedy: "add `\(word)`")
      }
      return otherwise
    }
    return share(value, key: "\(key): \(word)", in: range) ?? otherwise
  }

  /// Reads `0.1` or `10 %`.
  private mutating func share(_ node: Node, key: String, in range: ClosedRange<Double>) -> Double? {
    let text = node.scalar?.string.filter { $0 != " " } ?? ""
    let isPercent = text.hasSuffix("%")
    if let number = Double(isPercent ? String(text.dropLast()) : text) {
      let value = isPercent ? number / 100 : number
      if range.contains(value) { return value }
    }
    report(
      node.mark?.line, "`\(key)` is not a number in range",
      allowed:
        "\(NumberText.parameter(range.lowerBound)) to \(NumberText.parameter(range.upperBound))",
      remedy: "write a number such as 0.1, or a share such as 10 %")
    return nil
  }

  private mutating func word<Word: RawRepresentable & CaseIterable>(
    _ node: Node, key: String, of type: Word.Type
  ) -> Word?
  where Word.RawValue == String {
    let known = Word.allCases.map(\.rawValue)
    let found = node.scalar?.string ?? ""
    if let word = Word(rawValue: found) { return word }
    let nearest = SchemaWords.nearest(to: found, in: known).map { "did you mean `\($0)`?" }
    report(
      node.mark?.line, "`\(key)` is not understood", allowed: known.joined(separator: ", "),
      remedy: nearest ?? "write one of these words")
    return nil
  }

  /// Returns true for the strict word and false for `any`.
  private mutating func choice(_ node: Node, key: String, strict: String) -> Bool? {
    let found = node.scalar?.string ?? ""
    if found == strict { return true }
    if found == "any" { return false }
    report(
      node.mark?.line, "`\(key)` is not understood", allowed: "`\(strict)` or `any`",
      remedy: "write one of these words")
    return nil
  }

  private mutating func text(_ node: Node, key: String) -> String? {
    if let text = node.scalar?.string, !text.isEmpty { return text }
    report(
      node.mark?.line, "`\(key)` is not a single value", allowed: "a name",
      remedy: "write `\(key): NAME`")
    return nil
  }

  /// Returns the values by key. Refuses unknown keys and names the nearest known key.
  private mutating func mapping(_ node: Node, keys: [String], what: String) -> [String: Node] {
    let allowed = keys.map { "`\($0)`" }.joined(separator: ", ")
    guard let entries = node.mapping else {
      report(
        node.mark?.line, "\(what) has no keys", allowed: "the keys \(allowed)",
        remedy: "write `key: value`")
      return [:]
    }
    var values: [String: Node] = [:]
    for (key, value) in entries {
      let name = key.scalar?.string ?? ""
      if keys.contains(name) {
        values[name] = value
      } else {
        report(
          key.mark?.line, "\(what) has an unknown key `\(name)`", allowed: allowed,
          remedy: SchemaWords.nearest(to: name, in: keys).map { "did you mean `\($0)`?" }
            ?? (keys.count == 1 ? "write `\(keys[0])`" : "remove it"))
      }
    }
    return values
  }

  private mutating func report(_ line: Int?, _ problem: String, allowed: String, remedy: String) {
    faults.append(SchemaFault(line: line, problem: problem, allowed: allowed, remedy: remedy))
  }
}
