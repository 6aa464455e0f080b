"""Quantities and counts."""

import numpy as np

from ._estimator import PARAMETERS, ROWS, Estimator, RegressorMixin, intervals, pooled

KINDS = ("continuous", "count")


class IntarsiaRegressor(RegressorMixin, Estimator):
    __doc__ = """Learns a quantity, or how many events there are, in several related tasks, whose blocks of columns may be missing.
""" + PARAMETERS + """    kind : "continuous" or "count"
        What the response is. Counts are 0, 1, 2, ...: negative binomial in a task where they are overdispersed, else Poisson.

    Attributes
    ----------
    run_ : Run
        The run folder: model, weights, figures, report.
    scores_ : data frame
        Held-out figures of the model and what it was compared with.
    notes_ : list of str
        What the program says one should know before trusting the fit.
    tasks_ : list of str
        The tasks.

    Examples
    --------
    >>> from intarsia import IntarsiaRegressor
    >>> model = IntarsiaRegressor().fit({"north": north, "south": south}, {"north": y_north, "south": y_south})
    >>> model.predict({"south": new_patients})["south"]
    """

    def __init__(self, model="auto", *, kind="continuous", sources=None, task=None, repeats=None, options=None, time_limit=None,
                 random_state=1, n_jobs=None, program=None):
        super().__init__(model, sources=sources, task=task, repeats=repeats, options=options, time_limit=time_limit,
                         random_state=random_state, n_jobs=n_jobs, program=program)
        self.kind = kind

    def fit(self, X, y, sample_weight=None, *, groups=None, offset=None, exposure=None):
        if self.kind not in KINDS:
            raise ValueError(f"kind={self.kind!r}: there are {', '.join(KINDS)}; classes are learned by IntarsiaClassifier")
        if offset is not None and self.kind == "count":
            raise ValueError("offset= is of continuous responses; of a count give exposure=, whose logarithm is its offset")
        if exposure is not None and self.kind != "count":
            raise ValueError("exposure= is of counts: give kind=\"count\"")
        return self._fit(X, y, sample_weight, groups, offset=offset, exposure=exposure)

    fit.__doc__ = f"""Fits the model.

        Parameters
        ----------{ROWS.format(y="Numbers; as X.")}        offset : dict of arrays by task, or one array, optional
            A known part of each row's response; models learn the rest, and predict rows at offset 0.
        exposure : dict of arrays by task, or one array, optional
            Of counts: in what events were counted, above 0, such as person-years. Predictions are rates per unit of it.
        """

    def _response(self, tasks, y):
        return {"response": tasks.numbers(y, "y", whole=self.kind == "count")}, {"kind": self.kind}

    def predict(self, X):
        """The expected response of each row, of a count with exposure its rate: a dict of arrays by task if X is one, else an array."""
        return self._predicted(X, lambda table: table.iloc[:, 2].to_numpy(dtype=float))

    def predict_interval(self, X, coverage=0.9):
        """Conformal intervals that hold a share of responses: arrays of two columns, low and high; infinite where there is no end."""
        return self._predicted(X, intervals, coverage)

    def score(self, X, y, sample_weight=None):
        """R^2 over the rows of all tasks."""
        y, predicted = pooled(y).astype(float), pooled(self.predict(X))
        weights = None if sample_weight is None else pooled(sample_weight)
        left = np.average((y - predicted) ** 2, weights=weights)
        return float(1 - left / np.average((y - np.average(y, weights=weights)) ** 2, weights=weights))
