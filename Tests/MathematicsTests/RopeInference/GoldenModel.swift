import Foundation
import RopeConfig
import RopeInference
import RopeJSON
import RopeMath
import RopeTensors
import RopeTestSupport

/// A tiny model of the golden folder under one case's configuration.
struct GoldenModel {
  let decoder: Decoder
  let resolved: Reading
  let weights: any WeightSource

  init(folder: String, override: [String: Any] = [:]) throws {
    let path = "golden/" + folder
    var config = try Fixtures.json(path + "/config.json") as? [String: Any] ?? [:]
    config.merge(override) { $1 }
    let bytes = [UInt8](try JSONSerialization.data(withJSONObject: config))
    let declaration = try Declaration(SourceText(bytes: bytes, path: path))
    resolved = try RuntimeCatalogue.reference.read(declaration, source: path, name: folder)
    decoder = try Decoder(resolved)
    weights = try MemoryWeights(Safetensors([UInt8](try Fixtures.data(path + "/model.safetensors"))))
  }

  func transformer<Scalar: ForwardScalar>(_ type: Scalar.Type) throws -> Transformer<Scalar> {
    try Transformer(decoder, weights: weights, resolved: resolved)
  }

  func plans(_ specification: String = "config", length: Int) throws -> LayerPlans {
    try MethodPlanner(MethodSpecification.parse(specification), model: resolved, targetLength: length)
      .plans(length: length)
  }
}
