import Foundation
import RopeConfig
import RopeJSON
import RopeMath
import RopeTestSupport
import Testing

/// What every model type of transformers 5.24.0 rotates, made by running it: `Tests/Fixtures/families/README.md`.
struct FamilyTests {
  struct Case: Sendable {
    let name: String
    let declaration: Declaration
    let truth: [(layer: String, JSONNode)]
    let length: Int
    let window: Int?
  }

  static func file(_ name: String) throws -> (cases: [Case], tables: [String: [Double]]) {
    let source = SourceText(bytes: [UInt8](try Fixtures.data("families/\(name)")))
    let root = try JSONParser.parse(source)
    var tables: [String: [Double]] = [:]
    for table in root["tables"]?.members ?? [] {
      tables[table.key] = table.node.elements?.compactMap(\.finiteNumber)
    }
    let cases = try (root["cases"]?.elements ?? []).compactMap { node -> Case? in
      guard let config = node["config"] else { return nil }
      let text = Array(source.bytes[config.bytes])
      return Case(
        name: node["name"]?.string ?? "", declaration: try Declaration(SourceText(bytes: text)),
        truth: (node["truth"]?.members ?? []).map { ($0.key, $0.node) },
        length: node["length"]?.finiteNumber.map { Int($0) } ?? 1, window: node["window"]?.finiteNumber.map { Int($0) })
    }
    return (cases, tables)
  }

  /// What is wrong in the reading of a case.
  static func faults(_ test: Case, _ tables: [String: [Double]]) -> [String] {
    var faults: [String] = []
    do {
      var lengths: [Int: Reading] = [:]
      for (layer, truth) in test.truth {
        let byLength = truth["by_len"]?.members?.compactMap { member in Int(member.key).map { ($0, member.node) } }
        for (length, expected) in byLength ?? [(test.length, truth)] {
          let reading = try lengths[length] ?? RuntimeCatalogue.reference.read(test.declaration, length: length)
          lengths[length] = reading
          guard reading.rotates else {
            return reading.noRotationReason == nil ? ["rotates nothing, without a reason"] : []
          }
          faults += Self.faults(reading, layer, length, truth, expected, tables)
          if let window = test.window, reading.window != window {
            faults.append("window \(reading.window ?? 0), not \(window)")
          }
        }
      }
    } catch  where "\(error)".contains("llama_4_scaling_beta") {
      // The rotary embedding alone was built; the class's forward pass stops.
    } catch { faults.append("refused: \(error)") }
    return faults
  }

  private static func faults(
    _ reading: Reading, _ layer: String, _ length: Int, _ truth: JSONNode, _ expected: JSONNode,
    _ tables: [String: [Double]]
  ) -> [String] {
    let found = reading.layerTypes.first { $0.name == layer } ?? (layer.isEmpty ? reading.layerTypes.first : nil)
    guard let found else { return ["no layers “\(layer)”, but \(reading.layerTypes.map(\.name))"] }
    if let refusal = found.refusal { return ["refused: \(refusal.message)"] }
    var faults: [String] = []
    guard let planned = try? reading.planned(length: length).first(where: { $0.name == found.name }) else {
      return ["no plan for \(layer) at \(length)"]
    }
    let plan = planned.plan
    if Double(plan.geometry.rotaryDimension) != truth["rotary_dim"]?.finiteNumber {
      faults.append("\(layer) rotates \(plan.geometry.rotaryDimension), not \(truth["rotary_dim"]?.phrase ?? "")")
    }
    if let pairing = truth["pairing"]?.string, pairing != plan.geometry.pairing.rawValue {
      faults.append("\(layer) pairs \(plan.geometry.pairing), not \(pairing)")
    }
    let numbers =
      expected["inv_freq"]?.string.flatMap { tables[$0] }
      ?? expected["inv_freq"]?.elements?.compactMap(\.finiteNumber) ?? []
    let frequencies = plan.inverseFrequencies
    if numbers.count != frequencies.count {
      faults.append("\(layer) at \(length): \(frequencies.count) frequencies, not \(numbers.count)")
    } else if let index = numbers.indices.first(where: {
      abs(numbers[$0] - frequencies[$0]) > 2e-6 * abs(numbers[$0]) + 1e-37
    }) {
      faults.append("\(layer) at \(length): θ_\(index) is \(frequencies[index]), not \(numbers[index])")
    }
    if let factor = expected["attention_factor"]?.finiteNumber, abs(plan.attentionFactor - factor) > 2e-6 * factor {
      faults.append("\(layer) at \(length): attention factor \(plan.attentionFactor), not \(factor)")
    }
    return faults
  }

  @Test(arguments: ["all_types.json", "random.json", "minimal.json", "sparse.json"])
  func everyModelTypeReadsAsTransformersReadsIt(name: String) throws {
    let (cases, tables) = try Self.file(name)
    #expect(cases.count > 60)
    for test in cases {
      let faults = Self.faults(test, tables)
      #expect(faults.isEmpty, "\(test.name): \(faults.prefix(3).joined(separator: "; "))")
    }
  }

  @Test func layersThatDoNotRotateAreTold() throws {
    let source = SourceText(bytes: [UInt8](try Fixtures.data("families/unrotated_layers.json")))
    for node in try JSONParser.parse(source)["cases"]?.elements ?? [] {
      let config = try #require(node["config"])
      let declaration = try Declaration(SourceText(bytes: Array(source.bytes[config.bytes])))
      let reading = try RuntimeCatalogue.reference.read(declaration)
      let rotating = reading.layerTypes.flatMap(\.layerIndices).sorted()
      let expected = (node["rotating"]?.elements ?? []).compactMap { $0.finiteNumber.map { Int($0) } }
      #expect(rotating == expected, "\(node["model_type"]?.string ?? "")")
    }
  }

  @Test func modelTypesWithoutRotationSaySo() throws {
    let node = try JSONParser.parse(SourceText(bytes: [UInt8](try Fixtures.data("families/unrotated_types.json"))))
    let others = ["t5", "umt5", "clip", "siglip", "vit", "m2m_100", "wav2vec2"]
    for type in (node.elements ?? []).compactMap(\.string) + others {
      let text = #"{"model_type": "\#(type)", "hidden_size": 768, "num_attention_heads": 12, "num_hidden_layers": 12}"#
      let reading = try RuntimeCatalogue.reference.read(Declaration(SourceText(bytes: Array(text.utf8))))
      #expect(!reading.rotates && reading.layerTypes.isEmpty, "\(type)")
      #expect(reading.noRotationReason?.place?.key == "model_type", "\(type)")
    }
  }
}
