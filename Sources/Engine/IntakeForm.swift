import Intake

/// The formats of events that can be taken in.
package enum IntakeFormat: String, Sendable, CaseIterable {
  case native
  case accessLog = "access-log"
}

/// How files are to be taken in: what format they are, with the choices that the format leaves open.
package struct IntakeForm: Sendable {
  package var format: IntakeFormat
  /// Whether an access log's crawlers are kept.
  package var keepsCrawlers: Bool

  package init(_ format: IntakeFormat = .native, keepsCrawlers: Bool = false) {
    self.format = format
    self.keepsCrawlers = keepsCrawlers
  }

  /// Returns a reader for one file.
  func reader() -> any RecordReader {
    switch format {
    case .native: LineRecords(NativeEvents())
    case .accessLog: LineRecords(AccessLog(keepsCrawlers: keepsCrawlers))
    }
  }
}
