"""Work that gives one tensor: W1, W5 and W8."""
import torch

from data import sample, uniform


class Calls:
    def __init__(self, compute):
        self.compute = compute
        torch.set_grad_enabled(False)

    def prepare(self):
        pass

    def values(self):
        return sample(self.compute())

    def round(self, count):
        for _ in range(count):
            self.compute()


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
