docker run -it --rm --gpus all -e NGC_API_KEY -e NIM_MAX_MODEL_LEN=32768 -p 8000:8000 nvcr.io/nim/meta/llama3-8b-instruct:1.0.3
