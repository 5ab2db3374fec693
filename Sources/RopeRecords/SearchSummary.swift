import RopeAnalysis
import RopeMath

/// What one method reaches on the windows that a search did not read.
public struct SearchSummary: Sendable, Hashable, Codable {
  /// Mean loss of the windows' text over documents, nats per token.
  public var loss: Double
  /// Mean loss of what was hidden, likewise.
  public var needleLoss: Double
  /// Windows whose hidden number greedy decoding finds.
  public var found: Int
  public var windows: Int
  public var documents: Int

  private enum CodingKeys: String, CodingKey {
    case loss, found, windows, documents
    case needleLoss = "needle_loss"
  }

  /// - Parameter items: of one method, at least one.
  init(_ items: [SearchRecord.Item]) {
    let documents = items.grouped(by: \.document)
    func mean(_ value: (SearchRecord.Item) -> Double) -> Double {
      ClusterMean(documents.map { $0.elements.map(value) }).mean
    }
    loss = mean(\.loss)
    needleLoss = mean(\.needleLoss)
    found = items.count { $0.isFound }
    windows = items.count
    self.documents = documents.count
  }
}
