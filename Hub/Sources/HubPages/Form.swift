/// A form of a page. Every one that is sent by POST carries the session's token.
package struct Form: Sendable {
  let action: String
  let method: String
  let isSent: Bool
  let formTitle: String?
  let fields: [Field]
  let button: String
  let isDanger: Bool
  /// Fields that belong together, each in a frame of its own.
  package var groups: [Group] = []
  /// Whether it stands without a frame, as a single button does.
  package var isBare = false
  /// A second button, which says by its name that it was pressed.
  package var second: Second?

  package struct Group: Sendable {
    package let groupID: String
    let groupTitle: String
    let groupText: String?
    let groupLines: Wrapped<String>?
    var groupFields: [Field]

    package init(
      _ title: String, id: String, text: String? = nil, lines: [String] = [], _ fields: [Field]
    ) {
      (groupTitle, groupID, groupText, groupFields) = (title, id, text, fields)
      groupLines = Wrapped(lines)
    }
  }

  package struct Second: Sendable {
    let secondName: String
    let secondText: String

    package init(_ text: String, name: String) { (secondText, secondName) = (text, name) }
  }

  /// - Parameter isSent: False for a form that only opens another page.
  package init(
    _ button: String, to action: String, title: String? = nil, isSent: Bool = true,
    isDanger: Bool = false, _ fields: [Field] = []
  ) {
    (self.action, self.button, self.isSent, self.isDanger) = (action, button, isSent, isDanger)
    (method, formTitle, self.fields) = (isSent ? "post" : "get", title, fields)
  }

  /// The form with the values that a person has typed, and the fault of one field.
  package func filled(_ values: [String: [String]], fault: (field: String, text: String)? = nil)
    -> Form
  {
    var form = Form(
      button, to: action, title: formTitle, isSent: isSent, isDanger: isDanger,
      fields.map { $0.filled(values[$0.fieldName], fault: fault) })
    form.second = second
    form.groups = groups.map { group in
      var group = group
      group.groupFields = group.groupFields.map { $0.filled(values[$0.fieldName], fault: fault) }
      return group
    }
    return form
  }
}

extension Page {
  /// The page with what a person has typed into its forms, and the fault of one field.
  package func filled(_ values: [String: [String]], fault: (field: String, text: String)) -> Page {
    var page = self
    for place in page.blocks.indices {
      page.blocks[place].form = page.blocks[place].form?.filled(values, fault: fault)
      page.blocks[place].forms = page.blocks[place].forms?.map { $0.filled(values, fault: fault) }
    }
    return page
  }
}

/// A field of a form.
package struct Field: Sendable {
  enum Kind: Sendable { case text, area, select, choice, check, hidden, password, number }

  let fieldName: String
  let fieldLabel: String
  private(set) var kind: Kind
  var hint = ""
  var fieldValue = ""
  var options: [Option] = []
  var suggestions: [Option] = []
  var fieldFault = ""
  var isRequired = true
  var completion = "off"
  var isChecked = false
  /// The end of the identifier of one box among several of the same name.
  private(set) var idEnd = ""
  var step = "1"

  struct Option: Sendable {
    let optionValue: String
    let optionText: String
    let isSelected: Bool
  }

  package var name: String { fieldName }

  private init(_ name: String, _ label: String, _ kind: Kind) {
    (fieldName, fieldLabel, self.kind) = (name, label, kind)
  }

  package static func text(
    _ name: String, _ label: String, hint: String = "", value: String = "",
    isRequired: Bool = true, completion: String = "off", suggestions: [String] = []
  ) -> Field {
    var field = Field(name, label, .text)
    (field.hint, field.fieldValue, field.isRequired) = (hint, value, isRequired)
    field.completion = completion
    field.suggestions = suggestions.map {
      Option(optionValue: $0, optionText: $0, isSelected: false)
    }
    return field
  }

  package static func area(
    _ name: String, _ label: String, hint: String = "", value: String = "", isRequired: Bool = true
  ) -> Field {
    var field = Field(name, label, .area)
    (field.hint, field.fieldValue, field.isRequired) = (hint, value, isRequired)
    return field
  }

  package static func number(
    _ name: String, _ label: String, hint: String = "", value: String = "", step: String = "1",
    isRequired: Bool = true
  ) -> Field {
    var field = Field(name, label, .number)
    (field.hint, field.fieldValue, field.step, field.isRequired) = (hint, value, step, isRequired)
    return field
  }

  package static func password(
    _ name: String, _ label: String, hint: String = "", completion: String
  ) -> Field {
    var field = Field(name, label, .password)
    (field.hint, field.completion) = (hint, completion)
    return field
  }

  /// Returns a choice of which all possibilities are seen at once.
  /// - Parameter options: Pairs of a value and the words for it.
  package static func choice(
    _ name: String, _ label: String, _ options: [(String, String)], hint: String = "",
    value: String = ""
  ) -> Field {
    var field = select(name, label, options, hint: hint, value: value)
    field.kind = .choice
    return field
  }

  /// Returns the field with a sentence on its fault; unchanged if it has none.
  package func faulty(_ text: String?) -> Field {
    var field = self
    field.fieldFault = text ?? ""
    return field
  }

  /// - Parameter options: Pairs of a value and the words for it.
  package static func select(
    _ name: String, _ label: String, _ options: [(String, String)], hint: String = "",
    value: String = ""
  ) -> Field {
    var field = Field(name, label, .select)
    (field.hint, field.fieldValue) = (hint, value)
    field.options = options.map {
      Option(optionValue: $0.0, optionText: $0.1, isSelected: $0.0 == value)
    }
    return field
  }

  package static func check(
    _ name: String, _ label: String, value: String = "yes", hint: String = "",
    isChecked: Bool = false, id: String? = nil
  ) -> Field {
    var field = Field(name, label, .check)
    field.idEnd = id ?? value
    (field.hint, field.fieldValue, field.isChecked, field.isRequired) = (
      hint, value, isChecked, false
    )
    return field
  }

  package static func hidden(_ name: String, _ value: String) -> Field {
    var field = Field(name, "", .hidden)
    field.fieldValue = value
    return field
  }

  package func filled(_ values: [String]?, fault: (field: String, text: String)?) -> Field {
    var field = self
    if fault?.field == fieldName { field.fieldFault = fault?.text ?? "" }
    switch kind {
    case .hidden, .password: break
    case .check: if let values { field.isChecked = values.contains(fieldValue) }
    case .select, .choice:
      guard let value = values?.first else { break }
      field.options = options.map {
        Option(
          optionValue: $0.optionValue, optionText: $0.optionText,
          isSelected: $0.optionValue == value)
      }
    case .text, .area, .number: if let value = values?.first { field.fieldValue = value }
    }
    return field
  }
}
