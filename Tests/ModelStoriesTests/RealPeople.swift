import DelimitedText
import Examples
import Foundation
import TestConditions

/// The patients of the International Warfarin Pharmacogenetics Consortium whose dose, age and
/// genotypes are known.
enum Consortium {
  private static let path = "iwpc-warfarin/warfarin.csv"
  static var isPresent: Bool { SharedFolder.has(path) }

  static func patients() throws -> [DosingPatient] {
    let reader = try CellReader(SharedFolder.data(path))
    let places = Dictionary(
      reader.names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    var patients: [DosingPatient] = []
    try reader.forEachRow { _, row in
      func text(_ name: String) -> String {
        guard let place = places[name] else { return "" }
        return String(decoding: row[place], as: UTF8.self).trimmingCharacters(in: .whitespaces)
      }
      if let patient = patient(text) { patients.append(patient) }
    }
    return patients
  }

  private static func patient(_ text: (String) -> String) -> DosingPatient? {
    guard let dose = Double(text("Therapeutic Dose of Warfarin")),
      let age = Int(text("Age").prefix { $0.isNumber }),
      let race = DosingExample.races.firstIndex(of: text("Race")),
      let vkorc1 = DosingExample.vkorc1.firstIndex(of: text("VKORC1 -1639 consensus")),
      let cyp2c9 = DosingExample.cyp2c9.firstIndex(of: text("CYP2C9 consensus"))
    else { return nil }
    func isTaken(_ names: String...) -> Bool { names.contains { text($0) == "1" } }
    func whole(_ name: String) -> Int? { Double(text(name)).map { Int($0.rounded()) } }
    return DosingPatient(
      age: age / 10, height: whole("Height (cm)"), weight: whole("Weight (kg)"), race: race,
      vkorc1: vkorc1, cyp2c9: cyp2c9,
      hasInducer: isTaken(
        "Carbamazepine (Tegretol)", "Phenytoin (Dilantin)", "Rifampin or Rifampicin"),
      hasAmiodarone: isTaken("Amiodarone (Cordarone)"), dose: dose)
  }
}

/// The Olivetti faces at 32 by 32 pixels and 32 shades. Nothing of them is shown.
enum Olivetti {
  private static let path = "olivetti/faces_400x64x64_u8.npy"
  static var isPresent: Bool { SharedFolder.has(path) }
  /// Pictures of each person.
  private static let each = 10

  static func faces() throws -> (pictures: [[UInt8]], people: [Int]) {
    let bytes = try Data(contentsOf: SharedFolder.data(path))
    // NumPy's format: 8 bytes, the length of the header in 2, the header, the numbers.
    let start = 10 + Int(bytes[8]) + Int(bytes[9]) << 8
    let pictures = (0..<400).map { picture in
      (0..<32 * 32).map { pixel in
        let (x, y) = (pixel % 32 * 2, pixel / 32 * 2)
        let sum = [(0, 0), (1, 0), (0, 1), (1, 1)].reduce(0) { sum, step in
          sum + Int(bytes[start + picture * 4_096 + (y + step.1) * 64 + x + step.0])
        }
        return UInt8(sum / 32)
      }
    }
    return (pictures, pictures.indices.map { $0 / Self.each })
  }
}
