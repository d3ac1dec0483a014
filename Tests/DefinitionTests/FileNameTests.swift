import Testing

@testable import Definition

/// Names that become part of a file's are as long as a file system takes them, with what goes around them.
@Suite("names that name files") struct FileNameTests {
  private func faults(_ yaml: String) -> [String] {
    do throws(DefinitionFaults) {
      _ = try Definition.load(text: "name: t\n" + yaml, file: "d.yaml")
      return []
    } catch {
      return error.faults.map { "\($0.line):\($0.column): \($0.message); \($0.hint ?? "")" }
    }
  }

  @Test("a list's name fits with .csv behind it")
  func lists() {
    func yaml(_ count: Int) -> String {
      "lists: { \(String(repeating: "n", count: count)): { visits: 1 } }"
    }
    #expect(faults(yaml(251)) == [])
    let name = String(repeating: "n", count: 252)
    #expect(
      faults(yaml(252)) == [
        "2:10: the file of list '\(name)' would have a name of 256 bytes; 255 is the most; "
          + "shorten it by 1"
      ])
  }

  @Test("a persona's name fits with its group's before it")
  func personas() {
    func yaml(_ group: Int, _ persona: Int) -> String {
      let names = [group, persona].map { String(repeating: "n", count: $0) }
      return "personas: { \(names[0]): [{ name: \(names[1]) }] }"
    }
    #expect(faults(yaml(50, 200)) == [])
    #expect(faults(yaml(200, 50)) == [])
    let (group, persona) = (String(repeating: "n", count: 150), String(repeating: "n", count: 101))
    #expect(
      faults(yaml(150, 101)) == [
        "2:174: the file of persona '\(persona)' of group '\(group)' would have a name of 256 "
          + "bytes; 255 is the most; shorten it by 1"
      ])
  }
}
