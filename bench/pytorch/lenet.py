"""The convolutional network of W4."""
import math

import torch

from data import hashed, uniform, weight
from training import Training, put

BATCH, CLASSES, SIDE, FEATURES = 64, 10, 28, 16 * 7 * 7


def convolution(seed, inputs, outputs):
    made = torch.nn.Conv2d(inputs, outputs, 5, padding=2)
    scale = math.sqrt(6 / ((inputs + outputs) * 25))
    put(made.weight, uniform(made.weight.numel(), seed, scale).reshape(made.weight.shape))
    put(made.bias, torch.zeros(outputs))
    return made


def lenet():
    dense = torch.nn.Linear(FEATURES, CLASSES)
    put(dense.weight, weight(22, FEATURES, CLASSES).T)
    put(dense.bias, torch.zeros(CLASSES))
    model = torch.nn.Sequential(
        convolution(20, 1, 8),
        torch.nn.ReLU(),
        torch.nn.MaxPool2d(2),
        convolution(21, 8, 16),
        torch.nn.ReLU(),
        torch.nn.MaxPool2d(2),
        torch.nn.Flatten(),
        dense,
    )
    batches = [
        (uniform(BATCH * SIDE * SIDE, 100 + i).reshape(BATCH, 1, SIDE, SIDE), hashed(BATCH, 200 + i) % CLASSES) for i in range(4)
    ]
    return Training(model, list(model.parameters()), torch.nn.CrossEntropyLoss(), batches, torch.optim.Adam, 0.001, 3)
