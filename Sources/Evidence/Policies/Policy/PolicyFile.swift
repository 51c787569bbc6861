import Foundation
import Tables
import Yams

/// A policy and the exact text that it was read from.
package struct PolicyFile: Sendable, Equatable {
  /// The requirements.
  package let policy: Policy
  /// The text as it was read. It goes into the manifest.
  package let text: String

  /// Creates the policy of a preset.
  package init(_ preset: Policy.Preset) {
    self.init(policy: Policy(preset), text: preset.text)
  }

  private init(policy: Policy, text: String) {
    self.policy = policy
    self.text = text
  }

  /// Creates the preset with this name, or reads the file at this path.
  ///
  /// - Throws: ``PolicyError`` with every fault in the file;
  ///   ``UnknownPolicy`` if there is neither.
  package init(named nameOrPath: String) throws {
    if let preset = Policy.Preset(rawValue: nameOrPath) {
      self.init(preset)
      return
    }
    guard let data = FileManager.default.contents(atPath: nameOrPath) else {
      throw UnknownPolicy.named(
        nameOrPath,
        nearest: SchemaWords.nearest(to: nameOrPath, in: Policy.Preset.allCases.map(\.rawValue)))
    }
    let name = URL(fileURLWithPath: nameOrPath).lastPathComponent
    guard let text = String(data: data, encoding: .utf8) else {
      let fault = SchemaFault(
        problem: "the file is not UTF-8", allowed: "text in UTF-8",
        remedy: "save it as UTF-8 in the editor")
      throw PolicyError(file: name, faults: [fault])
    }
    self.init(policy: try Self.parse(text, file: name), text: text)
  }

  /// Reads a policy from text; `file` names it in errors.
  package static func parse(_ text: String, file: String) throws(PolicyError) -> Policy {
    try parse(text, file: file, defaults: Policy(.partners))
  }

  /// Reads a policy. Without `defaults`, every requirement must be present.
  static func parse(_ text: String, file: String, defaults: Policy?) throws(PolicyError) -> Policy {
    let root: Node?
    do {
      root = try compose(yaml: text)
    } catch {
      throw PolicyError(file: file, faults: [fault(of: error)])
    }
    var reader = PolicyReader()
    let policy = root.flatMap { reader.policy($0, defaults: defaults) }
    guard let policy, reader.faults.isEmpty else {
      let empty = SchemaFault(
        problem: "the file is empty", allowed: "a policy with `version` and `policy`",
        remedy: "start from `understudy policy show partners`")
      throw PolicyError(file: file, faults: reader.faults.isEmpty ? [empty] : reader.faults)
    }
    return policy
  }

  private static func fault(of error: any Error) -> SchemaFault {
    let (allowed, remedy) = (
      "YAML: `key: value`, the same indentation for the same level",
      "look at this line and the one above"
    )
    switch error as? YamlError {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      return SchemaFault(
        line: mark.line, problem: "this is not YAML (\(problem))", allowed: allowed, remedy: remedy)
    case .duplicatedKeysInMapping(let duplicates, let context):
      return SchemaFault(
        line: context.mark.line,
        problem:
          "the same key stands twice: \(duplicates.sorted().map { "`\($0)`" }.joined(separator: ", "))",
        allowed: "each key once", remedy: "keep one of them")
    default:
      return SchemaFault(
        problem: "this is not YAML", allowed: allowed,
        remedy: "start from `understudy policy show partners`")
    }
  }
}

/// A policy file that cannot be used, with all its faults at once.
package struct PolicyError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The name of the file, without its folder.
  package let file: String
  /// The faults, at least one, in line order.
  package let faults: [SchemaFault]

  init(file: String, faults: [SchemaFault]) {
    self.file = file
    self.faults = faults.sorted { ($0.line ?? 0) < ($1.line ?? 0) }
  }

  /// A headline and one line for each fault.
  package var description: String {
    let count = faults.count == 1 ? "1 fault" : "\(faults.count) faults"
    return (["The policy \(file) cannot be used: \(count)."] + faults.map { "  - \($0)" }).joined(
      separator: "\n")
  }
}

/// A policy that cannot be found.
package enum UnknownPolicy: Error, Sendable, Equatable, CustomStringConvertible {
  /// Neither a preset nor a file has this name; the nearest preset was perhaps meant.
  case named(String, nearest: String?)

  package var description: String {
    switch self {
    case .named(let name, let nearest):
      "policy: '\(name)' is no preset and no file that can be read. "
        + (nearest.map { "Did you mean '\($0)'? " } ?? "")
        + "The presets are open, partners and internal; `understudy policy show partners` prints one to edit."
    }
  }

  /// A name that never changes, for programs that read errors.
  package var id: String {
    switch self {
    case .named: "policy.unknown"
    }
  }
}
