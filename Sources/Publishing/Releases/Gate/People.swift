import Basics
import Curation
import Foundation
import Mechanisms
import Tables

/// The table in two parts: what a release learns from, and who is attacked for comparison.
struct People: ~Copyable {
  let training: SensitiveTable
  /// Nil where nothing is attacked.
  let control: Control?

  /// Opened for attacks, and for nothing else.
  struct Control {
    let table: OwnerTable
    /// The places in the file of the rows that were trained on; nil where that is all of them.
    let trainingRows: [Int]?
    /// People of the owner's control who are in the table too, and are therefore not compared with.
    var peopleLeftOut = 0

    /// For the owner.
    var message: String? {
      guard peopleLeftOut > 0 else { return nil }
      return
        "The control holds \(NumberText.plural(peopleLeftOut, "person", "people")) of the table, who would hide what a release reveals; "
        + "they are left out of the comparison."
    }
  }

  /// Hands the training part over, once.
  consuming func consumeTraining() -> SensitiveTable { training }
}

extension SynthesisRequest {
  /// The chance of a unit to be held out where no policy says it.
  package static let usualHoldOut = 0.2

  /// Whether the release is attacked.
  var makesAttacks: Bool { isAttacked || policy?.policy.attacks != nil }

  var holdOutShare: Double { policy?.policy.attacks?.holdOut ?? Self.usualHoldOut }

  /// Reads the control that the owner gave, where the release is to be attacked. People of the table who are in it too are left out: that
  /// somebody is in both must not end a run.
  /// - Throws: the errors of tables.
  func readControl(for table: borrowing SensitiveTable, schema: Schema) throws -> People.Control? {
    guard makesAttacks, let control else { return nil }
    let people = try SensitiveTable.read(control, schema: schema)
    guard case .person(let column, _) = schema.unit else {
      return People.Control(table: people.openForOwner(reason: .attacks), trainingRows: nil)
    }
    return People.Control(
      table: people.withoutPeople(of: table, column: column).openForOwner(reason: .attacks), trainingRows: nil,
      peopleLeftOut: table.peopleInCommon(with: people, column: column))
  }

  /// Holds people out, where the release is to be attacked and the owner gave no control.
  func divide(_ table: consuming SensitiveTable, schema: Schema, given control: People.Control?) -> People {
    guard makesAttacks, control == nil else { return People(training: table, control: control) }
    let random = seed.map { SecureRandom(testing: $0 &+ 1) } ?? SecureRandom()
    let holdOut = HoldOut(of: table, unit: schema.unit, share: holdOutShare, using: random)
    let others = table.part(of: holdOut, isHeldOut: true).openForOwner(reason: .attacks)
    return People(
      training: table.part(of: holdOut, isHeldOut: false), control: People.Control(table: others, trainingRows: holdOut.trainingRows))
  }
}
