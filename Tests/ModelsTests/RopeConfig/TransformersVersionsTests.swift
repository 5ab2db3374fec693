import RopeConfig
import RopeJSON
import RopeMath
import RopeTestSupport
import Testing

@Suite struct TransformersVersionsTests {
  private func runtime(_ label: String) throws -> Runtime {
    let version = label.split(separator: " ").last.map(String.init) ?? ""
    return try #require(try RuntimeCatalogue.selection("transformers@\(version)").runtimes.first)
  }

  private func tolerance(_ layer: RuntimeLayer) -> Double { layer.method.hasPrefix("yarn") ? 16 : 5 }

  @Test func tablesOfEveryVersion() throws {
    let file = try GoldenFile("hf_v4_vs_v5.json")
    let newest = Dictionary(
      uniqueKeysWithValues: try GoldenFile("hf_rope_v5.json").cases.map { ($0["name"]?.text ?? "", $0) })
    var worst = 0.0
    var tables = 0
    var refusals = 0
    for golden in file.cases {
      let name = golden["name"]?.text ?? ""
      let declaration = try file.declaration(try #require(golden["inputs", "config"]))
      for member in golden["outputs"]?.members ?? [] {
        let output = member.node
        let runtime = try runtime(member.key)
        if output["raised", "type"]?.text == "NotImplementedError" { continue }
        guard output["raised"] == nil else {
          #expect(throws: ConfigurationError.self, "\(name) on \(member.key) is not refused") {
            try runtime.layers(of: declaration, length: 4096)
          }
          refusals += 1
          continue
        }
        func compare(_ frequencies: [Double], _ factor: Double?, length: Int) throws {
          let layer = try #require(try runtime.layers(of: declaration, length: max(1, length)).first)
          let error = Accuracy.worst(layer.plan.inverseFrequencies, frequencies, by: Accuracy.float32Ulps)
          #expect(error <= tolerance(layer), "\(name) on \(member.key) at \(length): \(error) ulp")
          if error.isFinite { worst = max(worst, error) }
          if let factor {
            #expect(
              Accuracy.relative(layer.plan.attentionFactor, factor) <= 1e-12,
              "\(name) on \(member.key): \(layer.plan.attentionFactor), \(factor)")
          }
          tables += 1
        }
        // The table at construction: the short list where there are two, nothing grown yet.
        let initial =
          output["inv_freq_same_as_5.23.0"]?.flag == true
          ? golden["outputs", "transformers 5.23.0", "inv_freq"] : output["inv_freq"]
        if let initial = initial?.numbers { try compare(initial, output["attention_factor"]?.number, length: 1) }
        for record in output["by_seq_len"]?.elements ?? [] {
          let length = Int(record["seq_len"]?.number ?? 1)
          let same = newest[name]?["outputs", "by_seq_len"]?.elements?.first { $0["seq_len"]?.number == Double(length) }
          let expected = record["inv_freq"] ?? (record["same_as_5.23.0"]?.flag == true ? same?["inv_freq"] : nil)
          if let expected = expected?.numbers {
            try compare(expected, record["attention_factor"]?.number, length: length)
          }
        }
        for record in output["seq_history"]?.elements ?? [] where golden["name"]?.text?.hasPrefix("longrope") == true {
          if let expected = record["inv_freq"]?.numbers {
            try compare(expected, nil, length: Int(record["seq_len"]?.number ?? 1))
          }
        }
      }
    }
    print("transformers, four versions: \(tables) tables, \(refusals) refusals, worst \(worst) ulp of float32")
    #expect(tables > 300 && refusals > 5)
  }

  /// What a version refuses is refused, and what gives numbers that are none; what it takes in silence is taken.
  @Test func verdicts() throws {
    // A plan holds no odd head; a text for the window is refused before any type is looked at; a factor below
    // 0, or of 0 in a list that is never reached, is none that can be planned with.
    let stricter: Set = [
      "head_dim-odd", "max_position-string", "longrope-long-has-zero", "linear-factor-negative",
    ]
    // Found out by these versions when a sequence first outgrows the trained length, here when asked for that length.
    let late: Set = ["longrope-long-wrong-length"]
    let file = try GoldenFile("hf_validation.json")
    var refused = 0
    var taken = 0
    for golden in file.cases {
      let name = golden["name"]?.text ?? ""
      let declaration = try file.declaration(try #require(golden["inputs", "config"]))
      for member in golden["outputs"]?.members ?? [] {
        let runtime = try runtime(member.key)
        let raises = member.node["raised"]?.members != nil
        let isFinite = member.node["non_finite"]?.flag != true
        let plan = try? runtime.layers(of: declaration, length: 4096)
        let isRefused = plan == nil
        if raises || !isFinite {
          #expect(isRefused, "\(name) is taken by \(member.key)")
          refused += 1
        } else if member.node["verdict"]?.text == "silent" || member.node["verdict"]?.text == "warned",
          !stricter.contains(name), !late.contains(name)
        {
          let first = try runtime.layers(of: declaration, length: 1).first?.plan.inverseFrequencies
          #expect(!isRefused, "\(name) is refused by \(member.key)")
          if let ends = member.node["inv_freq_first_last"]?.numbers, let first {
            #expect(
              Accuracy.worst([first.first ?? 0, first.last ?? 0], ends, by: Accuracy.float32Ulps) <= 16,
              "\(name) on \(member.key)")
          }
          taken += 1
        }
      }
    }
    print("transformers verdicts: \(refused) refused, \(taken) taken")
    #expect(refused >= 50 && taken >= 30)
  }
}
