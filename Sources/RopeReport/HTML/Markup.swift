import RopeChart

/// Text made safe for HTML, in content and in quoted attributes alike.
public enum Markup {
  /// Replaces markup characters by entities, scalar by scalar: a mark that combines with a quote must not hide it.
  /// Control characters other than line ends and tabs are dropped, and so are the characters that reverse the direction
  /// of what follows: a name cannot disguise the text around it.
  public static func escape(_ text: String) -> String {
    var out = ""
    out.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": out += "&amp;"
      case "<": out += "&lt;"
      case ">": out += "&gt;"
      case "\"": out += "&quot;"
      case "'": out += "&#39;"
      case "\n", "\t": out.unicodeScalars.append(scalar)
      case "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}": break
      default: if scalar.properties.generalCategory != .control { out.unicodeScalars.append(scalar) }
      }
    }
    return out
  }

  /// A slug as an id or a fragment: letters, digits, hyphens, underscores, beginning with a letter.
  public static func slug(_ text: String) -> String {
    let kept = String(text.unicodeScalars.map { scalar -> Character in
      let isPlain = scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
      return isPlain || scalar == "-" || scalar == "_" ? Character(scalar) : "-"
    })
    return kept.first?.isLetter == true ? kept : "x" + kept
  }
}
