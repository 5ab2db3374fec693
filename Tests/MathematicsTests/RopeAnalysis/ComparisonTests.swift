import Foundation
import RopeAnalysis
import RopeMath
import Testing

@Suite struct ComparisonTests {
  typealias Models = FrequencyTestContext

  @Test func rowsTellEachMethodInOneLine() async throws {
    let context = try Models.make(Models.qwen, ["none", "linear", "ntk", "dynamic", "yarn+logn"])
    let series = await AnalysisRunner.run(
      context, only: ["coverage", "extrapolated-angles", "phase-safe-length", "short-context-cost"])
    let rows = Comparison.rows(context, series: series)
    #expect(rows.map(\.label) == ["none", "linear", "ntk", "dynamic", "yarn+logn"])
    #expect(rows.map(\.hazard) == ["K0", "K0", "K0", "K2", "Kq"])
    #expect(abs(rows[2].phaseSafeLength - 79_015) < 0.5)
    #expect(abs(rows[2].shareOfTarget - 0.60) < 0.005)
    #expect(rows[0].pairsWithNewAngles == 24)
    #expect(abs(rows[1].resolutionKept - 0.0625) < 1e-12)
    #expect(abs(rows[4].logitFactor - 1.29648 * Double(17.0 / 15.0)) < 1e-4)
    #expect(rows.allSatisfy { $0.isExact })
    // Analyses that did not run leave their columns unknown.
    #expect(rows.allSatisfy { $0.entropyAtTarget.isNaN })
  }

  @Test func rowsSurviveCoding() async throws {
    let context = try Models.make(Models.llama2, ["none", "yarn"])
    let rows = Comparison.rows(context, series: await AnalysisRunner.run(context, only: ["phase-safe-length"]))
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let data = try encoder.encode(rows)
    let again = try encoder.encode(try JSONDecoder().decode([ComparisonRow].self, from: data))
    #expect(data == again)
    let text = String(decoding: data, as: UTF8.self)
    for key in ["phase_safe_length", "share_of_target", "needed_factor", "exact", "hazard", "training"] {
      #expect(text.contains("\"\(key)\""))
    }
  }

  @Test func runnerGivesTheCataloguesOrder() async throws {
    let context = try Models.make(Models.smol, ["none", "yarn"])
    let once = await AnalysisRunner.run(context), again = await AnalysisRunner.run(context)
    #expect(once.map(\.name) == again.map(\.name))
    let order = AnalysisCatalogue.all.map { $0.card.id }
    let names = once.map(\.name).reduce(into: [String]()) { if $0.last != $1 { $0.append($1) } }
    #expect(names == order.filter(names.contains))
    #expect(Set(order).count == order.count)
  }
}
