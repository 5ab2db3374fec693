/// The largest logits after some positions of a text, method by method: `ropescope.logits/1`.
public struct LogitsRecord: Sendable, Hashable, Codable {
  public struct Entry: Sendable, Hashable, Codable {
    public var id: Int
    public var logit: Double
  }

  public struct Position: Sendable, Hashable, Codable {
    public var position: Int
    /// From the largest down; equal logits by id.
    public var top: [Entry]
  }

  public struct Run: Sendable, Hashable, Codable {
    public var method: String
    public var tokens: Int
    public var positions: [Position]
  }

  public var schema = "ropescope.logits/1"
  public var runs: [Run]
}
