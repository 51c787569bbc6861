/// The parts of a codebook of DDI that are used, as its XML is read from the beginning to the end.
struct DDICodebook {
  /// A file of rows that the codebook describes.
  struct File {
    let id: String
    /// Its name and address.
    var names: [String] = []
  }

  /// The name of the outermost element.
  private(set) var root: String?
  private(set) var files: [File] = []
  private(set) var variables: [DDIVariable] = []
  /// The names of the open elements.
  private var path: [String] = []
  /// The text of the element that is being read, and its place in the path.
  private var text: (depth: Int, words: String)?

  mutating func take(_ piece: XMLPiece, line: Int) {
    switch piece {
    case .begin(let name, let attributes):
      if path.isEmpty { root = name }
      path.append(name)
      begin(attributes, line: line)
    case .text(let part):
      // Text may have marks of its own within it, such as paragraphs.
      text?.words += part
    case .end:
      if let read = text, read.depth == path.count {
        text = nil
        let words = read.words.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        if !words.isEmpty { end(words) }
      }
      path.removeLast()
    }
  }

  /// The innermost open elements, the last one first.
  private func isWithin(_ names: String...) -> Bool { path.suffix(names.count) == names[...] }

  private mutating func begin(_ attributes: [String: String], line: Int) {
    if isWithin("fileDscr") {
      var file = File(id: attributes["ID"] ?? "")
      if let address = attributes["URI"] { file.names.append(address) }
      files.append(file)
    } else if isWithin("dataDscr", "var") {
      variables.append(DDIVariable(attributes, line: line))
    } else if isWithin("fileTxt", "fileName") {
      read()
    } else if isWithinVariable {
      beginPart(attributes)
    }
  }

  private var isWithinVariable: Bool {
    path.count > 3 && path[1] == "dataDscr" && path[2] == "var" && !variables.isEmpty
  }

  private mutating func beginPart(_ attributes: [String: String]) {
    let last = variables.count - 1
    let (parent, name) = (path[path.count - 2], path[path.count - 1])
    switch (parent, name) {
    case ("var", "catgry"):
      let word = attributes["missing"]?.lowercased() ?? ""
      variables[last].categories.append(
        DDIVariable.Category(isMissing: ["y", "yes", "1", "true"].contains(word)))
    case ("catgry", "catValu"), ("catgry", "labl"), ("var", "labl"), ("qstn", "qstnLit"),
      ("var", "txt"):
      read()
    case ("var", "location"):
      if let file = attributes["fileid"] { variables[last].files.insert(file) }
    case ("var", "varFormat"): variables[last].takeFormat(attributes)
    case ("valrng", "range"), ("invalrng", "range"):
      let range = DDIVariable.Range(
        low: attributes["min"] ?? attributes["minExclusive"],
        high: attributes["max"] ?? attributes["maxExclusive"])
      if parent == "valrng" {
        variables[last].valid.append(range)
      } else {
        variables[last].invalid.append(range)
      }
    case ("invalrng", "item"):
      let word = attributes["VALUE"]?.trimmed
      variables[last].invalid.append(DDIVariable.Range(low: word, high: word))
    default: break
    }
  }

  /// Keeps the text of the element that has just been opened.
  private mutating func read() { if text == nil { text = (path.count, "") } }

  /// Takes over the text of an element. The first of several languages counts.
  private mutating func end(_ words: String) {
    if isWithin("fileTxt", "fileName") {
      if !files.isEmpty { files[files.count - 1].names.insert(words, at: 0) }
      return
    }
    guard isWithinVariable else { return }
    variables[variables.count - 1].take(words, of: path[path.count - 1], in: path[path.count - 2])
  }
}
