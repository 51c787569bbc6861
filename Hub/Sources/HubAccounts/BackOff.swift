/// The wait after failed sign-ins: none for the first few, then twice as long each time.
package enum BackOff {
  package static let freeFailures = 5
  package static let longestSeconds = 900

  /// The seconds for which no further try is looked at, after a number of failures in a row.
  package static func seconds(after failures: Int) -> Int {
    guard failures >= freeFailures else { return 0 }
    return min(longestSeconds, 1 << min(20, failures - freeFailures + 1))
  }
}
