/// A command line as its user wrote it, in the form that the parser takes.
enum WrittenArguments {
  /// Words that ask for a version in other programs, if they are the only argument.
  private static let versionWords = ["version", "-v", "-V"]

  /// Joins a negative number to the option before it. The parser would take it for another option
  /// and report a missing value.
  static func settled(_ arguments: [String]) -> [String] {
    if arguments.count == 1, versionWords.contains(arguments[0]) { return ["--version"] }
    var settled: [String] = []
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      if argument == "--" { return settled + [argument] + rest }
      guard argument.hasPrefix("--"), !argument.contains("="), let next = rest.first,
        isNegativeNumber(next)
      else {
        settled.append(argument)
        continue
      }
      settled.append(argument + "=" + next)
      rest.removeFirst()
    }
    return settled
  }

  private static func isNegativeNumber(_ text: String) -> Bool {
    guard text.hasPrefix("-"), let second = text.dropFirst().first else { return false }
    return second.isASCII && (second.isNumber || second == ".")
      && Double(text.replacing(",", with: ".")) != nil
  }
}
