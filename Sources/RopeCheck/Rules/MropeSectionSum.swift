import RopeText

enum MropeSectionSum: Rule {
  static let card = RuleCard(
    "mrope-section-sum", .error, "mrope_section does not fill the rotated pairs",
    why: """
      Sections share the pairs out to time, height and width; a wrong sum crashes at the first image or gives pairs \
      the wrong axis.
      """,
    fix: "Write three sections whose sum is half the rotated features.",
    references: [
      "turboderp-org/exllamav3#332", "sgl-project/sglang#13313", "vllm-project/vllm#25384", "mojo-opset/mojo_opset#279",
    ],
    failing: [
      RuleExample(#"{"model_type": "qwen2_5_vl", "rope_scaling": {"rope_type": "default", "mrope_section": [2]}}"#),
      RuleExample(
        """
        {"model_type": "qwen2_vl", "head_dim": 128, "max_position_embeddings": 32768, "rope_scaling": {"rope_type": \
        "default", "mrope_section": [16, 24, 16]}}
        """),
      RuleExample(
        """
        {"model_type": "qwen2_5_vl", "head_dim": 128, "max_position_embeddings": 131072, "rope_scaling": {"rope_type": \
        "yarn", "factor": 4.0, "original_max_position_embeddings": 32768}}
        """),
    ],
    passing: [
      RuleExample(
        """
        {"model_type": "qwen2_vl", "head_dim": 128, "max_position_embeddings": 32768, "rope_scaling": {"rope_type": \
        "default", "mrope_section": [16, 24, 24]}}
        """)
    ])

  static func check(_ subject: CheckSubject) -> [Finding] { missing(subject) + sums(subject) }

  private static func missing(_ subject: CheckSubject) -> [Finding] {
    let sections = subject.declaration.classSections
    guard !sections.isEmpty, let type = subject.modelType, subject.effective == nil, !subject.isMultimodalRotary,
      let scaling = subject.scaling
    else { return [] }
    let usual = "[\(sections.map(String.init).joined(separator: ", "))]"
    return [
      subject.finding(
        card, at: scaling.dictionary,
        """
        the scaling has no mrope_section, by which \(type) tells time, height and width: transformers 4 stops with a \
        KeyError, vLLM rotates without the axes of images; transformers 5 takes the class's. Write "mrope_section": \
        \(usual)
        """, severity: .warning)
    ]
  }

  private static func sums(_ subject: CheckSubject) -> [Finding] {
    subject.scalings.compactMap { scaling in
      guard let place = scaling.dictionary.member("mrope_section"), let sections = scaling.numbers("mrope_section")
      else { return nil }
      guard sections.count > 1 else {
        let given: Message = sections.count == 1 ? "1 entry" : "\(sections.count) entries"
        return subject.finding(
          card, at: place,
          """
          mrope_section has \(given): image positions have 3 axes (time, height, width), the kernel reads past the list at the first image. Write three \
          sections
          """)
      }
      guard let head = subject.headDimension else { return nil }
      let share = scaling.number("partial_rotary_factor") ?? subject.number("partial_rotary_factor") ?? 1
      // Where the class is not known, its share is read from the very sections.
      let known = subject.reading.flatMap { $0.isUnknownFamily ? nil : $0.layerTypes.first?.geometry.pairCount }
      let pairs = known ?? Phrase.whole(Double(head) * share) / 2
      let sum = Phrase.whole(sections.reduce(0, +).rounded(.towardZero))
      // Tiny test models keep the family's sections under smaller heads only by mistake.
      guard sum != pairs, sections.allSatisfy(\.isFinite) else { return nil }
      let given = sections.map { Phrase.ratio($0) }.joined(separator: " + ")
      return subject.finding(
        card, at: place,
        sum < pairs
          ? """
          the sections \(given) give \(sum) pairs, the head rotates \(pairs): \(pairs - sum) pairs get no axis, and the \
          first image crashes. Write sections that sum to \(pairs)
          """
          : """
          the sections \(given) give \(sum) pairs, the head rotates \(pairs): \(sum - pairs) pairs too many, and the \
          first image crashes. Write sections that sum to \(pairs)
          """)
    }
  }
}
