import Accounting
import Foundation
import Ledger

/// Commands for the user to type.
package enum ShellWord {
  static func grant(
    _ input: URL, epsilon: Epsilon, delta: Delta, schema: URL?, _ claim: PeopleClaim, ledger: URL
  ) -> String {
    var command =
      "understudy budget grant \(quoted(input.relativePath)) --epsilon \(epsilon.value) --delta \(delta.value)"
    if let schema { command += " --schema " + quoted(schema.relativePath) }
    if let population = claim.population { command += " --people " + quoted(population) }
    for name in claim.samePeopleAs { command += " --same-people-as " + quoted(name) }
    if claim.areOthers { command += " --other-people" }
    return command + " --ledger " + quoted(ledger.relativePath)
  }

  /// Quotes the text so that a shell takes it as one word.
  package static func quoted(_ text: String) -> String {
    let plain = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._/-+=:,@%")
    return !text.isEmpty && !text.hasPrefix("-") && text.allSatisfy(plain.contains)
      ? text : "'" + text.replacing("'", with: "'\\''") + "'"
  }
}
