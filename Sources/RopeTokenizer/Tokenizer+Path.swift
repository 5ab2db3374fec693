import RopeTensors

extension Tokenizer {
  /// The tokenizer of a `.gguf` file, of a `tokenizer.json`, or of the folder or configuration beside which one stands.
  /// The ends of text of a `tokenizer.json` stand in `tokenizer_config.json` and `config.json` beside it.
  ///
  /// - Throws: `TokenizerError.reading` where there is none, and what reading it throws, with the file's path.
  public init(path: String) throws(TokenizerError) {
    if path.hasSuffix(".gguf") {
      self = try Self.gguf(path)
      return
    }
    var place = path
    if !path.hasSuffix("tokenizer.json") {
      let folder = path.hasSuffix(".json") ? path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "." : path
      place = folder + "/tokenizer.json"
    }
    var tokenizer: Tokenizer
    do throws(TokenizerError) {
      tokenizer = try Tokenizer(json: Self.contents(place))
    } catch { throw error.located(in: place) }
    let ends = try TokenizerEnds(
      folder: place.lastIndex(of: "/").map { String(place[..<$0]) } ?? ".", tokenizer: tokenizer)
    tokenizer.endOfText = ends.first
    tokenizer.endsOfText = ends.all
    self = tokenizer
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
