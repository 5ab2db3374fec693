import RopeJSON

/// A server's options together with the file as they change it.
enum ServerCommand {
  /// - Parameters:
  ///   - change: what the server merges into the file's tree.
  ///   - members: those of it that say how layers rotate.
  static func settings(
    _ text: String, _ change: JSONNode, _ members: [(String, JSONNode)], _ rule: DeclarationEditor.Merge,
    _ editor: DeclarationEditor, notes: [String] = []
  ) -> RuntimeSettings {
    var editor = editor
    let names = ["rope_scaling", "rope_parameters"]
    for (written, other) in [(names[0], names[1]), (names[1], names[0])]
    where members.contains(where: { $0.0 == written && !$0.1.isNull }) {
      // The classes keep both names for one dictionary. What the file has under the other is what is merged with.
      if let node = editor.declaration.text.member(other)?.node, node.members?.isEmpty == false {
        editor.remove(other)
        if editor.declaration.text.member(written)?.node.members?.isEmpty != false {
          var first = editor
          first.merge(first.change([(written, node)]), .configurations)
          editor = first
        }
      }
    }
    editor.merge(change, rule)
    return RuntimeSettings(.arguments, text, notes: notes, trial: .declaration(editor.edited(by: text)))
  }
}
