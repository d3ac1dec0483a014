import CSQLite
import Files

/// A database in a file, open for one writer.
final class SQLiteFile: SQLTarget {
  static let begin = "BEGIN IMMEDIATE"

  private let path: String
  private var handle: OpaquePointer?

  /// Opens a database, or makes an empty one.
  ///
  /// - Throws: `FileError` where there is something else at the path, or nothing can be there.
  init(_ path: String) throws {
    self.path = path
    let code = sqlite3_open_v2(path, &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nil)
    guard code == SQLITE_OK else {
      defer { sqlite3_close(handle) }
      throw fault(code)
    }
    // So long another writer is waited for.
    sqlite3_busy_timeout(handle, 60_000)
  }

  deinit { sqlite3_close_v2(handle) }

  func run(_ sql: String) throws {
    let code = sqlite3_exec(handle, sql, nil, nil, nil)
    guard code == SQLITE_OK else { throw fault(code) }
  }

  func rows(_ sql: String) throws -> [[String]] { try rows(sql, []) }

  /// Runs a statement with some texts, and returns its rows as texts.
  func rows(_ sql: String, _ texts: [String]) throws -> [[String]] {
    let statement = try statement(sql)
    for (index, text) in texts.enumerated() {
      Array(text.utf8).withUnsafeBytes { statement.bind($0, at: index) }
    }
    var rows: [[String]] = []
    while try statement.step() { rows.append(statement.texts) }
    return rows
  }

  func statement(_ sql: String) throws -> SQLiteStatement {
    var statement: OpaquePointer?
    let code = sqlite3_prepare_v2(handle, sql, -1, &statement, nil)
    guard code == SQLITE_OK, let statement else { throw fault(code) }
    return SQLiteStatement(statement) { self.fault($0) }
  }

  private func fault(_ code: Int32) -> FileError {
    let words = handle.map { String(cString: sqlite3_errmsg($0)) } ?? "out of memory"
    switch code & 0xff {
    case SQLITE_NOTADB, SQLITE_CORRUPT:
      return FileError(
        .cannotCreate, path: path, message: "is no sound SQLite database: \(words)",
        hint: "name another file")
    case SQLITE_BUSY, SQLITE_LOCKED:
      return FileError(.locked, path: path, message: "is being written by somebody else: \(words)")
    case SQLITE_CANTOPEN, SQLITE_READONLY, SQLITE_PERM:
      return FileError(.cannotCreate, path: path, message: words)
    default: return FileError(.io, path: path, message: words)
    }
  }
}

/// A statement that is run many times.
final class SQLiteStatement {
  private let handle: OpaquePointer
  private let fault: (Int32) -> FileError

  fileprivate init(_ handle: OpaquePointer, fault: @escaping (Int32) -> FileError) {
    self.handle = handle
    self.fault = fault
  }

  deinit { sqlite3_finalize(handle) }

  func bindNull(at index: Int) { sqlite3_bind_null(handle, Int32(index + 1)) }

  func bind(_ number: Int64, at index: Int) { sqlite3_bind_int64(handle, Int32(index + 1), number) }

  func bind(_ number: Double, at index: Int) {
    sqlite3_bind_double(handle, Int32(index + 1), number)
  }

  /// Binds a copy of a text.
  func bind(_ text: UnsafeRawBufferPointer, at index: Int) {
    // To copy is told by an address that is none.
    let copying = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    let bytes = text.bindMemory(to: CChar.self)
    if let start = bytes.baseAddress {
      sqlite3_bind_text(handle, Int32(index + 1), start, Int32(bytes.count), copying)
    } else {
      sqlite3_bind_text(handle, Int32(index + 1), "", 0, copying)
    }
  }

  /// Goes to the next row; returns whether there is one.
  func step() throws -> Bool {
    let code = sqlite3_step(handle)
    if code == SQLITE_ROW { return true }
    guard code == SQLITE_DONE else { throw fault(code) }
    return false
  }

  /// Begins again; what is bound stays so.
  func reset() { sqlite3_reset(handle) }

  /// The row at hand.
  var texts: [String] {
    (0..<sqlite3_column_count(handle)).map { column in
      sqlite3_column_text(handle, column).map { String(cString: $0) } ?? ""
    }
  }
}
