#if Postgres
  import Engine
  import Files

  extension Export {
    /// Puts the tables into a schema of a server, in one transaction; only rows that are others are touched.
    ///
    /// Columns and tables that an earlier export had stay, empty, unless they are dropped.
    ///
    /// - Throws: `FileError` where the server does not take them, or the snapshot is not as its manifest says;
    ///   `RunError` where a table or a column of it is in the way.
    package func writePostgres(
      to target: String, schema: String, dropsColumns: Bool
    ) throws -> ExportDescription {
      let server = try PostgresServer(target)
      let counts = try server.inTransaction {
        let layout = try PostgresLayout(server, schema: schema, dropsColumns: dropsColumns)
        try layout.emptyAll(but: tables.map(\.name), of: Set(tables.map(\.section)))
        let counts = try tables.map { table in
          let isNew = try layout.prepare(table)
          let count = try fill(table, layout, isNew: isNew, of: server)
          return count
        }
        try layout.describe(ExportDescription(self, as: .postgres, rows: counts))
        return counts
      }
      return ExportDescription(self, as: .postgres, rows: counts)
    }

    private func fill(
      _ table: ExportTable, _ layout: PostgresLayout, isNew: Bool, of server: PostgresServer
    ) throws -> Int {
      let names = table.columns.map { quotedName($0.name) }.joined(separator: ", ")
      let into = isNew ? layout.name(table) : layout.incoming
      if !isNew { try layout.makeIncoming(table) }
      let count = try copy(
        table, "COPY \(into) (\(names)) FROM STDIN (FORMAT csv, NULL '')", server)
      if !isNew { try layout.takeChanges(table) }
      return count
    }

    /// Hands on a table's file as it stands, but for its header.
    private func copy(_ table: ExportTable, _ sql: String, _ server: PostgresServer) throws -> Int {
      let rows = try rows(of: table)
      var text: [UInt8] = []
      try server.copy(sql) { take in
        while rows.isRow {
          for index in table.columns.indices {
            if index > 0 { text.append(UInt8(ascii: ",")) }
            text.append(contentsOf: rows[index])
          }
          text.append(UInt8(ascii: "\n"))
          if text.count > 1 << 16 {
            try text.withUnsafeBytes(take)
            text.removeAll(keepingCapacity: true)
          }
          try rows.next()
        }
        try text.withUnsafeBytes(take)
      }
      try check(table)
      return rows.number
    }
  }
#endif
