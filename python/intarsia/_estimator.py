"""What all estimators share: options, how rows and responses become a study, how the program's answers come back."""

import json
import re
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd

from .program import IntarsiaError, Program
from .run import Run
from .study import Study, Tasks, by_task

try:
    from sklearn.base import BaseEstimator, ClassifierMixin, RegressorMixin, TransformerMixin
    from sklearn.exceptions import NotFittedError
    from sklearn.utils.multiclass import check_classification_targets
    SKLEARN = True
except ImportError:
    from ._base import BaseEstimator, ClassifierMixin, NotFittedError, RegressorMixin, TransformerMixin
    SKLEARN = False

__all__ = ["ClassifierMixin", "Estimator", "PARAMETERS", "RegressorMixin", "ROWS", "TransformerMixin", "check_labels", "pooled"]


def check_labels(labels):
    """Refuses labels that are quantities, as scikit-learn does."""
    if SKLEARN:
        check_classification_targets(labels)


def _validate(estimator, X, finite, **options):
    """scikit-learn's check of input, which has another name from 1.6 on."""
    try:
        from sklearn.utils.validation import validate_data
    except ImportError:
        return estimator._validate_data(X=X, force_all_finite=finite, **options)
    return validate_data(estimator, X=X, ensure_all_finite=finite, **options)


def pooled(values):
    """Values of all tasks, one after the other."""
    return np.concatenate([np.asarray(of) for of in values.values()]) if by_task(values) else np.asarray(values)


class Estimator(BaseEstimator):
    """What the estimators share."""

    def __init__(self, model="auto", *, sources=None, task=None, repeats=None, options=None, time_limit=None, random_state=1,
                 n_jobs=None, program=None):
        self.model = model
        self.sources = sources
        self.task = task
        self.repeats = repeats
        self.options = options
        self.time_limit = time_limit
        self.random_state = random_state
        self.n_jobs = n_jobs
        self.program = program

    def __sklearn_tags__(self):
        tags = super().__sklearn_tags__()
        tags.input_tags.allow_nan = True
        tags.target_tags.required = True
        tags.non_deterministic = False
        return tags

    def _more_tags(self):
        """The same for scikit-learn before 1.6."""
        return {"allow_nan": True, "requires_y": True}

    def _response(self, tasks, y):
        """The response as the program reads it: texts by role and task, and keys of ``[response]``."""
        raise NotImplementedError

    def _fit(self, X, y, sample_weight=None, groups=None, **known):
        """Fits a study of these rows; sets what a fitted estimator has. What is known of rows is given by its role in the study."""
        if y is None:
            raise ValueError(f"requires y to be passed, but the target y is None: {type(self).__name__} learns from responses")
        X, y = self._checked(X, y)
        tasks = Tasks(X, self.task)
        columns, keys = self._response(tasks, y)
        if sample_weight is not None:
            columns["weight"] = tasks.numbers(sample_weight, "sample_weight", least=0)
            if not any(float(weight) for of in columns["weight"].values() for weight in of):
                raise ValueError("sample_weight is zero for all rows, so there is nothing to learn from")
        if groups is not None:
            columns["group"] = tasks.names(groups, "groups")
        for role, values in known.items():
            if values is not None:
                columns[role] = tasks.numbers(values, role, above=0 if role == "exposure" else None)
        study = Study(tasks.frames, self.sources, columns)
        seed = self._seed()
        with tempfile.TemporaryDirectory(prefix="intarsia-") as folder:
            home = Path(folder) / "study"
            home.mkdir()
            files = study.write(home, tasks.frames, columns, keys, self.options)
            answer = self._call(folder, tasks, "fit", home, "--out", Path(folder) / "run", "--quiet", "--seed", seed, *self._arguments())
            self.run_ = Run.read(Path(folder) / "run")
            self._finish(folder, tasks, study, files, seed)
        self.study_ = study
        self.tasks_ = list(tasks.frames)
        self.scores_ = _table(answer["result"]["scores"]).drop(columns="response")
        self.notes_ = answer["notes"]
        return self

    def _finish(self, folder, tasks, study, files, seed):
        """What else is asked of the program while the study is there."""

    def _call(self, folder, tasks, *arguments):
        """The program's answer; its error names rows and tasks as they were given, not files that nobody has seen."""
        names = list(tasks.frames)

        def place(match):
            row = f", row {int(match[2]) - 2}" if match[2] else ""
            return (f"task '{names[int(match[1]) - 1]}'" if match[1] else "the rows") + row
        try:
            return Program(self.program).call(*arguments)
        except IntarsiaError as e:
            text = re.sub(rf"{re.escape(str(folder))}/(?:study/)?", "", str(e))
            raise IntarsiaError(re.sub(r"(?:task-(\d+)|\brows)\.csv(?::(\d+)(?::\d+)?)?", place, text), e.status) from None

    def _seed(self):
        given = self.random_state
        if given is None:
            return "1"
        if isinstance(given, (int, np.integer)):
            return str(given)
        return str(int(given.randint(2 ** 31 - 1) if hasattr(given, "randint") else given.integers(2 ** 31 - 1)))

    def _arguments(self):
        arguments = ["--model", self.model]
        if self.repeats is not None:
            arguments += ["--repeats", str(self.repeats)]
        if self.time_limit is not None:
            arguments += ["--time-limit", self.time_limit]
        if self.n_jobs is not None and self.n_jobs > 0:
            arguments += ["--threads", str(self.n_jobs)]
        return arguments

    def _checked(self, X, y=None, reset=True):
        """One array or data frame as scikit-learn checks it; a dict of tasks, and a data frame with a task column, as they are."""
        if by_task(X) or self.task is not None:
            return (X, y) if reset else X
        if SKLEARN:
            named = X if isinstance(X, pd.DataFrame) else None
            numeric = named is None or all(pd.api.types.is_numeric_dtype(of) for of in named.dtypes)
            common = dict(dtype="numeric" if numeric else None, finite="allow-nan" if numeric else False, reset=reset)
            if reset:
                checked, y = self._validated(X, y, **common)
                return (checked if named is None else named), y
            checked = _validate(self, X, **common)
            return checked if named is None else named
        columns = X.shape[1] if hasattr(X, "shape") and len(X.shape) == 2 else None
        if columns is None:
            raise ValueError("X must be a data frame, an array of rows and columns, or a dict of them by task")
        if reset:
            self.n_features_in_ = columns
        elif columns != self.n_features_in_:
            raise ValueError(f"X has {columns} features, but {type(self).__name__} is expecting {self.n_features_in_} features as input")
        return (X, y) if reset else X

    def _validated(self, X, y, **options):
        """Rows and responses as scikit-learn checks them."""
        return _validate(self, X, y=y, y_numeric=isinstance(self, RegressorMixin), ensure_min_samples=2, **options)

    def _fitted(self):
        if not hasattr(self, "run_"):
            raise NotFittedError(f"This {type(self).__name__} instance is not fitted yet. Call 'fit' with appropriate arguments before "
                                 "using this estimator.")

    def _asked(self, X, command, *options):
        """The table that a command answers about new rows, in one piece a task."""
        self._fitted()
        tasks = Tasks(self._checked(X, reset=False), self.task)
        with tempfile.TemporaryDirectory(prefix="intarsia-") as folder:
            self.run_.write(Path(folder) / "run")
            rows = Path(folder) / "rows.csv"
            self.study_.write_rows(rows, tasks.frames)
            answered = self._call(folder, tasks, command, Path(folder) / "run", rows, *options)["result"]
        table = _table(answered["predictions" if command == "predict" else "explanations"])
        counts = np.array([len(frame) for frame in tasks.frames.values()])
        each = len(table) // counts.sum()
        ends = np.cumsum(counts)[:-1] * each
        return tasks, {name: table.iloc[rows] for name, rows in zip(tasks.frames, np.split(np.arange(len(table)), ends))}

    def _predicted(self, X, values, coverage=None):
        """What a function makes of each task's table of predictions, in the shape that X has."""
        tasks, tables = self._asked(X, "predict", *([] if coverage is None else ["--interval", repr(float(coverage))]))
        return tasks.gathered({name: values(table) for name, table in tables.items()})

    def explain(self, X, by="source"):
        """What predictions are made of.

        Parameters
        ----------
        X : as in :meth:`predict`
        by : "source" or "column"
            What has parts. Parts of columns are exact where the model is additive; elsewhere orders are drawn, which takes longer.

        Returns
        -------
        data frame, or a dict of them by task
            A line for each row; ``linear``, the linear predictor, is ``baseline`` and the parts ``source NAME`` or ``column NAME``, and
            where the model tells it is also ``baseline``, ``shared`` and ``own``. Of several classes a line for each, which ``part of``
            names.
        """
        tasks, tables = self._asked(X, "explain", "--by", by)
        done = {}
        for name, table in tables.items():
            index = tasks.frames[name].index
            done[name] = table.iloc[:, 2:].set_axis(index.repeat(len(table) // len(index)))
        return tasks.gathered(done)


def intervals(table):
    """The columns low and high; infinite where there is no end."""
    ends = table[["low", "high"]].to_numpy(dtype=float)
    return np.column_stack([np.where(np.isnan(ends[:, 0]), -np.inf, ends[:, 0]), np.where(np.isnan(ends[:, 1]), np.inf, ends[:, 1])])


def _table(answered):
    return pd.DataFrame(answered["rows"], columns=answered["columns"])


PARAMETERS = """
    Parameters
    ----------
    model : str, default "auto"
        What is learned: a model of docs/choosing-a-model.md. "auto" mixes several by out-of-fold predictions.
    sources : dict of lists of columns, optional
        Columns that are measured together. Default: columns that the same tasks have are one source.
    task : str, optional
        The column that names rows' tasks, where X is one data frame.
    repeats : int, optional
        How often rows are split to judge models on. Default: as the program has it.
    options : dict, optional
        Keys of ``[fit]`` of docs/study-file.md, such as ``{"epochs": 50}``.
    time_limit : str, optional
        Ends the comparison in time: "90s", "30m", "2h".
    random_state : int, RandomState or Generator, default 1
        Seed of all random numbers. The same seed gives the same bits.
    n_jobs : int, optional
        Threads; results do not depend on it. Default: all processors.
    program : path, optional
        The program; default: the environment variable INTARSIA, else ``intarsia`` on the PATH.
"""

ROWS = """
        X : dict of data frames by task, or one data frame or array
            Missing cells are NaN; a task may lack columns that others have.
        y : dict by task, or one array
            {y}
        sample_weight : dict of arrays by task, or one array, optional
            How much each row counts, 0 or above; with 0 it teaches imputation only. Their unit does not matter.
        groups : dict of arrays by task, or one array, optional
            Rows of one group, across tasks too, are on the same side of every split: visits of a patient, patients of a family.
"""
