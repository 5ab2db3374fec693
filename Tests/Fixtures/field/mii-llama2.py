import mii
client = mii.serve("meta-llama/Llama-2-7b-hf", tensor_parallel=2, max_length=16384)
