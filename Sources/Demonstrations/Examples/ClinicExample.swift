import Basics
import Tables

/// The visits to an invented clinic, some of whose patients are rare: each has an occupation that
/// nobody else has, and comes often.
///
/// The secrets of rare patients, the diagnosis and the finding, are drawn uniformly at random,
/// whatever else their rows say. So only their own rows tell them, and how often a guess is right
/// is known exactly: ``chanceOfDiagnosis`` and ``chanceOfFinding``. For everyone else, both follow
/// laws that a stand-in may and should teach. Beside the patients there are strangers, drawn by the
/// same laws and never in the table: the success of an attack against them is its success without
/// their rows.
package struct ClinicExample: Sendable {
  package static let chanceOfDiagnosis = 1 / Double(ClinicPatient.diagnoses.count)
  package static let chanceOfFinding = 1 / Double(ClinicPatient.findings.count)
  /// Occupations that many people have.
  package static let commonOccupations = Set(ClinicPatient.occupations)
  /// The largest number of rare people among the patients, and among the strangers.
  package static let mostRare = ClinicPatient.rareOccupations.count / 2

  /// Some people and their visits.
  package struct Visits: Sendable {
    /// A row for each visit, those of a person together.
    package let table: Table
    /// The first visit of each person: a row for each, ordinary people first.
    package let people: Table
  }

  /// The people of whom stand-ins are made.
  package let patients: Visits
  /// As many others, by the same laws; their rare occupations are not those of the patients.
  package let strangers: Visits
  /// The places of the ordinary and the rare people in ``Visits/people``.
  package let ordinary: Range<Int>
  package let rare: Range<Int>

  /// The same numbers and seed give the same tables everywhere.
  /// - Parameters:
  ///   - rare: at most ``mostRare``.
  ///   - visits: the number of visits of each rare person; ordinary people have one to three.
  package init(ordinary: Int, rare: Int, visits: Int, seed: UInt64) {
    precondition(
      (0...ClinicExample.mostRare).contains(rare) && ordinary > 0 && visits > 0,
      "there are not enough rare occupations")
    var random = SplitMix64(seed: seed)
    var occupations = ClinicPatient.rareOccupations
    for place in 0..<2 * rare {
      occupations.swapAt(place, place + random.below(occupations.count - place))
    }
    func draw(_ own: ArraySlice<String>) -> Visits {
      let people =
        (0..<ordinary).map { _ in ClinicPatient(&random) }
        + own.map { ClinicPatient(occupation: $0, visits: visits, &random) }
      let rows = people.enumerated().map { number, person in
        (0..<person.visits).map { _ in
          Row(number: number, person: person, visit: person.visit(&random))
        }
      }
      return Visits(
        table: ClinicExample.table(of: rows.flatMap { $0 }),
        people: ClinicExample.table(of: rows.map { $0[0] }))
    }
    patients = draw(occupations[..<rare])
    strangers = draw(occupations[rare..<2 * rare])
    (self.ordinary, self.rare) = (0..<ordinary, ordinary..<ordinary + rare)
  }

  /// The clinic's knowledge of such a table without looking at it. It has no list of occupations:
  /// they are left to be learned. The guarantee is for a person with all their visits, of which one
  /// is used.
  package static let schema = Schema(
    name: "clinic", unit: .person(column: "patient", maximumRows: 1),
    columns: [
      ColumnSchema(name: "patient", type: .identifier, role: .identifier(.code)),
      ColumnSchema(name: "age", type: .integer, role: .quasiIdentifier, bounds: .declared(18...95)),
      ColumnSchema(
        name: "sex", type: .category, role: .quasiIdentifier,
        categories: .declared(ClinicPatient.sexes)),
      ColumnSchema(
        name: "town", type: .category, role: .quasiIdentifier,
        categories: .declared(ClinicPatient.towns)),
      ColumnSchema(name: "occupation", type: .category, role: .quasiIdentifier),
      ColumnSchema(
        name: "diagnosis", type: .category, role: .sensitive,
        categories: .declared(ClinicPatient.diagnoses)),
      ColumnSchema(name: "days", type: .integer, bounds: .declared(0...30)),
      ColumnSchema(
        name: "finding", type: .category, role: .sensitive,
        categories: .declared(ClinicPatient.findings)),
    ])

  private struct Row {
    let number: Int
    let person: ClinicPatient
    let visit: ClinicPatient.Visit
  }

  private static func table(of rows: [Row]) -> Table {
    func labels(_ labels: [String], _ label: (Row) -> String) -> Cells {
      let places = Dictionary(uniqueKeysWithValues: labels.enumerated().map { ($1, $0) })
      var builder = LabelColumnBuilder(labels: labels, capacity: rows.count)
      for row in rows { builder.append(places[label(row)]) }
      return builder.cells
    }
    let numbers = (0...(rows.last?.number ?? 0)).map { "P\(100_000 + $0)" }
    let cells: [String: Cells] = [
      "patient": labels(numbers) { numbers[$0.number] },
      "age": .ticks(rows.map { Int64($0.person.age) }),
      "sex": labels(ClinicPatient.sexes, \.person.sex),
      "town": labels(ClinicPatient.towns, \.person.town),
      "occupation": labels(
        ClinicPatient.occupations + ClinicPatient.rareOccupations, \.person.occupation),
      "diagnosis": labels(ClinicPatient.diagnoses, \.visit.diagnosis),
      "days": .ticks(rows.map { Int64($0.visit.days) }),
      "finding": labels(ClinicPatient.findings, \.person.finding),
    ]
    return Table(
      columns: schema.columns.compactMap { column in
        cells[column.name].map { column.filled(with: $0) }
      })
  }
}
