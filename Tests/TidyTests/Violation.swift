/// A place where a file breaks a rule of the house.
struct Violation: Equatable, CustomStringConvertible {
  let path: String
  /// From 1; 0 where the whole file is meant.
  let line: Int
  let rule: String

  var description: String { "\(path):\(line): \(rule)" }
}
