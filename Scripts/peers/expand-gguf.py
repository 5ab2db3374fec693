"""The same GGUF model with every tensor as F32, so that programs with other kernels compute the same.

Usage: expand-gguf.py MODEL.gguf OUT.gguf"""
import sys
import numpy
from gguf import GGUFReader, GGUFWriter, GGUFValueType, dequantize

reader = GGUFReader(sys.argv[1])
writer = GGUFWriter(sys.argv[2], reader.fields["general.architecture"].contents())
for name, field in reader.fields.items():
    if name.startswith("GGUF.") or name == "general.architecture":
        continue
    if name == "general.file_type":
        writer.add_uint32(name, 0)
        continue
    kind = field.types[0]
    writer.add_key_value(name, field.contents(), kind, field.types[-1] if kind == GGUFValueType.ARRAY else None)
for tensor in reader.tensors:
    numbers = numpy.asarray(dequantize(tensor.data, tensor.tensor_type), dtype=numpy.float32)
    writer.add_tensor(tensor.name, numbers.reshape(tuple(int(n) for n in reversed(tensor.shape))))
writer.write_header_to_file()
writer.write_kv_data_to_file()
writer.write_tensors_to_file()
writer.close()
