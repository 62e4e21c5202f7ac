"""A gated recurrent unit over a long sequence: the loss and the gradient by each weight. W10."""
import torch

from data import sample, uniform

STEPS, BATCH, INPUTS, UNITS = 1000, 32, 16, 64


class Gru:
    """PyTorch's own module, whose loop is in C++; or its cell, called for each step."""

    def __init__(self, case):
        scale = UNITS**-0.5
        w, u, b, c = (
            uniform(INPUTS * 3 * UNITS, 101, scale).reshape(INPUTS, 3 * UNITS).T,
            uniform(UNITS * 3 * UNITS, 102, scale).reshape(UNITS, 3 * UNITS).T,
            uniform(3 * UNITS, 103, scale),
            uniform(3 * UNITS, 104, scale),
        )
        self.whole = case == "scan"
        self.model = torch.nn.GRU(INPUTS, UNITS) if self.whole else torch.nn.GRUCell(INPUTS, UNITS)
        self.weights = list(self.model.parameters())
        with torch.no_grad():
            for own, value in zip(self.weights, (w, u, b, c)):
                own.copy_(value)
        self.x = uniform(STEPS * BATCH * INPUTS, 105).reshape(STEPS, BATCH, INPUTS)

    def prepare(self):
        pass

    def compute(self):
        self.model.zero_grad(set_to_none=True)
        if self.whole:
            hs, _ = self.model(self.x)
        else:
            h, all_h = torch.zeros(BATCH, UNITS), []
            for x in self.x:
                h = self.model(x, h)
                all_h.append(h)
            hs = torch.stack(all_h)
        loss = hs.square().mean()
        loss.backward()
        return loss

    def values(self):
        loss = self.compute().item()
        gradients = [g.grad.T if g.grad.dim() == 2 else g.grad for g in self.weights]
        return [loss] + [x for g in gradients for x in sample(g)]

    def round(self, count):
        for _ in range(count):
            self.compute()
