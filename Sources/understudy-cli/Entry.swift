import CommandLine
import Foundation

/// The `understudy` executable.
@main
enum Entry {
  static func main() {
    exit(CommandLineTool.run(Array(ProcessInfo.processInfo.arguments.dropFirst())))
  }
}
