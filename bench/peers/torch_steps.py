"""The same work in PyTorch: torch_steps.py SUITE MILLISECONDS prints a line of JSON for each figure.

Best of PyTorch's optimizers (loop, foreach, fused) and thread counts (1, all; MTL-HMB one thread only), eager mode. Parameters and data are
the sequences of intarsia.bench.Numbers, to the bit, so losses can be compared.
"""
import json
import math
import os
import statistics
import sys
import time
import zlib

import torch
from torch import nn

DTYPES = {"F64": torch.float64, "F32": torch.float32}


def available(optimizer):
    """Older versions fuse on CUDA alone."""
    try:
        torch.optim.Adam([torch.zeros(1)], **optimizer)
        return True
    except RuntimeError:
        return False


OPTIMIZERS = [o for o in ({"foreach": False}, {"foreach": True}, {"fused": True}) if available(o)]


def numbers(name, bound, *shape):
    """A linear congruential sequence seeded by the CRC-32 of a name, in [-bound, bound)."""
    state = zlib.crc32(name.encode())
    values = []
    for _ in range(math.prod(shape)):
        state = (state * 1664525 + 1013904223) & 0xFFFFFFFF
        values.append((state / 2147483648.0 - 1) * bound)
    return torch.tensor(values, dtype=torch.float64).reshape(shape)


def say(suite, row, value):
    print(json.dumps({"suite": suite, "row": row, "series": "PyTorch", "value": value}), flush=True)


def nanoseconds(work, millis):
    """Median over three rounds of the mean time of a call."""
    work()
    start = time.perf_counter_ns()
    work()
    once = max(1, time.perf_counter_ns() - start)
    count = max(1, int(millis * 1e6 / 3 / once))
    for _ in range(min(count, 50)):
        work()
    rounds = []
    for _ in range(3):
        start = time.perf_counter_ns()
        for _ in range(count):
            work()
        rounds.append((time.perf_counter_ns() - start) / count)
    return statistics.median(rounds)


class Linear(nn.Linear):
    """A linear layer whose parameters begin as those of the name given.

    Weights are declared inputs x outputs there, outputs x inputs here.
    """

    def __init__(self, name, inputs, outputs, dtype):
        super().__init__(inputs, outputs, dtype=dtype)
        with torch.no_grad():
            self.weight.copy_(numbers(name + "/weight", 1 / math.sqrt(inputs), inputs, outputs).T)
            self.bias.copy_(numbers(name + "/bias", 0.1, outputs))


def adam_step(parameters, loss, optimizer):
    adam = torch.optim.Adam(parameters, lr=0.001, **optimizer)

    def step():
        adam.zero_grad(set_to_none=True)
        value = loss()
        value.backward()
        adam.step()
        return value

    return step


def mlp(dtype, depth, width, batch, optimizer):
    layers = []
    inputs = 150
    for l in range(depth):
        layers += [Linear(f"layer/{l}", inputs, width, dtype), nn.Tanh()]
        inputs = width
    net = nn.Sequential(*layers, Linear(f"layer/{depth}", inputs, 1, dtype))
    x = numbers("x", 1, batch, 150).to(dtype)
    y = numbers("y", 1, batch, 1).to(dtype)
    mse = nn.MSELoss()
    return adam_step(net.parameters(), lambda: mse(net(x), y), optimizer)


class Hmb(nn.Module):
    """MTL-HMB's second stage (arXiv 2505.24413, eqs. 3 to 8) for two tasks.

    Each observes one source of 25 columns beside an anchor of 100.
    """

    def __init__(self, depth, width, dtype):
        super().__init__()
        self.depth = depth

        def encoder(name, inputs):
            layers = []
            for l in range(depth):
                layers.append(Linear(f"{name}/{l}", inputs, width, dtype))
                inputs = width
                if l + 1 < depth:
                    layers.append(nn.ReLU())
            return nn.Sequential(*layers)

        tasks = ("one", "two")
        self.shared_encoder = encoder("shared/encoder", 100)
        self.own_encoders = nn.ModuleList(encoder(f"task/{t}/encoder", 150) for t in tasks)
        self.shared_path = nn.ModuleList(Linear(f"shared/path/{l}", 2 * width, width, dtype) if l == 0
                                         else Linear(f"shared/path/{l}", width, width, dtype) for l in range(depth))
        self.own_paths = nn.ModuleList(
            nn.ModuleList(Linear(f"task/{t}/path/{l}", 2 * width, width, dtype) for l in range(depth)) for t in tasks)
        self.shared_head = Linear("shared/head", width, 1, dtype)
        self.own_heads = nn.ModuleList(Linear(f"task/{t}/head", 2 * width, 1, dtype) for t in tasks)

    def forward(self, t, x):
        h = self.shared_encoder(x[:, :100])
        k = self.own_encoders[t](x)
        shared = both = torch.cat((h, k), 1)
        for l in range(self.depth):
            shared_next = torch.relu(self.shared_path[l](shared))
            own = torch.relu(self.own_paths[t][l](both))
            shared = shared_next
            both = torch.cat((shared, own), 1)
        return self.own_heads[t](both) + self.shared_head(shared), h, k

    def loss(self, xs, ys):
        loss = 0
        for t in range(2):
            z, h, k = self(t, xs[t])
            loss = loss + ((z - ys[t]) ** 2).sum() + 0.1 * ((h.T @ k) ** 2).sum()
            missing = slice(125, 150) if t == 0 else slice(100, 125)
            loss = loss + 0.1 * (self.own_encoders[t][0].weight[:, missing] ** 2).sum()
            for l in range(self.depth):
                theta = self.shared_path[l].weight
                loss = loss + 0.1 * ((theta @ self.own_paths[t][l].weight[:, :theta.shape[1]].T) ** 2).sum()
        return loss


def hmb(dtype, depth, width, optimizer):
    net = Hmb(depth, width, dtype)
    xs = [numbers(f"x/{t}", 1, 192, 150).to(dtype) for t in ("one", "two")]
    ys = [numbers(f"y/{t}", 1, 192, 1).to(dtype) for t in ("one", "two")]
    order = torch.arange(192)
    position = 0

    def loss():
        nonlocal position
        rows = order[position:position + 16]
        position = (position + 16) % 192
        return net.loss([x[rows] for x in xs], [y[rows] for y in ys])

    return adam_step(net.parameters(), loss, optimizer)


def loss_after(step, steps=5):
    for _ in range(steps):
        value = step()
    return value.item()


def measure_mlp(millis):
    for precision, dtype in DTYPES.items():
        say("loss", f"mlp {precision}", loss_after(mlp(dtype, 2, 32, 16, OPTIMIZERS[0])))
        for depth in (2, 3, 4):
            for width in (32, 64, 128):
                for batch in (8, 16, 32):
                    times = []
                    for threads in sorted({1, os.cpu_count()}):
                        torch.set_num_threads(threads)
                        times += [nanoseconds(mlp(dtype, depth, width, batch, o), millis / 2) for o in OPTIMIZERS]
                    say("mlp", f"{precision} {depth} {width} {batch}", min(times))


def measure_hmb(millis):
    torch.set_num_threads(1)
    for precision, dtype in DTYPES.items():
        say("loss", f"hmb {precision}", loss_after(hmb(dtype, 2, 32, OPTIMIZERS[0])))
        for depth in (2, 3, 4):
            for width in (32, 64, 128):
                say("hmb", f"{precision} {depth} {width}", min(nanoseconds(hmb(dtype, depth, width, o), millis) for o in OPTIMIZERS))


def measure_elementwise(millis):
    functions = {"EXP": torch.exp, "LOG": torch.log, "TANH": torch.tanh, "SIGMOID": torch.sigmoid, "SOFTPLUS": nn.functional.softplus}
    for precision, dtype in DTYPES.items():
        given = numbers("x", 8, 4096).to(dtype)
        out = torch.empty_like(given)
        for name, f in functions.items():
            x = given.abs() if name == "LOG" else given
            times = []
            for threads in sorted({1, os.cpu_count()}):
                torch.set_num_threads(threads)
                times.append(nanoseconds(lambda: f(x) if name == "SOFTPLUS" else f(x, out=out), millis))
            say("elementwise", f"{precision} {name}", min(times))


def measure_decomposition(millis):
    torch.set_num_threads(1)
    a = numbers("a", 1, 500, 500)
    say("decomposition", "SVD 500x500", nanoseconds(lambda: torch.linalg.svd(a, full_matrices=False), millis))
    gram = a.T @ a
    say("decomposition", "EIGEN 500x500", nanoseconds(lambda: torch.linalg.eigh(gram), millis))
    tall = numbers("a", 1, 1000, 200)
    say("decomposition", "QR 1000x200", nanoseconds(lambda: torch.linalg.qr(tall), millis))
    tensor = numbers("a", 1, 200, 200, 50)

    def hosvd():
        factors = [torch.linalg.svd(tensor.movedim(k, 0).reshape(n, -1), full_matrices=False)[0][:, :n // 5]
                   for k, n in enumerate(tensor.shape)]
        return torch.einsum("ijk,ia,jb,kc->abc", tensor, *factors)

    say("decomposition", "HOSVD 200x200x50", nanoseconds(hosvd, millis))


if __name__ == "__main__":
    measure = globals().get("measure_" + sys.argv[1])
    if measure is not None:
        with torch.set_grad_enabled(sys.argv[1] in ("mlp", "hmb")):
            measure(float(sys.argv[2]))
