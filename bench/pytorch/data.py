"""The numbers of numbers.ts: a hash of the place."""
import math

import torch

MASK = 0xFFFFFFFF


def hashed(length, seed):
    x = ((torch.arange(length, dtype=torch.int64) + 1 + seed * 1000003) * 0x9E3779B1) & MASK
    x = ((x ^ (x >> 15)) * 0x85EBCA77) & MASK
    x = ((x ^ (x >> 13)) * 0xC2B2AE3D) & MASK
    return x ^ (x >> 16)


def uniform(length, seed, scale=1.0):
    return ((hashed(length, seed).double() / 2147483648 - 1) * scale).float()


def weight(seed, inputs, outputs):
    """A dense layer's first weight, inputs by outputs."""
    return uniform(inputs * outputs, seed, math.sqrt(6 / (inputs + outputs))).reshape(inputs, outputs)


def sample(y):
    flat = y.detach().reshape(-1)
    count = min(64, flat.numel())
    # Half up, as Math.round does.
    places = [math.floor(i * (flat.numel() - 1) / max(1, count - 1) + 0.5) for i in range(count)]
    return flat[places].tolist()
