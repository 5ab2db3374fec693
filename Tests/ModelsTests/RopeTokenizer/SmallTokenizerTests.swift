import Foundation
import RopeMath
import RopeTensors
import RopeTestSupport
import RopeTokenizer
import Testing

@Suite struct SmallTokenizerTests {
  private func check(
    _ tokenizer: Tokenizer, _ small: SmallTokenizer, _ variant: SmallTokenizer.Variant, _ name: String
  ) throws {
    #expect(small.texts.count == 72 && variant.ids.count == 72 && variant.plainIDs.count == 72)
    for (text, (ids, plain)) in zip(small.texts, zip(variant.ids, variant.plainIDs)) {
      #expect(tokenizer.encode(text) == ids, "\(name): \(text.debugDescription)")
      #expect(
        tokenizer.encode(text, recognisingSpecialTokens: false) == plain, "\(name), as text: \(text.debugDescription)")
    }
  }

  @Test func byteLevelVariantsEqualHuggingFace() throws {
    let small = try SmallTokenizer.byteLevel()
    #expect(small.variants.count == 6)
    for (name, variant) in small.variants {
      let tokenizer = try Tokenizer(json: small.json(variant.settings))
      try check(tokenizer, small, variant, name)
      for text in small.texts where !text.contains("<think>") {
        #expect(try tokenizer.decode(tokenizer.encode(text)) == text)
      }
    }
  }

  @Test func pieceVariantsEqualHuggingFace() throws {
    let small = try SmallTokenizer.pieces()
    #expect(small.variants.count == 3)
    for (name, variant) in small.variants {
      try check(Tokenizer(json: small.json(variant.settings)), small, variant, name)
    }
  }

  /// The same vocabulary gives the same tokens from either kind of file.
  @Test func filesOfBothKindsAgree() throws {
    let small = try SmallTokenizer.byteLevel()
    for (name, variant) in small.variants {
      let tokenizer = try Tokenizer(GGUF(small.gguf(model: "gpt2", pre: name).bytes))
      #expect(tokenizer.endOfText == 1)
      for (text, ids) in zip(small.texts, variant.ids) where !text.contains("<think>") {
        let found = tokenizer.encode(text)
        // Llama 3 and Tekken take whole words that are tokens unmerged; this vocabulary reaches each by merging.
        #expect(found == ids, "\(name): \(text.debugDescription)")
      }
    }
    let pieces = try SmallTokenizer.pieces()
    let tokenizer = try Tokenizer(GGUF(pieces.gguf(model: "llama", pre: "default").bytes))
    for (text, ids) in zip(pieces.texts, try #require(pieces.variants["gemma"]).ids) {
      #expect(tokenizer.encode(text) == ids, "\(text.debugDescription)")
      #expect(try tokenizer.decode(tokenizer.encode(text)) == text)
    }
  }

  @Test func patternsOfGGUFFilesCutAsPythonDoes() throws {
    let small = try SmallTokenizer.byteLevel()
    #expect(small.patterns.count == 2)
    for (name, cases) in small.patterns {
      let tokenizer = try Tokenizer(GGUF(small.gguf(model: "gpt2", pre: name).bytes))
      #expect(cases.count > 60)
      for (text, ids) in cases {
        let text = small.texts[text]
        #expect(tokenizer.encode(text, recognisingSpecialTokens: false) == ids, "\(name): \(text.debugDescription)")
      }
    }
  }

  @Test func aSpaceBeforeTheTextGoesAwayAgain() throws {
    let small = try SmallTokenizer.pieces()
    let tokenizer = try Tokenizer(json: small.json(try #require(small.variants["llama-2"]).settings))
    let ids = tokenizer.encode("the sea")
    #expect(try tokenizer.decode(ids) == "the sea")
    #expect(try tokenizer.decode([2] + ids, includingSpecialTokens: false) == "the sea")
    #expect(try ids.first.map { try tokenizer.bytes(of: $0) }?.first == 0x20)
  }

  /// Merging takes n log n: a piece of a million bytes would take hours in n².
  @Test func longPiecesStayQuick() throws {
    let small = try SmallTokenizer.byteLevel()
    let tokenizer = try Tokenizer(json: small.json())
    let text = String(repeating: "thesea", count: 50_000)
    let clock = ContinuousClock()
    var ids: [Int] = []
    let time = clock.measure { ids = tokenizer.encode(text) }
    print("\(text.utf8.count) bytes in one piece: \(ids.count) tokens in \(time)")
    #expect(try tokenizer.decode(ids) == text)
    #expect(time < .seconds(10))
  }

  @Test func compositionComesFirstWhereAsked() throws {
    let small = try SmallTokenizer.byteLevel()
    let composing = try Tokenizer(json: small.json(["normalizer": ["type": "NFC"]]))
    let plain = try Tokenizer(json: small.json())
    #expect(composing.encode("cafe\u{301}") == plain.encode("caf\u{E9}"))
    #expect(composing.encode("cafe\u{301}") != plain.encode("cafe\u{301}"))
  }

  @Test func endsStandBesideTheFile() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("ropescope-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    func write(_ text: String, _ name: String) throws {
      try Data(text.utf8).write(to: folder.appendingPathComponent(name))
    }
    let small = try SmallTokenizer.byteLevel()
    try Data(small.json()).write(to: folder.appendingPathComponent("tokenizer.json"))
    func expect(_ first: Int?, _ all: Set<Int>) throws {
      let tokenizer = try Tokenizer(path: folder.path)
      #expect(tokenizer.endOfText == first && tokenizer.endsOfText == all)
    }
    try expect(nil, [])
    try write(#"{"eos_token_id": 5, "limit": Infinity}"#, "config.json")
    try expect(5, [5])
    try write(#"{"eos_token_id": [6, 5, 99999, -1]}"#, "config.json")
    try expect(6, [5, 6])
    let marker = try Tokenizer(path: folder.path).decode([1])
    for eos in ["\"\(marker)\"", "{\"content\": \"\(marker)\", \"special\": true}"] {
      try write("{\"eos_token\": \(eos), \"chat_template\": null}", "tokenizer_config.json")
      try expect(1, [1, 5, 6])
    }
    try write("{\"eos_token\": 3}", "tokenizer_config.json")
    let badEnd = message { try Tokenizer(path: folder.path) }
    #expect(badEnd?.contains("“eos_token” is 3, expected a text") == true, "\(badEnd ?? "read")")
    try write("{}", "tokenizer.json")
    let badFile = message { try Tokenizer(path: folder.path) }
    #expect(
      badFile?.hasSuffix("/tokenizer.json”: not a valid tokenizer: it has no “model”") == true, "\(badFile ?? "read")")
  }

  @Test func endsOfTurnsStandInGGUFFiles() throws {
    var writer = try SmallTokenizer.byteLevel().gguf(model: "gpt2", pre: "gpt-2")
    #expect(try Tokenizer(GGUF(writer.bytes)).endsOfText == [1])
    writer.metadata.append(("tokenizer.ggml.eot_token_id", .uint32(2)))
    let tokenizer = try Tokenizer(GGUF(writer.bytes))
    #expect(tokenizer.endOfText == 1 && tokenizer.endsOfText == [1, 2])
  }

  @Test func listsOfTokenIDs() throws {
    func ids(_ text: String) -> String {
      do { return try TokenIdFile.ids(Data(text.utf8)).description } catch { return "\(error)" }
    }
    #expect(ids(" [1, 2, 3e2]\n") == "[1, 2, 300]" && ids(#"{"text": [{}], "ids": [4, 5]}"#) == "[4, 5]")
    let largest = "expected a whole number of 0 or more"
    for (entry, said) in [
      ("1.5", "is 1.5, \(largest)"), ("1e30", "is 1e30, \(largest)"), ("-1", "is -1, \(largest)"),
      ("9223372036854775808", "is 9223372036854775808, \(largest)"), ("\"a\"", "is no number"),
      ("null", "is no number"),
    ] {
      #expect(ids("[7, \(entry)]") == "entry 2 of the token ids \(said)")
    }
    for text in ["3", "{}", #"{"ids": "a"}"#, ""] { #expect(ids(text).contains("neither a JSON list of token ids")) }
    for text in ["[1", "[1] x", "{\"ids\": [1]"] { #expect(ids(text).contains("the file is no JSON"), "\(text)") }
  }

  // MARK: Files that lie

  private func message(_ make: () throws -> Tokenizer) -> String? {
    do {
      _ = try make()
      return nil
    } catch { return "\(error)" }
  }

  @Test func badJSONIsRefused() throws {
    let small = try SmallTokenizer.byteLevel()
    let cases: [(String, String?)] = [
      (
        "not a valid tokenizer: it has no object where one belongs at byte 0",
        message { try Tokenizer(json: Array("[]".utf8)) }
      ),
      ("it has no “model”", message { try Tokenizer(json: Array("{}".utf8)) }),
      ("its vocabulary is empty", message { try Tokenizer(json: small.json(["model.vocab": [String: Int]()])) }),
      (
        "its vocabulary is a list, which a model “BPE” does not have",
        message { try Tokenizer(json: small.json(["model.vocab": [["a", 1] as [Any]]])) }
      ),
      ("a “vocab” that is no object", message { try Tokenizer(json: small.json(["model.vocab": 3])) }),
      (
        "an added token without “id”",
        message {
          try Tokenizer(json: small.json(["added_tokens": [["content": "<end>", "special": true] as [String: Any]]]))
        }
      ),
      ("model “WordLevel” is not read", message { try Tokenizer(json: small.json(["model.type": "WordLevel"])) }),
      (
        "“end_of_word_suffix” is not read",
        message { try Tokenizer(json: small.json(["model.end_of_word_suffix": "</w>"])) }
      ),
      (
        "normaliser “Novel” is not read",
        message { try Tokenizer(json: small.json(["normalizer": ["type": "Novel"]])) }
      ),
      (
        "pre-tokenizer “Whitespace” is not read",
        message { try Tokenizer(json: small.json(["pre_tokenizer": ["type": "Whitespace"]])) }
      ),
      ("neither byte-level nor marks spaces", message { try Tokenizer(json: small.json(["pre_tokenizer": NSNull()])) }),
      (
        "pattern “a+b” (Isolated) is not known",
        message {
          try Tokenizer(
            json: small.json([
              "pre_tokenizer": [
                "type": "Sequence",
                "pretokenizers": [
                  ["type": "Split", "pattern": ["Regex": "a+b"], "behavior": "Isolated", "invert": false],
                  ["type": "ByteLevel"],
                ],
              ]
            ]))
        }
      ),
      (
        "merge 0 (“x qq”) has a part or a result",
        message { try Tokenizer(json: small.json(["model.merges": ["x qq"]])) }
      ),
      ("a merge that is no pair", message { try Tokenizer(json: small.json(["model.merges": ["x"]])) }),
      ("a merge that is no pair", message { try Tokenizer(json: small.json(["model.merges": [["x"]]])) }),
      ("two tokens have the number 3", message { try Tokenizer(json: small.json(["model.vocab": ["a": 3, "b": 3]])) }),
      ("its token numbers reach", message { try Tokenizer(json: small.json(["model.vocab": ["a": 1 << 40]])) }),
      ("its token numbers reach", message { try Tokenizer(json: small.json(["model.vocab": ["a": Int.max]])) }),
    ]
    for (expected, message) in cases {
      #expect(message?.contains(expected) == true, "\(message ?? "no error"), expected “\(expected)”")
    }
    let bytes = try small.json()
    for count in stride(from: 0, to: bytes.count, by: 97) {
      #expect(message { try Tokenizer(json: Array(bytes[..<count])) } != nil)
    }
    #expect(message { try Tokenizer(path: "/nonexistent") }?.contains("cannot be read") == true)
  }

  @Test func badGGUFIsRefused() throws {
    let small = try SmallTokenizer.byteLevel()
    let pieces = try SmallTokenizer.pieces()
    func message(
      _ small: SmallTokenizer, _ model: String, _ key: String, _ value: GGUFWriter.Value?
    ) throws -> String? {
      var writer = try small.gguf(model: model, pre: "gpt-2")
      writer.metadata.removeAll { $0.0 == "tokenizer.ggml." + key }
      if let value { writer.metadata.append(("tokenizer.ggml." + key, value)) }
      return self.message { try Tokenizer(GGUF(writer.bytes)) }
    }
    let cases: [(String, String?)] = [
      ("has no “tokenizer.ggml.model”", try message(small, "gpt2", "model", nil)),
      ("the tokenizer “bert” (tokenizer.ggml.model) is not read", try message(small, "gpt2", "model", .text("bert"))),
      ("pre-tokenizer “novel”", try message(small, "gpt2", "pre", .text("novel"))),
      ("“tokenizer.ggml.tokens” is missing", try message(small, "gpt2", "tokens", nil)),
      ("“tokenizer.ggml.tokens” is missing", try message(small, "gpt2", "tokens", .texts([]))),
      ("“tokenizer.ggml.tokens” is missing", try message(small, "gpt2", "tokens", .int32s([1]))),
      ("“tokenizer.ggml.token_type” is not a list of 702", try message(small, "gpt2", "token_type", .int32s([1]))),
      ("“tokenizer.ggml.merges” is missing", try message(small, "gpt2", "merges", nil)),
      ("merge 0 (“zz qq”) has a part", try message(small, "gpt2", "merges", .texts(["zz qq"]))),
      ("merge 1 (“zz”) is no pair", try message(small, "gpt2", "merges", .texts(["t h", "zz"]))),
      (
        "“tokenizer.ggml.eos_token_id” is 702, expected 0 … 701",
        try message(small, "gpt2", "eos_token_id", .uint32(702))
      ),
      (
        "“tokenizer.ggml.add_space_prefix” is 1, expected true or false",
        try message(small, "gpt2", "add_space_prefix", .uint32(1))
      ),
      ("“tokenizer.ggml.scores” is not a list of 900", try message(pieces, "llama", "scores", .float32s([1]))),
      ("holds a NaN", try message(pieces, "llama", "scores", .float32s([Float](repeating: .nan, count: 900)))),
    ]
    for (expected, message) in cases {
      #expect(message?.contains(expected) == true, "\(message ?? "no error"), expected “\(expected)”")
    }
    #expect(try message(small, "gpt2", "eos_token_id", .uint32(.max)) == nil)
  }

  /// Damaged vocabularies either read, and then work, or give an error; none traps.
  @Test func noMutationTraps() throws {
    var generator = SeededGenerator(seed: 5)
    var refused = 0
    var count = 0
    for (small, model) in [(try SmallTokenizer.byteLevel(), "gpt2"), (try SmallTokenizer.pieces(), "llama")] {
      let gguf = try small.gguf(model: model, pre: "qwen2").bytes
      let json = try small.json()
      for (bytes, isJSON) in [(gguf, false), (json, true)] {
        for _ in 0..<200 {
          var mutated = bytes
          for _ in 0..<Int.random(in: 1...6, using: &generator) {
            let place = Int.random(in: 0..<mutated.count, using: &generator)
            mutated[place] = UInt8.random(in: 0...255, using: &generator)
          }
          count += 1
          do {
            let tokenizer = isJSON ? try Tokenizer(json: mutated) : try Tokenizer(GGUF(mutated))
            for text in small.texts.prefix(20) { _ = try tokenizer.decode(tokenizer.encode(text)) }
          } catch { refused += 1 }
        }
      }
    }
    print("refused \(refused) of \(count) damaged tokenizers")
    #expect(refused > 0 && refused < count)
  }
}
