import Bandwidth

/// The memory rates of one core of this machine, over arrays of a stated number of doubles, in
/// gigabytes per second.
struct Limits: Encodable {
  let elements: Int
  let read: Double
  let update: Double
  let add: Double

  init(elements: Int) {
    self.elements = elements
    let words = [UInt64](repeating: 3, count: elements)
    var a = [Double](repeating: 1, count: elements)
    let b = a
    var sink: UInt64 = 0
    let bytes = Double(8 * elements)
    read = bytes / Clock.nanoseconds { sink ^= bandwidth_read(words, elements) }
    update = 2 * bytes / Clock.nanoseconds { bandwidth_update(&a, 1, elements) }
    add = 3 * bytes / Clock.nanoseconds { bandwidth_add(&a, b, 0, elements) }
    precondition(sink == 0 || sink == 3, "the words read are those written")
    precondition(a[elements - 1] == 1, "nothing changed")
  }
}
