import Foundation
import RopeKernel
import RopeMath
import RopeTensors
import RopeTestSupport
import Testing

@Suite struct AttendCommandTests {
  private static func tensors(heads: Int = 4, kvHeads: Int = 2, count: Int = 24, width: Int = 16) throws -> (
    q: Tensor<Double>, k: Tensor<Double>, v: Tensor<Double>
  ) {
    var generator = SeededGenerator(seed: 5)
    func random(_ shape: [Int]) throws -> Tensor<Double> {
      try Tensor(shape: shape, values: (0..<shape.reduce(1, *)).map { _ in generator.nextUniform() * 2 - 1 })
    }
    return (
      try random([heads, count, width]), try random([kvHeads, count, width]), try random([kvHeads, count, width])
    )
  }

  private static func write(
    _ tensors: [(String, Tensor<Double>)], _ folder: TemporaryFolder, _ name: String = "in.safetensors"
  ) throws -> String {
    var file = SafetensorsWriter()
    for (name, tensor) in tensors { file.add(tensor, named: name) }
    let path = folder.path + "/" + name
    try Data(file.bytes).write(to: URL(fileURLWithPath: path))
    return path
  }

  private static func out(_ path: String) throws -> Tensor<Double> {
    try Safetensors([UInt8](Data(contentsOf: URL(fileURLWithPath: path)))).doubles("out")
  }

  @Test func theCommandIsTheKernel() async throws {
    let folder = try TemporaryFolder()
    let (q, k, v) = try Self.tensors()
    let input = try Self.write([("q", q), ("k", k), ("v", v)], folder)
    let geometry = try RotaryGeometry(headDimension: 16, base: 10_000, trainedLength: 8)
    for method in [
      "none", "yarn:factor=2", "self-extend:window=4,group=4", "lm-infinite:local=6,global=2,limit=6",
      "dca:chunk=6,local=2", "landmark:block=4,pattern=training",
    ] {
      let path = folder.path + "/out.safetensors"
      let run = await CapturedRun(["attend", input, "--method", method, "--trained-length", "8", "-o", path])
      #expect(run.status == 0, "\(run.error)")
      let bound = try BoundMethod(.parse(method), context: MethodContext(geometry: geometry, targetLength: 24))
      let expected = try ReferenceAttention.attend(q: q, k: k, v: v, plan: bound.plan(length: 24))
      #expect(try Self.out(path) == expected, "\(method)")
    }
  }

  /// Stale keys change what dynamic NTK computes, and nothing under YaRN.
  @Test func decodingShowsTheHazard() async throws {
    let folder = try TemporaryFolder()
    let (q, k, v) = try Self.tensors()
    let input = try Self.write([("q", q), ("k", k), ("v", v)], folder)
    func decode(_ method: String, _ cache: String) async throws -> Tensor<Double> {
      let path = folder.path + "/\(cache).safetensors"
      let run = await CapturedRun(
        [
          "attend", input, "--method", method, "--trained-length", "8", "--decode-from", "8", "--cache", cache, "-o",
          path,
        ])
      #expect(run.status == 0, "\(run.error)")
      return try Self.out(path)
    }
    func difference(_ method: String) async throws -> Double {
      let pair = (try await decode(method, "fresh"), try await decode(method, "stale"))
      return zip(pair.0.values, pair.1.values).map { abs($0 - $1) }.max() ?? 0
    }
    #expect(try await difference("yarn:factor=3") == 0)
    #expect(try await difference("dynamic") > 1e-3)
  }

  @Test func badTensorsAreRefused() async throws {
    let folder = try TemporaryFolder()
    let (q, k, v) = try Self.tensors()
    let flat = try Tensor(shape: [q.values.count], values: q.values)
    var broken = q.values
    broken[7] = .nan
    let nan = try Tensor(shape: q.shape, values: broken)
    let three = try Self.tensors(heads: 3).q
    let cases: [(String, [(String, Tensor<Double>)], String)] = [
      ("rank", [("q", flat), ("k", k), ("v", v)], "three axes"), ("missing", [("q", q), ("k", k)], "“v”"),
      ("nan", [("q", nan), ("k", k), ("v", v)], "[0, 0, 7]"), ("heads", [("q", three), ("k", k), ("v", v)], "3"),
    ]
    for (name, tensors, hint) in cases {
      let input = try Self.write(tensors, folder, name + ".safetensors")
      let run = await CapturedRun(["attend", input, "-o", folder.path + "/out.safetensors"])
      #expect(run.status == 2 && run.error.contains(hint), "\(name): \(run.error)")
    }
    let whole = try Data(contentsOf: URL(fileURLWithPath: Self.write([("q", q), ("k", k), ("v", v)], folder)))
    for length in [0, 4, 8, 60, whole.count - 1] {
      let cut = folder.path + "/cut.safetensors"
      try whole.prefix(length).write(to: URL(fileURLWithPath: cut))
      let run = await CapturedRun(["attend", cut, "-o", folder.path + "/out.safetensors"])
      #expect(run.status == 2 && run.error.hasPrefix("ropescope: "), "\(length): \(run.error)")
    }
    #expect(!folder.files.contains("out.safetensors"))
  }
}
