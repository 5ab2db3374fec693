import CSimulationLoops

/// Functions of many numbers at once, for closed forms and simulations that need millions of them.
///
/// Plain IEEE arithmetic without fused operations, so every machine gives the same bits.
public enum VectorFunctions {
  /// `e^x`, relative error below 3e-7 for −87 ≤ x ≤ 88; smaller x give e^−87, larger ones are not allowed.
  public static func exp(_ x: [Float]) -> [Float] {
    [Float](unsafeUninitializedCapacity: x.count) { buffer, filled in
      simulation_exp(x, buffer.baseAddress, x.count)
      filled = x.count
    }
  }

  /// `ln x` for positive normal x; absolute error below 2e-7 near 1, relative error below 3e-7 elsewhere.
  public static func log(_ x: [Float]) -> [Float] {
    [Float](unsafeUninitializedCapacity: x.count) { buffer, filled in
      simulation_log(x, buffer.baseAddress, x.count)
      filled = x.count
    }
  }

  /// Cosines and sines of angles, radians; absolute error below 3e-16, for angles beyond 1e8 that of the C library.
  public static func turns(_ angles: [Double]) -> (cosines: [Double], sines: [Double]) {
    var cosines = angles, sines = angles
    simulation_turns(angles, &cosines, &sines, angles.count)
    return (cosines, sines)
  }

  /// The least of the numbers; +∞ of none.
  static func least(_ numbers: ArraySlice<Float>) -> Float {
    numbers.withUnsafeBytes { bytes in
      var least = SIMD8<Float>(repeating: .infinity)
      let whole = numbers.count / 8
      for index in 0..<whole {
        let next = bytes.loadUnaligned(fromByteOffset: 32 * index, as: SIMD8<Float>.self)
        least.replace(with: next, where: next .< least)
      }
      return numbers.dropFirst(8 * whole).reduce(least.min(), min)
    }
  }
}
