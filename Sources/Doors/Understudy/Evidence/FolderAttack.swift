import Attacks
import Foundation
import LinkedAttacks
import LinkedTables
import SchemaFiles

/// Attacks a folder of synthetic linked tables, for the owner of the originals.
package struct FolderAttack {
  package let original: URL
  package let synthetic: URL
  /// The same tables of people of the same kind who were not in the original.
  package let control: URL?
  package let schema: LinkedSchema
  /// Decides which events are known.
  package var seed: UInt64 = 1

  package init(original: URL, synthetic: URL, control: URL?, schema: LinkedSchema) {
    (self.original, self.synthetic) = (original, synthetic)
    (self.control, self.schema) = (control, schema)
  }

  /// Reads the tables and tries the attacks. The figures are measured on the original and are not
  /// private.
  /// - Throws: the errors of tables; ``LinkFindingError`` for a file that is not there.
  package func run() throws -> AttackReport {
    let people = try LinkedFolder(original, schema).original()
    let release = try LinkedFolder(synthetic, schema).release(of: people)
    let strangers = try control.map { try LinkedFolder($0, schema).release(of: people) }
    var attack = LinkedAttack()
    attack.seed = seed
    return attack.run(original: people, release: release, control: strangers)
  }
}
