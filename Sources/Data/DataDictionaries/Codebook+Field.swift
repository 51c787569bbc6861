import Tables

extension Codebook {
  /// One field of a Frictionless Table Schema.
  struct Field: Encodable {
    struct Constraints: Encodable {
      var required: Bool?
      var minimum: String?
      var maximum: String?
      var `enum`: [String]?

      var isEmpty: Bool {
        required == nil && minimum == nil && maximum == nil && `enum` == nil
      }
    }

    struct Category: Encodable { let value: String, label: String }

    var name: String
    var type: String
    var format: String?
    var description: String?
    var constraints: Constraints?
    var categories: [Category]?
    var trueValues: [String]?
    var falseValues: [String]?

    init(_ column: ColumnSchema) {
      name = column.header ?? column.name
      description = column.meaning
      type = "string"
      switch column.type {
      case .integer: type = "integer"
      case .decimal, .scientific: type = "number"
      case .boolean(let words):
        type = "boolean"
        (trueValues, falseValues) = ([words.whenTrue], [words.whenFalse])
      case .date(let pattern): (type, format) = Self.time("date", pattern.pattern)
      case .timestamp(let pattern): (type, format) = Self.time("datetime", pattern.pattern)
      case .category, .text: break
      case .identifier: format = Self.format(of: column.role)
      }
      constrain(column)
    }

    private mutating func constrain(_ column: ColumnSchema) {
      var limits = Constraints()
      if !column.isNullable { limits.required = true }
      if case .declared(let range) = column.bounds {
        limits.minimum = column.type.format(tick: range.lowerBound)
        limits.maximum = column.type.format(tick: range.upperBound)
      }
      if case .declared(let codes) = column.categories {
        if Set(column.labels.keys) == Set(codes) {
          categories = column.sortedLabels.map { Category(value: $0.code, label: $0.label) }
        } else {
          limits.enum = codes
        }
      }
      if !limits.isEmpty { constraints = limits }
    }

    private static func format(of role: ColumnRole) -> String? {
      switch role {
      case .identifier(.email): "email"
      case .identifier(.uuid): "uuid"
      default: nil
      }
    }

    /// A time with its format; a text if no format of Frictionless says it.
    private static func time(_ type: String, _ pattern: String) -> (String, String?) {
      if type == "date", pattern == DateFormat.iso.pattern { return (type, nil) }
      guard let format = strftime(pattern) else { return ("string", nil) }
      return (type, format)
    }

    private static let parts: [(letters: String, code: String)] = [
      ("yyyy", "%Y"), ("yy", "%y"), ("MMM", "%b"), ("MM", "%m"), ("dd", "%d"), ("HH", "%H"),
      ("hh", "%I"), ("mm", "%M"), ("ss", "%S"), ("SSSSSS", "%f"), ("a", "%p"),
    ]

    /// Turns `yyyy-MM-dd` into `%Y-%m-%d`; nil if a part has no counterpart.
    static func strftime(_ pattern: String) -> String? {
      var result = ""
      var rest = Substring(pattern)
      while let next = rest.first {
        let run = rest.prefix { $0 == next }
        guard next.isLetter else {
          guard next != "'", next != "[", next != "%" else { return nil }
          result += run
          rest = rest.dropFirst(run.count)
          continue
        }
        if run == "T", !result.isEmpty {
          result += run
        } else {
          guard let part = parts.first(where: { $0.letters == run }) else { return nil }
          result += part.code
        }
        rest = rest.dropFirst(run.count)
      }
      return result
    }
  }
}
