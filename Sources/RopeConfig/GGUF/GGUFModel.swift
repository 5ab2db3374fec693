import RopeJSON
import RopeMath
import RopeTensors

/// Reads the model in a GGUF file: its metadata become the declaration that a config.json would give.
enum GGUFModel {
  /// Numbers in a tensor of frequency factors at most: one a pair of the largest head.
  private static let largestFactorCount = RotaryGeometry.largestHeadDimension

  /// - Throws: `ConfigurationError` whose pointer is the file's key.
  static func load(_ file: GGUF, path: String, name: String) throws(ConfigurationError) -> Reading {
    let translation: GGUFTranslation
    do throws(ConfigurationError) {
      translation = try GGUFTranslation(file) { tensor throws(ConfigurationError) in try factors(tensor, file) }
    } catch {
      var error = error
      error.path = error.path ?? path
      throw error
    }
    let root = JSONNode(value: .object(translation.members), bytes: 0..<0)
    var model: Reading
    do throws(ConfigurationError) {
      model = try RuntimeCatalogue.reference.read(Declaration(root: root, path: path), source: path, name: name)
    } catch { throw restated(error, translation.origins, path) }
    for index in model.values.indices {
      model.values[index].pointer = model.values[index].pointer.map { translation.origins[$0] ?? $0 }
      model.values[index].line = nil
      model.values[index].column = nil
    }
    model.notes += translation.notes
    return model
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
