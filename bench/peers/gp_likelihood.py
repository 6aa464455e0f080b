"""The same work in scikit-learn: gp_likelihood.py SUITE MILLISECONDS prints a line of JSON for each figure. One thread; a kernel of 11
hyperparameters: twice a constant, a linear, a quadratic and a smooth kernel with weights of their own, and noise. It has no kernel of
squares."""
import json
import os
import sys

os.environ["OPENBLAS_NUM_THREADS"] = "1"
import numpy as np
from sklearn.gaussian_process import GaussianProcessRegressor
from sklearn.gaussian_process.kernels import ConstantKernel, DotProduct, RBF, WhiteKernel

from hosvd import nanoseconds, numbers

COLUMNS = 20


def weight():
    return ConstantKernel(np.exp(-1))


def part():
    def product():
        return DotProduct(sigma_0=0, sigma_0_bounds="fixed")

    return (weight() + weight() * ConstantKernel(1 / COLUMNS, "fixed") * product()
            + weight() * ConstantKernel(1 / COLUMNS ** 2, "fixed") * product() ** 2 + weight() * RBF(np.exp(-1) * COLUMNS ** 0.5))


def evaluation(rows):
    x = np.sqrt(3) * numbers("x", rows, COLUMNS)
    y = numbers("y", rows) + x[:, 0] + x[:, 1] * x[:, 2]
    process = GaussianProcessRegressor(part() + part() + WhiteKernel(np.exp(-2)), optimizer=None).fit(x, y)
    return lambda: process.log_marginal_likelihood(process.kernel_.theta, eval_gradient=True)


if __name__ == "__main__" and sys.argv[1] == "gp":
    rows = 2000
    print(json.dumps({"suite": "gp", "row": str(rows), "series": "scikit-learn", "value": nanoseconds(evaluation(rows), int(sys.argv[2]))}),
          flush=True)
