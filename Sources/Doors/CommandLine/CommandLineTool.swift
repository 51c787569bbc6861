import ArgumentParser
import Foundation
import Synchronization
import Tables

/// The `understudy` command: reads the arguments, runs what they ask for, and says how it went.
package enum CommandLineTool {
  /// Runs and returns the exit code.
  package static func run(_ arguments: [String], terminal: Terminal = .current()) -> Int32 {
    // A closed pipe is a failure to report, not a reason to vanish.
    signal(SIGPIPE, SIG_IGN)
    defer { SpooledInputs.shared.removeAll() }
    let status = perform(arguments, terminal: terminal)
    guard status == ExitStatus.done.rawValue, Console.lostOutput.load(ordering: .sequentiallyConsistent) else { return status }
    let failure = Failure(
      "What was to be printed could not be written whole.", remedy: "Check that there is room, and that what reads it goes on reading.")
    Console(terminal: terminal).report(failure)
    return failure.status.rawValue
  }

  private static func perform(_ arguments: [String], terminal: Terminal) -> Int32 {
    let isJSON = arguments.contains("--json")
    var parsed: any ParsableCommand
    do {
      parsed = try UnderstudyCommand.parseAsRoot(arguments)
      // Help, and commands that only have subcommands: running them throws what they have to say.
      if !(parsed is any ExecutableCommand) { try parsed.run() }
    } catch {
      return finish(parsing: error, arguments: arguments, console: Console(terminal: terminal, isJSON: isJSON))
    }
    guard let command = parsed as? any ExecutableCommand else { return ExitStatus.done.rawValue }
    let console = Console(terminal: terminal, isQuiet: command.speech.quiet, isJSON: command.speech.json)
    do {
      try command.execute(console)
      return ExitStatus.done.rawValue
    } catch let verdict as AdverseVerdict {
      return verdict.status.rawValue
    } catch {
      let failure = Failure(describing: error)
      console.report(failure)
      return failure.status.rawValue
    }
  }

  /// Help and version are printed; anything else is a fault of the command line.
  private static func finish(parsing error: any Error, arguments: [String], console: Console) -> Int32 {
    guard UnderstudyCommand.exitCode(for: error) != .success else {
      Console.write(UnderstudyCommand.fullMessage(for: error, columns: nil) + "\n", to: .standardOutput)
      return ExitStatus.done.rawValue
    }
    let help = help(for: UnderstudyCommand.fullMessage(for: error, columns: nil))
    let failure = unknownCommand(arguments) ?? Failure(usage: UnderstudyCommand.message(for: error), help: help)
    console.report(failure)
    return failure.status.rawValue
  }

  /// The parser takes a misspelt command for an argument of none.
  private static func unknownCommand(_ arguments: [String]) -> Failure? {
    let known = UnderstudyCommand.configuration.subcommands.compactMap { $0.configuration.commandName }
    guard let first = arguments.first, !first.hasPrefix("-"), first != "help", !known.contains(first) else { return nil }
    let nearest = SchemaWords.nearest(to: first, in: known).map { "Did you mean '\($0)'? " } ?? ""
    return Failure(
      "There is no command '\(first)'.", remedy: "\(nearest)The commands are \(known.joined(separator: ", ")). See `understudy --help`.",
      status: .usage)
  }

  /// The command that shows the help which fits, taken from the parser's own line "See 'understudy … --help' …".
  private static func help(for message: String) -> String {
    guard let start = message.range(of: "See '"), let end = message[start.upperBound...].firstIndex(of: "'") else {
      return "understudy --help"
    }
    return String(message[start.upperBound..<end])
  }
}

extension Failure {
  init(usage message: String, help: String) {
    let sentence = message.hasSuffix(".") ? message : message + "."
    self.init(sentence, remedy: "See `\(help)` for what is allowed, with an example.", status: .usage)
  }
}

/// Thrown when a command did its work, has shown what it found, and what it found is adverse.
struct AdverseVerdict: Error {
  let status = ExitStatus.gateFailed
}

/// A command that does something, other than grouping others.
protocol ExecutableCommand: ParsableCommand {
  var speech: SpeechOptions { get }
  /// - Throws: whatever went wrong; ``Failure/init(describing:)`` finds the words.
  func execute(_ console: Console) throws
}

extension ExecutableCommand {
  /// Not used: ``CommandLineTool`` calls ``execute(_:)``, which knows the console.
  func run() throws { try execute(Console(terminal: .current(), isQuiet: speech.quiet, isJSON: speech.json)) }
}
