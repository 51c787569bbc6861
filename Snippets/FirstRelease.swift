// A first release: patients.csv goes in, the folder `release` comes out.
import Foundation
import Understudy

let workbench = try Workbench()
var request = ReleaseRequest(
  table: .file(URL(filePath: "patients.csv")), schema: .file(URL(filePath: "patients.schema.yaml")),
  epsilon: 1, output: URL(filePath: "release"))
request.targets = ["readmitted_30d"]

let release = try await workbench.synthesize(request) { progress in
  if progress.fraction == 1 { print("\(progress.phase): done") }
}
print("\(release.rows) rows in \(release.table.lastPathComponent)")
for hazard in release.hazards { print("Hazard: \(hazard)") }
print("Verified: \(try await workbench.verify(release.folder).isPassed)")
