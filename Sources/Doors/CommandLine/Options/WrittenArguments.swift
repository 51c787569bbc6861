/// A command line as its user wrote it, in the form that the parser takes.
enum WrittenArguments {
  /// Words by which a version is asked for elsewhere, where they stand alone.
  private static let versionWords = ["version", "-v", "-V"]

  /// The same arguments, but a negative number behind an option is that option's value: the parser takes it for another option, and says
  /// that the value is missing.
  static func settled(_ arguments: [String]) -> [String] {
    if arguments.count == 1, versionWords.contains(arguments[0]) { return ["--version"] }
    var settled: [String] = []
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      if argument == "--" { return settled + [argument] + rest }
      guard argument.hasPrefix("--"), !argument.contains("="), let next = rest.first, isNegativeNumber(next) else {
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
    return second.isASCII && (second.isNumber || second == ".") && Double(text.replacing(",", with: ".")) != nil
  }
}
