/// How many get at least so far, one stage under the other, and how many of them go on.
package struct Funnel: Shape {
  package struct Stage: Sendable {
    package var name: String
    package var leads: Int
    /// What they did there: how many interactions.
    package var interactions: Int
    /// From when they got to the stage before, of half of them at most; nil where nobody knows.
    package var daysMedian: String?

    package init(_ name: String, leads: Int, interactions: Int, daysMedian: String? = nil) {
      self.name = name
      self.leads = leads
      self.interactions = interactions
      self.daysMedian = daysMedian
    }
  }

  package var title: String
  package var stages: [Stage]

  package init(_ title: String, _ stages: [Stage]) {
    self.title = title
    self.stages = stages
  }

  /// What leads from a stage to the one before it.
  private func passage(_ index: Int) -> String {
    let share = shareText(stages[index].leads, of: stages[index - 1].leads)
    let days = stages[index].daysMedian.map { ", half of them within \($0)" } ?? ""
    return "\(share) go on\(days)"
  }

  package var numbers: PageTable {
    var table = PageTable(
      title,
      [
        .init("Stage"), .number("Leads"), .number("Of those before"), .number("Median days"),
        .number("Interactions"),
      ])
    for (index, stage) in stages.enumerated() {
      table.add([
        stage.name, numberText(stage.leads),
        index == 0 ? "–" : shareText(stage.leads, of: stages[index - 1].leads),
        stage.daysMedian ?? "–", numberText(stage.interactions),
      ])
    }
    return table
  }

  package func drawing(width: Double) -> Canvas {
    var canvas = Canvas(width: width)
    let isNarrow = isNarrow(width)
    let left = isNarrow ? 0 : 120.0
    let most = max(stages.map(\.leads).max() ?? 0, 1)
    let inside = textWidth("\(countText(most, "lead"))  ")
    let room = width - left - (isNarrow ? 0 : 150)
    var y = 0.0
    for (index, stage) in stages.enumerated() {
      if index > 0 {
        canvas.text("▼ " + passage(index), left, y + 14, .start, "aside")
        y += 22
      }
      if isNarrow {
        canvas.text(stage.name, within: width, 0, y + 13)
        y += 18
      } else {
        canvas.text(stage.name, within: left - 10, left - 8, y + 20, .end)
      }
      let length = max(Double(stage.leads) / Double(most) * room, stage.leads == 0 ? 0 : 2)
      canvas.box(left, y, length, 30, "s5")
      let isInside = length >= inside
      canvas.text(
        countText(stage.leads, "lead"), left + (isInside ? 8 : length + 6), y + 20, .start,
        isInside ? "i2 strong" : "strong")
      let done = countText(stage.interactions, "interaction")
      if isNarrow {
        canvas.text(done, 0, y + 45, .start, "aside")
        y += 50
      } else {
        let after = isInside ? length : length + inside
        canvas.text(done, left + after + 8, y + 20, .start, "aside")
        y += 34
      }
    }
    return canvas
  }
}
