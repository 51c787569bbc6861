import Foundation

extension Double {
  /// The number as people write it: the shortest decimal that stands for it, 2 for 2.0, and no
  /// exponent if it can be avoided.
  package var cellText: String {
    if let whole = Int(exactly: self), abs(self) < 1e15 { return String(whole) }
    let shortest = "\(self)"
    guard shortest.contains("e") else { return shortest }
    return Decimal(string: shortest)?.description ?? shortest
  }
}
