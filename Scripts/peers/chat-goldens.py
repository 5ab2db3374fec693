#!/usr/bin/env python3
"""What transformers makes of chat templates, for Tests/Fixtures/chat/cases.json.

    pip install transformers jinja2
    python Scripts/peers/chat-goldens.py Tests/Fixtures/chat/cases.json Tests/Fixtures/chat/*.jinja

With other templates and a file outside the repository the same cases can be held against templates as published:
ROPESCOPE_CHAT_CASES=FILE swift test --filter ChatTemplateTests reads them. A case that the template refuses, or that
Jinja cannot render, has null; where tools or documents change nothing there is no case of its own. The day is 26 July 2024.
"""
import datetime
import json
import os
import sys

import transformers.utils.chat_template_utils as chat


class Day(datetime.datetime):
    @classmethod
    def now(cls):
        return cls(2024, 7, 26)


chat.datetime = Day


def user(text):
    return {"role": "user", "content": text}


def assistant(text):
    return {"role": "assistant", "content": text}


def system(text):
    return {"role": "system", "content": text}


TOOLS = [{"type": "function", "function": {
    "name": "get_weather", "description": "Weather of a city\nnow", "parameters": {"type": "object", "properties": {
        "unit": {"type": "string", "enum": ["c", "f"]},
        "city": {"type": "string", "description": "City's name é"},
        "days": {"type": "array", "items": {"type": "integer"}}}, "required": ["city"]}}}]
CALL = [{"id": "call12345", "type": "function", "function": {
    "name": "get_weather", "arguments": {"city": "Oslo", "n": 3, "x": 1.5, "ok": True, "none": None}}}]
TEXT_CALL = [{"id": "call12345", "type": "function", "function": {
    "name": "get_weather", "arguments": "{\"city\": \"Oslo\"}"}}]
ANSWER = {"role": "tool", "name": "get_weather", "tool_call_id": "call12345", "content": "12 degrees"}

CONVERSATIONS = {
    "user": [user('What is 2 < 3 & "x"?')],
    "system": [system(" Be brief.\n"), user("  Hello \n there ")],
    "turns": [user("Hi"), assistant("Hello!\n"), user("Bye")],
    "thought": [system("S"), user("Hi"), assistant("<think>\nhm\n</think>\n\nHello!"), user("Bye"), assistant("Ciao")],
    "two users": [user("a"), user("b")],
    "parts": [{"role": "user", "content": [{"type": "text", "text": "one"}, {"type": "text", "text": "two"}]}],
    "tool": [user("Weather?"), {"role": "assistant", "content": "", "tool_calls": CALL}, ANSWER, assistant("It is 12.")],
    "text tool": [user("Weather?"), {"role": "assistant", "content": None, "tool_calls": TEXT_CALL}, ANSWER],
    "reason": [user("q"), {"role": "assistant", "content": "a", "reasoning_content": "because"}, user("r")],
    "empty": [],
    "scripts": [system("S"), user("ünïcode 漢字 🙂"), assistant("é"), user("end")],
}
EXTRAS = [{}, {"tools": TOOLS}, {"enable_thinking": False}, {"documents": [{"title": "T", "text": "a text"}]}]


def main():
    values, cases = [], []
    for name, messages in CONVERSATIONS.items():
        for generates in (True, False):
            for extra in EXTRAS:
                values.append({"messages": messages, "add_generation_prompt": generates, "bos_token": "<s>",
                               "eos_token": "</s>", "tools": None, "documents": None, **extra})
    for path in sys.argv[2:]:
        with open(path, encoding="utf-8") as file:
            template = chat._compile_jinja_template(file.read())
        plain = None
        for place, given in enumerate(values):
            try:
                expected = template.render(**given)
            except Exception:
                expected = None
            if place % len(EXTRAS) == 0:
                plain = expected
            elif expected == plain:
                # What is given besides changes nothing.
                continue
            cases.append({"template": os.path.basename(path) if "/Fixtures/" in os.path.abspath(path)
                          else os.path.abspath(path), "values": place, "expected": expected})
    with open(sys.argv[1], "w", encoding="utf-8") as file:
        json.dump({"values": values, "cases": cases}, file, ensure_ascii=False, indent=0)
        file.write("\n")
    print(len(cases), "cases,", sum(case["expected"] is None for case in cases), "refused")


main()
