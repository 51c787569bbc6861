// A table made in memory: the owner looks at it, declares the public facts, and makes a release.
import Foundation
import Understudy

let numbers = 1...600
let survey = TableSource.rows(
  name: "survey",
  columns: [
    TableColumn("age", numbers.map { 18 + $0 * 37 % 70 }),
    TableColumn("smokes", numbers.map { $0 % 4 == 0 ? "yes" : "no" }),
    TableColumn("litres", numbers.map { $0 % 9 == 0 ? nil : Double($0 % 40) / 10 }),
  ])

let workbench = try Workbench()
let inspection = try await workbench.inspect(survey)
for column in inspection.columns { print("\(column.name): \(column.type), \(column.role)") }

// Public facts are declared and cost nothing; the rest is learned.
let schema = TableSchema.text(
  """
  version: 3
  facts: declared
  table: survey
  unit: {row: person}
  columns:
    - {name: age, type: integer, bounds: {low: 18, high: 87}}
    - {name: smokes, type: category, categories: [yes, no]}
    - {name: litres, type: decimal, digits: 1, missing: yes, bounds: learn}
  """)
print("Fits: \(try await workbench.check(survey, schema: schema).fits)")
var request = ReleaseRequest(
  table: survey, schema: schema, epsilon: 2, output: URL(filePath: "survey-release"))
request.engine = .mst
print("\(try await workbench.synthesize(request).rows) rows")
