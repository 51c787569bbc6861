import Accounting
import DelimitedText
import Examples
import Foundation
import Manifests
import MarginalSynthesis
import Releases
import Synthesis
import Tables
import Testing

/// Associations that a release of the example hospital keeps, and names that it must not keep. The
/// run is seeded, so a test that passes keeps passing.
@Suite struct HospitalReleaseTests {
  /// Made once: a release by AIM at epsilon 6 under the schema of the example.
  private static let shared: Result<HospitalRelease, any Error> = Result { try HospitalRelease() }

  private let release: HospitalRelease
  private var synthetic: Table { release.synthetic }
  private var original: Table { release.original }

  init() throws { release = try HospitalReleaseTests.shared.get() }

  @Test func theFormOfTheFileIsKept() throws {
    #expect(synthetic.columns.map(\.name) == original.columns.map(\.name))
    #expect(synthetic.columns.map(\.type) == original.columns.map(\.type))
    let header = try release.shop.text("release/synthetic.csv").prefix { $0 != "\n" }
    #expect(header == (try release.shop.text("patients.csv").prefix { $0 != "\n" }))
    // Each person contributes a bounded number of rows, so the release has fewer rows than the
    // original.
    let bound = HospitalExample.schema(rows: 1).unit.maximumRows
    let kept = Dictionary(grouping: original.texts("patient_id")) { $0 }.values.reduce(0) {
      $0 + min($1.count, bound)
    }
    #expect(abs(synthetic.rowCount - kept) < 600)
  }

  @Test func constraintsHoldInEveryRow() throws {
    for (admitted, discharged) in zip(synthetic.ticks("admitted"), synthetic.ticks("discharged")) {
      #expect(try #require(admitted) <= #require(discharged))
    }
    let pairs = Set(
      zip(original.texts("icd10_code"), original.texts("icd10_description")).map {
        "\($0 ?? "")|\($1 ?? "")"
      })
    let made = Set(
      zip(synthetic.texts("icd10_code"), synthetic.texts("icd10_description")).map {
        "\($0 ?? "")|\($1 ?? "")"
      })
    #expect(made.count > 10)
    // Codes too rare to be named become the group that they belong to, with its title.
    let groups = Set(CodeHierarchy.icd10.levels.joined().map { "\($0.code)|\($0.title ?? "")" })
    #expect(!made.isDisjoint(with: groups))
    #expect(made.subtracting(pairs).subtracting(groups).isSubset(of: ["other|other"]))
    let areas = Set(
      zip(original.texts("postcode_area"), original.texts("region")).map {
        "\($0 ?? "")|\($1 ?? "")"
      })
    // The map is declared, so no pair is ever missing or other.
    #expect(
      Set(
        zip(synthetic.texts("postcode_area"), synthetic.texts("region")).map {
          "\($0 ?? "")|\($1 ?? "")"
        }
      ).isSubset(of: areas))
  }

  @Test func boundsAndMissingCellsAreKept() throws {
    for column in release.schema.columns {
      if case .declared(let bounds) = column.bounds {
        #expect(
          synthetic.ticks(column.name).allSatisfy { $0.map(bounds.contains) ?? true },
          "\(column.name)")
      }
      if case .declared(let labels) = column.categories {
        #expect(
          Set(synthetic.texts(column.name).compactMap { $0 }).isSubset(of: labels), "\(column.name)"
        )
      }
      if !column.isNullable {
        #expect(!synthetic.texts(column.name).contains(nil), "\(column.name)")
      }
    }
  }

  private func share(_ table: Table, _ column: String, _ test: (String?) -> Bool) -> Double {
    let texts = table.texts(column)
    return Double(texts.count(where: test)) / Double(max(texts.count, 1))
  }

  @Test func heapsAndZerosAreKept() {
    for (column, tolerance) in [("copayment", 0.03), ("age", 0.08)] {
      let test: (String?) -> Bool =
        column == "age"
        ? { $0?.hasSuffix("0") == true || $0?.hasSuffix("5") == true }
        : { $0.map { Double($0) == 0 } ?? false }
      let (real, made) = (share(original, column, test), share(synthetic, column, test))
      #expect(abs(real - made) < tolerance, "\(column): \(real) became \(made)")
      #expect(real > 0.1)
    }
  }

  /// The share of missing CRP in each ward with 500 rows or more stays within 0.1 of the original,
  /// and the extremes keep their order.
  @Test func missingnessStillDependsOnTheWard() throws {
    func missing(_ table: Table) -> [String: (rows: Int, share: Double)] {
      Dictionary(grouping: zip(table.texts("ward"), table.texts("crp_mg_per_l"))) { $0.0 ?? "" }
        .mapValues { rows in
          (rows.count, Double(rows.count { $0.1 == nil }) / Double(rows.count))
        }
    }
    let (real, made) = (missing(original), missing(synthetic))
    let large = real.filter { $0.value.rows >= 500 }
    let most = try #require(large.max { $0.value.share < $1.value.share })
    let least = try #require(large.min { $0.value.share < $1.value.share })
    #expect(most.value.share - least.value.share > 0.2, "the example does not show it")
    for (ward, figures) in [most, least] {
      let share = try #require(made[ward]).share
      #expect(abs(share - figures.share) < 0.1, "\(ward): \(figures.share) became \(share)")
    }
  }

  /// Longer stays are followed by readmission more often, or less often, as in the original.
  @Test func theTargetsAssociationKeepsItsDirection() throws {
    func difference(_ table: Table) -> Double {
      let stays = zip(table.ticks("admitted"), table.ticks("discharged")).map {
        Double(($1 ?? 0) - ($0 ?? 0)) / 1440
      }
      let rows = zip(stays, table.texts("readmitted_30d"))
      func rate(_ test: (Double) -> Bool) -> Double {
        let chosen = rows.filter { test($0.0) }
        return Double(chosen.count { $0.1 == "yes" }) / Double(max(chosen.count, 1))
      }
      return rate { $0 > 6 } - rate { $0 < 2 }
    }
    let (real, made) = (difference(original), difference(synthetic))
    #expect(abs(real) > 0.03, "the example does not show it: \(real)")
    #expect(real * made > 0 && abs(made) > abs(real) / 3, "\(real) became \(made)")
  }

  @Test func nobodyIsNamed() throws {
    for column in ["email", "record_number", "patient_id"] {
      #expect(Set(original.texts(column)).isDisjoint(with: synthetic.texts(column)), "\(column)")
    }
    let people = Set(
      zip(original.texts("first_name"), original.texts("last_name")).map {
        "\($0 ?? "") \($1 ?? "")"
      })
    let made = zip(synthetic.texts("first_name"), synthetic.texts("last_name")).map {
      "\($0 ?? "") \($1 ?? "")"
    }
    // Names are drawn from public lists, so a pair may occur by chance, but only rarely.
    #expect(Double(made.count(where: people.contains)) < 0.2 * Double(made.count))
    #expect(Set(synthetic.texts("notes")) == ["[text removed]"])
  }

  @Test func theManifestAddsUp() throws {
    let manifest = try release.shop.manifest()
    var filter = PrivacyFilter(limit: try #require(manifest.guarantee.loss).reserved)
    for event in manifest.events {
      guard let price = filter.charge(event.event) else {
        Issue.record("\(event.question) does not fit into what was reserved")
        break
      }
      #expect(price.rho.value == event.rho && price.delta.value == event.delta)
    }
    #expect(abs(filter.spent.rho.value - manifest.guarantee.rho) <= 1e-9 * manifest.guarantee.rho)
    #expect(filter.spent.rho.value > 0.97 * filter.limit.rho.value, "budget was left over")
    #expect(ReleaseVerification.checkEvents(manifest).outcome != .failed)
    #expect(manifest.spending.byPurpose.values.reduce(0, +) <= manifest.guarantee.rho * (1 + 1e-9))
    #expect(
      !manifest.guarantee.isPrivate && manifest.hazards.contains(.seededRun),
      "a seeded run is not private, and says so")
    #expect(!manifest.hazards.contains(.inferredSchema))
    #expect(
      try release.shop.text("release/report.html").localizedCaseInsensitiveContains("not private"))
    #expect(try release.shop.text("release/model.json").contains("\"isPrivate\" : false"))
  }
}

/// A release of the example, shared by all tests of the suite.
private struct HospitalRelease: Sendable {
  let shop: Workshop
  let schema: Schema
  let original: Table
  let synthetic: Table

  init() throws {
    shop = try Workshop()
    schema = HospitalExample.schema(rows: 20_000)
    original = HospitalExample.make(rows: 20_000)
    try CSVWriter.write(original, to: shop.file("patients.csv"), format: schema.format)
    try shop.write(schema, as: "patients.yaml")
    var request = try shop.request(
      "patients.csv", schema: "patients.yaml", epsilon: 6, engine: .aim)
    request.seed = 17
    request.now = { Date(timeIntervalSince1970: 1_800_000_000) }
    _ = try Synthesis.run(request)
    synthetic = try shop.synthetic(under: schema)
  }
}
