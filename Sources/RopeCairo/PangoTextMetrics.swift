import CPangoCairo
import RopeChart
