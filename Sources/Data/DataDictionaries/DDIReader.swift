import Foundation
import SchemaFiles
import Tables

/// A codebook of the Data Documentation Initiative (DDI Codebook 1.2.2, 2.1, 2.5 and 2.6), as
/// archives and statistical offices export it: the variables of one file of rows.
///
/// Its figures of the rows (`sumStat`, `catStat`) are left where they are.
enum DDIReader {
  /// Whether the file is XML, in one of the encodings that every XML parser knows.
  static func isXML(_ data: Data) -> Bool {
    let first = data.prefix(256).filter { ![0, 0xEF, 0xBB, 0xBF, 0xFF, 0xFE].contains($0) }
    return first.first { ![9, 10, 13, 32].contains($0) } == UInt8(ascii: "<")
  }

  static func dictionary(_ data: Data, file: String, table: String?) throws -> DataDictionary {
    var codebook = DDICodebook()
    if let fault = XMLWalk.over(data, { codebook.take($0, line: $1) }) {
      throw DictionaryError(file: file, fault: fault.words)
    }
    guard codebook.root == "codeBook" else {
      throw DictionaryError(file: file, fault: otherXML(codebook.root ?? ""))
    }
    let variables = try variables(of: codebook, named: table, file: file)
    let nameless = variables.filter(\.name.isEmpty).map { variable in
      SchemaFault(
        line: variable.line, problem: "a variable has no `name`",
        allowed: "the name of the column in each `var`", remedy: "name the variable")
    }
    guard nameless.isEmpty else { throw DictionaryError(file: file, faults: nameless) }
    return dictionary(of: variables, file: file)
  }

  private static func otherXML(_ root: String) -> SchemaFault {
    let isLifecycle = ["DDIInstance", "FragmentInstance", "StudyUnit"].contains(root)
    return SchemaFault(
      line: 1,
      problem: isLifecycle
        ? "it is of DDI Lifecycle (version 3), which is not read"
        : "it is XML, and not a codebook of DDI: its outermost element is `\(root)`",
      allowed: "DDI Codebook (version 1.2.2 to 2.6), whose outermost element is `codeBook`",
      remedy: "export it as DDI Codebook")
  }

  /// The variables of the file of rows that is meant. All of them if none is called like the table,
  /// and no name could mean two variables.
  private static func variables(of codebook: DDICodebook, named table: String?, file: String)
    throws -> [DDIVariable]
  {
    let all = codebook.variables
    let ids = Set(all.flatMap(\.files))
    let described = codebook.files.filter { ids.contains($0.id) }
    guard described.count > 1 else { return all }
    do {
      let meant = try DescribedTable.one(
        of: described.map { DescribedTable($0, line: nil, names: $0.names) }, named: table,
        file: file)
      return all.filter { $0.files.isEmpty || $0.files.contains(meant.id) }
    } catch {
      guard Set(all.map(\.name)).count == all.count else { throw error }
      return all
    }
  }

  private static func dictionary(of variables: [DDIVariable], file: String) -> DataDictionary {
    let read = variables.map { $0.column() }
    var columns = read.map(\.column)
    let words = variables.map(\.missing)
    let shared = MissingWords.shared(by: words) ?? []
    let left = columns.indices.filter { index in
      !MissingWords.keep(words[index].filter { !shared.contains($0) }, in: &columns[index])
    }
    var dictionary = DataDictionary(form: .ddi, file: file, columns: columns)
    dictionary.missingTokens = shared
    note(left.map { variables[$0].name }, "Words for missing cells stay labels of", &dictionary)
    note(
      variables.filter(\.hasUnreadMissing).map(\.name),
      "A range of missing values is open or has more than 100 values, and was not taken over, of",
      &dictionary)
    note(
      variables.indices.filter { read[$0].hasUnreadRange }.map { variables[$0].name },
      "A range of valid values cannot be read as values of its column, and was not taken over, of",
      &dictionary)
    if columns.contains(where: { $0.bounds != .learned }) {
      dictionary.notes.append(
        "Many archives write the lowest and the highest value of the rows as the range of valid values: check the bounds before you sign."
      )
    }
    return dictionary
  }

  private static func note(
    _ names: [String], _ sentence: String, _ dictionary: inout DataDictionary
  ) {
    guard !names.isEmpty else { return }
    let shown = names.prefix(8).map { "'\($0)'" }.joined(separator: ", ")
    let more = names.count > 8 ? " and \(names.count - 8) more" : ""
    dictionary.notes.append("\(sentence) \(shown)\(more).")
  }
}

extension XMLFault {
  /// The fault in words. They come from the parser, never from the file.
  var words: SchemaFault {
    switch self {
    case .notWellFormed(let line, let reason):
      SchemaFault(
        line: line, problem: "it is not well-formed XML (\(reason))",
        allowed: "XML in UTF-8, UTF-16 or ISO-8859-1", remedy: "export it again, as UTF-8")
    case .namesEntities(let line):
      SchemaFault(
        line: line, problem: "it declares entities or names one of another file",
        allowed: "text and the five entities of XML, since no other is ever expanded",
        remedy: "export it again, or write the text in place of the entity")
    case .isTooDeep(let line):
      SchemaFault(
        line: line, problem: "more than 200 elements lie within each other",
        allowed: "a codebook of DDI, which has about ten", remedy: "export it again")
    }
  }
}
