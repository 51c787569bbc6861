import Dispatch

/// Lets at most two passwords be derived at once: each takes 32 MiB and a quarter of a second. They
/// are derived on threads of their own, so that pages go on while many people sign in.
actor PasswordGate {
  private var free = 2
  private var waiting: [CheckedContinuation<Void, Never>] = []
  private let queue = DispatchQueue(
    label: "passwords", qos: .utility, attributes: .concurrent)

  func pass<Result: Sendable>(_ work: @escaping @Sendable () throws -> Result) async throws
    -> Result
  {
    if free > 0 { free -= 1 } else { await withCheckedContinuation { waiting.append($0) } }
    defer { if waiting.isEmpty { free += 1 } else { waiting.removeFirst().resume() } }
    return try await withCheckedThrowingContinuation { continuation in
      queue.async { continuation.resume(with: Swift.Result { try work() }) }
    }
  }
}
