import CRopeSystem

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The bytes of a file, mapped into memory and read only where they are touched; or bytes that are in memory already.
///
/// A file that is cut short while it is mapped ends the program where it is read beyond its end; `ropescope` names the
/// file then.
public final class MappedFile: @unchecked Sendable {
  // Safe to share: the bytes are never written, and live as long as this object.
  private let bytes: UnsafeRawBufferPointer
  private let isMapped: Bool
  private let guarded: Int32

  /// - Throws: `TensorError.reading` where the file cannot be opened, is no regular file, or cannot be mapped.
  public init(path: String) throws(TensorError) {
    // Opening a pipe waits for its writer unless told not to; for a regular file the flag means nothing.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      throw .reading("“\(path)” cannot be read: \(String(cString: strerror(errno)))")
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw .reading("“\(path)” is not a regular file")
    }
    let size = Int(status.st_size)
    isMapped = size > 0
    guard size > 0 else {
      guarded = -1
      bytes = UnsafeRawBufferPointer(start: nil, count: 0)
      return
    }
    guard let start = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0), start != MAP_FAILED else {
      throw .reading("“\(path)” cannot be mapped into memory: \(String(cString: strerror(errno)))")
    }
    bytes = UnsafeRawBufferPointer(start: start, count: size)
    guarded = rope_mapped_add(start, size, path)
  }

  public init(_ contents: [UInt8]) {
    let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: contents.count, alignment: 16)
    copy.copyBytes(from: contents)
    bytes = UnsafeRawBufferPointer(copy)
    isMapped = false
    guarded = -1
  }

  deinit {
    rope_mapped_remove(guarded)
    if isMapped {
      munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count)
    } else {
      bytes.deallocate()
    }
  }

  public var count: Int { bytes.count }

  /// Lends a range of the bytes; one that does not lie in the file is cut to it.
  public func withBytes<Result, Failure: Error>(
    _ range: Range<Int>, _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    defer { withExtendedLifetime(self) {} }
    return try body(UnsafeRawBufferPointer(rebasing: bytes[range.clamped(to: 0..<bytes.count)]))
  }

  public func array(_ range: Range<Int>) -> [UInt8] { withBytes(range) { Array($0) } }
}
