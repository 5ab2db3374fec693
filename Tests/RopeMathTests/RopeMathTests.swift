import Testing
import RopeMath
