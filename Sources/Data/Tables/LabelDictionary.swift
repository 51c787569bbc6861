/// Distinct labels in order of first appearance, packed into one UTF-8 buffer.
package struct LabelDictionary: Sendable, Equatable {
  package private(set) var bytes: [UInt8] = []
  /// The bytes of label `i` are `offsets[i] ..< offsets[i + 1]`.
  package private(set) var offsets: [Int] = [0]

  /// Creates a dictionary without labels.
  package init() {}

  /// Creates a dictionary of the given labels, which must be distinct.
  package init(_ labels: some Sequence<String>) {
    for label in labels { append(label) }
  }

  /// The number of labels.
  package var count: Int { offsets.count - 1 }

  /// The label of the given code.
  package subscript(index: Int) -> String {
    String(decoding: bytes[offsets[index]..<offsets[index + 1]], as: UTF8.self)
  }

  /// All labels, in the order of their codes.
  package var labels: [String] { (0..<count).map { self[$0] } }

  /// Adds a label that the caller knows to be new, and returns its code.
  @discardableResult
  package mutating func append(_ label: String) -> Int32 {
    bytes.append(contentsOf: label.utf8)
    offsets.append(bytes.count)
    return Int32(count - 1)
  }

  /// Adds a label, given as UTF-8, that the caller knows to be new and valid, and returns its code.
  @discardableResult
  package mutating func append(utf8: some Sequence<UInt8>) -> Int32 {
    bytes.append(contentsOf: utf8)
    offsets.append(bytes.count)
    return Int32(count - 1)
  }

  /// Calls `body` with the UTF-8 of a label.
  @inline(__always)
  package func withUTF8<Result>(_ index: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result)
    -> Result
  {
    bytes.withUnsafeBufferPointer {
      body(UnsafeBufferPointer(rebasing: $0[offsets[index]..<offsets[index + 1]]))
    }
  }
}

extension Cells {
  /// Creates the cells of a column of labels from the text of each; nil is a missing cell.
  package init(labels texts: some Collection<String?>) {
    var dictionary = LabelDictionary()
    var known: [ExactText: Int32] = [:]
    let codes = texts.map { text -> Int32 in
      guard let text else { return Cells.missingCode }
      if let code = known[ExactText(text: text)] { return code }
      let code = dictionary.append(text)
      known[ExactText(text: text)] = code
      return code
    }
    self = .labels(codes: codes, dictionary: dictionary)
  }
}

/// A text compared byte by byte, as labels are, and not by canonical equivalence as strings are.
private struct ExactText: Hashable {
  let text: String

  static func == (one: ExactText, other: ExactText) -> Bool {
    one.text.utf8.elementsEqual(other.text.utf8)
  }

  func hash(into hasher: inout Hasher) {
    var text = text
    text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
  }
}
