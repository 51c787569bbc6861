import Tables

extension Column {
  /// A column of labels; nil is missing.
  init(labels texts: [String?], named name: String, type: ColumnType = .category) {
    var dictionary = LabelDictionary()
    var known: [String: Int32] = [:]
    let codes = texts.map { text -> Int32 in
      guard let text else { return Cells.missingCode }
      if let code = known[text] { return code }
      let code = dictionary.append(text)
      known[text] = code
      return code
    }
    self.init(name: name, type: type, cells: .labels(codes: codes, dictionary: dictionary))
  }

  init(integers: [Int64?], named name: String, type: ColumnType = .integer) {
    self.init(name: name, type: type, cells: .ticks(integers.map { $0 ?? Cells.missingTick }))
  }

  /// The cells of a column of labels without missing cells.
  var texts: [String] { (0..<count).map { row in cells.key(row).map { text(ofKey: $0) } ?? "" } }
}
