import Tables
import Yams

extension SchemaNode {
  /// More nodes than any schema has. Stops a file whose aliases multiply.
  private static let maximumNodes = 2_000_000
  private static let maximumDepth = 32

  /// Reads YAML. Scalars keep the text as written, so that `NO` is a country and not a boolean.
  ///
  /// Throws a list of one ``SchemaFault`` if the text is not YAML.
  static func yaml(_ text: String, file: String) throws(SchemaError) -> SchemaNode {
    let root: Node?
    do {
      root = try compose(yaml: text)
    } catch {
      throw SchemaError(file: file, faults: [fault(of: error)])
    }
    guard let root else {
      let fault = SchemaFault(
        problem: "the file is empty", allowed: "a schema with `version`, `table` and `columns`",
        remedy: "let `understudy inspect` write one")
      throw SchemaError(file: file, faults: [fault])
    }
    var remaining = maximumNodes
    guard let node = convert(root, depth: 0, remaining: &remaining) else {
      let fault = SchemaFault(
        problem: "the file nests too deeply or repeats itself too often",
        allowed: "\(maximumDepth) levels, \(maximumNodes) values",
        remedy: "write the values out without anchors and aliases")
      throw SchemaError(file: file, faults: [fault])
    }
    return node
  }

  private static func convert(_ node: Node, depth: Int, remaining: inout Int) -> SchemaNode? {
    remaining -= 1
    guard remaining > 0, depth < maximumDepth else { return nil }
    let line = node.mark?.line ?? 0
    switch node {
    case .scalar(let scalar):
      return .scalar(scalar.string, isQuoted: scalar.style != .plain, line: line)
    case .sequence(let sequence):
      var items: [SchemaNode] = []
      for item in sequence {
        guard let item = convert(item, depth: depth + 1, remaining: &remaining) else { return nil }
        items.append(item)
      }
      return .list(items, line: line)
    case .mapping(let mapping):
      var entries: [Entry] = []
      for (key, value) in mapping {
        guard let value = convert(value, depth: depth + 1, remaining: &remaining) else {
          return nil
        }
        entries.append(
          Entry(
            key: key.scalar?.string ?? "[a list or mapping]", line: key.mark?.line ?? line,
            value: value))
      }
      return .map(entries, line: line)
    case .alias:
      return nil
    }
  }

  private static func fault(of error: any Error) -> SchemaFault {
    switch error as? YamlError {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      return SchemaFault(
        line: mark.line, problem: "this is not YAML (\(problem))",
        allowed: "YAML: `key: value`, lists with `- `, the same indentation for the same level",
        remedy:
          "look at this line and the one above; put texts with special characters in double quotes")
    case .duplicatedKeysInMapping(let duplicates, let context):
      return SchemaFault(
        line: context.mark.line,
        problem:
          "the same key stands twice: \(duplicates.sorted().map { "`\($0)`" }.joined(separator: ", "))",
        allowed: "each key once", remedy: "keep one of them")
    case .reader(let problem, _, _, _):
      return SchemaFault(
        problem: "the file holds characters that YAML does not allow (\(problem))",
        allowed: "UTF-8 text",
        remedy: "save the file as UTF-8 and write control characters as escapes in double quotes")
    default:
      return SchemaFault(
        problem: "this is not YAML", allowed: "YAML in UTF-8",
        remedy: "let `understudy inspect` write a schema to start from")
    }
  }
}
