import ArgumentParser
import Tables
import Understudy

/// The commands named by the first words of a command line, as far as they exist.
struct CommandPath {
  private(set) var words: [String] = []
  private(set) var command: any ParsableCommand.Type = UnderstudyCommand.self
  /// The first word in the place of a command that is not one.
  private(set) var unknown: String?

  init(_ arguments: [String]) {
    for word in arguments.first == "help" ? arguments.dropFirst() : arguments[...] {
      let subcommands = command.configuration.subcommands
      guard !subcommands.isEmpty, !(words.isEmpty && word == "help") else { return }
      guard let next = subcommands.first(where: { $0.configuration.commandName == word }) else {
        if let usual = command.configuration.defaultSubcommand, !["-h", "--help"].contains(word) {
          command = usual
        } else if !word.hasPrefix("-") {
          unknown = word
        }
        return
      }
      words.append(word)
      command = next
    }
  }

  /// The name as its user writes it: `understudy budget`.
  var name: String { (["understudy"] + words).joined(separator: " ") }

  /// Words that people try after `budget` to undo a grant.
  private static let undoing = [
    "revoke", "withdraw", "remove", "delete", "reset", "undo", "refund", "reduce",
  ]

  /// The fault of a command that does not exist; nil if all exist.
  var fault: Failure? {
    guard let unknown else { return nil }
    let known = command.configuration.subcommands.compactMap { $0.configuration.commandName }
    let asked = (words + [unknown]).joined(separator: " ")
    var message = "There is no command '\(asked)'."
    if words == ["budget"], Self.undoing.contains(unknown.lowercased()) {
      message += " A grant cannot be taken back, since what was answered under it stays answered."
    }
    let nearest =
      SchemaWords.nearest(to: unknown, in: known).map {
        "Did you mean '\((words + [$0]).joined(separator: " "))'? "
      } ?? ""
    let all = known.map { (words + [$0]).joined(separator: " ") }.joined(separator: ", ")
    return Failure(
      message, remedy: "\(nearest)Known are: \(all). See `\(name) --help`.", status: .usage)
  }

  /// The long names of the command's options.
  var options: [String] {
    UnderstudyCommand.helpMessage(for: command, columns: 1000).split(separator: "\n").filter {
      $0.hasPrefix("  -")
    }
    .flatMap { $0.prefix(60).matches(of: /--[a-z][a-z-]+/).map { String($0.output) } }
  }
}
