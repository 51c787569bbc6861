import Basics
import LinkedTables
import Tables

/// A simulated hospital in several tables: patients, their admissions, and of each admission the
/// diagnoses, laboratory values and prescriptions.
///
/// Every person in it is invented. Its causes, which a release must keep, are described in
/// `docs/example-hospital.md`.
package enum LinkedHospitalExample {
  /// The seed of `understudy example hospital` if the user names none.
  package static let defaultSeed = HospitalExample.defaultSeed

  /// Makes the tables, in the order of ``schema``: the same number and seed give the same tables
  /// everywhere. More patients begin with the fewer of the same seed.
  /// - Parameter patients: 0 or more, below a million.
  package static func make(patients: Int, seed: UInt64 = defaultSeed) -> [Table] {
    precondition((0..<1_000_000).contains(patients), "patients must be 0 to 999,999")
    var numbers = SplitMix64(seed: ~seed)
    let first = seed == defaultSeed ? 0 : Int(numbers.next() % 1_000_000_000)
    var rows = LinkedHospitalRows(firstNumber: first)
    for number in 0..<patients {
      // Each patient has a generator, so that no life depends on another's.
      var random = SplitMix64(seed: SplitBits(seed: seed, number: number)[0])
      rows.append(LinkedHospitalPatient(number: number, &random))
    }
    return rows.tables
  }

  /// The first day on which patients are admitted, 2015-01-01, and the length in days of the time
  /// within which they first are.
  static let (firstDay, entryDays) = (16_436, 1_826)
  static let minutesPerDay = 1_440
}

extension LinkedHospitalExample {
  /// The hospital's knowledge of such tables without looking at them: the schema that goes beside
  /// the folder.
  package static let schema: LinkedSchema = {
    let table = { (name: String, columns: [ColumnSchema]) in Schema(name: name, columns: columns) }
    var patients = table(
      "patients",
      [
        number("patient_id", .identifier), date("born", -25_000...firstDay, .quasiIdentifier),
        labels("sex", ["F", "M"], .quasiIdentifier),
        labels("district", LinkedHospitalPatient.districts, .quasiIdentifier),
        labels("smoker", ["no", "yes"], .sensitive),
        date("died", firstDay...firstDay + 20_000, .sensitive, isNullable: true),
      ])
    patients.rules = [.ordered(earlier: "born", later: "died")]
    var admissions = table(
      "admissions",
      [
        number("admission_id", .integer), number("patient_id", .identifier),
        time("admitted"), time("discharged"),
        labels("type", LinkedHospitalStay.types), labels("ward", LinkedHospitalStay.wards),
        labels("outcome", LinkedHospitalStay.outcomes, .sensitive),
      ])
    admissions.rules = [.ordered(earlier: "admitted", later: "discharged")]
    let diagnoses = table(
      "diagnoses",
      [
        number("admission_id", .integer), whole("number", 1...40),
        labels("code", LinkedHospitalCode.all.map(\.code), .sensitive),
      ])
    var labs = table(
      "labs",
      [
        number("admission_id", .integer), time("taken"),
        labels("test", LinkedHospitalStay.tests.map(\.name)),
        ColumnSchema(
          name: "value", type: .decimal(fractionDigits: 1), role: .sensitive,
          bounds: .declared(0...20_000)),
        labels("unit", ["µmol/l", "mg/l", "mmol/l", "g/dl", "ng/l"]),
      ])
    labs.rules = [.determines(determinant: "test", dependent: "unit")]
    var prescriptions = table(
      "prescriptions",
      [
        number("admission_id", .integer), date("start", days, .ordinary),
        date("stop", days, .ordinary),
        labels("drug", LinkedHospitalStay.drugs.map(\.name), .sensitive),
        whole("dose_mg", 0...2_000),
      ])
    prescriptions.rules = [.ordered(earlier: "start", later: "stop")]
    let codes = table(
      "codes",
      [
        labels("code", LinkedHospitalCode.all.map(\.code)),
        labels("title", LinkedHospitalCode.all.map(\.title)),
      ])
    return linked([patients, admissions, diagnoses, labs, prescriptions, codes])
  }()

  private static func linked(_ tables: [Schema]) -> LinkedSchema {
    let stay = ParentLink(["admission_id"], to: "admissions")
    let place = { (text: String) in
      let parts = text.split(separator: ".").map(String.init)
      return ColumnPlace(parts[0], parts[1])
    }
    let order = { (one: String, other: String) in
      LinkRule.ordered(earlier: place(one), later: place(other))
    }
    return LinkedSchema(
      name: "hospital",
      tables: [
        LinkedTable(schema: tables[0], file: "patients.csv", key: ["patient_id"]),
        LinkedTable(
          schema: tables[1], file: "admissions.csv", key: ["admission_id"],
          parents: [ParentLink(["patient_id"], to: "patients")], time: "admitted",
          end: "discharged"),
        LinkedTable(
          schema: tables[2], file: "diagnoses.csv", key: ["admission_id", "code"],
          parents: [stay, ParentLink(["code"], to: "codes")]),
        LinkedTable(schema: tables[3], file: "labs.csv", parents: [stay], time: "taken"),
        LinkedTable(
          schema: tables[4], file: "prescriptions.csv", parents: [stay], time: "start", end: "stop"),
        LinkedTable(schema: tables[5], file: "codes.csv", key: ["code"], isPublic: true),
      ],
      person: "patients",
      rules: [
        order("patients.born", "admissions.admitted"),
        order("admissions.discharged", "patients.died"),
        .beforeNext(end: place("admissions.discharged"), start: place("admissions.admitted")),
        order("admissions.admitted", "labs.taken"), order("labs.taken", "admissions.discharged"),
        order("admissions.admitted", "prescriptions.start"),
        order("prescriptions.stop", "admissions.discharged"),
        .atMostOne(
          table: "admissions", ancestor: "patients",
          conditions: [LinkRule.Condition(place("admissions.outcome"), ["died"])]),
      ])
  }

  private static let days = Int64(firstDay)...Int64(firstDay + 20_000)

  private static func number(_ name: String, _ type: ColumnType) -> ColumnSchema {
    ColumnSchema(name: name, type: type, role: .identifier(.code))
  }

  private static func whole(_ name: String, _ range: ClosedRange<Int64>) -> ColumnSchema {
    ColumnSchema(name: name, type: .integer, bounds: .declared(range))
  }

  private static func labels(_ name: String, _ labels: [String], _ role: ColumnRole = .ordinary)
    -> ColumnSchema
  {
    ColumnSchema(name: name, type: .category, role: role, categories: .declared(labels))
  }

  private static func date(
    _ name: String, _ range: ClosedRange<Int>, _ role: ColumnRole, isNullable: Bool = false
  ) -> ColumnSchema {
    date(
      name, Int64(range.lowerBound)...Int64(range.upperBound), role, isNullable: isNullable)
  }

  private static func date(
    _ name: String, _ range: ClosedRange<Int64>, _ role: ColumnRole, isNullable: Bool = false
  ) -> ColumnSchema {
    ColumnSchema(
      name: name, type: .date(.iso), role: role, isNullable: isNullable, bounds: .declared(range))
  }

  private static func time(_ name: String) -> ColumnSchema {
    ColumnSchema(
      name: name, type: .timestamp(LinkedHospitalRows.minutes),
      bounds: .declared(
        days.lowerBound * Int64(minutesPerDay)...days.upperBound * Int64(minutesPerDay)))
  }
}
