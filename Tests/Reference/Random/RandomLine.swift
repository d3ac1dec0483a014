/// A line of a random log before it is written: members by name, the values as JSON.
struct RandomLine {
  var members: [(name: String, value: String)] = []

  subscript(_ name: String) -> String? {
    get { members.last { $0.name == name }?.value }
    set {
      members.removeAll { $0.name == name }
      if let newValue { members.append((name, newValue)) }
    }
  }

  /// The line as one JSON object, with whatever JSON leaves to the writer.
  func json(_ dice: inout Dice) -> String {
    let space = ["", "", "", " ", "\t", " \r "]
    let order = dice.chance(20) ? dice.shuffled(members) : members
    // Shuffling must not change which of two members of one name is the last.
    let names = Set(members.map(\.name))
    let written = names.count == members.count ? order : members
    let pairs = written.map { name, value in
      dice.pick(space) + jsonString(name, &dice) + dice.pick(space) + ":" + dice.pick(space) + value
        + dice.pick(space)
    }
    return "{" + pairs.joined(separator: ",") + dice.pick(space) + "}"
  }
}

/// A text as a JSON string, with some characters escaped that need not be.
func jsonString(_ text: String, _ dice: inout Dice) -> String {
  let often = dice.chance(10)
  var written = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": written += "\\\""
    case "\\": written += "\\\\"
    case "/" where dice.chance(5): written += "\\/"
    case "\n" where dice.chance(70): written += "\\n"
    case "\r" where dice.chance(70): written += "\\r"
    default:
      if scalar.value < 0x20 || (often && dice.chance(40)) {
        written += unicodeEscape(scalar, &dice)
      } else {
        written.unicodeScalars.append(scalar)
      }
    }
  }
  return written + "\""
}

/// A scalar as `\u` and four digits, or as a surrogate pair of them.
private func unicodeEscape(_ scalar: Unicode.Scalar, _ dice: inout Dice) -> String {
  String(scalar).utf16
    .map { unit in
      let digits = String(unit, radix: 16, uppercase: dice.chance(50))
      return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }
    .joined()
}

/// A time as RFC 3339, by a random offset and with random decimals that are truncated.
func timeText(_ time: Int, _ dice: inout Dice) -> String {
  let offsets = [0, 0, 0, 0, 120, -300, 345, 630, -210, 1439, -1439]
  let offset = dice.pick(offsets)
  let local = time + offset * 60_000
  let isoDate = local < 0 ? "1969-12-31T" + timeOfDay(local + millisecondsPerDay) : rfc3339(local)
  // "2026-03-01T00:00:00.123Z" without its milliseconds and its Z.
  var text = String(isoDate.dropLast(5))
  let milliseconds = String(isoDate.dropLast().suffix(3))
  switch dice.below(4) {
  case 0: text += "." + milliseconds + dice.pick(["000000", "999999", "5", "49", "000001"])
  case 1 where milliseconds.hasSuffix("00"): text += "." + milliseconds.prefix(1)
  case 2 where milliseconds == "000": break
  default: text += "." + milliseconds
  }
  if offset == 0 { return zero(text, &dice) }
  return text + (offset < 0 ? "-" : "+") + timeOfDay(abs(offset) * 60_000).prefix(5)
}

private func zero(_ text: String, _ dice: inout Dice) -> String {
  let written = text + dice.pick(["Z", "Z", "Z", "+00:00", "-00:00"])
  return dice.chance(2) ? written.lowercased() : written
}

/// "00:00:00.000Z" of a time of the first day.
private func timeOfDay(_ time: Int) -> String { String(rfc3339(time).dropFirst(11)) }
