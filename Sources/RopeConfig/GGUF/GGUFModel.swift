import RopeJSON
import RopeMath
import RopeTensors

/// Reads the model in a GGUF file: its metadata become the declaration that a config.json would give.
enum GGUFModel {
  /// Numbers in a tensor of frequency factors at most: one a pair of the largest head.
  private static let largestFactorCount = RotaryGeometry.largestHeadDimension

  /// - Throws: `ConfigurationError` whose pointer is the file's key.
  static func load(_ file: GGUF, path: String, name: String) throws(ConfigurationError) -> Reading {
    let (declaration, notes) = try declaration(file, path: path)
    var model: Reading
    do throws(ConfigurationError) {
      model = try RuntimeCatalogue.reference.read(declaration, source: path, name: name)
    } catch { throw restated(error, declaration.writtenKeys, path) }
    for index in model.values.indices {
      model.values[index].pointer = model.values[index].pointer.map { declaration.writtenKeys[$0] ?? $0 }
      model.values[index].line = nil
      model.values[index].column = nil
    }
    model.notes += notes
    return model
  }

  /// The metadata as a declaration, and what a reader should know of how they were understood.
  static func declaration(
    _ file: GGUF, path: String
  ) throws(ConfigurationError) -> (declaration: Declaration, notes: [String]) {
    do throws(ConfigurationError) {
      let translation = try GGUFTranslation(file) { tensor throws(ConfigurationError) in try factors(tensor, file) }
      var declaration = try Declaration(
        root: JSONNode(value: .object(translation.members), bytes: 0..<0), path: path)
      declaration.writtenKeys = translation.origins
      return (declaration, translation.notes)
    } catch {
      var error = error
      error.path = error.path ?? path
      throw error
    }
  }

  private static func factors(_ name: String, _ file: GGUF) throws(ConfigurationError) -> [Double]? {
    guard file.contains(name) else { return nil }
    do throws(TensorError) {
      let shape = try file.shape(of: name)
      guard let count = shape.last, shape.count == 1, (1...largestFactorCount).contains(count) else {
        throw .type(name: name, found: "of shape \(shape)", expected: "a list of 1 … \(largestFactorCount) numbers")
      }
      let values = try file.float32(name).values.map { Double($0) }
      guard values.allSatisfy({ $0.isFinite && $0 > 0 }) else {
        throw .type(name: name, found: "not a list of finite numbers above 0", expected: "one divisor for each pair")
      }
      return values
    } catch { throw ConfigurationError(.invalid, error.description, pointer: name) }
  }

  /// The error in the file's own words: keys of config.json stand for keys of the metadata.
  private static func restated(
    _ error: ConfigurationError, _ origins: [String: String], _ path: String
  ) -> ConfigurationError {
    var message = error.message
    for (pointer, origin) in origins.sorted(by: { $0.key < $1.key }) {
      let key = pointer.split(separator: "/").last.map(String.init) ?? pointer
      message = message.replacing("“\(key)”", with: "“\(origin)”")
    }
    return ConfigurationError(
      error.kind, message, path: error.path ?? path, pointer: error.pointer.map { origins[$0] ?? $0 })
  }
}
