import RopeChart
import RopeText

/// Which faces were asked for and which were used, so that no substitution goes unseen.
public struct FontReport: Sendable, Hashable {
  public struct Face: Sendable, Hashable {
    public var role: FontRole
    /// Families in order of preference.
    public var asked: [String]
    /// The family that text is set in.
    public var used: String
    public var isFirstChoice: Bool { asked.first == used }
  }

  /// Characters that the chosen face lacks and another one drew, or that no face has.
  public struct Missing: Sendable, Hashable {
    public var characters: String
    /// The family that drew them; nil where none did and a box was drawn.
    public var drawnBy: String?
  }

  public var faces: [Face]
  public var missing: [Missing]

  /// One sentence for each thing that a reader could see to be other than asked, with the Debian package that would mend
  /// it: another face, or boxes for characters.
  public func warnings(in language: Language = .english) -> [String] {
    var sentences: [String] = []
    for face in faces where !face.isFirstChoice {
      let wanted = face.asked.first ?? ""
      let sentence =
        InstalledFonts.debianPackage(for: wanted).map {
          language("The font “\(wanted)” is not installed: “\(face.used)” is used instead; install \($0).")
        } ?? language("The font “\(wanted)” is not installed: “\(face.used)” is used instead.")
      if !sentences.contains(sentence) { sentences.append(sentence) }
    }
    for gap in missing {
      if let family = gap.drawnBy {
        // Primes and other signs look alike in any face; letters do not.
        let isSeen = gap.characters.contains(where: \.isLetter) && !faces.contains { $0.asked.contains(family) }
        if isSeen {
          sentences.append(
            language(
              "“\(gap.characters.excerpt(12))” is in none of the fonts asked for and was drawn with “\(family)”."))
        }
      } else {
        let isWide = gap.characters.unicodeScalars.contains { $0.value >= 0x2E80 }
        let remedy = isWide ? "fonts-noto-cjk (\(FontFamilies.chineseSans[0]))" : "fonts-dejavu-core"
        sentences.append(
          language(
            "No installed font has “\(gap.characters.excerpt(12))”: in PDF and PNG empty boxes stand in their place; install \(remedy)."
          ))
      }
    }
    return sentences
  }
}
