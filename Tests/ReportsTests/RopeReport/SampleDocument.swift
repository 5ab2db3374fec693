import Foundation
import RopeChart
import RopeReport

/// A document with every kind of block: plausible words, figures from short formulas. It stands for a report in tests of
/// rendering; nothing in it is measured.
enum SampleDocument {
  static let styles: [(name: String, style: SeriesStyle)] = [
    ("none", SeriesStyle(key: "none", light: "000000", dark: "F2F2F2")),
    ("PI", SeriesStyle(key: "linear", light: "0072B2", dark: "1EAEFF", dash: [5, 2], marker: .circle)),
    ("NTK-aware", SeriesStyle(key: "ntk", light: "D55E00", dark: "FE7000", dash: [1, 1.5], marker: .triangle)),
    (
      "Dynamic NTK",
      SeriesStyle(key: "dynamic", light: "CC79A7", dark: "DDA5C4", dash: [5, 1.5, 1, 1.5], marker: .square)
    ),
    ("YaRN", SeriesStyle(key: "yarn", light: "009E73", dark: "00E5A7", marker: .filledDiamond)),
    ("Llama-3", SeriesStyle(key: "llama3", light: "8C564B", dark: "B57F74", dash: [3, 1.5, 1, 1.5], marker: .cross)),
  ]

  static func document(model: String = "Qwen2.5-7B", pairs: Int = 64) -> Document {
    let ratios = chart(ratioFigure(pairs: pairs))
    let wavelengths = chart(wavelengthFigure(pairs: pairs))
    return Document(
      metadata: .init(
        title: "\(model) from 32k to 128k tokens", subtitle: "What every RoPE scaling method does to it",
        creator: "RopeScope 1.0", description: "Rotary position embeddings of \(model) at 131,072 tokens.",
        keywords: ["RoPE", "YaRN", model]),
      lead: [.verdict(verdict), .table(summary)],
      sections: [
        Section(
          id: "angles", title: "Where the angles go",
          blocks: [
            .prose(anglesProse(model)), .chart(wavelengths), .formula(wavelengthFormula), .chart(chart(mapFigure())),
          ]),
        Section(
          id: "frequencies", title: "What each method does to the frequencies",
          blocks: [
            .prose(
              "A method is seen best in the ratio of each scaled frequency to the trained one, drawn in \(reference: "ratio"). A ratio of 1 leaves the pair alone; 1/4 stretches it by the full factor. The two ends matter most: the first pairs tell neighbours apart, the last carry distance."
            ), .chart(ratios),
            .details(
              .init(
                summary: "How the ramp is computed",
                blocks: [
                  .prose(
                    "YaRN interpolates pairs that turn fewer than \(formula: "β_slow") = 1 times in the trained length and leaves those alone that turn more than \(formula: "β_fast") = 32 times."
                  ),
                  .list(
                    .init(
                      ["Round the lower edge down.", "Round the upper edge up.", "Between them, mix linearly."],
                      numbered: true)),
                ])),
          ],
          subsections: [
            Section(id: "small", title: "Several views at once", blocks: [.chart(chart(multiplesFigure()))])
          ]),
        Section(
          id: "attention", title: "Attention",
          blocks: [
            .prose(
              "The closed form and the simulation agree to within two standard errors at every length (\(reference: "entropy")). Isotropic queries and keys cannot tell methods apart other than by temperature \(reference: "peng-2023")."
            ),
            .chart(chart(entropyFigure())),
            .note(
              .init(
                .caution,
                "Phase-safe is necessary, not sufficient: a model may fail on angles that it has seen, and fine-tuning may teach it new ones."
              )),
            .chart(chart(dotsFigure())),
          ]),
        Section(
          id: "config", title: "The config and the runtimes",
          blocks: [
            .keyValues(geometry),
            .findings(
              .init(
                id: "findings",
                [
                  .init(
                    .warning, rule: "missing-trained-length",
                    message:
                      "\(code: "original_max_position_embeddings") is absent; transformers takes \(code: "max_position_embeddings") instead.",
                    place: "config.json:14:3 (/rope_scaling)",
                    remedy: "Add \(code: "\"original_max_position_embeddings\": 32768")."),
                  .init(
                    .note, rule: "static-yarn", message: "vLLM applies YaRN at every length, short texts included."),
                ])),
          ]),
        Section(
          id: "made", title: "How this was made",
          blocks: [
            .code(
              .init(
                title: "To make this report again",
                "ropescope report \(model) --target 128k --methods none,linear,ntk,dynamic,yarn,llama3 \\\n  --seed 0 -o Output/qwen2.5-7b-128k"
              )),
            .citations(
              .init([
                .init(
                  id: "su-2021",
                  "Su, Lu, Pan, Murtadha, Wen, Liu. RoFormer: Enhanced Transformer with Rotary Position Embedding. 2021.",
                  address: "https://arxiv.org/abs/2104.09864"),
                .init(
                  id: "chen-2023",
                  "Chen, Wong, Chen, Tian. Extending Context Window of Large Language Models via Positional Interpolation. 2023.",
                  address: "https://arxiv.org/abs/2306.15595"),
                .init(
                  id: "peng-2023",
                  "Peng, Quesnelle, Fan, Shippole. YaRN: Efficient Context Window Extension of Large Language Models. 2023.",
                  address: "https://arxiv.org/abs/2309.00071"),
              ])),
          ]),
      ])
  }

  static func chart(_ figure: Figure) -> Block.Chart {
    .init(figure, files: [.init("PDF", path: "figures/\(figure.id).pdf"), .init("CSV", path: "data/\(figure.id).csv")])
  }

  // MARK: Words

  static let verdict = Block.Verdict([
    .init(
      "\(number: "24", source: "Count of pairs with wavelength above the trained length: 2π/θ_i > 32768; RoFormer, section 3.2.2") of 64 pairs never complete a turn in the 32,768 trained tokens. Without scaling every one of them meets angles at 131,072 that training never showed; the model is phase-safe to 32,768.",
      evidence: "wavelength", tone: .bad),
    .init(
      "PI, YaRN and Llama-3 scaling keep every pair inside its trained range up to 131,072. NTK-aware with \(formula: "s") = 4 does so only to \(number: "79,015", source: "Largest length at which no pair passes its largest trained angle (phase-safe length)") tokens (0.60 of the target); it would need a larger factor. Dynamic NTK with factor 2 reaches \(number: "112,725", source: "Largest length at which no pair passes its largest trained angle (phase-safe length)").",
      evidence: "ratio", tone: .good),
    .init(
      "PI pays for it with resolution: neighbouring tokens are told apart 16 times less well (\(formula: "Σθ′^2/Σθ^2") = 0.0625), NTK keeps 0.926, YaRN 1.000.",
      evidence: "summary", tone: .caution),
    .init(
      "YaRN's temperature multiplies logits by \(number: "1.296", source: "(0.1 ln 4 + 1)², YaRN equation 22"); for logits with \(formula: "σ") = 2 holding the attention entropy takes 1.301: it almost does.",
      evidence: "entropy"),
    .init(
      "Try first: YaRN ×4; it needs no training for a first look and about 0.1 % of the pre-training data by its paper.",
      tone: .good),
  ])

  static func anglesProse(_ model: String) -> Prose {
    "\(model) turns each pair \(formula: "i") of a query by the angle \(formula: "p θ_i"). A pair whose wavelength is longer than the trained length has seen only a part of the circle; beyond it lie angles that the weights have never met. \(reference: "wavelength") shows where that begins: the pairs above the lower rule \(emphasis: "never complete a turn") in training. The critical pair is number \(number: "40", source: "Smallest i with 2π/θ_i > trained length"); see \(link: "the formula below", id: "wavelength-formula") and \(link: "RoFormer", address: "https://arxiv.org/abs/2104.09864")."
  }

  static let wavelengthFormula = Block.Formula(
    id: "wavelength-formula", "λ_i = 2π / θ_i = 2π b^{2i/d}",
    symbols: [
      .init("λ_i", "the wavelength of pair \(formula: "i") in tokens"), .init("b", "the base, 10⁶ here"),
      .init("d", "the rotary dimension, 128"),
    ], reference: "RoFormer \(reference: "su-2021"), equation 15")

  static let geometry = Block.KeyValues([
    .init("Head size", "128", source: "derived: hidden_size / num_attention_heads, config.json lines 9 and 17"),
    .init("Base", "1,000,000", source: "given: /rope_theta, config.json line 22"),
    .init("Trained length", "32,768 tokens", source: "given: /max_position_embeddings, config.json line 14"),
    .init("Pairing", "half", source: "derived: model_type qwen2"),
  ])

  static let summary: Block.Table = {
    typealias Cell = Block.Table.Cell
    func number(_ text: String, _ value: Double, why: String = "") -> Cell { Cell(Prose(text), value: value, why: why) }
    let columns: [Block.Table.Column] = [
      .init("Method", alignment: .left),
      .init(
        "Phase-safe length", unit: "tokens", best: .highest,
        explanation: "the largest length at which no pair passes its largest trained angle"),
      .init("Share of target", best: .highest),
      .init(
        "Pairs at new angles", best: .lowest,
        explanation: "pairs whose largest angle at the target was not seen in training"),
      .init("Mean new arc", unit: "rad", best: .lowest),
      .init("Resolution kept", best: .highest, explanation: "Σθ′²/Σθ²: how well neighbouring tokens are told apart"),
      .init("Mean ratio", explanation: "geometric mean of θ′/θ"),
      .init("Logit factor"),
      .init("Entropy change", unit: "nats", best: nil),
      .init("First sign change", unit: "tokens"),
      .init("Cached keys", alignment: .left),
      .init("Training", alignment: .left),
    ]
    let new = "meets angles that training never showed"
    let rows: [[Cell]] = [
      [
        "none", number("32,768", 32768, why: new), number("0.25", 0.25), number("24", 24), number("1.31", 1.31),
        number("1.000", 1), number("1.000", 1), number("1.000", 1), number("+1.386", 1.386), number("1,204", 1204),
        "fixed", "—",
      ],
      [
        "PI", number("131,072", 131072), number("1.00", 1), number("0", 0), number("0.00", 0),
        number("0.0625", 0.0625, why: "neighbouring tokens are told apart 16 times less well"), number("0.250", 0.25),
        number("1.000", 1), number("+1.386", 1.386), number("4,816", 4816), "fixed", "some",
      ],
      [
        "NTK-aware", number("79,015", 79015, why: "needs a larger factor to reach the target"), number("0.60", 0.6028),
        number("9", 9), number("0.42", 0.42), number("0.926", 0.926), number("0.497", 0.497), number("1.000", 1),
        number("+1.386", 1.386), number("2,310", 2310), "fixed", "little",
      ],
      [
        "Dynamic NTK", number("112,725", 112725), number("0.86", 0.86), number("4", 4), number("0.15", 0.15),
        number("0.881", 0.881), number("0.401", 0.401), number("1.000", 1), number("+1.386", 1.386),
        number("2,702", 2702), Cell("drift", why: "keys cached at a shorter length carry other frequencies"), "none",
      ],
      [
        "YaRN", number("131,072", 131072), number("1.00", 1), number("0", 0), number("0.00", 0), number("1.000", 1),
        number("0.446", 0.446), number("1.296", 1.296), number("+0.021", 0.021), number("2,511", 2511), "fixed",
        "0.1 %",
      ],
      [
        "Llama-3", number("131,072", 131072), number("1.00", 1), number("0", 0), number("0.00", 0), number("1.000", 1),
        number("0.471", 0.471), number("1.000", 1), number("+1.386", 1.386), number("2,433", 2433), "fixed", "yes",
      ],
      ["LongRoPE", "not defined", "–", "–", "–", "–", "–", "–", "–", "–", "switch", "yes"],
    ]
    return Block.Table(
      id: "summary", caption: "All methods at 131,072 tokens. Best value of a column in bold.", columns: columns,
      rows: rows.enumerated().map { place, cells in
        .init(
          cells,
          style: place < styles.count
            ? styles[place].style
            : SeriesStyle(key: "longrope", light: "332288", dark: "806DDB", dash: [8, 2], marker: .invertedTriangle))
      })
  }()

  // MARK: Figures

  static func wavelengthFigure(pairs: Int) -> Figure {
    let x = (0..<pairs).map(Double.init)
    let waves = x.map { 2 * Double.pi * pow(1e6, $0 / Double(pairs)) }
    return Figure(
      id: "wavelength", title: "24 of 64 pairs never complete a turn in the trained 32k tokens",
      caption:
        "Wavelength of each pair before and after scaling to 131,072 tokens, on a logarithmic axis. Rules: trained and target length.",
      alternativeText:
        "Wavelength against pair index: grows from 6 tokens to 5 million; pairs above 40 exceed the trained length.",
      panels: [
        Panel(
          x: Axis("Pair index", format: .pairIndex), y: Axis("Wavelength (tokens)", scale: .log2, format: .tokens),
          marks: [
            .line(.init(label: "none", style: styles[0].style, x: x, y: waves)),
            .line(.init(label: "PI", style: styles[1].style, x: x, y: waves.map { $0 * 4 })),
            .line(
              .init(
                label: "YaRN", style: styles[4].style, x: x, y: zip(x, waves).map { $1 * (1 + 3 * ramp($0, pairs)) })),
            .rule(.init(.horizontal, at: 32768, label: "trained 32k")),
            .rule(.init(.horizontal, at: 131_072, label: "target 128k")),
          ])
      ])
  }

  static func ramp(_ pair: Double, _ pairs: Int) -> Double { min(max((pair / Double(pairs) * 64 - 23) / 17, 0), 1) }

  static func ratioFigure(pairs: Int) -> Figure {
    let x = (0..<pairs).map(Double.init)
    let curves: [(Int, (Double) -> Double)] = [
      (0, { _ in 1 }), (1, { _ in 0.25 }), (2, { pow(4, -$0 / Double(pairs - 1)) }),
      (3, { pow(5.8, -$0 / Double(pairs - 1)) }), (4, { 1 - 0.75 * ramp($0, pairs) }),
      (5, { 1 / (1 + 3 * ramp($0 + 3, pairs)) }),
    ]
    return Figure(
      id: "ratio", title: "Only PI touches the fast pairs; YaRN and Llama-3 leave the first 23 alone",
      caption: "Ratio of scaled to trained frequency for each pair.",
      alternativeText: "Interpolation ratio against pair index for six methods.",
      panels: [
        Panel(
          x: Axis("Pair index", format: .pairIndex), y: Axis("θ′/θ", scale: .log2),
          marks: [.region(.init(.vertical, from: 23, to: 40, label: "YaRN ramp"))]
            + curves.map { place, curve in
              .steps(.init(label: styles[place].name, style: styles[place].style, x: x, y: x.map(curve)))
            })
      ])
  }

  static func entropyFigure() -> Figure {
    let lengths = (0...40).map { exp2(10 + Double($0) * 0.175) }
    let points = (0...7).map { exp2(10 + Double($0)) }
    func entropy(_ n: Double, _ beta: Double) -> Double { log(n) - beta * beta / 2 }
    return Figure(
      id: "entropy", title: "YaRN's temperature holds the entropy of the trained length almost exactly",
      caption:
        "Attention entropy against length. Line: closed form for Gaussian logits with σ = 2. Points: simulation, 64 samples, seed 0, bars ± 2 standard errors.",
      alternativeText: "Entropy against context length for none and YaRN, closed form and simulation.",
      panels: [
        Panel(
          x: Axis("Context length (tokens)", scale: .log2, format: .tokens, requiredTicks: [32768, 131_072]),
          y: Axis("Entropy (nats)"),
          marks: [0, 4].flatMap { place -> [Mark] in
            let beta = place == 0 ? 2 : 2.592
            let y = points.map { entropy($0, beta) + 0.05 * sin($0) }
            return [
              .line(
                .init(
                  label: styles[place].name, style: styles[place].style, x: lengths,
                  y: lengths.map { entropy($0, beta) })),
              .points(
                .init(
                  label: "", style: styles[place].style, x: points, y: y, lower: y.map { $0 - 0.12 },
                  upper: y.map { $0 + 0.12 })),
            ]
          } + [.rule(.init(.vertical, at: 32768, label: "trained"))])
      ])
  }

  static func mapFigure() -> Figure {
    let xEdges = (0...32).map { Double($0) * 4096 }
    let yEdges = (0...32).map { Double($0) * 2 }
    func map(_ scale: Double) -> [Double] {
      (0..<1024).map { cell -> Double in
        let row = Double(cell / 32) / 32, column = Double(cell % 32) / 32
        return max(0, row + column * scale - 1)
      }
    }
    return Figure(
      id: "unseen", title: "Unscaled, a quarter of all phases lie outside the trained range",
      caption: "Unseen arc by pair and position.",
      alternativeText: "Two maps of unseen arc by pair and position; none on the left, PI on the right.",
      panels: [("none", 1.0), ("PI", 0.4)].map { name, scale in
        Panel(
          title: name, x: Axis("Position", format: .tokens), y: Axis("Pair index", format: .pairIndex),
          marks: [
            .cells(.init(xEdges: xEdges, yEdges: yEdges, values: map(scale), domain: 0...1, label: "unseen arc (rad)"))
          ])
      }, columns: 2, aspect: 0.8)
  }

  static func multiplesFigure() -> Figure {
    let x = (0..<200).map { Double($0) * 20 }
    return Figure(
      id: "decay", title: "The mean score falls more slowly the more a method interpolates",
      caption: "Mean attention score against distance, four methods on the same axes.",
      alternativeText: "Mean score against distance for four methods in small multiples.",
      panels: (1...4).map { place in
        Panel(
          title: styles[place].name, x: Axis("Distance (tokens)", format: .tokens), y: Axis("Mean score"),
          marks: [
            .line(
              .init(
                label: styles[place].name, style: styles[place].style, x: x,
                y: x.map { cos($0 / 300 / Double(place)) * exp(-$0 / 2000) }))
          ], labelsSeries: false)
      }, columns: 2)
  }

  static func dotsFigure() -> Figure {
    Figure(
      id: "overview", title: "No method is best at everything",
      caption: "Share of the target that is phase-safe, by method.",
      alternativeText: "Dot plot of phase-safe share by method.",
      panels: [
        Panel(
          x: Axis("Phase-safe share of the target", format: .percent, domain: 0...1),
          y: Axis("Method", scale: .categories(styles.map(\.name))),
          marks: styles.enumerated().map { place, entry in
            .dots(.init(label: "", style: entry.style, x: [[0.25, 1, 0.6, 0.86, 1, 1][place]], y: [Double(place)]))
          }, labelsSeries: false)
      ], aspect: 0.4)
  }
}
