/// What of the results goes into which fields of a CRM; valid for the definition it was loaded with.
package struct CRMMap: Sendable {
  package var name: String
  package var profile: Profile
  /// In the order in which they are sent: what is referred to comes first.
  package var objects: [Object]

  package enum Profile: String, Sendable, CaseIterable, Codable {
    case salesforce, hubspot, dynamics, marketo
    case accountEngagement = "account-engagement"
    case mautic, generic
  }

  /// What goes into one kind of record.
  package struct Object: Sendable {
    /// Which table of a snapshot its rows are in, as `leads` or `lists/sales-ready`.
    package var table: String
    package var object: String
    /// The field by which the CRM finds a record, and our column that has its value.
    package var key: (field: String, column: String)
    package var creates: Bool
    /// Which rows are sent, by places among `asked`; nil where all are.
    package var condition: Condition<Int>?
    /// The columns that the condition asks.
    package var asked: [String]
    package var fields: [Field]
  }

  package struct Field: Sendable {
    package var name: String
    package var content: Content
    /// In millionths.
    package var minChange: Int64?
    package var isAlong: Bool
  }

  package enum Content: Sendable, Equatable {
    case column(String)
    case constant(Scalar)
    case asOf
  }
}

extension CRMMap.Object {
  /// What a map had before, of which nothing is sent any more: fields without a column of ours.
  package init(former table: String, object: String, match: String, fields: [String]) {
    self.init(
      table: table, object: object, key: (match, ""), creates: false, condition: nil, asked: [],
      fields: fields.map {
        CRMMap.Field(name: $0, content: .constant(.text("")), minChange: nil, isAlong: false)
      })
  }
}
