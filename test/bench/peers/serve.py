"""The side of a participant that is written in Python: a line of JSON each way, the numbers in files.
engine/serve.mjs is the same in JavaScript."""

import json
import os
import sys
import time
import traceback

import numpy as np

MAX_RUNS = 50


class Unsupported(Exception):
    """Said by a participant that has no such layer."""


class Operands:
    """The arrays in a folder by name, float32 in the shape that is asked for."""

    def __init__(self, folder):
        self.folder = folder

    def __call__(self, name, shape):
        return np.fromfile(os.path.join(self.folder, name + ".f32"), np.float32).reshape(shape)


def serve(prepare):
    """Answers the bench until it ends.

    prepare(layer, direction, operands) gives two functions: what is timed, and the arrays that it has computed by name.
    """
    answers, sys.stdout = sys.stdout, sys.stderr
    run = answer = None
    for line in sys.stdin:
        request = json.loads(line)
        try:
            if request["action"] == "prepare":
                run = answer = None
                run, answer = prepare(request["layer"], request["direction"], Operands(request["folder"]))
                reply = {}
            elif request["action"] == "time":
                reply = {"times": timed(run, request["milliseconds"])}
            else:
                reply = {"names": write(request["folder"], answer())}
        except Unsupported as error:
            reply = {"unsupported": str(error)}
        except Exception:
            reply = {"error": traceback.format_exc()}
        print(json.dumps(reply), file=answers, flush=True)


def timed(run, milliseconds):
    """Runs for so many milliseconds, once at least."""
    times = []
    while not times or (sum(times) < milliseconds and len(times) < MAX_RUNS):
        start = time.perf_counter()
        run()
        times.append(1000 * (time.perf_counter() - start))
    return times


def write(folder, arrays):
    os.makedirs(folder, exist_ok=True)
    for name, values in arrays.items():
        np.ascontiguousarray(values, np.float32).tofile(os.path.join(folder, name + ".f32"))
    return list(arrays)
