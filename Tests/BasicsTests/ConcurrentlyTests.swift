import Basics
import Synchronization
import Testing

struct ConcurrentlyTests {
  private struct Odd: Error, Equatable { let number: Int }

  @Test(arguments: [0, 1, 2, 1000]) func resultsAreInOrder(_ count: Int) {
    #expect(Concurrently.map(count) { $0 * $0 } == (0..<count).map { $0 * $0 })
    #expect(Concurrently.map(Array(0..<count)) { "\($0)" } == (0..<count).map { "\($0)" })
  }

  /// Values that own memory: each is created once and handed over once.
  @Test func valuesAreWhole() {
    let lists = Concurrently.map(500) { Array(repeating: $0, count: $0) }
    #expect(
      lists.enumerated().allSatisfy {
        $1.count == $0 && $1.allSatisfy { [number = $0] in $0 == number }
      })
  }

  @Test func theFirstErrorByNumberIsThrownAfterAllHaveRun() {
    let ran = Mutex(0)
    #expect(throws: Odd(number: 3)) {
      try Concurrently.map(100) { number throws(Odd) in
        ran.withLock { $0 += 1 }
        if number >= 3, number % 2 == 1 { throw Odd(number: number) }
        return number
      }
    }
    #expect(ran.withLock { $0 } == 100)
  }

  @Test func eachPieceRunsOnce() {
    let seen = Mutex<[Int]>([])
    Concurrently.perform(200) { number in seen.withLock { $0.append(number) } }
    #expect(seen.withLock { $0.sorted() } == Array(0..<200))
  }
}
