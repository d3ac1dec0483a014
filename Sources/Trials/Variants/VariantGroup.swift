import Engine
import Judging

/// How each variant of a fold is judged and rolled up: the first in full, the others as far as they
/// differ from it, where the two have enough in common.
struct VariantGroup: Sendable {
  let variants: [Variant]
  /// By variant; nil for those that are judged in full.
  let differences: [JudgeDifference?]
  /// By variant, the sums that leads are added to, or exchanged in; none where nobody asks for them.
  let ownRolls: [[PartialRoll]]

  /// `variants`: at least one.
  ///
  /// `rollCount`: how many sums there are for the workers of each; 0 where accounts are not asked for.
  init(_ variants: [Variant], accountCount: Int = 0, rollCount: Int = 0) {
    self.variants = variants
    let differences = variants.enumerated().map { index, variant in
      index == 0 ? nil : JudgeDifference(variants[0].judge, variant.judge)
    }
    self.differences = differences
    let needsRolls = variants.contains(where: \.choosesAccounts)
    ownRolls = variants.enumerated().map { index, variant in
      // Changes are added to the sums of the first, which may have no use for them itself.
      guard index == 0 ? needsRolls : variant.choosesAccounts else { return [] }
      let holdsChanges = VariantGroup.exchanges(variant, differences[index], variants[0])
      return (0..<rollCount).map { _ in
        PartialRoll(variant.roll, accountCount: accountCount, holdsChanges: holdsChanges)
      }
    }
  }

  /// A desk for each variant; those judged by difference sit beside the first.
  func makeDesks() -> [Desk] {
    let first = Desk(variants[0].judge)
    return variants.indices.map { index in
      index == 0
        ? first : differences[index]?.desk(beside: first) ?? Desk(variants[index].judge)
    }
  }

  /// Whether a variant adds up only what differs from the first.
  func exchanges(_ index: Int) -> Bool {
    VariantGroup.exchanges(variants[index], differences[index], variants[0])
  }

  /// All sums that make up a variant's accounts.
  func rolls(of index: Int) -> [PartialRoll] {
    if ownRolls[index].isEmpty || !variants[index].choosesAccounts { return [] }
    return exchanges(index) ? ownRolls[0] + ownRolls[index] : ownRolls[index]
  }

  private static func exchanges(
    _ variant: Variant, _ difference: JudgeDifference?, _ first: Variant
  ) -> Bool {
    difference != nil && variant.roll.hasMembersBySums && variant.roll.layout == first.roll.layout
  }
}
