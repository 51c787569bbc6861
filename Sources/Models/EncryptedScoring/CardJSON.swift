import Basics
import Foundation
import LatticeEncryption

/// Both halves of a scorecard as JSON, read strictly: unknown keys are refused, so that a misspelt
/// one is not taken for one left out.
private struct CardDocument: Codable {
  var understudyScorecard: Int?
  var understudyCard: Int?
  var parameters: String?
  var name: String
  var link: String
  var intercept: Double?
  var unit: Double?
  var bound: Int64?
  var columns: [ColumnDocument]

  static let keys: Set<String> = [
    "understudyScorecard", "understudyCard", "parameters", "name", "link", "intercept", "unit",
    "bound", "columns",
  ]
}

private struct ColumnDocument: Codable {
  var name: String
  var kind: String
  var edges: [Double]?
  var categories: [String]?
  var minimum: Double?
  var maximum: Double?
  var points: [Double]?
  var otherwise: Double?
  var hasOtherwise: Bool?

  static let keys: Set<String> = [
    "name", "kind", "edges", "categories", "minimum", "maximum", "points", "otherwise",
    "hasOtherwise",
  ]

  init(_ layout: ColumnLayout) {
    name = layout.name
    kind = layout.kind
    switch layout.shape {
    case .bins(let edges): self.edges = edges
    case .categories(let texts): categories = texts
    case .number(let minimum, let maximum): (self.minimum, self.maximum) = (minimum, maximum)
    }
  }

  func shape() throws(ScorecardFault) -> ColumnLayout.Shape {
    let given = Set(
      [
        ("edges", edges != nil), ("categories", categories != nil), ("minimum", minimum != nil),
        ("maximum", maximum != nil),
      ]
      .filter(\.1).map(\.0))
    func require(_ keys: Set<String>) throws(ScorecardFault) {
      if let key = keys.subtracting(given).min() { throw .missingKey(key, column: name) }
      if let key = given.subtracting(keys).min() { throw .unknownKey(key, column: name) }
    }
    switch kind {
    case "bins":
      try require(["edges"])
      return .bins(edges: edges ?? [])
    case "categories":
      try require(["categories"])
      return .categories(categories ?? [])
    case "number":
      try require(["minimum", "maximum"])
      return .number(minimum: minimum ?? 0, maximum: maximum ?? 0)
    default: throw .unknownKind(column: name)
    }
  }
}

extension Scorecard {
  /// Reads the private half.
  /// - Throws: ``ScorecardFault``.
  package init(json: Data) throws(ScorecardFault) {
    let document = try CardDocument.read(json)
    guard document.understudyCard == nil else { throw .isPublicHalf }
    guard document.understudyScorecard == 1 else { throw .otherFormat(key: "understudyScorecard") }
    for (key, isThere) in [
      ("parameters", document.parameters != nil), ("unit", document.unit != nil),
      ("bound", document.bound != nil),
    ]
    where isThere { throw .unknownKey(key, column: nil) }
    var columns: [ScoredColumn] = []
    for column in document.columns {
      guard column.hasOtherwise == nil else {
        throw .unknownKey("hasOtherwise", column: column.name)
      }
      guard let points = column.points else { throw .missingKey("points", column: column.name) }
      columns.append(
        ScoredColumn(
          name: column.name, shape: try column.shape(), points: points, otherwise: column.otherwise)
      )
    }
    try self.init(
      name: document.name, link: try document.knownLink(), intercept: document.intercept ?? 0,
      columns: columns)
  }

  /// The private half as ``init(json:)`` reads it.
  package func json() throws -> Data {
    let columns = columns.map { column in
      var document = ColumnDocument(column.layout)
      document.points = column.points
      document.otherwise = column.otherwise
      return document
    }
    return try CanonicalJSON.lines(
      CardDocument(
        understudyScorecard: 1, name: name, link: link.rawValue, intercept: intercept,
        columns: columns))
  }
}

extension PublicCard {
  /// Reads the public half.
  /// - Throws: ``ScorecardFault``.
  package init(json: Data) throws(ScorecardFault) {
    let document = try CardDocument.read(json)
    guard document.understudyScorecard == nil else { throw .isPrivateHalf }
    guard document.understudyCard == 1 else { throw .otherFormat(key: "understudyCard") }
    guard document.parameters == LatticeParameters.name else { throw .otherParameters }
    guard document.intercept == nil else { throw .unknownKey("intercept", column: nil) }
    guard let unit = document.unit else { throw .missingKey("unit", column: nil) }
    guard let bound = document.bound else { throw .missingKey("bound", column: nil) }
    var columns: [ColumnLayout] = []
    for column in document.columns {
      guard column.points == nil, column.otherwise == nil else {
        throw .unknownKey("points", column: column.name)
      }
      columns.append(
        ColumnLayout(
          name: column.name, shape: try column.shape(), hasOtherwise: column.hasOtherwise ?? false))
    }
    try self.init(
      name: document.name, link: try document.knownLink(), unit: unit, bound: bound,
      columns: columns)
  }

  /// The public half as ``init(json:)`` reads it. Equal cards give equal bytes.
  package func json() throws -> Data {
    let columns = columns.map { layout in
      var document = ColumnDocument(layout)
      document.hasOtherwise = layout.hasOtherwise ? true : nil
      return document
    }
    var document = CardDocument(
      name: name, link: link.rawValue, unit: unit, bound: bound, columns: columns)
    document.understudyCard = 1
    document.parameters = LatticeParameters.name
    return try CanonicalJSON.lines(document)
  }
}

extension CardDocument {
  static func read(_ json: Data) throws(ScorecardFault) -> CardDocument {
    guard let object = try? JSONSerialization.jsonObject(with: json) as? [String: Any] else {
      throw .notJSON
    }
    if let key = Set(object.keys).subtracting(keys).min() { throw .unknownKey(key, column: nil) }
    for case let column as [String: Any] in object["columns"] as? [Any] ?? [] {
      if let key = Set(column.keys).subtracting(ColumnDocument.keys).min() {
        throw .unknownKey(key, column: column["name"] as? String)
      }
    }
    do {
      return try JSONDecoder().decode(CardDocument.self, from: json)
    } catch let error as DecodingError {
      throw .wrongType(place: error.place)
    } catch {
      throw .notJSON
    }
  }

  func knownLink() throws(ScorecardFault) -> Link {
    guard let link = Link(rawValue: link) else {
      throw .wrongValue(key: "link", allowed: Link.allCases.map(\.rawValue).joined(separator: ", "))
    }
    return link
  }
}

extension DecodingError {
  /// The keys that lead to the value, such as `columns[2].points`.
  fileprivate var place: String {
    switch self {
    case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
      Self.text(context.codingPath)
    case .keyNotFound(let key, let context): Self.text(context.codingPath + [key])
    @unknown default: "the file"
    }
  }

  private static func text(_ path: [any CodingKey]) -> String {
    path.reduce("") { text, key in
      if let index = key.intValue { return "\(text)[\(index)]" }
      return text.isEmpty ? key.stringValue : "\(text).\(key.stringValue)"
    }
  }
}
