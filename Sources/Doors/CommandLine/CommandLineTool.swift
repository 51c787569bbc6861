import ArgumentParser
import Foundation
import SourceWorkers
import Synchronization
import Understudy

/// The `understudy` command: reads the arguments, does the work they ask for, and reports the
/// outcome.
package enum CommandLineTool {
  /// Runs the command and returns the exit code.
  package static func run(_ arguments: [String], terminal: Terminal = .current()) -> Int32 {
    // A closed pipe is a failure to report, not a reason to vanish.
    signal(SIGPIPE, SIG_IGN)
    if arguments == [ReadingProcess.word] { return ReadingService.run() }
    defer { SpooledInputs.shared.removeAll() }
    let status = perform(arguments, terminal: terminal)
    guard status == ExitStatus.done.rawValue,
      Console.lostOutput.load(ordering: .sequentiallyConsistent)
    else { return status }
    let failure = Failure(
      "What was to be printed could not be written whole.",
      remedy: "Check that there is room, and that what reads it goes on reading.")
    Console(terminal: terminal).report(failure)
    return failure.status.rawValue
  }

  private static func perform(_ arguments: [String], terminal: Terminal) -> Int32 {
    let isJSON = arguments.contains("--json")
    let arguments = WrittenArguments.settled(arguments)
    let path = CommandPath(arguments)
    if let fault = path.fault {
      Console(terminal: terminal, isJSON: isJSON).report(fault)
      return fault.status.rawValue
    }
    var parsed: any ParsableCommand
    do {
      parsed = try UnderstudyCommand.parseAsRoot(arguments)
      // Help, and commands that only have subcommands: running them throws their text.
      if !(parsed is any ExecutableCommand) { try parsed.run() }
    } catch {
      return finish(
        parsing: error, of: path, arguments: arguments,
        console: Console(terminal: terminal, isJSON: isJSON))
    }
    guard let command = parsed as? any ExecutableCommand else { return ExitStatus.done.rawValue }
    let console = Console(
      terminal: terminal, isQuiet: command.speech.quiet, isJSON: command.speech.json)
    do {
      try command.execute(console)
      return ExitStatus.done.rawValue
    } catch let verdict as AdverseVerdict {
      return verdict.status.rawValue
    } catch {
      let failure = Failure(advising: error)
      console.report(failure)
      return failure.status.rawValue
    }
  }

  /// Prints help and version. Anything else is a fault of the command line.
  private static func finish(
    parsing error: any Error, of path: CommandPath, arguments: [String], console: Console
  ) -> Int32 {
    guard UnderstudyCommand.exitCode(for: error) != .success else {
      // In narrower lines, a pasted example would break into pieces that run by themselves.
      let columns = max(80, console.terminal.width)
      Console.write(
        UnderstudyCommand.fullMessage(for: error, columns: columns) + "\n", to: .standardOutput)
      return ExitStatus.done.rawValue
    }
    let failure = UsageFault(
      path: path, arguments: arguments, message: UnderstudyCommand.message(for: error)
    ).failure
    console.report(failure)
    return failure.status.rawValue
  }
}

extension Failure {
  init(usage message: String, help: String) {
    let sentence = message.last.map { ".?!".contains($0) } == true ? message : message + "."
    self.init(
      sentence, remedy: "See `\(help)` for what is allowed, with an example.", status: .usage)
  }
}

/// Thrown when a command has done its work and shown an adverse result.
struct AdverseVerdict: Error {
  let status = ExitStatus.gateFailed
}

/// A command that does work of its own, rather than grouping others.
protocol ExecutableCommand: ParsableCommand {
  var speech: SpeechOptions { get }
  /// - Throws: any error; ``Failure/init(advising:)`` finds the words.
  func execute(_ console: Console) throws
}

extension ExecutableCommand {
  /// Not used: ``CommandLineTool`` calls ``execute(_:)``, which knows the console.
  func run() throws {
    try execute(Console(terminal: .current(), isQuiet: speech.quiet, isJSON: speech.json))
  }
}
