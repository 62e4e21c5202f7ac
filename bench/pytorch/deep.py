"""A deep perceptron and its gradient, as it is and with checkpoints. W12."""
import torch
from torch.utils.checkpoint import checkpoint

from data import sample, uniform

LAYERS, GROUPS, WIDTH, BATCH = 64, 8, 64, 1024


class Deep:
    def __init__(self, case):
        self.kept = case != "checkpoint"
        self.weights = [
            uniform(WIDTH * WIDTH, 200 + layer, 2 / WIDTH**0.5).reshape(WIDTH, WIDTH).requires_grad_() for layer in range(LAYERS)
        ]
        # The first checkpoint is differentiated only if its input is.
        self.x = uniform(BATCH * WIDTH, 121).reshape(BATCH, WIDTH).requires_grad_()

    def prepare(self):
        pass

    def compute(self):
        for tensor in [*self.weights, self.x]:
            tensor.grad = None
        x, size = self.x, LAYERS // GROUPS

        def group(y, *weights):
            for w in weights:
                y = torch.tanh(y @ w)
            return y

        for i in range(GROUPS):
            part = self.weights[i * size : (i + 1) * size]
            x = group(x, *part) if self.kept else checkpoint(group, x, *part)
        loss = x.square().mean()
        loss.backward()
        return loss

    def values(self):
        return [self.compute().item()] + [x for layer in (0, 31, 63) for x in sample(self.weights[layer].grad)]

    def round(self, count):
        for _ in range(count):
            self.compute()
