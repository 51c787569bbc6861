import Attacks
import Foundation

/// Everything that a run of the program left and said.
package struct RunOutput {
  package let status: Int32
  package let output: String
  package let errors: String
  /// The files of the release folder, by name.
  package let files: [String: Data]
  /// The modes of the same files, in octal.
  package let modes: [String: String]
  /// Names in the working folder and the temporary folder that are not the owner's.
  package let leftovers: [String]

  package init(
    status: Int32, output: String, errors: String, files: [String: Data], modes: [String: String],
    leftovers: [String]
  ) {
    (self.status, self.output, self.errors) = (status, output, errors)
    (self.files, self.modes, self.leftovers) = (files, modes, leftovers)
  }

  /// Returns the part that travels, by the public list; nil if the run does not count because a
  /// named bit decided about it.
  ///
  /// - Parameters:
  ///   - marks: texts that only one of the two tables holds.
  ///   - run: how the program was run: whether attacks decide, or rows that do not fit.
  package func sighting(marks: [String], run: FuzzedRun) -> Sighting? {
    if status == PublicList.namedRefusal(of: run) { return nil }
    // After publication, the exit status tells the owner the findings of the attacks.
    let isOwners = run.policy?.judgesLater == true && status == 3 && files["manifest.json"] != nil
    var sighting: Sighting = [
      Feature(.outcome, "exit status"): .word(isOwners ? "0" : "\(status)"),
      Feature(.outcome, "files of the release"): .word(
        modes.map { "\($0.key) \($0.value)" }.sorted().joined(separator: ", ")),
      Feature(.outcome, "files left beside it"): .word(
        TextFeatures.short(leftovers.sorted().joined(separator: ", "))),
    ]
    let hazards = self.hazards
    let isExcused = !PublicList.excusing.isDisjoint(with: hazards)
    let compared = isExcused ? hazards.subtracting(PublicList.decidedByFacts) : hazards
    sighting[Feature(.outcome, "hazards")] = .word(compared.sorted().joined(separator: ", "))
    if isExcused {
      // The release itself says that its facts come from rows: it promised nothing about them.
      return sighting
    }
    if run.policy?.judgesLater != true { addStreams(to: &sighting) }
    for (name, data) in files where name != PublicList.signature {
      add(data, of: name, to: &sighting)
    }
    addMarks(marks, to: &sighting)
    return sighting
  }

  var hazards: Set<String> {
    let manifest = files["manifest.json"].flatMap {
      try? JSONDecoder().decode(JSONTree.self, from: $0)
    }
    return Set(manifest?["hazards"]?.texts ?? [])
  }

  private func addStreams(to sighting: inout Sighting) {
    TextFeatures.addLines(of: errors, to: &sighting, name: "standard error")
    // The gate tells the owner about a refusal, with figures; only the status travels.
    guard status != 3 else { return }
    if let document = try? JSONDecoder().decode(JSONTree.self, from: Data(output.utf8)) {
      document.addFeatures(to: &sighting, path: "standard output") { path in
        PublicList.ownersWords.contains { path == "standard output/\($0)" }
      }
    } else {
      TextFeatures.addLines(of: output, to: &sighting, name: "standard output")
    }
  }

  private func add(_ data: Data, of name: String, to sighting: inout Sighting) {
    sighting[Feature(.number, "\(name): size")] = .number(Double(data.count))
    let text = String(decoding: data, as: UTF8.self)
    if name.hasSuffix(".json"), let tree = try? JSONDecoder().decode(JSONTree.self, from: data) {
      tree.addFeatures(to: &sighting, path: name, isLeftOut: PublicList.isLeftOut)
    } else if name.hasSuffix(".csv") {
      TextFeatures.addTable(text, to: &sighting, name: name)
    } else if name.hasSuffix(".yaml") || name.hasSuffix(".err") {
      TextFeatures.addLines(of: text, to: &sighting, name: name)
    } else {
      sighting[Feature(.word, "\(name): wording")] = .word(
        TextFeatures.short(TextFeatures.wording(text)))
      sighting[Feature(.number, "\(name): sum of its numbers")] = .number(
        TextFeatures.sumOfNumbers(text))
    }
  }

  /// Adds the marks that show in each file or stream that travels.
  private func addMarks(_ marks: [String], to sighting: inout Sighting) {
    var places = files.mapValues { Array($0) }
    places["standard error"] = Array(errors.utf8)
    if status != 3 { places["standard output"] = Array(travellingOutput.utf8) }
    for (place, bytes) in places {
      let shown = marks.filter { Data(bytes).range(of: Data($0.utf8)) != nil }
      sighting[Feature(.word, "\(place): shows cells of the unit")] = .word(
        shown.joined(separator: " "))
    }
  }

  /// Standard output without the owner's members; empty if it cannot be parsed.
  private var travellingOutput: String {
    guard
      var document = (try? JSONSerialization.jsonObject(with: Data(output.utf8))) as? [String: Any]
    else { return "" }
    for word in PublicList.ownersWords { document[word] = nil }
    guard let data = try? JSONSerialization.data(withJSONObject: document) else { return "" }
    return String(decoding: data, as: UTF8.self)
  }
}
