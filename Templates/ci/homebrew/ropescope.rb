# A Homebrew formula that builds from source. Not yet run: it needs a published archive, and macOS.
class Ropescope < Formula
  desc "Tells what a RoPE scaling method does to a language model at a longer context"
  homepage "https://github.com/OWNER/ropescope"
  url "https://github.com/OWNER/ropescope/archive/refs/tags/vVERSION.tar.gz"
  sha256 "CHECKSUM"
  license "Apache-2.0"

  depends_on "pkgconf" => :build
  depends_on xcode: ["16.0", :build]
  depends_on "cairo"
  depends_on "pango"
  uses_from_macos "sqlite"

  def install
    system "swift", "build", "--disable-sandbox", "-c", "release", "--product", "ropescope"
    bin.install ".build/release/ropescope"
    generate_completions_from_executable(bin/"ropescope", "--generate-completion-script")
  end

  test do
    assert_match "yarn", shell_output("#{bin}/ropescope inspect qwen2.5-7b --method yarn:factor=4")
  end
end
