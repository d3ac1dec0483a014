/// What the second edition of the contract brings, feature by feature.
///
/// The reference computes all of it. Random books use a feature, and what comes with every definition shows
/// in the files, only where it is in the set that is asked for: by default the features that the engine has.
public enum Feature: String, CaseIterable, Sendable {
  // What the reading half can say.
  case keys, paths, blanks, ignore, instants

  // Types of event.
  case withdraw, accountMerge

  // What the judging half can say.
  case identity, weekStarts, values, slidingLimits, each, answersWithin, touches, leadSubjects
  case exclude, personasByPoints, columns, lists, reasons
  case fromDomain, accountScores, accountSubjects, accountColumns, accountLists

  // What comes with every definition.

  /// The columns `entered.S`, and the subjects that are about the time at which a stage was entered.
  case entered
  /// `memberships.csv`
  case memberships
  /// A ladder has no column `percent.G`.
  case ladderWithoutPercent
  /// A merge of a key with itself names nothing.
  case selfMerges

  /// The features that the engine has, which random books are made of: who teaches it one adds it here.
  ///
  /// It has `keys`, too; but most suites take keys for text, and then two spellings that Unicode has for one `é`
  /// are one. So these are only in the books of the suite that compares bytes.
  public static let inEngine: Set<Feature> = [
    .instants, .touches, .leadSubjects, .exclude, .entered, .paths, .blanks, .ignore, .weekStarts,
    .values, .slidingLimits, .each, .answersWithin, .personasByPoints, .withdraw, .accountMerge,
    .identity, .selfMerges, .columns, .lists, .reasons, .memberships, .ladderWithoutPercent,
    .accountColumns, .fromDomain, .accountScores, .accountSubjects,
    .accountLists,
  ]

  public static let all = Set(allCases)

  /// The features that the reference alone knows yet.
  public static var toCome: [Feature] { allCases.filter { !inEngine.contains($0) } }
}
