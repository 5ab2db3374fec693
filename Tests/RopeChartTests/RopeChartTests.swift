import Testing
import RopeChart
