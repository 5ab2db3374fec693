import RopeMath
import Testing

@Suite struct MethodSpecificationTests {
  @Test func specificationsReadBack() throws {
    for text in [
      "none", "linear:factor=4", "yarn:beta_fast=32,factor=8,truncate=false", "ntk:factor=2+resonance",
      "longrope:long_factor=[1;2.5],short_factor=[1;1]", "dynamic:factor=2+logn", "config+logn",
    ] {
      #expect(try MethodSpecification.parse(text).description == text)
    }
  }

  @Test func aliasesLengthsAndCase() throws {
    #expect(try MethodSpecification.parse("PI:factor=2").name == "linear")
    #expect(try MethodSpecification.parse("su:short_factor=[1],long_factor=[1]").name == "longrope")
    let value = try MethodSpecification.parse("logn:original_max_position_embeddings=4k").parts[0].given.values.first
    #expect(value == .number(4096))
  }

  @Test func listsContinueAParameter() throws {
    let list = try MethodSpecification.parseList("yarn:factor=8,beta_fast=32,ntk,linear:factor=2")
    #expect(list.map(\.description) == ["yarn:beta_fast=32,factor=8", "ntk", "linear:factor=2"])
  }

  @Test func numbersComeFromFiles() throws {
    let loaded = try MethodSpecification.parse("longrope:short_factor=@a.json,long_factor=[2]") { path in
      #expect(path == "a.json")
      return [1, 2, 3]
    }
    #expect(loaded.parts[0].given["short_factor"] == .numbers([1, 2, 3]))
  }

  @Test(arguments: [
    ("yran", "did you mean “yarn”"), ("", "empty part"), ("yarn:", "not of the form"),
    ("yarn:factor", "not of the form"),
    ("yarn:factor=1,factor=2", "twice"), ("linear:factor=1e+6", "plus sign"), ("ntk++linear", "empty part"),
    ("longrope:long_factor=[1;x]", "not a number"), ("longrope:long_factor=@f.json", "cannot be read here"),
  ])
  func faultsAreSentences(text: String, part: String) {
    do {
      _ = try MethodSpecification.parse(text)
      Issue.record("“\(text)” is read")
    } catch {
      #expect(error.description.contains(part), "\(error)")
    }
  }

  @Test func parametersAreChecked() throws {
    let context = MethodContext(
      geometry: try RotaryGeometry(headDimension: 128, trainedLength: 4096), targetLength: 8192)
    for (text, part) in [
      ("yarn:factr=2", "did you mean “factor”"), ("linear:factor=0", "between"), ("linear:factor=yes", "a number"),
      ("yarn:truncate=3", "true or false"), ("longrope:long_factor=[1]", "needs “short_factor”"),
      ("linear:factor=nan", "between"),
    ] {
      do {
        _ = try BoundMethod(MethodSpecification.parse(text), context: context)
        Issue.record("“\(text)” is bound")
      } catch {
        #expect(error.description.contains(part), "\(error)")
      }
    }
  }

  @Test func tokenCounts() {
    for (text, tokens) in [("4096", 4096), ("4k", 4096), ("128K", 131_072), ("1M", 1 << 20), ("1.5k", 1536)] {
      #expect(TokenCount.parse(text) == tokens)
    }
    for text in ["", "k", "-4k", "0", "4kk", "1e9999", "2000000M", "٣"] {
      #expect(TokenCount.parse(text) == nil, "\(text)")
    }
    #expect(
      TokenCount.label(131_072) == "128k" && TokenCount.label(1 << 20) == "1M" && TokenCount.label(10_000) == "10000")
  }
}
