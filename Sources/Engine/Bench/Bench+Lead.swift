import Judging
import Reading

extension Bench {
  /// Gathers what is left of a group's rows.
  func gather(_ group: Identities.Group, into history: History, _ fates: inout Fates) {
    for member in group.members {
      for place in member.places {
        SheetView.gather(
          set.views, place, erasure: member.erasure, asOf: asOf, into: history, &fates)
      }
    }
  }

  /// Judges one lead by one variant; false where it is not known.
  ///
  /// `key`: its final one.
  func judge(_ key: [UInt8], by variant: Variant, at desk: Desk) -> Bool {
    let history = History()
    var fates = Fates()
    if let group = identities.group(of: key) {
      gather(group, into: history, &fates)
    } else {
      for place in places(of: key) {
        SheetView.gather(set.views, place, erasure: nil, asOf: asOf, into: history, &fates)
      }
    }
    history.settle(variant.judge.classes, &fates)
    guard history.count > 0 else { return false }
    profiles.cells.withUnsafeBufferPointer { cells in
      variant.judge.judge(
        history, desk,
        accounts: AccountAttributes(
          cells: cells.baseAddress.unsafelyUnwrapped,
          attributeCount: variant.judge.attributes.count))
    }
    return true
  }

  /// Where the rows of a key that is in no group stand.
  private func places(of key: [UInt8]) -> [KeyPlace] {
    key.withUnsafeBufferPointer { key in
      guard let start = key.baseAddress else { return [] }
      let hash = keyHash(start, key.count)
      return set.sheets.indices.compactMap { sheet in
        set.sheets[sheet].find(key, hash: hash).map { KeyPlace(sheet: UInt32(sheet), key: $0) }
      }
    }
  }
}
