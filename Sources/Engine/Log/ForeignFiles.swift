import Definition
import EventLog
import Notation

/// Returns the files of a folder that are read in a format other than the log's own.
///
/// `patterns`: what the paths of these files look like; those of the format unless told otherwise.
func listForeignFiles(
  in root: String, form: IntakeForm, patterns: [String]
) throws -> [Segment] {
  let globs = (patterns.isEmpty ? form.format.filePatterns : patterns).map(Glob.init)
  return try segmentFiles(in: root) { path in globs.contains { $0.matches(path) } }
}
