import Testing

/// The tree keeps the rules of the house (CONTRIBUTING.md).
@Suite struct TidyTests {
  private func expectNone(
    _ violations: [Violation], sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let list = violations.map(\.description).joined(separator: "\n")
    #expect(violations.isEmpty, "\n\(list)", sourceLocation: sourceLocation)
  }

  @Test func theTreeIsFound() throws {
    let files = try Repository.swiftFiles()
    #expect(files.contains { $0.path == "Sources/Data/Tables/Table.swift" })
    #expect(files.contains { $0.path == "Tests/TidyTests/TidyTests.swift" })
  }

  @Test func bracesBalanceInEveryFile() throws {
    for file in try Repository.swiftFiles() {
      for pair in ["{}", "()", "[]"].map({ Array($0.utf8) }) {
        let open = file.code.reduce(0) { $0 + $1.utf8.count { $0 == pair[0] } }
        let closed = file.code.reduce(0) { $0 + $1.utf8.count { $0 == pair[1] } }
        #expect(
          open == closed,
          "\(file.path) is misread: \(open) opening and \(closed) closing of \(String(decoding: pair, as: UTF8.self))"
        )
      }
    }
  }

  @Test func linesFilesAndFunctionsAreShort() throws {
    let hub = try Repository.hubFiles()
    #expect(hub.contains { $0.path == "Hub/Sources/HubRights/Rights.swift" })
    expectNone((try Repository.swiftFiles() + hub).flatMap(LengthRules.violations))
  }

  @Test func publicDeclarationsAreDocumented() throws {
    expectNone(try Repository.swiftFiles().flatMap(DocumentationRule.violations))
  }

  /// The public surface is a promise: additions and removals are visible in one file.
  @Test func thePublicSurfaceIsAsListed() throws {
    let surface = PublicSurface(try Repository.swiftFiles())
    #expect(surface.lines <= PublicSurface.mostLines)
    try surface.recordIfAsked()
    let kept = try Repository.text(of: PublicSurface.list)
    let changed = Set(surface.text.split(separator: "\n")).symmetricDifference(
      kept.split(separator: "\n"))
    #expect(surface.text == kept, "changed: \(changed.sorted().joined(separator: "; "))")
    #expect(surface.rooms == ["Understudy"], "one room has a door for programs")
  }

  @Test func noBannedCalls() throws {
    expectNone(try Repository.swiftFiles().flatMap(BannedCalls.violations))
  }

  @Test func testsStartProgramsInOneWayAndHaveNoLimitsOfTime() throws {
    expectNone(try Repository.swiftFiles().flatMap(ProgramRule.violations))
  }

  @Test func scriptsAndHeadersHoldNoMachinePaths() throws {
    let files = try Repository.files(
      below: ["Sources", "Tests", "scripts", "Benchmarks", "Hub/Sources", "Hub/Tests"],
      extensions: ["sh", "py", "c", "h", "yaml", "json"])
    #expect(files.contains { $0.path == "scripts/demo.sh" })
    expectNone(files.flatMap(BannedCalls.violationsInText))
  }

  @Test func importsPointOneWay() throws {
    let rule = ImportRule(manifest: try Repository.text(of: "Package.swift"))
    #expect(rule.rooms.contains("Tables"))
    #expect(rule.backwardImports == [])
    expectNone(try Repository.swiftFiles().flatMap(rule.violations))
  }

  /// From the ground up; a room imports rooms before it, so no room imports one of a higher floor.
  @Test func roomsAreOnNineFloors() throws {
    let rule = ImportRule(manifest: try Repository.text(of: "Package.swift"))
    let floors = [
      "Basics", "Data", "Privacy", "Models", "Identifiers", "Evidence", "Publishing",
      "Demonstrations", "Doors",
    ]
    #expect(rule.floorsInOrder == floors)
    let found = Set(
      try Repository.swiftFiles().filter(\.isSource).map {
        $0.path.split(separator: "/").dropFirst().prefix(2).joined(separator: "/")
      })
    let declared = Set(
      rule.rooms.map { "\(rule.floors[$0] ?? "")/\($0)" } + ["Doors/understudy-cli"])
    #expect(found == declared)
  }

  @Test func theArchitectureNamesEveryRoom() throws {
    let rule = ImportRule(manifest: try Repository.text(of: "Package.swift"))
    let table = ArchitectureTable(markdown: try Repository.text(of: "docs/ARCHITECTURE.md"))
    #expect(table.differences(from: rule) == [])
  }

  @Test func foldersOfARoomUseEachOtherOneWay() throws {
    #expect(FolderRule.cycles(in: try Repository.swiftFiles()) == [])
  }

  @Test func enginesAreToldApartByThemselves() throws {
    let files = try Repository.swiftFiles()
    let rule = try EngineRule(files)
    #expect(Set(rule.engines).isSuperset(of: ["aim", "gan"]))
    expectNone(files.flatMap(rule.violations))
  }

  @Test func everyUseOfTheOwnersDoorIsListed() throws {
    let uses = OwnerDoor.uses(in: try Repository.swiftFiles())
    let listed = Dictionary(uniqueKeysWithValues: OwnerDoor.allowed.map { ($0.path, $0.count) })
    #expect(uses == listed)
    #expect(OwnerDoor.allowed.allSatisfy { !$0.reason.isEmpty })
  }

  @Test(arguments: [true, false]) func commentsReadAsPlainEnglish(ofSources: Bool) throws {
    let style = CommentStyle(try Repository.swiftFiles(), ofSources: ofSources)
    #expect(style.words > 10_000)
    #expect(
      style.wheresPerThousand <= 2.5 && style.questionsPerThousand <= 0.6
        && style.ifsPerThousand >= 2, "\(style)")
  }

  /// An error without a description is reported as unexpected, as contradicting constraints once
  /// were.
  @Test func everyErrorHasWords() throws {
    let files = try Repository.swiftFiles()
    let declared = ErrorRule.declared(in: files)
    #expect(
      declared
        == ErrorRule.described(in: files).subtracting([
          "CancellationError", "CocoaError", "UnderstudyError",
        ]).union(
          ErrorRule.elsewhere.keys))
  }

  @Test func theWordsOfErrorsNameEveryCase() throws {
    let files = try Repository.swiftFiles()
    let errors = ErrorRule.declared(in: files)
    expectNone(files.flatMap { ErrorRule.defaults(in: $0, errors: errors) })
  }

  @Test func noTextBelowTheDoorsNamesAnOption() throws {
    let files = try Repository.swiftFiles()
    expectNone(files.flatMap(FlagRule.violations))
    let found = Set(
      files.filter { !FlagRule.flags(in: $0).isEmpty }.compactMap {
        $0.path.split(separator: "/").last.map(String.init)
      })
    #expect(
      found == Set(FlagRule.allowed.keys),
      "a file that needs no exception is listed, or the reverse")
  }

  @Test func everyKindOfFaultIsOnThePage() throws {
    let identifiers = ErrorRule.identifiers(in: try Repository.swiftFiles())
    #expect(identifiers == ErrorRule.listed(on: try Repository.text(of: ErrorRule.page)))
    #expect(
      identifiers.allSatisfy { $0.wholeMatch(of: /[a-z]+(?:\.[a-z0-9]+(?:-[a-z0-9]+)*)?/) != nil })
  }

  @Test func everyReaderOfOwnersRowsIsListed() throws {
    #expect(OwnerDoor.rowReaders(in: try Repository.swiftFiles()) == Set(OwnerDoor.rowReaders.keys))
    #expect(OwnerDoor.rowReaders.values.allSatisfy { !$0.isEmpty })
  }

  @Test func everyCuratorWithoutAGuaranteeIsListed() throws {
    #expect(
      OwnerDoor.openCurators(in: try Repository.swiftFiles()) == Set(OwnerDoor.openCurators.keys))
    #expect(OwnerDoor.openCurators.values.allSatisfy { !$0.isEmpty })
  }

  @Test func everyNetworkInsideTheWallIsListed() throws {
    let declared = OwnerDoor.declaredGradientComputations(in: try Repository.swiftFiles())
    #expect(Set(declared.keys) == Set(OwnerDoor.gradientComputations.keys))
    #expect(OwnerDoor.gradientComputations.values.allSatisfy { !$0.isEmpty })
  }

  /// The list requires a test of the property: a network inside the wall that no test examines
  /// fails here.
  @Test func everyNetworkInsideTheWallIsExamined() throws {
    let files = try Repository.swiftFiles()
    let declared = OwnerDoor.declaredGradientComputations(in: files).values.reduce(into: Set()) {
      $0.formUnion($1)
    }
    #expect(OwnerDoor.examined(in: files) == declared, "see \(OwnerDoor.examinations)")
  }
}
