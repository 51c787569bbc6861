import Foundation
import HTTPTypes
import HubAccounts
import HubPages
import HubRecords
import HubRights
import HubStore
import Hummingbird
import Understudy

/// Requests as they are made: the forms, and what they would bring.
enum Asks {
  /// Drafts a request; shows the form again if a field is not as it must be.
  static func draft(_ visit: Visit, _ place: Act.Place, _ spec: Spec, form page: Page) throws
    -> Response
  {
    let id = RandomToken.name()
    do {
      try visit.perform(.draft(request: id, place: place, spec: spec))
    } catch Refusal.invalid(let field, let reason) {
      return try visit.page(
        page.filled(visit.form.values, fault: (field, reason)), status: .unprocessableContent)
    }
    return Visit.redirect("/requests/\(id)")
  }

  // MARK: Releases

  static func releaseForm(_ visit: Visit) async throws -> Response {
    let project = try visit.sight.project(visit.parameter("id"), for: .askInProject)
    let query = visit.query
    guard let units = query.whole("units"), (1...1000).contains(units) else {
      return try visit.page(
        visit.screens.newRelease(project, plan: nil, values: query.values))
    }
    let columns = try chosenColumns(query, of: visit.sight.dataset(project.project.dataset))
    guard columns?.isEmpty != true else {
      return try visit.page(
        visit.screens.newRelease(
          project, plan: .notice(.caution, "No column is chosen", "Choose one column or more."),
          values: query.values, canKeep: false), status: .unprocessableContent)
    }
    let plan: Block
    do {
      let error = try await visit.pairError(
        of: project.project.dataset, units: units, targets: query.list("targets"),
        columns: columns)
      plan = Screens.expectation(pairError: error)
    } catch let error as UnderstudyError {
      plan = .notice(.caution, "No prediction", "\(error.message) \(error.remedy)")
    }
    return try visit.page(
      visit.screens.newRelease(project, plan: plan, values: visit.query.values))
  }

  static func askRelease(_ visit: Visit) throws -> Response {
    let id = visit.parameter("id")
    let project = try visit.sight.project(id, for: .askInProject)
    let spec = try release(visit.form, of: visit.sight.dataset(project.project.dataset))
    return try draft(
      visit, .project(id), spec,
      form: visit.screens.newRelease(project, plan: nil, values: visit.form.values))
  }

  private static func release(_ form: FormText, of record: DatasetRecord) -> Spec {
    .release(
      units: form.whole("units") ?? 0, targets: form.list("targets"),
      rows: form.word("rows") == nil ? nil : form.whole("rows") ?? 0,
      columns: chosenColumns(form, of: record))
  }

  /// The columns that boxes are ticked for: nil if the form has no boxes, or all are ticked.
  private static func chosenColumns(_ form: FormText, of record: DatasetRecord) -> [String]? {
    let chosen = form.all("columns")
    if chosen.isEmpty { return form["some"].isEmpty ? nil : [] }
    let choices = NarrowedSchema.choices(in: record.dataset.schema)
    return Set(chosen) == Set(choices) ? nil : chosen
  }

  // MARK: Analyses

  static func analysisForm(_ visit: Visit) async throws -> Response {
    let project = try visit.sight.project(visit.parameter("id"), for: .askInProject)
    let query = visit.query
    guard query.word("kind") != nil, let units = query.whole("units"), units > 0 else {
      return try visit.page(
        visit.screens.newAnalysis(project, preview: nil, values: query.values))
    }
    let pilot = try visit.sight.request(query["release"], for: .readResult)
    guard pilot.project == project.project.id, pilot.spec.kind == .release else {
      throw Refusal.notFound
    }
    var preview: Block
    do {
      let unit = try visit.sight.dataset(project.project.dataset).dataset.unitEpsilon
      let epsilon = Double(units) * unit
      let plan = try await visit.plan(question(query), from: pilot.id, epsilon: epsilon)
      preview =
        plan.prediction(at: epsilon).map { Screens.expectation(plan, $0) }
        ?? Block.notice(.caution, "No prediction", "The stand-in does not tell.")
      preview.form = try visit.screens.keepAnalysis(project, values: query.values)
    } catch let error as UnderstudyError {
      preview = .notice(.caution, "This cannot be run", "\(error.message) \(error.remedy)")
    }
    return try visit.page(
      visit.screens.newAnalysis(project, preview: preview, values: query.values))
  }

  static func askAnalysis(_ visit: Visit) throws -> Response {
    let id = visit.parameter("id")
    let project = try visit.sight.project(id, for: .askInProject)
    return try draft(
      visit, .project(id),
      .analysis(
        question: question(visit.form), release: visit.form["release"],
        units: visit.form.whole("units") ?? 0),
      form: visit.screens.newAnalysis(project, preview: nil, values: visit.form.values))
  }

  private static func question(_ form: FormText) -> Question {
    var question = Question(kind: form["kind"])
    (question.outcome, question.value) = (form.word("outcome"), form.word("value"))
    (question.by, question.terms) = (form.list("by"), form.list("terms"))
    (question.time, question.event) = (form.word("time"), form.word("event"))
    if let column = form.word("column") { question.conditions = [column: form.list("among")] }
    return question
  }

  // MARK: Changes

  static func edit(_ visit: Visit) throws -> Response {
    let request = try visit.sight.request(visit.parameter("id"), for: .edit)
    let form = visit.form
    let spec: Spec =
      switch request.spec {
      case .access:
        .access(
          title: form["title"], purpose: form["purpose"], units: form.whole("units") ?? 0,
          days: form.whole("days") ?? 0, use: IntendedUse(form))
      case .release: release(form, of: try visit.sight.dataset(request.dataset))
      case .analysis(let question, let pilot, _):
        .analysis(question: question, release: pilot, units: form.whole("units") ?? 0)
      case .budget: .budget(epsilon: form.number("epsilon") ?? 0, reason: form["reason"])
      }
    return try Reviews.act(visit) { .edit(request: $0, spec: spec) }
  }
}

extension Visit {
  /// The expected mean error of a stand-in's pairs of columns, from the schema and the price alone.
  /// - Parameter columns: Nil for all.
  func pairError(of dataset: String, units: Int, targets: [String], columns: [String]?)
    async throws -> Double
  {
    let record = try sight.dataset(dataset).dataset
    // A plan reads no row; the output is named because a request has one, and is never made.
    var request = ReleaseRequest(
      table: .file(URL(filePath: record.source)),
      schema: .text(record.schema(ofColumns: columns)),
      epsilon: Double(units) * record.unitEpsilon,
      output: hub.store.folder.result(of: "never-made"))
    request.targets = targets
    return try await hub.workbench.plan(request).pairError
  }

  /// The prediction of an answer, from a stand-in alone.
  func plan(_ question: Question, from release: String, epsilon: Double) async throws -> PlanFile {
    let file = FileManager.default.temporaryDirectory.appending(
      path: "hub-question-\(RandomToken.name()).json")
    try question.file().write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    return try PlanFile(
      await hub.workbench.estimate(
        file, from: hub.store.folder.result(of: release), askingAt: epsilon))
  }
}
