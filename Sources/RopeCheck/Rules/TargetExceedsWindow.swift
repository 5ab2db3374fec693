import RopeConfig
import RopeMath
import RopeText

enum TargetExceedsWindow: Rule {
  private static let scaled = """
    {"model_type": "qwen2", "max_position_embeddings": 131072, "rope_scaling": {"rope_type": "yarn", "factor": 4.0, \
    "original_max_position_embeddings": 32768}}
    """

  static let card = RuleCard(
    "target-exceeds-window", .error, "More tokens are asked for than the window holds",
    why: "Index errors, device asserts, or text that falls apart without a message.",
    fix: "Raise the window with the smallest factor that covers prompt and answer.",
    references: [
      "unslothai/unsloth#3083", "unslothai/unsloth#1236", "huggingface/text-generation-inference#782",
      "InternLM/lmdeploy#361", "vllm-project/vllm#3676",
    ],
    failing: [
      RuleExample(
        """
        {"model_type": "qwen2", "hidden_size": 3584, "num_attention_heads": 28, "max_position_embeddings": 32768, \
        "rope_theta": 1000000.0}
        """, facts: Facts(targetLength: 131_072))
    ],
    passing: [
      RuleExample(scaled, facts: Facts(targetLength: 131_072)),
      RuleExample(
        """
        {"model_type": "llama", "max_position_embeddings": 2048, "rope_scaling": {"rope_type": "linear", "factor": 4.0}}
        """, facts: Facts(targetLength: 8192)),
    ], restatesTarget: true)

  static let needs: [RuleNeed] = [.target]

  /// A command that asks for too much is told so at the length; a file is told both. Of a program that goes on by another
  /// base, the base is told with the length.
  static func consequences(in subject: CheckSubject) -> [any Rule.Type] {
    guard let command = subject.effective?.command else { return [] }
    return [WindowNotRaised.self, BaseConfigLengthWrong.self]
      + (command.format.raisesBase ? [ThetaFamilyMismatch.self] : [])
  }

  static func check(_ subject: CheckSubject) -> [Finding] {
    guard let window = subject.window ?? subject.reading?.window, window > 0,
      let wanted = [subject.facts.targetLength, subject.servedLength].compactMap({ $0 }).max()
    else { return [] }
    // What stops the program, or is told in its own options, is told once.
    guard !subject.isLengthRefused else { return [] }
    let reach = reach(subject, window)
    guard wanted > reach, !isLocal(subject, wanted), !(subject.isLongerPermitted && isCovered(subject, wanted)) else {
      return []
    }
    let place = subject.windowPlace
    let cause: Message =
      place == nil
      ? "no window is written, and the class takes \(Phrase.tokens(reach))" : "the window holds \(Phrase.tokens(reach))"
    let advice = advice(subject, wanted, window)
    return [
      subject.finding(
        card, at: place,
        """
        \(Phrase.tokens(wanted)) tokens are asked for, \(cause): \
        \(Phrase.ratio(Double(wanted) / Double(reach))) × too many\(advice.words)
        """, severity: advice.severity)
    ]
  }

  /// Whether nothing cuts at a window that the scaling goes beyond: the program is no server, or one that takes any length.
  private static func isLocal(_ subject: CheckSubject, _ wanted: Int) -> Bool {
    guard let command = subject.effective?.command, !command.startsServer || command.format.admitsAnyLength else {
      return false
    }
    let isCut =
      command.format.admitsAnyLength
      || subject.verdicts.contains { $0.reading?.servedWindow?.longer == .capped }
    return isCut && isCovered(subject, wanted)
  }

  /// Tokens that a server will take: what the runtime derives, else the window. The conventions of linear and dynamic
  /// keep the native length as the window.
  private static func reach(_ subject: CheckSubject, _ window: Int) -> Int {
    let derived = subject.verdicts.compactMap { $0.reading?.servedWindow }.filter { $0.longer != .warned }.map(\.tokens)
    if !subject.runtimes.isEmpty, let least = derived.min() { return max(least, 1) }
    guard let scaling = subject.scaling, let factor = scaling.factor, factor > 1 else { return window }
    let isExtended = subject.known.map { window > $0.trainedLength } ?? false
    let isMultiplied = scaling.type == "dynamic" || (scaling.type == "linear" && !isExtended)
    return isMultiplied ? Phrase.whole(Double(window) * factor) : window
  }

  private static func advice(_ subject: CheckSubject, _ wanted: Int, _ window: Int) -> (
    words: Message, severity: Severity
  ) {
    let cutting = subject.verdicts.lazy.compactMap { $0.reading?.servedWindow }.first { $0.longer == .capped }
    if subject.isGGUF || cutting != nil && subject.effective != nil && !isCovered(subject, wanted) {
      return (gguf(subject, wanted), .error)
    }
    let key = subject.windowPlace?.key ?? "max_position_embeddings"
    if let covered = covered(subject), Double(wanted) <= covered {
      if let permission = cutting?.permission {
        return ("; the scaling covers it, but the server cuts at the window. Add \(permission)", .warning)
      }
      let length = subject.scaling?.isYarn == true ? Phrase.whole(covered) : wanted
      // What stands in the command already is not to be added.
      let option =
        subject.effective?.servedLength == length
        ? nil : subject.verdicts.lazy.compactMap { $0.reading?.servedWindow?.option }.first
      let words: Message =
        option.map { option in
          """
          ; the scaling covers it, but a server caps at the window. Write "\(key)": \(length) and start with \(option) \
          \(length)
          """
        } ?? "; the scaling covers it, but a server caps at the window. Write \"\(key)\": \(length)"
      let isRefused = subject.verdicts.contains { $0.reading?.servedWindow != nil }
      return (words, !subject.runtimes.isEmpty && isRefused ? .error : .warning)
    }
    if let known = subject.known, subject.isUnchanged, wanted <= max(known.nativeLength, known.statedLength) {
      return (
        """
        ; \(known.name) is made for \(Phrase.tokens(max(known.nativeLength, known.statedLength))). Write \
        "\(key)": \(wanted); nothing is to be scaled
        """, .error
      )
    }
    if let seen = subject.longestRotatedDistance, Double(seen) <= subject.nativeLength ?? Double(window) {
      return (
        """
        ; the layers that rotate see \(Phrase.tokens(seen)) tokens, so no angle is new to them. Write \
        "\(key)": \(wanted); nothing is to be scaled
        """, .warning
      )
    }
    guard subject.scaling?.type != "longrope" else {
      return (
        """
        ; no number stretches longrope. Stay below, or write "\(key)": \(wanted) with lists that were searched for it
        """, .error
      )
    }
    let native = max(subject.nativeLength ?? Double(window), 1)
    let factor = max(1, Phrase.quarters(advised(subject, wanted) ?? Double(wanted) / native))
    return (
      """
      \(subject.unseenPairs(at: wanted, trained: native)). Write "\(key)": \(wanted) and \
      \(scaled(subject, by: factor))
      """, .error
    )
  }

  /// The adviser's factor, where it sees the same model in the file.
  private static func advised(_ subject: CheckSubject, _ wanted: Int) -> Double? {
    guard let advice = subject.advice(for: wanted, trained: subject.known?.nativeLength), advice.action == .method
    else { return nil }
    return advice.factor
  }

  /// A scaling that the file has is raised, not put on top.
  private static func scaled(_ subject: CheckSubject, by factor: Double) -> Message {
    guard let present = subject.scaling?.factor, present > 1, present < factor else {
      return "scale by \(Phrase.ratio(factor))"
    }
    return "raise the factor \(Phrase.ratio(present)) to \(Phrase.ratio(factor))"
  }

  private static func isCovered(_ subject: CheckSubject, _ wanted: Int) -> Bool {
    covered(subject).map { Double(wanted) <= $0 } == true || subject.isCoveredByBase(wanted)
  }

  /// Tokens that the file's own scaling reaches; one that the model ships with is counted from what it was trained to.
  private static func covered(_ subject: CheckSubject) -> Double? {
    guard let scaling = subject.scaling, let factor = scaling.factor else { return nil }
    // A runtime that takes the window's ratio for the factor reaches the window.
    if let window = subject.window, subject.verdicts.contains(where: { $0.parameters.contains("factor") }) {
      return Double(window)
    }
    if let known = subject.known, let own = known.scaling, own.type == scaling.type, own.factor > 0,
      factor > own.factor
    {
      return Double(known.nativeLength) * factor / own.factor
    }
    return factor * (subject.original(scaling) ?? Double(subject.window ?? subject.reading?.window ?? 0))
  }

  /// The same as llama.cpp's own options.
  private static func gguf(_ subject: CheckSubject, _ wanted: Int) -> Message {
    let native = Phrase.whole(subject.nativeLength ?? Double(subject.window ?? wanted))
    let options = subject.stretching(to: wanted, covering: wanted)
    return "\(subject.unseenPairs(at: wanted, trained: Double(native))). Start it with \(options)"
  }
}
