import RopeText

extension Console {
  /// Where outputs find the pages of documentation on the web: as the environment says, else where it is published; nil
  /// for nowhere.
  ///
  /// - Throws: `Failure` where the environment holds no web address.
  func documentationSite() throws -> DocumentationSite? {
    let address = environment[DocumentationSite.variable] ?? DocumentationSite.published
    guard !address.isEmpty else { return nil }
    guard let site = DocumentationSite(address) else {
      throw Failure.usage(
        "\(DocumentationSite.variable) is “\(address.excerpt(80))”; write an address such as https://example.org/ropescope, or leave it out"
      )
    }
    return site
  }
}
