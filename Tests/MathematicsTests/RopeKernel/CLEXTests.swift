import Foundation
import RopeMath
import RopeTensors
import RopeTestSupport
import Testing

/// CLEX against its authors' layer (`clex.json`), and its own identities.
@Suite struct CLEXTests {
  struct Layer {
    let name: String
    let entry: [String: Any]
    let geometry: RotaryGeometry
    let settings: [String: Any]
    let up: WeightMatrix
    let down: WeightMatrix

    init(_ entry: [String: Any]) throws {
      self.entry = entry
      name = try #require(entry["name"] as? String)
      let inputs = try #require(entry["inputs"] as? [String: Any])
      let arguments = try #require(inputs["args"] as? [String: Any])
      settings = try #require(arguments["rope_scaling"] as? [String: Any])
      geometry = try RotaryGeometry(
        headDimension: try #require(arguments["dim"] as? NSNumber).intValue,
        base: try #require(arguments["base"] as? NSNumber).doubleValue,
        trainedLength: try #require(arguments["max_position_embeddings"] as? NSNumber).intValue)
      let outputs = try #require(entry["outputs"] as? [String: Any])
      let weights = try #require(outputs["weights"] as? [String: [String: Any]])
      func matrix(_ name: String) throws -> WeightMatrix {
        let shape = try #require(weights[name]?["shape"] as? [Int])
        let values = try #require(weights[name]?["data"] as? [Double])
        return try #require(WeightMatrix(rows: shape[0], columns: shape[1], values: values))
      }
      up = try matrix("ode_up_proj")
      down = try matrix("ode_down_proj")
    }

    func number(_ key: String) -> Double { (settings[key] as? NSNumber)?.doubleValue ?? .nan }

    /// The layer bound through a safetensors file of its weights, its settings in the metadata.
    func bound(_ text: String = "clex:weights=w.safetensors") throws -> BoundMethod {
      var writer = SafetensorsWriter(metadata: [
        "act": try #require(settings["act"] as? String), "time_dt": number("time_dt").formattedShortest,
        "max_factor": number("max_factor").formattedShortest,
      ])
      let prefix = "model.clex_layer.proj_func."
      writer.add(try Tensor(shape: [up.rows, up.columns], values: up.values), named: prefix + "ode_up_proj")
      writer.add(try Tensor(shape: [down.rows, down.columns], values: down.values), named: prefix + "ode_down_proj")
      let bytes = writer.bytes
      let resources = MethodResources.safetensors { path throws(TensorError) in
        guard path == "w.safetensors" else { throw .reading("no such file") }
        return try Safetensors(bytes)
      }
      let context = MethodContext(geometry: geometry, targetLength: 4 * geometry.trainedLength, resources: resources)
      return try BoundMethod(.parse(text), context: context)
    }
  }

  static func layers() throws -> [Layer] {
    let file = try #require(try Fixtures.json("golden/clex.json") as? [String: Any])
    return try #require(file["cases"] as? [[String: Any]]).map(Layer.init)
  }

  @Test func frequenciesOfTheLayer() throws {
    var worst = 0.0, worstExact = 0.0, rows = 0
    for layer in try Self.layers() {
      let method = try layer.bound()
      let outputs = try #require(layer.entry["outputs"] as? [String: Any])
      let cached = try #require(outputs["freq_cached"] as? [String: Any])
      let recorded = try #require(cached["data"] as? [Double])
      let width = try #require(cached["shape"] as? [Int])[1], pairs = layer.geometry.pairCount
      for t in 1...Int(layer.number("max_factor")) {
        let plan = try method.plan(length: t * layer.geometry.trainedLength)
        #expect(plan.cachedKeys == .steps(length: layer.geometry.trainedLength))
        // With a largest factor of 2 the layer keeps a table of phases, whose row 1 holds the frequencies.
        guard t > 1 || width == pairs else { continue }
        let row = Array(recorded[(t - 1) * width..<(t - 1) * width + pairs])
        let error = Accuracy.worst(plan.inverseFrequencies, row, by: Accuracy.relative)
        #expect(error <= 2e-5, "\(layer.name) at t = \(t): \(error)")
        worst = max(worst, error)
        rows += 1
        guard let own = (outputs["freq_float64_ode_derived"] as? [String: Any])?["data"] as? [Double] else { continue }
        let exact = Accuracy.worst(
          plan.inverseFrequencies, Array(own[(t - 1) * pairs..<t * pairs]), by: Accuracy.relative)
        #expect(exact <= 1e-6, "\(layer.name) in float64 at t = \(t): \(exact)")
        worstExact = max(worstExact, exact)
      }
    }
    print("clex.json: \(rows) rows, worst relative \(worst), against the float64 solution \(worstExact)")
    #expect(rows == 4 + 8 + 4 + 4 + 1)
  }

  @Test func cosinesAndSinesOfEveryCall() throws {
    var worst = 0.0, compared = 0
    for layer in try Self.layers() {
      let method = try layer.bound()
      let outputs = try #require(layer.entry["outputs"] as? [String: Any])
      for call in try #require(outputs["calls_in_order"] as? [[String: Any]]) {
        let length = try #require(call["seq_len"] as? NSNumber).intValue
        let plan = try method.plan(length: length)
        let positions = try #require(call["positions"] as? [Int])
        let cosines = try #require(call["cos"] as? [[Double]]), sines = try #require(call["sin"] as? [[Double]])
        for (index, position) in positions.enumerated() {
          for i in 0..<plan.pairCount {
            let angle = Double(position) * plan.inverseFrequencies[i]
            let error = max(abs(cos(angle) - cosines[index][i]), abs(sin(angle) - sines[index][i]))
            #expect(
              error <= 1e-6 + 2e-5 * angle, "\(layer.name), \(length) tokens, position \(position), pair \(i): \(error)"
            )
            worst = max(worst, error / (1e-6 + 2e-5 * angle))
            compared += 1
          }
        }
      }
    }
    print("clex.json: \(compared) cosines and sines, worst share of the tolerance \(worst)")
    #expect(compared > 900)
  }

  @Test func untrainedLayerIsNTK() throws {
    let geometry = try RotaryGeometry(headDimension: 32, trainedLength: 64)
    let zero = try #require(WeightMatrix(rows: 32, columns: 16, values: [Double](repeating: 0, count: 512)))
    let up = try #require(WeightMatrix(rows: 16, columns: 32, values: [Double](repeating: 0.3, count: 512)))
    func worst(step: Double) throws -> Double {
      let trajectory = CLEXTrajectory(
        inverseFrequencies: geometry.inverseFrequencies, up: up, down: zero, activation: .silu, timeStep: step,
        largestTime: 16)
      return try (1...16).map { t in
        let context = MethodContext(geometry: geometry, targetLength: 64 * t)
        let aware = try BoundMethod(.parse("ntk:factor=\(2 * t - 1)"), context: context).plan(length: 64 * t)
        return Accuracy.worst(
          trajectory.inverseFrequencies(at: Double(t)), aware.inverseFrequencies, by: Accuracy.relative)
      }.max() ?? .infinity
    }
    let fine = try worst(step: 0.01), coarse = try worst(step: 1)
    print("CLEX without training against NTK(2t − 1): \(fine) at dt 0.01, \(coarse) at dt 1")
    #expect(fine < 1e-9)
    #expect(coarse > 1e-4 && coarse < 2e-2)
  }

  @Test func frequenciesFallWithTimeWithoutTraining() throws {
    let layer = try #require(try Self.layers().first { $0.name.hasPrefix("zero") })
    let method = try layer.bound()
    let trained = layer.geometry.trainedLength
    let rows = try [1, trained, trained + 1, 3 * trained, 4 * trained, 100 * trained].map {
      try method.plan(length: $0).inverseFrequencies
    }
    #expect(rows[0] == layer.geometry.inverseFrequencies && rows[1] == rows[0])
    #expect(rows[4] == rows[5])
    for (earlier, later) in zip(rows[1...3], rows[2...4]) {
      #expect(zip(earlier, later).dropFirst().allSatisfy { $0 > $1 })
      #expect(abs(earlier[0] - later[0]) < 1e-12)
    }
    let fixed = try layer.bound("clex:weights=w.safetensors,t=3").plan(length: 5)
    #expect(fixed.inverseFrequencies == rows[3])
    let between = try layer.bound("clex:weights=w.safetensors,t=3.5").plan(length: 5).inverseFrequencies
    for i in 1..<between.count { #expect(between[i] < rows[3][i] && between[i] > rows[4][i]) }
  }

  @Test func settingsComeFromTheFileOrTheSpecification() throws {
    let layer = try #require(try Self.layers().first { $0.name.hasPrefix("tanh") })
    #expect(try layer.bound().parameters["act"] == .text("tanh"))
    #expect(try layer.bound().parameters["max_factor"] == .number(8))
    #expect(try layer.bound("clex:weights=w.safetensors,act=silu").parameters["act"] == .text("silu"))
    let scaled = try layer.bound("clex:weights=w.safetensors,log_scale=true").plan(length: 512)
    #expect(scaled.queryScale == .constant(log(512.0) / log(128.0)))
    for bad in [
      "clex", "clex:weights=other.safetensors", "clex:weights=w.safetensors,act=relu", "clex:weights=w.safetensors,t=9",
      "clex:weights=w.safetensors,t=0.5", "clex:weights=w.safetensors,param_factor=2",
      "clex:weights=w.safetensors,time_dt=1e-5", "clex:weights=w.safetensors,logn=64,log_scale=true",
      "clex:weights=w.safetensors+ntk", "clex:weights=w.safetensors,logn=64+logn",
    ] {
      #expect(throws: MethodError.self, "\(bad)") { try layer.bound(bad) }
    }
    #expect(throws: MethodError.self) {
      try layer.bound("abf:rope_theta=5e5+clex:weights=w.safetensors").plan(length: 64)
    }
    let context = MethodContext(geometry: layer.geometry, targetLength: 512)
    #expect(throws: MethodError.self) { try BoundMethod(.parse("clex:weights=w.safetensors"), context: context) }
    let narrow = try RotaryGeometry(headDimension: 16, trainedLength: 128)
    let up = layer.up, down = layer.down
    let resources = MethodResources { _, _ throws(MethodError) in
      MethodWeights(matrices: ["ode_up_proj": up, "ode_down_proj": down])
    }
    #expect(throws: MethodError.self) {
      try BoundMethod(
        .parse("clex:weights=w"), context: MethodContext(geometry: narrow, targetLength: 512, resources: resources))
    }
  }
}
