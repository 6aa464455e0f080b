"""Missing cells."""

from pathlib import Path

import numpy as np
import pandas as pd

from ._estimator import PARAMETERS, ROWS, Estimator, TransformerMixin
from .study import ALONE, Tasks


class IntarsiaImputer(TransformerMixin, Estimator):
    __doc__ = """Fills in missing cells of the rows that it was fitted on: blocks by the model if it imputes them, all others by a joint
    normal distribution.
""" + PARAMETERS + """    draws : int, optional
        Also draw so many completed tables, for :meth:`drawn`.
    """

    def __init__(self, model="auto", *, draws=None, sources=None, task=None, repeats=None, options=None, time_limit=None, random_state=1,
                 n_jobs=None, program=None):
        super().__init__(model, sources=sources, task=task, repeats=repeats, options=options, time_limit=time_limit,
                         random_state=random_state, n_jobs=n_jobs, program=program)
        self.draws = draws

    def fit(self, X, y, sample_weight=None, *, groups=None):
        return self._fit(X, y, sample_weight, groups)

    fit.__doc__ = f"""Fits the model, and completes its rows.

        Parameters
        ----------{ROWS.format(y="A quantity that rows are to predict: the model learns it.")}        """

    def _response(self, tasks, y):
        return {"response": tasks.numbers(y, "y")}, {"kind": "continuous"}

    def _finish(self, folder, tasks, study, files, seed):
        out = Path(folder) / "completed"
        options = [] if self.draws is None else ["--draws", str(self.draws)]
        self._call(folder, tasks, "impute", Path(folder) / "run", "--study", Path(folder) / "study", "--out", out, "--seed", seed, *options)
        self._incomplete = tasks.frames
        self._completed = self._read(out, tasks, study, files)
        self._drawn = [self._read(out / f"draw-{k + 1}", tasks, study, files) for k in range(self.draws or 0)]

    @staticmethod
    def _read(folder, tasks, study, files):
        completed = {}
        for name, frame in tasks.frames.items():
            cells = pd.read_csv(folder / files[name], dtype=str, keep_default_na=False)
            columns = {}
            for column in study.columns:
                if column in cells:
                    columns[column] = _as(study.kinds[column][0], cells[column])
            completed[name] = pd.DataFrame(columns).set_axis(frame.index)
        return completed

    def transform(self, X):
        """The rows with nothing missing, as data frames; of an array, an array.

        Raises
        ------
        ValueError
            If a row is not one of those that the imputer was fitted on: fit again with it.
        """
        self._fitted()
        X = self._checked(X, reset=False)
        tasks = Tasks(X, self.task)
        done = {}
        for name, frame in tasks.frames.items():
            if name not in self._incomplete:
                raise ValueError(f"task '{name}' is none that the imputer was fitted on: " + ", ".join(self._incomplete))
            places = {}
            for place, key in enumerate(_keys(self._incomplete[name], self.study_)):
                places.setdefault(key, place)
            try:
                rows = [places[key] for key in _keys(frame, self.study_)]
            except KeyError:
                raise ValueError(f"task '{name}' has a row that the imputer was not fitted on; it completes those it knows, so fit again "
                                 "with all rows") from None
            done[name] = self._completed[name].iloc[rows].set_axis(frame.index)
        if isinstance(X, np.ndarray):
            return done[ALONE].to_numpy(dtype=float)
        return tasks.gathered(done)

    def fit_transform(self, X, y=None, **known):
        """Fits, and gives the completed rows."""
        return self.fit(X, y, **known).transform(X)

    def drawn(self):
        """The drawn tables, each a dict of data frames by task: for estimates that say how much was not measured."""
        self._fitted()
        return self._drawn


def _as(kind, cells):
    if kind == "continuous":
        # Python's reading gives the bits back, pandas' the last one not always
        return pd.Series([float(cell or "nan") for cell in cells], index=cells.index)
    return cells.map(lambda cell: cell in ("1", "1.0", "yes", "true")) if kind == "binary" else cells


def _keys(frame, study):
    """A text for each row, the same for the same cells."""
    cells = study._cells(frame)
    return ["\x1f".join(row) for row in cells.itertuples(index=False, name=None)]
