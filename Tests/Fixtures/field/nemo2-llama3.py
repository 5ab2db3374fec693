import nemo_run as run
from nemo.collections import llm

def configure():
    recipe = llm.llama3_8b.pretrain_recipe(name="llama3_8b_64k", dir="/ckpt", num_nodes=8, num_gpus_per_node=8)
    recipe.model.config.seq_length = 65536
    recipe.data.seq_length = 65536
    recipe.trainer.strategy.context_parallel_size = 4
    return recipe
