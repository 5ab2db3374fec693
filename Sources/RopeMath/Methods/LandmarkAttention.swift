/// Landmark attention: blocks of tokens gated by a landmark token each.
public struct LandmarkAttention: ScalingMethod {
  public static let card = MethodCard(
    id: "landmark", title: "Landmark attention", shortTitle: "Landmark",
    summary: """
      Ends each block of tokens with a landmark token whose weight gates the whole block, by a softmax in two levels; \
      at inference only the blocks with the strongest landmarks are fetched, moved next to the query's own, which is \
      what stands here. pattern=training is the attention of its training: all blocks, at their true distance.
      """,
    formula: """
      one softmax over the ordinary keys of the query's own block and the landmarks of earlier blocks; weight of a \
      token of an earlier block = its weight in a softmax inside that block × its landmark's weight
      """,
    stages: [.normalisation],
    parameters: [
      MethodParameter(
        "block", .integer, range: 2...Double(RotaryGeometry.largestLength), default: .constant(.number(64)),
        summary: "tokens in a block, its landmark included (mem_freq + 1): every block-th token is a landmark"),
      MethodParameter(
        "pattern", .text, default: .constant(.text("retrieval")),
        summary: "retrieval: top_k blocks, as at inference; training: every earlier block at its true distance"),
      MethodParameter(
        "top_k", .integer, range: 1...1e6, default: .constant(.number(5)),
        summary: "earlier blocks that each query of each head retrieves (5 in arXiv 2409.12181)"),
      .logn,
    ],
    references: [
      .arXiv("2305.16300", "Landmark Attention", "§3"),
      Reference("landmark-attention", source: "epfml/landmark-attention", place: "llama/llama_mem.py"),
    ],
    hazardClass: "Kp", training: .required,
    cost: """
      Fine-tuning with a landmark token in the vocabulary (15,000 steps in the paper); with retrieval the work per \
      token is one landmark a block and top_k blocks. The authors' training code takes at most 64 blocks.
      """,
    implementers: ["epfml/landmark-attention"], exactness: .approximate)

  public let blockLength: Int
  public let retrievedBlocks: Int?
  public let lognLength: Double?

  public init(_ values: ParameterValues) throws(MethodError) {
    blockLength = values.integer("block") ?? 64
    switch values.text("pattern") {
    case "retrieval": retrievedBlocks = values.integer("top_k")
    case "training": retrievedBlocks = nil
    case let other:
      throw MethodError(
        .invalidValue, "landmark: “pattern” is \(other ?? "missing"), expected retrieval or training",
        parameter: "pattern")
    }
    lognLength = values.number("logn")
  }

  public func apply(to plan: inout RotaryPlan) throws(MethodError) {
    plan.normalisation = .landmark(blockLength: blockLength, retrievedBlocks: retrievedBlocks)
    plan.cachedKeys = .unrotated
    plan.scaleQueries(lognLength: lognLength)
  }
}
