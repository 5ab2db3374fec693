/// Models in several files, as llama-gguf-split writes them: `NAME-00001-of-00003.gguf` …, the metadata in the first.
extension GGUF {
  /// Parts at most; published models have some hundred.
  public static let largestPartCount = 10_000

  /// The whole model of which a file is one part, the others found beside it by their names.
  ///
  /// - Throws: `TensorError.gguf` where the parts do not belong together, and what opening them throws.
  static func joined(_ part: GGUF, of count: Int, path: String) throws(TensorError) -> GGUF {
    guard count <= largestPartCount else {
      throw .gguf("“split.count” is \(count), expected at most \(largestPartCount)")
    }
    guard let number = part.metadata["split.no"]?.integer, path.hasSuffix(ending(number, of: count)) else {
      throw .reading(
        "“\(path)” is one of \(count) parts of a model, but its name does not end with “\(ending(part.metadata["split.no"]?.integer ?? 0, of: count))”, by which the others would be found beside it"
      )
    }
    let stem = String(path.dropLast(ending(number, of: count).count))
    var parts: [GGUF] = []
    for place in 0..<count {
      let home = stem + ending(place, of: count)
      do throws(TensorError) {
        let part = try place == number ? part : GGUF(MappedFile(path: home))
        guard part.partCount == count, part.metadata["split.no"]?.integer == place else {
          throw .gguf("its “split.no” and “split.count” are not those of part \(place + 1) of \(count)")
        }
        parts.append(part)
      } catch { throw error.located(in: home) }
    }
    return try GGUF(joining: parts)
  }

  private static func ending(_ number: Int, of count: Int) -> String {
    func digits(_ number: Int) -> String {
      let text = String(number)
      return String(repeating: "0", count: max(0, 5 - text.count)) + text
    }
    // A file may claim any number: the sum must not overflow.
    return "-\(digits(number &+ 1))-of-\(digits(count)).gguf"
  }
}
