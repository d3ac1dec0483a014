/// A value given to a place in a definition: `scores.engagement.points.pricing-view=12`.
package struct Setting: Sendable, Hashable {
  /// Keys from the definition's root on, with dots between; of a list its elements' numbers or names.
  package var path: String
  /// A scalar, or a list or mapping in brackets or braces, as YAML has them.
  package var value: String

  package init(path: String, value: String) {
    self.path = path
    self.value = value
  }

  /// Takes `PATH=VALUE` apart; nil where it is something else.
  package init?(_ text: String) {
    guard let equals = text.firstIndex(of: "="), equals > text.startIndex else { return nil }
    path = String(text[..<equals])
    value = String(text[text.index(after: equals)...])
  }
}

/// A setting that was made, in one line each.
package struct AppliedSetting: Sendable, Codable, Equatable {
  package var path: String
  /// What stood there; absent where nothing did.
  package var before: String?
  package var after: String
}

/// A setting that cannot be made.
package struct SettingFault: Error, Sendable, Equatable {
  package var message: String
  package var hint: String?
}

extension Definition {
  /// Returns the definition that this one's text says with other values in it, its comments and
  /// layout kept.
  ///
  /// The file's name is for the messages.
  ///
  /// - Throws: `SettingFault` where a path leads nowhere; `DefinitionFaults` where the values are not
  ///   what may stand there.
  package func setting(
    _ settings: [Setting], file: String
  ) throws -> (definition: Definition, applied: [AppliedSetting]) {
    var text = text
    var applied: [AppliedSetting] = []
    for setting in settings {
      let edit = try SettingEdit(setting, text: text, file: file)
      text = edit.text
      applied.append(
        AppliedSetting(path: setting.path, before: edit.before, after: edit.after))
    }
    do throws(DefinitionFaults) {
      return (try Definition.load(text: text, file: "\(file), as set"), applied)
    } catch {
      for (setting, one) in zip(settings, applied) where one.before == nil {
        // A key that may not stand there is a path that leads nowhere.
        try SettingEdit.checkNewKey(
          setting, among: error.faults, before: self.text, after: text, file)
      }
      throw error
    }
  }
}
