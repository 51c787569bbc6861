import ArgumentParser
import Releases
import Understudy

/// The commands of a guided start: those that it runs, and the same as a script beside the schema.
struct StartScript {
  /// The table as it was named.
  let table: String
  /// The options that say where the table is, and which ledger counts.
  let source: [String]
  let ledger: [String]
  let epsilon: Double
  /// The folder of the release; nil if none is to be made now.
  let folder: String?
  let signer: String
  let day: String

  func check(schema: String) -> [String] { ["check", table, "--schema", schema] + source }

  func plan(schema: String) -> [String] {
    ["synthesize", table, "--schema", schema, "--epsilon", Numbers.exact(epsilon), "--plan"]
      + source + ledger
  }

  func release(schema: String, folder: String) -> [String] {
    ["synthesize", table, "--schema", schema, "--epsilon", Numbers.exact(epsilon), "-o", folder]
      + source + ledger
  }

  /// The script. It names files, columns at most, and no value.
  func text(schema: String) -> String {
    var lines = [
      "#!/bin/sh",
      "# Written by `understudy start` on \(day), for \(Self.comment(signer)).",
      "# Run it in the folder in which that was run. A release spends budget each time it is made.",
      Self.line(check(schema: schema)), Self.line(plan(schema: schema)),
    ]
    if let folder {
      lines.append(Self.line(release(schema: schema, folder: folder)))
    } else {
      lines.append("# Not run yet:")
      lines.append("# " + Self.line(release(schema: schema, folder: "release")))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func line(_ arguments: [String]) -> String {
    (["understudy"] + arguments).map { word in
      // An option needs no quotes for its dash.
      let isPlain = ShellWord.quoted("x" + word) == "x" + word
      return isPlain ? word : ShellWord.quoted(word)
    }.joined(separator: " ")
  }

  /// A name that cannot end the line of a comment.
  private static func comment(_ name: String) -> String {
    String(name.map { $0.isNewline ? " " : $0 })
  }

  /// Runs a command as if it had been typed.
  static func run(_ arguments: [String], _ console: Console) throws {
    let command = try UnderstudyCommand.parseAsRoot(arguments)
    guard let command = command as? any ExecutableCommand else {
      preconditionFailure("a command that does work of its own")
    }
    try command.execute(console)
  }
}

extension Numbers {
  /// The shortest text that reads back as the same number: `1`, `0.5`.
  fileprivate static func exact(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : "\(value)"
  }
}
