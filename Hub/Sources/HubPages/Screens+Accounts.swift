import HubRecords
import HubRights

extension Screens {
  private static let roles: [Role] = [
    .researcher, .owner, .officer, .checker, .auditor, .administrator,
  ]

  /// - Parameter code: A one-time code that was just issued, with the account that it is for.
  package func accounts(issued code: (account: String, code: String)?) -> Page {
    let accounts = state.accounts.values.sorted { $0.name < $1.name }
    var blocks: [Block] = []
    if let code {
      blocks.append(
        Block().with {
          $0.notice = Notice(
            .good, "Give this code to \(name(code.account)), by a safe way",
            "It is shown once. With it they set a password and a second factor at /enrol, within three days."
          )
          $0.code = code.code
        })
    }
    blocks.append(
      Block().with {
        $0.table = Table(
          "In order of their names", ["Account", "Name", "Roles", "State"],
          accounts.map { account in
            [
              Cell(account.name), Cell(account.fullName),
              Cell(account.roles.map(\.title).joined(separator: ", ")),
              account.isDisabled ? Cell("disabled", tag: "serious") : Cell("active", tag: "good"),
            ]
          })
      })
    let names = accounts.filter { !$0.isDisabled }.map { ($0.name, $0.fullName) }
    var forms = confirmed(
      [
        Form(
          "Make the account", to: "/accounts", title: "A new account",
          [
            .text("name", "Name to sign in with", hint: "Small letters, digits, dots, hyphens."),
            .text("fullName", "Name of the person"),
          ]
            + Self.roles.map { .check("roles", "Role: \($0.title)", value: $0.rawValue) }),
        Form(
          "Set these roles", to: "/accounts/roles", title: "Other roles",
          [.select("account", "Account", names)]
            + Self.roles.map {
              .check("newRoles", "Role: \($0.title)", value: $0.rawValue)
            }),
        Form(
          "Issue a code", to: "/accounts/code", title: "A forgotten password, a lost phone",
          [.select("codeAccount", "Account", names, hint: "Password and sessions end at once.")]),
        Form(
          "Disable", to: "/accounts/disable", title: "Somebody left", isDanger: true,
          [.select("leaver", "Account", names, hint: "All sessions end at once.")]),
      ], at: "/accounts")
    if isConfirmed { forms.heading = "Changes" }
    blocks.append(forms)
    return Page("Accounts", lead: "Everybody who can sign in here.", blocks)
  }

  /// The page of one's own account.
  /// - Parameter made: The secret of a token that was just made.
  package func me(
    sessions: [SessionLine], tokens: [(name: String, created: Int)] = [], made: String? = nil,
    news: NewsSettings = NewsSettings()
  ) -> Page {
    let shown = made.map { secret in
      Block().with {
        $0.notice = Notice(
          .good, "The new token",
          "It is shown once. A program sends it as `Authorization: Bearer …`.")
        $0.code = secret
      }
    }
    return Page(
      sight.account.fullName, overline: "Your account",
      lead: "Roles: \(sight.account.roles.map(\.title).joined(separator: ", ")).",
      [shown].compactMap(\.self) + [
        sessionBlock(sessions), passwordBlock(), newsBlock(news), tokenBlock(tokens),
      ])
  }

  private func tokenBlock(_ tokens: [(name: String, created: Int)]) -> Block {
    var forms = [
      Form("Make a token", to: "/me/token", [.text("name", "For which program")])
    ]
    if !tokens.isEmpty {
      forms.append(Form("End all tokens", to: "/me/end-tokens", isDanger: true))
    }
    var block = confirmed(forms, at: "/me")
    if isConfirmed {
      block.heading = "Tokens for programs"
      block.intro =
        "A program with a token reads, drafts and submits for you (/api/openapi.json). It cannot decide."
    }
    if !tokens.isEmpty {
      block.table = Table(
        "Newest first", ["Program", "Since"],
        tokens.map { [Cell($0.name), Cell(Wording.time($0.created))] })
    }
    return block
  }

  /// The page on which a code of the second factor is shown again.
  package func confirm(back: String, isWrong: Bool) -> Page {
    Page(
      "Confirm that it is you", lead: "Decisions need a fresh code of your authenticator app.",
      [
        Block().with {
          $0.form = Form(
            "Confirm", to: "/confirm",
            [
              .text("code", "Code", hint: "Six digits.", completion: "one-time-code"),
              .hidden("back", back),
            ]
          ).filled([:], fault: isWrong ? ("code", "This code is wrong, or was used already.") : nil)
        }
      ])
  }
}

/// A session as a page shows it.
package struct SessionLine: Sendable {
  let device: String
  let created: Int
  let seen: Int
  let isThis: Bool
  /// The beginning of its digest, by which a form names it. It opens nothing.
  let id: String
  /// The characters of ``id``.
  package static let idLength = 16

  package init(device: String, created: Int, seen: Int, isThis: Bool, id: String = "") {
    (self.device, self.created, self.seen, self.isThis) = (device, created, seen, isThis)
    self.id = id
  }
}

/// Pages for people who have not signed in.
package enum EntryPages {
  /// - Parameter fault: A sentence that is the same for a wrong name, password or code.
  /// - Parameter provider: The name of the identity provider, if people can sign in by one.
  package static func signIn(fault: String? = nil, provider: String? = nil) -> Page {
    Page(
      "Sign in", lead: "Stand-ins to explore today, and answers of the real table.",
      [
        Block().with {
          if let fault { $0.notice = Notice(.serious, "Not signed in", fault) }
          $0.form = Form(
            "Sign in", to: "/sign-in",
            [
              .text("account", "Account", completion: "username"),
              .password("password", "Password", completion: "current-password"),
              .text(
                "code", "Code of your authenticator app", hint: "Six digits.",
                completion: "one-time-code"),
            ])
          $0.links =
            [provider.map { Link("Sign in by \($0)", "/oidc/start", isPrimary: true) }]
            .compactMap(\.self) + [Link("I have a one-time code", "/enrol")]
        }
      ])
  }

  package static func enrol(fault: String? = nil) -> Page {
    Page(
      "Your one-time code",
      lead: "An administrator gave it to you. It sets your password and your second factor.",
      [
        Block().with {
          if let fault { $0.notice = Notice(.serious, "Not accepted", fault) }
          $0.form = Form(
            "Go on", to: "/enrol",
            [
              .text(
                "once", "One-time code",
                hint: "Seven groups, such as k7mp-3xqd-w2ta-8hrn-c5vb-j9ke-d4sz.")
            ])
        }
      ])
  }

  /// The second step: a password and the second factor.
  package static func enrol(
    account: String, once: String, secret: String, address: String, fault: String? = nil
  ) -> Page {
    Page(
      "Set your password", overline: account,
      [
        Block().with {
          if let fault { $0.notice = Notice(.serious, "Not set yet", fault) }
          $0.intro = "Enter this key in an authenticator app; it then shows codes of six digits."
          $0.code = secret
          $0.more = More("The same as an address, for apps that take one", address)
          $0.form = Form(
            "Set password and second factor", to: "/enrol/finish",
            [
              .hidden("once", once), .hidden("secret", secret),
              .password(
                "password", "New password",
                hint: "At least 10 characters; several words in a row are good.",
                completion: "new-password"),
              .text(
                "code", "The code that the app shows now", hint: "Six digits.",
                completion: "one-time-code"),
            ])
        }
      ])
  }

  package static func problem(_ title: String, _ text: String) -> Page {
    Page(
      title, lead: text, [Block().with { $0.links = [Link("Back to the beginning", "/")] }])
  }
}
