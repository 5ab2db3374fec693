import RopeJSON

/// A model type whose language model's keys stand in a section of the file.
struct FamilySection: Sendable {
  var names: [String]
  /// Keys that lead to the section.
  var path = ["text_config"]
  /// Model type of the section where it names none.
  var type: String
  /// The class of the section is this one, whatever `model_type` stands in it.
  var isFixed = false
  /// Values of a section that is absent.
  var defaults: [String: ClassValue] = [:]
  /// Scaling dictionary of a section without one, where the defaults hold.
  var dictionary: [String: ClassValue] = [:]
  /// The defaults fill in single keys of a section that is there, too.
  var fillsKeys = false
  /// Published files have the section's keys at the top level.
  var isFlat = false

  /// The section in a file; nil where it is absent.
  func section(in root: DeclaredValue) -> DeclaredValue? {
    var place = root
    for key in path {
      guard let next = place.member(key), next.node.members != nil else { return nil }
      place = next
    }
    return place
  }

  /// The language model's section of a file whose model type is known to have one.
  static func text(of root: DeclaredValue) -> DeclaredValue? {
    var place = root
    for _ in 0..<3 {
      guard let type = place.node.member("model_type")?.node.string, let row = FamilyCatalogue.sections[type],
        let next = row.section(in: place)
      else { break }
      place = next
    }
    return place.pointer == root.pointer ? nil : place
  }
}
