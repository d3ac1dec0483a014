import Definition
import Foundation
import Testing

@testable import CRM

@Suite("maps of CRMs") struct MapTests {
  private static let package = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

  private func definition() throws -> Definition {
    let path = "\(Self.package)/pipelines/b2b.yaml"
    return try Definition.load(
      text: String(contentsOfFile: path, encoding: .utf8), file: path)
  }

  @Test("the ready maps are sound for the default definition, and send no raw")
  func ready() throws {
    let definition = try definition()
    let folder = "\(Self.package)/pipelines/crm"
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
      .filter { $0.hasSuffix(".yaml") }
    #expect(names.count == CRMMap.Profile.allCases.count)
    for name in names {
      let map = try loadMap("\(folder)/\(name)", for: definition)
      #expect("\(map.profile.rawValue).yaml" == name)
      for field in map.objects.flatMap(\.fields) {
        if case .column(let column) = field.content { #expect(!column.hasPrefix("raw.")) }
      }
      let isDated = map.objects.contains { object in
        object.fields.contains { $0.content == .asOf && $0.isAlong }
      }
      #expect(isDated, "\(name)")
    }
  }

  private static let wrong: [(map: String, says: String)] = [
    (
      "name: m\nprofile: salesfroce\nleads: { object: L, match: { k: lead }, create: true, fields: { a: stage } }",
      "2:10: 'profile' cannot be 'salesfroce'; did you mean 'salesforce'?"
    ),
    (
      "name: m\nprofile: generic\nleads: { object: L, match: { k: lead }, create: true, fields: { a: score.engagment } }",
      "did you mean 'score.engagement'?"
    ),
    (
      "name: m\nprofile: generic\nleads: { object: L, match: { k: attribute.crm_id }, fields: { a: stage } }",
      "leads.csv has no column 'attribute.crm_id'; add it to 'columns' of the definition"
    ),
    (
      "name: m\nprofile: salesforce\nleads: { object: L, match: { K__c: lead }, fields: { a: stage } }",
      "match by Id, or say create: true"
    ),
    (
      "name: m\nprofile: generic\nlists: { call-erly: { object: L, match: { k: lead }, fields: { a: reasons } } }",
      "the definition has no list 'call-erly'; did you mean 'call-early'?"
    ),
    (
      "name: m\nprofile: generic\nleads: { object: L, match: { k: lead, j: account }, fields: { a: stage } }",
      "'match' of 'leads' names one field, not 2"
    ),
    (
      "name: m\nprofile: generic\nleads: { object: L, match: { k: lead }, fields: { a: { column: as_of, along: true } } }",
      "all fields of 'leads' go along, so none sends a row"
    ),
    (
      "name: m\nprofile: generic\nleads: { object: L, match: { k: lead }, where: { stage: decison }, fields: { a: stage } }",
      "did you mean 'decision'?"
    ),
    ("name: m\nprofile: generic", "the map sends nothing"),
  ]

  @Test("mistakes are told with their place and what to do", arguments: wrong)
  func mistakes(_ map: String, _ says: String) throws {
    let definition = try definition()
    let faults = #expect(throws: DefinitionFaults.self) {
      try CRMMap.load(
        text: map, file: "m.yaml", for: definition, tables: SnapshotColumns(definition).names)
    }
    let told = faults?.description ?? ""
    #expect(told.contains(says), "\(told)")
  }

  private func body(_ profile: CRMMap.Profile, isCleared: Bool = false) throws -> String {
    let definition = try Definition.load(text: "name: d\njourney: [first]", file: "d.yaml")
    let map = try CRMMap.load(
      text: """
        name: m
        profile: \(profile.rawValue)
        leads:
          object: contact
          match: { key: lead }
          create: true
          fields: { Name: stage, N: { constant: 1.5 }, B: { constant: true }, T: as_of }
        """, file: "m.yaml", for: definition, tables: SnapshotColumns(definition).names)
    let object = try #require(map.objects.first)
    let layout = FieldLayout(object, asOf: "2026-02-01T03:04:05.000Z", kinds: [:])
    var body = RequestBody(layout, BodyFormat(profile: profile))
    let row = #"o'hara,o'hara,,"a ""b"", c",1.5,true,2026-02-01T03:04:05.000Z"#
    let isTaken = Array(row.utf8).withUnsafeBytes { body.add($0, isCleared: isCleared) }
    #expect(isTaken)
    return String(decoding: body.end(), as: UTF8.self)
  }

  @Test("a file is the body of the request as the destination takes it")
  func bodies() throws {
    let csv = "key,Name,N,B,T\n"
    #expect(
      try body(.salesforce)
        == csv + "o'hara,\"a \"\"b\"\", c\",1.5,true,2026-02-01T03:04:05.000Z\n")
    #expect(try body(.salesforce, isCleared: true) == csv + "o'hara,#N/A,#N/A,#N/A,#N/A\n")
    #expect(try body(.marketo, isCleared: true) == csv + "o'hara,NULL,NULL,NULL,NULL\n")
    #expect(try body(.generic, isCleared: true) == csv + "o'hara,,,,\n")
    #expect(
      try body(.hubspot) == """
        {"inputs":[
        {"id":"o'hara","idProperty":"key","objectWriteTraceId":"o'hara","properties":{"Name":"a \\"b\\", c","N":"1.5","B":"true","T":"2026-02-01T03:04:05.000Z"}}
        ]}

        """)
    #expect(
      try body(.dynamics) == """
        {"Targets":[
        {"@odata.type":"Microsoft.Dynamics.CRM.contact","@odata.id":"contacts(key='o''hara')","Name":"a \\"b\\", c","N":1.5,"B":true,"T":"2026-02-01T03:04:05.000Z"}
        ]}

        """)
    #expect(
      try body(.mautic) == """
        [
        {"key":"o'hara","overwriteWithBlank":true,"Name":"a \\"b\\", c","N":1.5,"B":1,"T":"2026-02-01 03:04:05"}
        ]

        """)
  }
}
