import Tables

/// The map between labels and codes: the known labels in order, then groups of labels that begin
/// alike, then `other` if there is one, then missing.
package struct LabelCodec: Sendable, Equatable, Codable {
  /// The known labels; the code of each is its index.
  package let labels: [String]
  /// Groups of labels that are too rare to be known one by one, such as the chapters of a code.
  package let groups: [LabelGroup]
  /// The replacement for labels beyond the known ones and the groups; nil if there are next to
  /// none.
  package let otherLabel: String?
  /// Whether the last code stands for a missing cell.
  package let hasMissing: Bool
  /// The code of labels beyond the known ones if there is no `otherLabel`.
  package let fallback: Int

  /// - Precondition: At least one code, and a `fallback` that is 0 or the index of a label.
  package init(
    labels: [String], groups: [LabelGroup] = [], otherLabel: String?, hasMissing: Bool,
    fallback: Int = 0
  ) {
    precondition(
      !labels.isEmpty || !groups.isEmpty || otherLabel != nil || hasMissing, "a codec without codes"
    )
    precondition(fallback == 0 || labels.indices.contains(fallback), "a fallback beyond the labels")
    self.labels = labels
    self.groups = groups
    self.otherLabel = otherLabel
    self.hasMissing = hasMissing
    self.fallback = fallback
  }

  /// The number of codes.
  package var size: Int {
    labels.count + groups.count + (otherLabel == nil ? 0 : 1) + (hasMissing ? 1 : 0)
  }

  package func encode(_ codes: [Int32], dictionary: LabelDictionary) -> [UInt16] {
    let (mapped, missing) = mapping(dictionary)
    return codes.map { $0 == Cells.missingCode ? missing : mapped[Int($0)] }
  }

  /// Returns the same codes as ``encode(_:dictionary:)``, in the narrowest width that holds them.
  func column(of codes: [Int32], dictionary: LabelDictionary) -> CodeColumn {
    let (mapped, missing) = mapping(dictionary)
    return CodeColumn(codes, size: size) {
      Int($0 == Cells.missingCode ? missing : mapped[Int($0)])
    }
  }

  /// Returns the code of each label of a dictionary, and of a missing cell. Labels are compared
  /// once each, not once per row.
  private func mapping(_ dictionary: LabelDictionary) -> (codes: [UInt16], missing: UInt16) {
    let known = Dictionary(uniqueKeysWithValues: labels.enumerated().map { ($1, UInt16($0)) })
    let groups = LabelGroups(groups)
    let other = UInt16(otherLabel == nil ? fallback : labels.count + groups.count)
    let missing = hasMissing ? UInt16(size - 1) : other
    let similar = otherLabel == nil ? similarCodes : [:]
    let mapped = dictionary.labels.map { label in
      known[label] ?? groups.group(of: label).map { UInt16(labels.count + $0) }
        ?? Bundle.split(label).compactMap { $0 }.lazy.compactMap { similar[$0] }.first ?? other
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
    return .labels(
      codes: codes.map { Int($0) == missing ? Cells.missingCode : Int32($0) },
      dictionary: dictionary)
  }
}

extension LabelCodec {
  private enum CodingKeys: String, CodingKey {
    case labels, prefixes, groups, otherLabel, hasMissing, fallback
  }

  /// Decodes a codec. Models that were stored before there were groups have none, and those stored
  /// before there were groups of several beginnings have prefixes.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let prefixes = try container.decodeIfPresent([String].self, forKey: .prefixes) ?? []
    self.init(
      labels: try container.decode([String].self, forKey: .labels),
      groups: try container.decodeIfPresent([LabelGroup].self, forKey: .groups)
        ?? prefixes.map(LabelGroup.init(beginning:)),
      otherLabel: try container.decodeIfPresent(String.self, forKey: .otherLabel),
      hasMissing: try container.decode(Bool.self, forKey: .hasMissing),
      fallback: try container.decode(Int.self, forKey: .fallback))
  }

  /// Encodes a codec as models always were, unless a group needs more than one beginning.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(labels, forKey: .labels)
    let prefixes = groups.compactMap(\.beginning)
    let isPlain = prefixes.count == groups.count
    try container.encode(isPlain ? prefixes : [], forKey: .prefixes)
    if !isPlain { try container.encode(groups, forKey: .groups) }
    try container.encodeIfPresent(otherLabel, forKey: .otherLabel)
    try container.encode(hasMissing, forKey: .hasMissing)
    try container.encode(fallback, forKey: .fallback)
  }
}

extension LabelCodec {
  /// The text written for each code except missing.
  package var texts: [String] { labels + groups.map(\.text) + (otherLabel.map { [$0] } ?? []) }

  /// Returns the labels themselves, or the first label of each bundle, once each: the text that a
  /// person sees in the column that decides the others.
  package static func visible(_ labels: [String]) -> [String] {
    var seen: Set<String> = []
    return labels.compactMap { Bundle.split($0).first ?? nil }.filter { seen.insert($0).inserted }
  }

  /// Returns the label that decides the others of a bundle; any other label as it is.
  package static func leading(_ label: String) -> String {
    (Bundle.split(label).first ?? nil) ?? label
  }

  /// Returns the text of the deciding column for labels that begin like `text`; nil if they belong
  /// to no group.
  package func group(of text: String) -> String? {
    LabelGroups(groups).group(of: text).map { LabelCodec.leading(groups[$0].text) }
  }

  /// Returns the labels of a bundle, nil for missing ones; any other label stands alone.
  package static func parts(_ label: String) -> [String?] { Bundle.split(label) }

  /// Returns a bundle of a label and its partners in other columns, nil for missing ones.
  package static func bundle(of label: String, partners: [String?]) -> String {
    Bundle.join([label] + partners)
  }

  /// Returns the codes of labels equal to `text`, and of bundles whose first label is.
  package func codes(of text: String) -> [Int] {
    let all = texts
    return all.indices.filter { all[$0] == text || Bundle.split(all[$0]).first == text }
  }
}
