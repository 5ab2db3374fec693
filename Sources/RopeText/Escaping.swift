/// Text made safe for where it goes, a function for each border. All of them look at Unicode scalars: a mark that
/// combines with a special character, or a carriage return that forms one Character with a line feed, hides nothing.
package enum Escaping {
  /// Whether a reader cannot see the scalar, or a program takes it for an order: controls, line and paragraph
  /// separators, marks of direction, characters without width, noncharacters.
  package static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20..<0x7F: return false
    case ..<0x20, 0x7F..<0xA0, 0xAD: return true
    case 0xA0..<0x34F: return false
    default: break
    }
    if isNoncharacter(scalar) || scalar.properties.isDefaultIgnorableCodePoint { return true }
    return switch scalar.properties.generalCategory {
    case .format, .lineSeparator, .paragraphSeparator: true
    default: false
    }
  }

  /// Marks that change the direction of what follows: a name could disguise the text around it.
  static func isDirectional(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
  }

  static func isNoncharacter(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value & 0xFFFE == 0xFFFE || (0xFDD0...0xFDEF).contains(scalar.value)
  }

  static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value)
  }

  /// Each scalar with what stands for it; nil leaves it as it is.
  static func map(_ text: String, _ replacement: (Unicode.Scalar) -> String?) -> String {
    guard text.unicodeScalars.contains(where: { replacement($0) != nil }) else { return text }
    var result = ""
    result.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      if let other = replacement(scalar) { result += other } else { result.unicodeScalars.append(scalar) }
    }
    return result
  }
}
