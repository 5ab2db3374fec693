import RopeAdvice
import RopeConfig
import RopeRecords

extension CheckSubject {
  /// What the adviser does for a length in tokens; nil where the file cannot be read, or where the adviser counts from
  /// another length than the one that the rule knows the model to be trained to.
  ///
  /// - Parameter trained: nil where nothing but the file tells it, so that the adviser's own count holds.
  func advice(for length: Int, trained: Int?) -> Advice? {
    guard let reading, let advice = try? Adviser(reading).advice(target: length) else { return nil }
    return trained == nil || advice.nativeLength == trained ? advice : nil
  }
}
