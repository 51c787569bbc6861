import Foundation

/// The table as `understudy start --forms` saw it, with its questions. It holds values of the rows:
/// it is for the owner of the data only.
package struct Sheet: Decodable, Sendable {
  package let table: String
  package let rows: Int
  package let notes: [String]
  package let person: String?
  package let roles: [Role]
  package let columns: [Column]
  package let questions: [String: Question]
  package let rules: [String]
  package let examples: [Example]
  package let schemaFile, scriptFile: String

  package struct Role: Decodable, Sendable {
    package let letter, word, does: String
  }

  package struct Column: Decodable, Sendable {
    package let name, role: String
    package let meaning: String?
    package let sights: [String]
    package let limits: Limits
    package let low, high: String?
    package let declaredValues: Int?
    package let seenValues: [String]?
  }

  package struct Example: Decodable, Sendable {
    package let epsilon: Double
    package let guess, word: String
  }

  package enum Limits: String, Decodable, Sendable { case bounds, categories, none }

  package struct Question: Decodable, Sendable {
    package let prompt: String
    package let heading: String?
    package let lines: [String]
    package let usual: String?
    package let help: [String]
  }

  func question(_ name: String) -> Question {
    questions[name] ?? Question(prompt: name, heading: nil, lines: [], usual: nil, help: [])
  }
}

/// The state of the conversation after some answers.
package struct Reply: Decodable, Sendable {
  /// The name of the first question that is open.
  package let open: String
  package let fault: [String]?
  package let rules: [Rule]
  package let schema: String
  package let columns: [Column]
  package let plans: [Plan]?
  package let planFault: String?
  package let differences: [String]?

  package struct Rule: Decodable, Sendable {
    package let text: String
    package let holdsValues: Bool
  }

  package struct Column: Decodable, Sendable {
    package let name, role: String
  }

  package struct Plan: Decodable, Sendable {
    package let epsilon: Double
    package let guess: String
    package let protects: String
    package let rows: Int
    package let cpuSeconds, memoryMegabytes: Double
    package let columnError, pairError: Double
    package let pairCount: Int
    /// By error: the five with the least, and the one with the most.
    package let pairs: [Pair]
    package let limits, hazards: [String]
  }

  package struct Pair: Decodable, Sendable {
    package let first, second: String
    package let expectedError: Double
  }
}

/// The names of the files that were written.
package struct Written: Decodable, Sendable {
  package let schema, script: String
  package let release: String?
}

/// A release that was made, or the reason for which none was.
package enum Ending: Sendable {
  case onlyFiles
  case released(rows: Int, epsilon: Double)
  case failed(message: String, remedy: String)
}

/// A line to the program.
struct Inquiry: Encodable {
  let answers: [String: String]
  var epsilons: [Double]?
  var checks: Bool?
  var writes: Bool?
}
