import Testing
import RopeAnalysis
