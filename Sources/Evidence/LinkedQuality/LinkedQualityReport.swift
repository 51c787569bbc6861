/// The comparison of a folder of synthetic linked tables with the original. For the data's owner:
/// it is measured on the original and not private.
///
/// Distances are total variation distances over coarse cells: 0 is best, 1 is nothing in common.
package struct LinkedQualityReport: Codable, Sendable, Equatable {
  /// The version of this record.
  package static let currentVersion = 1

  package struct OneTable: Codable, Sendable, Equatable {
    package var name: String
    package var originalRows: Int
    package var releaseRows: Int
    /// Rows whose key an earlier row has, and rows that belong to nobody, in the release.
    package var repeatedKeys: Int
    package var ofNobody: Int
    /// The mean distance of a column, and of a pair of columns; nil without any.
    package var oneWay: Double?
    package var twoWay: Double?
  }

  package struct Link: Codable, Sendable, Equatable {
    package var table: String
    package var parent: String
    /// The release's rows that name a row which is not there.
    package var orphans: Int
    /// The distance of the number of rows for each parent.
    package var children: Double
    /// The same beside each column of the parent, the mean over columns.
    package var childrenByParent: Double?
    /// The mean distance of a column beside one of the parent's.
    package var withParent: Double?
  }

  /// The share of a rule's checks that found it broken. Rules are named without values.
  package struct RuleResult: Codable, Sendable, Equatable {
    package var rule: String
    package var release: Double
    package var original: Double
  }

  /// The events of a person in one timed table.
  package struct History: Codable, Sendable, Equatable {
    package var table: String
    /// The distance of the time to a person's first event, if there is a date to count from, of the
    /// time between two events, and of the time from the first to the last.
    package var first: Double?
    package var gap: Double
    package var span: Double
    /// The distance of two gaps in a row, of a value and the next (mean over columns), of a value
    /// and the gap behind it, and of the place of an event in its row of events and its value.
    package var gapAndGap: Double
    package var valueAndNext: Double?
    package var valueAndGap: Double?
    package var placeAndValue: Double?
    /// The share of the dependence between successive events that is lost or invented.
    package var dependenceLost: Double?
  }

  /// The codes that each owner has, such as the diagnoses of an admission.
  package struct CodeSet: Codable, Sendable, Equatable {
    package var column: String
    package var owner: String
    /// Of the 50 most frequent codes: the error of the share of owners that have each, relative to
    /// the sum of the shares; the same of pairs of codes; the distance of the number of codes; and
    /// how many of the 50 most frequent pairs are the same.
    package var codes: Double
    package var pairs: Double
    package var number: Double
    package var topPairs: Double
  }

  package var version = Self.currentVersion
  package var originalPersons: Int
  package var releasePersons: Int
  package var tables: [OneTable]
  package var links: [Link]
  package var rules: [RuleResult]
  package var histories: [History]
  package var sets: [CodeSet]
  /// The share of the dependence between children and parents that is lost or invented.
  package var dependenceLost: Double?
  /// How well boosted trees tell real persons from synthetic ones by their whole tree: the area
  /// under the ROC curve over five folds; 0.5 is best. Nil for fewer than 50 persons.
  package var toldApart: Double?
  /// Persons of either side by which that was found out.
  package var toldApartPersons: Int?

  /// Mean over rules of the share that is broken in the release.
  package var rulesBroken: Double {
    rules.isEmpty ? 0 : rules.reduce(0) { $0 + $1.release } / Double(rules.count)
  }
}
