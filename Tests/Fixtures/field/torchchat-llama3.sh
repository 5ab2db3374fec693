python3 torchchat.py generate llama3 --max-new-tokens 20000 --prompt "hi"
