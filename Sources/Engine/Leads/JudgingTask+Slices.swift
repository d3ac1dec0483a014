import Definition
import Identity
import Intake
import Judging
import Reading

extension JudgingTask {
  /// Divides it into so many tasks of its leads, each with slices of the sheets that have nothing else in
  /// them.
  ///
  /// Whatever they are done by, and in whatever order they are put together, they come to the same.
  package func divided(into count: Int) throws -> [JudgingTask] {
    try (0..<count).map { part in
      func share(_ all: Int) -> Range<Int> { all * part / count..<all * (part + 1) / count }
      let groups = identities.groups[share(identities.groups.count)]
      let marks = set.sheets.indices.map { sheet in
        marksOfOthers(inSheet: sheet, than: share(Sheet.partitionCount), groups)
      }
      let slices = try zip(set.sheets, marks).map { sheet, marks in
        try sheet.slice(leaving: marks, dictionaryCount: set.attributeValues.count)
      }
      let sliced = SheetSet(slices, set.dictionaries)
      return JudgingTask(
        judge(on: sliced), knownAt: knownAt, set: sliced,
        identities: Identities(groups: groups.map { self.group($0, on: sliced) }, in: slices),
        profiles: profiles)
    }
  }

  /// Marks the keys of a sheet that are neither leads of their own in some partitions nor in some groups.
  private func marksOfOthers(
    inSheet number: Int, than partitions: Range<Int>, _ groups: ArraySlice<KeyGroup>
  ) -> KeyMarks {
    let sheet = set.sheets[number]
    let marks = KeyMarks([sheet])
    let first = Int(sheet.partitions[partitions.lowerBound])
    let end = Int(sheet.partitions[partitions.upperBound])
    for key in 0..<sheet.keyCount
    where !(first..<end).contains(key) || identities.grouped.contains(number, key) {
      marks.mark(0, key)
    }
    for place in groups.lazy.flatMap(\.members).flatMap(\.places) where place.sheet == number {
      marks.unmark(0, Int(place.key))
    }
    return marks
  }

  /// A group with the places that its keys have in slices.
  private func group(_ group: KeyGroup, on sliced: SheetSet) -> KeyGroup {
    KeyGroup(
      name: group.name,
      members: group.members.map { member in
        let key = member.places.first.map { set.views[Int($0.sheet)].key(Int($0.key)) }
        return KeyMember(
          places: key.map { sliced.places(of: Array($0)) } ?? [], losses: member.losses)
      })
  }
}
