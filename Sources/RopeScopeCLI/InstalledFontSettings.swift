import Foundation

/// The fonts that an installed program has beside it (`bin/ropescope`, `share/ropescope/fonts.conf`), so that its figures
/// have the same bytes on every machine.
enum InstalledFontSettings {
  /// Names them to fontconfig, which must not have been asked for anything yet. What the user has set counts more; a program
  /// that was built from source has none and draws with the machine's fonts.
  static func use() {
    guard getenv("FONTCONFIG_FILE") == nil, getenv("FONTCONFIG_PATH") == nil, let program = Bundle.main.executablePath,
      let path = path(forProgram: program)
    else { return }
    setenv("FONTCONFIG_FILE", path, 0)
  }

  /// The settings of a program at this path, where there are any. The program may be linked to from elsewhere.
  static func path(forProgram program: String) -> String? {
    let folder = URL(fileURLWithPath: program).resolvingSymlinksInPath().deletingLastPathComponent()
      .deletingLastPathComponent()
    let path = folder.appendingPathComponent("share/ropescope/fonts.conf").path
    return access(path, R_OK) == 0 ? path : nil
  }
}
