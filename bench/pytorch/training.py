"""A training step, eager, with PyTorch's own modules, losses and optimizers."""
import torch


class Training:
    """`parameters` in the order of the benchmark's own; `batches` of an input and a target, taken in turn."""

    def __init__(self, model, parameters, loss, batches, optimizer, rate, checked):
        self.model, self.parameters, self.loss, self.batches = model, parameters, loss, batches
        self.make, self.rate, self.checked = optimizer, rate, checked
        self.initial = [p.detach().clone() for p in parameters]
        self.prepare()

    def prepare(self):
        with torch.no_grad():
            for p, first in zip(self.parameters, self.initial):
                p.copy_(first)
        self.optimizer = self.make(self.parameters, lr=self.rate)

    def step(self, i):
        x, t = self.batches[i % len(self.batches)]
        self.optimizer.zero_grad(set_to_none=True)
        loss = self.loss(self.model(x), t)
        loss.backward()
        self.optimizer.step()
        return loss

    def values(self):
        self.prepare()
        losses = [self.step(i).item() for i in range(self.checked)]
        return losses + [((p - first).abs().mean() / self.rate).item() for p, first in zip(self.parameters, self.initial)]

    def round(self, count):
        for i in range(count):
            loss = self.step(i)
        return loss.item()


def put(parameter, value):
    """Gives a parameter its first value."""
    with torch.no_grad():
        parameter.copy_(value)
