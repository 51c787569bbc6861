import HubRecords
import HubRights

extension Screens {
  /// The form that registers a data set.
  func registration() -> Form {
    var form = Form("Register", to: "/datasets")
    form.groups = [
      .init("The table", id: "table", tableFields),
      .init(
        "Conditions of use", id: "conditions",
        text: "Named as in the Data Use Ontology. What projects state is compared with them.",
        conditionFields),
      .init(
        "For catalogues, if you like", id: "catalogue",
        text:
          "Programs find the data set in the hub's catalogue (HealthDCAT-AP) if all of these are filled in.",
        catalogueFields),
    ]
    return form
  }

  private var tableFields: [Field] {
    [
      .text("id", "Short name", hint: "For addresses: small letters, digits and hyphens."),
      .text("title", "Title"),
      .area("summary", "What is in it, in a sentence or two"),
      .text(
        "source", "Path of the table",
        hint: "On the machine of the worker; a delimited file, such as a CSV."),
      .area(
        "schema", "Reviewed schema",
        hint:
          "As understudy inspect writes it and a person has corrected it. It is public knowledge."),
      .area("agreement", "The agreement that everybody in a project accepts"),
      .number(
        "unit", "ε of one unit of precision",
        hint: "Researchers see units, officers ε. 0.1 is usual.", value: "0.1", step: "0.01"),
    ]
  }

  private var conditionFields: [Field] {
    UseCondition.allCases.map { condition in
      .check(
        "conditions", "\(condition.title) (\(condition.rawValue))", value: condition.rawValue)
    } + [
      .area(
        "notes", "Your words on conditions",
        hint: "A line for each condition that needs them, such as DS: diabetes.",
        isRequired: false)
    ]
  }

  private var catalogueFields: [Field] {
    [
      .text("publisher", "Organisation that answers for the data", isRequired: false),
      .text("contact", "Contact", hint: "An e-mail address, or https://…", isRequired: false),
      .text("accessBody", "Health data access body", isRequired: false),
      .text("accessBodyContact", "Its contact", isRequired: false),
      .select(
        "category", "Category of Article 51 of the EHDS regulation",
        Listing.categories.map { ($0.code, $0.title) }, value: "EHRS"),
      .text("provenance", "Where the data come from, in a sentence", isRequired: false),
    ]
  }
}
