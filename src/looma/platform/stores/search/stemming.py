"""English words by their stems, with the one stemmer that all engines' words go through."""

from collections.abc import Sequence

from tantivy import Filter, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

ANALYZER: TextAnalyzer = TextAnalyzerBuilder(Tokenizer.whitespace()).filter(Filter.stemmer("english")).build()


def stems(words: Sequence[str]) -> list[str]:
    """Each word's stem; Chinese and the like stay as they are."""
    return list(ANALYZER.analyze(" ".join(words)))
