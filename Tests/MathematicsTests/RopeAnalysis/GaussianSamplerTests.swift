import RealModule
import RopeAnalysis
import Testing

@Suite struct GaussianSamplerTests {
  @Test func momentsAndTailsAreNormal() {
    let count = 4_000_003
    var sampler = GaussianSampler(seed: 7)
    let samples = sampler.samples(count)
    #expect(samples.count == count)
    let n = Double(count)
    var sums = [0.0, 0, 0, 0]
    var beyond = [0.0, 0, 0]
    for sample in samples {
      let x = Double(sample)
      sums[0] += x
      sums[1] += x * x
      sums[2] += x * x * x
      sums[3] += x * x * x * x
      for (k, edge) in [1.0, 2, 4].enumerated() where x > edge { beyond[k] += 1 }
    }
    // Mean, variance, skewness and kurtosis in their standard errors.
    let errors = [
      sums[0] / n.squareRoot(), (sums[1] / n - 1) * (n / 2).squareRoot(), sums[2] / n * (n / 15).squareRoot(),
      (sums[3] / n - 3) * (n / 96).squareRoot(),
    ]
    #expect(errors.allSatisfy { abs($0) < 4 }, "\(errors)")
    for (count, share) in zip(beyond, [0.158_655_254, 0.022_750_132, 3.167_124e-5]) {
      #expect(abs(count - n * share) < 4 * (n * share).squareRoot(), "\(count) against \(n * share)")
    }
    let neighbours = zip(samples, samples.dropFirst(8)).reduce(0.0) { $0 + Double($1.0 * $1.1) }
    #expect(abs(neighbours / n.squareRoot()) < 4)
  }

  @Test func seedDecidesSamples() {
    var first = GaussianSampler(seed: 1), same = GaussianSampler(seed: 1), other = GaussianSampler(seed: 2)
    let samples = first.samples(1001)
    #expect(samples == same.samples(1001))
    #expect(samples != other.samples(1001))
    #expect(first.samples(0).isEmpty)
  }

  @Test func softmaxSumsMeetDirectSum() {
    var sampler = GaussianSampler(seed: 3)
    for (count, scale, spread) in [(1, 1, 1), (7, 0, 2), (8, 2, 0), (1025, 3, 2), (5000, 1, 60)]
      as [(Int, Float, Float)]
    {
      let noise = sampler.samples(count), profile = sampler.samples(count)
      let logits = zip(profile, noise).map { Double(scale * $0 + spread * $1) }
      let top = logits.max() ?? 0
      let weights = logits.map { Double.exp($0 - top) }
      let total = weights.reduce(0, +)
      let expected = Double.log(total) - zip(weights, logits).reduce(0) { $0 + $1.0 * ($1.1 - top) } / total
      var sums = SoftmaxSums()
      profile.withUnsafeBufferPointer { profile in
        noise.withUnsafeBufferPointer { noise in
          let cut = count / 3
          for range in [0..<cut, cut..<count] {
            sums.add(
              profile: UnsafeBufferPointer(rebasing: profile[range]), scale: scale,
              noise: UnsafeBufferPointer(rebasing: noise[range]), spread: spread)
          }
        }
      }
      #expect(abs(sums.entropy - expected) < 2e-5 * max(1, expected), "\(count): \(sums.entropy), \(expected)")
    }
    #expect(SoftmaxSums().entropy.isNaN)
  }
}
