import CPCRE2

/// A PCRE2 regular expression, compiled to machine code if the system allows it.
///
/// A step limit bounds the work. If a pattern would run away, the search fails, so that no text is
/// skipped silently.
final class Pattern: @unchecked Sendable {
  // The compiled code and the context are only read after `init`; match data belongs to each call.
  private let code: OpaquePointer
  private let context: OpaquePointer
  private let detector: String

  /// - Throws: `ProseError.pattern`, with the name of the detector.
  init(_ pattern: String, detector: String) throws {
    var error: Int32 = 0
    var offset = 0
    let options = PCRE2_UTF | PCRE2_MATCH_INVALID_UTF | PCRE2_CASELESS
    let bytes = Array(pattern.utf8)
    guard let code = pcre2_compile_8(bytes, bytes.count, options, &error, &offset, nil) else {
      throw ProseError.pattern(detector: detector, offset: offset, problem: Self.message(error))
    }
    guard let context = pcre2_match_context_create_8(nil) else {
      preconditionFailure("out of memory")
    }
    pcre2_set_match_limit_8(context, 1_000_000)
    pcre2_set_depth_limit_8(context, 10_000)
    // Without a compiler to machine code, the interpreter gives the same answers.
    _ = pcre2_jit_compile_8(code, PCRE2_JIT_COMPLETE)
    self.detector = detector
    self.code = code
    self.context = context
  }

  deinit {
    pcre2_code_free_8(code)
    pcre2_match_context_free_8(context)
  }

  /// Returns the ranges of all matches, from left to right, without overlaps. A range is that of
  /// the first group if it took part, else that of the whole match.
  /// - Throws: ``ProseError/patternLimit(detector:)`` if the step limit was reached.
  func ranges(in text: UnsafeRawBufferPointer) throws -> [Range<Int>] {
    guard let base = text.bindMemory(to: UInt8.self).baseAddress else { return [] }
    guard let data = pcre2_match_data_create_from_pattern_8(code, nil) else { return [] }
    defer { pcre2_match_data_free_8(data) }
    var found: [Range<Int>] = []
    var start = 0
    while start <= text.count {
      let count = pcre2_match_8(code, base, text.count, start, 0, data, context)
      if count == PCRE2_ERROR_NOMATCH { break }
      guard count > 0, let offsets = pcre2_get_ovector_pointer_8(data) else {
        throw ProseError.patternLimit(detector: detector)
      }
      let group = count > 1 && offsets[2] != Int.max && offsets[3] > offsets[2] ? 2 : 0
      if offsets[group + 1] > offsets[group] {
        found.append(Int(offsets[group])..<Int(offsets[group + 1]))
      }
      start = max(Int(offsets[1]), start + 1)
    }
    return found
  }

  private static func message(_ error: Int32) -> String {
    var buffer = [UInt8](repeating: 0, count: 256)
    let count = pcre2_get_error_message_8(error, &buffer, buffer.count)
    return count > 0 ? String(decoding: buffer.prefix(Int(count)), as: UTF8.self) : "error \(error)"
  }
}
