"""Turns fixed groupings, rows and texts into reference values by scikit-learn and gensim, and by the project's scorer,
printed as JSON. Does not use Papertide: what it prints is what Papertide has to equal.

python3 -m venv venv && venv/bin/pip install scikit-learn==1.9.1 gensim==4.4.0 pandas
venv/bin/python make.py PATH_TO/score.py > reference.json
"""
import importlib.util
import json
import sys

import numpy as np
from gensim.corpora import Dictionary
from gensim.models import CoherenceModel
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score, silhouette_score

spec = importlib.util.spec_from_file_location("score", sys.argv[1])
scorer = importlib.util.module_from_spec(spec)
spec.loader.exec_module(scorer)
random = np.random.default_rng(7)


def agreement(a, b):
    return dict(a=a, b=b, ari=adjusted_rand_score(a, b), nmi=normalized_mutual_info_score(a, b))


def agreements():
    noisy = random.integers(0, 6, 300)
    cases = [agreement(noisy.tolist(), np.where(random.random(300) < 0.6, noisy, random.integers(0, 9, 300)).tolist())]
    cases.append(agreement(random.integers(0, 4, 50).tolist(), random.integers(0, 40, 50).tolist()))
    fixed = [([0, 0, 1, 2], [0, 0, 1, 1]), ([0] * 7, [1] * 7), (list(range(5)), list(range(5))), ([0] * 6, list(range(6)))]
    return cases + [agreement(a, b) for a, b in fixed]


def silhouettes():
    """Groups with noise, one of them a single row, one number of a group unused."""
    cases = []
    for n, d in [(60, 5), (700, 3)]:
        groups = random.choice([0, 1, 2, 4], n)
        groups[7] = 5
        rows = random.normal(size=(6, d))[groups] + 0.8 * random.normal(size=(n, d))
        rows = np.round(rows, 3).astype(np.float32)
        cases.append(dict(rows=[[float(f"{x:.3f}") for x in row] for row in rows], groups=groups.tolist()))
        exact = np.array(cases[-1]["rows"], dtype=np.float32).astype(np.float64)
        cases[-1]["silhouette"] = silhouette_score(exact, groups, metric="cosine")
    return cases


WORDS = [[f"{stem}{i}" for i in range(6)] for stem in ("graph", "Token", "modèle", "x_")]
WINDOW = 110
split = CountVectorizer(stop_words="english").build_analyzer()


def top_words():
    top = [[w.lower() for w in own] for own in WORDS]
    top[0][5], top[1][5] = "noise", "noise"
    return top


def lively_texts():
    """Texts of 20 to 400 words, in which the same words come again and again."""
    common = "the of we a is Über-fast Re-ranking, data (model) 3D I/O n it's e.g. results; noise".split()
    titles, abstracts = [], []
    for paper in range(45):
        own = WORDS[paper % 4]
        text = random.choice(own + WORDS[(paper + 1) % 4][:2] + common * 3, int(random.integers(20, 400)))
        titles.append(str(random.choice(own)) + " and " + str(random.choice(common)))
        abstracts.append(" ".join(map(str, text)))
    return titles, abstracts


def sparse_texts():
    """Texts in which no word stands twice within a window, and each of which holds a word of a theme. gensim passes over
    texts without one, and forgets a word that leaves a window although it stands in it a second time."""
    titles, abstracts = [], []
    for paper in range(45):
        titles.append(WORDS[paper % 4][paper % 6])
        text, last = [], {titles[-1]: 0}
        for at in range(1, int(random.integers(20, 400))):
            word = str(random.choice(WORDS[(paper + int(random.random() < 0.3)) % 4] + ["noise"]))
            if random.random() < 0.15 and at - last.get(word, -WINDOW) >= WINDOW:
                last[word] = at
                text.append(word)
            else:
                text.append(f"filler{at}")
        abstracts.append(" ".join(text))
    return titles, abstracts


def c_v(words, tokens):
    """The definition of the paper, word by word."""
    windows = [set(t[i : i + WINDOW]) for t in tokens for i in range(max(1, len(t) - WINDOW + 1))]

    def share(*some):
        return sum(all(w in window for w in some) for window in windows) / len(windows)

    def npmi(a, b):
        return np.log((share(a, b) + 1e-12) / (share(a) * share(b))) / -np.log(share(a, b) + 1e-12)

    vectors = np.array([[npmi(a, b) for b in words] for a in words])
    whole = vectors.sum(axis=0)
    return float(np.mean(vectors @ whole / np.linalg.norm(vectors, axis=1) / np.linalg.norm(whole)))


def gensims(top, tokens):
    model = CoherenceModel(
        topics=top, texts=tokens, dictionary=Dictionary(tokens), coherence="c_v", window_size=WINDOW, topn=10, processes=1
    )
    return [float(v) for v in model.get_coherence_per_topic()]


def coherence(titles, abstracts, gensim):
    top = top_words()
    texts = [t + " . " + a for t, a in zip(titles, abstracts)]
    scores = scorer.coherence(texts, {str(i): w for i, w in enumerate(top)})
    tokens = [split(text) for text in texts]
    per_theme = gensims(top, tokens) if gensim else [c_v(words, tokens) for words in top]
    return dict(titles=titles, abstracts=abstracts, words=top, npmi=scores["npmi"], diversity=scores["diversity"],
                c_v=float(np.mean(per_theme)), c_v_of_themes=per_theme)


def coherences():
    return [coherence(*lively_texts(), gensim=False), coherence(*sparse_texts(), gensim=True)]


print(json.dumps(dict(agreement=agreements(), silhouettes=silhouettes(), coherence=coherences()), ensure_ascii=False))
