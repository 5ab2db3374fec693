#!/usr/bin/env python3
"""A text that no model has seen: a language made up from a seed, with structure at long range.

Words are syllables drawn at random; how often each is used falls as a zeta law. Every noun belongs to one of four
classes for the whole text, and what is said of it takes the ending of its class, however far back the noun stands: the
subject of a paragraph is named in its first sentence alone. Twelve persons have a home, a craft and a companion, told
once in the first tenth of the text and true ever after; sentences about them come back all along it. What follows from
what was read can be foretold, the rest cannot: a model does better the farther back it can use what it read.

Usage: make-synthetic-language.py [CHARACTERS] [SEED] > FILE    (60000, 1: synthetic-language.txt beside it)
"""
import sys


class Numbers:
    """Marsaglia's xorshift of 64 bits (13, 7, 17), the same on every machine."""

    def __init__(self, seed):
        self.state = (seed * 0x9E3779B97F4A7C15 + 1) & (2**64 - 1)

    def below(self, bound):
        word = self.state
        word ^= word << 13 & (2**64 - 1)
        word ^= word >> 7
        word ^= word << 17 & (2**64 - 1)
        self.state = word
        return (word >> 11) * bound >> 53

    def pick(self, entries):
        return entries[self.below(len(entries))]

    def zeta(self, entries):
        """The entry of rank r with a weight of 1/r, in whole numbers."""
        weights = [720720 // rank for rank in range(1, len(entries) + 1)]
        place = self.below(sum(weights))
        for entry, weight in zip(entries, weights):
            place -= weight
            if place < 0:
                return entry


class Language:
    ENDINGS = [("a", "as"), ("en", "ir"), ("o", "um"), ("i", "eth")]  # of adjectives, of verbs; by class

    def __init__(self, numbers):
        self.numbers, self.used = numbers, set()
        self.nouns = [(self.word(2), numbers.below(4)) for _ in range(120)]
        self.adjectives = [self.word(1, "v", "l", "r", "sk") for _ in range(40)]
        self.verbs = [self.word(2, "t", "n", "g") for _ in range(60)]
        self.places = [self.word(2, "os", "un").capitalize() for _ in range(12)]
        self.crafts = [self.word(2, "ard") for _ in range(12)]
        self.persons = [self.word(2, "el", "im").capitalize() for _ in range(12)]
        self.links = [self.word(1) for _ in range(6)]
        self.life = {
            person: (numbers.pick(self.places), numbers.pick(self.crafts), numbers.pick([other for other in self.persons if other != person]))
            for person in self.persons
        }

    def word(self, syllables, *ends):
        while True:
            word = "".join(
                self.numbers.pick(["b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v", "z", "br", "dr", "kl", "st"])
                + self.numbers.pick(["a", "e", "i", "o", "u", "ai", "ou"])
                for _ in range(syllables)
            ) + (self.numbers.pick(ends) if ends else "")
            if word not in self.used:
                self.used.add(word)
                return word

    def clause(self, kind):
        """What is said of a subject of a class that is not named: object, adjective and verb agree with their nouns."""
        noun, other = self.numbers.zeta(self.nouns)
        own, foreign = self.ENDINGS[kind], self.ENDINGS[other]
        return f"{self.numbers.zeta(self.adjectives)}{foreign[0]} {noun} {self.numbers.zeta(self.verbs)}{own[1]}"

    def fact(self, person):
        home, craft, companion = self.life[person]
        return self.numbers.pick([f"{person} tel {home} savan", f"{person} na {craft} brunet", f"{person} ko {companion} dalim"])

    def paragraph(self):
        noun, kind = self.numbers.zeta(self.nouns)
        sentences = [f"{self.numbers.zeta(self.adjectives)}{self.ENDINGS[kind][0]} {noun} {self.clause(kind)}"]
        for _ in range(3 + self.numbers.below(6)):
            sentence = self.clause(kind)
            if self.numbers.below(3) == 0:
                sentence += f", {self.numbers.zeta(self.links)} {self.clause(kind)}"
            if self.numbers.below(3) == 0:
                sentence = f"{self.fact(self.numbers.pick(self.persons))}, {self.numbers.zeta(self.links)} {sentence}"
            sentences.append(sentence)
        return " ".join(sentence[0].upper() + sentence[1:] + "." for sentence in sentences)


def main(characters=60000, seed=1):
    language = Language(Numbers(seed))
    paragraphs, size = [], 0
    while size < characters:
        paragraph = language.paragraph()
        if len(paragraphs) < len(language.persons):  # everybody's life is told early on
            person = language.persons[len(paragraphs)]
            home, craft, companion = language.life[person]
            paragraph = f"{person} tel {home} savan, na {craft} brunet, ko {companion} dalim. " + paragraph
        paragraphs.append(paragraph)
        size += len(paragraph) + 2
    print("\n\n".join(paragraphs))


main(*map(int, sys.argv[1:]))
