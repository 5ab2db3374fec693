/// Font families by preference. Families next to each other in a chain have nearly the same widths, so that a text
/// measured with one fits when a reader's machine draws it with another.
public enum FontFamilies {
  /// Times-like, for papers.
  public static let serif = ["TeX Gyre Termes", "STIXGeneral", "Times New Roman", "Liberation Serif", "DejaVu Serif"]
  /// Helvetica-like, for screens, slides and journals that ask for it.
  public static let sans = ["TeX Gyre Heros", "Helvetica", "Arial", "Liberation Sans", "DejaVu Sans"]
  /// Computer Modern, for papers set in it.
  public static let modern = ["Latin Modern Roman", "LM Roman 10", "CMU Serif", "TeX Gyre Termes", "DejaVu Serif"]
  /// With Chinese characters, to stand behind a serif face and behind another.
  public static let chineseSerif =
    ["Noto Serif CJK SC", "Source Han Serif SC", "Songti SC", "SimSun", "FandolSong", "AR PL UMing CN"] + chineseSans
  public static let chineseSans = [
    "Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei", "Droid Sans Fallback",
  ]
  public static let mono = ["DejaVu Sans Mono", "Menlo", "Liberation Mono", "TeX Gyre Cursor"]
}
