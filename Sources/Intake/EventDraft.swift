/// A property of an event; one without a value is left out.
struct Member {
  let name: String
  let value: String?

  init(_ name: String, _ value: String?) {
    self.name = name
    self.value = value
  }
}

/// What the events of one line share.
struct EventDraft {
  let id: String
  let time: String
  let lead: String
  let path: String

  /// Returns a line of the log with these members besides the shared ones, without its line feed.
  ///
  /// The `suffix` tells the id of a second event of the same line from the first's.
  func line(_ type: String, suffix: String = "", _ members: [Member]) -> [UInt8] {
    var line = EventLine(id: id + suffix, time: time, type: type, lead: lead)
    line.add("path", path)
    for member in members { line.add(member.name, member.value) }
    return line.finish()
  }
}
