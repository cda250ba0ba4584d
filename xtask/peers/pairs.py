"""Near-duplicate pairs among the texts of a JSONL file, as other tools find them, on one thread.

    pairs.py rensa|datasketch FILE > pairs.jsonl

One JSON line a pair: a, b; at the end one with megabytes, sketch_seconds, seconds. Both tools get the settings of their
documentation for near-duplicates: 128 permutations, words in runs of three, and bands of four rows, after which
every candidate is verified by its estimated Jaccard similarity, from 0.25 on, as khabar's are by theirs.
"""

import json
import sys
import time

PERMUTATIONS = 128
BANDS = 32
LEAST = 0.25


def shingles(text):
    words = text.split()
    return [" ".join(words[at : at + 3]) for at in range(max(1, len(words) - 2))]


def rensa(texts):
    from rensa import RMinHash, RMinHashLSH

    start = time.process_time()
    sketches = []
    for text in texts:
        sketch = RMinHash(num_perm=PERMUTATIONS, seed=42)
        sketch.update(shingles(text))
        sketches.append(sketch)
    sketched = time.process_time()
    index = RMinHashLSH(threshold=LEAST, num_perm=PERMUTATIONS, num_bands=BANDS)
    pairs = []
    for at, sketch in enumerate(sketches):
        for earlier in index.query(sketch):
            if sketch.jaccard(sketches[earlier]) >= LEAST:
                pairs.append((earlier, at))
        index.insert(at, sketch)
    return pairs, sketched - start, time.process_time() - start


def datasketch(texts):
    from datasketch import MinHash, MinHashLSH

    start = time.process_time()
    sketches = []
    for text in texts:
        sketch = MinHash(num_perm=PERMUTATIONS)
        sketch.update_batch([shingle.encode() for shingle in shingles(text)])
        sketches.append(sketch)
    sketched = time.process_time()
    index = MinHashLSH(num_perm=PERMUTATIONS, params=(BANDS, PERMUTATIONS // BANDS))
    pairs = []
    for at, sketch in enumerate(sketches):
        for earlier in index.query(sketch):
            if sketch.jaccard(sketches[earlier]) >= LEAST:
                pairs.append((earlier, at))
        index.insert(at, sketch)
    return pairs, sketched - start, time.process_time() - start


def main(tool, file):
    with open(file, encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    pairs, sketching, seconds = {"rensa": rensa, "datasketch": datasketch}[tool]([row["text"] for row in rows])
    for earlier, later in pairs:
        print(json.dumps({"a": rows[earlier]["id"], "b": rows[later]["id"]}))
    megabytes = sum(len(row["text"].encode()) for row in rows) / 1e6
    print(json.dumps({"megabytes": megabytes, "sketch_seconds": sketching, "seconds": seconds}))


if __name__ == "__main__":
    main(*sys.argv[1:])
