import RopeMath

extension Reference {
  static let controlledStudy = Reference.arXiv(
    "2409.12181", "A Controlled Study on Long Context Extension", "tables 1 and 2")
  static let yarnPaper = Reference.arXiv("2309.00071", "YaRN", "§4")
  static let qwenCards = Reference(
    "Qwen2.5 model cards", source: "huggingface.co/Qwen", place: "Processing Long Texts",
    url: "https://huggingface.co/Qwen/Qwen2.5-7B-Instruct")
  static let selfExtendPaper = Reference.arXiv("2401.01325", "Self-Extend", "§3")
}
