"""Classes, with or without an order."""

import re

import numpy as np
import pandas as pd

from ._estimator import PARAMETERS, ROWS, ClassifierMixin, Estimator, check_labels, pooled


class IntarsiaClassifier(ClassifierMixin, Estimator):
    __doc__ = """Learns a class, one of two or of several, in several related tasks, whose blocks of columns may be missing as a whole.
""" + PARAMETERS + """    ordered : bool, default False
        Whether the classes are grades: their order is that of an ordered pandas Categorical, else that of sorted labels.

    Attributes
    ----------
    classes_ : array
        The classes, in order.
    run_, scores_, notes_, tasks_
        As of :class:`IntarsiaRegressor`.
    """

    def __init__(self, model="auto", *, ordered=False, sources=None, task=None, repeats=None, options=None, time_limit=None,
                 random_state=1, n_jobs=None, program=None):
        super().__init__(model, sources=sources, task=task, repeats=repeats, options=options, time_limit=time_limit,
                         random_state=random_state, n_jobs=n_jobs, program=program)
        self.ordered = ordered

    def fit(self, X, y, sample_weight=None, *, groups=None, offset=None):
        self._grades = _grades(y) if self.ordered else None
        return self._fit(X, y, sample_weight, groups, offset=offset)

    fit.__doc__ = f"""Fits the model.

        Parameters
        ----------{ROWS.format(y="Labels of any type; as X.")}        offset : dict of arrays by task, or one array, optional
            Of two classes: a known part of each row's log odds of the second; models learn the rest, and predict rows at offset 0.
        """

    def _response(self, tasks, y):
        y = tasks.split(y, "y")
        labels = np.concatenate(list(y.values()))
        check_labels(labels)
        if pd.isna(labels).any():
            raise ValueError("y contains NaN")
        found = np.unique(labels)
        classes = found if self._grades is None else np.array([grade for grade in self._grades if grade in found])
        if len(classes) < 2:
            raise ValueError(f"y has one class only, {classes[0]!r}; to learn a class takes two")
        words = [str(label) for label in classes]
        # numbers are numbered: the program would take 1 and 1.0 for one level
        plain = isinstance(classes[0], str) and all(re.fullmatch(r"[^\W\d]\w*", word) for word in words)
        if not plain or len(set(words)) < len(words):
            words = [str(k) for k in range(len(classes))]
        self.classes_ = classes
        self._words = words
        places = pd.Index(classes)
        kind = "binary" if len(classes) == 2 else "ordered" if self.ordered else "classes"
        return ({"response": {name: [words[k] for k in places.get_indexer(of)] for name, of in y.items()}},
                {"kind": kind, "levels": words})

    def predict_proba(self, X):
        """The probability of each class, in the order of ``classes_``: arrays with a column a class."""
        return self._predicted(X, self._probabilities)

    def _probabilities(self, table):
        if len(self.classes_) == 2:
            second = table.iloc[:, 2].to_numpy(dtype=float)
            return np.column_stack([1 - second, second])
        return table.iloc[:, 2:2 + len(self.classes_)].to_numpy(dtype=float)

    def predict(self, X):
        """The most probable class of each row."""
        return self._predicted(X, lambda table: self.classes_[np.argmax(self._probabilities(table), axis=1)])

    def predict_set(self, X, coverage=0.9):
        """Conformal sets of classes that hold a share of responses: arrays of booleans with a column a class. Of grades a set has no
        gap."""
        return self._predicted(X, self._sets, coverage)

    def _sets(self, table):
        words = ["0", "1"] if len(self.classes_) == 2 else self._words
        if "set" in table:
            return np.array([[word in (cell or "").split(" | ") for word in words] for cell in table["set"]], dtype=bool)
        low, high = ([words.index(cell) for cell in table[end]] for end in ("low", "high"))
        grades = np.arange(len(words))
        return (np.array(low)[:, None] <= grades) & (grades <= np.array(high)[:, None])

    def score(self, X, y, sample_weight=None):
        """The share of rows, of all tasks, whose class is the most probable one."""
        return float(np.average(pooled(self.predict(X)) == pooled(y), weights=None if sample_weight is None else pooled(sample_weight)))


def _grades(y):
    """The order of an ordered categorical; None if y is none."""
    parts = list(y.values()) if hasattr(y, "values") and not hasattr(y, "dtype") else [y]
    orders = [list(type_.categories) for type_ in (getattr(part, "dtype", None) for part in parts)
              if isinstance(type_, pd.CategoricalDtype) and type_.ordered]
    if any(order != orders[0] for order in orders):
        raise ValueError(f"the tasks' categories have two orders: {orders[0]} and {next(order for order in orders if order != orders[0])}")
    return orders[0] if orders else None
