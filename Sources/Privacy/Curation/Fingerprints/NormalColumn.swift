import Foundation
import Ledger
import Tables

/// The cells of a column in a form that does not depend on its name, unit or writing, each with its
/// rarity.
///
/// A number is divided by its column's divisor (``NumberForm``), a date or time is a count of
/// microseconds, and a label is folded (``LabelForm``). Labels that are nearly all numbers, such as
/// those with a decimal comma, are numbers.
struct NormalColumn: Sendable {
  private let cells: Cells
  private let kind: Kind
  /// Bits of surprise, in eighths, of each label by code or of each bucket of ticks;
  /// ``noInformation`` if nothing is known.
  private let rarity: [UInt8]
  /// Whether the contents can tell the column from others: it has at least eight different cells
  /// and is not a count of the rows.
  let isInformative: Bool
  /// Whether cells differ other than by counting the rows. If not, the column is uninformative and
  /// is left out of rows, so it can be dropped, added or renumbered.
  let isVaried: Bool
  /// The range in which to look for the distribution of a column of numbers or times.
  let range: ClosedRange<Int64>?

  fileprivate enum Kind: Sendable {
    /// By code.
    case labels([UInt64])
    case words(whenFalse: UInt64, whenTrue: UInt64)
    case ticks(divisor: Int64, factor: Int64, whole: KeyedMix, broken: KeyedMix)
  }

  /// The mark of a missing cell among rarities.
  static let noInformation = UInt8.max
  /// The number of buckets of ticks is at least 16 times the rows, and at most 2¹⁶.
  private let bucketShift: UInt64

  init(_ column: Column, hashes: Hashes) {
    cells = column.cells
    let bucketBits = min(16, max(8, 4 + Int(log2(Double(max(1, column.cells.count))).rounded(.up))))
    bucketShift = UInt64(64 - bucketBits)
    switch column.cells {
    case .labels(let codes, let dictionary):
      let counts = Self.counts(codes, labels: dictionary.count)
      let forms = (0..<dictionary.count).map { code in
        dictionary.withUTF8(code) { LabelForm.folded($0) }
      }
      rarity = counts.map { Self.rarity($0, of: codes.count) }
      let numbers = Self.numbers(forms, counts)
      kind = .labels(
        numbers.map { hashes.numbers($0.ticks, $0.form, forms) } ?? forms.map { hashes.label($0) })
      (isVaried, isInformative) = Self.isTelling(counts, isCounter: numbers?.form.isCounter == true)
      range = nil
    case .ticks(let cells):
      // A code word carries as much as a missing cell.
      let ticks =
        column.codes.isEmpty ? cells : cells.map { Cells.isValue($0) ? $0 : Cells.missingTick }
      let form = NumberForm(ticks, missing: Cells.missingTick)
      let (factor, isTime) = column.type.microseconds
      let counts = Self.bucketCounts(ticks, bits: bucketBits)
      rarity = counts.map { Self.rarity($0, of: ticks.count) }
      if case .boolean(let words) = column.type {
        kind = .words(
          whenFalse: hashes.label(LabelForm.folded(words.whenFalse.utf8)),
          whenTrue: hashes.label(LabelForm.folded(words.whenTrue.utf8)))
        (isVaried, isInformative, range) = (counts.count { $0 > 0 } > 1, false, nil)
        return
      }
      kind = .ticks(
        divisor: isTime ? 1 : form.divisor, factor: factor,
        whole: isTime ? hashes.time : hashes.number, broken: hashes.brokenNumber)
      (isVaried, isInformative) = Self.isTelling(counts, isCounter: form.isCounter)
      range = form.range
    }
  }
}

extension NormalColumn {
  /// The keyed hashes of all columns. They depend on the kind of a cell, not on its column.
  struct Hashes: Sendable {
    let number: KeyedMix
    let brokenNumber: KeyedMix
    let time: KeyedMix
    private let text: SipHash128

    init(key: FingerprintKey) {
      number = KeyedMix(key: key, purpose: "understudy sketch 2 number")
      brokenNumber = KeyedMix(key: key, purpose: "understudy sketch 2 broken number")
      time = KeyedMix(key: key, purpose: "understudy sketch 2 time")
      let words = key.words(for: "understudy sketch 2 text", count: 2)
      text = SipHash128(key: (words[0], words[1]))
    }

    func label(_ form: [UInt8]) -> UInt64 { form.withUnsafeBytes { text.hash($0).low } }

    func numbers(_ ticks: [Int64?], _ form: NumberForm, _ labels: [[UInt8]]) -> [UInt64] {
      zip(ticks, labels).map { tick, label in
        guard let tick else { return self.label(label) }
        return tick % form.divisor == 0
          ? number(UInt64(bitPattern: tick / form.divisor)) : brokenNumber(UInt64(bitPattern: tick))
      }
    }
  }

  /// Returns labels as numbers of one scale if all but one cell in 200 are numbers; a label that is
  /// not a number is nil.
  private static func numbers(_ forms: [[UInt8]], _ counts: [Int]) -> (
    ticks: [Int64?], form: NumberForm
  )? {
    let parsed = forms.map { LabelForm.number($0) }
    let total = counts.reduce(0, +)
    let found = zip(parsed, counts).reduce(0) { $0 + ($1.0 == nil ? 0 : $1.1) }
    guard total > 0, found * 200 >= 199 * total else { return nil }
    let scale = parsed.compactMap { $0?.digits }.max() ?? 0
    let ticks = parsed.map { number -> Int64? in
      guard let number else { return nil }
      let (tick, isTooLarge) = number.mantissa.multipliedReportingOverflow(
        by: Self.powers[scale - number.digits])
      return isTooLarge || tick == Cells.missingTick ? nil : tick
    }
    return (ticks, NumberForm(ticks.compactMap(\.self), missing: Cells.missingTick))
  }

  private static let powers: [Int64] = (0...9).map { (0..<$0).reduce(1) { power, _ in power * 10 } }

  private static func isTelling(_ counts: [Int], isCounter: Bool) -> (
    isVaried: Bool, isInformative: Bool
  ) {
    let different = counts.count { $0 > 0 }
    return (different > 1 && !isCounter, different >= 8 && !isCounter)
  }

  private static func counts(_ codes: [Int32], labels: Int) -> [Int] {
    var counts = [Int](repeating: 0, count: labels)
    for code in codes where code != Cells.missingCode { counts[Int(code)] += 1 }
    return counts
  }

  /// Counts cells by a short hash of their ticks: never too rare, and hardly ever too frequent.
  private static func bucketCounts(_ ticks: [Int64], bits: Int) -> [Int] {
    var counts = [Int](repeating: 0, count: 1 << bits)
    let shift = UInt64(64 - bits)
    for tick in ticks where tick != Cells.missingTick { counts[bucket(tick, shift)] += 1 }
    return counts
  }

  @inline(__always)
  private static func bucket(_ tick: Int64, _ shift: UInt64) -> Int {
    Int(truncatingIfNeeded: (UInt64(bitPattern: tick) &* 0x9e37_79b9_7f4a_7c15) &>> shift)
  }

  private static func rarity(_ count: Int, of total: Int) -> UInt8 {
    count == 0 ? 0 : UInt8(min(250, (8 * log2(Double(total) / Double(count))).rounded(.down)))
  }

  /// Writes the hash and the rarity of each cell of `rows`; 0 and ``noInformation`` if it is
  /// missing.
  func write(
    _ rows: Range<Int>, hashes: UnsafeMutablePointer<UInt64>, rarities: UnsafeMutablePointer<UInt8>
  ) {
    switch (cells, kind) {
    case (.labels(let codes, _), .labels(let byCode)):
      codes.withUnsafeBufferPointer { codes in
        byCode.withUnsafeBufferPointer { byCode in
          rarity.withUnsafeBufferPointer { rarity in
            for place in 0..<rows.count {
              let code = codes[rows.lowerBound + place]
              hashes[place] = code == Cells.missingCode ? 0 : byCode[Int(code)]
              rarities[place] = code == Cells.missingCode ? Self.noInformation : rarity[Int(code)]
            }
          }
        }
      }
    case (.ticks(let ticks), .words(let whenFalse, let whenTrue)):
      write(ticks, rows, hashes, rarities) { $0 == 0 ? whenFalse : whenTrue }
    case (.ticks(let ticks), .ticks(1, let factor, let whole, _)):
      write(ticks, rows, hashes, rarities) { whole(UInt64(bitPattern: $0 &* factor)) }
    case (.ticks(let ticks), .ticks(let divisor, _, let whole, let broken)):
      write(ticks, rows, hashes, rarities) { tick in
        let (quotient, remainder) = tick.quotientAndRemainder(dividingBy: divisor)
        return remainder == 0
          ? whole(UInt64(bitPattern: quotient)) : broken(UInt64(bitPattern: tick))
      }
    case (.labels, _), (.ticks, .labels):
      preconditionFailure("a column's hashes are of its own kind")
    }
  }

  @inline(__always)
  private func write(
    _ ticks: [Int64], _ rows: Range<Int>, _ hashes: UnsafeMutablePointer<UInt64>,
    _ rarities: UnsafeMutablePointer<UInt8>,
    hash: (Int64) -> UInt64
  ) {
    ticks.withUnsafeBufferPointer { ticks in
      rarity.withUnsafeBufferPointer { rarity in
        for place in 0..<rows.count {
          let tick = ticks[rows.lowerBound + place]
          hashes[place] = tick == Cells.missingTick ? 0 : hash(tick)
          rarities[place] =
            tick == Cells.missingTick ? Self.noInformation : rarity[Self.bucket(tick, bucketShift)]
        }
      }
    }
  }
}

extension ColumnType {
  /// The number of microseconds in a tick of a date or time, and whether the type is one.
  fileprivate var microseconds: (factor: Int64, isTime: Bool) {
    switch self {
    case .date: return (86_400_000_000, true)
    case .timestamp(let format):
      let perSecond = (0..<format.fractionDigits).reduce(Int64(1)) { value, _ in value * 10 }
      return (
        format.secondsPerTick > 1
          ? Int64(format.secondsPerTick) * 1_000_000 : 1_000_000 / max(1, perSecond), true
      )
    case .integer, .decimal, .scientific, .boolean, .category, .identifier, .text: return (1, false)
    }
  }
}
