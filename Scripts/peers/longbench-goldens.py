#!/usr/bin/env python3
"""Scores by LongBench's own metrics.py, for Tests/Fixtures/longbench/metrics.json.

    git clone https://github.com/THUDM/LongBench (at 2e00731)
    pip install rouge==1.0.1 fuzzywuzzy jieba    (without python-Levenshtein, which LongBench does not ask for)
    python Scripts/peers/longbench-goldens.py LongBench/LongBench Tests/Fixtures/longbench/metrics.json
"""
import json
import random
import sys

sys.path.insert(0, sys.argv[1])
import metrics  # noqa: E402

WORDS = "the a an cat sat on mat of Paris in 1889 it's blue-green “quoted” naïve U.S. end. Yes no 42 x_y the".split()
CLASSES = ["Food", "Food other", "Animal", "Number of something", "Number", "Date"]


def text(generator, most):
    return " ".join(generator.choice(WORDS) for _ in range(generator.randrange(most))) + generator.choice(["", ".", " ", "\n"])


def main():
    generator, cases = random.Random(7), []

    def add(metric, function, written, answer, classes=()):
        cases.append({"metric": metric, "written": written, "answer": answer, "classes": list(classes),
                      "score": float(function(written, answer, all_classes=list(classes)))})

    fixed = [("", "Paris"), ("The  Eiffel Tower, in Paris.", "eiffel tower"), ("an", "a"), ("Paris", "Paris"),
             ("A cat. The cat sat. It sat.", "The cat sat on it. A cat."), (". .", "a . b"), ("x", ""),
             ("it\u2019s the end", "its end"), ("naïve café", "NAÏVE CAFÉ"), ("a\u00a0b\u2003c", "a b c")]
    for written, answer in fixed + [(text(generator, 14), text(generator, 10)) for _ in range(30)]:
        add("f1", metrics.qa_f1_score, written, answer)
        add("rouge-l", metrics.rouge_score, written, answer)
    for written in ["", "3", "There are 3.", "3 or 4, rather 3", "33", "three", "Paragraph 3", "٣ 3"]:
        add("count", metrics.count_score, written, "3")
        add("paragraph", metrics.retrieval_score, written, "Paragraph 3")
        add("paragraph", metrics.retrieval_zh_score, written, "段落3")
    for written in ["Food", "Food other", "Animal or Date", "Number of something", "Number", "nothing", "",
                    "Date, Food, Animal, Number"]:
        for answer in CLASSES:
            add("classification", metrics.classification_score, written, answer, CLASSES)
    lines = ["return x + 1", "", "    for i in range(10):", "print('a', b)", "# note", "x = `y`", "int i = 0; // zero"]
    for written in lines + ["\n\n# note\nreturn x + 2\nmore", "```\nreturn x\n```", "return x + 1 " * 30]:
        for answer in ["return x + 1", "    for i in range(12):", "", "return x + 1 " * 25, "abc" * 90]:
            add("code-similarity", metrics.code_sim_score, written, answer)
    with open(sys.argv[2], "w", encoding="utf-8") as file:
        json.dump(cases, file, ensure_ascii=False, indent=0)
        file.write("\n")
    print(len(cases), "cases")


main()
