#!/usr/bin/env python3
"""Tiny tokenizers of many kinds and what their own programs make of hostile texts: tokenizers 0.23.3, sentencepiece 0.2.3.

words.json: texts; `byte_level`: settings in place of those of byte-level.json; `unigram`, `word_piece`: whole files, and
settings in their place; `sentence_piece`: the files beside it. Each variant has the ids, markers recognised, and where it
says so `plain` ones, markers as text.
"""
import json, pathlib, random, re, tempfile, unicodedata
import sentencepiece
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, trainers

folder = pathlib.Path(__file__).parent
small = json.loads((folder / "small-goldens.json").read_text())["texts"]
golden = [case["text"] for case in json.loads((folder / "goldens.json").read_text())["models"]["gemma3"]]
texts = list(dict.fromkeys([text[:160] for text in golden] + small))

texts += ["ﾞ ｶﾞ Ａ\u0327ﾞ \u0301ﾟ ℃\u0327ﾞ"]
random.seed(16)
alphabets = [
    "abcdefghij ABC ", "0123456789 ²½Ⅳ①", ".,!?…。，、।۔،;:()|[]{}<>+=^~$`'\"“”«»—-_/\\@#%&*", " \t\n\r\u00a0\u2003\u3000\u200b\u2028\u0085",
    "éàüñçßœÅŁΩμέγαЖиёאבعربيةไทยहिन्दी", "中文字符日本語ひらがなカタカナ한국어가나다㐀", "e\u0301a\u0308o\u0327n\u0303\u0e31\u093f\u0940\u20dd\u0300",
    "ﬁﬂﬀＡＢＣａｂｃ１２３！（）ｶﾞ㈱㎏™№℃²₂ªº", "😀👩‍👩‍👧🏽🇫🇷🧪", "\u0000\u0001\u0007\u007f\u008f\u009f\ufeff\ufffd\ue000\u200c\u200d\u00ad", "▁▁ <unk><s></s>[CLS]##ing",
    "İıǅſK", "'s't'll're",
]
for _ in range(60):
    text = ""
    for _ in range(random.randint(1, 6)):
        text += "".join(random.choice(random.choice(alphabets)) if random.random() < 0.3 else random.choice(alphabet)
                        for alphabet in [random.choice(alphabets)] for _ in range(random.randint(1, 9)))
    texts.append(text)
corpus = [text for text in texts if "\0" not in text] + ["The quick brown foxes are jumping over the lazy dogs, again and again."] * 3

result = {"texts": texts}


def ids(tokenizer, plain=False):
    tokenizer.encode_special_tokens = plain
    return [tokenizer.encode(text, add_special_tokens=False).ids for text in texts]


def variants(base, table):
    out = {}
    for name, settings in table.items():
        changed = json.loads(json.dumps(base))
        added = settings.pop("added", [])
        for key, value in settings.items():
            if "." in key: changed["model"][key.split(".")[1]] = value
            else: changed[key] = value
        for content, flags in added:
            id = max([*changed["model"]["vocab"].values()] if isinstance(changed["model"]["vocab"], dict) else [len(changed["model"]["vocab"]) - 1])
            id = max([id] + [token["id"] for token in changed["added_tokens"]]) + 1
            changed["added_tokens"].append(
                {"id": id, "content": content, "single_word": False, "lstrip": False, "rstrip": False, "normalized": True, "special": False} | flags)
        if added: settings["added_tokens"] = changed["added_tokens"]
        tokenizer = Tokenizer.from_str(json.dumps(changed))
        out[name] = {"settings": settings, "ids": ids(tokenizer)} | ({"plain": ids(tokenizer, True)} if added else {})
        whole = tokenizer.encode("a", add_special_tokens=True).ids
        tokenizer.encode_special_tokens = False
        bare = tokenizer.encode("a", add_special_tokens=False).ids
        if whole != bare:
            place = next(i for i in range(len(whole)) if whole[i:i + len(bare)] == bare)
            out[name] |= {"before": whole[:place], "after": whole[place + len(bare):]}
    return out


# Byte-level.
def split(pattern, behaviour="Isolated", invert=False):
    return {"type": "Split", "pattern": {"Regex": pattern}, "behavior": behaviour, "invert": invert}


def sequence(*parts): return {"type": "Sequence", "pretokenizers": list(parts)}


def normalisers(*parts): return {"type": "Sequence", "normalizers": list(parts)}


bytes_plain = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": False}
bytes_regex = bytes_plain | {"use_regex": True}
digits = {"type": "Digits", "individual_digits": True}
latin = "A-Za-z\u00b5\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u01ba\u01bc-\u01bf\u01c4-\u0293\u0295-\u02af\u0370-\u0373\u0376\u0377\u037b-\u037d\u037f\u0386\u0388-\u038a\u038c\u038e-\u03a1\u03a3-\u03f5\u03f7-\u0481\u048a-\u052f\u0531-\u0556\u10a0-\u10c5\u13a0-\u13f5\u13f8-\u13fd\u1c90-\u1cba\u1cbd-\u1cbf\u1d00-\u1d2b\u1d6b-\u1d77\u1d79-\u1d9a\u1e00-\u1f15\u1f18-\u1f1d\u1f20-\u1f45\u1f48-\u1f4d\u1f50-\u1f57\u1f59\u1f5b\u1f5d\u1f5f-\u1f7d\u1f80-\u1fb4\u1fb6-\u1fbc\u1fbe\u1fc2-\u1fc4\u1fc6-\u1fcc\u1fd0-\u1fd3\u1fd6-\u1fdb\u1fe0-\u1fec\u1ff2-\u1ff4\u1ff6-\u1ffc\u2102\u2107\u210a-\u2113\u2115\u2119-\u211d\u2124\u2126\u2128\u212a-\u212d\u212f-\u2134\u2139\u213c-\u213f\u2145-\u2149\u214e\u2183\u2184\u2c00-\u2c7b\u2c7e-\u2ce4\u2ceb-\u2cee\u2cf2\u2cf3\ua640-\ua66d\ua680-\ua69b\ua722-\ua76f\ua771-\ua787\ua78b-\ua78e\uab70-\uabbf\ufb00-\ufb06\ufb13-\ufb17\uff21-\uff3a\uff41-\uff5a\U00010400-\U0001044f\U000104b0-\U000104d3\U000104d8-\U000104fb\U00010c80-\U00010cb2\U00010cc0-\U00010cf2\U000118a0-\U000118df\U0001e900-\U0001e943"
eastern = "[一-龥\u0800-一가-\ud7ff]+"
byte_level = {
    "deepseek-v3": {"pre_tokenizer": sequence(
        split(r"\p{N}{1,3}"), split("[一-龥\u3040-ゟ゠-ヿ]+"),
        split("[!\"#$%&'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~][A-Za-z]+|[^\r\n\\p{L}\\p{P}\\p{S}]?[\\p{L}\\p{M}]+| ?[\\p{P}\\p{S}]+[\r\n]*|\\s*[\r\n]+|\\s+(?!\\S)|\\s+"), bytes_plain)},
    "deepseek-llm": {"pre_tokenizer": sequence(
        split("[\r\n]"), split(rf"\s?[{latin}]+"), split(r"\s?[!-/:-~！-／：-～‘-‟　-。]+"), split(r"\s+$"), split(eastern), digits, bytes_plain)},
    "deepseek-coder": {"pre_tokenizer": sequence(
        split("[\r\n]"), split(r"\s?\p{L}+"), split(r"\s?\p{P}+"), split(eastern), digits, bytes_plain)},
    "falcon": {"pre_tokenizer": sequence(
        {"type": "Punctuation", "behavior": "Contiguous"}, bytes_regex, {"type": "Digits", "individual_digits": False}, split("[0-9][0-9][0-9]"))},
    "bloom": {"pre_tokenizer": sequence(split(r" ?[^(\s|[.,!?…。，、।۔،])]+"), bytes_plain)},
    "qwen3.5": {"normalizer": {"type": "NFC"}, "pre_tokenizer": sequence(
        split(r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?[\p{L}\p{M}]+|\p{N}| ?[^\s\p{L}\p{M}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"), bytes_plain)},
}
for name in ["NFC", "NFD", "NFKC", "NFKD", "Lowercase", "StripAccents", "Nmt"]: byte_level[name] = {"normalizer": {"type": name}}
byte_level |= {
    "strip": {"normalizer": {"type": "Strip", "strip_left": True, "strip_right": True}},
    "strip-right": {"normalizer": {"type": "Strip", "strip_left": False, "strip_right": True}},
    "accents": {"normalizer": normalisers({"type": "NFD"}, {"type": "StripAccents"}, {"type": "Lowercase"})},
    "replace": {"normalizer": normalisers(
        {"type": "Replace", "pattern": {"String": "the"}, "content": "THE  "}, {"type": "Replace", "pattern": {"Regex": " {2,}"}, "content": "\n"},
        {"type": "Prepend", "prepend": "x "})},
    "added": {"normalizer": normalisers({"type": "NFC"}, {"type": "Lowercase"}), "added": [
        ("Café", {}), ("THE ", {"lstrip": True}), ("<Mark>", {"special": True}), ("xyab", {"normalized": False}), ("world", {"single_word": True})]},
    "two-beginnings": {"post_processor": {"type": "Sequence", "processors": [
        {"type": "ByteLevel", "add_prefix_space": True, "trim_offsets": False, "use_regex": True},
        {"type": "TemplateProcessing", "single": [{"SpecialToken": {"id": "A", "type_id": 0}}, {"SpecialToken": {"id": "B", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}, {"SpecialToken": {"id": "B", "type_id": 0}}],
         "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}}],
         "special_tokens": {"A": {"id": "A", "ids": [1], "tokens": ["A"]}, "B": {"id": "B", "ids": [2, 3], "tokens": ["B", "C"]}}}]}},
}
result["byte_level"] = variants(json.loads((folder / "byte-level.json").read_text()), byte_level)

# SentencePiece.
work = pathlib.Path(tempfile.mkdtemp())
(work / "corpus.txt").write_text("\n".join(line for text in corpus * 4 for line in re.split("[\r\n\x85\u2028]", text) if line.strip()))
rules = {"ﬁ": "fi", "Ａ": "A", "ａ": "a", "e\u0301": "é", "a\u0308": "ä", "\u3000": " ", "\t": " ", "\u00a0": " ", "\u200b": "", "…": "...", "ab": "x", "abc": "yz", "㈱": "(株)", "\r\n": " "}
(work / "rules.tsv").write_text("\n".join(" ".join(f"{ord(c):X}" for c in a) + "\t" + " ".join(f"{ord(c):X}" for c in b) for a, b in rules.items()) + "\n")
common = dict(input=str(work / "corpus.txt"), character_coverage=0.98, hard_vocab_limit=False, num_threads=1, minloglevel=2, max_sentence_length=100000)
custom = dict(normalization_rule_tsv=str(work / "rules.tsv"))
kinds = {
    "unigram": dict(model_type="unigram", vocab_size=380, user_defined_symbols=["<sep>", "ing", "  "], **custom),
    "unigram-nfkc": dict(model_type="unigram", vocab_size=300, normalization_rule_name="nmt_nfkc"),
    "unigram-bytes": dict(model_type="unigram", vocab_size=560, byte_fallback=True, add_dummy_prefix=False, remove_extra_whitespaces=False, normalization_rule_name="identity"),
    "bpe-bytes": dict(model_type="bpe", vocab_size=660, byte_fallback=True, remove_extra_whitespaces=False, normalization_rule_name="identity", user_defined_symbols=["<sep>", "▁▁", "the"]),
    "bpe": dict(model_type="bpe", vocab_size=420, user_defined_symbols=["<sep>"], **custom),
}
result["sentence_piece"] = {}
for name, options in kinds.items():
    sentencepiece.SentencePieceTrainer.train(model_prefix=str(work / name), **common, **options)
    data = (work / f"{name}.model").read_bytes()
    (folder / f"{name}.model").write_bytes(data)
    processor = sentencepiece.SentencePieceProcessor(model_proto=data)
    result["sentence_piece"][name] = {"plain": [processor.encode(text) for text in texts]}

# Unigram.
charsmap = None
from sentencepiece import sentencepiece_model_pb2 as proto
import base64
message = proto.ModelProto()
message.ParseFromString((folder / "unigram.model").read_bytes())
charsmap = base64.b64encode(message.normalizer_spec.precompiled_charsmap).decode()
metaspace = lambda scheme, split=True: {"type": "Metaspace", "replacement": "▁", "prepend_scheme": scheme, "split": split}
tokenizer = Tokenizer(models.Unigram())
tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
byte_tokens = [f"<0x{byte:02X}>" for byte in range(256)]
tokenizer.train_from_iterator(corpus * 3, trainers.UnigramTrainer(vocab_size=420, unk_token="<unk>", special_tokens=["<pad>", "</s>", "<unk>"], show_progress=False))
base = json.loads(tokenizer.to_str())
scale = lambda text: [base["model"]["vocab"][:], text][0]
template = {"type": "TemplateProcessing", "single": [{"Sequence": {"id": "A", "type_id": 0}}, {"SpecialToken": {"id": "</s>", "type_id": 0}}], "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 0}}], "special_tokens": {"</s>": {"id": "</s>", "ids": [1], "tokens": ["</s>"]}}}
precompiled = {"type": "Precompiled", "precompiled_charsmap": charsmap}
base["model"]["vocab"] = [[token, round(score, 6)] for token, score in base["model"]["vocab"]]
with_bytes = base["model"]["vocab"] + [[token, -20.0] for token in byte_tokens]
result["unigram"] = {"file": base, "variants": variants(base, {
    "always": {"post_processor": template},
    "first": {"pre_tokenizer": metaspace("first")},
    "never-unsplit": {"pre_tokenizer": metaspace("never", False)},
    "words": {"pre_tokenizer": sequence({"type": "WhitespaceSplit"}, metaspace("always"))},
    "precompiled": {"normalizer": normalisers(precompiled, {"type": "Replace", "pattern": {"Regex": " {2,}"}, "content": " "})},
    "albert": {"normalizer": normalisers(
        {"type": "Replace", "pattern": {"String": "``"}, "content": '"'}, {"type": "NFKD"}, {"type": "StripAccents"}, {"type": "Lowercase"}, precompiled),
        "pre_tokenizer": sequence({"type": "WhitespaceSplit"}, metaspace("always"))},
    "t5": {"normalizer": normalisers(precompiled, {"type": "Strip", "strip_left": False, "strip_right": True}, {"type": "Replace", "pattern": {"Regex": " {2,}"}, "content": "▁"}), "added": [("<extra>", {"special": True}), ("New Word", {})]},
    "bytes": {"model.vocab": with_bytes, "model.byte_fallback": True, "pre_tokenizer": metaspace("first", False)},
})}

# WordPiece.
tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
tokenizer.normalizer = normalizers.BertNormalizer(lowercase=False)
tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
# Composed, so that no two tokens are the same to a reader that compares texts as Unicode does.
tokenizer.train_from_iterator([unicodedata.normalize("NFC", text) for text in corpus] * 3, trainers.WordPieceTrainer(vocab_size=700, special_tokens=["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"], show_progress=False))
base = json.loads(tokenizer.to_str())
bert = lambda **flags: {"type": "BertNormalizer", "clean_text": True, "handle_chinese_chars": True, "strip_accents": None, "lowercase": False} | flags
result["word_piece"] = {"file": base, "variants": variants(base, {
    "cased": {"post_processor": {"type": "BertProcessing", "sep": ["[SEP]", 3], "cls": ["[CLS]", 2]}},
    "uncased": {"normalizer": bert(lowercase=True)},
    "accents": {"normalizer": bert(strip_accents=True, clean_text=False)},
    "raw": {"normalizer": None, "pre_tokenizer": {"type": "Whitespace"}, "model.max_input_chars_per_word": 8},
    "punctuation": {"normalizer": None, "pre_tokenizer": sequence({"type": "WhitespaceSplit"}, {"type": "Punctuation", "behavior": "Isolated"}, digits)},
})}

(folder / "words.json").write_text(json.dumps(result, separators=(",", ":"), ensure_ascii=True) + "\n")
