"""NumPy with the formulas of "Deep Learning from Scratch", chapters 5 to 7, in float32 throughout."""

import numpy as np
from serve import Unsupported, serve


def im2col(x, FH, FW, stride, pad):
    """One row a window: (N·OH·OW, C·FH·FW)."""
    N, C, H, W = x.shape
    OH = (H + 2 * pad - FH) // stride + 1
    OW = (W + 2 * pad - FW) // stride + 1
    padded = np.pad(x, [(0, 0), (0, 0), (pad, pad), (pad, pad)])
    col = np.zeros((N, C, FH, FW, OH, OW), x.dtype)
    for fh in range(FH):
        for fw in range(FW):
            col[:, :, fh, fw] = padded[:, :, fh : fh + stride * OH : stride, fw : fw + stride * OW : stride]
    return col.transpose(0, 4, 5, 1, 2, 3).reshape(N * OH * OW, -1)


def col2im(col, shape, FH, FW, stride, pad):
    """Adds every element of the rows up where im2col took it from."""
    N, C, H, W = shape
    OH = (H + 2 * pad - FH) // stride + 1
    OW = (W + 2 * pad - FW) // stride + 1
    col = col.reshape(N, OH, OW, C, FH, FW).transpose(0, 3, 4, 5, 1, 2)
    padded = np.zeros((N, C, H + 2 * pad + stride - 1, W + 2 * pad + stride - 1), col.dtype)
    for fh in range(FH):
        for fw in range(FW):
            padded[:, :, fh : fh + stride * OH : stride, fw : fw + stride * OW : stride] += col[:, :, fh, fw]
    return padded[:, :, pad : H + pad, pad : W + pad]


class Convolution:
    def __init__(self, W, b, stride=1, pad=0):
        self.W, self.b, self.stride, self.pad = W, b, stride, pad

    def forward(self, x):
        FN, _, FH, FW = self.W.shape
        N, _, H, W = x.shape
        OH = (H + 2 * self.pad - FH) // self.stride + 1
        OW = (W + 2 * self.pad - FW) // self.stride + 1
        self.shape = x.shape
        self.col = im2col(x, FH, FW, self.stride, self.pad)
        self.colW = self.W.reshape(FN, -1).T
        out = np.dot(self.col, self.colW) + self.b
        return out.reshape(N, OH, OW, -1).transpose(0, 3, 1, 2)

    def backward(self, dout):
        FN, _, FH, FW = self.W.shape
        dout = dout.transpose(0, 2, 3, 1).reshape(-1, FN)
        self.db = np.sum(dout, axis=0)
        self.dW = np.dot(self.col.T, dout).transpose(1, 0).reshape(self.W.shape)
        return col2im(np.dot(dout, self.colW.T), self.shape, FH, FW, self.stride, self.pad)


class MaxPooling:
    def __init__(self, size, stride):
        self.size, self.stride = size, stride

    def forward(self, x):
        N, C, H, W = x.shape
        OH = (H - self.size) // self.stride + 1
        OW = (W - self.size) // self.stride + 1
        self.shape = x.shape
        col = im2col(x, self.size, self.size, self.stride, 0).reshape(-1, self.size**2)
        self.argMax = np.argmax(col, axis=1)
        return np.max(col, axis=1).reshape(N, OH, OW, C).transpose(0, 3, 1, 2)

    def backward(self, dout):
        dout = dout.transpose(0, 2, 3, 1)
        dcol = np.zeros((dout.size, self.size**2), dout.dtype)
        dcol[np.arange(self.argMax.size), self.argMax] = dout.flatten()
        rows = dout.shape[0] * dout.shape[1] * dout.shape[2]
        return col2im(dcol.reshape(rows, -1), self.shape, self.size, self.size, self.stride, 0)


class Relu:
    def forward(self, x):
        self.mask = x <= 0
        out = x.copy()
        out[self.mask] = 0
        return out

    def backward(self, dout):
        dout[self.mask] = 0
        return dout


class Affine:
    def __init__(self, W, b):
        self.W, self.b = W, b

    def forward(self, x):
        self.shape = x.shape
        self.x = x.reshape(x.shape[0], -1)
        return np.dot(self.x, self.W) + self.b

    def backward(self, dout):
        self.dW = np.dot(self.x.T, dout)
        self.db = np.sum(dout, axis=0)
        return np.dot(dout, self.W.T).reshape(self.shape)


class SoftmaxWithLoss:
    def forward(self, x, t):
        self.t = t
        powers = np.exp(x - x.max(axis=1, keepdims=True))
        self.y = powers / powers.sum(axis=1, keepdims=True)
        return -np.sum(np.log(self.y[np.arange(t.size), t] + 1e-7)) / t.size

    def backward(self):
        dx = self.y.copy()
        dx[np.arange(self.t.size), self.t] -= 1
        return dx / np.float32(self.t.size)


class Adam:
    def __init__(self, lr=0.001, beta1=0.9, beta2=0.999):
        self.lr, self.beta1, self.beta2, self.step = lr, beta1, beta2, 0
        self.m, self.v = {}, {}

    def update(self, parameters, gradients):
        self.step += 1
        lr = self.lr * np.sqrt(1 - self.beta2**self.step) / (1 - self.beta1**self.step)
        for name, value in parameters.items():
            m = self.m.setdefault(name, np.zeros_like(value))
            v = self.v.setdefault(name, np.zeros_like(value))
            m += (1 - self.beta1) * (gradients[name] - m)
            v += (1 - self.beta2) * (gradients[name] ** 2 - v)
            value -= np.float32(lr) * m / (np.sqrt(v) + np.float32(1e-7))


class SimpleConvNet:
    """Section 7.5: conv, relu, pool, affine, relu, affine, softmax with loss."""

    def __init__(self, layer, operands):
        filters, size, units = layer["filters"], layer["size"], layer["units"]
        self.x = operands("x", layer["x"])
        self.t = operands("t", [-1]).astype(np.int64)
        self.trained = {
            "1": Convolution(operands("W1", [filters, layer["x"][1], size, size]), operands("b1", [-1])),
            "2": Affine(operands("W2", [-1, units[0]]), operands("b2", [-1])),
            "3": Affine(operands("W3", [-1, units[1]]), operands("b3", [-1])),
        }
        one, two, three = self.trained.values()
        self.layers = [one, Relu(), MaxPooling(2, 2), two, Relu(), three]
        self.loss = SoftmaxWithLoss()
        self.adam = Adam()

    def step(self):
        """Forward, backward and update: the loss, and the gradients by name."""
        out = self.x
        for layer in self.layers:
            out = layer.forward(out)
        loss = self.loss.forward(out, self.t)
        dout = self.loss.backward()
        for layer in reversed(self.layers):
            dout = layer.backward(dout)
        gradients, parameters = {}, {}
        for name, layer in self.trained.items():
            gradients["W" + name], gradients["b" + name] = layer.dW, layer.db
            parameters["W" + name], parameters["b" + name] = layer.W, layer.b
        self.adam.update(parameters, gradients)
        return loss, gradients


def prepare(layer, direction, operands):
    if layer["kind"] == "network":
        return prepare_network(layer, operands)
    x = operands("x", layer["x"])
    if layer["kind"] == "pooling":
        computed = MaxPooling(layer["size"], layer["stride"])
    elif layer["dilation"] > 1 or layer["groups"] > 1:
        raise Unsupported("the book has neither dilation nor groups")
    else:
        computed = Convolution(operands("W", layer["W"]), operands("b", [-1]), layer["stride"], layer["pad"])
    answer = {"out": computed.forward(x)}
    if direction == "forward":
        return lambda: answer.update(out=computed.forward(x)), lambda: answer
    dout = operands("dout", answer.pop("out").shape)
    gradients = lambda: {name: getattr(computed, name) for name in ("dW", "db") if hasattr(computed, name)}
    return lambda: answer.update(dx=computed.backward(dout)), lambda: {**answer, **gradients()}


def prepare_network(layer, operands):
    network = SimpleConvNet(layer, operands)

    def answer():
        steps = [step() for step in [SimpleConvNet(layer, operands).step] * layer["checked"]]
        gradients = {"d" + name: gradient for name, gradient in steps[0][1].items()}
        return {"losses": [loss for loss, _ in steps], **gradients}

    return network.step, answer


serve(prepare)
