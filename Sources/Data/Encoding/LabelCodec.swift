import Tables

/// The map between labels and codes: the known labels in order, then groups of labels that begin
/// alike, then `other` if there is one, then missing.
package struct LabelCodec: Sendable, Equatable, Codable {
  /// The known labels; the code of each is its index.
  package let labels: [String]
  /// The beginnings of labels that are too rare to be known one by one, such as the chapters of a
  /// code. Each is a separate group, written as the beginning with an asterisk.
  package let prefixes: [String]
  /// The replacement for labels beyond the known ones and the groups; nil if there are next to
  /// none.
  package let otherLabel: String?
  /// Whether the last code stands for a missing cell.
  package let hasMissing: Bool
  /// The code of labels beyond the known ones if there is no `otherLabel`.
  package let fallback: Int

  /// - Precondition: At least one code, and a `fallback` that is 0 or the index of a label.
  package init(labels: [String], prefixes: [String] = [], otherLabel: String?, hasMissing: Bool, fallback: Int = 0) {
    precondition(!labels.isEmpty || !prefixes.isEmpty || otherLabel != nil || hasMissing, "a codec without codes")
    precondition(fallback == 0 || labels.indices.contains(fallback), "a fallback beyond the labels")
    self.labels = labels
    self.prefixes = prefixes
    self.otherLabel = otherLabel
    self.hasMissing = hasMissing
    self.fallback = fallback
  }

  /// The number of codes.
  package var size: Int { labels.count + prefixes.count + (otherLabel == nil ? 0 : 1) + (hasMissing ? 1 : 0) }

  private enum CodingKeys: String, CodingKey { case labels, prefixes, otherLabel, hasMissing, fallback }

  /// Decodes a codec. Models that were stored before there were groups have none.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      labels: try container.decode([String].self, forKey: .labels),
      prefixes: try container.decodeIfPresent([String].self, forKey: .prefixes) ?? [],
      otherLabel: try container.decodeIfPresent(String.self, forKey: .otherLabel),
      hasMissing: try container.decode(Bool.self, forKey: .hasMissing), fallback: try container.decode(Int.self, forKey: .fallback))
  }

  package func encode(_ codes: [Int32], dictionary: LabelDictionary) -> [UInt16] {
    let (mapped, missing) = mapping(dictionary)
    return codes.map { $0 == Cells.missingCode ? missing : mapped[Int($0)] }
  }

  /// Returns the same codes as ``encode(_:dictionary:)``, in the narrowest width that holds them.
  func column(of codes: [Int32], dictionary: LabelDictionary) -> CodeColumn {
    let (mapped, missing) = mapping(dictionary)
    return CodeColumn(codes, size: size) { Int($0 == Cells.missingCode ? missing : mapped[Int($0)]) }
  }

  /// Returns the code of each label of a dictionary, and of a missing cell. Labels are compared
  /// once each, not once per row.
  private func mapping(_ dictionary: LabelDictionary) -> (codes: [UInt16], missing: UInt16) {
    let known = Dictionary(uniqueKeysWithValues: labels.enumerated().map { ($1, UInt16($0)) })
    let groups = Dictionary(uniqueKeysWithValues: prefixes.enumerated().map { ($1, UInt16(labels.count + $0)) })
    let lengths = Set(prefixes.map(\.count)).sorted(by: >)
    let other = UInt16(otherLabel == nil ? fallback : labels.count + prefixes.count)
    let missing = hasMissing ? UInt16(size - 1) : other
    let similar = otherLabel == nil ? similarCodes : [:]
    let mapped = dictionary.labels.map { label in
      known[label] ?? lengths.lazy.filter { $0 < label.count }.compactMap { groups[String(label.prefix($0))] }.first ?? Bundle.split(label)
        .compactMap { $0 }.lazy.compactMap { similar[$0] }.first ?? other
    }
    return (mapped, missing)
  }

  /// The code of the first label that has each part of a bundle's labels.
  private var similarCodes: [String: UInt16] {
    var codes: [String: UInt16] = [:]
    for (code, label) in labels.enumerated() {
      let parts = Bundle.split(label)
      guard parts.count > 1 else { continue }
      for case let part? in parts where codes[part] == nil { codes[part] = UInt16(code) }
    }
    return codes
  }

  package func decode(_ codes: [UInt16]) -> Cells {
    var dictionary = LabelDictionary()
    for label in texts { dictionary.append(label) }
    let missing = hasMissing ? size - 1 : Int.max
    return .labels(codes: codes.map { Int($0) == missing ? Cells.missingCode : Int32($0) }, dictionary: dictionary)
  }
}

extension LabelCodec {
  /// The text written for each code except missing.
  package var texts: [String] { labels + prefixes.map { $0 + "*" } + (otherLabel.map { [$0] } ?? []) }

  /// Returns the labels themselves, or the first label of each bundle, once each: the text that a
  /// person sees in the column that decides the others.
  package static func visible(_ labels: [String]) -> [String] {
    var seen: Set<String> = []
    return labels.compactMap { Bundle.split($0).first ?? nil }.filter { seen.insert($0).inserted }
  }

  /// Returns the labels of a bundle, nil for missing ones; any other label stands alone.
  package static func parts(_ label: String) -> [String?] { Bundle.split(label) }

  /// Returns a bundle of a label whose partners in `count` other columns are missing.
  package static func bundle(of label: String, withoutPartners count: Int) -> String {
    Bundle.join([label] + [String?](repeating: nil, count: count))
  }

  /// Returns the codes of labels equal to `text`, and of bundles whose first label is.
  package func codes(of text: String) -> [Int] {
    let all = texts
    return all.indices.filter { all[$0] == text || Bundle.split(all[$0]).first == text }
  }
}
