"""Times to an event."""

import numpy as np
import pandas as pd

from ._estimator import PARAMETERS, ROWS, Estimator, _validate, intervals
from .study import by_task

TINY = np.finfo(float).tiny
_Y = """Structured arrays, as scikit-survival has them, or data frames: ``event`` or the one field of booleans says whether the
            event was seen, ``time`` or the one other field when, or until when the row was seen; ``entry``, if there, from when."""


class IntarsiaSurvival(Estimator):
    __doc__ = """Learns the time to an event, which not all rows were seen to have, in several related tasks.
""" + PARAMETERS + """    times : list of float, optional
        When the probability to have had no event is predicted. Default: deciles of the events' times.
    reading : "cox" or "discrete"
        "discrete" takes time in intervals that end at ``times``: for visits, semesters, cycles, where many times are equal.

    Attributes
    ----------
    times_ : array
        The times of predictions.
    run_, scores_, notes_, tasks_
        As of :class:`IntarsiaRegressor`.

    Examples
    --------
    >>> y = {name: frame[["time", "event"]] for name, frame in patients.items()}   # or structured arrays, as scikit-survival has them
    >>> model = IntarsiaSurvival(times=[365, 730]).fit(X, y)
    >>> model.predict_survival_function(X, [365])["north"]
    """

    def __init__(self, model="auto", *, times=None, reading="cox", sources=None, task=None, repeats=None, options=None, time_limit=None,
                 random_state=1, n_jobs=None, program=None):
        super().__init__(model, sources=sources, task=task, repeats=repeats, options=options, time_limit=time_limit,
                         random_state=random_state, n_jobs=n_jobs, program=program)
        self.times = times
        self.reading = reading

    def fit(self, X, y, sample_weight=None, *, groups=None):
        self._fit(X, y, sample_weight, groups)
        self.times_ = np.array(self.run_.schema["responses"][0]["family"]["times"], dtype=float)
        return self

    fit.__doc__ = f"""Fits the model.

        Parameters
        ----------{ROWS.format(y=_Y)}        """

    def _validated(self, X, y, **options):
        return _validate(self, X, ensure_min_samples=2, **options), y

    def _response(self, tasks, y):
        if by_task(y):
            y = {name: _seen(of) for name, of in y.items()}
        elif tasks.by_name:
            raise ValueError("y must be a dict with the tasks of X: " + ", ".join(tasks.frames))
        else:
            y = _seen(y)
        parts = tasks.split(y, "y", columns=3)

        def column(place):
            return {name: of[:, place] for name, of in parts.items()}
        for name, of in parts.items():
            early = np.flatnonzero(of[:, 2] >= of[:, 0])
            if len(early):
                raise ValueError(f"task '{name}', row {early[0]}: seen from {of[early[0], 2]} to {of[early[0], 0]}; y has no time "
                                 "after its entry")
        columns = {"time": tasks.texts(column(0), "y: time", above=0), "event": tasks.texts(column(1), "y: event", least=0)}
        if any(np.any(of[:, 2] != 0) for of in parts.values()):
            columns["entry"] = tasks.texts(column(2), "y: entry", least=0)
        keys = {"kind": "survival", "reading": self.reading}
        if self.times is not None:
            keys["times"] = [float(time) for time in self.times]
        return columns, keys

    def predict_survival_function(self, X, times=None):
        """The probability of each row to have had no event until each of some times: arrays with a column a time.

        Parameters
        ----------
        X : as in fit
        times : list of float, optional
            From 0 to the last of ``times_``. Default: ``times_``. Between those the hazard is taken as constant,
            ``log S`` being linear.
        """
        self._fitted()
        wanted = self.times_ if times is None else np.atleast_1d(np.asarray(times, dtype=float))
        outside = wanted[~((wanted >= 0) & (wanted <= self.times_[-1]))]
        if len(outside):
            raise ValueError(f"times: {outside[0]:g} is not from 0 to {self.times_[-1]:g}, the last time that was predicted; fit with "
                             "times= for later ones")
        known = np.concatenate([[0.0], self.times_])

        def at(table):
            logs = np.column_stack([np.zeros(len(table)), np.log(np.maximum(self._survival(table), TINY))])
            return np.array([np.exp(np.interp(wanted, known, row)) for row in logs]).reshape(len(table), len(wanted))
        return self._predicted(X, self._survival if times is None else at)

    def _survival(self, table):
        return table.iloc[:, 2:2 + len(self.times_)].to_numpy(dtype=float)

    def predict(self, X):
        """The risk score of each row, higher where the event comes sooner: the cumulative hazard, summed over ``times_``."""
        return self._predicted(X, lambda table: -np.log(np.maximum(self._survival(table), TINY)).sum(axis=1))

    def predict_interval(self, X, coverage=0.9):
        """Conformal intervals that hold a share of times: arrays of two columns, low and high, infinite beyond the last predicted time."""
        return self._predicted(X, intervals, coverage)

    def score(self, X, y):
        """Harrell's concordance, of pairs of rows of one task: the share in which the row that has its event first has the higher risk."""
        risk = self.predict(X)
        if not by_task(risk):
            frames = self._parts(X)
            risk, y = {name: risk[rows] for name, rows in frames.items()}, {name: _seen(y)[rows] for name, rows in frames.items()}
        else:
            y = {name: _seen(y[name]) for name in risk}
        right = pairs = 0
        for name, own in risk.items():
            time, event, entry = y[name].T
            # the first has its event while the second is seen, and has none yet; censored rows are seen until after the events of a time
            first = (event[:, None] == 1) & (entry[None, :] < time[:, None]) & (
                (time[:, None] < time[None, :]) | (time[:, None] == time[None, :]) & (event[None, :] == 0))
            right += np.sum(first * ((own[:, None] > own[None, :]) + 0.5 * (own[:, None] == own[None, :])))
            pairs += first.sum()
        return float(right / pairs)

    def _parts(self, X):
        """Where each task's rows are in one data frame or array."""
        if self.task is None:
            return {"all": np.arange(len(X))}
        names = X[self.task].astype(str).to_numpy()
        return {name: np.flatnonzero(names == name) for name in pd.unique(names)}


def _seen(y):
    """Time, event and entry of each row."""
    if isinstance(y, pd.DataFrame):
        fields = {name: y[name].to_numpy() for name in y.columns}
    elif getattr(y, "dtype", None) is not None and y.dtype.names:
        fields = {name: y[name] for name in y.dtype.names}
    else:
        raise ValueError("y must be a structured array or a data frame with 'event' and 'time', and 'entry' if rows are not seen from the "
                         f"start; it is a {type(y).__name__}")
    entry = fields.pop("entry", None)
    flags = ["event"] if "event" in fields else [name for name, values in fields.items() if values.dtype == bool]
    rest = ["time"] if "time" in fields else [name for name in fields if name not in flags]
    if len(flags) != 1 or len(rest) != 1:
        raise ValueError("y must have 'event', or one field of booleans, and 'time', or one other field; it has " + ", ".join(fields))
    event = fields[flags[0]]
    if not np.isin(event, (0, 1)).all():
        raise ValueError(f"y: {flags[0]} must be true or false, 1 or 0; it is {event[~np.isin(event, (0, 1))][0]!r}")
    time = fields[rest[0]].astype(float)
    return np.column_stack([time, event.astype(float), np.zeros(len(time)) if entry is None else np.asarray(entry, dtype=float)])
