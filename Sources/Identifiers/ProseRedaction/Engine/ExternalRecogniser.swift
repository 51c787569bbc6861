import Foundation
import Synchronization
import Words

/// A user's program that also finds identifiers, such as a neural network: one process, with one
/// line of JSON per text and one line back.
///
/// It is sent `{"id": 1, "text": "…"}` and answers
/// `{"id": 1, "spans": [{"start": 0, "end": 4, "type": "PERSON", "confidence": 0.9}]}`,
/// in the order asked, with offsets in Unicode scalars. It runs on this machine, as the user, and
/// its answers only add findings.
package final class ExternalRecogniser: Sendable {
  private struct Question: Encodable {
    let id: Int
    let text: String
  }

  private struct Answer: Decodable {
    struct Span: Decodable {
      let start: Int
      let end: Int
      let type: IdentifierType
      let confidence: Double?
    }
    let id: Int
    let spans: [Span]
  }

  private struct Connection {
    var asked = 0
    var unread = Data()
  }

  private let process: Process
  private let questions: FileHandle
  private let answers: FileHandle
  private let connection = Mutex(Connection())

  /// Starts the program through the shell.
  /// - Throws: ``ProseError/recogniser(problem:)`` if the program cannot be started.
  package init(command: String) throws {
    let (input, output) = (Pipe(), Pipe())
    process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", command]
    process.standardInput = input
    process.standardOutput = output
    questions = input.fileHandleForWriting
    answers = output.fileHandleForReading
    // If the program has ended, a signal must not end this process.
    signal(SIGPIPE, SIG_IGN)
    do { try process.run() } catch { throw ProseError.recogniser(problem: "could not be started") }
  }

  deinit {
    try? questions.close()
    if process.isRunning { process.terminate() }
  }

  func find(in text: UnsafeRawBufferPointer, into found: inout [ProseSpan]) throws {
    let answer = try connection.withLock {
      try ask(String(decoding: text, as: UTF8.self), over: &$0)
    }
    guard !answer.spans.isEmpty else { return }
    let offsets = ScalarOffsets(text)
    for span in answer.spans {
      guard span.start >= 0, span.start < span.end, span.end <= offsets.count else {
        throw ProseError.recogniser(problem: "named a place outside of its text")
      }
      guard let confidence = Optional(span.confidence ?? 0.9), (0...1).contains(confidence) else {
        throw ProseError.recogniser(problem: "gave a confidence that is not from 0 to 1")
      }
      let range = offsets.byte(of: span.start)..<offsets.byte(of: span.end)
      found.append(
        ProseSpan(
          range: range, type: span.type, confidence: confidence,
          reason: "found by the external recogniser"))
    }
  }

  private func ask(_ text: String, over connection: inout Connection) throws -> Answer {
    connection.asked += 1
    let line =
      try JSONEncoder().encode(Question(id: connection.asked, text: text)) + Data("\n".utf8)
    do { try questions.write(contentsOf: line) } catch {
      throw ProseError.recogniser(problem: "ended before the texts did")
    }
    while true {
      if let end = connection.unread.firstIndex(of: UInt8(ascii: "\n")) {
        let line = connection.unread[..<end]
        connection.unread = Data(connection.unread[(end + 1)...])
        guard let answer = try? JSONDecoder().decode(Answer.self, from: line),
          answer.id == connection.asked
        else {
          throw ProseError.recogniser(problem: "answered a line that is not as agreed")
        }
        return answer
      }
      // Read only the available bytes: the program waits for the next line.
      var more = [UInt8](repeating: 0, count: 1 << 16)
      let count = Foundation.read(answers.fileDescriptor, &more, more.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw ProseError.recogniser(problem: "ended before it answered") }
      connection.unread += more[..<count]
    }
  }
}
