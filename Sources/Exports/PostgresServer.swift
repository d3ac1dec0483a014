#if Postgres
  import CPostgres
  import Files

  /// A connection to a PostgreSQL server.
  final class PostgresServer: SQLTarget {
    static let begin = "BEGIN"

    /// Where it leads, without anything secret.
    let target: String
    private let connection: OpaquePointer

    /// - Throws: `FileError` where the target has a password in it, or there is no server that lets us in.
    init(_ target: String) throws {
      self.target = target
      if try PostgresServer.hasPassword(target) {
        throw FileError(
          .cannotCreate, path: "postgres",
          message: "the target has a password in it, for everybody to see",
          hint: "give it by PGPASSWORD or in ~/.pgpass, and leave it out of the target")
      }
      guard let connection = PQconnectdb(target) else {
        throw FileError(.io, path: target, message: "cannot connect: out of memory")
      }
      self.connection = connection
      guard PQstatus(connection) == CONNECTION_OK else {
        throw fault("cannot connect", String(cString: PQerrorMessage(connection)))
      }
      // What it has to say beside errors is nothing to the user of an export.
      _ = PQsetNoticeProcessor(connection, { _, _ in }, nil)
      try run("SET client_encoding TO 'UTF8'; SET DateStyle TO 'ISO'")
    }

    deinit { PQfinish(connection) }

    private static func hasPassword(_ target: String) throws -> Bool {
      // What it says of a target that is none may show a part of it, and nobody knows which.
      guard let options = PQconninfoParse(target, nil) else {
        throw FileError(
          .cannotCreate, path: "postgres", message: "the target is none that libpq can read",
          hint: "such as postgres://user@host/database")
      }
      defer { PQconninfoFree(options) }
      var option = options
      while let keyword = option.pointee.keyword {
        if String(cString: keyword).hasSuffix("password"), let value = option.pointee.val,
          value.pointee != 0
        {
          return true
        }
        option += 1
      }
      return false
    }

    func run(_ sql: String) throws {
      let result = PQexec(connection, sql)
      defer { PQclear(result) }
      try check(result, PGRES_COMMAND_OK, PGRES_TUPLES_OK)
    }

    func rows(_ sql: String) throws -> [[String]] {
      let result = PQexec(connection, sql)
      defer { PQclear(result) }
      try check(result, PGRES_TUPLES_OK, PGRES_TUPLES_OK)
      return (0..<PQntuples(result)).map { row in
        (0..<PQnfields(result)).map { String(cString: PQgetvalue(result, row, $0)) }
      }
    }

    /// Runs a COPY and gives it what `body` hands on.
    func copy(_ sql: String, _ body: ((UnsafeRawBufferPointer) throws -> Void) throws -> Void)
      throws
    {
      let result = PQexec(connection, sql)
      defer { PQclear(result) }
      try check(result, PGRES_COPY_IN, PGRES_COPY_IN)
      do {
        try body { bytes in
          let text = bytes.bindMemory(to: CChar.self)
          if let start = text.baseAddress, PQputCopyData(connection, start, Int32(text.count)) != 1
          {
            throw fault("COPY", String(cString: PQerrorMessage(connection)))
          }
        }
      } catch {
        _ = PQputCopyEnd(connection, "given up")
        drain()
        throw error
      }
      guard PQputCopyEnd(connection, nil) == 1 else {
        throw fault("COPY", String(cString: PQerrorMessage(connection)))
      }
      while let last = PQgetResult(connection) {
        defer { PQclear(last) }
        try check(last, PGRES_COMMAND_OK, PGRES_COMMAND_OK)
      }
    }

    private func drain() { while let result = PQgetResult(connection) { PQclear(result) } }

    private func check(
      _ result: OpaquePointer?, _ good: ExecStatusType, _ orGood: ExecStatusType
    ) throws {
      let status = PQresultStatus(result)
      if status == good || status == orGood { return }
      let words = String(cString: PQresultErrorMessage(result))
      throw fault(
        "the server says", words.isEmpty ? String(cString: PQerrorMessage(connection)) : words)
    }

    private func fault(_ what: String, _ words: String) -> FileError {
      FileError(.io, path: target, message: "\(what): \(oneLine(words))")
    }
  }

  private func oneLine(_ words: String) -> String {
    words.split(whereSeparator: \.isNewline).joined(separator: " ")
  }
#endif
