/// Answers as the metrics of question answering see them.
enum AnswerText {
  /// Words of letters and digits in lower case, without ASCII punctuation and the articles “a”, “an”, “the”.
  static func words(_ text: String) -> [[Unicode.Scalar]] {
    let plain = text.lowercased().unicodeScalars.filter { !isPunctuation($0) }
    var kept: [Unicode.Scalar] = [], word: [Unicode.Scalar] = []
    // An article stands between characters that are in no word, whatever they are.
    func close() {
      kept += articles.contains(word) ? [" "] : word
      word = []
    }
    for scalar in plain {
      if isWordCharacter(scalar) {
        word.append(scalar)
      } else {
        close()
        kept.append(scalar)
      }
    }
    close()
    return kept.split { isSpace($0) }.map { Array($0) }
  }

  /// Characters in lower case, without punctuation and blanks.
  static func characters(_ text: String) -> [[Unicode.Scalar]] {
    text.lowercased().unicodeScalars.filter { scalar in
      !isSpace(scalar) && !isPunctuation(scalar) && !scalar.properties.generalCategory.isPunctuation
    }.map { [$0] }
  }

  /// Runs of digits.
  static func numbers(_ text: String) -> [[Unicode.Scalar]] {
    text.unicodeScalars.split { $0.properties.generalCategory != .decimalNumber }.map { Array($0) }
  }

  /// Blanks as Python's `split()` knows them.
  static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isWhitespace || (0x1C...0x1F).contains(scalar.value)
  }

  private static let articles: [[Unicode.Scalar]] = ["a", "an", "the"].map { Array($0.unicodeScalars) }

  /// ASCII punctuation and symbols.
  private static func isPunctuation(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: true
    default: false
    }
  }

  private static func isWordCharacter(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
      .letterNumber, .otherNumber:
      true
    default: scalar == "_"
    }
  }
}

extension Unicode.GeneralCategory {
  fileprivate var isPunctuation: Bool {
    switch self {
    case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
      .finalPunctuation, .otherPunctuation:
      true
    default: false
    }
  }
}
