import Foundation

/// Returns whether a name is an IANA time zone that the platform knows.
///
/// Foundation also takes abbreviations (`PST`) and offsets (`GMT+3`), which are no such names, and
/// its list of known ones leaves out links such as `US/Eastern`; so what it takes is held against
/// the areas and the few names without an area.
package func isTimezone(_ name: String) -> Bool {
  let area = name.prefix { $0 != "/" }
  guard area.count < name.count ? areas.contains(String(area)) : plainZones.contains(name) else {
    return false
  }
  return name == "UTC" || TimeZone(identifier: name) != nil
}

/// Returns names to suggest for one that is no time zone.
func timezoneCandidates() -> [String] {
  ["UTC"] + TimeZone.knownTimeZoneIdentifiers.sorted()
}

private let areas: Set<String> = [
  "Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Brazil", "Canada",
  "Chile", "Etc", "Europe", "Indian", "Mexico", "Pacific", "US",
]

/// The names without an area in the tz database's files, `backward` included.
private let plainZones: Set<String> = [
  "CET", "CST6CDT", "Cuba", "EET", "EST", "EST5EDT", "Egypt", "Eire", "GB", "GB-Eire", "GMT",
  "GMT+0", "GMT-0", "GMT0", "Greenwich", "HST", "Hongkong", "Iceland", "Iran", "Israel", "Jamaica",
  "Japan", "Kwajalein", "Libya", "MET", "MST", "MST7MDT", "NZ", "NZ-CHAT", "Navajo", "PRC",
  "PST8PDT", "Poland", "Portugal", "ROC", "ROK", "Singapore", "Turkey", "UCT", "UTC", "Universal",
  "W-SU", "WET", "Zulu",
]
