import Testing
import RopeScopeCLI
