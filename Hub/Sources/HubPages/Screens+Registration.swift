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
          "Programs find the data set in the hub's catalogue (HealthDCAT-AP) if these are filled in; the days may be empty.",
        catalogueFields),
    ]
    return form
  }

  /// The form that changes the words on a data set in the catalogue, as they are.
  func wording(of dataset: Dataset) -> Form {
    var form = Form("Save", to: "/datasets/\(dataset.id)/words")
    form.groups = [
      .init("In the catalogue", id: "words", wordFields),
      .init(
        "For catalogues, if you like", id: "catalogue",
        text: "If all of these are empty, programs do not find the data set.",
        catalogueFields),
    ]
    let listing = dataset.listing
    return form.filled(
      [
        "title": dataset.title, "summary": dataset.summary,
        "keywords": (dataset.keywords ?? []).joined(separator: ", "),
        "publisher": listing?.publisher, "contact": listing?.contact,
        "accessBody": listing?.accessBody, "accessBodyContact": listing?.accessBodyContact,
        "category": listing?.category, "provenance": listing?.provenance,
        "begins": listing?.begins, "ends": listing?.ends,
      ].compactMapValues { $0.map { [$0] } })
  }

  /// The page on which an owner changes the words on a data set.
  package func describe(_ record: DatasetRecord) -> Page {
    let dataset = record.dataset
    return Page(
      "Change the words", overline: dataset.title,
      lead:
        "What people and catalogues read of the data set. Table, schema, conditions and agreement stay.",
      [confirmed([wording(of: dataset)], at: "/datasets/\(dataset.id)/words")])
  }

  private var wordFields: [Field] {
    [
      .text("title", "Title"),
      .area("summary", "What is in it, in a sentence or two"),
      .text(
        "keywords", "Keywords", hint: "With commas between them, such as readmission, hospital.",
        isRequired: false),
    ]
  }

  private var tableFields: [Field] {
    [.text("id", "Short name", hint: "For addresses: small letters, digits and hyphens.")]
      + wordFields + [
        .text(
          "source", "Path of the table",
          hint: "On the machine of the worker; a delimited file, such as a CSV."),
        .area(
          "schema", "Reviewed schema",
          hint:
            "As understudy inspect writes it and a person has corrected it. It is public knowledge."
        ),
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
      .text("begins", "First day of the data", hint: "Such as 2019-01-31.", isRequired: false),
      .text("ends", "Last day of the data", isRequired: false),
    ]
  }
}
