import Foundation
import RopeMath
import Testing

/// Fields that most plans leave empty: neutral where they are absent, kept where they are given.
@Suite struct PlanFieldTests {
  private static func plan(_ text: String) throws -> RotaryPlan {
    let geometry = try RotaryGeometry(headDimension: 8, trainedLength: 64)
    return try BoundMethod(.parse(text), context: MethodContext(geometry: geometry, targetLength: 128)).plan(
      length: 128)
  }

  /// A plan without the new fields is encoded without their keys, as it was before there were any.
  @Test func absentFieldsLeaveNoTrace() throws {
    let data = try JSONEncoder().encode(Self.plan("yarn"))
    let keys = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any]).keys
    #expect(Set(keys).isDisjoint(with: ["logitByDistance", "sink", "rotatedLayers", "scaledLayers"]))
    let read = try JSONDecoder().decode(RotaryPlan.self, from: data)
    #expect(read == (try Self.plan("yarn")) && read.hasPlainLogits && !read.differsByLayer)
  }

  @Test(arguments: [
    "alibi", "alibi:slopes=[0.1;0.2]", "scale-invariant", "sink:sinks=[1;2;3]", "entropy-abf",
    "nope-layers+ssmax:s=[1;2]", "infoscale",
  ])
  func plansAreReadAsWritten(_ text: String) throws {
    let plan = try Self.plan(text)
    #expect(try JSONDecoder().decode(RotaryPlan.self, from: JSONEncoder().encode(plan)) == plan)
  }

  @Test func numbersOfHeads() throws {
    #expect(HeadValues([]) == nil && HeadValues([.infinity]) == nil)
    let values = try #require(HeadValues([3, 1]))
    #expect(values.value(head: 1) == 1 && values.value(head: 9) == 3 && values.mean == 2 && !values.isUniform)
    #expect(throws: DecodingError.self) { try JSONDecoder().decode(HeadValues.self, from: Data("[]".utf8)) }
    let even = try #require(HeadValues([2, 2]))
    #expect(even.isUniform && even.fits(heads: 2) && !even.fits(heads: 3) && HeadValues(1).fits(heads: 7))
  }
}
