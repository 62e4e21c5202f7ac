"""PyTorch's side of the benchmark: host.ts in Python. The numbers are those of numbers.ts, the work that of workloads/."""
import json
import math
import os
import sys
import time

import torch

MASK = 0xFFFFFFFF


def hashed(length, seed):
    x = ((torch.arange(length, dtype=torch.int64) + 1 + seed * 1000003) * 0x9E3779B1) & MASK
    x = ((x ^ (x >> 15)) * 0x85EBCA77) & MASK
    x = ((x ^ (x >> 13)) * 0xC2B2AE3D) & MASK
    return x ^ (x >> 16)


def uniform(length, seed, scale=1.0):
    return ((hashed(length, seed).double() / 2147483648 - 1) * scale).float()


def sample(y):
    flat = y.detach().reshape(-1)
    count = min(64, flat.numel())
    # Half up, as Math.round does.
    places = [math.floor(i * (flat.numel() - 1) / max(1, count - 1) + 0.5) for i in range(count)]
    return flat[places].tolist()


class Calls:
    """Work that gives one tensor."""

    def __init__(self, compute):
        self.compute = compute

    def prepare(self):
        pass

    def values(self):
        return sample(self.compute())

    def round(self, count):
        for _ in range(count):
            self.compute()


class Mlp:
    """A training step, eager, with PyTorch's own modules, losses and optimizers."""

    BATCHES = 4

    def __init__(self, sizes, activation, classes, rate, batch, checked):
        self.sizes, self.classes, self.rate, self.checked = sizes, classes, rate, checked
        layers = []
        for i, (inputs, outputs) in enumerate(zip(sizes, sizes[1:])):
            layers += ([activation()] if i else []) + [torch.nn.Linear(inputs, outputs)]
        self.model = torch.nn.Sequential(*layers)
        self.loss = torch.nn.CrossEntropyLoss() if classes else torch.nn.MSELoss()
        self.batches = []
        for i in range(self.BATCHES):
            x = uniform(batch * sizes[0], 100 + i).reshape(batch, sizes[0])
            t = hashed(batch, 200 + i) % sizes[-1] if classes else uniform(batch * sizes[-1], 200 + i).reshape(batch, sizes[-1])
            self.batches.append((x, t))
        self.prepare()

    def prepare(self):
        linear = [layer for layer in self.model if isinstance(layer, torch.nn.Linear)]
        with torch.no_grad():
            for i, layer in enumerate(linear):
                inputs, outputs = layer.in_features, layer.out_features
                layer.weight.copy_(uniform(inputs * outputs, 10 + i, math.sqrt(6 / (inputs + outputs))).reshape(inputs, outputs).T)
                layer.bias.zero_()
        parameters = self.model.parameters()
        self.optimizer = torch.optim.Adam(parameters, lr=self.rate, eps=1e-8) if self.classes else torch.optim.SGD(parameters, lr=self.rate)

    def step(self, i):
        x, t = self.batches[i % self.BATCHES]
        self.optimizer.zero_grad(set_to_none=True)
        loss = self.loss(self.model(x), t)
        loss.backward()
        self.optimizer.step()
        return loss

    def values(self):
        self.prepare()
        return [self.step(i).item() for i in range(self.checked)]

    def round(self, count):
        for i in range(count):
            loss = self.step(i)
        return loss.item()


def classifier():
    return Mlp([784, 512, 256, 10], torch.nn.ReLU, True, 0.001, 128, 5)


def regression():
    return Mlp([2, 16, 16, 1], torch.nn.Tanh, False, 0.05, 32, 40)


def product(case):
    form, size = case.split(",")[0].split(" ")
    n = int(size)
    a, b = uniform(n * n, 1).reshape(n, n), uniform(n * n, 2).reshape(n, n)
    x, y = (a.T if form == "TN" else a), (b.T if form == "NT" else b)
    return Calls(lambda: torch.mm(x, y))


def chain(case):
    x = uniform(int(case), 5, 4.0)
    return Calls(lambda: torch.tanh(2 * x + 1) * torch.sigmoid(x) + torch.relu(x))


def reduction(case):
    if case == "sum":
        x = uniform(10_000_000, 8)
        return Calls(lambda: x.sum())
    x = uniform(128 * 1000, 8, 5.0).reshape(128, 1000)
    return Calls((lambda: torch.softmax(x, -1)) if case == "softmax" else (lambda: torch.logsumexp(x, -1)))


WORK = {
    "W1": product,
    "W2": lambda _: classifier(),
    "W3": lambda _: regression(),
    "W5": chain,
    "W7": lambda _: regression(),
    "W8": reduction,
    "W9": lambda _: classifier(),
}


def opened(workload, case, threads):
    torch.set_num_threads(threads)
    work = WORK[workload](case)
    if not isinstance(work, Mlp):
        torch.set_grad_enabled(False)
    return work


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
                say({"ms": (time.perf_counter() - begin) * 1000})
        except Exception as error:
            say({"error": repr(error)})


if sys.argv[1:2] == ["start"]:
    opened("W7", "first step", int(sys.argv[2])).round(1)
    say("done")
    os._exit(0)
main()
