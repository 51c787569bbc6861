import ArgumentParser

/// How much is printed, and for whom.
struct SpeechOptions: ParsableArguments {
  @Flag(help: "Print one JSON document on standard output, errors included, and nothing else.")
  var json = false

  @Flag(help: "Leave out notes, progress and summaries. Results, warnings and errors stay.")
  var quiet = false
}
