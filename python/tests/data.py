"""A small study: two clinics, one without a lab value."""

import numpy as np
import pandas as pd


def clinics(rows=40, seed=1):
    random = np.random.default_rng(seed)
    X, y = {}, {}
    for name in ("north", "south, ü"):
        frame = pd.DataFrame({"age": random.normal(50, 9, rows), "sex": random.random(rows) < 0.5,
                              "stage": random.choice(["I", 'II "b", ext'], rows), "crp": random.normal(5, 2, rows)})
        y[name] = (100 + frame.age / 2 + 5 * frame.sex + 2 * frame.crp + random.normal(0, 1, rows)).to_numpy()
        X[name] = frame if name == "north" else frame.drop(columns="crp")
    X["south, ü"].loc[3, "age"] = np.nan
    return X, y
