import Tables

/// Gathers a column of labels from a fixed list, given by their places in it.
struct LabelColumnBuilder {
  private let labels: [String]
  /// The code of each place of ``labels`` seen so far, else ``Cells/missingCode``.
  private var codeOfPlace: [Int32]
  private var dictionary = LabelDictionary()
  private var codes: [Int32] = []

  init(labels: [String], capacity: Int) {
    self.labels = labels
    codeOfPlace = Array(repeating: Cells.missingCode, count: labels.count)
    codes.reserveCapacity(capacity)
  }

  /// Appends a cell; a nil place is a missing cell.
  mutating func append(_ place: Int?) {
    guard let place else {
      codes.append(Cells.missingCode)
      return
    }
    if codeOfPlace[place] == Cells.missingCode {
      codeOfPlace[place] = dictionary.append(labels[place])
    }
    codes.append(codeOfPlace[place])
  }

  var cells: Cells { .labels(codes: codes, dictionary: dictionary) }
}

/// Gathers a column of labels that are new, or the same as in the row before.
struct FreshLabelColumnBuilder {
  private var dictionary = LabelDictionary()
  private var codes: [Int32] = []

  init(capacity: Int) { codes.reserveCapacity(capacity) }

  mutating func append(_ label: String) { codes.append(dictionary.append(label)) }

  mutating func appendSameAsBefore() { codes.append(codes[codes.count - 1]) }

  mutating func appendMissing() { codes.append(Cells.missingCode) }

  var cells: Cells { .labels(codes: codes, dictionary: dictionary) }
}
