/// A folder that a writer works in, and which one it was when the work began.
///
/// Paths are looked up anew with each call of the system. So a book that is renamed while somebody works on it
/// would be begun anew at its old path, and one that another takes the place of would get its results.
package struct WorkingFolder: Sendable {
  private let path: String
  private let status: FileStatus

  /// - Throws: `FileError` where there is no such folder.
  package init(_ path: String) throws {
    guard let status = try fileStatus(path), status.kind == .folder else {
      throw WorkingFolder.gone(path)
    }
    self.path = path
    self.status = status
  }

  /// Makes sure that the path still leads to the folder; asked before anything is made in it.
  ///
  /// - Throws: `FileError` where another one stands there, or none.
  package func check() throws {
    guard try fileStatus(path)?.isSame(as: status) == true else { throw WorkingFolder.gone(path) }
  }

  private static func gone(_ path: String) -> FileError {
    FileError(
      .noInput, path: path, message: "is not there any more, or is another folder",
      hint: "was it renamed meanwhile? nothing more was written; do the same again where it is now")
  }
}
