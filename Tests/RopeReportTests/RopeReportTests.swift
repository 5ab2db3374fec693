import Testing
import RopeReport
