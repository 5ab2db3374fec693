import Testing
import RopeModel
