import Foundation
import RopeScopeCLI

CommandLineTool.guardProcess()
let status = await CommandLineTool.run(Array(CommandLine.arguments.dropFirst()))
fflush(nil)
// Libraries that clean up after themselves may wait for threads that want memory for ever.
_exit(status)
