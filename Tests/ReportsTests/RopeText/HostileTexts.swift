/// Texts that have broken a border somewhere: special characters with marks that combine with them, line ends that are
/// one Character, what terminals and bidi algorithms obey, what XML forbids.
enum HostileTexts {
  static let specials: [Unicode.Scalar] = [
    "\"", "'", "<", ">", "&", "`", "|", "%", ":", ",", "$", "\\", "#", "*", "_", "[", "]", "~", "=", "+", "-", "@", "!",
    "(",
    ")", "{", "}", ";", "^", "/", "?", " ", "a", "0",
  ]
  static let hidden: [Unicode.Scalar] =
    [
      "\n", "\r", "\t", "\u{1}", "\u{7}", "\u{8}", "\u{1B}", "\u{7F}", "\u{85}", "\u{9B}", "\u{AD}", "\u{200B}",
      "\u{200D}",
      "\u{200E}", "\u{202E}", "\u{2028}", "\u{2029}", "\u{2066}", "\u{FEFF}", "\u{E0041}",
      "\u{61C}", "\u{3164}",
    ] + [0xFFFE, 0xFFFF, 0xFDD0, 0x1FFFE].compactMap { Unicode.Scalar(UInt32($0)) }
  static let marks: [Unicode.Scalar] = ["\u{301}", "\u{338}", "\u{20D2}", "\u{FE0F}", "\u{300}"]

  static let all: [String] = {
    var texts = [
      "", "plain", "\r\n", "a\r\n::error::x", "\u{1B}]0;x\u{7}", "x\u{1B}[31m", "::error::x", " ::x", "##[group]x",
      "a\n  ::add-mask::y", "=cmd()", "  =1+1", "ÆØÅ 上下文 θ′", "👩‍👩‍👧",
    ]
    func text(_ scalars: [Unicode.Scalar]) -> String {
      var view = String.UnicodeScalarView()
      view.append(contentsOf: scalars)
      return String(view)
    }
    for special in specials + hidden {
      texts.append(text([special]))
      for mark in marks { texts.append(text([special, mark, "x", special])) }
      for other in ["\r", "\n", "'", "\"", "\\"] as [Unicode.Scalar] {
        texts.append(text(["a", other, special, other, "b"]))
      }
    }
    // Random mixtures, the same in every run.
    var state: UInt64 = 1
    func next(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(count))
    }
    let pool = specials + hidden + marks
    for _ in 0..<2000 { texts.append(text((0..<(1 + next(12))).map { _ in pool[next(pool.count)] })) }
    return texts
  }()
}
