import Foundation

/// A folder of one's own for what nobody else is to see, gone with whoever made it.
///
/// What killed processes left of such folders goes when the next one is made.
package final class ScratchFolder {
  package let path: String
  private let claim: Claim

  /// `parent`: the system's folder for what is temporary unless told otherwise.
  ///
  /// - Throws: `FileError` where it cannot be made.
  package init(in parent: String = FileManager.default.temporaryDirectory.path) throws {
    try? removeLeftovers(in: parent) { name in
      let id = name.hasPrefix(Self.prefix) ? name.dropFirst(Self.prefix.count) : ""
      return UUID(uuidString: String(id)) != nil
    }
    path = "\(parent)/\(Self.prefix)\(UUID().uuidString)"
    guard mkdir(path, 0o700) == 0 else {
      throw FileError.system(.cannotCreate, path: path, action: "create the folder")
    }
    claim = Claim(folder: path)
  }

  deinit { try? removeTree(path) }

  /// No folder of anybody else's is named so: what has the name and is claimed by nobody is removed.
  private static let prefix = "scorebook-temporary-"
}
