/// A place in a file that breaks a rule of the house.
struct Violation: Equatable, CustomStringConvertible {
  let path: String
  /// From 1; 0 for the whole file.
  let line: Int
  let rule: String

  var description: String { "\(path):\(line): \(rule)" }
}
