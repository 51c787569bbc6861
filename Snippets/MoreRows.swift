// More rows from a release: anybody who has the folder can draw them, at no cost in privacy.
import Foundation
import Understudy

let workbench = try Workbench()
let release = URL(filePath: "release")
let drawn = try await workbench.sample(
  release, rows: 500, where: ["sex": "F", "age": "60..69"], to: URL(filePath: "sixties.csv"),
  seed: 1)
print("\(drawn) rows drawn")
