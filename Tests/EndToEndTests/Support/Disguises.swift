import Basics
import Crypto
import Foundation

/// Forms in which a cell might leak without a search for its text finding it.
struct Disguises {
  /// Each form's name and the bytes to look for.
  let forms: [(name: String, bytes: Data)]

  /// - Parameter text: the mark as written in a cell, long enough that no form of it occurs by
  ///   chance.
  init(_ text: String) {
    let utf8 = Data(text.utf8)
    var forms: [(String, Data)] = [
      ("the text", utf8), ("small letters", Data(text.lowercased().utf8)),
      ("capitals", Data(text.uppercased().utf8)),
    ]
    forms.append(("reversed", Data(String(text.reversed()).utf8)))
    forms.append(("UTF-16", Data(text.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] })))
    forms.append(("hexadecimal", Data(ContentDigest.hexadecimal(utf8).utf8)))
    forms.append(("JSON escapes", Data(text.unicodeScalars.map { Self.escaped($0) }.joined().utf8)))
    forms.append(
      (
        "character references",
        Data(text.unicodeScalars.map { $0.isASCII ? String($0) : "&#\($0.value);" }.joined().utf8)
      ))
    let percent = text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? text
    forms.append(("percent signs", Data(percent.utf8)))
    // Base64 has three forms, depending on the offset of the text; its first and last letters
    // depend on the neighbouring bytes.
    for shift in 0..<3 {
      let encoded = (Data(repeating: 0, count: shift) + utf8).base64EncodedString().replacing(
        "=", with: "")
      forms.append(("base64", Data(encoded.dropFirst(shift == 0 ? 0 : 4).dropLast(2).utf8)))
    }
    for (name, digest) in [
      ("SHA-256", Data(SHA256.hash(data: utf8))), ("SHA-1", Data(Insecure.SHA1.hash(data: utf8))),
      ("MD5", Data(Insecure.MD5.hash(data: utf8))),
      ("SHA-512", Data(SHA512.hash(data: utf8))),
    ] {
      forms.append((name, Data(ContentDigest.hexadecimal(digest).utf8)))
      forms.append((name, digest))
      forms.append((name, Data(digest.base64EncodedString().dropLast(2).utf8)))
    }
    self.forms = forms.map { (name: $0.0, bytes: $0.1) }.filter { $0.bytes.count >= 6 }
  }

  /// The names of the forms that occur in some bytes.
  func found(in bytes: Data) -> [String] {
    forms.filter { bytes.range(of: $0.bytes) != nil }.map(\.name)
  }

  private static func escaped(_ scalar: Unicode.Scalar) -> String {
    if scalar.isASCII {
      return scalar == "\"" || scalar == "\\" || scalar == "/" ? "\\\(scalar)" : String(scalar)
    }
    return String(scalar).utf16.map { unit in
      let digits = String(unit, radix: 16)
      return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }.joined()
  }
}
