/// The measurements of one kernel.
struct Figure: Encodable {
  let kernel: String
  /// Elements or rows per call.
  let elements: Int
  /// CPU nanoseconds per element, the median of the repetitions.
  let nanosecondsPerElement: Double
  /// The unavoidable bytes per element: each input read once and each output written once.
  let bytesPerElement: Double
  /// The rate of the plainest loop with the same kind of traffic at this size, in bytes per
  /// nanosecond.
  let limitGigabytesPerSecond: Double

  var gigabytesPerSecond: Double { bytesPerElement / nanosecondsPerElement }

  private enum Key: String, CodingKey {
    case kernel, elements, nanosecondsPerElement, bytesPerElement, limitGigabytesPerSecond,
      gigabytesPerSecond, shareOfLimit
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(kernel, forKey: .kernel)
    try container.encode(elements, forKey: .elements)
    try container.encode(nanosecondsPerElement, forKey: .nanosecondsPerElement)
    try container.encode(bytesPerElement, forKey: .bytesPerElement)
    try container.encode(limitGigabytesPerSecond, forKey: .limitGigabytesPerSecond)
    try container.encode(gigabytesPerSecond, forKey: .gigabytesPerSecond)
    try container.encode(gigabytesPerSecond / limitGigabytesPerSecond, forKey: .shareOfLimit)
  }
}
