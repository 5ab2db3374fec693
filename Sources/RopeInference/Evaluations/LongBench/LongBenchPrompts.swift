import RopeJSON

/// What a model is asked for the items of each data set: texts with `{context}` and `{input}` in them.
///
/// The product's own texts ask for the same in other words than LongBench's; with LongBench's own
/// `config/dataset2prompt.json` in their place, numbers compare with published ones.
public struct LongBenchPrompts: Sendable, Hashable {
  /// What records call them: `own`, or the file's name.
  public let name: String
  private let texts: [String: String]

  public static let own = LongBenchPrompts(
    name: "own",
    texts: Dictionary(
      uniqueKeysWithValues: LongBenchDataset.all.map { ($0.id, text(of: $0)) }))

  private init(name: String, texts: [String: String]) {
    self.name = name
    self.texts = texts
  }

  /// Those of a JSON object of texts by data set.
  ///
  /// - Throws: `InferenceError.option` with the file's name.
  public init(json: String, named name: String) throws(InferenceError) {
    let node: JSONNode
    do throws(ConfigurationError) { node = try JSONParser.parse(SourceText(bytes: Array(json.utf8), path: name)) } catch
    { throw .option(error.description) }
    var texts: [String: String] = [:]
    for member in node.members ?? [] {
      guard let text = member.node.string, text.contains("{context}") || text.contains("{input}") else {
        throw .option("\(name): “\(member.key.prefix(60))” is no text with {context} or {input} in it")
      }
      texts[member.key] = text
    }
    guard !texts.isEmpty else {
      throw .option("\(name): a JSON object of prompts by data set is expected, as LongBench's dataset2prompt.json is")
    }
    self.init(name: name, texts: texts)
  }

  /// The prompt of an item.
  ///
  /// - Throws: `InferenceError.option` where there is none for its data set.
  public func prompt(of item: LongBenchItem) throws(InferenceError) -> String {
    guard let text = texts[item.dataset.id] else {
      throw .option("“\(name)” has no prompt for the data set “\(item.dataset.id)”")
    }
    // One pass, so that a context with {input} in it stays as it is.
    var result = "", rest = text[...]
    while let open = rest.firstIndex(of: "{") {
      result += rest[..<open]
      rest = rest[open...]
      if rest.hasPrefix("{context}") {
        result += item.context
        rest = rest.dropFirst(9)
      } else if rest.hasPrefix("{input}") {
        result += item.input
        rest = rest.dropFirst(7)
      } else {
        result.append(rest.removeFirst())
      }
    }
    return result + rest
  }

  private static func text(of dataset: LongBenchDataset) -> String {
    switch dataset.id {
    case "narrativeqa": question("a story", "The answer is a short phrase.")
    case "qasper":
      question(
        "a scientific paper",
        "The answer is a short phrase or a sentence, yes or no, or “unanswerable” where the paper does not say.")
    case "multifieldqa_en": question("a text", "The answer is short and stands alone.")
    case "multifieldqa_zh": "请阅读下文。\n\n{context}\n\n根据上文简短回答，只写答案。\n\n问题：{input}\n回答："
    case "hotpotqa", "2wikimqa", "musique": question("several passages", "The answer is short and stands alone.")
    case "dureader": "请阅读以下文章。\n\n{context}\n\n根据文章回答问题。\n\n问题：{input}\n回答："
    case "gov_report": "Below is a government report.\n\n{context}\n\nSummarise it on one page.\n\nSummary:"
    case "qmsum":
      "Below is the transcript of a meeting.\n\n{context}\n\nAnswer the query from it in one or a few sentences.\n\nQuery: {input}\nAnswer:"
    case "multi_news":
      "Below are several news articles.\n\n{context}\n\nSummarise them together on one page.\n\nSummary:"
    case "vcsum": "以下是一次会议的记录。\n\n{context}\n\n请总结会议内容。\n\n总结："
    case "trec": "Say of each question what type of answer it asks for, as in the examples.\n\n{context}\n{input}"
    case "triviaqa": "Answer each question from its passage, as in the examples.\n\n{context}\n\n{input}"
    case "samsum": "Summarise each dialogue in a few short sentences, as in the examples.\n\n{context}\n\n{input}"
    case "lsht": "请像例子那样给出每条新闻的类别。\n\n{context}\n{input}"
    case "passage_count":
      "Below are paragraphs, some of them more than once.\n\n{context}\n\nHow many different paragraphs are there? Write the number alone.\n\nNumber:"
    case "passage_retrieval_en":
      "Below are numbered paragraphs.\n\n{context}\n\nThis is a summary of one of them:\n\n{input}\n\nWhich one? Write “Paragraph” and its number.\n\nAnswer:"
    case "passage_retrieval_zh": "以下是编号的段落。\n\n{context}\n\n这是其中一段的摘要：\n\n{input}\n\n是哪一段？请写“段落”和编号。\n\n答案："
    default: "Write the next line of this code.\n{context}{input}Next line:\n"
    }
  }

  private static func question(_ what: String, _ form: String) -> String {
    "Below is \(what).\n\n{context}\n\nAnswer the question from it. \(form)\n\nQuestion: {input}\nAnswer:"
  }
}
