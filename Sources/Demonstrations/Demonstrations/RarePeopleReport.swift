import Attacks
import Encoding
import Examples
import Quality
import Tables

/// The results of the demonstration.
package struct RarePeopleReport: Encodable, Sendable {
  package let settings: RarePeopleSettings
  /// One of each kind, in the order of ``StandInKind``.
  package let standIns: [StandIn]
  /// The distances between two draws of people, left by chance alone.
  package let strangers: Distances
  /// The reasons why the story does not hold, a sentence each; empty if it does.
  package let failures: [String]

  package init(settings: RarePeopleSettings, standIns: [StandIn], strangers: Distances) {
    (self.settings, self.standIns, self.strangers) = (settings, standIns, strangers)
    failures = RarePeopleReport.failures(of: standIns)
  }

  package func standIn(_ kind: StandInKind) -> StandIn? { standIns.first { $0.kind == kind } }

  /// The names of all attacks, in their order.
  package var attacks: [String] {
    standIns.first?.leaks.filter { $0.group == .rare }.map(\.attack) ?? []
  }

  /// The attacks that show a leak of the rare people without privacy.
  package var leaking: [String] { standIns.leaking }

  package var holds: Bool { failures.isEmpty }

  private static func failures(of standIns: [StandIn]) -> [String] {
    var failures: [String] = []
    if standIns.leaking.isEmpty {
      failures.append("Without privacy no attack shows a leak of the rare people.")
    }
    for leak in standIns.of(.protected)?.leaks ?? [] where leak.isShown {
      failures.append("With privacy, \(leak.attack) shows a leak of \(leak.group.rawValue) people.")
    }
    for attack in standIns.leaking {
      guard let with = standIns.of(.protected)?.leak(attack, .rare),
        let without = standIns.of(.unprotected)?.leak(attack, .rare),
        let table = standIns.of(.original)?.leak(attack, .rare)
      else { continue }
      if !table.isShown {
        failures.append("On the table itself, \(attack) shows no leak, so that it proves nothing.")
      }
      if with.risk.high >= without.risk.low {
        failures.append(
          "The intervals of \(attack) with and without privacy meet: there were too few targets.")
      }
    }
    return failures
  }
}

extension [StandIn] {
  fileprivate func of(_ kind: StandInKind) -> StandIn? { first { $0.kind == kind } }

  fileprivate var leaking: [String] {
    of(.unprotected)?.leaks.filter { $0.group == .rare && $0.isShown }.map(\.attack) ?? []
  }
}

/// Distances of stand-ins from their tables, for ordinary people alone: means over tables of the
/// mean total variation distances of one, two and three columns.
package struct Distances: Encodable, Sendable {
  package private(set) var oneWay = 0.0
  package private(set) var twoWay = 0.0
  package private(set) var threeWay = 0.0
  private var tables = 0

  package init() {}

  /// Identifiers, which a stand-in fills with fakes.
  static let ignored: Set<String> = ["patient"]

  mutating func add(_ release: Table, beside people: Table) throws {
    let means = try QualityReport.measure(
      original: OwnerTable(Distances.ordinaryPart(of: people)),
      synthetic: Distances.ordinaryPart(of: release),
      options: QualityOptions(ignoring: Distances.ignored)
    ).means
    tables += 1
    oneWay += (means.oneWay - oneWay) / Double(tables)
    twoWay += (means.twoWay - twoWay) / Double(tables)
    threeWay += (means.threeWay - threeWay) / Double(tables)
  }

  /// Returns the rows with a common occupation; all of a stand-in of a table so small that it names
  /// none.
  private static func ordinaryPart(of table: Table) -> Table {
    guard case .labels(let codes, let dictionary)? = table.column(named: "occupation")?.cells else {
      return table
    }
    let isOrdinary = dictionary.labels.map(ClinicExample.commonOccupations.contains)
    let rows = codes.indices.filter { codes[$0] != Cells.missingCode && isOrdinary[Int(codes[$0])] }
    guard !rows.isEmpty else { return table }
    return Table(
      columns: table.columns.map {
        Column(name: $0.name, type: $0.type, cells: $0.cells.picking(rows))
      })
  }
}
