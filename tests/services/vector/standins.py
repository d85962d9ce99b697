"""TEMPORARY brute-force stores."""

import re

import numpy as np

from looma.platform.stores.search import Gone, Scored

TOK = re.compile(r"[a-z0-9]+|[\u4e00-\u9fff]")


def fits(terms, where):
    return all(set(terms.get(f, ())) & set(v) for f, v in where.items())


class Brute:
    def __init__(self):
        self.docs, self.at, self.cleared = {}, 0, 0

    async def open(self):
        pass

    async def close(self):
        pass

    async def position(self):
        return self.at

    async def check(self):
        pass

    async def clear(self):
        self.docs, self.at = {}, 0

    async def count(self, collection=None):
        return sum(1 for c, _ in self.docs if collection in (None, c))

    async def apply(self, changes, to):
        for one in changes:
            if isinstance(one, Gone):
                for key in [k for k in self.docs if k[0] == one.collection and one.id in (None, k[1])]:
                    del self.docs[key]
            else:
                self.docs[one.collection, one.id] = one
        self.at = to

    def pick(self, query, score):
        found = [
            Scored(d.id, s)
            for (c, _), d in self.docs.items()
            if c == query.collection and fits(d.terms, query.where) and (s := score(d)) is not None
        ]
        return sorted(found, key=lambda s: (-s.score, s.id))[: query.k]


class BruteWords(Brute):
    async def search(self, query):
        words = set(TOK.findall(query.text.lower()))

        def score(d):
            n = sum(w in words for w in TOK.findall((d.title + " " + d.body).lower()))
            return n or None

        return self.pick(query, score)


class BruteVectors(Brute):
    async def search(self, query):
        q = query.vector / max(np.linalg.norm(query.vector), 1e-9)
        return self.pick(query, lambda d: float((d.vectors @ q).max()))
