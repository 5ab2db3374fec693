import RopeConfig

/// Applies fixes to a file's bytes.
public enum FixApplier {
  /// The bytes after as many of the fixes as do not overlap, errors first, and the number applied.
  ///
  /// A fix is applied whole or not at all. Fixes that insert at one place are applied in their order.
  public static func apply(_ findings: [Finding], to bytes: [UInt8], includingUnsafe: Bool) -> (
    bytes: [UInt8], applied: Int
  ) {
    var edits: [TextEdit] = []
    var applied = 0
    for fix in findings.compactMap(\.fix) where fix.safe || includingUnsafe {
      guard !fix.edits.isEmpty, fix.edits.allSatisfy({ $0.start >= 0 && $0.start <= $0.end && $0.end <= bytes.count })
      else { continue }
      // Two rules may ask for the same change.
      if fix.edits.allSatisfy(edits.contains) { continue }
      guard !fix.edits.contains(where: { edit in edits.contains { overlap($0, edit) } }) else { continue }
      edits += fix.edits
      applied += 1
    }
    var result: [UInt8] = []
    var offset = 0
    let ordered = edits.enumerated().sorted {
      ($0.element.start, $0.element.end, $0.offset) < ($1.element.start, $1.element.end, $1.offset)
    }
    for edit in ordered.map(\.element) {
      result += bytes[offset..<max(offset, edit.start)]
      result += Array(edit.text.utf8)
      offset = max(offset, edit.end)
    }
    result += bytes[offset...]
    return (result, applied)
  }

  private static func overlap(_ one: TextEdit, _ other: TextEdit) -> Bool {
    if one.start == one.end || other.start == other.end {
      // An insertion collides with a change around it, and with another at the same place: both would add the same key.
      return one.start == other.start && one.end == other.end || (one.start < other.end && other.start < one.end)
    }
    return one.start < other.end && other.start < one.end
  }
}
