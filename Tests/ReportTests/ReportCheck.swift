import Definition
import Engine
import Foundation
import Notation
import Pages
import Report
import TestBooks
import Testing

/// Compares the numbers of a report with the files of the snapshot that it is about.
struct ReportCheck {
  let page: PageReader
  let definition: Definition
  let leads: [[String: String]]
  let files: [String: [UInt8]]
  let summary: Summary

  init(_ page: [UInt8], _ definition: Definition, _ files: [String: [UInt8]]) throws {
    self.page = PageReader(page)
    self.definition = definition
    self.files = files
    leads = NamedRows(files["leads.csv"] ?? []).rows
    summary = try JSONDecoder().decode(Summary.self, from: Data(files["summary.json"] ?? []))
  }

  func all() throws {
    distributions()
    try map()
    journey()
    personas()
    lists()
    rules()
    accounts()
    answers()
    trust()
  }

  private func score(_ lead: [String: String], _ name: String) -> Int? {
    lead["score.\(name)"].flatMap { Int($0) }
  }

  func distributions() {
    for score in definition.scores where !leads.isEmpty {
      let rows = page.rows("How many leads have how much \(score.name).")
      #expect(rows.compactMap { number($0[1]) }.reduce(0, +) == leads.count)
      for row in rows {
        let ends = row[0].components(separatedBy: " to ").compactMap(number)
        let found = leads.filter {
          let value = self.score($0, score.name) ?? .min
          return value >= ends[0] && value <= ends[ends.count - 1]
        }
        #expect(number(row[1]) == found.count, "\(score.name) \(row[0])")
      }
    }
  }

  func map() throws {
    guard let grade = definition.grades.first, let score = definition.scores.first else { return }
    let table = try #require(page.tables.first { $0.caption.hasPrefix("Each lead once") })
    let bands = table.rows[0].dropFirst().map {
      $0.components(separatedBy: "–").compactMap { Int($0) }
    }
    #expect(table.rows.count == grade.letters.count + 2)
    for row in table.rows.dropFirst() {
      let letter = row[0] == "none" ? "" : row[0]
      for (cell, ends) in zip(row.dropFirst(), bands) {
        let found = leads.filter {
          let value = self.score($0, score.name) ?? .min
          return $0["grade.\(grade.name)"] == letter && value >= ends[0]
            && value <= ends[ends.count - 1]
        }
        #expect(number(cell) == found.count, "\(row[0]) \(ends)")
      }
    }
    let sum = table.rows.dropFirst().flatMap { $0.dropFirst().compactMap(number) }.reduce(0, +)
    #expect(sum == leads.count, "every lead is in the map once")
  }

  func journey() {
    let rows = page.rows("Leads that got at least so far")
    #expect(rows.count == definition.journey.count)
    for (index, row) in rows.enumerated() {
      let stages = Set(definition.journey[index...])
      #expect(number(row[1]) == leads.count { stages.contains($0["stage"] ?? "") })
      let stage = definition.journey[index]
      #expect(
        number(row[4]) == leads.compactMap { $0["tally.\(stage)"].flatMap { Int($0) } }.reduce(0, +)
      )
    }
  }

  func personas() {
    for (index, group) in definition.personas.enumerated() {
      let rows = page.rows("How many leads are what.", number: index)
      for (row, persona) in zip(rows, group.personas) {
        #expect(row[0] == persona.name)
        #expect(number(row[1]) == leads.count { $0["persona.\(group.name)"] == persona.name })
      }
      #expect(rows.count == group.personas.count)
    }
  }

  /// Of each list the first, with what stands in their rows; of one without an order those with the highest score.
  func lists() {
    let rowsByKey = Dictionary(leads.map { (visibleText($0["lead"] ?? ""), $0) }) { first, _ in
      first
    }
    for list in definition.lists {
      let members = NamedRows(files["lists/\(list.name).csv"] ?? []).rows
      let rows = page.rows("The first of \(list.name)")
      #expect(rows.count == min(members.count, 20), "\(list.name)")
      let cells = page.cells["The first of \(list.name)"]?.dropFirst() ?? []
      let keys = cells.map { PageReader.names($0[0]).first ?? "" }
      if !list.order.isEmpty {
        #expect(keys == members.prefix(20).map { visibleText($0["lead"] ?? "") })
      }
      for (key, row) in zip(keys, rows) {
        let lead = rowsByKey[key]
        #expect(lead != nil, "\(key) of \(list.name)")
        for (column, cell) in zip(head("The first of \(list.name)"), row) {
          if let score = lead?["score.\(column)"] {
            #expect(number(cell) == Int(score), "\(key) \(column)")
          }
          if let grade = lead?["grade.\(column)"] { #expect(cell == (grade.isEmpty ? "–" : grade)) }
        }
      }
    }
  }

  func head(_ caption: String) -> [String] {
    page.tables.first { $0.caption == caption }?.rows.first ?? []
  }

  func rules() {
    var number = 0
    for score in definition.scores {
      guard case .points(let rules, _) = score.source else { continue }
      defer { number += 1 }
      let counted = summary.scores[score.name]?.rules ?? [:]
      let rows = page.rows("Occurrences that counted", number: number)
      #expect(rows.count == rules.count)
      for row in rows {
        let rule = counted[row[0]]
        #expect(ReportTests.number(row[1]) == rule?.counted, "\(row)")
        let held = (rule?.repeat ?? 0) + (rule?.limit ?? 0) + (rule?.noValue ?? 0)
        if row.count > 2 { #expect(ReportTests.number(row[2]) == held) } else { #expect(held == 0) }
      }
    }
  }

  func accounts() {
    let all = NamedRows(files["accounts.csv"] ?? []).rows
    let byKey = Dictionary(all.map { (visibleText($0["account"] ?? ""), $0) }) { first, _ in first }
    let rows = page.rows("Accounts")
    #expect(rows.count == min(all.count, 12))
    let cells = page.cells["Accounts"]?.dropFirst() ?? []
    for (row, cell) in zip(rows, cells) {
      let account = byKey[PageReader.names(cell[0]).first ?? ""]
      #expect(account != nil, "\(row[0])")
      #expect(
        row.contains("\(account?["engaged"] ?? "") of \(account?["leads"] ?? "")")
          || (Int(account?["leads"] ?? "") ?? 0) > 999)
      if let score = definition.scores.first {
        #expect(number(row[1]) == Int(account?["total.\(score.name)"] ?? ""))
      }
    }
    let ready = all.count { $0["ready"] == "true" }
    #expect(rows.count { $0.contains("ready") } == min(ready, 12))
  }

  func answers() {
    guard definition.nps != nil, summary.nps.score != nil else { return }
    let rows = page.rows("The latest answer of each lead")
    let groups = ["promoter", "passive", "detractor"].map { group in
      leads.count { $0["nps_group"] == group }
    }
    #expect(rows.compactMap { number($0[1]) } == groups)
  }

  func trust() {
    let counts = page.counts(under: "Can I trust this?")
    let sum = counts.filter { !$0.key.hasPrefix("lines read") }.values.reduce(0, +)
    #expect(sum == summary.events.read)
    #expect(counts["lines read, all together"] == summary.events.read)
    #expect(counts["used"] == summary.events.used)
    #expect(counts["refused"] == summary.events.refused)
    #expect(page.tile("Known leads")?.value == numberText(summary.leads.known))
  }
}
