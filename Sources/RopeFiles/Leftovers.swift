import Foundation

/// What runs that were killed have left beside their outputs: finished where it was decided, else removed.
enum Leftovers {
  /// - Returns: whether there was anything.
  @discardableResult
  static func sweep(_ folder: OpenFolder) -> Bool {
    let entries = TemporaryEntry.leftovers(in: folder)
    for entry in entries {
      guard let staging = StagingFolder(leftover: entry), let (plan, numbers) = staging.sealed else {
        entry.remove()
        continue
      }
      switch plan {
      case .files(let stale):
        guard staging.isNumbered(numbers, staging.files) else {
          entry.remove()
          continue
        }
        // What cannot be finished stays for a run that can.
        if (try? staging.takePlaces(stale: stale, undoes: false)) != nil { entry.remove() }
      case .folder(let name, let keeps):
        if !keeps || staging.isNumbered(numbers, staging.files) {
          // Not exchanged yet: the old folder stands, and nothing of it is here. Or nothing of the old one is kept.
          entry.remove()
        } else if let new = try? OpenFolder(.init(name), in: folder), staging.isNumbered(numbers, new) {
          FolderExchange.clear(staging, movingTo: new)
        }
      }
    }
    return !entries.isEmpty
  }
}
