import ArgumentParser
import Foundation
import Policies

/// The `understudy policy` command.
struct PolicyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "policy",
    abstract: "Shows and checks policies: what a release must meet before it is published.",
    discussion: """
      Examples:
        understudy policy show partners > ours.policy.yaml
        understudy policy check ours.policy.yaml
      """,
    subcommands: [PolicyShowCommand.self, PolicyCheckCommand.self])
}

/// The `understudy policy show` command.
struct PolicyShowCommand: ExecutableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Prints a preset, as a file to edit.",
    discussion: """
      Example:
        understudy policy show partners > ours.policy.yaml
      """)

  @Argument(help: ArgumentHelp("The preset: open, partners or internal.", valueName: "preset"))
  var preset = PresetChoice(preset: .partners)

  @OptionGroup var speech: SpeechOptions

  func execute(_ console: Console) throws {
    speech.json
      ? try console.show(json: Policy(preset.preset))
      : console.show(String(preset.preset.text.trimmingCharacters(in: .newlines)))
  }
}

/// The `understudy policy check` command.
struct PolicyCheckCommand: ExecutableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Reads a policy file and says what is wrong in it, line by line.",
    discussion: """
      Example:
        understudy policy check ours.policy.yaml
      """)

  @Argument(help: ArgumentHelp("The policy file, or a preset.", valueName: "file"))
  var file: String

  @OptionGroup var speech: SpeechOptions

  func execute(_ console: Console) throws {
    let policy = try InputFile.policy(file).policy
    if speech.json {
      try console.show(json: policy)
    } else if !speech.quiet {
      console.show("The policy '\(policy.name)' can be used.")
    }
  }
}

/// A preset as named on the command line.
struct PresetChoice: ExpressibleByArgument, CaseIterable {
  let preset: Policy.Preset

  static var allCases: [PresetChoice] { Policy.Preset.allCases.map { PresetChoice(preset: $0) } }

  init(preset: Policy.Preset) { self.preset = preset }

  init?(argument: String) {
    guard let preset = Policy.Preset(rawValue: argument) else { return nil }
    self.preset = preset
  }

  var defaultValueDescription: String { preset.rawValue }
  static var allValueStrings: [String] { Policy.Preset.allCases.map(\.rawValue) }
}
