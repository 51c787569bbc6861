import Foundation
import Ledger
import Synchronization

/// The door for programs: a table of people goes in; a differentially private stand-in, its
/// evidence and its budget come out. `Snippets/FirstRelease.swift` is a whole program.
///
/// Every function works on a thread of its own and can be cancelled with its task: it then ends
/// between two steps, leaves nothing half-written, and throws the error with the
/// ``UnderstudyError/id`` `cancelled`. What was charged to the budget before stays charged. All
/// errors are of the type ``UnderstudyError``.
public struct Workbench: Sendable {
  /// The file that keeps the budgets.
  public let ledger: URL
  /// The folder of the key that signs releases; nil for the one beside the ledger.
  let keys: URL?

  /// Chooses the ledger and the key.
  /// - Parameter ledger: Nil for the file that `UNDERSTUDY_LEDGER` names, or else the usual one in
  ///   the user's data folder.
  /// - Throws: ``UnderstudyError`` if no ledger is named and there is no home folder.
  public init(ledger: URL? = nil, keys: URL? = nil) throws {
    do {
      self.ledger = try LedgerLocation.resolve(explicit: ledger?.path)
    } catch {
      throw UnderstudyError(describing: error)
    }
    self.keys = keys
  }

  /// The stack of a working thread, in bytes: as large as that of a program's first thread.
  private static let stackSize = 1 << 23

  /// Does work on a thread of its own, which the pool of the caller's tasks need not wait for.
  ///
  /// - Parameter work: Gets the files of the work, which are removed when it ends, and a check that
  ///   throws once the task is cancelled.
  func perform<Result: Sendable>(
    _ work:
      @escaping @Sendable (StagedFiles, _ check: @escaping @Sendable () throws -> Void) throws ->
      Result
  ) async throws -> Result {
    let cancellation = Cancellation()
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let thread = Thread {
          continuation.resume(
            with: Self.outcome { files in
              try cancellation.check()
              return try work(files, cancellation.check)
            })
        }
        thread.stackSize = Self.stackSize
        thread.start()
      }
    } onCancel: {
      cancellation.request()
    }
  }

  /// Returns the outcome after the files of the work are gone.
  private static func outcome<Result>(of work: (StagedFiles) throws -> Result)
    -> Swift.Result<Result, any Error>
  {
    let files = StagedFiles()
    defer { files.remove() }
    do { return .success(try work(files)) } catch { return .failure(files.describing(error)) }
  }
}

/// A request to end, made once.
private final class Cancellation: Sendable {
  private let isRequested = Atomic<Bool>(false)

  func request() { isRequested.store(true, ordering: .sequentiallyConsistent) }

  func check() throws {
    if isRequested.load(ordering: .sequentiallyConsistent) { throw CancellationError() }
  }
}
