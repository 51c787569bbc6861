import ArgumentParser
import Understudy

/// Rules for numbers on the command line.
enum Checked {
  /// The delta of a release or grant if none is given.
  static let usualDelta = BudgetBook.usualDelta

  static func epsilon(_ value: Double) throws {
    guard value.isFinite, value > 0 else {
      throw ValidationError(
        "--epsilon: must be a number above 0; 0.1 protects strongly, 1 well, 10 hardly")
    }
  }

  static func delta(_ value: Double) throws {
    guard value > 0, value < 1 else {
      throw ValidationError(
        "--delta: must be above 0 and below 1; far below one divided by the number of people, such as 1e-9"
      )
    }
  }

  static func rows(_ value: Int?) throws {
    guard let value else { return }
    guard (1..<1_000_000_000).contains(value) else {
      throw ValidationError("--rows: must be from 1 to 999,999,999")
    }
  }
}
