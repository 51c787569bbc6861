import CodeLists

/// A public classification of codes, from groups of groups down to groups of codes: chapters,
/// blocks and categories of diagnoses, for example. Nothing about it comes from rows.
package struct CodeHierarchy: Sendable, Hashable {
  /// Codes that belong together.
  package struct Group: Sendable, Hashable {
    /// The text that stands for the group, such as J40-J4A.
    package let code: String
    /// Its meaning in words, if the classification gives one.
    package let title: String?
    /// The beginnings of the codes that belong to the group.
    package let beginnings: [String]

    package init(code: String, title: String?, beginnings: [String]) {
      (self.code, self.title, self.beginnings) = (code, title, beginnings)
    }
  }

  /// The name of a classification that the program brings with it; nil if a schema declares it.
  package let name: String?
  /// The groups of each level, coarsest level first.
  package let levels: [[Group]]

  /// A group with the groups inside it, as a schema or a list writes them.
  package struct Node: Sendable, Hashable {
    package var code: String
    package var title: String?
    package var inner: [Node]

    package init(_ code: String, title: String? = nil, inner: [Node] = []) {
      (self.code, self.title, self.inner) = (code, title, inner)
    }

    fileprivate var leaves: [String] { inner.isEmpty ? [code] : inner.flatMap(\.leaves) }
  }

  package init(name: String? = nil, _ nodes: [Node]) {
    self.name = name
    var levels: [[Group]] = []
    var level = nodes
    while !level.isEmpty {
      levels.append(level.map { Group(code: $0.code, title: $0.title, beginnings: $0.leaves) })
      level = level.flatMap(\.inner)
    }
    self.levels = levels
    self.nodes = nodes
  }

  /// The groups of the coarsest level, with all that is inside them.
  package let nodes: [Node]
}

extension CodeHierarchy {
  /// Diagnoses: chapters, blocks and categories of ICD-10-CM.
  package static let icd10 = CodeHierarchy(name: "icd-10-cm", nodes(understudy_icd_10_cm()))
  /// Industries: sectors of the North American Industry Classification System.
  package static let naics = CodeHierarchy(name: "naics", nodes(understudy_naics()))
  /// States of the United States by region and division.
  package static let states = CodeHierarchy(name: "us-states", nodes(understudy_us_states()))

  /// The classifications that the program brings with it.
  package static var shipped: [CodeHierarchy] { [icd10, naics, states] }

  /// Returns the classification that nearly all `labels` of a column belong to; nil if there is
  /// none. Industries look like any other number, so they are declared and never recognised. Rooms
  /// and seats look like short codes of diagnoses, so that these need longer ones beside them, or a
  /// name that says so.
  package static func recognised(in labels: some Collection<String>, named column: String)
    -> CodeHierarchy?
  {
    func isNearlyAll(_ count: Int) -> Bool {
      count >= 8 && Double(count) >= 0.95 * Double(labels.count)
    }
    if isNearlyAll(labels.count { stateCodes.contains($0) }) { return .states }
    let isNamed = ["icd", "diag"].contains { column.lowercased().contains($0) }
    let diagnoses = labels.filter {
      isDiagnosis($0) && icd10Categories.contains(String($0.prefix(3)))
    }
    guard isNearlyAll(diagnoses.count),
      isNamed || 5 * diagnoses.count(where: { $0.count > 3 }) >= diagnoses.count
    else { return nil }
    return .icd10
  }

  private static let stateCodes = Set(states.levels[2].flatMap(\.beginnings))
  private static let icd10Categories = Set(icd10.levels[2].flatMap(\.beginnings))

  /// Whether a text has the form of a code of ICD-10-CM: A00, A00.1 or A001XYZ.
  private static func isDiagnosis(_ label: String) -> Bool {
    let tail = label.dropFirst(3)
    guard (3...8).contains(label.count) else { return false }
    return (tail.first == "." ? tail.dropFirst() : tail).allSatisfy {
      $0.isASCII && ($0.isNumber || $0.isLetter)
    }
  }

  /// Reads a list of lines `CODE<TAB>TITLE`, with a blank in front for each level above.
  private static func nodes(_ list: understudy_code_list) -> [Node] {
    let text = String(
      decoding: UnsafeBufferPointer(start: list.bytes, count: list.count), as: UTF8.self)
    var lines = text.split(separator: "\n").map { line in
      let parts = line.drop { $0 == " " }.split(separator: "\t", maxSplits: 1).map(String.init)
      return (
        depth: line.prefix { $0 == " " }.count,
        node: Node(parts[0], title: parts.count > 1 ? parts[1] : nil)
      )
    }[...]
    return children(at: 0, of: &lines)
  }

  private static func children(at depth: Int, of lines: inout ArraySlice<(depth: Int, node: Node)>)
    -> [Node]
  {
    var found: [Node] = []
    while let line = lines.first, line.depth == depth {
      lines.removeFirst()
      var node = line.node
      node.inner = children(at: depth + 1, of: &lines)
      found.append(node)
    }
    return found
  }
}
