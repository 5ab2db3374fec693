extension Reading {
  /// The name for folders, files and case ids: `Qwen/Qwen3-8B` is `Qwen--Qwen3-8B`.
  public var pathName: String { Self.pathName(name) }

  public static func pathName(_ name: String) -> String { name.replacing("/", with: "--") }
}
