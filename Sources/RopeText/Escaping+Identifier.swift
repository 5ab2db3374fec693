extension Escaping {
  /// A name as an id, a class or a fragment: letters, digits, hyphens, underscores, beginning with a letter.
  package static func identifier(_ name: String) -> String {
    let kept = map(name) { scalar in
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9", "-", "_": nil
      default: "-"
      }
    }
    return kept.first?.isLetter == true ? kept : "x" + kept
  }
}
