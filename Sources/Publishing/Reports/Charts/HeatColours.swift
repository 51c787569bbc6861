import Foundation

/// The colours of heat maps as style rules, for a light page and a dark page.
enum HeatColours {
  private typealias Colour = SIMD3<Double>

  static let light = rules(
    empty: Colour(236, 240, 239), middle: Colour(108, 170, 172), full: Colour(9, 66, 75),
    lower: Colour(156, 62, 14),
    lowerMiddle: Colour(226, 158, 108), higher: Colour(24, 70, 142),
    higherMiddle: Colour(126, 164, 216))

  static let dark = rules(
    empty: Colour(35, 42, 49), middle: Colour(47, 118, 124), full: Colour(166, 232, 226),
    lower: Colour(255, 186, 132),
    lowerMiddle: Colour(168, 96, 48), higher: Colour(168, 204, 255),
    higherMiddle: Colour(64, 110, 180))

  private static func rules(
    empty: Colour, middle: Colour, full: Colour, lower: Colour, lowerMiddle: Colour, higher: Colour,
    higherMiddle: Colour
  ) -> String {
    (0..<HeatMap.levels).map { level in
      let share = Double(level) / Double(HeatMap.levels - 1)
      return ".h\(level){fill:\(hex(share, empty, middle, full))}"
        + ".n\(level){fill:\(hex(share, empty, lowerMiddle, lower))}.p\(level){fill:\(hex(share, empty, higherMiddle, higher))}"
    }.joined()
  }

  private static func hex(_ share: Double, _ first: Colour, _ second: Colour, _ third: Colour)
    -> String
  {
    let mixed =
      share < 0.5
      ? first + (second - first) * (share * 2) : second + (third - second) * (share * 2 - 1)
    return String(
      format: "#%02x%02x%02x", Int(mixed.x.rounded()), Int(mixed.y.rounded()),
      Int(mixed.z.rounded()))
  }
}
