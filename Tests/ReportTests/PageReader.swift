import Foundation

/// Reads a report as somebody does who looks at its tables.
struct PageReader {
  let html: String
  /// By caption, in the order of the page: rows of cells as text, the head first.
  private(set) var tables: [(caption: String, rows: [[String]])] = []
  /// The same cells as they are written.
  private(set) var cells: [String: [[String]]] = [:]

  init(_ page: [UInt8]) {
    html = String(decoding: page, as: UTF8.self)
    for table in html.between("<table", "</table>") {
      let caption = PageReader.text(table.between("<caption>", "</caption>").first ?? "")
      let raw = table.components(separatedBy: "<tr ").dropFirst().map { row in
        row.components(separatedBy: "<t").dropFirst().compactMap { cell -> String? in
          guard cell.hasPrefix("h ") || cell.hasPrefix("d ") else { return nil }
          let start = cell.firstIndex(of: ">").map(cell.index(after:)) ?? cell.startIndex
          return cell[start...].components(separatedBy: "</t").first
        }
      }
      cells[caption] = raw
      tables.append((caption, raw.map { $0.map(PageReader.text) }))
    }
  }

  /// The rows of a table without its head.
  func rows(_ caption: String, number: Int = 0) -> [[String]] {
    let found = tables.filter { $0.caption.hasPrefix(caption) }
    return number < found.count ? Array(found[number].rows.dropFirst()) : []
  }

  /// The pairs of a list of counts, by what is counted.
  func counts(under heading: String) -> [String: Int] {
    guard let card = html.components(separatedBy: ">\(heading)").dropFirst().first,
      let list = card.between("<dl>", "</dl>").first
    else { return [:] }
    let numbers = list.between("<dt>", "</dt>").map { number(PageReader.text($0)) ?? -1 }
    let words = list.between("<dd>", "</dd>").map(PageReader.text)
    return Dictionary(zip(words, numbers)) { first, _ in first }
  }

  /// What a headline says: its number and its change.
  func tile(_ label: String) -> (value: String, change: String)? {
    for tile in html.components(separatedBy: "<div class=\"tile\">").dropFirst() {
      let lines = tile.between("<p", "</p>").map { PageReader.text("<p" + $0) }
      if lines.count >= 3, lines[0] == label { return (lines[1], lines[2]) }
    }
    return nil
  }

  static func text(_ html: String) -> String {
    var text = html.replacingOccurrences(
      of: "<[^>]*>", with: "", options: .regularExpression)
    for (escaped, plain) in [
      ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&"),
    ] {
      text = text.replacingOccurrences(of: escaped, with: plain)
    }
    return text
  }

  /// The names in a cell, in whole.
  static func names(_ cell: String) -> [String] {
    cell.components(separatedBy: "<bdi title=\"").dropFirst().map {
      text($0.components(separatedBy: "\"").first ?? "")
    }
  }
}

/// A number as a page writes it.
func number(_ text: String) -> Int? {
  Int(
    text.replacingOccurrences(of: ",", with: "").replacingOccurrences(of: "−", with: "-")
      .replacingOccurrences(of: "±", with: ""))
}

extension String {
  func between(_ start: String, _ end: String) -> [String] {
    components(separatedBy: start).dropFirst().compactMap {
      let parts = $0.components(separatedBy: end)
      return parts.count > 1 ? parts[0] : nil
    }
  }
}
