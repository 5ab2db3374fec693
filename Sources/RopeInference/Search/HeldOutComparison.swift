import RopeRecords

/// Methods on windows of texts that a search did not read; every method reads the same.
public struct HeldOutComparison: Sendable {
  public let probe: NeedleProbe
  /// Tokens of a window.
  public let length: Int
  /// Windows of each text.
  public let windows: Int

  /// - Throws: `InferenceError.option` where a text is too short or the number of windows not possible.
  public init(_ probe: NeedleProbe, length: Int, windows: Int) throws(InferenceError) {
    guard (1...1024).contains(windows) else {
      throw .option("\(windows) windows of a text were asked for; 1 … 1024 are possible")
    }
    try probe.check(length: length)
    self.probe = probe
    self.length = length
    self.windows = windows
  }

  /// Tokens that all of them read.
  public func tokens(methods: Int) -> Double {
    Double(length) * Double(windows * probe.documents.count * methods)
  }

  /// What it will be able to tell, in sentences.
  ///
  /// - Parameter methods: the found factors among them.
  public func outlook(methods: Int) -> [String] {
    let documents = probe.documents.count
    let texts = documents == 1 ? "one text" : "each of \(documents) texts"
    return [
      "Comparison: \(windows) window\(windows == 1 ? "" : "s") of \(texts) that the search does not read, \(methods) methods.",
      documents > 1
        ? Outlook.documents(documents, methods: methods)
        : "One text says nothing of others: there will be no interval of the loss.",
    ]
  }

  /// Window by window, text by text, all methods of each in their order, so that what is finished can be compared.
  ///
  /// - Parameter finished: sees each window under a method as it is done.
  public func run(
    _ methods: [MethodRun], progress: @escaping @Sendable (Double) -> Void = { _ in },
    finished: (SearchRecord.Item) -> Void = { _ in }
  ) throws(InferenceError) -> [SearchRecord.Item] {
    var plans: [LayerPlans] = [], items: [SearchRecord.Item] = []
    for method in methods { plans.append(try method.planner.plans(length: length)) }
    let total = Double(max(1, methods.count * probe.documents.count * windows))
    for window in 0..<windows {
      for (place, document) in probe.documents.enumerated() {
        for (method, plans) in zip(methods, plans) {
          let done = Double(items.count)
          let measured = try probe.measurement(
            length: length, document: place, item: window, of: windows, plans: plans
          ) { progress((done + $0) / total) }
          let item = SearchRecord.Item(
            method: method.name, document: document.name, item: window,
            depth: NeedleProbe.depth(of: window, of: windows), loss: measured.loss, needleLoss: measured.needleLoss,
            isFound: measured.isFound)
          items.append(item)
          finished(item)
        }
      }
    }
    return items
  }
}
