import WordLists
import Words

/// The eighteen lines of the Safe Harbor method (45 CFR 164.514(b)(2)(i)(A) to (R)).
package enum SafeHarbor {
  /// The standing of a file under a line.
  package enum Standing: String, Sendable, Codable {
    /// Found and treated.
    case handled
    /// Nothing of the kind was found.
    case absent
    /// A program that reads text cannot decide.
    case needsPerson = "needs a person's eye"
  }

  package struct Line: Sendable {
    package let letter: String
    package let title: String
    package let types: [IdentifierType]
    /// The points a person has to check; nil if nothing is left beyond a sample.
    package let eye: String?

    /// Returns the points a person has to check, including any words the user's own list left in
    /// place.
    package func eye(left: [IdentifierType: Int]) -> String? {
      let count = types.reduce(0) { $0 + (left[$1] ?? 0) }
      guard count > 0 else { return eye }
      let own =
        "What your list of words leaves was found \(count == 1 ? "once" : "\(count) times"): you say that it names nobody."
      return eye.map { $0 + " " + own } ?? own
    }
  }

  package static let lines: [Line] = [
    Line(letter: "A", title: "Names", types: [.person], eye: nil),
    Line(
      letter: "B", title: "Places below a state", types: [.address, .location, .postalCode],
      eye: nil),
    Line(letter: "C", title: "Dates but the year; ages over 89", types: [.date, .age], eye: nil),
    Line(letter: "D", title: "Telephone numbers", types: [.phone], eye: nil),
    Line(letter: "E", title: "Fax numbers", types: [.fax], eye: nil),
    Line(letter: "F", title: "E-mail addresses", types: [.email], eye: nil),
    Line(letter: "G", title: "Social security numbers", types: [.socialSecurityNumber], eye: nil),
    Line(letter: "H", title: "Medical record numbers", types: [.medicalRecordNumber], eye: nil),
    Line(letter: "I", title: "Health plan numbers", types: [.healthPlanNumber], eye: nil),
    Line(
      letter: "J", title: "Account numbers",
      types: [.accountNumber, .bankAccount, .creditCard, .cryptoWallet], eye: nil),
    Line(
      letter: "K", title: "Certificate and licence numbers",
      types: [.licenseNumber, .providerIdentifier, .prescriberNumber], eye: nil),
    Line(
      letter: "L", title: "Vehicle identifiers and plates", types: [.vehicleIdentifier], eye: nil),
    Line(
      letter: "M", title: "Device identifiers", types: [.deviceIdentifier, .macAddress], eye: nil),
    Line(letter: "N", title: "Web addresses", types: [.url], eye: nil),
    Line(letter: "O", title: "Internet addresses", types: [.ipAddress], eye: nil),
    Line(
      letter: "P", title: "Biometric identifiers", types: [.biometricIdentifier],
      eye:
        "Numbers of biometric records in the text are treated. Prints, scans and recordings outside of it are not seen."
    ),
    Line(
      letter: "Q", title: "Full-face photographs", types: [],
      eye: "No picture is looked at. Check attachments and links."),
    Line(
      letter: "R", title: "Any other unique number or code",
      types: [.nationalIdentifier, .passport, .organization, .other],
      eye:
        "Numbers behind a label and employers are treated. Whether something else singles out a person, such as a rare "
        + "office or a public event, only a reader can tell."),
  ]

  /// Returns the rule's mode for each type it covers, and the usual mode for the others.
  package static func plan(usual: RedactionMode) -> RedactionPlan {
    RedactionPlan(usual, [.date: .year, .postalCode: .zip3, .age: .cap])
  }

  /// Whether a mode complies with the rule.
  package static func allows(_ mode: RedactionMode) -> Bool {
    switch mode {
    // A replacement must not be derived from the identifier (164.514(c)), and shifted dates keep
    // day and month.
    case .keep, .shift, .fake, .pseudonym: false
    default: true
    }
  }

  /// Returns the standing of the file under a line, given the findings and those left in place by
  /// the user's list.
  package static func standing(
    _ line: Line, counts: [IdentifierType: Int], left: [IdentifierType: Int] = [:]
  ) -> (standing: Standing, found: Int) {
    let found = line.types.reduce(0) { $0 + (counts[$1] ?? 0) }
    if line.eye(left: left) != nil { return (.needsPerson, found) }
    return (found > 0 ? .handled : .absent, found)
  }
}

/// The three-digit postal code areas of the United States with 20,000 people or fewer, which are
/// written 000 (45 CFR 164.514(b)(2)(i)(B)).
package struct ThreeDigitZips: Sendable, Equatable {
  private let small: Set<String>

  /// The list in the Office for Civil Rights' guidance of 2012, from the census of 2000
  /// (`zip3-small-areas.txt`).
  package static let census2000: ThreeDigitZips = {
    let list = understudy_zip3_small_areas()
    let text = String(
      decoding: UnsafeBufferPointer(start: list.bytes, count: list.count), as: UTF8.self)
    guard let table = try? ThreeDigitZips(text, path: "zip3-small-areas.txt") else {
      preconditionFailure("the built-in list is malformed")
    }
    return table
  }()

  /// Reads an owner's list: three digits per line, with `#` before remarks.
  /// - Throws: ``ProseError/document(file:line:problem:)`` if a line has another form or the list
  ///   is empty.
  package init(_ text: String, path: String) throws {
    var small: Set<String> = []
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      let entry = line.prefix { $0 != "#" }.trimmingPrefix { $0.isWhitespace }.prefix {
        !$0.isWhitespace
      }
      guard !entry.isEmpty else { continue }
      guard entry.utf8.count == 3, entry.utf8.allSatisfy({ (48...57).contains($0) }) else {
        throw ProseError.document(
          file: path, line: index + 1,
          problem: "this is no area. Each line holds the three digits of one, such as 036.")
      }
      small.insert(String(entry))
    }
    guard !small.isEmpty else {
      throw ProseError.document(
        file: path, line: nil,
        problem:
          "there is no area in this list. Each line holds the three digits of one, such as 036.")
    }
    self.small = small
  }

  /// Returns the first three digits, or 000; nil if the code is not a postal code of the United
  /// States.
  func prefix(of code: [UInt8]) -> String? {
    let digits = code.filter { (48...57).contains($0) }
    guard digits.count == 5 || digits.count == 9,
      code.allSatisfy({ (48...57).contains($0) || " -".utf8.contains($0) })
    else { return nil }
    let prefix = String(decoding: digits.prefix(3), as: UTF8.self)
    return small.contains(prefix) ? "000" : prefix
  }
}
