import Foundation

/// What happens to a text before it is cut: steps, one after another.
struct Normaliser: Sendable {
  enum Step: Sendable {
    /// Unicode's normalisation forms C, D, KC and KD.
    case composed, decomposed, compatiblyComposed, compatiblyDecomposed
    case lowercase
    case strip(left: Bool, right: Bool)
    /// Marks of any kind fall away.
    case stripAccents
    /// Control characters fall away, white space and invisible characters become spaces (SentencePiece's `nmt`).
    case nmt
    case prepend([UInt8])
    case replace([UInt8], with: [UInt8])
    case replaceRuns(RunPattern, with: [UInt8])
    case map(CharacterMap)
    /// As BERT's own program cleans a text.
    case bert(cleans: Bool, spacesChinese: Bool, stripsAccents: Bool, lowercases: Bool)
    case sentencePiece(SentencePieceNormaliser)
  }

  var steps: [Step] = []

  /// Whether a space, or its mark, goes before a text.
  var prefixesSpace: Bool {
    steps.contains { step in
      switch step {
      case .prepend(let text): text == PieceModel.mark
      case .sentencePiece(let normaliser): normaliser.addsPrefix
      default: false
      }
    }
  }

  /// Whether spaces become `▁`.
  var marksSpaces: Bool {
    steps.contains {
      if case .replace(let old, let new) = $0 { old == [0x20] && new == PieceModel.mark } else { false }
    }
  }

  func apply(_ text: [UInt8]) -> [UInt8] { steps.reduce(text) { Self.apply($1, $0) } }

  private static func apply(_ step: Step, _ text: [UInt8]) -> [UInt8] {
    switch step {
    case .composed: changed(text) { $0.precomposedStringWithCanonicalMapping }
    case .decomposed: changed(text) { $0.decomposedStringWithCanonicalMapping }
    // Foundation leaves marks that come of the mapping, such as of U+FF9E, out of their order.
    case .compatiblyComposed:
      changed(text) { $0.decomposedStringWithCompatibilityMapping.precomposedStringWithCanonicalMapping }
    case .compatiblyDecomposed:
      changed(text) { $0.decomposedStringWithCompatibilityMapping.decomposedStringWithCanonicalMapping }
    case .lowercase: scalars(text) { $1 += $0.properties.lowercaseMapping.utf8 }
    case .strip(let left, let right): stripped(text, left: left, right: right)
    case .stripAccents:
      scalars(text) { if !CharacterClass.of($0.value).contains(.mark) { $1 += UTF8Character.encode($0) } }
    case .nmt: scalars(text) { $1 += nmt($0) }
    case .prepend(let start): text.isEmpty ? text : start + text
    case .replace(let old, let new): replaced(text, old, with: new)
    case .replaceRuns(let pattern, let new): replaced(text, pattern, with: new)
    case .map(let map): mapped(text, map)
    case .bert(let cleans, let spacesChinese, let stripsAccents, let lowercases):
      bert(text, cleans: cleans, spacesChinese: spacesChinese, stripsAccents: stripsAccents, lowercases: lowercases)
    case .sentencePiece(let normaliser): normaliser.apply(text)
    }
  }

  /// ASCII is the same in every form.
  private static func changed(_ text: [UInt8], _ change: (String) -> String) -> [UInt8] {
    text.contains { $0 >= 0x80 } ? Array(change(String(decoding: text, as: UTF8.self)).utf8) : text
  }

  private static func scalars(_ text: [UInt8], _ body: (Unicode.Scalar, inout [UInt8]) -> Void) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(text.count)
    for scalar in String(decoding: text, as: UTF8.self).unicodeScalars { body(scalar, &result) }
    return result
  }

  private static func stripped(_ text: [UInt8], left: Bool, right: Bool) -> [UInt8] {
    var rest = String(decoding: text, as: UTF8.self).unicodeScalars[...]
    if left { rest = rest.drop { $0.properties.isWhitespace } }
    while right, let last = rest.last, last.properties.isWhitespace { rest.removeLast() }
    return Array(String(String.UnicodeScalarView(rest)).utf8)
  }

  private static func nmt(_ scalar: Unicode.Scalar) -> [UInt8] {
    switch scalar.value {
    case 0x01...0x08, 0x0B, 0x0E...0x1F, 0x7F, 0x8F, 0x9F: []
    case 0x09, 0x0A, 0x0C, 0x0D, 0x1680, 0x200B...0x200F, 0x2028, 0x2029, 0x2581, 0xFEFF, 0xFFFD: [0x20]
    default: UTF8Character.encode(scalar)
    }
  }

  private static func replaced(_ text: [UInt8], _ old: [UInt8], with new: [UInt8]) -> [UInt8] {
    guard let first = old.first else { return text }
    var result: [UInt8] = []
    result.reserveCapacity(text.count)
    var place = 0
    while place < text.count {
      if text[place] == first, text[place...].starts(with: old) {
        result += new
        place += old.count
      } else {
        result.append(text[place])
        place += 1
      }
    }
    return result
  }

  private static func replaced(_ text: [UInt8], _ pattern: RunPattern, with new: [UInt8]) -> [UInt8] {
    text.withUnsafeBufferPointer { bytes in
      let text = ScalarText(bytes)
      var scanner = SplitScanner(text: text, place: 0, end: text.count)
      var result: [UInt8] = []
      while scanner.place < text.count {
        let start = scanner.place
        if scanner.match(pattern) {
          result += new
        } else {
          result += bytes[text.offsets[start]..<text.offsets[start + 1]]
          scanner.place += 1
        }
      }
      return result
    }
  }

  /// As Hugging Face's program reads the map: what is drawn as one character first, where it is short, then each code
  /// point; of several entries the shortest.
  private static func mapped(_ text: [UInt8], _ map: CharacterMap) -> [UInt8] {
    guard !map.isEmpty else { return text }
    return text.withUnsafeBufferPointer { bytes in
      var result: [UInt8] = []
      result.reserveCapacity(bytes.count)
      var start = 0
      for character in String(decoding: bytes, as: UTF8.self) {
        let end = min(bytes.count, start + character.utf8.count)
        if end - start < 6, let whole = map.replacement(in: bytes, at: start, end: end, longest: false) {
          result += whole.text
          start = end
          continue
        }
        while start < end {
          let next = min(end, start + UTF8Character.length(bytes[start], room: end - start))
          if let part = map.replacement(in: bytes, at: start, end: next, longest: false) {
            result += part.text
          } else {
            result += bytes[start..<next]
          }
          start = next
        }
      }
      return result
    }
  }

  private static func bert(
    _ text: [UInt8], cleans: Bool, spacesChinese: Bool, stripsAccents: Bool, lowercases: Bool
  ) -> [UInt8] {
    var text = text
    if cleans {
      text = scalars(text) { scalar, result in
        guard scalar.value != 0xFFFD, scalar == "\t" || scalar == "\n" || scalar == "\r" || !isControl(scalar) else {
          return
        }
        result += scalar.properties.isWhitespace ? [0x20] : UTF8Character.encode(scalar)
      }
    }
    if spacesChinese {
      text = scalars(text) { scalar, result in
        let isChinese = chinese.contains { $0.contains(scalar.value) }
        result += isChinese ? [0x20] + UTF8Character.encode(scalar) + [0x20] : UTF8Character.encode(scalar)
      }
    }
    if stripsAccents {
      text = scalars(apply(.decomposed, text)) { scalar, result in
        if scalar.properties.generalCategory != .nonspacingMark { result += UTF8Character.encode(scalar) }
      }
    }
    return lowercases ? apply(.lowercase, text) : text
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .privateUse, .surrogate: true
    default: false
    }
  }

  private static let chinese: [ClosedRange<UInt32>] = [
    0x4E00...0x9FFF, 0x3400...0x4DBF, 0x20000...0x2A6DF, 0x2A700...0x2B73F, 0x2B740...0x2B81F, 0x2B920...0x2CEAF,
    0xF900...0xFAFF, 0x2F800...0x2FA1F,
  ]
}
