ramalama serve -c 32768 ollama://llama3:8b
