import RopeAnalysis
import Testing
