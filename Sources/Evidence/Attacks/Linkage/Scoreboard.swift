import Foundation

/// Scores every record of a release against the known entries of a person (Narayanan and Shmatikov
/// 2008, section 5.1):
///
///   Score(aux, r) = Σ over the known items that r has of
///     wt(i) (e^(−|ρ − ρ′| / ρ₀) + e^(−|d − d′| / d₀)),  wt(i) = 1 / log |supp(i)|,
///
/// with |supp(i)| the number of records with the item. An item of one record has log 1 = 0, so
/// supports below 2 count as 2. If there are no values or no times, that part is left out; with
/// neither, an item counts 1.
struct Scoreboard: Sendable {
  private struct Posting: Sendable {
    let record: Int32
    let entry: SparseTable.Entry
  }

  let records: Int
  private let options: LinkageOptions
  private let postings: [Int32: [Posting]]
  private let supports: [Int32: Int]

  init(_ release: SparseTable, options: LinkageOptions) {
    var postings: [Int32: [Posting]] = [:]
    for (record, entries) in release.people.enumerated() {
      for entry in entries {
        postings[entry.item, default: []].append(Posting(record: Int32(record), entry: entry))
      }
    }
    records = release.people.count
    self.options = options
    supports = postings.mapValues { Set($0.map(\.record)).count }
    self.postings = postings
  }

  /// Returns the record that stands out, or nil: (best − second) / σ of all scores must exceed the
  /// eccentricity.
  ///
  /// - Parameter absent: records that are taken out of the release for this query.
  func match(_ known: [SparseTable.Entry], without absent: Set<Int> = []) -> Int? {
    var scores = [Double](repeating: 0, count: records)
    for entry in known {
      guard let postings = postings[entry.item] else { continue }
      let weight = 1 / log(Double(max(supports[entry.item] ?? 0, 2)))
      for posting in postings {
        scores[Int(posting.record)] += weight * likeness(entry, posting.entry)
      }
    }
    let present =
      absent.isEmpty ? Array(scores.indices) : scores.indices.filter { !absent.contains($0) }
    guard present.count > 1 else { return nil }
    let mean = present.reduce(0) { $0 + scores[$1] } / Double(present.count)
    let deviation =
      (present.reduce(0) { $0 + (scores[$1] - mean) * (scores[$1] - mean) } / Double(present.count))
      .squareRoot()
    var (best, second) = (present[0], -Double.infinity)
    for record in present.dropFirst() {
      if scores[record] > scores[best] {
        (best, second) = (record, scores[best])
      } else {
        second = max(second, scores[record])
      }
    }
    return deviation > 0 && scores[best] - second > options.eccentricity * deviation ? best : nil
  }

  private func likeness(_ known: SparseTable.Entry, _ found: SparseTable.Entry) -> Double {
    let byValue =
      known.value.isNaN || found.value.isNaN
      ? nil : exp(-abs(known.value - found.value) / options.valueScale)
    let byDay =
      known.day.isNaN || found.day.isNaN ? nil : exp(-abs(known.day - found.day) / options.dayScale)
    if byValue == nil, byDay == nil { return 1 }
    return (byValue ?? 0) + (byDay ?? 0)
  }
}
