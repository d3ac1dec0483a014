import Definition
import Notation

/// A name as people say it: `pricing-view` is a pricing view.
func spoken(_ name: String) -> String {
  String(name.map { $0 == "-" || $0 == "_" ? " " : $0 })
}

/// A noun with its article.
func a(_ noun: String) -> String {
  ("aeiou".contains(noun.first ?? " ") ? "an " : "a ") + noun
}

func capitalised(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }

/// `a, b and c`.
func listed(_ items: [String], _ word: String = "and") -> String {
  guard let last = items.last, items.count > 1 else { return items.first ?? "" }
  return items.dropLast().joined(separator: ", ") + " \(word) " + last
}

/// `90 days`, `24 hours`: days where they are several, so that nobody has to multiply weeks.
func spoken(_ length: Milliseconds) -> String {
  let units: [(length: Milliseconds, name: String)] = [(3_600_000, "hour"), (60_000, "minute")]
  let day: Milliseconds = 86_400_000
  if length > day, length.isMultiple(of: day) { return counted("\(length / day)", "day") }
  for unit in units where length.isMultiple(of: unit.length) {
    return counted("\(length / unit.length)", unit.name)
  }
  return writtenDuration(length)
}

/// `8 points`, `1 point`.
func spokenPoints(_ points: Micropoints) -> String { counted(pointsText(points), "point") }

func counted(_ number: String, _ thing: String) -> String {
  number == "1" || number == "-1" ? "\(number) \(thing)" : "\(number) \(thing)s"
}
