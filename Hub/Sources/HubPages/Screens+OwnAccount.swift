import HubRecords
import HubRights

/// How a person hears of what waits for them.
package struct NewsSettings: Sendable {
  let address: String?
  let hasFeed: Bool
  /// The address of a feed that was just made, which is shown once.
  let feed: String?

  package init(address: String? = nil, hasFeed: Bool = false, feed: String? = nil) {
    (self.address, self.hasFeed, self.feed) = (address, hasFeed, feed)
  }
}

extension Screens {
  func sessionBlock(_ sessions: [SessionLine]) -> Block {
    var forms = sessions.filter { !$0.isThis && !$0.id.isEmpty }.map { session in
      Form(
        "End the session of \(Wording.time(session.created))", to: "/me/end-session",
        isDanger: true, [.hidden("session", session.id)])
    }
    forms.append(Form("End all sessions", to: "/me/end-sessions", isDanger: true))
    var block = confirmed(forms, at: "/me")
    block.heading = "Your sessions"
    block.table = Table(
      "Newest first", ["Browser", "Since", "Last seen"],
      sessions.map { session in
        [
          Cell(session.isThis ? "This one" : session.device),
          Cell(Wording.time(session.created)), Cell(Wording.time(session.seen)),
        ]
      })
    return block
  }

  func passwordBlock() -> Block {
    guard isConfirmed else { return Block() }
    return Block("Another password").with {
      $0.forms = [
        Form(
          "Change the password", to: "/me/password",
          [
            .password("present", "Present password", completion: "current-password"),
            .password(
              "new", "New password",
              hint: "At least 10 characters; several words in a row are good.",
              completion: "new-password"),
          ])
      ]
    }
  }

  /// Letters and the feed: both name requests by number, kind and state alone.
  func newsBlock(_ settings: NewsSettings) -> Block {
    guard isConfirmed else { return Block() }
    var block = Block(
      "What waits for you",
      "Letters and the feed name requests by number, kind and state. They hold no purposes and no values."
    )
    if let feed = settings.feed {
      block.notice = Notice(
        .good, "The address of your feed",
        "It is shown once. Whoever has it can read the feed, until you end it.")
      block.code = feed
    }
    var forms = [
      Form(
        "Set the address", to: "/me/address",
        [
          .text(
            "address", "Address for letters", hint: "Leave it empty for none.",
            value: settings.address ?? "", isRequired: false, completion: "email")
        ]),
      Form(settings.hasFeed ? "Make another feed" : "Make a feed", to: "/me/feed"),
    ]
    if settings.hasFeed { forms.append(Form("End the feed", to: "/me/end-feed", isDanger: true)) }
    block.forms = forms
    return block
  }
}
