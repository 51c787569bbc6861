/// A column of the grammar: the contents of its ordinary cells and its entry in the schema.
package struct FuzzedColumn: Sendable, Equatable {
  package enum Kind: Sendable, Equatable {
    /// A code for the person whom the row is about.
    case person
    case name
    case integer
    case decimal(digits: Int)
    case label
    case flag(no: String, yes: String)
    case date(pattern: String)
    case time
    /// A code, and the description that it determines.
    case code, meaning
    /// A day, and a later one.
    case admitted, discharged
    case prose
  }

  package var name: String
  package var kind: Kind
  package var isNullable = false
  /// Whether bounds or categories are declared; otherwise they are learned.
  package var isDeclared = false
  /// Whether ordinary cells are all alike.
  package var isFlat = false
  /// Whether the declared bounds admit only the one value of a flat column of whole numbers.
  package var isSole = false
  package var role = "ordinary"

  package init(name: String, kind: Kind, isNullable: Bool = false, isDeclared: Bool = false) {
    (self.name, self.kind, self.isNullable, self.isDeclared) = (name, kind, isNullable, isDeclared)
  }

  static let towns = ["Bern", "Basel", "Chur", "Thun", "Visp"]
  private static let names = [
    "Anna Keller", "Beat Frei", "Clara Meier", "Dario Rossi", "Eva Huber",
  ]
  static let meanings = ["asthma", "burn", "cough", "diabetes"]

  /// The values that ordinary cells of a row share, so that codes agree with meanings and stays are
  /// in order.
  struct Draw {
    let person: Int
    let code: Int
    let day: Int
    let month: Int

    init(person: Int, _ choices: inout Choices) {
      self.person = person
      code = min(choices.below(4), choices.below(4))
      day = 1 + choices.below(10)
      month = 1 + choices.below(12)
    }
  }

  func ordinary(_ draw: Draw, _ choices: inout Choices) -> String {
    let value = isFlat ? 0 : choices.below(1000)
    return switch kind {
    case .person: "P\(1000 + draw.person)"
    case .name: Self.names[value % Self.names.count]
    case .integer: "\(30 + value % 40)"
    case .decimal(let digits): Self.fixed(200 + value % 400, digits)
    case .label: Self.towns[min(value % 4, value / 4 % 4)]
    case .flag(let no, let yes): value % 3 == 1 ? yes : no
    case .date(let pattern): Self.day(pattern, isFlat ? 1 : draw.day, isFlat ? 1 : draw.month, 2021)
    case .time: "2021-0\(1 + value % 9)-1\(value % 7) 0\(value % 8):\(10 + value % 50)"
    case .code: "K\(isFlat ? 0 : draw.code)"
    case .meaning: Self.meanings[isFlat ? 0 : draw.code]
    case .admitted: Self.day("yyyy-MM-dd", draw.day, draw.month, 2021)
    case .discharged: Self.day("yyyy-MM-dd", draw.day + value % 15, draw.month, 2021)
    case .prose: "seen on day \(draw.day), number \(value)"
    }
  }

  static func day(_ pattern: String, _ day: Int, _ month: Int, _ year: Int) -> String {
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return pattern == "d.M.yyyy" ? "\(day).\(month).\(year)" : "\(year)-\(two(month))-\(two(day))"
  }

  private static func fixed(_ value: Int, _ digits: Int) -> String {
    digits == 1 ? "\(value / 10).\(value % 10)" : "\(value / 100).\(value / 10 % 10)\(value % 10)"
  }
}
