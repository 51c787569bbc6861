// Judging another tool's table: how close it comes, and whom it betrays.
import Foundation
import Understudy

let workbench = try Workbench()
var comparison = Comparison(
  of: .file(URL(filePath: "synthetic.csv")), with: .file(URL(filePath: "patients.csv")),
  schema: .file(URL(filePath: "patients.schema.yaml")))
comparison.target = "readmitted_30d"

let evaluation = try await workbench.evaluate(comparison)
print("Wrong in a column: \(Int(100 * evaluation.columnDistance)) rows of 100")
print(
  "Predicting: \(evaluation.scoreOfSynthetic ?? 0), by the original \(evaluation.scoreOfOriginal ?? 0)"
)

// People of the same kind who are not in the table show which facts are true of everyone.
comparison.others = .file(URL(filePath: "others.csv"))
let verdict = try await workbench.attack(comparison)
print("Attacks: \(verdict.verdict)")
for failure in verdict.failures { print(failure) }
