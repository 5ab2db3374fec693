import Foundation
import RopeTensors
import RopeTestSupport
import RopeTokenizer
import Testing

/// Tokenizers of many kinds, against what their own programs make of hostile texts
/// (Tests/Fixtures/tokenizer/make-words.py).
@Suite struct WordTokenizerTests {
  private struct Variant {
    let settings: [String: Any]
    let ids: [[Int]]
    let plain: [[Int]]
    let before: [Int]
    let after: [Int]

    init(_ node: Any) {
      let node = node as? [String: Any] ?? [:]
      settings = node["settings"] as? [String: Any] ?? [:]
      ids = node["ids"] as? [[Int]] ?? []
      plain = node["plain"] as? [[Int]] ?? []
      before = node["before"] as? [Int] ?? []
      after = node["after"] as? [Int] ?? []
    }
  }

  private let root: [String: Any]
  private let texts: [String]

  init() throws {
    root = try Fixtures.json("tokenizer/words.json") as? [String: Any] ?? [:]
    texts = root["texts"] as? [String] ?? []
  }

  private func group(_ name: String) -> (file: [String: Any], variants: [(String, Variant)]) {
    let node = root[name] as? [String: Any] ?? [:]
    let variants = node["variants"] as? [String: Any] ?? node
    return (node["file"] as? [String: Any] ?? [:], variants.map { ($0, Variant($1)) }.sorted { $0.0 < $1.0 })
  }

  private func expect(_ tokenizer: Tokenizer, _ ids: [[Int]], _ name: String, recognising: Bool = true) {
    #expect(texts.count > 150 && ids.count == texts.count)
    var wrong = 0
    for (text, expected) in zip(texts, ids) {
      let found = tokenizer.encode(text, recognisingSpecialTokens: recognising)
      guard found != expected else { continue }
      wrong += 1
      if wrong <= 3 { Issue.record("\(name): \(text.debugDescription) is \(found), expected \(expected)") }
    }
    #expect(wrong == 0, "\(name): \(wrong) of \(texts.count) texts")
  }

  private func expect(_ group: String, in file: [String: Any]? = nil, count: Int) throws {
    let (own, variants) = self.group(group)
    #expect(variants.count == count)
    for (name, variant) in variants {
      let tokenizer: Tokenizer
      do { tokenizer = try Tokenizer(json: SmallTokenizer.json(file ?? own, variant.settings)) } catch {
        Issue.record("\(group) \(name): \(error)")
        continue
      }
      expect(tokenizer, variant.ids, "\(group) \(name)")
      if !variant.plain.isEmpty { expect(tokenizer, variant.plain, "\(group) \(name), as text", recognising: false) }
      #expect(tokenizer.beginning == variant.before && tokenizer.ending == variant.after, "\(group) \(name)")
    }
  }

  @Test func byteLevelPreTokenizersAndNormalisers() throws {
    let file = try Fixtures.json("tokenizer/byte-level.json") as? [String: Any] ?? [:]
    try expect("byte_level", in: file, count: 19)
  }

  /// GGUF files name the pre-tokenizers that a `tokenizer.json` spells out.
  @Test func namesInGGUFFilesMeanTheSame() throws {
    let small = try SmallTokenizer.byteLevel()
    let variants = Dictionary(uniqueKeysWithValues: group("byte_level").variants)
    for (pre, name) in [
      ("deepseek-v3", "deepseek-v3"), ("deepseek-coder", "deepseek-coder"), ("bloom", "bloom"), ("qwen35", "qwen3.5"),
    ] {
      let tokenizer = try Tokenizer(GGUF(small.gguf(model: "gpt2", pre: pre).bytes))
      let variant = try #require(variants[name])
      var count = 0
      for (text, ids) in zip(texts, variant.ids) where !text.contains("<") {
        // The files know no normaliser.
        guard pre != "qwen35" || text.utf8.elementsEqual(text.precomposedStringWithCanonicalMapping.utf8) else {
          continue
        }
        #expect(tokenizer.encode(text) == ids, "\(pre): \(text.debugDescription)")
        count += 1
      }
      #expect(count > 100)
    }
  }

  @Test func unigram() throws { try expect("unigram", count: 8) }

  @Test func wordPiece() throws { try expect("word_piece", count: 5) }

  @Test func sentencePiece() throws {
    let (_, variants) = group("sentence_piece")
    #expect(variants.count == 5)
    for (name, variant) in variants {
      let bytes = Array(try Fixtures.data("tokenizer/\(name).model"))
      expect(try Tokenizer(sentencePiece: bytes), variant.plain, name, recognising: false)
    }
  }

  @Test func aSentencePieceModelStandsAlone() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("ropescope-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("tokenizer.model")
    try Fixtures.data("tokenizer/bpe-bytes.model").write(to: file)
    let tokenizer = try Tokenizer(path: folder.path)
    #expect(tokenizer.beginning == [1] && tokenizer.ending == [] && tokenizer.endOfText == 2)
    #expect(try tokenizer.decode(tokenizer.encode("the lazy dogs é")) == "the lazy dogs é")
    #expect(tokenizer.encode("<s>")[0] == 1 && tokenizer.encode("<s>", recognisingSpecialTokens: false)[0] != 1)
    try Data(#"{"add_bos_token": false, "add_eos_token": true}"#.utf8).write(
      to: folder.appendingPathComponent("tokenizer_config.json"))
    let other = try Tokenizer(path: file.path)
    #expect(other.beginning == [] && other.ending == [2])
    func message(_ text: String) throws -> String {
      try Data(text.utf8).write(to: file)
      do {
        _ = try Tokenizer(path: folder.path)
        return "no error"
      } catch { return "\(error)" }
    }
    #expect(try message("IQ== 0\nIg== 1\n").contains("a list of tokens for tiktoken"))
    #expect(
      try message("version https://git-lfs.github.com/spec/v1\noid sha256:4665\nsize 499723\n").contains(
        "a Git LFS pointer"))
    let vocabulary = folder.appendingPathComponent("vocab.txt")
    try Data("a".utf8).write(to: vocabulary)
    try FileManager.default.removeItem(at: file)
    #expect(
      throws: TokenizerError.reading(
        "“\(folder.path)” holds neither tokenizer.json nor tokenizer.model, but “vocab.txt”, which is not read; save the tokenizer with transformers to get a tokenizer.json"
      )
    ) { try Tokenizer(path: folder.path) }
    #expect(try message("hello").contains("not a valid tokenizer: it is no SentencePiece model"))
  }

  // MARK: Time

  /// One line without a space, or of spaces alone: what takes the square of its length takes a minute here.
  @Test func longLinesTakeLinearTime() throws {
    var tokenizers: [(String, Tokenizer)] = []
    for group in ["unigram", "word_piece"] {
      let (file, variants) = self.group(group)
      for (name, variant) in variants {
        tokenizers.append(("\(group) \(name)", try Tokenizer(json: SmallTokenizer.json(file, variant.settings))))
      }
    }
    for (name, _) in group("sentence_piece").variants {
      tokenizers.append((name, try Tokenizer(sentencePiece: Array(Fixtures.data("tokenizer/\(name).model")))))
    }
    let file = try Fixtures.json("tokenizer/byte-level.json") as? [String: Any] ?? [:]
    for (name, variant) in group("byte_level").variants {
      tokenizers.append((name, try Tokenizer(json: SmallTokenizer.json(file, variant.settings))))
    }
    let clock = ContinuousClock()
    let prose = String(
      repeating: "The quick brown foxes are jumping over the lazy dogs, again and again. ", count: 3000)
    for (name, tokenizer) in tokenizers {
      let time = clock.measure { _ = tokenizer.encode(prose) }
      print(
        "\(name): \((Double(prose.utf8.count) / (time / .seconds(1)) / 1e5).rounded() / 10) million bytes of prose a second"
      )
      for unit in ["thedogs", " ", "\n", "中", "1", ".", "é", "e\u{301}", "\t x"] {
        let text = String(repeating: unit, count: 50_000 / unit.utf8.count)
        let time = clock.measure { _ = tokenizer.encode(text) }
        #expect(time < .seconds(1), "\(name): \(text.utf8.count) bytes of \(unit.debugDescription) took \(time)")
      }
    }
  }

  // MARK: Files that lie

  private func split(_ pattern: String) -> [String: Any] {
    ["type": "Split", "pattern": ["Regex": pattern], "behavior": "Isolated", "invert": false]
  }

  @Test func badFilesAreRefused() throws {
    func message(_ group: String, _ settings: [String: Any]) throws -> String {
      do {
        _ = try Tokenizer(json: SmallTokenizer.json(self.group(group).file, settings))
        return "no error"
      } catch { return "\(error)" }
    }
    let cases: [(String, [String: Any], String)] = [
      ("unigram", ["model.unk_id": NSNull()], "without an unknown token"),
      ("unigram", ["model.unk_id": 1 << 40], "without an unknown token"),
      ("unigram", ["model.type": "BPE"], "its vocabulary is a list, which a model “BPE” does not have"),
      ("unigram", ["model.vocab": [["a"]]], "that is no text with a score"),
      ("unigram", ["normalizer": ["type": "Precompiled", "precompiled_charsmap": "////"]], "does not read"),
      ("unigram", ["normalizer": ["type": "Precompiled", "precompiled_charsmap": "!"]], "does not read"),
      ("unigram", ["normalizer": ["type": "Novel"]], "the normaliser “Novel” is not read"),
      (
        "unigram", ["normalizer": ["type": "Replace", "pattern": ["Regex": "(a|b)*"], "content": ""]],
        "with the pattern “(a|b)*” is not read"
      ),
      (
        "unigram", ["normalizer": ["type": "Prepend", "prepend": String(repeating: "a", count: 100)]],
        "its normalisers make a text 101.0 times as long, expected at most 64.0 times"
      ),
      (
        "unigram",
        [
          "normalizer": [
            "type": "Sequence",
            "normalizers": [Any](
              repeating: ["type": "Replace", "pattern": ["String": "a"], "content": "aa"] as [String: Any], count: 60),
          ]
        ], "times as long, expected at most 64.0 times"
      ),
      (
        "unigram", ["normalizer": ["type": "Sequence", "normalizers": [Any](repeating: ["type": "NFC"], count: 65)]],
        "it has 65 normalisers, expected at most 64"
      ),
      (
        "unigram",
        ["pre_tokenizer": ["type": "Sequence", "pretokenizers": [Any](repeating: ["type": "Digits"], count: 65)]],
        "it has 65 pre-tokenizers, expected at most 64"
      ),
      (
        "unigram", ["pre_tokenizer": split(String(repeating: "[", count: 100_000))], "is not known"
      ),
      (
        "unigram", ["pre_tokenizer": split("[" + String(repeating: "ab", count: 1000) + "]+")], "is not known"
      ),
      (
        "unigram",
        [
          "model.vocab": [[String(repeating: "a", count: 5000), -1] as [Any]], "model.unk_id": 0,
          "added_tokens": [Any](),
        ],
        "token 0 has 5000 bytes, expected at most 4096"
      ),
      ("unigram", ["pre_tokenizer": ["type": "UnicodeScripts"]], "the pre-tokenizer “UnicodeScripts” is not read"),
      ("word_piece", ["model.unk_token": "nowhere"], "its unk_token “nowhere” is not in the vocabulary"),
      ("word_piece", ["model.type": "WordLevel"], "the tokenizer model “WordLevel” is not read"),
      ("word_piece", ["model.type": "Unigram"], "its vocabulary is an object"),
      (
        "word_piece",
        ["post_processor": ["type": "TemplateProcessing", "single": [["SpecialToken": ["id": "[X]"]]]]],
        "its post-processor names the token “[X]”"
      ),
    ]
    for (group, settings, expected) in cases {
      let message = try message(group, settings)
      #expect(message.contains(expected), "\(message), expected “\(expected)”")
    }
  }

  /// Damaged models either read, and then work, or give an error; none traps, and none takes more memory than it has bytes
  /// for.
  @Test func noMutationTraps() throws {
    var generator = SeededMutations(state: 7)
    var refused = 0
    for name in ["unigram", "bpe", "unigram-bytes", "bpe-bytes"] {
      let bytes = Array(try Fixtures.data("tokenizer/\(name).model"))
      for count in stride(from: 0, to: bytes.count, by: 211) {
        _ = try? Tokenizer(sentencePiece: Array(bytes[..<count]))
      }
      for _ in 0..<300 {
        var mutated = bytes
        for _ in 0..<Int.random(in: 1...8, using: &generator) {
          mutated[Int.random(in: 0..<mutated.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
        }
        do {
          let tokenizer = try Tokenizer(sentencePiece: mutated)
          for text in texts.suffix(30) { _ = try tokenizer.decode(tokenizer.encode(text)) }
        } catch { refused += 1 }
      }
    }
    for group in ["unigram", "word_piece"] {
      let (file, variants) = self.group(group)
      for (_, variant) in variants {
        let bytes = try SmallTokenizer.json(file, variant.settings)
        for _ in 0..<40 {
          var mutated = bytes
          for _ in 0..<Int.random(in: 1...8, using: &generator) {
            mutated[Int.random(in: 0..<mutated.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
          }
          do {
            let tokenizer = try Tokenizer(json: mutated)
            for text in texts.suffix(30) { _ = try tokenizer.decode(tokenizer.encode(text)) }
          } catch { refused += 1 }
        }
      }
    }
    print("refused \(refused) of 1720 damaged tokenizers")
    #expect(refused > 100)
  }
}

/// Knuth's linear congruential generator, for damage that is the same in every run.
private struct SeededMutations: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state ^ state >> 29
  }
}
