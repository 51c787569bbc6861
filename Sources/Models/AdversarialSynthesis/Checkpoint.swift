import Basics
import Foundation
import NeuralNetworks

/// The state of a training run on disk: written beside its destination, forced to the disk and
/// renamed, so that a complete one always exists.
///
/// It is a line of JSON that describes it, then the numbers, lowest byte first. It holds a critic
/// that has seen unprotected rows, so it stays with the owner.
package struct Checkpoint {
  package let url: URL

  package init(at url: URL) { self.url = url }

  private struct Header: Codable, Equatable {
    var format = Checkpoint.format
    let options: AdversarialOptions
    let sizes: [Int]
    /// The digest of the run's target shares: another table, another number.
    let targets: UInt64
    let stream: NoiseStream
    let step: Int
    let generatorSteps: Int
    let criticSteps: Int
    let counts: [Int]
  }

  private static let format = 1

  package enum Problem: Error, Equatable, CustomStringConvertible {
    case unreadable(String)
    case otherRun(String)
    case cannotWrite(String)

    package var description: String {
      switch self {
      case .unreadable(let path):
        "\(path): this checkpoint is damaged or of another version. Delete it; the training begins again."
      case .otherRun(let path):
        "\(path): this checkpoint is of a run over another table, schema or with other settings. Use those again, or delete it; the "
          + "training then begins again."
      case .cannotWrite(let path): "\(path): the checkpoint cannot be written. Is the disk full?"
      }
    }
  }

  package func write(_ state: TrainingState, options: AdversarialOptions, targets: MomentTargets)
    throws
  {
    let header = Header(
      options: options, sizes: targets.heads.sizes, targets: targets.digest, stream: state.stream,
      step: state.step,
      generatorSteps: state.generator.adam.steps, criticSteps: state.critic.adam.steps,
      counts: state.buffers.map(\.count))
    let draft = url.appendingPathExtension("partial")
    do {
      var data = try JSONEncoder().encode(header)
      data.append(UInt8(ascii: "\n"))
      for buffer in state.buffers { data.append(FloatBytes.data(buffer.numbers)) }
      let files = FileManager.default
      guard
        files.createFile(atPath: draft.path, contents: nil, attributes: [.posixPermissions: 0o600])
      else {
        throw Problem.cannotWrite(url.path)
      }
      let handle = try FileHandle(forWritingTo: draft)
      try handle.write(contentsOf: data)
      try handle.synchronize()
      try handle.close()
      guard rename(draft.path, url.path) == 0 else { throw Problem.cannotWrite(url.path) }
    } catch {
      throw Problem.cannotWrite(url.path)
    }
  }

  /// Reads the saved state, or returns nil if there is none.
  /// - Throws: ``Problem``.
  package func read(options: AdversarialOptions, targets: MomentTargets) throws -> TrainingState? {
    guard FileManager.default.fileExists(atPath: url.path) else { return nil }
    guard let data = try? Data(contentsOf: url), let end = data.firstIndex(of: UInt8(ascii: "\n")),
      let header = try? JSONDecoder().decode(Header.self, from: data[..<end]),
      header.format == Checkpoint.format
    else { throw Problem.unreadable(url.path) }
    guard header.options == options, header.sizes == targets.heads.sizes,
      header.targets == targets.digest
    else {
      throw Problem.otherRun(url.path)
    }
    var state = TrainingState(options: options, targets: targets, seed: header.stream.key)
    guard header.counts == state.buffers.map(\.count),
      data.count - end - 1 == 4 * header.counts.reduce(0, +)
    else {
      throw Problem.unreadable(url.path)
    }
    var start = end + 1
    for buffer in state.buffers {
      for (index, number) in try FloatBytes.numbers(in: data[start..<start + 4 * buffer.count])
        .enumerated()
      { buffer.base[index] = number }
      start += 4 * buffer.count
    }
    state.generator.adam.resume(at: header.generatorSteps)
    state.critic.adam.resume(at: header.criticSteps)
    state.stream = header.stream
    state.step = header.step
    return state
  }

  package func remove() { try? FileManager.default.removeItem(at: url) }
}

extension FloatBuffer {
  fileprivate var numbers: UnsafeBufferPointer<Float> {
    UnsafeBufferPointer(start: base, count: count)
  }
}

extension MomentTargets {
  /// A hash of the shares.
  fileprivate var digest: UInt64 {
    var hash = FNV1a()
    for share in shares.values { hash.add(UInt64(share.bitPattern)) }
    return hash.value
  }
}

extension Checkpoint.Problem {
  /// A name that never changes, for programs that read errors.
  package var id: String {
    switch self {
    case .unreadable: "checkpoint.unreadable"
    case .otherRun: "checkpoint.other-run"
    case .cannotWrite: "checkpoint.unwritable"
    }
  }
}
