import RopeJSON
import RopeMath

/// Options of llama.cpp's programs, which change what a GGUF file says.
///
/// `common/arg.cpp` and `llama-context.cpp` of commit 0c1e57098: an option replaces the file's number,
/// `--rope-scaling none` forces a scale of 1, sliding layers keep the file's base, and a slot of the server is cut to the
/// trained length, which only YaRN other than the file's own raises.
struct LlamaCppSettings {
  let request: SettingsRequest
  /// What the file's own numbers give; the options change the first of it.
  let own: [RuntimeLayer]

  static func settings(_ request: SettingsRequest) throws(ConfigurationError) -> [RuntimeSettings] {
    let own = try request.runtime.layers(
      of: request.declaration, length: request.length, servedLength: request.length)
    return try LlamaCppSettings(request: request, own: own).settings()
  }

  private func settings() throws(ConfigurationError) -> [RuntimeSettings] {
    if request.isWindowOnly { return [unscaled([], lengthened: true)] }
    if request.isLatent, request.main?.id == "yarn" { return try latent() }
    guard request.parts.allSatisfy({ $0.id != "ministral-temperature" }), !request.isLatent else {
      return try converted()
    }
    let isScaled = own.first?.specification != nil
    switch request.main?.id {
    case nil, "none": return [try tried(isScaled ? ["--rope-scaling none"] : [], Interpretation([]), lengthened: true)]
    case "abf", "ntk":
      let base = request.base
      return [
        try tried(
          (isScaled ? ["--rope-scaling none"] : []) + ["--rope-freq-base \(base.formattedShortest)"],
          Interpretation("abf", ["rope_theta": base]), lengthened: true)
      ]
    case "linear":
      let factor = request.main?.given["factor"]?.number ?? 1
      return [
        try tried(
          ["--rope-scaling linear", "--rope-scale \(factor.formattedShortest)"],
          Interpretation("linear", ["factor": factor]), lengthened: true)
      ]
    case "yarn": return [try yarn()]
    case "llama3", "longrope": return try converted()
    default: throw request.refusal()
    }
  }

  // MARK: Words

  /// - Parameter lengthened: the trained length that the server cuts its slots to has to be raised.
  private func words(_ options: [String], lengthened: Bool) -> String {
    var words = ["-c \(request.length)"] + options
    if lengthened, let window = request.ownWindow, window < request.length {
      words.append("--override-kv \(architecture).context_length=int:\(request.length)")
    }
    return words.joined(separator: " ")
  }

  private func tried(
    _ options: [String], _ answer: Interpretation, lengthened: Bool, notes: [String] = []
  ) throws(ConfigurationError) -> RuntimeSettings {
    let text = words(options, lengthened: lengthened)
    // The converter's dictionary has no place for this, so that no configuration shows what it does.
    guard options.contains(where: { $0.contains("attn_factor") }) else {
      return RuntimeSettings(.arguments, text, notes: notes, trial: .command)
    }
    let plan = try answer.layer(request.geometry).planned(window: request.window, length: request.length).plan
    return RuntimeSettings(.arguments, text, notes: notes, trial: .plan(plan))
  }

  private func unscaled(_ options: [String], lengthened: Bool, notes: [String] = []) -> RuntimeSettings {
    RuntimeSettings(.arguments, words(options, lengthened: lengthened), notes: notes, trial: .command)
  }

  // MARK: YaRN

  private func yarn() throws(ConfigurationError) -> RuntimeSettings {
    var values = try request.yarn()
    if !values.truncates, ends(values, truncates: false) != ends(values, truncates: true) {
      throw ConfigurationError(
        refusing: "llama.cpp always rounds the ends of YaRN's ramp; truncate: false cannot be said")
    }
    var options = [
      "--rope-scaling yarn", "--rope-scale \(values.factor.formattedShortest)",
      "--yarn-orig-ctx \(values.original.formattedShortest)",
    ]
    if values.betaFast != 32 { options.append("--yarn-beta-fast \(values.betaFast.formattedShortest)") }
    if values.betaSlow != 1 { options.append("--yarn-beta-slow \(values.betaSlow.formattedShortest)") }
    if values.extrapolationFactor != 1 {
      throw ConfigurationError(
        refusing: "the weight of the unscaled frequencies changes llama.cpp's ramp otherwise than here")
    }
    var notes: [String] = []
    let natural = YaRNTemperature.magnitude(scale: values.factor)
    if abs(values.attentionFactor - natural) > 1e-12 {
      let ratio = values.attentionFactor / natural
      options.append("--override-kv \(architecture).rope.scaling.attn_factor=float:\(ratio)")
      notes.append("--yarn-attn-factor has no effect while YaRN is active; the file's own multiplier has")
    }
    values.truncates = true
    // YaRN with another scale than the file's own raises the trained length to original × factor.
    let given = own.first?.specification?.parts.first { $0.id == "yarn" || $0.id == "linear" }?.given["factor"]?.number
    let isOwn = given == values.factor
    let reach = values.original * values.factor
    return try tried(
      options, LlamaCpp.yarn(values, request.geometry), lengthened: isOwn || reach < Double(request.length),
      notes: notes)
  }

  /// Latent attention: the converted file says all but the ramp's ends.
  private func latent() throws(ConfigurationError) -> [RuntimeSettings] {
    let values = try request.yarn()
    guard values.betaFast != 32 || values.betaSlow != 1 else { return try converted() }
    let own = own.first?.specification?.parts.first { $0.id == "yarn" }?.given
    guard own?["factor"]?.number == values.factor,
      own?["original_max_position_embeddings"]?.number == values.original
    else {
      throw ConfigurationError(
        refusing: """
          no option of llama.cpp says YaRN with factor \(values.factor.formattedShortest) of latent attention, and the \
          ends of its ramp are not read from the file
          """)
    }
    var answer = LlamaCpp.yarn(values, request.geometry)
    answer.parts += YaRNValues.latentScale(factor: values.factor, coefficient: request.latentCoefficient)
    return [
      try tried(
        [
          "--yarn-beta-fast \(values.betaFast.formattedShortest)",
          "--yarn-beta-slow \(values.betaSlow.formattedShortest)",
        ], answer, lengthened: true,
        notes: ["convert_hf_to_gguf.py writes the rest into the file; the ends of the ramp are not read from there"])
    ]
  }

  private func ends(_ values: YaRNValues, truncates: Bool) -> [Double] {
    let ends = YaRNRamp(
      trainedLength: values.original, betaFast: values.betaFast, betaSlow: values.betaSlow, truncates: truncates
    ).ends(dimension: request.geometry.rotaryDimension, base: request.geometry.base)
    return [ends.low, ends.high]
  }

  // MARK: What no option says

  /// What only the converter writes into the file.
  private func converted() throws(ConfigurationError) -> [RuntimeSettings] {
    if let plan = own.first?.plan, !PlanComparison(of: plan, with: request.plan).isMismatch {
      let isGGUF = request.declaration.isGGUF
      return [
        unscaled(
          [], lengthened: true,
          notes: [
            isGGUF
              ? "no option says this; the file itself does"
              : "no option says this; convert_hf_to_gguf.py writes it into the file from this configuration"
          ])
      ]
    }
    guard !request.declaration.isGGUF else {
      throw ConfigurationError(
        refusing: """
          no option of llama.cpp says “\(request.parts.map(\.id).joined(separator: "+"))”: the file has to be \
          converted again from a config.json with these keys
          """)
    }
    return try HuggingFaceSettings.current(request).map { settings in
      var settings = settings
      settings.notes.append(
        "no option says this; with these keys in config.json, convert_hf_to_gguf.py writes it into the file")
      return settings
    }
  }

  /// The prefix of a model's keys in a GGUF file.
  private var architecture: String { Family.ggufPrefix(ofType: request.modelType) }
}
