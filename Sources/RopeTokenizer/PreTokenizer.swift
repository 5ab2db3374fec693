/// How a byte-level tokenizer cuts a text before it merges: steps, each within the pieces of the one before.
struct PreTokenizer: Sendable {
  var steps: [SplitStep]
  /// Steps on the characters of `ByteAlphabet` that stand for the bytes, within the pieces of those.
  var byteSteps: [SplitStep] = []
  /// A piece that is a token as it stands is taken without merging.
  var ignoresMerges = false

  /// Ranges of code points, in order, that cover the text.
  func pieces(of text: ScalarText) -> [Range<Int>] {
    var pieces = text.count > 0 ? [0..<text.count] : []
    for step in steps {
      var finer: [Range<Int>] = []
      finer.reserveCapacity(pieces.count)
      for piece in pieces { step.split(text, piece, into: &finer) }
      pieces = finer
    }
    return pieces
  }

  /// Cuts a piece further where the bytes' own characters are cut; hands over places in the text's bytes.
  func forEachPart(of bytes: Range<Int>, in text: UnsafeBufferPointer<UInt8>, _ body: (Range<Int>) -> Void) {
    guard !byteSteps.isEmpty else { return body(bytes) }
    var written: [UInt8] = []
    for place in bytes { written += ByteAlphabet.text(of: text[place]) }
    let pieces = written.withUnsafeBufferPointer { written in
      PreTokenizer(steps: byteSteps).pieces(of: ScalarText(written))
    }
    for piece in pieces { body(bytes.lowerBound + piece.lowerBound..<bytes.lowerBound + piece.upperBound) }
  }

  // MARK: The one table

  /// By the names that GGUF files give (`tokenizer.ggml.pre`; llama.cpp, llama-vocab.cpp).
  static func named(_ name: String) -> PreTokenizer? { table.first { $0.names.contains(name) }?.preTokenizer }

  static let names = table.flatMap(\.names).sorted()

  private static let table: [(names: [String], preTokenizer: PreTokenizer)] = [
    (
      ["default"],
      PreTokenizer(steps: [.punctuation(withGraveAccent: false), .gpt2, .numbers(longest: .max), .digitTriples])
    ),
    (["falcon"], PreTokenizer(steps: [.punctuation(withGraveAccent: true), .gpt2, .digitTriples])),
    (
      ["gpt-2", "phi-2", "mpt", "olmo", "jais", "gigachat", "mellum", "modern-bert", "jina-es", "jina-de"],
      PreTokenizer(steps: [.gpt2])
    ),
    (
      ["smollm", "starcoder", "refact", "command-r", "codeshell", "exaone", "minerva-7b"],
      PreTokenizer(steps: [.numbers(longest: 1), .gpt2])
    ),
    (
      ["llama-bpe", "llama3", "llama-v3", "falcon3", "falcon-h1", "pixtral", "midm-2.0", "lfm2"],
      PreTokenizer(steps: [.gpt4(digits: 3)], ignoresMerges: true)
    ),
    (["dbrx", "smaug-bpe", "chatglm-bpe", "glm4"], PreTokenizer(steps: [.gpt4(digits: 3)])),
    (["qwen2", "deepseek-r1-qwen", "stablelm2", "hunyuan", "megrez"], PreTokenizer(steps: [.gpt4(digits: 1)])),
    (["qwen35"], PreTokenizer(steps: [.gpt4WithMarks(digits: 1)])),
    (["deepseek-v3", "hunyuan-dense"], PreTokenizer(steps: [.numbers(longest: 3), run(kana), .deepSeek3])),
    (
      ["deepseek-coder"],
      PreTokenizer(steps: [#"[\r\n]"#, #"\s?\p{L}+"#, #"\s?\p{P}+"#, eastern, #"\p{N}"#].map(run))
    ),
    (["bloom", "poro-chat"], PreTokenizer(steps: [run(#" ?[^(\s|.,!?…。，、।۔،)]+"#)])),
    (["gpt-4o", "llama4"], PreTokenizer(steps: [.gpt4o(digits: 3, contractions: true)])),
    (["tekken"], PreTokenizer(steps: [.gpt4o(digits: 1, contractions: false)], ignoresMerges: true)),
  ]

  /// Characters of Chinese and Japanese.
  private static let kana = "[一-龥\u{3040}-ゟ゠-ヿ]+"
  /// Characters of Chinese and Korean, and what lies between them.
  private static let eastern = "[一-龥\u{800}-一가-\u{D7FF}]+"

  /// A step of the table's own.
  private static func run(_ pattern: String) -> SplitStep { RunPattern(pattern).map { .run($0) } ?? .gpt2 }

  /// By the regular expression that a `tokenizer.json` gives.
  static func step(pattern: String) -> SplitStep? {
    // Some files hold the line ends themselves.
    let pattern = pattern.unicodeScalars.map { $0 == "\r" ? #"\r"# : $0 == "\n" ? #"\n"# : String($0) }.joined()
    return patterns[pattern] ?? RunPattern(pattern).map { .run($0) }
  }

  private static let patterns: [String: SplitStep] = {
    let contraction = "(?i:'s|'t|'re|'ve|'m|'ll|'d)"
    let space = #"|\s*[\r\n]+|\s+(?!\S)|\s+"#
    func gpt4(_ number: String) -> String {
      contraction + #"|[^\r\n\p{L}\p{N}]?\p{L}+|"# + number + #"| ?[^\s\p{L}\p{N}]+[\r\n]*"# + space
    }
    func gpt4o(_ number: String, _ contraction: String) -> String {
      let first = #"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]"#
      let second = #"[\p{Ll}\p{Lm}\p{Lo}\p{M}]"#
      return first + "*" + second + "+" + contraction + "|" + first + "+" + second + "*" + contraction + "|" + number
        + #"| ?[^\s\p{L}\p{N}]+[\r\n/]*"# + space
    }
    return [
      #"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"#: .gpt2,
      gpt4(#"\p{N}{1,3}"#): .gpt4(digits: 3),
      gpt4(#"\p{N}"#): .gpt4(digits: 1),
      contraction + #"|[^\r\n\p{L}\p{N}]?[\p{L}\p{M}]+|\p{N}| ?[^\s\p{L}\p{M}\p{N}]+[\r\n]*"# + space:
        .gpt4WithMarks(digits: 1),
      ##"[!"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~][A-Za-z]+|[^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+| ?[\p{P}\p{S}]+[\r\n]*"##
        + space: .deepSeek3,
      #"\s+$"#: .trailingSpace,
      gpt4o(#"\p{N}{1,3}"#, contraction + "?"): .gpt4o(digits: 3, contractions: true),
      gpt4o(#"\p{N}"#, ""): .gpt4o(digits: 1, contractions: false), #"[0-9][0-9][0-9]"#: .digitTriples,
    ]
  }()
}
