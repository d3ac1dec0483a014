import Definition
import Engine
import Notation
import Tables

/// The fields of an object in the order in which rows have them, those that send rows first.
struct FieldLayout: Sendable {
  let object: CRMMap.Object
  let fields: [Field]
  /// How many of the fields send rows; the others go along.
  let sendingCount: Int

  struct Field: Sendable {
    var name: String
    var kind: ValueKind
    var minChange: Int64?
    /// Whether points that fade do not move it: a grade, a persona, a stage, whether an account is ready.
    var isSteady: Bool
    /// The column of ours; nil of what is the same in every row.
    var column: String?
    /// What is the same in every row, as it stands in a file of ours.
    var constant: [UInt8]
  }

  enum ValueKind: Sendable {
    case text, number, time, truth
  }

  /// `asOf`: as a snapshot has it; `kinds`: what the columns of the object's table hold.
  init(_ object: CRMMap.Object, asOf: String, kinds: [String: TableColumn.Kind]) {
    self.object = object
    func field(_ field: CRMMap.Field) -> Field {
      var made = Field(
        name: field.name, kind: .text, minChange: field.minChange, isSteady: false, column: nil,
        constant: [])
      switch field.content {
      case .column(let column):
        made.column = column
        made.kind = FieldLayout.kind(kinds[column])
        made.isSteady =
          column == "stage" || column == "ready"
          || column.hasPrefix("grade.") || column.hasPrefix("persona.")
      case .constant(let scalar):
        made.constant = csvField(Array(scalar.asText.utf8))
        made.kind =
          switch scalar {
          case .text: .text
          case .number: .number
          case .bool: .truth
          }
      case .asOf:
        made.constant = Array(asOf.utf8)
        made.kind = .time
      }
      return made
    }
    let sending = object.fields.filter { !$0.isAlong }
    sendingCount = sending.count
    fields = (sending + object.fields.filter(\.isAlong)).map(field)
  }

  private static func kind(_ kind: TableColumn.Kind?) -> ValueKind {
    switch kind {
    case .integer, .decimal: .number
    case .time: .time
    case .truth: .truth
    case .name, .reasons, nil: .text
    }
  }

  /// What stands before the fields in a row: the record's key, whose row it is, and what is to be known of it.
  static let leadingCount = 3

  /// The first line of a file of such rows.
  var header: [UInt8] {
    Array((csvLine(["key", "owner", "status"] + fields.map(\.name)) + "\n").utf8)
  }
}

/// The tables of a definition's snapshots, by name: what is in their columns, the key first.
package struct SnapshotColumns: Sendable {
  private let tables: [String: Table]

  /// What columns there are does not depend on the log, so an empty one is asked.
  package init(_ definition: Definition) throws {
    let judge = try GatheredLog(definition, sheets: [], asOf: 0, jobs: 1).judge
    let tables = ResultTables(judge, accountNames: nil)
    self.tables = Dictionary(
      (tables.ofLeads + tables.ofAccounts).map { ($0.name, $0) }
    ) { first, _ in first }
  }

  /// The columns' names by table.
  package var names: [String: [String]] { tables.mapValues(\.header) }

  func kinds(of table: String) -> [String: TableColumn.Kind] {
    Dictionary((tables[table]?.columns ?? []).map { ($0.name, $0.kind) }) { first, _ in first }
  }
}
