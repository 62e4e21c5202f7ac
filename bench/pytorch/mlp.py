"""The perceptrons of W2 and W3."""
import torch

from data import hashed, uniform, weight
from training import Training, put

BATCHES = 4


def mlp(sizes, activation, classes, rate, batch, checked):
    layers = []
    for i, (inputs, outputs) in enumerate(zip(sizes, sizes[1:])):
        linear = torch.nn.Linear(inputs, outputs)
        put(linear.weight, weight(10 + i, inputs, outputs).T)
        put(linear.bias, torch.zeros(outputs))
        layers += ([activation()] if i else []) + [linear]
    model = torch.nn.Sequential(*layers)
    batches = []
    for i in range(BATCHES):
        x = uniform(batch * sizes[0], 100 + i).reshape(batch, sizes[0])
        t = hashed(batch, 200 + i) % sizes[-1] if classes else uniform(batch * sizes[-1], 200 + i).reshape(batch, sizes[-1])
        batches.append((x, t))
    loss = torch.nn.CrossEntropyLoss() if classes else torch.nn.MSELoss()
    return Training(model, list(model.parameters()), loss, batches, torch.optim.Adam if classes else torch.optim.SGD, rate, checked)


def classifier():
    return mlp([784, 512, 256, 10], torch.nn.ReLU, True, 0.001, 128, 5)


def regression():
    return mlp([2, 16, 16, 1], torch.nn.Tanh, False, 0.05, 32, 40)
