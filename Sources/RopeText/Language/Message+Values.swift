extension Message {
  /// The same sentence with every text among its values changed, in sentences inside of it too.
  package func replacingTexts(_ change: (String) -> String) -> Message {
    Message(template: template, values: values.map { $0.replacingTexts(change) })
  }

  /// The sentence itself where it is no longer than `length` characters in English; else with values cut to what there is
  /// room for. What is too long without any value is cut as words.
  package func excerpt(_ length: Int) -> Message {
    guard size > length, Language.english(self).unicodeScalars.count > length else { return self }
    var room = length
    while room > 16 {
      room /= 2
      let cut = replacingTexts { $0.excerpt(room) }
      if Language.english(cut).unicodeScalars.count <= length { return cut }
    }
    return Message(template: Language.english(self).excerpt(length))
  }

  /// Bytes of words and values together: no fewer than the sentence in English has.
  private var size: Int { values.reduce(template.utf8.count) { $0 + $1.size } }
}

extension Message.Value {
  fileprivate func replacingTexts(_ change: (String) -> String) -> Self {
    switch self {
    case .text(let text): .text(change(text))
    case .message(let message): .message(message.replacingTexts(change))
    case .list(let values): .list(values.map { $0.replacingTexts(change) })
    }
  }

  fileprivate var size: Int {
    switch self {
    case .text(let text): text.utf8.count
    case .message(let message): message.size
    // Each joint is of 5 bytes at most: ` and `.
    case .list(let values): values.reduce(0) { $0 + $1.size + 5 }
    }
  }
}
