import RopeChart

/// Looks for test charts: the method colours of the product.
enum GalleryStyles {
  static let none = SeriesStyle(key: "none", light: "000000", dark: "F2F2F2")
  static let linear = SeriesStyle(key: "linear", light: "0072B2", dark: "1EAEFF", dash: [5, 2], marker: .circle)
  static let ntk = SeriesStyle(key: "ntk", light: "D55E00", dark: "FE7000", dash: [1, 1.5], marker: .triangle)
  static let dynamic = SeriesStyle(
    key: "dynamic", light: "CC79A7", dark: "DDA5C4", dash: [5, 1.5, 1, 1.5], marker: .square)
  static let yarn = SeriesStyle(key: "yarn", light: "009E73", dark: "00E5A7", marker: .filledDiamond)
  static let longrope = SeriesStyle(
    key: "longrope", light: "332288", dark: "806DDB", dash: [8, 2], marker: .invertedTriangle)
  static let llama3 = SeriesStyle(
    key: "llama3", light: "8C564B", dark: "B57F74", dash: [3, 1.5, 1, 1.5, 1, 1.5], marker: .cross)
  static let clex = SeriesStyle(key: "clex", light: "225555", dark: "388C8C", dash: [2, 1], marker: .star)

  static let all = [none, linear, ntk, dynamic, yarn, longrope, llama3, clex]
  static let names = ["None", "PI", "NTK-aware", "Dynamic NTK", "YaRN", "LongRoPE", "Llama-3", "CLEX"]
}
