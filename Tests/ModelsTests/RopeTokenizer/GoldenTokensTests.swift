import Foundation
import RopeTensors
import RopeTestSupport
import RopeTokenizer
import Testing

/// Texts as llama.cpp's tokenizer and Hugging Face's cut them.
@Suite struct GoldenTokensTests {
  private struct Goldens: Decodable {
    struct Case: Decodable {
      let text: String
      let ids: [Int]
      let ids_no_special: [Int]
    }

    let models: [String: [Case]]
  }

  private static func cases(_ model: String) throws -> [Goldens.Case] {
    try #require(try JSONDecoder().decode(Goldens.self, from: Fixtures.data("tokenizer/goldens.json")).models[model])
  }

  private func check(_ model: String, _ path: String?) throws {
    let tokenizer = try Tokenizer(GGUF(path: try #require(path)))
    let cases = try Self.cases(model)
    #expect(cases.count == 51)
    for golden in cases {
      #expect(tokenizer.encode(golden.text) == golden.ids, "\(golden.text.prefix(60).debugDescription)")
      let plain = tokenizer.encode(golden.text, recognisingSpecialTokens: false)
      #expect(plain == golden.ids_no_special, "\(golden.text.prefix(60).debugDescription), markers as text")
      #expect(try tokenizer.decode(golden.ids) == golden.text)
      #expect(try tokenizer.decode(golden.ids_no_special) == golden.text)
    }
  }

  @Test(.enabled(if: RealModels.smolLM2 != nil)) func smolLM2() throws { try check("smollm2", RealModels.smolLM2) }

  @Test(.enabled(if: RealModels.gemma3 != nil)) func gemma3() throws { try check("gemma3", RealModels.gemma3) }

  @Test(.enabled(if: RealModels.smolLM2 != nil && RealModels.gemma3 != nil)) func endsAndMarkers() throws {
    let smol = try Tokenizer(path: try #require(RealModels.smolLM2))
    #expect(smol.vocabularySize == 49_152 && smol.beginningOfText == 1 && smol.endOfText == 2)
    #expect(!smol.addsBeginningOfText)
    #expect(try smol.decode([1, 19_556, 2], includingSpecialTokens: false) == "Hello")
    #expect(throws: TokenizerError.unknownToken(49_152, count: 49_152)) { try smol.decode([49_152]) }
    let gemma = try Tokenizer(path: try #require(RealModels.gemma3))
    #expect(gemma.vocabularySize == 262_144 && gemma.beginningOfText == 2 && gemma.addsBeginningOfText)
  }
}
