import Attacks
import Basics
import Dispatch
import Foundation
import Synchronization

/// Makes one run on one of the two files of a pair and returns the part that travels, or nil if the
/// run does not count.
package typealias RunObservation = @Sendable (_ pair: NeighbourPair, _ isWith: Bool) throws -> Sighting?

/// Makes runs of a pair in the order in which they are requested, several at a time on a machine
/// with several cores.
///
/// Runs that do not count are left out; the k-th with the unit is paired with the k-th without. A
/// pair therefore needs no more runs on one side than on the other. Leaving out runs on one side
/// shifts nothing important, because runs are alike and independent.
struct RunSource {

  let pair: NeighbourPair
  let observe: RunObservation
  private var with: [Sighting] = []
  private var without: [Sighting] = []
  /// The number of runs made, including those that do not count.
  private(set) var runs = 0

  init(pair: NeighbourPair, observe: @escaping RunObservation) {
    self.pair = pair
    self.observe = observe
  }

  /// Makes as many runs at once as there are cores, half of them on each side, and returns the
  /// completed pairs.
  mutating func next() throws -> [(with: Sighting, without: Sighting)] {
    let cores = max(2, ProcessInfo.processInfo.activeProcessorCount)
    let sides = (0..<cores / 2 * 2).map { $0 % 2 == 0 }
    let (pair, observe) = (pair, observe)
    let sightings = try Concurrently.map(sides) { try observe(pair, $0) }
    for (place, sighting) in sightings.enumerated() {
      guard let sighting else { continue }
      if sides[place] { with.append(sighting) } else { without.append(sighting) }
    }
    runs += sides.count
    let ready = min(with.count, without.count)
    let pairs = zip(with.prefix(ready), without.prefix(ready)).map { (with: $0, without: $1) }
    with.removeFirst(ready)
    without.removeFirst(ready)
    return pairs
  }
}
