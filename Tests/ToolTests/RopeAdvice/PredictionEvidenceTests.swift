import Foundation
import RopeAdvice
import RopeAnalysis
import RopeConfig
import RopeMath
import RopeRecords
import RopeTestSupport
import Testing

/// The adviser leans on what predicts measurements, and on nothing else.
@Suite struct PredictionEvidenceTests {
  private static let retrieval = ["mean_new_arc", "share_out_of_distribution"]

  /// Two studies in which new angles go with what is not found.
  private var newAngles: PredictionEvidence {
    let properties = [ClosedForm.meanNewArc, .shareOutOfDistribution].flatMap {
      study($0, "Needle", -0.9 ... -0.1).properties
    }
    let one = PredictionEvidence.Study(
      model: "tiny", methods: "two", source: Reference("Tiny", source: "a test"),
      outcomes: ["loss": "loss", "retrieval": "Needle"], properties: properties)
    return PredictionEvidence(studies: [one, one])
  }

  private func study(
    _ form: ClosedForm, _ against: String, _ interval: ClosedRange<Double>?
  ) -> PredictionEvidence.Study {
    PredictionEvidence.Study(
      model: "tiny", methods: "two", source: Reference("Tiny", source: "a test"),
      outcomes: ["loss": "loss", "retrieval": "Needle"],
      properties: [
        PredictionRecord.Property(
          property: form.name, against: against, correlation: 0.5, lower: interval?.lowerBound,
          upper: interval?.upperBound, cases: 8, clusters: 8)
      ])
  }

  /// Every weight is the end of the studies' intervals that lies nearest to 0, where all of them leave it out at one side.
  @Test func committedTable() throws {
    let evidence = PredictionEvidence.committed
    #expect(evidence.studies.map(\.model) == ["SmolLM2-135M", "LLaMA-2 7B"])
    for outcome in PredictionEvidence.Outcome.allCases {
      for form in ClosedForm.all {
        let found = try evidence.studies.map { study in
          let against = study.outcomes[outcome.rawValue]
          return try #require(
            study.properties.first { $0.property == form.name && $0.against == against }, "\(form.name)")
        }
        let ends: [Double] =
          found.allSatisfy(\.isToldFromNothing) ? found.flatMap { [$0.lower ?? 0, $0.upper ?? 0] } : []
        let isOneSided = ends.allSatisfy { $0 > 0 } || ends.allSatisfy { $0 < 0 }
        let nearest = isOneSided ? ends.min { abs($0) < abs($1) } ?? 0 : 0
        #expect(evidence.weight(of: form, for: outcome) == nearest, "\(form.name) \(outcome)")
      }
    }
    // In the published study one method alone has another temperature.
    #expect(evidence.benefit(of: .logitFactor) == 0)
  }

  /// The table is what `evaluate predict` says of the committed study and of the published one.
  @Test func tableIsTheRecords() async throws {
    let root = Fixtures.url("../..").standardizedFileURL.path
    func files(_ folder: String, _ isMeant: (String) -> Bool) throws -> [String] {
      try FileManager.default.contentsOfDirectory(atPath: root + "/" + folder).sorted().filter(isMeant).flatMap {
        ["--measured", "\(root)/\(folder)/\($0)"]
      }
    }
    let own = try files("Output/gallery/study") {
      $0.hasSuffix("-perplexity.json") || $0.hasSuffix("-passkey.json")
        || $0.hasPrefix("needle-") && $0.hasSuffix(".json")
    }
    let other = try files("Tests/Fixtures/published") { $0.hasPrefix("lceg-scores") || $0.hasPrefix("lceg-table-1") }
    for (place, (model, arguments)) in [("smollm2-135m", own), ("llama-2-7b", other)].enumerated() {
      let run = await CapturedRun(["evaluate", "predict", model] + arguments + ["--format", "json", "-q"])
      let record = try JSONDecoder().decode(PredictionRecord.self, from: Data(run.output.utf8))
      let table = PredictionEvidence.committed.studies[place]
      let found = record.properties.filter { table.outcomes.values.contains($0.against) }
      // Where the weights of CLEX are not found from here, its rows are left out and there is nothing to compare.
      guard found.first?.clusters == table.properties.first?.clusters else { continue }
      for (left, right) in zip(found, table.properties) {
        #expect(left.property == right.property && left.against == right.against)
        #expect(abs((left.correlation ?? 9) - (right.correlation ?? 9)) < 1e-9, "\(model) \(left.property)")
        #expect(abs((left.lower ?? 9) - (right.lower ?? 9)) < 1e-9, "\(model) \(left.property)")
        #expect(abs((left.upper ?? 9) - (right.upper ?? 9)) < 1e-9, "\(model) \(left.property)")
      }
      #expect(found.count == table.properties.count)
    }
  }

  @Test func oneStudyIsNoEvidence() {
    let form = ClosedForm.entropyGap, told = study(form, "loss", 0.2...0.9)
    func weight(_ studies: [PredictionEvidence.Study]) -> Double {
      PredictionEvidence(studies: studies).weight(of: form, for: .loss)
    }
    #expect(weight([]) == 0 && weight([told]) == 0)
    #expect(weight([told, study(form, "loss", 0.1...0.8)]) == 0.1)
    #expect(weight([study(form, "loss", -0.8 ... -0.3), study(form, "loss", -0.9 ... -0.1)]) == -0.1)
    #expect(weight([told, study(form, "loss", -0.1...0.8)]) == 0, "not told apart in one")
    #expect(weight([told, study(form, "loss", -0.8 ... -0.1)]) == 0, "the other way in one")
    #expect(weight([told, study(form, "loss", nil)]) == 0 && weight([told, study(form, "Needle", 0.1...0.8)]) == 0)
  }

  /// A choice by the temperature is made where two studies bear it out, and said to be none where they do not.
  @Test func temperatureDecidesWhereItPredicts() throws {
    let model = try ModelLoader.load("llama-2-7b"), wide = AttentionEnsemble(logitDeviation: 8)
    let plain = try Adviser(model, ensemble: wide, evidence: newAngles).advice(target: 32_768)
    #expect(plain.method == "yarn:factor=8,original_max_position_embeddings=4096")
    #expect(plain.ties.contains { $0.contains("attention_factor=1") } && plain.holdsFor.choices.count == 1)
    #expect(plain.orderedBy?.map(\.property) == Self.retrieval)
    #expect(plain.reasons.contains { $0.text.contains("only “Mean new arc” and “Share of new angles” went") })
    #expect(plain.reasons.last?.text.contains("decides nothing") == true)
    let told = study(.entropyGap, "loss", 0.3...0.9)
    let evidence = PredictionEvidence(studies: [told, told])
    let other = try Adviser(model, ensemble: wide, evidence: evidence).advice(target: 32_768)
    #expect(
      other.method?.contains("attention_factor=1") == true && !other.ties.contains { $0.hasPrefix("yarn") },
      "\(other.ties)")
    #expect(other.reasons.last?.text.contains("decides nothing") == false)
    let none = try Adviser(model, evidence: PredictionEvidence(studies: [])).advice(target: 32_768)
    #expect(none.orderedBy == [] && none.method == plain.method)
    #expect(none.reasons.contains { $0.text.contains("what is published alone") })
  }

  /// An own scaling that shows no new angle is kept only while new angles are known to matter.
  @Test func knownAnglesCountWhileNewOnesMatter() throws {
    let model = try ModelLoader.load("gemma-3-4b")
    #expect(try Adviser(model, evidence: newAngles).advice(target: 262_144).action == .window)
    #expect(try Adviser(model, evidence: PredictionEvidence(studies: [])).advice(target: 262_144).action == .method)
  }
}
