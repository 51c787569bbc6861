import Basics
import Manifests
import Policies

/// A fault in the user's input or files, with its remedy. One of the request itself begins with the
/// name of what was asked: `rows: …`.
package enum ReleaseError: Error, Equatable, CustomStringConvertible {
  case missingFile(String)
  case notARelease(String)
  case notVerifiable(String)
  case notAModel(String)
  case newerFormat(String, found: Int, known: Int)
  case cannotWrite(String, reason: String)
  case keyUnusable(String, reason: String)
  case schemaDoesNotFit(String, mismatches: [String])
  case formInDoubt(String, doubts: [String])
  case noRows(String)
  case nothingToModel
  case unknownTarget(String, nearest: String?)
  case unknownPerson(String, nearest: String?)
  case deltaOutOfRange
  case rowsOutOfRange(Int)
  case tooManySteps(Int)
  case hardlyPrivate(epsilon: Double, delta: Double, command: String)
  case unknownConditionColumn(String, nearest: String?)
  case conditionUnreadable(column: String, type: String, allowed: String? = nil)
  case conditionImpossible(column: String, allowed: String? = nil)
  case conditionReversed(column: String)
  case conditionUnlearned(column: String)
  case conditionTwice(column: String)
  case ownerFolderInRelease(String)
  case lengthOfRows
  case lengthWithNetwork(String)
  case lengthWithDistances

  package var description: String {
    switch self {
    case .missingFile(let path):
      "\(path): there is no such file or folder, or it cannot be read. Check the path."
    case .notARelease(let path):
      "\(path): this folder is no release: it holds no \(ReleaseArtefact.model.name). Name the folder that 'understudy synthesize' made."
    case .notVerifiable(let path):
      "\(path): there is no signed manifest in this folder that can be read. Name the folder that 'understudy synthesize' made; "
        + "releases of version 0.1 before signatures cannot be verified."
    case .notAModel(let path):
      "\(path): this is not a model file of understudy, or it is damaged. Take model.json from a release folder."
    case .newerFormat(let path, let found, let known):
      "\(path): written in format \(found) by a newer version of understudy; this version reads up to \(known). Update understudy."
    case .cannotWrite(let path, let reason):
      "\(path): cannot be written (\(reason)). Check that the folder exists and that you may write there."
    case .keyUnusable(let path, let reason):
      "\(path): the key that signs releases cannot be used (\(reason)). Mend the file or restore it from a backup, or name another folder; "
        + "a new key must be made known to those who trust the old one."
    case .schemaDoesNotFit(let path, let mismatches):
      "\(path): the table does not fit the schema in \(mismatches.count) place\(mismatches.count == 1 ? "" : "s"):\n"
        + mismatches.map { "  - \($0)" }.joined(separator: "\n")
    case .formInDoubt(let path, let doubts):
      "\(path): without a schema it is in doubt what is a row:\n"
        + doubts.map { "  - \($0)" }.joined(separator: "\n")
        + "\nWrite a schema with `understudy inspect FILE`, check what it says under `format`, and give it."
    case .noRows(let file):
      "\(file): the table has no rows, so there is nobody for a release to stand in for. Nothing was charged. Check the file, and "
        + "of a pipe the program that writes to it."
    case .nothingToModel:
      "No column is left to model: all are identifiers, prose or dropped. Give at least one column an ordinary role in the schema."
    case .unknownTarget(let name, let nearest):
      "target: there is no column '\(name)' that is modelled. "
        + (nearest.map { "Did you mean '\($0)'?" }
          ?? "Name a column of the table as its header writes it.")
    case .unknownPerson(let name, let nearest):
      "person: there is no column '\(name)'. "
        + (nearest.map { "Did you mean '\($0)'?" }
          ?? "Name a column of the table as its header writes it.")
    case .deltaOutOfRange:
      "delta: must be above 0 and below 1; at most one divided by the number of people makes sense. The default is 1e-9."
    case .hardlyPrivate(let epsilon, let delta, let command):
      "epsilon \(NumberText.parameter(epsilon)) at delta \(NumberText.small(delta)) promises hardly anything: beyond epsilon "
        + "\(NumberText.parameter(PromiseLimits.acceptedEpsilon)) or delta \(NumberText.small(PromiseLimits.acceptedDelta)) nothing is "
        + "granted unless the owner accepts that. Nothing was charged. Ask for less, or accept it for good with:\n  \(command)"
    case .tooManySteps(let steps):
      "steps: so many steps (\(steps)) cost more than the budget of the training, whatever the noise. Give fewer steps or more epsilon."
    case .rowsOutOfRange(let rows): "rows: found \(rows), but at least 1 row must be written."
    case .unknownConditionColumn(let name, let nearest):
      "condition: the model has no column '\(name)'. "
        + (nearest.map { "Did you mean '\($0)'?" }
          ?? "Identifiers, prose and dropped columns cannot be conditions.")
    case .conditionUnreadable(let column, let type, let allowed):
      "condition: the value for column '\(column)' cannot be read as \(type). "
        + (allowed ?? "Write it as in the table, or a range as low..high.")
    case .conditionImpossible(let column, let allowed):
      "condition: no row of this model has the value asked for in column '\(column)'. "
        + (allowed ?? "It may be among the rare ones that share one label.")
    case .conditionReversed(let column):
      "condition: the range for column '\(column)' ends before it begins. Write the lower value first."
    case .conditionUnlearned(let column): Self.unlearnedText(column)
    case .ownerFolderInRelease(let path):
      "\(path): the owner's report is not private and would travel with the release. Name a folder outside the "
        + "release, or leave it out."
    case .lengthOfRows: Self.lengthOfRowsText
    case .lengthWithNetwork(let engine): Self.lengthText(network: engine)
    case .lengthWithDistances: Self.lengthWithDistancesText
    case .conditionTwice(let column):
      "condition: column '\(column)' is given two conditions. Give one."
    }
  }
}

extension ReleaseError {
  private static func unlearnedText(_ column: String) -> String {
    "condition: nothing could be learned about column '\(column)': all its cells are empty, so that rows cannot be chosen by it. "
      + "Leave the condition out, or ask the owner for a release with more epsilon."
  }

  private static let lengthOfRowsText =
    "person bound: the length of what a person adds is to be bounded, but the schema protects rows. Name the column that says who in the "
    + "schema, as `unit: {person: COLUMN}`, or leave it out."

  private static func lengthText(network engine: String) -> String {
    "person bound: a network is trained on a bounded number of rows of each person, which the engine \(engine) needs. Bound the rows, or "
      + "choose another engine."
  }

  private static let lengthWithDistancesText =
    "person bound: the policy limits distances, which are judged by a bounded number of rows of each person. Bound the rows, or take "
    + "the limits out of the policy."
}

extension ReleaseError {
  /// A name that never changes, for programs that read errors.
  package var id: String {
    switch self {
    case .missingFile: "release.missing-file"
    case .notARelease: "release.none"
    case .notVerifiable: "release.not-verifiable"
    case .notAModel: "release.no-model"
    case .newerFormat: "release.newer-format"
    case .cannotWrite: "release.unwritable"
    case .keyUnusable: "release.key-unusable"
    case .schemaDoesNotFit: "schema.does-not-fit"
    case .formInDoubt: "table.form-in-doubt"
    case .noRows: "table.no-rows"
    case .nothingToModel: "schema.nothing-to-model"
    case .unknownTarget: "schema.unknown-target"
    case .unknownPerson: "schema.unknown-person"
    case .deltaOutOfRange: "promise.delta-out-of-range"
    case .rowsOutOfRange: "release.rows-out-of-range"
    case .tooManySteps: "training.too-many-steps"
    case .hardlyPrivate: "promise.hardly-private"
    case .unknownConditionColumn: "condition.unknown-column"
    case .conditionUnreadable: "condition.unreadable"
    case .conditionImpossible: "condition.impossible"
    case .conditionReversed: "condition.reversed"
    case .conditionUnlearned: "condition.unlearned"
    case .conditionTwice: "condition.twice"
    case .ownerFolderInRelease: "output.owner-folder-in-release"
    case .lengthOfRows: "release.length-of-rows"
    case .lengthWithNetwork: "release.length-with-network"
    case .lengthWithDistances: "release.length-with-distances"
    }
  }
}
