import RopeCheck
import Testing

@Suite struct RuleVariantTests {
  /// Rules whose matter is the spelling itself.
  static let excluded: [ConfigurationVariant: Set<String>] = [
    // The level at which a key stands.
    .nested: ["override-wrong-nesting", "override-drops-keys", "scaling-not-saved"],
    .oldTypeKey: ["rope-type-legacy-key", "rope-type-conflict"],
    .newTypeKey: ["rope-type-legacy-key", "rope-type-conflict"],
    // Readers of the older keys then lose the whole dictionary, which is a cause of its own.
    .version5: [
      "v5-config-on-v4-runtime", "rope-parameters-and-scaling-both", "rope-scaling-null-override",
      "llama3-rope-old-runtime", "rope-type-unknown", "longrope-always-long", "runtime-computes-otherwise",
    ],
  ]

  @Test(arguments: ConfigurationVariant.allCases) func spellingChangesNoVerdict(_ variant: ConfigurationVariant) throws
  {
    var checked = 0
    for example in RuleExampleTests.examples where !example.example.configuration.isEmpty {
      guard Self.excluded[variant]?.contains(example.rule) != true,
        let text = try variant.apply(to: example.example.configuration)
      else { continue }
      let report = RuleExampleTests.report(example.example, configuration: text)
      let isFound = RuleExampleTests.rules(report).contains(example.rule)
      #expect(isFound == example.isFailing, "\(example) as \(variant.rawValue): \(text)")
      checked += 1
    }
    #expect(checked > 10)
  }

  /// A place must lead to the same value whatever the layout.
  @Test func pointersDoNotDependOnLayout() throws {
    for example in RuleExampleTests.examples where example.isFailing && !example.example.configuration.isEmpty {
      func pointers(_ text: String) -> Set<String> {
        Set(
          RuleExampleTests.report(example.example, configuration: text).files.flatMap(\.findings).map {
            "\($0.rule) \($0.pointer ?? "")"
          })
      }
      let original = pointers(example.example.configuration)
      for variant in [ConfigurationVariant.reversed, .minified, .windowsLines, .byteOrderMark] {
        guard let text = try variant.apply(to: example.example.configuration) else { continue }
        #expect(pointers(text) == original, "\(example) as \(variant.rawValue)")
      }
    }
  }
}
