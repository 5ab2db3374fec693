import RopeJSON

/// The one table of what versions of runtimes do to classes of models.
public enum RuntimeFaults {
  public static let all: [RuntimeFault] = vllm + sglang + transformers + others

  /// What a version does to a model type; the newest version where none is given.
  ///
  /// - Parameter includesMended: whether rows count that the newest version no longer shows, where no version is given.
  public static func affecting(
    runtime: String, version: RuntimeVersion? = nil, modelType: String, includesMended: Bool = false
  ) -> [RuntimeFault] {
    all.filter { fault in
      fault.runtime == runtime && fault.isAbout(modelType)
        && (version.map(fault.covers) ?? (includesMended || fault.next == nil))
    }
  }

  /// What some of the versions meant do to a model type.
  public static func affecting(
    _ reference: RuntimeReference, modelType: String, includesMended: Bool = false
  ) -> [RuntimeFault] {
    guard !reference.isUnversioned else {
      return affecting(runtime: reference.name, modelType: modelType, includesMended: includesMended)
    }
    return all.filter {
      $0.runtime == reference.name && $0.isAbout(modelType) && reference.meets(from: $0.first, before: $0.next)
    }
  }

  static func affecting(_ runtime: Runtime, modelType: String) -> [RuntimeFault] {
    affecting(runtime: runtime.name, version: runtime.actualVersion, modelType: modelType)
  }
}
