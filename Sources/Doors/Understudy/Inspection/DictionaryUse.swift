import DataDictionaries
import SchemaFiles
import Tables

/// The facts that an inspection took over from a data dictionary, with the words that name it.
struct DictionaryUse {
  let informed: InformedSchema
  private let file: String
  private let form: DataDictionary.Form

  /// Compares the dictionary with the table, for the owner.
  init(_ dictionary: DataDictionary, of schema: Schema, table: Table) {
    (file, form) = (dictionary.file, dictionary.form)
    informed = dictionary.informing(schema) { name, labels in
      table.column(named: name)?.cellCount(outside: Set(labels)) ?? 0
    }
  }

  /// For the owner: the source of facts, and the differences.
  var sentences: [String] {
    [
      "\(Numbers.count(informed.taken.values.count { form != .source || !$0.isEmpty }, "column")) described by \(file) (\(form.rawValue))."
    ]
      + informed.notes
  }

  /// Adds to the comments of each column what came from the dictionary.
  func annotating(_ annotations: SchemaAnnotations) -> SchemaAnnotations {
    var annotations = annotations
    annotations.header.append(
      "Facts marked \"from the \(form.word)\" were taken over from \(file). They are public if who signs this schema says so."
    )
    for (name, taken) in informed.taken where !taken.isEmpty {
      let line = "from the \(form.word): \(taken.joined(separator: ", "))."
      annotations.columns[name, default: ColumnAnnotation()].about.append(line)
    }
    return annotations
  }
}
