/// The template files, embedded in the binary.
public enum Templates {
  public static let report = PackageResources.report_mustache
}
