import RopeText

enum ScalingNotSaved: Rule {
  static let card = RuleCard(
    "scaling-not-saved", .error, "The model is published for a length that its file does not give it",
    why: "The run scaled by a patch or a flag; users of the checkpoint run it unscaled and get blanks or garbage.",
    fix: "Write the scaling of the run into the saved configuration.",
    references: ["JIA-Lab-research/LongLoRA#181", "InternLM/lmdeploy#361", "Open-Athena/MarinFold#198"],
    failing: [
      RuleExample(
        """
        {"model_type": "llama", "hidden_size": 4096, "num_attention_heads": 32, "max_position_embeddings": 4096, \
        "rope_scaling": null}
        """, facts: Facts(claimedLength: 32_768)),
      RuleExample(
        #"{"model_type": "llama", "max_position_embeddings": 4096}"#,
        companions: [
          "train.yaml": """
          model_name_or_path: .\ncutoff_len: 16384\nrope_scaling: linear\n
          """
        ]),
    ],
    passing: [
      RuleExample(
        """
        {"model_type": "llama", "max_position_embeddings": 4096, "rope_scaling": {"rope_type": "linear", "factor": 8.0}}
        """, facts: Facts(claimedLength: 32_768))
    ])

  static let needs: [RuleNeed] = [.configuration]

  /// That the file alone does not reach the length of a run whose scaling does follows.
  static func consequences(in subject: CheckSubject) -> [any Rule.Type] {
    let wanted = Double(subject.target ?? 0)
    let isReached = subject.trainers.contains { trainer in
      CheckSubject.scalings(of: trainer.declaration).contains { scaling in
        let window = trainer.declaration.value(.window)?.node.finiteNumber ?? 0
        let original = scaling.number("original_max_position_embeddings") ?? window
        return scaling.isScaled && max(window, original * (scaling.factor ?? 1)) >= wanted
      }
    }
    return isReached ? [TargetExceedsWindow.self] : []
  }

  static func check(_ subject: CheckSubject) -> [Finding] {
    guard !subject.isFragment, !subject.isBorrowed, subject.fileScaling == nil,
      subject.value("rope_scaling")?.node.string == nil,
      let window = subject.window
    else { return [] }
    if let key = RopeKeyMisplaced.misplaced(in: subject).first, let place = subject.declaration.text.member(key) {
      let number = place.node.finiteNumber
      return [
        subject.finding(
          card, at: place,
          number.map { number in
            """
            \(key) \(Phrase.ratio(number)) is written down but no scaling is: the model runs at \(Phrase.tokens(window)) \
            tokens instead of \(Phrase.tokens(Double(window) * number)). Write rope_scaling with rope_type and \(key)
            """
          } ?? """
            \(key) is written down but no scaling is: the model runs at \(Phrase.tokens(window)) tokens. Write \
            rope_scaling with rope_type and \(key)
            """)
      ]
    }
    if let place = subject.value("original_max_position_embeddings"), let native = place.node.finiteNumber,
      native > 0, Double(window) > native, subject.scaling == nil, subject.mayReach(beyond: native)
    {
      let unseen = subject.unseenPairs(at: window, trained: native)
      return [
        subject.finding(
          card, at: place,
          subject.isGGUF
            ? """
            trained on \(Phrase.tokens(native)) tokens and made for \(Phrase.tokens(window)), but \
            rope_factors_long.weight and rope_factors_short.weight are not in the file\(unseen). Convert the model again
            """
            : """
            trained on \(Phrase.tokens(native)) tokens and made for \(Phrase.tokens(window)), but the file holds no \
            scaling between the two\(unseen). Write the rope_scaling of the model that it was made from
            """)
      ]
    }
    if let claimed = subject.facts.claimedLength, claimed > window, subject.value("dual_chunk_attention_config") == nil,
      // A raised base is an extension of its own; a window that is too small then is another rule's matter.
      (subject.theta ?? 10_000) <= (subject.known?.base ?? 10_000) * 1.01
    {
      let factor = Double(claimed) / Double(window)
      let scaling = "{\"rope_type\": \"linear\", \"factor\": \(Phrase.json(factor))}"
      return [
        subject.finding(
          card, at: subject.windowPlace,
          """
          published for \(Phrase.tokens(claimed)) tokens, but the file holds no scaling and a window of \
          \(Phrase.tokens(window))\(subject.unseenPairs(at: claimed, trained: Double(window))). Write the scaling of \
          the run, such as \(scaling)
          """)
      ]
    }
    // What the trainer really makes of its option: some switch it off.
    guard
      let option = subject.options.last(where: { $0.kind.isTraining && $0.name == "rope_scaling" && !$0.node.isNull }),
      subject.effective == nil,
      subject.trainers.isEmpty || subject.trainers.contains(where: { CheckSubject.isScaled($0.declaration) })
    else { return [] }
    return [
      subject.finding(
        card, at: subject.windowPlace,
        """
        the training run scales (\(option.spelling): \(option.text)), the configuration beside it does not: users get \
        \(Phrase.tokens(window)) tokens of plain rotation. Save the run's rope_scaling in the file
        """)
    ]
  }
}
