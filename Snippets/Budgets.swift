// A budget: granted beforehand, spent by releases, and never overspent.
import Foundation
import Understudy

let workbench = try Workbench()
let patients = TableSource.file(URL(filePath: "patients.csv"))
let schema = TableSchema.file(URL(filePath: "patients.schema.yaml"))

let receipt = try await workbench.grant(epsilon: 1, to: patients, schema: schema)
print("Granted to \(receipt.budget.name): epsilon \(receipt.budget.grantedEpsilon)")

for (number, epsilon) in [0.8, 0.8].enumerated() {
  var request = ReleaseRequest(
    table: patients, schema: schema, epsilon: epsilon,
    output: URL(filePath: "release-\(number + 1)"))
  request.engine = .independent
  do {
    print("Released: \(try await workbench.synthesize(request).folder.lastPathComponent)")
  } catch let error as UnderstudyError where error.id == "budget.exhausted" {
    print("Refused: \(error.message)")
  }
}

for entry in try await workbench.budget(of: patients, schema: schema)?.history ?? [] {
  print("\(entry.event): \(entry.epsilon.map { "epsilon \($0)" } ?? "rho \(entry.rho ?? 0)")")
}
