import RopeTensors

extension Tokenizer {
  /// The tokenizer of a `.gguf` file, of a `tokenizer.json`, or of the folder or configuration beside which one stands.
  ///
  /// - Throws: `TokenizerError.reading` where there is none, and what reading it throws.
  public init(path: String) throws(TokenizerError) {
    if path.hasSuffix(".gguf") {
      let file: GGUF
      do throws(TensorError) {
        file = try GGUF(path: path)
      } catch { throw .reading("“\(path)”: \(error)") }
      try self.init(file)
      return
    }
    var place = path
    if !path.hasSuffix("tokenizer.json") {
      let folder = path.hasSuffix(".json") ? path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "." : path
      place = folder + "/tokenizer.json"
    }
    try self.init(json: Self.contents(place))
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
