import Encoding
import Tables

/// The column that is predicted, and the kind of model: the owner's choices, all of them public.
package struct PredictionTask: Sendable, Equatable {
  /// The kinds of model.
  package enum Form: String, Sendable, Codable, CaseIterable {
    /// Points for each bin or category of each column; logistic for a flag or an event, on the
    /// target's own scale for a number.
    case additive
    /// A straight line in every number, points for each category, for a number.
    case linear
    /// The same for a flag or an event.
    case logistic
    /// The same for a count, on the scale of its logarithm.
    case poisson
  }

  /// The name of the predicted column.
  package var target: String
  /// The kind of model; nil for additive.
  package var form = Form.additive
  /// The label that counts as yes if the target is a category; all other labels count as no.
  package var event: String?
  /// Whether the square root of a number is modelled.
  package var takesRoot = false
  /// Columns that the model does not look at.
  package var ignored: Set<String> = []

  package init(target: String) { self.target = target }

  /// Returns how the target is predicted. It depends on the schema alone.
  /// - Throws: ``PredictionFault``.
  package func family(in schema: Schema) throws(PredictionFault) -> PredictionFamily {
    guard let column = schema.column(named: target),
      Blueprint.isModelled(column, unit: schema.unit)
    else { throw .unknownTarget(target) }
    let isNumber: Bool
    switch column.type {
    case .integer, .decimal, .scientific: isNumber = true
    case .boolean, .category: isNumber = false
    case .date, .timestamp, .identifier, .text: throw .notPredictable(target)
    }
    if let event {
      guard column.type == .category, !event.isEmpty else { throw .eventWithoutCategories(target) }
    } else if column.type == .category {
      throw .eventNeeded(target)
    }
    guard isNumber || !takesRoot else { throw .rootOfNoNumber(target) }
    switch form {
    case .additive: return isNumber ? .linear : .logistic
    case .linear where isNumber: return .linear
    case .logistic where !isNumber: return .logistic
    case .poisson where isNumber && !takesRoot: return .poisson
    case .linear, .logistic, .poisson:
      throw .wrongForm(form.rawValue, column: target, needsNumber: form != .logistic)
    }
  }

  /// Returns the schema as the model sees it: without rules, with the event and all other labels as
  /// the target's categories, and without the columns that it cannot use.
  /// - Throws: ``PredictionFault``. It depends on the schema alone.
  package func view(of schema: Schema) throws(PredictionFault) -> PredictionView {
    let family = try family(in: schema)
    if let unknown = ignored.filter({ schema.column(named: $0) == nil }).min() {
      throw .unknownIgnored(unknown)
    }
    guard schema.unit.maximumRows <= Self.mostRowsOfAUnit else {
      throw .tooManyRowsOfAUnit(schema.unit.maximumRows, most: Self.mostRowsOfAUnit)
    }
    var view = PredictionView(schema: schema, family: family, leftOut: [])
    view.schema.rules = []
    view.schema.maps = [:]
    for index in view.schema.columns.indices {
      let column = view.schema.columns[index]
      guard Blueprint.isModelled(column, unit: schema.unit) else { continue }
      if column.name == target {
        view.schema.columns[index].role = .target
        if let event {
          view.schema.columns[index].setLabels([event, column.otherText(beside: event)])
        }
      } else if let reason = reasonToLeaveOut(column) {
        view.schema.columns[index].role = .drop
        view.leftOut.append(LeftOutColumn(name: column.name, reason: reason))
      } else {
        view.schema.columns[index].hierarchy = nil
        if column.role == .target { view.schema.columns[index].role = .ordinary }
      }
    }
    guard view.features.count > 0 else { throw .noFeatures }
    return view
  }

  /// The largest number of rows of a person that one gradient may hold.
  private static let mostRowsOfAUnit = 1_000

  private func reasonToLeaveOut(_ column: ColumnSchema) -> LeftOutColumn.Reason? {
    if ignored.contains(column.name) { return .ignored }
    switch column.type {
    case .date, .timestamp: return .time
    case .identifier, .text: return .time
    case .integer, .decimal, .scientific: return column.codes.isEmpty ? nil : .codeWords
    case .boolean, .category: return nil
    }
  }
}

extension ColumnSchema {
  fileprivate mutating func setLabels(_ labels: [String]) {
    categories = .declared(labels)
    otherLabel = labels[labels.count - 1]
    hierarchy = nil
  }

  /// Returns a label for all labels but the event.
  fileprivate func otherText(beside event: String) -> String {
    otherLabel == event ? "not \(event)" : otherLabel
  }
}

/// A schema as a model sees it.
package struct PredictionView: Sendable, Equatable {
  package var schema: Schema
  package let family: PredictionFamily
  /// The columns that could be modelled and are left out.
  package var leftOut: [LeftOutColumn]

  /// The columns that the model looks at.
  package var features: [ColumnSchema] {
    schema.columns.filter {
      Blueprint.isModelled($0, unit: schema.unit) && $0.role != .target
    }
  }
}

/// A column that a model does not look at, and the reason.
package struct LeftOutColumn: Sendable, Equatable, Codable {
  package enum Reason: String, Sendable, Codable {
    /// The owner named it.
    case ignored
    /// Scorecards have no bins of dates and times.
    case time
    /// Scorecards have no entry for code words beside numbers.
    case codeWords = "code-words"
    /// Nothing about it could be learned at this price.
    case notLearned = "not-learned"
  }

  package let name: String
  package let reason: Reason

  package init(name: String, reason: Reason) { (self.name, self.reason) = (name, reason) }

  /// The reason in words.
  package var words: String {
    switch reason {
    case .ignored: "left out as asked"
    case .time: "a date or time, which scorecards have no bins for"
    case .codeWords: "has code words beside its numbers, which scorecards have no entry for"
    case .notLearned: "nothing about it could be learned at this price"
    }
  }
}
