import RopeAnalysis

/// The limits at which an advice turns, in one place.
public enum AdviceThresholds {
  /// Tokens of training from which a method that must be trained is among the best: the budget of the comparison of
  /// arXiv 2409.12181.
  public static let trainedBudget = 1e9
  /// The largest factor that a maker of a model published for frozen weights (Qwen2.5 model cards).
  public static let publishedFrozenFactor = 4.0
  /// Factor up to which growing with the text is worth naming beside a static scaling.
  public static let smallFactor = 2.0
  /// How far a file's own attention factor may put logits from YaRN's: leaving its temperature away is less than twice.
  public static let soundLogits = (1.0 / 3)...3.0
  /// Deviations of attention logits that are plausible for trained heads, nats: an advice holds for all of them.
  public static let deviations = AdviceStability.deviations
}
