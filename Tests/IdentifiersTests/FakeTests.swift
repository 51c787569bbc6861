import Basics
import ColumnRoles
import Pseudonyms
import Tables
import Testing
import Words

@Suite struct FakeTests {
  private let rows = 500

  private var people: FakePeople {
    var generator = SplitMix64(seed: 5)
    return FakePeople(using: &generator)
  }

  private func column(_ name: String, _ type: ColumnType = .identifier) -> ColumnSchema {
    ColumnSchema(name: name, type: type)
  }

  private func texts(_ kind: IdentifierKind, _ name: String = "x") -> [String] {
    FakeColumn.make(kind: kind, column: column(name), rows: 0..<rows, people: people).texts
  }

  @Test func theColumnsOfAPersonAgree() {
    let (given, family, full, mails) = (
      texts(.givenName), texts(.familyName), texts(.personName), texts(.email)
    )
    for row in 0..<rows {
      #expect(full[row] == "\(given[row]) \(family[row])")
      #expect(mails[row].hasPrefix("\(given[row]).\(family[row])\(row + 1)@".lowercased()))
      #expect(FakePerson.domains.contains { mails[row].hasSuffix("@" + $0) })
    }
    #expect(Set(mails).count == rows)
    #expect(Set(given).count > 100 && Set(family).count > 100, "the same people over and over")
  }

  @Test func everyFormIsAsPromised() {
    #expect(
      texts(.uuid).allSatisfy {
        ValuePattern.uuid.matches($0) && Array($0)[14] == "4" && "89ab".contains(Array($0)[19])
      })
    #expect(Set(texts(.uuid)).count == rows)
    #expect(
      texts(.phone).allSatisfy {
        ValuePattern.phone.matches($0) && $0.dropFirst(6).hasPrefix("555-01") && $0.count == 14
      })
    #expect(texts(.code).prefix(2) == ["ID00000001", "ID00000002"])
    #expect(texts(.other, "home_address").first == "1 Example Street")
    #expect(texts(.other).first == "fictitious-00000001")
    #expect(
      FakeColumn.prose(column: column("note", .text), rows: 0..<3).texts
        == Array(repeating: "[text removed]", count: 3))
  }

  @Test func blocksMakeTheSameColumnAsTheWhole() {
    for kind in IdentifierKind.allCases {
      let whole = texts(kind)
      let blocks = [0..<7, 7..<200, 200..<rows].flatMap {
        FakeColumn.make(kind: kind, column: column("x"), rows: $0, people: people).texts
      }
      #expect(blocks == whole)
    }
  }

  @Test func fakesStandUnderTheHeaderOfTheOriginal() {
    var described = column("column 3", .decimal(fractionDigits: 2))
    described.header = ""
    described.minimumFractionDigits = 2
    let made = FakeColumn.make(kind: .code, column: described, rows: 0..<3, people: people)
    #expect(made.name == "column 3" && made.header.isEmpty && made.minimumFractionDigits == 2)
  }

  @Test func orderedColumnsStayOfTheirType() {
    for type in [ColumnType.integer, .decimal(fractionDigits: 2), .date(.iso), .timestamp(.iso)] {
      for kind in IdentifierKind.allCases {
        let made = FakeColumn.make(
          kind: kind, column: column("x", type), rows: 3..<6, people: people)
        #expect(made.type == type && made.count == 3 && made.missingCount == 0)
      }
    }
    guard
      case .ticks(let ticks) = FakeColumn.make(
        kind: .code, column: column("x", .integer), rows: 3..<6, people: people
      ).cells
    else {
      Issue.record("an integer column lost its ticks")
      return
    }
    #expect(ticks == [4, 5, 6])
  }

  @Test func anotherSeedGivesOtherPeople() {
    var generator = SplitMix64(seed: 6)
    let other = FakeColumn.make(
      kind: .personName, column: column("x"), rows: rows, generator: &generator)
    #expect(zip(other.texts, texts(.personName)).count { $0 == $1 } < rows / 10)
  }

  @Test func fakesAreRecognisedAsWhatTheyStandFor() {
    for (kind, name) in [
      (IdentifierKind.email, "x"), (.uuid, "x"), (.phone, "x"), (.personName, "x"),
      (.givenName, "first"), (.code, "x"),
    ] {
      let made = FakeColumn.make(kind: kind, column: column(name), rows: 0..<rows, people: people)
      #expect(RoleAdvisor.advise(column: made).role == .identifier(kind))
    }
  }
}

/// Forms of fake values.
@Suite struct FakePatternTests {
  private var people: FakePeople {
    var generator = SplitMix64(seed: 5)
    return FakePeople(using: &generator)
  }

  private func texts(
    _ kind: IdentifierKind, rows: Int = 300, _ change: (inout ColumnSchema) -> Void
  ) -> [String] {
    var column = ColumnSchema(name: "x", type: .identifier, role: .identifier(kind))
    change(&column)
    return FakeColumn.make(kind: kind, column: column, rows: 0..<rows, people: people).texts
  }

  @Test func codesHaveTheirFormAndDiffer() {
    for pattern in ["P999999999", "AA-9999-aa", "\\A\\9xxxxxx", "999"] {
      let made = texts(.code) { $0.pattern = FakePattern(pattern) }
      #expect(Set(made).count == 300, "\(pattern): a code stands twice")
    }
    #expect(
      texts(.code) { $0.pattern = FakePattern("\\A\\9x") }.allSatisfy {
        $0.hasPrefix("A9") && $0.utf8.count == 3
      })
    // There are more rows than codes: codes repeat, and none is missing.
    #expect(Set(texts(.code) { $0.pattern = FakePattern("99") }).count == 100)
  }

  @Test func namesHaveTheirOrderLettersAndCountry() {
    let plain = texts(.personName) { $0.locale = .german }
    let turned = texts(.personName) {
      $0.locale = .german
      $0.pattern = FakePattern("FAMILY, Given")
    }
    for (plain, turned) in zip(plain, turned) {
      let words = plain.split(separator: " ").map(String.init)
      #expect(turned == "\(words[1].uppercased()), \(words[0])")
    }
    #expect(plain != texts(.personName) { $0.locale = .french })
    let mails = texts(.email) { $0.pattern = FakePattern("given.family@example.org") }
    #expect(mails.allSatisfy { $0.utf8.allSatisfy { $0 < 0x80 } && $0.hasSuffix("@example.org") })
  }

  @Test func reservedNumbersAreUsed() {
    #expect(
      texts(.socialSecurityNumber) { _ in }.allSatisfy {
        $0.hasPrefix("666-") && ValuePattern.socialSecurityNumber.matches($0)
      })
    #expect(
      texts(.creditCard) { _ in }.allSatisfy { $0.hasPrefix("9") && Checksum.luhn.isValid($0.utf8) }
    )
    #expect(
      texts(.iban) { $0.pattern = FakePattern("FR99 9999 9999 9999 9999 9999 999") }.allSatisfy {
        Checksum.iban.isValid($0.utf8)
      })
    #expect(texts(.ipAddress) { _ in }.allSatisfy(ValuePattern.ipAddress.matches))
    #expect(texts(.macAddress) { _ in }.allSatisfy { $0.hasPrefix("00:00:5E:00:53:") })
  }

  @Test func sexesDecideGivenNames() {
    let column = ColumnSchema(name: "x", type: .identifier, role: .identifier(.givenName))
    let rows = 0..<2000
    let made = FakeColumn.make(
      kind: .givenName, column: column, rows: rows, people: people,
      areFemale: rows.map { $0 % 2 == 0 }
    ).texts
    let (women, men) = (
      Set(stride(from: 0, to: 2000, by: 2).map { made[$0] }),
      Set(stride(from: 1, to: 2000, by: 2).map { made[$0] })
    )
    // Names such as Lee and Robin are on both lists.
    #expect(women.count > 100 && men.count > 100 && women.intersection(men).count < 10)
  }
}
