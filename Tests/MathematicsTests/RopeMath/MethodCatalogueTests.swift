import RopeMath
import RopeTestSupport
import Testing

@Suite struct MethodCatalogueTests {
  @Test func cardsAreComplete() {
    let names = MethodCatalogue.cards.flatMap { [$0.id] + $0.aliases }
    #expect(Set(names).count == names.count)
    for card in MethodCatalogue.cards {
      #expect(card.summary.count > 40 && card.formula.count > 5 && card.cost.hasSuffix("."), "\(card.id)")
      #expect(!card.references.isEmpty, "\(card.id)")
      #expect(["K0", "K1", "K2", "K3", "Kq", "Kp"].contains(card.hazardClass), "\(card.id)")
      #expect(Set(card.parameters.map(\.key)).count == card.parameters.count, "\(card.id)")
    }
  }

  /// Every method that needs nothing else plans every length for every geometry, or says why not.
  @Test func plansAreFinite() throws {
    let geometries = try [
      RotaryGeometry(headDimension: 128, base: 1e6, trainedLength: 32_768),
      RotaryGeometry(headDimension: 2, base: 1e4, trainedLength: 1),
      RotaryGeometry(headDimension: 65_536, base: 1e-3, trainedLength: 1 << 40),
      RotaryGeometry(headDimension: 64, base: 1, trainedLength: 2048),
      RotaryGeometry(headDimension: 80, rotaryDimension: 32, trainedLength: 2048),
    ]
    for geometry in geometries {
      for card in MethodCatalogue.cards
      where !card.parameters.contains(where: { if case .required = $0.defaultValue { true } else { false } }) {
        let context = MethodContext(geometry: geometry, targetLength: 131_072)
        for length in [1, 4096, 131_072, 1 << 40] {
          do {
            let plan = try BoundMethod(MethodSpecification(card.id), context: context).plan(length: length)
            #expect(plan.inverseFrequencies.allSatisfy(\.isFinite) && plan.attentionFactor.isFinite, "\(card.id)")
          } catch {
            #expect(!error.description.isEmpty)
          }
        }
      }
    }
  }

  /// What a card says of cached keys is what the method's plan does with them; Kq where a fixed plan scales queries.
  @Test func hazardIsThePlansOwn() throws {
    let context = MethodContext(
      geometry: try RotaryGeometry(headDimension: 128, base: 1e4, trainedLength: 4096), targetLength: 32_768)
    var compared = 0
    for card in MethodCatalogue.cards
    where !card.parameters.contains(where: { if case .required = $0.defaultValue { true } else { false } }) {
      guard let plan = try? BoundMethod(MethodSpecification(card.id), context: context).plan(length: 32_768) else {
        continue
      }
      let isFixed = plan.cachedKeys.hazardClass == "K0"
      let expected = isFixed && card.stages.contains(.queryScale) ? "Kq" : plan.cachedKeys.hazardClass
      #expect(card.hazardClass == expected, "\(card.id)")
      compared += 1
    }
    #expect(compared > 25)
  }

  @Test func twoPairsAreRefusedByNTK() throws {
    let context = MethodContext(geometry: try RotaryGeometry(headDimension: 2, trainedLength: 64), targetLength: 128)
    for id in ["ntk", "dynamic", "ntk-by-parts-index"] {
      #expect(throws: MethodError.self) { try BoundMethod(MethodSpecification(id), context: context).plan(length: 128) }
    }
  }

  @Test func defaultsFollowTheTarget() throws {
    let context = MethodContext(
      geometry: try RotaryGeometry(headDimension: 128, trainedLength: 4096), targetLength: 32_768)
    #expect(try BoundMethod(.parse("yarn"), context: context).parameters["factor"] == .number(8))
    #expect(try BoundMethod(.parse("dynamic"), context: context).parameters["factor"] == .number(2))
    let short = MethodContext(geometry: context.geometry, targetLength: 1024)
    #expect(try BoundMethod(.parse("linear"), context: short).parameters["factor"] == .number(1))
  }

  @Test func meaninglessCompositionsAreRefused() throws {
    let context = MethodContext(
      geometry: try RotaryGeometry(headDimension: 128, trainedLength: 4096), targetLength: 32_768)
    for text in ["yarn+ntk", "linear+linear", "logn+llama4-temperature", "partial+proportional"] {
      #expect(throws: MethodError.self) { try BoundMethod(.parse(text), context: context) }
    }
    for text in [
      "yarn+resonance", "abf:rope_theta=1e6+linear:factor=4", "dynamic:factor=2+logn", "partial+yarn", "llama3+logn",
    ] {
      #expect(try BoundMethod(.parse(text), context: context).plan(length: 32_768).inverseFrequencies.isEmpty == false)
    }
    let later = try BoundMethod(.parse("linear:factor=4+abf:rope_theta=1e6"), context: context).plan(length: 32_768)
    let sooner = try BoundMethod(.parse("abf:rope_theta=1e6+linear:factor=4"), context: context).plan(length: 32_768)
    #expect(later.inverseFrequencies == sooner.inverseFrequencies)
  }
}
