/// Depths with commas, 0 … 1.
enum DepthList {
  static func parse(_ text: String) throws -> [Double] {
    try text.split(separator: ",").map { part -> Double in
      guard let depth = Double(part), (0...1).contains(depth) else {
        throw Failure.usage("--depths “\(part)”: write numbers from 0 to 1")
      }
      return depth
    }
  }
}
