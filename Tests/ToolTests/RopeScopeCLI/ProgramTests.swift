import Foundation
import RopeTestSupport
import Testing

/// The tool as a process: its streams, signals and limits.
@Suite(.enabled(if: ProgramRun.tool != nil, "the tool was not built beside the tests")) struct ProgramTests {
  private let folder: TemporaryFolder
  private let model = Fixtures.url("golden/models/llama-s1").path

  init() throws {
    folder = try TemporaryFolder()
    try FileManager.default.copyItem(
      atPath: Fixtures.url("configs/phi-2.json").path, toPath: folder.path + "/phi-2.json")
    _ = try folder.file("few.json", "[1, 2, 3, 4]")
    _ = try folder.file("ids.json", "[\((0..<6000).map { String($0 * 7 % 60) }.joined(separator: ","))]")
  }

  // MARK: Standard output

  #if os(Linux)
    @Test(arguments: [
      "inspect phi-2.json", "inspect phi-2.json --format json", "check phi-2.json --format sarif", "check .", "models",
      "methods",
      "figures", "rules", "explain yarn", "parity phi-2.json",
      "convert qwen2.5-7b --method yarn:factor=4 --target 128k --to vllm", "suggest phi-2.json --target 8k",
      "diff qwen2.5-7b llama-3-8b", "analyse phi-2.json --target 8k --methods none --only wavelengths --format csv",
      "figure wavelength phi-2.json --target 8k --methods none -o -", "inspect none.json --format json", "--help",
      "--version",
      "--generate-completion-script bash", "batch plan.yaml --emit slurm", "doctor",
    ])
    func aFullOutputIsTold(arguments: String) throws {
      _ = try folder.file("plan.yaml", "models: [phi-2]\ntargets: [8k]\n")
      for (target, reason) in [("> /dev/full", "no space left on device"), (">&-", "it is closed")] {
        let run = try ProgramRun("$tool \(arguments) \(target)", in: folder.path)
        #expect(run.status == 2, "\(arguments) \(target): \(run.error)")
        #expect(
          run.error.contains("ropescope: standard output: cannot write: \(reason)\n"), "\(arguments): \(run.error)")
      }
    }
  #endif

  #if os(Linux)
    /// Fonts beside a program are its own, also through a link, unless the user names others.
    @Test func anInstalledProgramHasItsOwnFonts() throws {
      let run = try ProgramRun(
        """
        set -e; unset FONTCONFIG_FILE FONTCONFIG_PATH
        mkdir -p installed/bin installed/share/ropescope links
        ln "$tool" installed/bin/ropescope 2>/dev/null || cp "$tool" installed/bin/ropescope
        ln -s ../installed/bin/ropescope links/ropescope
        echo '<fontconfig><dir>/nowhere</dir></fontconfig>' > installed/share/ropescope/fonts.conf
        $tool doctor > machine; installed/bin/ropescope doctor > installed.txt; links/ropescope doctor > linked
        FONTCONFIG_FILE=/etc/fonts/fonts.conf installed/bin/ropescope doctor > named
        grep -q 'TeX Gyre Termes: TeX Gyre Termes' machine || exit 3
        ! grep -q 'TeX Gyre Termes: TeX Gyre Termes' installed.txt || exit 4
        cmp -s installed.txt linked || exit 5
        cmp -s machine named || exit 6
        """, in: folder.path)
      #expect(run.status == 0, "\(run.error)")
    }

    /// Without a font that has the words, boxes are drawn and told, with what to install, or refused; a text stays one.
    @Test func chineseWithoutAFontIsTold() throws {
      _ = try folder.file("fonts.conf", "<fontconfig><dir>/usr/share/fonts/truetype/dejavu</dir></fontconfig>")
      let run = try ProgramRun(
        """
        export FONTCONFIG_FILE=$PWD/fonts.conf
        $tool figure turns qwen2.5-7b --methods none,yarn --target 128k --lang zh -o boxes.png
        $tool figure turns qwen2.5-7b --methods none,yarn --target 128k --lang zh -q -o text.svg && grep -q 上下文内的圈数 text.svg || exit 3
        $tool figure turns qwen2.5-7b --methods none,yarn --target 128k --lang zh --strict-fonts -q -o none.png 2>refused && exit 4
        grep -q fonts-noto-cjk refused || exit 5
        test ! -e none.png
        """, in: folder.path)
      #expect(run.status == 0, "\(run.status) \(run.error)")
      #expect(
        run.error.contains("已安装的字体都没有“") && run.error.contains("请安装 fonts-noto-cjk"), "\(run.error)")
    }
  #endif

  @Test func aReaderThatGoesIsNoFault() throws {
    let run = try ProgramRun("$tool models --format json | head -1", in: folder.path)
    #expect(run.status == 0 && run.error.isEmpty, "\(run.error)")
  }

  @Test func closedDescriptorsDamageNoFile() throws {
    let run = try ProgramRun("$tool inspect phi-2.json --export t.npz <&- >&- 2>&-", in: folder.path)
    #expect(run.status == 2)
    let other = try ProgramRun("$tool inspect phi-2.json --export u.npz -o u.txt", in: folder.path)
    #expect(other.status == 0, "\(other.error)")
    let files = try ["t.npz", "u.npz"].map { try Data(contentsOf: URL(fileURLWithPath: folder.path + "/" + $0)) }
    #expect(files[0] == files[1])
  }

  @Test func devicesStayDevices() throws {
    let run = try ProgramRun(
      "mkfifo pipe; cat pipe > got & $tool inspect phi-2.json -o pipe && $tool inspect phi-2.json -o /dev/stdout >> got2 && $tool inspect phi-2.json -o /dev/stdout >> got2; s=$?; wait; [ -p pipe ] && [ -s got ] && cat got got | cmp - got2 && exit $s",
      in: folder.path)
    #expect(run.status == 0, "\(run.error)")
  }

  @Test func standardInputMayBeTheFileThatIsWritten() throws {
    let run = try ProgramRun("$tool inspect - -o phi-2.json < phi-2.json", in: folder.path)
    #expect(run.status == 2 && run.error.contains("as “standard input”"), "\(run.error)")
  }

  // MARK: Signals

  /// A shell's background jobs ignore SIGINT from the start; the tool answers nevertheless.
  @Test(arguments: [("INT", 130), ("TERM", 143)])
  func longCommandsEndAtOnce(signal: String, status: Int32) throws {
    var caught = 0
    for arguments in [
      "report phi-2.json --target 64k -o out", "figure attention-entropy phi-2.json --target 64k -o f.pdf",
      "analyse qwen2.5-7b --target 128k", "inspect -",
    ] {
      let line =
        "[ -p in ] || mkfifo in; exec 3<>in; $tool \(arguments) <in & sleep 0.4; s=$(date +%s%N); kill -\(signal) $! 2>err || exit 97; wait $!; c=$?; e=$(($(date +%s%N) - s)); [ $e -lt 1500000000 ] || exit 99; exit $c"
      let run = try ProgramRun(line, in: folder.path)
      // 97, or 0 before it was waited for: the command was quicker than the signal.
      #expect([status, 97, 0].contains(run.status), "\(arguments): \(run.status) \(run.error)")
      if run.status == status { caught += 1 }
    }
    #expect(caught >= 2)
    #expect(folder.files.allSatisfy { !$0.contains(".ropescope-") }, "\(folder.files)")
  }

  @Test(arguments: [("INT", 130), ("TERM", 143)])
  func evaluationsKeepWhatIsDone(signal: String, status: Int32) throws {
    let base =
      "$tool evaluate perplexity '\(model)' --token-ids ids.json --methods none,linear:factor=2,yarn:factor=2 --lengths 64,128,512 --precision float64 --resume c.jsonl"
    let run = try ProgramRun("\(base) & sleep 1; kill -\(signal) $!; wait $!", in: folder.path)
    #expect(run.status == status, "\(run.error)")
    #expect(
      run.error.contains("what is under way is finished first") && run.error.contains("go on with --resume"),
      "\(run.error)")
    // A second signal does not wait.
    let twice = try ProgramRun(
      "rm c.jsonl; \(base) --lengths 6000 -q & sleep 1; kill -\(signal) $!; sleep 0.3; kill -\(signal) $!; wait $!",
      in: folder.path)
    #expect(twice.status == status, "\(twice.error)")
    let logits = try ProgramRun(
      "$tool evaluate logits '\(model)' --token-ids ids.json --precision float64 & sleep 1; kill -\(signal) $!; wait $!",
      in: folder.path)
    #expect(logits.status == status, "\(logits.error)")
  }

  @Test(arguments: [("INT", 130), ("TERM", 143)])
  func batchesAreAskedAndThenEnded(signal: String, status: Int32) throws {
    _ = try folder.file(
      "plan.yaml", "models: [phi-2.json]\ntargets: [8k, 16k, 24k, 32k, 40k, 48k, 64k]\nmethods: [none, yarn]\n")
    let run = try ProgramRun(
      "$tool batch plan.yaml -o out --jobs 1 & sleep 1; kill -\(signal) $!; wait $!", in: folder.path)
    #expect(run.status == status, "\(run.error)")
    #expect(
      run.error.contains("what is under way is finished first") && run.error.contains("cases are left"), "\(run.error)")
    let twice = try ProgramRun(
      "$tool batch plan.yaml -o out2 --jobs 1 & sleep 1; kill -\(signal) $!; sleep 0.2; kill -\(signal) $!; wait $!",
      in: folder.path)
    #expect(twice.status == status, "\(twice.error)")
  }

  // MARK: Limits

  #if os(Linux)
    @Test func noMemoryIsNoHang() throws {
      for limit in [600_000, 450_000, 400_000, 300_000, 250_000, 200_000] {
        for arguments in [
          "inspect phi-2.json", "figure wavelength phi-2.json --target 8k --methods none -o f.pdf",
          "evaluate logits '\(model)' --token-ids few.json",
        ] {
          let run = try ProgramRun("ulimit -v \(limit); timeout -s KILL 60 $tool \(arguments)", in: folder.path)
          #expect(
            run.status == 0 || run.status == 2 && run.error.contains("ropescope: "),
            "\(limit) \(arguments): \(run.status) \(run.error)")
        }
      }
    }
  #endif
}
