import RopeJSON

/// A configuration with some keys replaced, to be resolved again.
struct EditedConfiguration: Sendable {
  private(set) var root: EditedValue
  /// Keys that lead to the language model's dimensions.
  private let textPath: [String]

  init(_ declaration: Declaration) {
    root = EditedValue(declaration.root.node)
    textPath = declaration.text.pointer.split(separator: "/").map {
      String($0).replacing("~1", with: "/").replacing("~0", with: "~")
    }
  }

  /// Sets a key beside the model's dimensions, and takes it away from the top level where that is another object.
  mutating func set(_ key: String, to value: EditedValue?) {
    if !textPath.isEmpty { root.set([key], to: nil) }
    root.set(textPath + [key], to: value)
  }

  var text: String { root.text }

  func declaration() throws(ConfigurationError) -> Declaration {
    try Declaration(SourceText(bytes: Array(root.text.utf8)))
  }
}
