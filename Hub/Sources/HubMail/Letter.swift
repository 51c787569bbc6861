import Foundation

/// A letter as RFC 5322 has it: plain text in UTF-8, with lines that end in CR LF.
package struct Letter: Sendable, Equatable {
  package let from: MailAddress
  package let to: MailAddress
  package let subject: String
  package let lines: [String]
  /// Its identifier, without angle brackets.
  package let identifier: String
  package let time: Int

  package init(
    from: MailAddress, to: MailAddress, subject: String, lines: [String], identifier: String,
    time: Int
  ) {
    (self.from, self.to, self.subject, self.lines) = (from, to, subject, lines)
    (self.identifier, self.time) = (identifier, time)
  }

  /// The letter as bytes on their way, and as the contents of a `.eml` file.
  package var text: String {
    let head = [
      "From: Understudy hub <\(from.text)>", "To: <\(to.text)>", "Subject: \(Self.plain(subject))",
      "Date: \(Self.date(time))", "Message-ID: <\(identifier)@\(from.domain)>",
      "Auto-Submitted: auto-generated", "MIME-Version: 1.0",
      "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: 8bit",
    ]
    return (head + [""] + lines.map(Self.plain)).map { $0 + "\r\n" }.joined()
  }

  /// A line without control characters, so that no word of it becomes a header.
  private static func plain(_ text: String) -> String {
    String(
      text.unicodeScalars.filter { $0.properties.generalCategory != .control }.map(Character.init))
  }

  /// A time as RFC 5322 writes it, in UTC.
  private static func date(_ seconds: Int) -> String {
    let formatter = DateFormatter()
    formatter.locale = Locale(identifier: "en_US_POSIX")
    formatter.timeZone = TimeZone(secondsFromGMT: 0)
    formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss '+0000'"
    return formatter.string(from: Date(timeIntervalSince1970: Double(seconds)))
  }
}

/// An address of the plain form that hospitals give out; quoted names and comments are not taken.
package struct MailAddress: Sendable, Equatable {
  package let text: String

  package init?(_ text: String) {
    guard text.utf8.count <= 254,
      text.wholeMatch(
        of:
          /[A-Za-z0-9][A-Za-z0-9._%+\-]{0,63}@[A-Za-z0-9][A-Za-z0-9\-]*(\.[A-Za-z0-9][A-Za-z0-9\-]*)*/
      ) != nil
    else { return nil }
    self.text = text
  }

  var domain: String { String(text.split(separator: "@").last ?? "") }
}
