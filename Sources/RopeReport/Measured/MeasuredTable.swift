import Foundation
import RopeAnalysis
import RopeConfig
import RopeJSON
import RopeMath
import RopeText

/// Reads measurements from CSV with a header line. Columns in any order, others are left aside; cells may be quoted;
/// lengths and positions may be written 4k. Names have at most 200 characters, tables at most a million rows.
///
/// - `method,length,perplexity[,stderr]` or `method,length,nll[,stderr]`: a row a window's length. `stderr` is the
///   error of the value beside it.
/// - `method,position,nll[,stderr][,length][,tokens]` (or `perplexity`): a row a position, the middle or the end of what
///   was averaged, ascending.
/// - `method,length,depth,correct,trials[,nll][,mean_rank]`: a row a cell of a retrieval map.
/// - `method,length,score[,stderr][,benchmark]`: a row a score, higher is better.
struct MeasuredTable {
  private let source: SourceText
  private let name: String
  private let identity: String

  /// - Parameters:
  ///   - name: what texts call the file.
  ///   - identity: what its windows are known by.
  init(_ source: SourceText, name: String, identity: String) {
    self.source = source
    self.name = name
    self.identity = identity
  }

  func measurements() throws(ConfigurationError) -> Measurements {
    let rows = try CommaSeparatedRow.rows(of: source)
    guard let header = rows.first else { throw source.error(.malformed, "the table has no header line", at: 0) }
    var columns: [String: Int] = [:]
    for (place, cell) in header.cells.enumerated() {
      let column = cell.text.lowercased()
      guard column.isEmpty || columns[column] == nil else {
        throw source.error(
          .malformed, "the column “\(MeasuredName.excerpt(column))” stands twice, it is expected once", at: cell.offset)
      }
      columns[column] = place
    }
    func has(_ names: String...) -> Bool { names.allSatisfy { columns[$0] != nil } }
    let hasLoss = has("perplexity") || has("nll")
    var result = Measurements(sources: [EvaluationSetting(name: name, file: identity)])
    let body = rows.dropFirst().map { Row(source: source, columns: columns, row: $0) }
    guard !body.isEmpty else { throw source.error(.malformed, "the table has a header and no rows", at: header.offset) }
    if has("method", "length", "depth", "correct", "trials") {
      var cells: [MeasuredRetrieval] = []
      for row in body { cells.append(try retrieval(row)) }
      result.add(Measurements(retrieval: cells))
    } else if has("method", "length", "score") {
      var scores: [MeasuredScore] = []
      for row in body { scores.append(try score(row)) }
      result.add(Measurements(scores: scores))
    } else if has("method", "position"), hasLoss {
      result.add(Measurements(losses: try byPosition(body)))
    } else if has("method", "length"), hasLoss {
      var windows: [MeasuredLosses] = []
      for row in body { windows.append(try losses(row)) }
      result.add(Measurements(losses: windows))
    } else {
      throw source.error(
        .malformed,
        "the header names none of the known sets of columns: method,length,perplexity; method,position,nll; "
          + "method,length,depth,correct,trials; method,length,score", at: header.offset)
    }
    return result
  }

  private func losses(_ row: Row) throws(ConfigurationError) -> MeasuredLosses {
    let (nll, error) = try row.loss()
    return MeasuredLosses(
      method: try row.name("method"), length: try row.tokens("length"), windows: nil, tokens: try row.tokenCount(),
      nll: nll,
      standardError: error, sources: [identity])
  }

  private func retrieval(_ row: Row) throws(ConfigurationError) -> MeasuredRetrieval {
    let depth = try row.number("depth", in: 0...1), trials = try row.whole("trials", in: 1...1_000_000_000)
    return MeasuredRetrieval(
      method: try row.name("method"), length: try row.tokens("length"), depth: depth, trials: trials,
      correct: try row.whole("correct", in: 0...trials), meanRank: try row.optional("mean_rank", in: 0...1e12),
      nll: try row.optional("nll", in: Row.nats), standardError: try row.optional("stderr", in: Row.nats))
  }

  private func score(_ row: Row) throws(ConfigurationError) -> MeasuredScore {
    MeasuredScore(
      method: try row.name("method"), length: try row.tokens("length"),
      score: try row.number("score", in: -1e12...1e12), standardError: try row.optional("stderr", in: 0...1e12),
      benchmark: row.text("benchmark") == nil ? nil : try row.name("benchmark"))
  }

  /// Rows of one method and length in a run of positions: each stands for the positions about it, to the middle between
  /// it and its neighbours.
  private func byPosition(_ rows: [Row]) throws(ConfigurationError) -> [MeasuredLosses] {
    struct Key: Hashable {
      let method: String
      let length: Int?
    }
    var order: [Key] = []
    var points: [Key: [(position: Int, nll: Double, error: Double?, tokens: Int?, row: Row)]] = [:]
    for row in rows {
      let key = Key(method: try row.name("method"), length: row.text("length") == nil ? nil : try row.tokens("length"))
      if points[key] == nil { order.append(key) }
      let (nll, error) = try row.loss(), position = try row.tokens("position")
      if let last = points[key]?.last, last.position >= position {
        throw row.error("position", "positions of “\(key.method)” must ascend; \(position) follows \(last.position)")
      }
      points[key, default: []].append((position, nll, error, try row.tokenCount(), row))
    }
    return order.map { key in
      let points = points[key] ?? []
      func middle(_ left: Int, _ right: Int) -> Int { (points[left].position + points[right].position) / 2 }
      let buckets = points.indices.map { place -> MeasuredLosses.Bucket in
        let position = points[place].position
        let from = place > 0 ? middle(place - 1, place) : max(0, points.count > 1 ? 2 * position - middle(0, 1) : 0)
        let to = place + 1 < points.count ? middle(place, place + 1) : 2 * position - from
        return MeasuredLosses.Bucket(
          from: from, to: max(to, from + 1), tokens: points[place].tokens, nll: points[place].nll,
          standardError: points[place].error)
      }
      let whole = MeasuredLosses.joined(buckets)
      return MeasuredLosses(
        method: key.method, length: key.length, tokens: whole?.tokens, nll: whole?.nll ?? .nan,
        standardError: whole?.standardError, buckets: buckets, sources: [identity])
    }
  }
}

extension MeasuredTable {
  /// A row with the names of its columns.
  struct Row {
    let source: SourceText
    let columns: [String: Int]
    let row: CommaSeparatedRow

    /// Of losses and their errors, nats.
    static let nats = 0...1e6

    private func cell(_ column: String) -> CommaSeparatedRow.Cell? {
      guard let place = columns[column], row.cells.indices.contains(place), !row.cells[place].text.isEmpty else {
        return nil
      }
      return row.cells[place]
    }

    func text(_ column: String) -> String? { cell(column)?.text }

    func error(_ column: String, _ message: String) -> ConfigurationError {
      source.error(.invalid, message, at: cell(column)?.offset ?? row.offset)
    }

    func word(_ column: String) throws(ConfigurationError) -> String {
      guard let text = text(column) else { throw error(column, "the row has no “\(column)”") }
      return text
    }

    func name(_ column: String) throws(ConfigurationError) -> String {
      guard let name = MeasuredName.read(try word(column)) else { throw error(column, MeasuredName.fault(column)) }
      return name
    }

    func number(_ column: String, in range: ClosedRange<Double>) throws(ConfigurationError) -> Double {
      let text = try word(column)
      guard let value = Double(text), range.contains(value) else {
        let low = range.lowerBound.formattedShortest
        let kind = range.upperBound < 1e300 ? "in \(low) … \(range.upperBound.formattedShortest)" : "of \(low) or more"
        throw error(column, "“\(column)” is “\(MeasuredName.excerpt(text))”, a number \(kind) is expected")
      }
      return value
    }

    func optional(_ column: String, in range: ClosedRange<Double>) throws(ConfigurationError) -> Double? {
      text(column) == nil ? nil : try number(column, in: range)
    }

    func whole(_ column: String, in range: ClosedRange<Int>) throws(ConfigurationError) -> Int {
      let text = try word(column)
      guard let value = Double(text), let whole = Int(exactly: value), range.contains(whole) else {
        throw error(
          column,
          "“\(column)” is “\(MeasuredName.excerpt(text))”, a whole number in \(range.lowerBound) … \(range.upperBound) is expected"
        )
      }
      return whole
    }

    /// How many tokens the row's loss is the mean of; nil where it does not tell.
    func tokenCount() throws(ConfigurationError) -> Int? {
      text("tokens") == nil ? nil : try whole("tokens", in: 0...RotaryGeometry.largestLength)
    }

    func tokens(_ column: String) throws(ConfigurationError) -> Int {
      let text = try word(column)
      guard let tokens = TokenCount.parse(text) else {
        throw error(
          column, "“\(column)” is “\(MeasuredName.excerpt(text))”, a number of tokens is expected, such as 4096 or 4k")
      }
      return tokens
    }

    /// Mean loss in nats and its error; a perplexity's error is carried over to first order.
    func loss() throws(ConfigurationError) -> (nll: Double, error: Double?) {
      if columns["nll"] != nil { return (try number("nll", in: Self.nats), try optional("stderr", in: Self.nats)) }
      let perplexity = try number("perplexity", in: 1...1e300)
      let error = try optional("stderr", in: 0...(Self.nats.upperBound * perplexity))
      return (log(perplexity), error.map { $0 / perplexity })
    }
  }
}
