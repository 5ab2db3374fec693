import RopeText

enum LayerTypesMisspelled: Rule {
  static let card = RuleCard(
    "layer-types-misspelled", .error, "layer_types is misspelled or has the wrong length",
    why: "The class falls back to its own pattern: other layers become sliding or full, with another base.",
    fix: "Name it layer_types, with one entry for each layer.",
    references: ["EssentialAI/rnj-1 config page (refs/pr/6)", "huggingface/transformers#41922"],
    failing: [
      RuleExample(#"{"num_hidden_layers": 2, "layer_type": ["sliding_attention", "full_attention"]}"#),
      RuleExample(#"{"num_hidden_layers": 3, "layer_types": ["sliding_attention", "full_attention"]}"#),
    ],
    passing: [RuleExample(#"{"num_hidden_layers": 2, "layer_types": ["sliding_attention", "full_attention"]}"#)])

  static let needs: [RuleNeed] = [.configuration]

  static func check(_ subject: CheckSubject) -> [Finding] {
    let text = subject.declaration.text
    if let singular = text.member("layer_type"), let entries = singular.node.elements, text.member("layer_types") == nil
    {
      return [
        subject.finding(
          card, atKey: "layer_type", of: text,
          """
          “layer_type” is read by nothing: the types of \(entries.count) layers are lost, and the class uses its own \
          pattern of sliding and full layers. Write “layer_types”
          """,
          fix: Fix(
            "rename it to layer_types", safe: false, edits: subject.rename("layer_type", of: text, to: "layer_types")))
      ]
    }
    guard let place = subject.value("layer_types"), let entries = place.node.elements,
      let layers = subject.count("num_hidden_layers"),
      entries.count != layers,
      // Runtimes that take the first entries, or read the rest as further layers, load it.
      subject.runtimes.isEmpty || subject.isTransformersMeant || subject.verdicts.contains(where: { $0.refusal != nil })
    else { return [] }
    let cost: Message =
      entries.count < layers
      ? "layer \(entries.count) and later have no type, load stops"
      : "\(entries.count - layers) of them belong to no layer"
    return [
      subject.finding(
        card, at: place,
        """
        layer_types has \(Phrase.items(entries.count)) for \(Phrase.layers(layers)): \(cost). Write \(layers)
        """)
    ]
  }
}
