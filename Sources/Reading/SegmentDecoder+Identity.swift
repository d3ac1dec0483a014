/// What events leave that say who is who, or what does not count.
extension SegmentDecoder {
  func keepWithdraw(_ event: Envelope, _ slots: Slots, _ id: UInt64, _ key: UInt32, _ line: UInt32)
  {
    let (start, count) = (slots.start(.event), slots.count(.event))
    withdrawnText.append(start, count)
    withdraws.append(
      WithdrawEntry(
        time: event.time, id: id, named: keyHash(start, count), key: key, line: line,
        textEnd: UInt32(withdrawnText.count)))
  }

  func leadKey(_ member: Member, _ slots: Slots) -> UInt32 {
    let start = slots.start(member)
    let count = slots.count(member)
    return tables[0].number(of: start, count, hash: keyHash(start, count))
  }

  func accountKey(_ member: Member, _ slots: Slots) -> UInt32 {
    let start = slots.start(member)
    let count = slots.count(member)
    let hash = keyHash(start, count, seed: UInt64(Sheet.accountMark))
    return tables[0].number(of: start, count, hash: hash, tag: Sheet.accountMark)
  }
}
