import RopeJSON
import RopeMath
import RopeText

/// Programs that start llama.cpp with a GGUF file and cut a context beyond its window.
extension CommandFormat {
  /// ollama: a Modelfile's `num_ctx`, or `OLLAMA_CONTEXT_LENGTH`; a context beyond the file's window is cut to it, and
  /// nothing scales. Source: `llm/server.go`, `api/types.go`.
  static let ollama = CommandFormat(
    name: "ollama", title: "ollama", kind: .server, runtime: "llama.cpp",
    programs: [ProgramPattern("ollama", "*", takesPositional: false)],
    images: ["ollama/ollama"],
    options: [
      "from": .model, "model": .model, "num_ctx": .servedLength, "num_predict": .newTokens,
      "context_length": .servedLength, "context_window": .servedLength, "options.num_ctx": .servedLength,
      "options.num_predict": .newTokens,
    ],
    endpoints: ["/api/generate", "/api/chat", "/api/embed"],
    lengthPlaces: """
      PARAMETER num_ctx in a Modelfile, OLLAMA_CONTEXT_LENGTH for the server, options.num_ctx in a request, or /set \
      parameter num_ctx in a session
      """,
    marks: ["num_ctx", "num_predict", "ollama_context_length"],
    environment: ["OLLAMA_CONTEXT_LENGTH": "context_length"],
    // LlamaIndex's class has the length under a name of its own.
    calls: ["ChatOllama", "OllamaLLM", "Ollama", "ollama.chat", "ollama.generate"].map {
      PythonCall(name: $0, needs: "ollama", positional: "model", spreads: ["options", "additional_kwargs"])
    } + [PythonCall(name: "requests.post", needs: "11434/api/", spreads: ["json", "options"])],
    forms: [
      SettingsForm(text: .modelfile, model: "from", length: "num_ctx", carrier: .file)
    ],
    effective: { (request) throws(ConfigurationError) in
      var builder = EffectiveBuilder(request)
      let option = request.command.option(.servedLength)
      // Its command line takes none, and stops.
      guard option?.spelling.hasPrefix("-") != true else { return [builder.configuration] }
      builder.takeLengths()
      builder.cutToWindow { option, asked, window in
        """
        ollama cuts \(option.name) \(asked) to the model's window of \(window.formattedShortest): scaling must stand in \
        the GGUF file itself
        """
      }
      for gone in request.command.options where ["rope_frequency_base", "rope_frequency_scale"].contains(gone.path) {
        builder.find("option-gone", .error, "ollama has no \(gone.path) any more (since 2024)", at: gone)
      }
      return [builder.configuration]
    })

  /// LM Studio: `lms load`, a call of its Python package or a model of its catalogue (`model.yaml`) does not take a context
  /// beyond the model's window, whatever the rotation's scale in its settings (lmstudio-bug-tracker issue 2112, 0.4.18).
  static let lmStudio = CommandFormat(
    name: "lm-studio", title: "LM Studio", kind: .server, runtime: "llama.cpp",
    programs: [ProgramPattern("lms", "load")],
    options: [
      "model": .model, "context_length": .servedLength, "c": .servedLength, "contextLength": .servedLength,
      "llm.load.contextlength": .servedLength,
    ], flags: ["yes", "y", "exact"],
    positional: .model, aliases: ["lmstudio"],
    // A model of its catalogue, whose settings are a list of keys and values.
    document: { tree in
      tree.member("model")?.node.string != nil && tree.member("base") != nil
        && tree.value(at: ["config", "load", "fields"]) != nil
    },
    calls: ["lms.llm", "llm.model", "llm.load_new_instance"].map {
      PythonCall(name: $0, needs: "lmstudio", positional: "model", spreads: ["config"])
    },
    effective: { (request) throws(ConfigurationError) in
      var builder = EffectiveBuilder(request)
      builder.takeLengths()
      builder.cutToWindow { _, asked, window in
        """
        LM Studio goes no further than the model's window of \(window.formattedShortest), \(asked) are asked for: scaling \
        must stand in the GGUF file itself
        """
      }
      return [builder.configuration]
    })
}

extension EffectiveBuilder {
  /// Serves no more than the model's window, where more is asked for.
  ///
  /// - Parameter told: the finding of the option, the length that it asks for and the window.
  fileprivate mutating func cutToWindow(_ told: (CommandOption, Int, Double) -> Message) {
    guard let option = command.option(.servedLength), let asked = option.length, let window, Double(asked) > window
    else { return }
    find("window-cut", .warning, told(option, asked, window), at: option)
    take(.servedLength, Int(window), from: option)
  }
}
