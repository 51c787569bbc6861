#!/usr/bin/env python3
"""Linear scores of the same shape with TenSEAL's CKKS vectors at N = 8192: all records together, a ciphertext for each column, and one record at a time.

usage: tenseal_run.py RECORDS COLUMNS SINGLE     SINGLE: how many records are scored one at a time
Prints CPU milliseconds, bytes and the largest error as JSON."""
import json, sys, time

import numpy as np
import tenseal as ts

records, columns, single = map(int, sys.argv[1:])
draws = np.random.default_rng(7)
rows = draws.normal(size=(records, columns))
weights = draws.normal(size=columns)
plain = rows @ weights


def timed(body):
    start = time.process_time()
    value = body()
    return 1e3 * (time.process_time() - start), value


def context():
    # One thread, as ours: more would spend CPU time on waiting for each other.
    made = ts.context(ts.SCHEME_TYPE.CKKS, 8192, coeff_mod_bit_sizes=[60, 40, 60], n_threads=1)
    made.global_scale = 2**40
    return made


def together():
    keyTime, made = timed(context)
    public = made.serialize(save_secret_key=False, save_galois_keys=False, save_relin_keys=False)
    encryptTime, sent = timed(lambda: [ts.ckks_vector(made, list(rows[:, column])).serialize() for column in range(columns)])

    def score():
        total = None
        for column, data in enumerate(sent):
            term = ts.ckks_vector_from(made, data) * float(weights[column])
            total = term if total is None else total + term
        return total.serialize()

    answerTime, answer = timed(score)
    readTime, found = timed(lambda: ts.ckks_vector_from(made, answer).decrypt())
    return {"key": keyTime, "encrypt": encryptTime, "answer": answerTime, "read": readTime, "bytesUp": len(public) + sum(map(len, sent)),
            "bytesDown": len(answer), "error": float(np.abs(np.array(found) - plain).max())}


def alone():
    made = context()
    keyTime, _ = timed(made.generate_galois_keys)
    encryptTime, sent = timed(lambda: [ts.ckks_vector(made, list(row)).serialize() for row in rows[:single]])
    answerTime, answers = timed(lambda: [ts.ckks_vector_from(made, data).dot(list(weights)).serialize() for data in sent])
    readTime, found = timed(lambda: [ts.ckks_vector_from(made, data).decrypt()[0] for data in answers])
    return {"key": keyTime, "encrypt": encryptTime / single, "answer": answerTime / single, "read": readTime / single,
            "bytesUp": sum(map(len, sent)) / single, "bytesDown": sum(map(len, answers)) / single,
            "error": float(np.abs(np.array(found) - plain[:single]).max())}


print(json.dumps({"together": together(), "alone": alone()}))
