/// The schemas of the programming interface, in JSON Schema 2020-12, as OpenAPI 3.1 has them.
enum Schemas {
  static let all: [String: JSONPart] = replies.merging(bodies) { one, _ in one }

  // MARK: Words

  private static let text = type("string")
  private static let whole = type("integer")
  private static let number = type("number")
  private static let flag = type("boolean")

  /// Words of people: something, without control characters but line ends.
  private static let words: JSONPart = [
    "type": "string", "minLength": 1, "maxLength": 4000,
    "pattern":
      #"^[^\u0000-\u0009\u000b-\u001f\u007f-\u009f]*[^\s\u0000-\u001f\u007f-\u009f][^\u0000-\u0009\u000b-\u001f\u007f-\u009f]*$"#,
  ]
  private static let anyWords: JSONPart = [
    "type": "string", "maxLength": 4000,
    "pattern": #"^[^\u0000-\u0009\u000b-\u001f\u007f-\u009f]*$"#,
  ]

  private static func type(_ name: String) -> JSONPart { ["type": .text(name)] }

  private static func whole(_ low: Int, _ high: Int) -> JSONPart {
    ["type": "integer", "minimum": .whole(low), "maximum": .whole(high)]
  }

  private static func array(_ items: JSONPart) -> JSONPart {
    ["type": "array", "items": items]
  }

  private static func choice(_ names: [String]) -> JSONPart {
    ["type": "string", "enum": .list(names.map { .text($0) })]
  }

  /// An object of these properties and no others; those that end in `?` need not be there.
  private static func object(_ properties: [String: JSONPart]) -> JSONPart {
    let required = properties.keys.filter { !$0.hasSuffix("?") }.sorted()
    return [
      "type": "object", "additionalProperties": false,
      "properties": .object(
        Dictionary(
          uniqueKeysWithValues: properties.map { ($0.key.replacing("?", with: ""), $0.value) })),
      "required": .list(required.map { .text($0) }),
    ]
  }

  private static func reference(_ name: String) -> JSONPart { Description.reference(name) }

  private static func list(of name: String) -> JSONPart {
    object(["items": array(reference(name))])
  }

  // MARK: Replies

  private static let replies: [String: JSONPart] = [
    "Problem": object(["type": text, "title": text, "status": whole, "detail": text]),
    "Me": object(["account": text, "fullName": text, "roles": array(text)]),
    "DataSet": object([
      "id": text, "title": text, "summary": text, "conditions": array(text), "agreement": text,
      "schema": text, "isOpen": flag, "furtherEpsilon?": number, "grantedEpsilon?": number,
      "uses": array(
        object(["code": text, "id": text, "label": text, "words": text, "note?": text])),
      "columns": array(object(["name": text, "type": text, "isModelled": flag])),
      "policy?": object([
        "version": whole, "officer": text, "officers": whole, "checkers": whole,
        "automaticUnits": whole, "checksOutput": flag, "responseDays": whole,
      ]),
    ]),
    "Project": object([
      "id": text, "title": text, "purpose": text, "dataset": text, "lead": text, "stage": text,
      "until": whole, "units": whole, "unitsUsed": whole, "agreement": text,
      "members": array(object(["account": text, "hasAccepted": flag])),
    ]),
    "Request": object([
      "id": text, "kind": text, "summary": text, "stage": text, "version": whole, "author": text,
      "dataset": text, "project?": text, "spec": reference("Spec"), "approvals": whole,
      "answeredBy?": text, "epsilon?": number,
      "conditions?": array(object(["code": text, "result": text, "stated": text])),
    ]),
    "Event": object(["time": whole, "who": text, "what": text, "text?": text]),
    "ResultFile": object(["name": text, "bytes": whole]),
    "Estimate": object([
      "units": whole, "isFree": flag, "pairError?": number, "measure?": text, "advice?": text,
      "fault?": text,
      "numbers?": array(
        object([
          "name": text, "onStandIn?": number, "usualReach?": number, "expectedReach?": number,
        ])),
    ]),
    "Progress": object(["stage": text, "phase": text, "percent": whole]),
    "LogEntry": object([
      "number": whole, "time": whole, "who": text, "what": text, "request?": text, "hash": text,
    ]),
    "Linked": type("object"),
    "DataSets": list(of: "DataSet"), "Projects": list(of: "Project"),
    "Requests": list(of: "Request"), "Events": list(of: "Event"),
    "ResultFiles": list(of: "ResultFile"), "Log": list(of: "LogEntry"),
  ]

  // MARK: Bodies

  private static let bodies: [String: JSONPart] = [
    "Comment": object(["text": words]),
    "Draft": object(["dataset?": text, "project?": text, "spec": reference("Spec")]),
    "Change": object(["spec": reference("Spec")]),
    "Return": object(["version": whole, "reason": words]),
    "Member": object(["account": text]),
    "Acceptance": object(["digest": text]),
    "Spec": [
      "oneOf": [
        object(["access": reference("Access")]), object(["release": reference("Release")]),
        object(["analysis": reference("Analysis")]), object(["budget": reference("Grant")]),
      ]
    ],
    "Access": object([
      "title": words, "purpose": words, "units": whole(1, 1000), "days": whole(1, 1830),
      "use?": reference("IntendedUse"),
    ]),
    "IntendedUse": object([
      "aim": choice(["health", "disease", "ancestry", "methods", "otherResearch", "care"]),
      "isForProfit": flag, "isCommercial": flag, "isGenetic": flag, "hasEthicsApproval": flag,
      "promises": array(choice(["publication", "collaboration", "returnOfResults"])),
      "words": anyWords,
    ]),
    "Release": object([
      "units": whole(1, 1000), "targets": array(text), "rows?": whole(1, 100_000_000),
      "columns?": array(text),
    ]),
    "Analysis": object([
      "question": reference("Question"), "release": text, "units": whole(1, 1000),
    ]),
    "Grant": object(["epsilon": number, "reason": words]),
    "Question": object([
      "kind": text, "outcome?": text, "value?": text, "by": array(text), "terms": array(text),
      "time?": text, "event?": text,
      "conditions": ["type": "object", "additionalProperties": array(text)],
      "level": number,
    ]),
  ]
}
