/// The reason for refusing to write to a place. Thrown before anything is read or charged.
package enum OutputFault: Error, Equatable {
  case isUsed(path: String, as: String)
  case namedTwice(path: String)
  case exists(path: String)
  case isFolder(path: String)
  case isNotFolder(path: String)
  case folderMissing(path: String)
  case notOurs(path: String, made: String)
  case beingWritten(path: String)
  case isStandardOutput
  case cannotWrite(path: String, reason: String)
}

extension OutputFault: CustomStringConvertible {
  /// Describes the fault, with the remedy in the last sentence.
  package var description: String {
    switch self {
    case .isUsed(let path, let use): "\(path): this is \(use), which is never replaced. Name another place."
    case .namedTwice(let path): "\(path): two things are to be written here. Name another place for one of them."
    case .exists(let path): "\(path): exists already, and is left as it is. Choose another name, or say --force to replace it."
    case .isFolder(let path): "\(path): this is a folder, but a file is to be written. Name a file inside it."
    case .isNotFolder(let path): "\(path): this is no folder, but a folder is to be made. Choose another name."
    case .folderMissing(let path): "\(path): its folder does not exist. Make the folder first, or choose another."
    case .notOurs(let path, let made):
      "\(path): holds more than \(made), so --force does not replace it. Choose another folder, or remove it yourself."
    case .beingWritten(let path): "\(path): another run is writing there now. Wait for its end, or choose another place."
    case .isStandardOutput: "-: a folder cannot go to the standard output. Name a folder."
    case .cannotWrite(let path, let reason): "\(path): cannot be written, \(reason). Choose another place, or make room."
    }
  }
}

extension OutputFault {
  /// A stable name for programs that read errors.
  package var id: String {
    switch self {
    case .isUsed: "output.in-use"
    case .namedTwice: "output.named-twice"
    case .exists: "output.exists"
    case .isFolder: "output.is-folder"
    case .isNotFolder: "output.is-no-folder"
    case .folderMissing: "output.folder-missing"
    case .notOurs: "output.not-ours"
    case .beingWritten: "output.being-written"
    case .isStandardOutput: "output.standard-output"
    case .cannotWrite: "output.unwritable"
    }
  }
}
