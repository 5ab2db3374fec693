import Foundation
import RopeBatch
import RopeCheck
import RopeConfig
import RopeJSON
import RopeMath
import RopeReport
import RopeTensors
import RopeTokenizer

/// A reader that bytes are given to; what it refuses is refused, what it traps on is a find.
enum FuzzTarget: String, CaseIterable {
  case json, gguf, safetensors, tokenizer, yaml, toml, csv, plan, spec, run, rules, command, files, settings, patterns

  func feed(_ bytes: [UInt8]) {
    switch self {
    case .json:
      guard let reading = try? ModelLoader.load(bytes: bytes, name: "x") else { return }
      _ = try? reading.bind(.configuration, targetLength: 8192, on: try reading.scaledLayers(), resources: .none)
    case .gguf:
      guard let file = try? GGUF(bytes) else { return }
      for value in file.metadata.values where (value.list?.count ?? 0) < 10_000 {
        _ = value.list?.integers
        _ = value.list?.texts
      }
      for name in file.tensorNames.prefix(4) where ((try? file.shape(of: name)) ?? []).reduce(1, { $0 &* $1 }) < 1 << 16
      {
        _ = try? file.float32(name)
      }
      if let tokenizer = try? Tokenizer(file) { _ = tokenizer.encode("a  b\n<|x|> é 123") }
      _ = try? ModelLoader.load(bytes: bytes, name: "x")
    case .safetensors:
      guard let file = try? Safetensors(bytes) else { return }
      for name in file.tensorNames.prefix(4) { _ = try? file.float32(name) }
    case .tokenizer:
      guard let tokenizer = (try? Tokenizer(json: bytes)) ?? (try? Tokenizer(sentencePiece: bytes)) else { return }
      let ids = tokenizer.encode("a  b\n<|x|> é 123 中文 " + String(decoding: bytes.suffix(40), as: UTF8.self))
      _ = try? tokenizer.decode(ids)
    case .yaml: _ = try? YAMLReader.documents(SourceText(bytes: bytes))
    case .toml: _ = try? TOMLReader.read(SourceText(bytes: bytes))
    case .csv: _ = try? MeasuredFile.read(bytes, path: "m.csv")
    case .plan:
      _ = try? BatchPlan(text: String(decoding: bytes, as: UTF8.self), path: "p.yaml", find: { _ in ["a.json"] })
    case .spec:
      guard let all = try? MethodSpecification.parseList(String(decoding: bytes, as: UTF8.self)) else { return }
      for specification in all.prefix(4) { _ = try? MethodSpecification.parse(specification.description) }
    case .run: _ = try? RecordFile.read(Data(bytes))
    case .rules: check([UInt8](DeclarationGenerator(bytes).text.utf8), "config.json")
    case .command:
      _ = try? CommandReader.commands(in: SourceText(bytes: bytes))
      check(bytes, "serve.sh", by: someRules(bytes))
    case .files:
      // Which reader takes a file depends on its name.
      let parts = bytes.split(separator: 0, maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2 else { return }
      check([UInt8](parts[1]), String(decoding: parts[0], as: UTF8.self), by: someRules(bytes))
    case .settings: _ = try? CheckSettings.parse(SourceText(bytes: bytes))
    case .patterns:
      let parts = bytes.split(separator: 0, maxSplits: 1).map { String(decoding: $0, as: UTF8.self) }
      guard parts.count == 2 else { return }
      _ = try? FilePattern.files("/nowhere/" + parts[0])
      check(Array("{}".utf8), parts[1])
    }
  }

  /// All rules for one input in 64: they and what is printed of them take nearly all of the time, and `rules` feeds
  /// them by itself.
  private func someRules(_ bytes: [UInt8]) -> [any Rule.Type] {
    bytes.count.isMultiple(of: 64) ? RuleCatalogue.all : []
  }

  private func check(_ bytes: [UInt8], _ path: String, by rules: [any Rule.Type] = RuleCatalogue.all) {
    let report = Checker(rules: rules).check(bytes: bytes, path: path)
    guard !rules.isEmpty else { return }
    for text in [
      CheckText.text(report), CheckText.concise(report), CheckJUnit.text(report), CheckMarkdown.text(report),
    ] {
      let isHidden = text.unicodeScalars.contains {
        [.control, .format, .lineSeparator, .paragraphSeparator].contains($0.properties.generalCategory) && $0 != "\n"
      }
      precondition(!isHidden, "something that cannot be seen is printed")
    }
    _ = try? CheckSARIF.text(report, version: "0")
  }
}

private let target = FuzzTarget(rawValue: ProcessInfo.processInfo.environment["FUZZ_TARGET"] ?? "")

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  guard let target else { fatalError("set FUZZ_TARGET to one of \(FuzzTarget.allCases.map(\.rawValue))") }
  target.feed(Array(UnsafeBufferPointer(start: start, count: count)))
  return 0
}

@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
  _ count: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ feed: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

@main enum Fuzzer {
  static func main() {
    var count = CommandLine.argc
    var arguments = CommandLine.unsafeArgv
    exit(runDriver(&count, &arguments) { fuzzOneInput($0, $1) })
  }
}
