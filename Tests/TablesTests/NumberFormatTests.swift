import DelimitedText
import Foundation
import Tables
import Testing

/// The signs around the digits of numbers, and numbers of very different size.
@Suite struct NumberFormatTests {
  private static let signs: [(prefix: String, suffix: String)] = [
    ("", ""), ("$", ""), ("CHF ", ""), ("", "%"), ("", " kg"), ("", " €"), ("£", " m"),
  ]

  /// All formats with the signs above.
  private static let formats: [NumberFormat] = signs.flatMap { signs in
    ([nil] + NumberFormat.groupings.map { $0 }).flatMap { grouping in
      [DecimalMark.point, .comma].flatMap { mark -> [NumberFormat] in
        guard
          grouping?.utf8.elementsEqual([mark == .point ? UInt8(ascii: ".") : UInt8(ascii: ",")])
            != true
        else { return [] }
        // Without a prefix, a minus inside is the same as one before.
        return [NumberFormat.Negatives.before, .after, .parentheses].flatMap { negatives in
          [false, true].map { plus in
            var format = NumberFormat()
            (format.prefix, format.suffix, format.grouping, format.mark) = (
              signs.prefix, signs.suffix, grouping, mark
            )
            (format.negatives, format.showsPlus) = (negatives, plus && negatives == .before)
            return format
          }
        }
      }
    }
  }

  @Test func everyFormatReadsWhatItWrites() throws {
    var generator = SeededGenerator(3)
    for format in Self.formats {
      for digits in 0...3 {
        let tick = Int64(generator.below(2_000_000_000)) - 1_000_000_000
        var cell = ByteBuffer()
        format.write(
          tick, fractionDigits: digits, minimumFractionDigits: digits, fileMark: .point, to: &cell)
        let text = String(decoding: cell.bytes, as: UTF8.self)
        let number = try #require(
          cell.bytes.withUnsafeBufferPointer { format.read($0, fileMark: .point) }, "\(text)")
        #expect(number.mantissa == tick && number.scale == digits, "\(text)")
      }
    }
  }

  @Test func formatsAreWrittenAsSpreadsheetsDo() {
    for format in Self.formats {
      let text = format.text(isDecimal: true)
      #expect(NumberFormat(text) == format, "\(text)")
    }
    var money = NumberFormat()
    (money.prefix, money.grouping, money.mark) = ("$", ",", .point)
    #expect(money.text(isDecimal: true) == "$#,##0.0")
    money.negatives = .parentheses
    #expect(money.text(isDecimal: true) == "$#,##0.0;($#,##0.0)")
    for wrong in ["", "abc", "0.0.0", "#,0", "0;0;0", "0,0;x", "1.0", "#.##0.0"] {
      #expect(NumberFormat(wrong) == nil, "\(wrong)")
    }
  }

  @Test(arguments: [
    "1,23", "1,2345", "12,34,567", ",123", "1,234,", "$", "--5", "5-5", "1.5.2", "0,123", "€5",
    "5 lb",
  ])
  func wronglyWrittenNumbersAreNone(_ cell: String) {
    var format = NumberFormat()
    (format.prefix, format.grouping, format.mark) = ("$", ",", .point)
    for text in [cell, "$\(cell)"] {
      #expect(
        Array(text.utf8).withUnsafeBufferPointer { format.read($0, fileMark: .point) } == nil,
        "\(text)")
    }
  }

  @Test func scientificTicksKeepTheOrderAndTheDigits() throws {
    var generator = SeededGenerator(9)
    for digits in 1...ScientificTick.mostDigits {
      let scale = ScientificTick(digits: digits)
      var numbers: [(value: Double, tick: Int64)] = [(0, 0)]
      for _ in 0..<400 {
        let mantissa = String(generator.below(900_000_000) + 100_000_000).prefix(digits)
        let sign = generator.below(2) == 0 ? "-" : ""
        let text = "\(sign)\(mantissa)e\(generator.below(500) - 250)"
        let tick = try #require(Array(text.utf8).withUnsafeBufferPointer { scale.parse($0)?.tick })
        let value = try #require(Double(text))
        #expect(abs(scale.value(of: tick) / value - 1) < 1e-12, "\(text)")
        for always in [true, false] {
          var written = ByteBuffer()
          scale.write(tick, alwaysExponent: always, to: &written)
          #expect(
            written.bytes.withUnsafeBufferPointer { scale.parse($0)?.tick } == tick, "\(text)")
        }
        numbers.append((value, tick))
      }
      #expect(numbers.sorted { $0.value < $1.value }.map(\.tick) == numbers.map(\.tick).sorted())
    }
    func tick(_ text: String) -> Int64? {
      Array(text.utf8).withUnsafeBufferPointer { ScientificTick(digits: 3).parse($0)?.tick }
    }
    #expect(tick("0.00500") == tick("5e-3") && tick("9.999") == tick("10") && tick("1e-400") == 0)
    #expect(
      tick("1e9999") == tick("9.99e330") && tick("e5") == nil && tick("1.2.3") == nil
        && tick("") == nil)
  }
}
