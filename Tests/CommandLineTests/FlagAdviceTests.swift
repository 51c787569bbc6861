import AdversarialSynthesis
import Basics
import CommandLine
import Foundation
import HeatMaps
import Ledger
import PlaceAttacks
import Policies
import Prediction
import Quality
import Releases
import TableSources
import Testing
import Understudy

/// The command line adds its own remedy to an error; the rooms below do not know its options.
@Suite struct FlagAdviceTests {
  struct Sample: Sendable, CustomTestStringConvertible {
    let error: any Error & CustomStringConvertible
    let text: String
    var testDescription: String { text }

    init(_ error: any Error & CustomStringConvertible, _ text: String) {
      (self.error, self.text) = (error, text)
    }
  }

  static let samples = [
    Sample(
      LedgerError.noHomeFolder,
      "There is no place for the budget ledger: HOME is not set. Name a file with --ledger or UNDERSTUDY_LEDGER."
    ),
    Sample(
      LedgerError.cannotCreate(path: "L", reason: "no space"),
      "The budget ledger L cannot be created: no space. Choose another place with --ledger or UNDERSTUDY_LEDGER."
    ),
    Sample(
      LedgerError.isFolder(path: "L"),
      "The budget ledger L is a folder. Name a file inside it with --ledger or UNDERSTUDY_LEDGER."),
    Sample(
      LedgerError.notALedger(path: "L"),
      "The file L is not a budget ledger of understudy. It was left as it is. Name another file with --ledger or UNDERSTUDY_LEDGER."
    ),
    Sample(
      LedgerError.readOnly(path: "L"),
      "The budget ledger L cannot be written. A release must be charged before it is made. "
        + "Make the file and its folder writable for you, or name another ledger with --ledger or UNDERSTUDY_LEDGER."
    ),
    Sample(
      LedgerError.unknownDataset(name: "stays"),
      "The ledger does not know the dataset stays. Grant it a budget first: understudy budget grant FILE --epsilon E --delta D."
    ),
    Sample(
      LedgerError.noGrant(dataset: "stays"),
      "No budget was granted for stays. Grant one first: understudy budget grant FILE --epsilon E --delta D."
    ),
    Sample(
      LedgerError.populationDiffers(dataset: "stays", kept: "ward-7", asked: "ward-8"),
      "The schema says `people: ward-8`, but the ledger counts stays with the population ward-7. "
        + "Write `people: ward-7`, or say --same-people-as ward-7, which makes one budget of both."),
    Sample(
      OutputFault.exists(path: "s.yaml"),
      "s.yaml: exists already, and is left as it is. Choose another name, or say --force to replace it."
    ),
    Sample(
      ReleaseError.ownerFolderInRelease("r/o"),
      "r/o: the owner's report is not private and would travel with the release. Name a folder outside the release with --owner-report, "
        + "or leave it out."),
    Sample(
      QualityError.missingColumns(["age"], table: "synthetic"),
      "The synthetic table lacks the column 'age' of the original. Compare tables with the same columns, or name those to leave out with "
        + "--ignore."),
    Sample(
      TrainingError.notFinite(step: 3),
      "The training went astray: at step 3 its numbers grew beyond bounds. Nothing was released. Run it again; if it happens again, use "
        + "--engine aim for this table."),
    Sample(
      TrainingError.astray(step: 3, distance: 0.5),
      "The training went astray: at step 3 the generated columns were 50 % away from what is known of them. Nothing was released. "
        + "Run it again; if it happens again, use --engine aim for this table."),
    Sample(
      ReleaseError.tooManySteps(9),
      "--steps: so many steps (9) cost more than the budget of the training, whatever the noise. Give fewer steps or more epsilon."
    ),
    Sample(
      ReleaseError.keyUnusable("k", reason: "it is empty"),
      "k: the key that signs releases cannot be used (it is empty). Mend the file or restore it from a backup, or name another folder "
        + "with --keys; a new key must be made known to those who trust the old one."),
    Sample(ReleaseError.rowsOutOfRange(0), "--rows: found 0, but at least 1 row must be written."),
    Sample(
      ReleaseError.lengthOfRows,
      "--person-bound: the length of what a person adds is to be bounded, but the schema protects rows. Name the column that says who in "
        + "the schema, as `unit: {person: COLUMN}`, or leave it out."),
    Sample(
      ReleaseError.lengthWithNetwork("gan"),
      "--person-bound: a network is trained on a bounded number of rows of each person, which the engine gan needs. Bound the rows, or "
        + "choose another engine."),
    Sample(
      ReleaseError.lengthWithDistances,
      "--person-bound: the policy limits distances, which are judged by a bounded number of rows of each person. Bound the rows, or take "
        + "the limits out of the policy."),
    Sample(
      ReleaseError.formInDoubt(
        "t.csv", doubts: ["line 2 holds words. Take it out.", "the last row looks like a total."]),
      "t.csv: without a schema it is in doubt what is a row:\n  - line 2 holds words. Take it out.\n  - the last row looks like a total.\n"
        + "Write a schema with `understudy inspect FILE`, check what it says under `format`, and give it with --schema."
    ),
    Sample(
      ReleaseError.unknownTarget("ages", nearest: "age"),
      "--target: there is no column 'ages' that is modelled. Did you mean 'age'?"),
    Sample(
      PredictionFault.unknownTarget("ages"),
      "--target: 'ages' is not a column that can be modelled. Name one of the schema that is not an identifier, prose or dropped."
    ),
    Sample(
      PredictionFault.unknownIgnored("ages"),
      "--ignore: there is no column 'ages'. Name one of the table."),
    Sample(
      PredictionFault.notPredictable("day"),
      "--target: column 'day' is a date, a time or text, which no model predicts. Name a number, a flag or a category."
    ),
    Sample(
      PredictionFault.eventNeeded("ward"),
      "Target: column 'ward' is a category. Say which of its labels counts as yes with --event."),
    Sample(
      PredictionFault.eventWithoutCategories("age"),
      "Target: column 'age' is not a category, so that no label of it counts as yes. Leave out --event."
    ),
    Sample(
      PredictionFault.rootOfNoNumber("ward"),
      "Target: column 'ward' is not a number, so that it has no square root. Leave out --square-root."
    ),
    Sample(
      PredictionFault.wrongForm("linear", column: "ill", needsNumber: true),
      "--model: linear predicts a number, and column 'ill' is none. Choose another kind of model, or another target."
    ),
    Sample(
      ReleaseError.unknownPerson("ids", nearest: "id"),
      "--person: there is no column 'ids'. Did you mean 'id'?"),
    Sample(
      ReleaseError.unknownPerson("ids", nearest: nil),
      "--person: there is no column 'ids'. Name a column of the table as its header writes it; --delimiter says what separates them."
    ),
    Sample(
      ReleaseError.deltaOutOfRange,
      "--delta: must be above 0 and below 1; at most one divided by the number of people makes sense. The default is 1e-9."
    ),
    Sample(
      HeatFault.wrongCellSize,
      "--cell: must be a number of metres from 1 to 1,000,000. 200 suits a town."),
    Sample(
      HeatFault.oneCell(metres: 900),
      "--cell: the whole region fits into one cell of 900 m. Take smaller cells, or declare wider bounds."
    ),
    Sample(
      HeatFault.tooManyCells(metres: 1, finest: 6.25),
      "--cell: 1 m are too fine for so large a region. Take cells of at least 7 m, or declare narrower bounds."
    ),
    Sample(
      HeatFault.wrongThreshold,
      "--threshold: must be from 1 to 10 standard deviations. 3 shows hardly any noise."),
    Sample(
      HeatFault.wrongPause,
      "--pause: must be from 1 to 1,440 minutes. 10 suits tracks of a receiver."),
    Sample(
      HeatFault.wrongSpeed,
      "--max-speed: must be from 1 to 1,000 metres a second. 70 suits roads."),
    Sample(
      PlaceAttackFault.tooFewCells,
      "--cell: the region has fewer than 8 cells a side, which is too few to look for homes. Take smaller cells."
    ),
    Sample(
      LinkedFault.policyOnTables("ours"),
      "The policy 'ours' asks for attacks on rows or distances of columns, which are judged for single tables. Give one with "
        + "`attacks: any`, and `column distance`, `pair distance` and `prediction` of `utility` set to `any` with --policy."
    ),
    Sample(
      HeatFault.policyOnTables("ours"),
      "The policy 'ours' asks for attacks on rows or distances of columns, which say nothing of places. Give one with "
        + "`attacks: any`, and `column distance`, `pair distance` and `prediction` of `utility` set to `any` with --policy."
    ),
    Sample(
      UnknownPolicy.named("opn", nearest: "open"),
      "--policy: 'opn' is no preset and no file that can be read. Did you mean 'open'? "
        + "The presets are open, partners and internal; `understudy policy show partners` prints one to edit."
    ),
    Sample(
      ReleaseError.unknownConditionColumn("ages", nearest: "age"),
      "--where: the model has no column 'ages'. Did you mean 'age'?"),
    Sample(
      ReleaseError.conditionUnreadable(column: "age", type: "a number"),
      "--where: the value for column 'age' cannot be read as a number. Write it as in the table, or a range as low..high."
    ),
    Sample(
      ReleaseError.conditionImpossible(column: "age"),
      "--where: no row of this model has the value asked for in column 'age'. It may be among the rare ones that share one label."
    ),
    Sample(
      ReleaseError.conditionReversed(column: "age"),
      "--where: the range for column 'age' ends before it begins. Write the lower value first."),
    Sample(
      ReleaseError.conditionUnlearned(column: "age"),
      "--where: nothing could be learned about column 'age': all its cells are empty, so that rows cannot be chosen by it. "
        + "Leave the condition out, or ask the owner for a release with more epsilon."),
    Sample(
      ReleaseError.conditionTwice(column: "age"),
      "--where: column 'age' is given two conditions. Give one."),
    Sample(
      CountingFault.column("age", .type),
      "Column 'age' cannot be counted where it is: its type there and its type in the schema are not known to give the same values. Have "
        + "the rows read with --stream."),
    Sample(
      CountingFault.columns(.repeated),
      "Two columns have the same name, so the table cannot be counted where it is. Have the rows read with --stream."
    ),
    Sample(
      CountingFault.schema(.person),
      "The schema says which column names the person, and people's rows are bounded here, where they are read. Have the rows read with "
        + "--stream."),
    Sample(
      CountingFault.request(.attacks),
      "Attacks need the rows, which stay where they are if the table is counted there. Have the rows read with --stream."
    ),
    Sample(
      CountingFault.people,
      "A ledger recognises people by their rows, and these stay where they are: nobody has said whose people the table holds. Name the "
        + "population in the schema (`people:`). Have the rows read with --stream."),
    Sample(
      CountingFault.engine,
      "No way to count the rows of this source where they are is known. Have the rows read with --stream."
    ),
    Sample(
      CountingFault.encoding,
      "The database does not keep its texts in UTF-8, so that it cannot tell which of them are the same. Have the rows read with --stream."
    ),
    Sample(
      SourceError.database(.exists, table: "stays"),
      "stays: the database has a table of that name already. Name another with --table, or say --force to replace it."
    ),
    Sample(
      SourceError.notInTime(table: "stays", seconds: 9),
      "stays: not read within 9 seconds, and given up. Allow more time with --time-limit, or ask for less with --query."
    ),
    Sample(
      SourceError.address(.noTable),
      "An address of a database needs a table. Name one, or give a query with --table or --query."),
    Sample(
      SourceError.address(.tableAndQuery),
      "A table and a query are two sources. Leave out --table or --query."),
    Sample(
      SourceError.address(.driverNeeded(scheme: "x")),
      "No driver is known for addresses that begin with x://. Name one with --driver."),
    Sample(
      SourceError.address(.notADatabase),
      "A table, a query and a driver belong to the address of a database, and a file was named. Leave out --table, --query and --driver."
    ),
  ]

  @Test(arguments: samples) func theOptionIsAdded(_ sample: Sample) {
    #expect(Failure(advising: sample.error).text == sample.text)
    #expect(sample.text.contains("--") && !sample.error.description.contains("--"))
  }

  /// If the error behind a change had no sample here, its option could disappear unnoticed. Two
  /// errors carry figures that only a ledger computes.
  @Test func everyChangeHasItsSample() {
    let words = Set(Self.samples.map { Failure(advising: $0.error).id })
    #expect(Set(FlagAdvice.changes.keys).subtracting(words) == ["budget.exhausted"])
  }
}
