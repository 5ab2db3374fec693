extension GlossaryTerm {
  public static let all: [GlossaryTerm] = [
    GlossaryTerm(
      "pair", aliases: ["rotary pair"],
      "Two features of a head that rotary embedding turns together by the position times the pair's frequency. A head with d rotated features has d/2 pairs; pair 0 turns fastest.",
      related: ["inverse frequency", "pairing"]),
    GlossaryTerm(
      "pairing", aliases: ["half", "interleaved"],
      "Which features make a pair: halves (feature i with i + d/2, as transformers rotates) or interleaved (2i with 2i + 1, as the original Llama code does). A file says nothing of it in most families; weights are permuted on conversion.",
      related: ["pair"]),
    GlossaryTerm(
      "base", aliases: ["rope_theta", "theta"],
      "The number b whose powers are the frequencies of plain rotary embedding: θ_i = b^(−2i/d) radians per token. 10,000 in the first models, 500,000 to 10,000,000 in today's.",
      related: ["inverse frequency"]),
    GlossaryTerm(
      "inverse frequency", aliases: ["inv_freq", "frequency", "θ", "θ′"],
      "Radians by which a pair turns with every token, one number a pair, written θ_i; θ′_i after scaling. Runtimes keep them in a table called inv_freq.",
      related: ["wavelength", "interpolation ratio"]),
    GlossaryTerm(
      "wavelength", aliases: ["λ"], "Tokens in which a pair turns once: λ_i = 2π/θ_i.", related: ["turn"]),
    GlossaryTerm(
      "turn",
      "One whole rotation of a pair. A pair that makes many turns within the trained length has met every angle; one that makes less than a turn has met an arc only.",
      related: ["trained angle", "phase-safe"]),
    GlossaryTerm(
      "interpolation ratio", aliases: ["λ′/λ"],
      "How much slower a pair turns under a method than without: θ_i/θ′_i. 1 is untouched (extrapolation), the scale factor is full interpolation, between the two lies a ramp."
    ),
    GlossaryTerm(
      "trained length", aliases: ["L0", "native length", "original length", "original_max_position_embeddings"],
      "Tokens of context that the weights were trained with before any extension. Factors and ramps of scaling methods count from it.",
      related: ["window", "target"]),
    GlossaryTerm(
      "window", aliases: ["max_position_embeddings", "context window"],
      "Tokens that a file or server allows. A scaled file's window is the extended one, so it need not be the trained length.",
      related: ["trained length", "sliding window"]),
    GlossaryTerm(
      "sliding window",
      "How many tokens back a layer sees at most. Such layers never meet long distances, and most families rotate them by a table of their own."
    ),
    GlossaryTerm("target", aliases: ["target length"], "Tokens of context that somebody wants: `--target 128k`."),
    GlossaryTerm(
      "scale factor", aliases: ["factor", "s"],
      "Target over trained length, usually written `factor` in a config: what interpolation has to bridge. Never below 1."
    ),
    GlossaryTerm(
      "trained angle",
      "An angle between a query and a key, for one pair, that occurred in training. A method keeps an angle trained where the distances of the longer context turn the pair through nothing else.",
      related: ["phase-safe"]),
    GlossaryTerm(
      "phase-safe", aliases: ["phase-safe length", "phase safe"],
      "The longest context in which no rotary pair meets an angle that training did not show. A conservative indicator: neither enough for a model to work at that length nor always needed; pairs that matter little may leave their range unpunished.",
      related: ["trained angle", "needed factor"]),
    GlossaryTerm(
      "needed factor",
      "The smallest scale factor under which a method is phase-safe at the target; none where no factor is enough.",
      related: ["phase-safe", "scale factor"]),
    GlossaryTerm(
      "new angles", aliases: ["pairs with new angles", "new arc"],
      "Pairs that meet, at the target, an angle that training did not show; the new arc is the share of the circle that is new.",
      related: ["trained angle", "phase-safe"]),
    GlossaryTerm(
      "resolution", aliases: ["resolution kept"],
      "Σθ′²/Σθ² over the pairs: what is left of the squared difference between neighbouring positions, 1 as trained. Low where fast pairs are slowed down, and near tokens grow hard to tell apart.",
      related: ["inverse frequency"]),
    GlossaryTerm(
      "mean ratio", aliases: ["geometric mean ratio", "middle ratio"],
      "The geometric mean of θ′/θ over all pairs; the middle ratio takes only those that turned 1 to 32 times in training, where most methods differ.",
      related: ["interpolation ratio"]),
    GlossaryTerm(
      "logit factor", aliases: ["logits ×", "logits"],
      "What a method multiplies the spread of whole logits by at the target: temperature and attention factor together.",
      related: ["temperature", "attention factor"]),
    GlossaryTerm(
      "attention entropy", aliases: ["entropy"],
      "How widely a query spreads its attention, in nats: ln n where n keys share it evenly. It grows with the context unless logits are sharpened.",
      related: ["temperature"]),
    GlossaryTerm(
      "critical pair", aliases: ["critical dimension"],
      "The first pair that does not finish a turn within the trained length: from it on, longer contexts bring angles that training did not show."
    ),
    GlossaryTerm(
      "attention factor", aliases: ["mscale", "attention_factor"],
      "A number that multiplies cos and sin, and so the logits by its square: YaRN's 0.1 · ln s + 1. It counters the flattening of attention over more keys.",
      related: ["temperature"]),
    GlossaryTerm(
      "temperature",
      "What logits are divided by before the softmax; below 1 sharpens attention. An attention factor m acts as the temperature 1/m².",
      related: ["attention factor"]),
    GlossaryTerm(
      "effective distance",
      "How far apart a query and a key look after a method has re-mapped positions; the true distance where it has not.",
      related: ["band"]),
    GlossaryTerm(
      "band",
      "A region of the plane of query and key positions in which the effective distance is one function of the query's position minus one of the key's. Plain rotation has one band, ReRoPE two, dual chunk attention three."
    ),
    GlossaryTerm(
      "visibility",
      "Which keys a query may attend to: all before it, a window, the first tokens and a window (Λ shape), groups."),
    GlossaryTerm(
      "cached keys", aliases: ["cache hazard", "hazard class"],
      "Servers keep keys after rotating them. A method whose frequencies change while a session grows makes what is kept wrong; the classes K0, K1, K2, K3, Kq and Kp say whether and when.",
      related: ["K0", "K1", "K2", "K3", "Kq", "Kp"]),
    GlossaryTerm("K0", "Frequencies never change within a session; cached keys stay right.", related: ["cached keys"]),
    GlossaryTerm(
      "K1", "One change when the context outgrows a threshold; keys cached before it are stale after it.",
      related: ["cached keys"]),
    GlossaryTerm(
      "K2", "Frequencies drift with every token beyond the trained length; cached keys are stale at once.",
      related: ["cached keys"]),
    GlossaryTerm("K3", "Frequencies change at every multiple of the trained length.", related: ["cached keys"]),
    GlossaryTerm("Kq", "Only queries are touched; cached keys stay right.", related: ["cached keys"]),
    GlossaryTerm(
      "Kp", "Keys are stored un-rotated and rotated on reading; safe, but not shared with ordinary caches.",
      related: ["cached keys"]),
    GlossaryTerm(
      "frozen", "Used without any training under the method. The opposite is fine-tuned.", related: ["exact"]),
    GlossaryTerm(
      "exact", aliases: ["approximate"],
      "Every key is attended to at its true distance: only frequencies, temperature or queries change. An approximate method leaves keys out, groups them, or clamps and re-maps distances (arXiv 2409.12181).",
      related: ["frozen", "effective distance"]),
    GlossaryTerm(
      "dialect",
      "A runtime's way, in some of its versions, from what a file declares to what is computed: which keys it reads, what it does where they are absent.",
      related: ["parity"]),
    GlossaryTerm(
      "parity",
      "Whether two runtimes compute the same rotation from the same file: the largest relative difference over pairs and factors is at most 1e-6.",
      related: ["dialect"]),
    GlossaryTerm(
      "SPEC", aliases: ["method specification"],
      "A method as the command line writes it: `id:key=value,…`, several joined by `+`: `yarn:factor=8,beta_fast=32`, `ntk:factor=2+self-extend`."
    ),
    GlossaryTerm(
      "MODEL",
      "What commands take as the model: a `config.json`, a folder with one, Mistral's `params.json`, a `.gguf`, a preset, an id in the Hugging Face cache, or `-` for standard input.",
      related: ["preset"]),
    GlossaryTerm(
      "preset", "A well-known model's published keys under a short name, with where they were read: `ropescope models`."
    ),
    GlossaryTerm(
      "perplexity", aliases: ["nll"],
      "e to the mean negative log-likelihood of the next token, in nats per token. Lower is better; differences between methods on the same windows are surer than the values."
    ),
    GlossaryTerm(
      "passkey", aliases: ["retrieval map"],
      "A number hidden at some depth of a long text that the model must repeat; a map shows the share of right answers by length and depth."
    ),
  ]
}
