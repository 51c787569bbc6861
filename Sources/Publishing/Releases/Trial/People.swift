import Basics
import Curation
import Foundation
import Mechanisms
import Policies
import Tables

/// The table in two parts: the people a release learns from, and the people attacked for
/// comparison.
struct People: ~Copyable {
  let training: SensitiveTable
  /// Nil if nothing is attacked.
  let control: Control?

  /// The control, opened for attacks and for nothing else.
  struct Control {
    let table: OwnerTable
    /// The positions in the file of the rows that were trained on; nil if all rows were.
    let trainingRows: [Int]?
    /// People of the owner's control who are also in the table, and so are not compared with.
    var peopleLeftOut = 0

    /// A message for the owner.
    var message: String? {
      guard peopleLeftOut > 0 else { return nil }
      return
        "The control holds \(NumberText.plural(peopleLeftOut, "person", "people")) of the table, who would hide what a release reveals; "
        + "they are left out of the comparison."
    }
  }

  /// Hands over the training part, once.
  consuming func consumeTraining() -> SensitiveTable { training }
}

extension SynthesisRequest {
  /// A unit's chance of being held out if no policy sets it.
  package static let usualHoldOut = 0.2

  /// Whether the release is attacked.
  var makesAttacks: Bool { isAttacked || policy?.policy.attacks != nil }

  var holdOutShare: Double { policy?.policy.attacks?.holdOut ?? Self.usualHoldOut }

  /// Reads the owner's control if the release is to be attacked. Leaves out people who are also in
  /// the table: an overlap must not end a run.
  /// - Throws: the errors of tables.
  func readControl(for table: borrowing SensitiveTable, schema: Schema) throws -> People.Control? {
    guard makesAttacks, let control else { return nil }
    let people = try SensitiveTable.read(control, schema: schema)
    guard case .person(let column, _) = schema.unit else {
      return People.Control(table: people.openForOwner(reason: .attacks), trainingRows: nil)
    }
    return People.Control(
      table: people.withoutPeople(of: table, column: column).openForOwner(reason: .attacks),
      trainingRows: nil,
      peopleLeftOut: table.peopleInCommon(with: people, column: column))
  }

  /// Holds people out if the release is to be attacked and the owner gave no control.
  func divide(_ table: consuming SensitiveTable, schema: Schema, given control: People.Control?)
    -> People
  {
    guard makesAttacks, control == nil else { return People(training: table, control: control) }
    let random = seed.map { SecureRandom(testing: $0 &+ 1) } ?? SecureRandom()
    let holdOut = HoldOut(of: table, unit: schema.unit, share: holdOutShare, using: random)
    let others = table.part(of: holdOut, isHeldOut: true).openForOwner(reason: .attacks)
    return People(
      training: table.part(of: holdOut, isHeldOut: false),
      control: People.Control(table: others, trainingRows: holdOut.trainingRows))
  }
}
