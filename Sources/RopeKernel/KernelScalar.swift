import RealModule

/// A floating-point type that the kernel computes in: `Float` or `Double`.
public typealias KernelScalar = BinaryFloatingPoint & Real & Sendable
