/// The facts that a catalogue for programs asks for beyond title and columns (HealthDCAT-AP 8, data
/// sets that are not public).
package struct Listing: Sendable, Codable, Equatable {
  /// The organisation that answers for the data set.
  package var publisher: String
  /// An e-mail address, or a web address that begins with https.
  package var contact: String
  /// The health data access body.
  package var accessBody: String
  package var accessBodyContact: String
  /// The category of Article 51 of the EHDS regulation, such as `EHRS`.
  package var category: String
  /// Where the data come from, in a sentence.
  package var provenance: String
  /// The first and the last day that the data are about, such as `2019-01-01`; nil if their owner
  /// says nothing of it.
  package var begins: String?
  package var ends: String?

  package init(
    publisher: String, contact: String, accessBody: String, accessBodyContact: String,
    category: String, provenance: String
  ) {
    (self.publisher, self.contact, self.accessBody) = (publisher, contact, accessBody)
    (self.accessBodyContact, self.category) = (accessBodyContact, category)
    self.provenance = provenance
  }

  /// The categories of Article 51 and their words, in the order of the regulation.
  package static let categories: [(code: String, title: String)] = [
    ("EHRS", "electronic health records"),
    ("DIOH", "factors that influence health"), ("HRAD", "administration of care, and claims"),
    ("RPDG", "pathogens"), ("HGPD", "genetic and genomic data"),
    ("EMRD", "medical devices"), ("PHDR", "population health registries"),
    ("MRMR", "medical and mortality registries"), ("EHCT", "clinical trials"),
    ("RMMD", "registries of medicines and devices"),
    ("RQSH", "research cohorts, questionnaires and surveys"), ("EINS", "biobanks"),
  ]

  /// The name of the first field that cannot stand in a catalogue; nil if all can.
  package var fault: String? {
    let words = [
      ("publisher", publisher), ("accessBody", accessBody), ("provenance", provenance),
    ]
    if let empty = words.first(where: { $0.1.allSatisfy(\.isWhitespace) || $0.1.count > 1000 }) {
      return empty.0
    }
    if !Self.isContact(contact) { return "contact" }
    if !Self.isContact(accessBodyContact) { return "accessBodyContact" }
    if !Self.isDay(begins) { return "begins" }
    if !Self.isDay(ends) || (begins ?? "") > (ends ?? "9999") { return "ends" }
    return Self.categories.contains { $0.code == category } ? nil : "category"
  }

  /// Whether it is a day as ISO 8601 writes one, or nothing.
  private static func isDay(_ text: String?) -> Bool {
    guard let text else { return true }
    return text.wholeMatch(of: /[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])/) != nil
  }

  /// Whether it can be written as an address without any escape.
  private static func isContact(_ text: String) -> Bool {
    text.wholeMatch(of: /[A-Za-z0-9._+\-]+@[A-Za-z0-9.\-]+/) != nil
      || text.wholeMatch(of: /https:\/\/[A-Za-z0-9.\-]+(:[0-9]+)?(\/[A-Za-z0-9._~\/\-]*)?/) != nil
  }
}
