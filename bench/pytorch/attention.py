"""Attention over heads that are given, and its gradient: by einsum and by matmul. W11."""
import torch

from data import sample, uniform

SIZES = (16, 64, 4, 32)


class Attention:
    def __init__(self, case):
        self.einsum = case == "einsum"
        self.given = [uniform(torch.Size(SIZES).numel(), seed, 2.0).reshape(SIZES).requires_grad_() for seed in (111, 112, 113)]

    def prepare(self):
        pass

    def attend(self, q, k, v):
        scale = SIZES[-1] ** -0.5
        if self.einsum:
            weights = torch.softmax(torch.einsum("bqhd,bkhd->bhqk", q, k) * scale, -1)
            return torch.einsum("bhqk,bkhd->bqhd", weights, v)
        scores = torch.matmul(q.permute(0, 2, 1, 3), k.permute(0, 2, 3, 1)) * scale
        return torch.matmul(torch.softmax(scores, -1), v.permute(0, 2, 1, 3)).permute(0, 2, 1, 3)

    def compute(self):
        for x in self.given:
            x.grad = None
        loss = self.attend(*self.given).square().mean()
        loss.backward()
        return loss

    def values(self):
        return [self.compute().item()] + [x for tensor in self.given for x in sample(tensor.grad)]

    def round(self, count):
        for _ in range(count):
            self.compute()
