import Foundation
import RopeTensors

extension Tokenizer {
  /// The tokenizer of a `.gguf` file, of a `tokenizer.json` or a SentencePiece `….model`, or of the folder or
  /// configuration beside which one of them stands, the first before the other. The ends of text stand in
  /// `tokenizer_config.json` and `config.json` beside it.
  ///
  /// - Throws: `TokenizerError.reading` where there is none, and what reading it throws, with the file's path.
  public init(path: String) throws(TokenizerError) {
    if path.hasSuffix(".gguf") {
      self = try Self.gguf(path)
      return
    }
    let place = try Self.file(path)
    var tokenizer: Tokenizer
    do throws(TokenizerError) {
      let bytes = try Self.contents(place)
      if let pointer = LargeFilePointer(Array(bytes.prefix(LargeFilePointer.largest))) {
        throw .reading("“\(place)”: \(pointer.error)")
      }
      tokenizer = place.hasSuffix(".model") ? try Tokenizer(sentencePiece: bytes) : try Tokenizer(json: bytes)
    } catch { throw error.located(in: place) }
    let ends = try TokenizerEnds(
      folder: place.lastIndex(of: "/").map { String(place[..<$0]) } ?? ".", tokenizer: tokenizer)
    tokenizer.endOfText = ends.first ?? tokenizer.endOfText
    tokenizer.endsOfText = ends.all.union(tokenizer.endsOfText)
    if place.hasSuffix(".model") {
      tokenizer.addsBeginningOfText = ends.addsBeginning ?? true
      if ends.addsEnd ?? false { tokenizer.ending = [tokenizer.endOfText].compactMap { $0 } }
    }
    self = tokenizer
  }

  /// The file of the tokenizer: `tokenizer.json`, or `tokenizer.model` where there is no other.
  ///
  /// - Throws: `TokenizerError.reading` where there is neither, but another kind of tokenizer.
  private static func file(_ path: String) throws(TokenizerError) -> String {
    if path.hasSuffix("tokenizer.json") || path.hasSuffix(".model") { return path }
    let folder = path.hasSuffix(".json") ? path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "." : path
    let files = ["/tokenizer.json", "/tokenizer.model"].map { folder + $0 }
    if let file = files.first(where: { FileManager.default.fileExists(atPath: $0) }) { return file }
    let others = [
      "tekken.json", "tiktoken.model", "vocab.json", "vocab.txt", "spiece.model", "sentencepiece.bpe.model",
    ]
    if let other = others.first(where: { FileManager.default.fileExists(atPath: folder + "/" + $0) }) {
      throw .reading(
        "“\(folder)” holds neither tokenizer.json nor tokenizer.model, but “\(other)”, which is not read; save the tokenizer with transformers to get a tokenizer.json"
      )
    }
    return files[0]
  }

  private static func gguf(_ path: String) throws(TokenizerError) -> Tokenizer {
    let file: GGUF
    do throws(TensorError) { file = try GGUF(path: path) } catch { throw .reading(error.located(in: path).description) }
    do throws(TokenizerError) { return try Tokenizer(file) } catch { throw error.located(in: path) }
  }

  /// Bytes at most; the largest published tokenizers have some thirty million.
  private static let largestFile = 1 << 28

  private static func contents(_ path: String) throws(TokenizerError) -> [UInt8] {
    do throws(TensorError) {
      let file = try MappedFile(path: path)
      guard file.count <= largestFile else {
        throw .reading("“\(path)” has \(file.count) bytes, expected at most \(largestFile)")
      }
      return file.array(0..<file.count)
    } catch { throw .reading(error.description) }
  }
}
