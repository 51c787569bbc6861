/// The columns that a reviewed schema lists, for forms to suggest. The core reads the schema
/// itself; these are only hints, so whatever a line does not say is left out.
package struct SchemaColumns: Sendable, Equatable {
  package struct Column: Sendable, Equatable {
    package let name: String
    package var type = ""
    package var role = "ordinary"
    /// The labels or bounds that are declared, as the schema writes them.
    package var declared = ""
    package var labels: [String] = []

    /// Whether a stand-in models it: identifiers and prose are replaced.
    package var isModelled: Bool {
      !role.hasPrefix("identifier") && role != "prose" && role != "drop"
    }
  }

  package private(set) var columns: [Column] = []

  /// - Parameter text: A schema as `understudy inspect` writes it.
  package init(_ text: String) {
    var isInColumns = false
    for line in text.split(separator: "\n") {
      if !line.hasPrefix(" ") { isInColumns = line.hasPrefix("columns:") }
      guard isInColumns, let entry = line.firstMatch(of: /^ +(- )?(\w[\w ]*): *(.*)$/) else {
        continue
      }
      let (isNew, key) = (entry.output.1 != nil, entry.output.2)
      let value = String(entry.output.3).replacing(/\ +#.*$/, with: "")
      if isNew, key == "name" {
        columns.append(Column(name: Self.unquoted(value)))
      } else if !columns.isEmpty {
        take(String(key), value)
      }
    }
  }

  private mutating func take(_ key: String, _ value: String) {
    let last = columns.count - 1
    switch key {
    case "type": columns[last].type = value
    case "role": columns[last].role = value
    case "categories":
      columns[last].labels =
        value.firstMatch(of: /values: *\[(.*?)\]/).map {
          $0.output.1.split(separator: ",").map {
            Self.unquoted(String($0.drop { $0 == " " }))
          }
        } ?? []
      columns[last].declared =
        columns[last].labels.isEmpty
        ? "learned, at a price" : columns[last].labels.joined(separator: ", ")
    case "words":
      columns[last].labels = value.matches(of: /\w+: *"([^"]*)"/).map { String($0.output.1) }
      columns[last].declared = columns[last].labels.joined(separator: ", ")
    case "bounds":
      if let bounds = value.firstMatch(of: /low: *([^,}]+), *high: *([^,}]+)/) {
        columns[last].declared =
          "\(Self.unquoted(String(bounds.output.1))) to \(Self.unquoted(String(bounds.output.2)))"
      } else {
        columns[last].declared = "learned, at a price"
      }
    default: break
    }
  }

  private static func unquoted(_ text: String) -> String {
    text.replacing(/^"|"$/, with: "")
  }

  /// The names of the columns that a stand-in models.
  package var modelled: [String] { columns.filter(\.isModelled).map(\.name) }

  /// The names of columns with labels.
  package var labelled: [String] {
    columns.filter { $0.isModelled && ($0.type == "category" || $0.type == "boolean") }
      .map(\.name)
  }
}
