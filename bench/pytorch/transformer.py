"""The transformer block of W6."""
import math

import torch

from data import uniform, weight
from training import Training, put

WIDTH, HEADS, LENGTH, BATCH, HIDDEN = 128, 4, 64, 16, 512


def linear(seed, inputs, outputs, bias=True):
    made = torch.nn.Linear(inputs, outputs, bias=bias)
    put(made.weight, weight(seed, inputs, outputs).T)
    if bias:
        put(made.bias, torch.zeros(outputs))
    return made


class Block(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.norm1 = torch.nn.LayerNorm(WIDTH)
        self.query, self.key, self.value = (linear(seed, WIDTH, WIDTH, bias=False) for seed in (30, 31, 32))
        self.mix = linear(33, WIDTH, WIDTH)
        self.norm2 = torch.nn.LayerNorm(WIDTH)
        self.up = linear(34, WIDTH, HIDDEN)
        self.down = linear(35, HIDDEN, WIDTH)
        self.gelu = torch.nn.GELU(approximate="tanh")
        self.hidden = torch.ones(LENGTH, LENGTH, dtype=torch.bool).triu(1)

    def attention(self, x):
        q, k, v = (f(x).view(BATCH, LENGTH, HEADS, -1).transpose(1, 2) for f in (self.query, self.key, self.value))
        scores = (q @ k.transpose(-2, -1)) * (1 / math.sqrt(WIDTH / HEADS))
        weights = torch.softmax(scores.masked_fill(self.hidden, -math.inf), -1)
        return self.mix((weights @ v).transpose(1, 2).reshape(BATCH, LENGTH, WIDTH))

    def forward(self, x):
        y = x + self.attention(self.norm1(x))
        return y + self.down(self.gelu(self.up(self.norm2(y))))


def block():
    sizes = (BATCH, LENGTH, WIDTH)
    batches = [tuple(uniform(math.prod(sizes), seed + i).reshape(sizes) for seed in (100, 200)) for i in range(4)]
    model = Block()
    return Training(model, list(model.parameters()), torch.nn.MSELoss(), batches, torch.optim.Adam, 0.001, 3)
