import HubRecords
import HubRights

/// Conditions of use, and what projects state about theirs.
extension Screens {
  /// The conditions of a data set, in plain words and as the ontology names them.
  func conditions(of dataset: Dataset) -> Block {
    guard !dataset.conditions.isEmpty else {
      return Block("Conditions of use").with { $0.prose = ["None is named."] }
    }
    return Block(
      "Conditions of use", "Named as in the Data Use Ontology, which other catalogues use too."
    ).with {
      $0.table = Table(
        "A project states what it intends; an officer decides",
        ["Condition", "In the owner's words", "Code", "Label"],
        dataset.conditions.map { condition in
          [
            Cell(condition.title), Cell(dataset.conditionNotes?[condition.rawValue] ?? "–"),
            Cell("\(condition.rawValue), \(condition.id)"), Cell(condition.label),
          ]
        })
    }
  }

  /// What a project states beside each condition; nil for requests that state nothing, or of data
  /// sets without conditions.
  func useMatches(_ request: RequestRecord) -> [Block] {
    guard case .access(_, _, _, _, let use) = request.spec,
      let dataset = state.datasets[request.dataset]?.dataset, !dataset.conditions.isEmpty
    else { return [] }
    guard let use else {
      return [conditions(of: dataset)]
    }
    let matches = UseMatch.all(dataset, use)
    var blocks: [Block] = []
    let conflicts = matches.filter { $0.outcome == .conflicts }
    if !conflicts.isEmpty, sight.may(.submit, on: request) {
      blocks.append(
        .notice(
          .serious, "This does not fit the conditions of use",
          "Look at: \(conflicts.map(\.condition.title).joined(separator: "; ")). "
            + "Change the request if something is stated wrongly; as it stands, an officer is likely to refuse it."
        ))
    }
    blocks.append(
      Block("Conditions of use, and what the project states").with {
        $0.table = Table(
          "The hub compares; an officer decides",
          ["Condition", "In the owner's words", "The project states", "Result"],
          matches.map { match in
            [
              Cell("\(match.condition.title) (\(match.condition.rawValue))"),
              Cell(match.note ?? "–"), Cell(match.reason),
              Cell(match.outcome.rawValue, tag: Self.tag(of: match.outcome)),
            ]
          })
        if !use.words.isEmpty, !matches.contains(where: { $0.reason == use.words }) {
          $0.prose = ["In the project's words: \(use.words)"]
        }
      })
    return blocks
  }

  private static func tag(of outcome: UseMatch.Outcome) -> String {
    switch outcome {
    case .fits: "good"
    case .conflicts: "serious"
    case .ask: "caution"
    }
  }

  /// The fields in which a project states its use.
  func useFields(_ use: IntendedUse? = nil) -> [Field] {
    [
      .select(
        "aim", "Aim", IntendedUse.Aim.allCases.map { ($0.rawValue, $0.title) },
        hint: "It is compared with the conditions of use.",
        value: (use?.aim ?? .health).rawValue),
      .select(
        "organisation", "Your organisation",
        [("open", "is not run for profit"), ("profit", "is run for profit")],
        value: use?.isForProfit == true ? "profit" : "open"),
      .check(
        "commercial", "The results are for a product or a service that is sold",
        isChecked: use?.isCommercial == true, id: "commercial"),
      .check(
        "genetic", "It is a genetic study", isChecked: use?.isGenetic == true, id: "genetic"),
      .check(
        "ethics", "An ethics committee has approved the study",
        isChecked: use?.hasEthicsApproval == true, id: "ethics"),
    ]
      + IntendedUse.Promise.allCases.map { promise in
        .check(
          "promises", promise.title, value: promise.rawValue,
          isChecked: use?.promises.contains(promise) == true)
      } + [
        .text(
          "words", "Disease, region, institution, dates",
          hint: "Whatever the conditions of use ask for.", value: use?.words ?? "",
          isRequired: false)
      ]
  }

  // MARK: Columns

  /// The most columns that a page offers as boxes: a form has at most 200 fields.
  static let mostBoxes = 150

  /// The form that changes a request for a stand-in.
  func editRelease(_ request: RequestRecord, to path: String) -> Form {
    guard case .release(let units, let targets, let rows, let columns) = request.spec else {
      return Form("Save the change", to: path)
    }
    let fields: [Field] = [
      .number("units", "Units of precision", value: "\(units)"),
      .text(
        "targets", "Columns that you will predict, separated by commas",
        value: targets.joined(separator: ", "), isRequired: false),
      .number("rows", "Rows", value: rows.map { "\($0)" } ?? "", isRequired: false),
    ]
    let boxes = columnFields(of: request.dataset, chosen: columns)
    guard !boxes.isEmpty else {
      return Form("Save the change", to: path, title: "Change it", fields)
    }
    var form = Form("Save the change", to: path)
    form.groups = [
      .init("Change it", id: "need", fields), .init("Columns", id: "columns", boxes),
    ]
    return form
  }

  /// Boxes for the columns that a stand-in models, with those of `chosen` ticked.
  /// - Parameter chosen: Nil for all.
  func columnFields(of dataset: String, chosen: [String]?) -> [Field] {
    let choices = NarrowedSchema.choices(in: state.datasets[dataset]?.dataset.schema ?? "")
    guard choices.count > 1, choices.count <= Self.mostBoxes else { return [] }
    let ticked = chosen.map(Set.init) ?? Set(choices)
    return [.hidden("some", "yes")]
      + choices.enumerated().map { place, column in
        .check(
          "columns", column, value: column, isChecked: ticked.contains(column), id: "\(place)")
      }
  }

  /// The rules of the schema that no longer apply if only some columns are chosen.
  func leftOutRules(of dataset: String, columns: [String]?) -> [String] {
    guard let columns, let schema = state.datasets[dataset]?.dataset.schema else { return [] }
    return NarrowedSchema(schema, keeping: columns)?.leftOut ?? []
  }
}
