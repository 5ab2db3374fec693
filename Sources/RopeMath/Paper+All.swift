extension Paper {
  /// Every paper that a card cites, by its number.
  public static let all: [Paper] = [
    Paper(
      "arXiv 2104.09864", 2021, ["Jianlin Su", "Yu Lu", "Shengfeng Pan", "Ahmed Murtadha", "Bo Wen", "Yunfeng Liu"],
      "RoFormer: Enhanced Transformer with Rotary Position Embedding"),
    Paper(
      "arXiv 2108.12409", 2021, ["Ofir Press", "Noah A. Smith", "Mike Lewis"],
      "Train Short, Test Long: Attention with Linear Biases Enables Input Length Extrapolation"),
    Paper(
      "arXiv 2202.12172", 2022, ["David Chiang", "Peter Cholak"],
      "Overcoming a Theoretical Limitation of Self-Attention"),
    Paper(
      "arXiv 2204.06745", 2022, ["Sid Black", "Stella Biderman", "Eric Hallahan", "others"],
      "GPT-NeoX-20B: An Open-Source Autoregressive Language Model"),
    Paper(
      "arXiv 2212.10554", 2022,
      [
        "Yutao Sun", "Li Dong", "Barun Patra", "Shuming Ma", "Shaohan Huang", "Alon Benhaim", "Vishrav Chaudhary",
        "Xia Song", "Furu Wei",
      ], "A Length-Extrapolatable Transformer"),
    Paper(
      "arXiv 2305.13245", 2023, ["Joshua Ainslie", "James Lee-Thorp", "Michiel de Jong", "others"],
      "GQA: Training Generalized Multi-Query Transformer Models from Multi-Head Checkpoints"),
    Paper(
      "arXiv 2305.16300", 2023, ["Amirkeivan Mohtashami", "Martin Jaggi"],
      "Landmark Attention: Random-Access Infinite Context Length for Transformers"),
    Paper(
      "arXiv 2306.15595", 2023, ["Shouyuan Chen", "Sherman Wong", "Liangjian Chen", "Yuandong Tian"],
      "Extending Context Window of Large Language Models via Positional Interpolation"),
    Paper(
      "arXiv 2308.12950", 2023, ["Baptiste Rozière", "Jonas Gehring", "Fabian Gloeckle", "others"],
      "Code Llama: Open Foundation Models for Code"),
    Paper(
      "arXiv 2308.16137", 2023,
      ["Chi Han", "Qifan Wang", "Hao Peng", "Wenhan Xiong", "Yu Chen", "Heng Ji", "Sinong Wang"],
      "LM-Infinite: Zero-Shot Extreme Length Generalization for Large Language Models"),
    Paper(
      "arXiv 2309.00071", 2023, ["Bowen Peng", "Jeffrey Quesnelle", "Honglu Fan", "Enrico Shippole"],
      "YaRN: Efficient Context Window Extension of Large Language Models"),
    Paper(
      "arXiv 2309.12307", 2023,
      ["Yukang Chen", "Shengju Qian", "Haotian Tang", "Xin Lai", "Zhijian Liu", "Song Han", "Jiaya Jia"],
      "LongLoRA: Efficient Fine-tuning of Long-Context Large Language Models"),
    Paper(
      "arXiv 2309.16039", 2023, ["Wenhan Xiong", "Jingyu Liu", "Igor Molybog", "others"],
      "Effective Long-Context Scaling of Foundation Models"),
    Paper(
      "arXiv 2310.05209", 2023,
      ["Xiaoran Liu", "Hang Yan", "Shuo Zhang", "Chenxin An", "Xipeng Qiu", "Dahua Lin"],
      "Scaling Laws of RoPE-based Extrapolation"),
    Paper(
      "arXiv 2310.16450", 2023, ["Guanzheng Chen", "Xin Li", "Zaiqiao Meng", "Shangsong Liang", "Lidong Bing"],
      "CLEX: Continuous Length Extrapolation for Large Language Models"),
    Paper(
      "arXiv 2401.01325", 2024,
      [
        "Hongye Jin", "Xiaotian Han", "Jingfeng Yang", "Zhimeng Jiang", "Zirui Liu", "Chia-Yuan Chang", "Huiyuan Chen",
        "Xia Hu",
      ], "LLM Maybe LongLM: Self-Extend LLM Context Window Without Tuning"),
    Paper(
      "arXiv 2401.07004", 2024, ["Yikai Zhang", "Junlong Li", "Pengfei Liu"],
      "Extending LLMs' Context Window with 100 Samples"),
    Paper(
      "arXiv 2402.13753", 2024,
      [
        "Yiran Ding", "Li Lyna Zhang", "Chengruidong Zhang", "Yuanyuan Xu", "Ning Shang", "Jiahang Xu", "Fan Yang",
        "Mao Yang",
      ], "LongRoPE: Extending LLM Context Window Beyond 2 Million Tokens"),
    Paper(
      "arXiv 2402.17463", 2024,
      ["Chenxin An", "Fei Huang", "Jun Zhang", "Shansan Gong", "Xipeng Qiu", "Chang Zhou", "Lingpeng Kong"],
      "Training-Free Long-Context Scaling of Large Language Models"),
    Paper(
      "arXiv 2403.00071", 2024,
      ["Suyuchen Wang", "Ivan Kobyzev", "Peng Lu", "Mehdi Rezagholizadeh", "Bang Liu"],
      "Resonance RoPE: Improving Context Length Generalization of Large Language Models"),
    Paper(
      "arXiv 2405.14591", 2024,
      ["Xin Men", "Mingyu Xu", "Bingning Wang", "Qingyu Zhang", "Hongyu Lin", "Xianpei Han", "Weipeng Chen"],
      "Base of RoPE Bounds Context Length"),
    Paper(
      "arXiv 2409.12181", 2024,
      [
        "Yi Lu", "Jing Nathan Yan", "Songlin Yang", "Justin T. Chiu", "Siyu Ren", "Fei Yuan", "Wenting Zhao",
        "Zhiyong Wu", "Alexander M. Rush",
      ], "A Controlled Study on Long Context Extension and Generalization in LLMs"),
    Paper(
      "arXiv 2409.12191", 2024, ["Peng Wang", "Shuai Bai", "Sinan Tan", "others"],
      "Qwen2-VL: Enhancing Vision-Language Model's Perception of the World at Any Resolution"),
    Paper(
      "arXiv 2410.06205", 2024,
      ["Federico Barbero", "Alex Vitvitskyi", "Christos Perivolaropoulos", "Razvan Pascanu", "Petar Veličković"],
      "Round and Round We Go! What makes Rotary Positional Encodings useful?"),
    Paper(
      "arXiv 2410.18745", 2024,
      [
        "Chenxin An", "Jun Zhang", "Ming Zhong", "Lei Li", "Shansan Gong", "Yao Luo", "Jingjing Xu", "Lingpeng Kong",
      ], "Why Does the Effective Context Length of LLMs Fall Short?"),
    Paper(
      "arXiv 2410.21216", 2024, ["Yuhan Chen", "Ang Lv", "Jian Luan", "Bin Wang", "Wei Liu"],
      "HoPE: A Novel Positional Encoding Without Long-Term Decay for Enhanced Context Awareness and Extrapolation"),
    Paper(
      "arXiv 2412.17739", 2024,
      [
        "Ermo Hua", "Che Jiang", "Xingtai Lv", "Kaiyan Zhang", "Ning Ding", "Youbang Sun", "Biqing Qi", "Yuchen Fan",
        "Xuekai Zhu", "Bowen Zhou",
      ], "Fourier Position Embedding: Enhancing Attention's Periodic Extension for Length Generalization"),
    Paper(
      "arXiv 2501.08570", 2025,
      ["Kewei Li", "Yanwen Kong", "Yiping Xu", "Jianlin Su", "Lan Huang", "Ruochi Zhang", "Fengfeng Zhou"],
      "Information Entropy Invariance: Enhancing Length Extrapolation in Attention Mechanisms"),
    Paper("arXiv 2501.19399", 2025, ["Ken M. Nakanishi"], "Scalable-Softmax Is Superior for Attention"),
    Paper(
      "arXiv 2502.20082", 2025,
      [
        "Ning Shang", "Li Lyna Zhang", "Siyuan Wang", "Gaokai Zhang", "Gilsinia Lopez", "Fan Yang", "Weizhu Chen",
        "Mao Yang",
      ], "LongRoPE2: Near-Lossless LLM Context Window Scaling"),
    Paper("arXiv 2505.17083", 2025, ["Ben Anson", "Xi Wang", "Laurence Aitchison"], "Scale-invariant Attention"),
    Paper(
      "arXiv 2512.12167", 2025, ["Yoav Gelberg", "Koshi Eguchi", "Takuya Akiba", "Edoardo Cetin"],
      "Extending the Context of Pretrained LLMs by Dropping Their Positional Embeddings"),
    Paper(
      "arXiv 2601.22181", 2026,
      ["Qingyuan Tian", "Wenhong Zhu", "Xiaoran Liu", "Xiaofeng Wang", "Rui Wang"],
      "MrRoPE: Mixed-radix Rotary Position Embedding"),
    Paper(
      "arXiv 2602.05258", 2026, ["Haoran Li", "Sucheng Ren", "Alan Yuille", "Feng Wang"],
      "CoPE: Clipped RoPE as A Scalable Free Lunch for Long Context LLMs"),
    Paper(
      "arXiv 2605.15514", 2026,
      [
        "Yufeng Du", "Phillip Harris", "Minyang Tian", "Eliu A. Huerta", "Srikanth Ronanki", "Subendhu Rongali",
        "Aram Galstyan", "Hao Peng",
      ], "RoPE Distinguishes Neither Positions Nor Tokens in Long Contexts, Provably"),
    // Essays in Chinese; titles translated.
    Paper(
      "kexue.fm 8823", 2021, ["Jianlin Su"], "The Scale Operation of Attention Seen from the Invariance of Entropy"),
    Paper("kexue.fm 9706", 2023, ["Jianlin Su"], "The Road of Upgrading Transformers 11: β-ary Positions to the End"),
    Paper(
      "kexue.fm 9708", 2023, ["Jianlin Su"], "The Road of Upgrading Transformers 12: ReRoPE of Infinite Extrapolation?"),
    Paper("kexue.fm 9728", 2023, ["Jianlin Su"], "The Road of Upgrading Transformers 13: Leaky ReRoPE in Reverse"),
  ]
}
