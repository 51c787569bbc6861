import Basics
import ColumnRoles
import Tables
import Testing

/// Invented tables with German, French and Spanish headers: the meaning of each column, and the
/// look of its cells.
@Suite struct ForeignTableTests {
  private static let rows = 300

  /// The cells that a word in the listings below stands for.
  private static func cells(_ kind: String, seed: UInt64) -> [String] {
    var generator = SplitMix64(seed: seed)
    func below(_ count: Int) -> Int { Int(generator.next() % UInt64(count)) }
    func digits(_ count: Int) -> String { (0..<count).map { _ in String(below(10)) }.joined() }
    func pick(_ words: String) -> String {
      words.split(separator: "/").map(String.init)[below(words.split(separator: "/").count)]
    }
    return (0..<rows).map { row in
      switch kind {
      case "number": String(700_000 + row * 7)
      case "shared": String(700_000 + row / 3 * 7)
      case "small": String(below(9))
      case "amount": String(below(90_000))
      case "measure": "\(below(20)).\(below(10))"
      case "date": "20\(10 + below(10))-0\(1 + below(9))-1\(below(10))"
      case "plz": digits(5)
      case "phone": "0\(30 + below(900))/\(digits(7))"
      case "street": "\(pick("Haupt/Garten/Linden"))straße \(below(200))"
      case "rue": "\(below(99)) rue \(pick("Pasteur/Victor Hugo/des Lilas"))"
      case "family":
        pick("Müller/Schmidt/Weber/Becker/Dupont/Moreau/García/López/Pérez/Durand/Keller/Richter")
      case "given": pick("Anna/Petra/Klaus/Marie/Pierre/Carmen/José/Pilar/Camille/Luc/Stefan/Uwe")
      case "mail": "x\(row)@mail.example"
      case "icd": pick("I21.4/E11.9/J18.9/N39.0/C50.9/K35.8")
      case "dni": dni(10_000_000 + below(80_000_000))
      case "prose": "Patient klagt seit \(row) Tagen über starke Schmerzen im linken Knie"
      default: pick(kind)
      }
    }
  }

  private static func dni(_ number: Int) -> String {
    let letters = Array("TRWAGMYFPDXBNJZSQVHLCKE")
    return String(number) + String(letters[number % 23])
  }

  /// One line per column: header, label, cells.
  private static let tables: [(name: String, columns: String)] = [
    (
      "de",
      """
      Fallnummer D number
      PatientenID D shared
      Nachname D family
      Vorname D given
      Geburtsdatum Q date
      Geschlecht Q m/w/d
      PLZ Q plz
      Wohnort Q Berlin/Hamburg/Köln/Leipzig
      Straße D street
      Telefonnummer D phone
      Krankenkasse Q AOK/TK/Barmer
      Versichertennummer D number
      Aufnahmedatum Q date
      Aufnahmegrund S Notfall/Einweisung
      Hauptdiagnose S icd
      Station S 2A/3B/CHIR
      Verweildauer S small
      Kreatinin S measure
      Familienstand Q ledig/verheiratet/geschieden
      Beruf Q Koch/Lehrer/Bäcker
      Bemerkungen P prose
      Einheit O mg/mmol
      """
    ),
    (
      "fr",
      """
      num_client D number
      nom D family
      prenom D given
      date_naissance Q date
      sexe Q H/F
      adresse D rue
      code_postal Q plz
      ville Q Lyon/Paris/Nantes
      telephone D phone
      courriel D mail
      situation_familiale Q célibataire/marié(e)/veuf(ve)
      nombre_enfants Q small
      profession Q cadre/ouvrier/retraité
      revenu_annuel S amount
      solde S measure
      montant_credit S amount
      nationalite Q française/belge
      statut_logement Q locataire/propriétaire
      """
    ),
    (
      "es",
      """
      id_encuestado D number
      nombre D given
      apellidos D family
      dni D dni
      correo D mail
      edad Q small
      sexo Q hombre/mujer
      estado_civil Q soltero/casado/viudo
      provincia Q Madrid/Sevilla/Murcia
      nivel_estudios Q primaria/secundaria
      ocupacion Q empleado/parado/jubilado
      ingresos_mensuales S amount
      religion Q católica/ninguna
      partido_votado S A/B/C
      fecha_entrevista Q date
      fumador S sí/no
      peso S amount
      ponderacion O measure
      """
    ),
  ]

  @Test(arguments: tables.map(\.name)) func rolesAreSeenInOtherLanguages(name: String) throws {
    let listing = try #require(Self.tables.first { $0.name == name }).columns
    let lines = listing.split(separator: "\n").map {
      $0.split(separator: " ", maxSplits: 2).map(String.init)
    }
    let columns = lines.enumerated().map { place, line -> Column in
      let cells = Self.cells(line[2], seed: UInt64(place))
      let isDate = line[2] == "date"
      if let numbers = isDate ? nil : whole(cells) {
        return Column(integers: numbers, named: line[0])
      }
      return Column(labels: cells, named: line[0])
    }
    let advice = RoleAdvisor.advise(table: Table(columns: columns))
    for (line, advice) in zip(lines, advice) {
      #expect(
        String(advice.role.letter) == line[1], "\(line[0]): \(advice.role) because \(advice.reason)"
      )
    }
  }

  private func whole(_ cells: [String]) -> [Int64]? {
    let numbers = cells.compactMap { Int64($0) }
    return numbers.count == cells.count ? numbers : nil
  }
}
