import RopeConfig
import RopeJSON
import RopeRecords

extension SettingsRecord {
  public init(_ runtime: Runtime, _ settings: RuntimeSettings) {
    self.init(
      runtime: runtime.name, version: runtime.version, kind: settings.kind.rawValue, text: settings.text,
      notes: settings.notes)
  }

  public init(_ runtime: Runtime, refusing error: ConfigurationError) {
    self.init(runtime: runtime.name, version: runtime.version, refusing: error.message)
  }
}
