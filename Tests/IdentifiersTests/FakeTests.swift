import Identifiers
import Tables
import Testing

@Suite struct FakeTests {
  private let rows = 500

  private var people: FakePeople {
    var generator = SplitMix64(state: 5)
    return FakePeople(using: &generator)
  }

  private func column(_ name: String, _ type: ColumnType = .identifier) -> ColumnSchema { ColumnSchema(name: name, type: type) }

  private func texts(_ kind: IdentifierKind, _ name: String = "x") -> [String] {
    FakeColumn.make(kind: kind, column: column(name), rows: 0..<rows, people: people).texts
  }

  @Test func theColumnsOfAPersonAgree() {
    let (given, family, full, mails) = (texts(.givenName), texts(.familyName), texts(.personName), texts(.email))
    for row in 0..<rows {
      #expect(full[row] == "\(given[row]) \(family[row])")
      #expect(mails[row].hasPrefix("\(given[row]).\(family[row])\(row + 1)@".lowercased()))
      #expect(FakePerson.domains.contains { mails[row].hasSuffix("@" + $0) })
    }
    #expect(Set(mails).count == rows)
    #expect(Set(given).count > 100 && Set(family).count > 100, "the same people over and over")
  }

  @Test func everyFormIsAsPromised() {
    #expect(texts(.uuid).allSatisfy { ValuePattern.uuid.matches($0) && Array($0)[14] == "4" && "89ab".contains(Array($0)[19]) })
    #expect(Set(texts(.uuid)).count == rows)
    #expect(texts(.phone).allSatisfy { ValuePattern.phone.matches($0) && $0.dropFirst(6).hasPrefix("555-01") && $0.count == 14 })
    #expect(texts(.code).prefix(2) == ["ID00000001", "ID00000002"])
    #expect(texts(.other, "home_address").first == "1 Example Street")
    #expect(texts(.other).first == "fictitious-00000001")
    #expect(FakeColumn.prose(column: column("note", .text), rows: 0..<3).texts == Array(repeating: "[text removed]", count: 3))
  }

  @Test func blocksMakeTheSameColumnAsTheWhole() {
    for kind in IdentifierKind.allCases {
      let whole = texts(kind)
      let blocks = [0..<7, 7..<200, 200..<rows].flatMap { FakeColumn.make(kind: kind, column: column("x"), rows: $0, people: people).texts }
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
        let made = FakeColumn.make(kind: kind, column: column("x", type), rows: 3..<6, people: people)
        #expect(made.type == type && made.count == 3 && made.missingCount == 0)
      }
    }
    guard case .ticks(let ticks) = FakeColumn.make(kind: .code, column: column("x", .integer), rows: 3..<6, people: people).cells else {
      Issue.record("an integer column lost its ticks")
      return
    }
    #expect(ticks == [4, 5, 6])
  }

  @Test func anotherSeedGivesOtherPeople() {
    var generator = SplitMix64(state: 6)
    let other = FakeColumn.make(kind: .personName, column: column("x"), rows: rows, generator: &generator)
    #expect(zip(other.texts, texts(.personName)).count { $0 == $1 } < rows / 10)
  }

  @Test func fakesAreRecognisedAsWhatTheyStandFor() {
    for (kind, name) in [(IdentifierKind.email, "x"), (.uuid, "x"), (.phone, "x"), (.personName, "x"), (.givenName, "first"), (.code, "x")]
    {
      let made = FakeColumn.make(kind: kind, column: column(name), rows: 0..<rows, people: people)
      #expect(RoleAdvisor.advise(column: made).role == .identifier(kind))
    }
  }
}
