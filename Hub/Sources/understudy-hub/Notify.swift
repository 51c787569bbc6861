import ArgumentParser
import Foundation
import HubMail
import HubStore

/// `understudy-hub notify`: tells people what waits for them. It opens no table and no page.
struct Notify: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Writes to people about the requests that wait for them.",
    discussion: """
      Letters name requests by number, kind and state, with a link; they hold no purposes and no \
      values. Each person is written to at once when something new is there, and again after a day \
      if it still waits. Examples:
        understudy-hub notify --folder HUB --address https://hub.hospital.example \
      --from hub@hospital.example --mails /var/spool/hub-mails
        understudy-hub notify --folder HUB --address https://hub.hospital.example \
      --from hub@hospital.example --smtp /etc/understudy-hub/smtp.json
      """)

  @OptionGroup var place: FolderOptions

  @Option(help: "The address of the hub in browsers.")
  var address: String

  @Option(help: "The sender of the letters.")
  var from: String

  @Option(
    help: ArgumentHelp("A folder into which each letter is written as a file.", valueName: "folder")
  )
  var mails: String?

  @Option(
    help: ArgumentHelp("The file that names the mail server (docs/hub.md).", valueName: "file"))
  var smtp: String?

  @Option(help: "Write to people who have set no address at ACCOUNT@DOMAIN.")
  var domain: String?

  @Flag(help: "Look once and end, for a timer.")
  var once = false

  func validate() throws {
    guard (mails == nil) != (smtp == nil) else {
      throw ValidationError("Name --mails or --smtp, and not both.")
    }
    guard MailAddress(from) != nil else { throw ValidationError("--from: not an address") }
    guard domain.map({ MailAddress("a@\($0)") != nil }) ?? true else {
      throw ValidationError("--domain: not a domain")
    }
    try PublicAddress.check(address)
  }

  func run() async throws {
    guard let from = MailAddress(from) else { return }
    let way: Reminders.Way =
      if let smtp { .server(try MailServer(URL(filePath: smtp))) } else {
        .folder(URL(filePath: mails ?? "", directoryHint: .isDirectory))
      }
    let reminders = Reminders(
      try HubStore(place.hubFolder()), by: way, from: from, address: PublicAddress.plain(address),
      domain: domain)
    while true {
      let (_, faults) = try await reminders.send(at: now())
      for fault in Set(faults.map(\.description)).sorted() {
        FileHandle.standardError.write(Data("\(fault)\n".utf8))
      }
      if once {
        if !faults.isEmpty { throw ExitCode.failure }
        return
      }
      try await Task.sleep(for: .seconds(300))
    }
  }
}

/// The address of a hub in browsers, as an option gives it.
enum PublicAddress {
  static func check(_ address: String) throws {
    guard let parts = URLComponents(string: address), let host = parts.host, !host.isEmpty,
      parts.query == nil, parts.fragment == nil, parts.user == nil,
      parts.scheme == "https"
        || parts.scheme == "http" && ["localhost", "127.0.0.1"].contains(host)
    else { throw ValidationError("--address: such as https://hub.hospital.example") }
  }

  static func plain(_ address: String) -> String {
    address.hasSuffix("/") ? String(address.dropLast()) : address
  }
}
