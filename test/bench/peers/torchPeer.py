"""PyTorch on the CPU. Its number of threads is the last argument."""

import sys

import torch
import torch.nn.functional as F
from serve import serve

torch.set_num_threads(int(sys.argv[-1]))


def prepare(layer, direction, operands):
    tensor = lambda name, shape: torch.from_numpy(operands(name, shape))
    if layer["kind"] == "network":
        return prepare_network(layer, tensor)
    x = tensor("x", layer["x"])
    if layer["kind"] == "pooling":
        inputs, names = [x], ["dx"]
        forward = lambda: F.max_pool2d(x, layer["size"], layer["stride"])
    else:
        W, b = tensor("W", layer["W"]), tensor("b", [-1])
        inputs, names = [x, W, b], ["dx", "dW", "db"]
        attributes = [layer[name] for name in ("stride", "pad", "dilation", "groups")]
        forward = lambda: F.conv2d(x, W, b, *attributes)
    computed = []
    if direction == "forward":

        def run():
            with torch.inference_mode():
                computed[:] = [forward()]

        return run, lambda: {"out": computed[0].numpy()}
    for value in inputs:
        value.requires_grad_()
    out = forward()
    dout = tensor("dout", out.shape)

    def run():
        computed[:] = torch.autograd.grad(out, inputs, dout, retain_graph=True)

    return run, lambda: {name: gradient.numpy() for name, gradient in zip(names, computed)}


def prepare_network(layer, tensor):
    def training():
        """A network of its own, and what does a step: the loss, and the gradients by name."""
        filters, size, units = layer["filters"], layer["size"], layer["units"]
        x, t = tensor("x", layer["x"]), tensor("t", [-1]).long()
        shapes = {"1": [filters, layer["x"][1], size, size], "2": [-1, units[0]], "3": [-1, units[1]]}
        parameters = {}
        for name, shape in shapes.items():
            parameters["W" + name] = tensor("W" + name, shape).requires_grad_()
            parameters["b" + name] = tensor("b" + name, [-1]).requires_grad_()
        W1, b1, W2, b2, W3, b3 = parameters.values()
        adam = torch.optim.Adam(parameters.values(), lr=0.001)

        def step():
            adam.zero_grad()
            pooled = F.max_pool2d(F.relu(F.conv2d(x, W1, b1)), 2)
            hidden = F.relu(pooled.flatten(1) @ W2 + b2)
            loss = F.cross_entropy(hidden @ W3 + b3, t)
            loss.backward()
            adam.step()
            return loss.item(), parameters

        return step

    def answer():
        step = training()
        loss, parameters = step()
        gradients = {"d" + name: value.grad.clone().numpy() for name, value in parameters.items()}
        return {"losses": [loss] + [step()[0] for _ in range(layer["checked"] - 1)], **gradients}

    return training(), answer


serve(prepare)
