./Meta-Llama-3-8B-Instruct.Q4_0.llamafile --server -c 32768 -ngl 999 --nobrowser
