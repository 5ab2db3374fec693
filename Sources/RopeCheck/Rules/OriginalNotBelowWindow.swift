import RopeText

enum OriginalNotBelowWindow: Rule {
  static let card = RuleCard(
    "original-not-below-window", .error, "The original length is not below the window",
    why: "Either nothing is extended, or the two fields are swapped and the ramp stands at the wrong pairs.",
    fix: """
      Write the pre-training length as original_max_position_embeddings and the extended one as \
      max_position_embeddings.
      """,
    references: ["huggingface/transformers#40320", "alibaba/Pai-Megatron-Patch#500", "NVIDIA/Megatron-LM#1418"],
    failing: [
      RuleExample(
        """
        {"max_position_embeddings": 4096, "rope_theta": 10000, "rope_scaling": {"rope_type": "yarn", "factor": 40, \
        "original_max_position_embeddings": 163840}}
        """),
      RuleExample(
        """
        {"max_position_embeddings": 8192, "rope_theta": 500000.0, "rope_scaling": {"rope_type": "llama3", "factor": \
        8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0, "original_max_position_embeddings": 8192}}
        """),
    ],
    passing: [
      RuleExample(
        """
        {"max_position_embeddings": 163840, "rope_theta": 10000, "rope_scaling": {"rope_type": "yarn", "factor": 40, \
        "original_max_position_embeddings": 4096}}
        """)
    ])

  /// Whether the original length, rather than the window, is the wrong one of the two.
  static func isOriginalAtFault(_ subject: CheckSubject, _ scaling: DeclaredScaling) -> Bool {
    guard let original = subject.original(scaling), let window = subject.window else { return false }
    if original > Double(window) { return true }
    guard original == Double(window) else { return false }
    if scaling.type == "llama3" { return true }
    // A length with room for the answer is told as such.
    if OriginalIncludesHeadroom.applies(subject, scaling) { return false }
    // A recipe that leaves the window alone has the native length in both: then the window is to be raised.
    if let known = subject.known { return original > Double(max(known.trainedLength, known.nativeLength)) * 1.01 }
    return subject.isTrainedOrMeant(.takesOriginalFromOption)
  }

  static let needs: [RuleNeed] = [.scaling]

  static func check(_ subject: CheckSubject) -> [Finding] {
    guard let scaling = subject.scaling, scaling.isYarn || scaling.type == "llama3" || scaling.type == "longrope",
      let place = subject.originalPlace(scaling), let original = subject.original(scaling), let window = subject.window,
      scaling.type == "longrope" || (scaling.factor ?? 1) > 1, isOriginalAtFault(subject, scaling)
    else { return [] }
    // More tokens than the window are asked for: the window is to be raised, which is told at the length.
    if original == Double(window), scaling.isYarn, let target = subject.target, target > window { return [] }
    if scaling.type == "llama3", let known = subject.known, known.scaling?.type == "llama3",
      Double(known.pretrainedLength) < original, known.nativeLength >= window
    {
      return [
        subject.finding(
          card, at: place,
          """
          the original length \(Phrase.tokens(original)) is the window, \(known.name) counts its llama3 scaling from \
          \(Phrase.tokens(known.pretrainedLength)): pairs are slowed that were not in training, and others are not. Write \
          "original_max_position_embeddings": \(known.pretrainedLength)
          """,
          fix: Fix(
            "set the original length to \(known.pretrainedLength)", safe: false,
            edits: subject.replace(place, with: String(known.pretrainedLength))))
      ]
    }
    if scaling.type == "llama3", let factor = scaling.factor, original <= Double(window) {
      let extended = Phrase.whole(factor * original)
      return [
        subject.finding(
          card, at: subject.windowPlace,
          """
          the window \(Phrase.tokens(window)) is the original length itself, so the llama3 factor \
          \(Phrase.ratio(factor)) slows pairs for \(Phrase.tokens(extended)) tokens that no server admits. Raise \
          \"max_position_embeddings\" (131072 in Llama 3.1 and later)
          """)
      ]
    }
    let native = scaling.factor.map { Double(max(window, Phrase.whole(original))) / $0 }
    let isSwapped = native == Double(window)
    let wanted = native.map { Phrase.whole($0.rounded()) }
    var gap: Message = ""
    if scaling.isYarn, let wanted {
      let meant = subject.plan(subject.yarn(scaling, ["original_max_position_embeddings": Double(wanted)]), at: window)
      let words = subject.difference(subject.plan(subject.yarn(scaling), at: window), from: meant)
      gap = words.map { "; against \(Phrase.tokens(wanted)) \($0)" } ?? ""
    }
    let length = "\"original_max_position_embeddings\": \(wanted ?? window)"
    let advice: Message =
      isSwapped
      ? "The two are swapped" : wanted == nil ? "Write \(length) divided by the extension" : "Write \(length)"
    return [
      subject.finding(
        card, at: place,
        """
        the original length \(Phrase.tokens(original)) is not below the window \(Phrase.tokens(window)), so factor \
        \(Phrase.ratio(scaling.factor ?? 1)) has nothing to \
        extend\(gap). \(advice)
        """,
        fix: wanted.map { native in
          let edits = subject.replace(place, with: String(native))
          guard isSwapped, let window = subject.windowPlace else {
            return Fix("set the original length to \(native)", safe: false, edits: edits)
          }
          let swapped = subject.together(edits, subject.replace(window, with: String(Phrase.whole(original))))
          return Fix("swap the two", safe: false, edits: swapped)
        })
    ]
  }
}
