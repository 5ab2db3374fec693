import Testing
import RopeCairo
