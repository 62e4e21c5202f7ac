"""PyTorch's side of the benchmark: host.ts in Python. The numbers are those of numbers.ts, the work that of workloads/."""
import json
import os
import resource
import sys
import time

import torch

import attention
import calls
import deep
import gru
import lenet
import mlp
import transformer

WORK = {
    "W1": calls.product,
    "W2": lambda _: mlp.classifier(),
    "W3": lambda _: mlp.regression(),
    "W4": lambda _: lenet.lenet(),
    "W5": calls.chain,
    "W6": lambda _: transformer.block(),
    "W7": lambda _: mlp.regression(),
    "W8": calls.reduction,
    "W9": lambda _: mlp.classifier(),
    "W10": gru.Gru,
    "W11": attention.Attention,
    "W12": deep.Deep,
}


def opened(workload, case, threads):
    torch.set_num_threads(threads)
    return WORK[workload](case)


def say(answer):
    print("@" + json.dumps(answer), flush=True)


def main():
    run = None
    for line in sys.stdin:
        request = json.loads(line)
        try:
            if request["op"] == "open":
                run = opened(request["workload"], request["case"], request["threads"])
                say({"ok": True})
            elif request["op"] == "values":
                say({"values": run.values()})
            else:
                run.prepare()
                begin = time.perf_counter()
                run.round(request["count"])
                ms = (time.perf_counter() - begin) * 1000
                say({"ms": ms, "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024})
        except Exception as error:
            say({"error": repr(error)})


if sys.argv[1:2] == ["start"]:
    opened("W7", "first step", int(sys.argv[2])).round(1)
    say("done")
    os._exit(0)
main()
