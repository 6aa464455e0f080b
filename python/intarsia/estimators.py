"""Estimators with the names and habits of scikit-learn; the program does the work."""

import json
import re
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd

from .program import IntarsiaError, Program
from .run import Run
from .study import ALONE, Study, Tasks, by_task

try:
    from sklearn.base import BaseEstimator, ClassifierMixin, RegressorMixin, TransformerMixin
    from sklearn.exceptions import NotFittedError
    from sklearn.utils.multiclass import check_classification_targets
    from sklearn.utils.validation import validate_data
    SKLEARN = True
except ImportError:
    from ._base import BaseEstimator, ClassifierMixin, NotFittedError, RegressorMixin, TransformerMixin
    SKLEARN = False


class _Intarsia(BaseEstimator):
    """What the estimators share: options, and how rows and responses become a study that the program fits."""

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

    def _fit(self, X, y, kind):
        """Fits a study of these rows; sets what a fitted estimator has."""
        if y is None:
            raise ValueError(f"requires y to be passed, but the target y is None: {type(self).__name__} learns from responses")
        X, y = self._checked(X, y)
        tasks = Tasks(X, self.task)
        responses, levels, kind = self._encoded(tasks.responses(y), kind)
        study = Study(tasks.frames, self.sources)
        seed = self._seed()
        with tempfile.TemporaryDirectory(prefix="intarsia-") as folder:
            home = Path(folder) / "study"
            home.mkdir()
            files = study.write(home, tasks.frames, responses, kind, levels, self._toml())
            answer = Program(self.program).call("fit", home, "--out", Path(folder) / "run", "--quiet", "--seed", seed,
                                                *self._arguments())
            self.run_ = Run.read(Path(folder) / "run")
            self._finish(folder, tasks, study, files, seed)
        self.study_ = study
        self.tasks_ = list(tasks.frames)
        self.scores_ = _table(answer["result"]["scores"]).drop(columns="response")
        self.notes_ = answer["notes"]
        return self

    def _finish(self, folder, tasks, study, files, seed):
        """What else is asked of the program while the study is there."""

    def _encoded(self, responses, kind):
        return responses, (), kind

    def _toml(self):
        """Keys of ``[fit]``, given as a dict."""
        if not self.options:
            return ""
        # what JSON writes for numbers, texts, truth values and lists is TOML as well
        return "\n".join(["", "[fit]", *(f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in self.options.items()), ""])

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
            common = dict(dtype="numeric" if numeric else None, ensure_all_finite="allow-nan" if numeric else False, reset=reset)
            if reset:
                checked, y = validate_data(self, X, y, y_numeric=isinstance(self, RegressorMixin), ensure_min_samples=2,
                                           **common)
                return (checked if named is None else named), y
            checked = validate_data(self, X, **common)
            return checked if named is None else named
        columns = X.shape[1] if hasattr(X, "shape") and len(X.shape) == 2 else None
        if columns is None:
            raise ValueError("X must be a data frame, an array of rows and columns, or a dict of them by task")
        if reset:
            self.n_features_in_ = columns
        elif columns != self.n_features_in_:
            raise ValueError(f"X has {columns} features, but {type(self).__name__} is expecting {self.n_features_in_} features as input")
        return (X, y) if reset else X

    def _fitted(self):
        if not hasattr(self, "run_"):
            raise NotFittedError(f"This {type(self).__name__} instance is not fitted yet. Call 'fit' with appropriate arguments before "
                                 "using this estimator.")

    def _predicted(self, X, interval=None):
        """The program's table of predictions by task, and the rows that were given."""
        self._fitted()
        tasks = Tasks(self._checked(X, reset=False), self.task)
        with tempfile.TemporaryDirectory(prefix="intarsia-") as folder:
            self.run_.write(Path(folder) / "run")
            rows = Path(folder) / "rows.csv"
            self.study_.write_rows(rows, tasks.frames)
            options = [] if interval is None else ["--interval", repr(float(interval))]
            table = _table(Program(self.program).call("predict", Path(folder) / "run", rows, *options)["result"]["predictions"])
        ends = np.cumsum([len(frame) for frame in tasks.frames.values()])[:-1]
        return tasks, dict(zip(tasks.frames, np.split(np.arange(len(table)), ends))), table


def _table(answered):
    return pd.DataFrame(answered["rows"], columns=answered["columns"])


_PARAMETERS = """
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
"""


class IntarsiaRegressor(RegressorMixin, _Intarsia):
    __doc__ = """Learns a quantity in several related tasks, whose blocks of columns may be missing as a whole.
""" + _PARAMETERS + """
    Examples
    --------
    >>> from intarsia import IntarsiaRegressor
    >>> model = IntarsiaRegressor().fit({"north": north, "south": south}, {"north": y_north, "south": y_south})
    >>> model.predict({"south": new_patients})["south"]
    """

    def fit(self, X, y):
        """Fits the model.

        Parameters
        ----------
        X : dict of data frames by task, or one data frame or array
            Missing cells are NaN; a task may lack columns that others have.
        y : dict of arrays by task, or one array
            As X.
        """
        return self._fit(X, y, "continuous")

    def _encoded(self, responses, kind):
        for name, values in responses.items():
            try:
                numbers = np.asarray(values, dtype=float)
            except (TypeError, ValueError):
                raise ValueError(f"task '{name}': y must be numbers") from None
            if not np.isfinite(numbers).all():
                raise ValueError(f"task '{name}': y contains NaN or infinity")
            responses[name] = [repr(float(number)) for number in numbers]
        return responses, (), kind

    def predict(self, X):
        """The expected response of each row: a dict of arrays by task if X is one, else an array."""
        tasks, rows, table = self._predicted(X)
        values = table["prediction"].to_numpy(dtype=float)
        return tasks.gathered({name: values[of] for name, of in rows.items()})

    def predict_interval(self, X, coverage=0.9):
        """Conformal intervals that hold a share of responses: arrays of two columns, low and high; infinite where there is no end."""
        tasks, rows, table = self._predicted(X, coverage)
        ends = table[["low", "high"]].to_numpy(dtype=float)
        ends = np.column_stack([np.where(np.isnan(ends[:, 0]), -np.inf, ends[:, 0]), np.where(np.isnan(ends[:, 1]), np.inf, ends[:, 1])])
        return tasks.gathered({name: ends[of] for name, of in rows.items()})


class IntarsiaClassifier(ClassifierMixin, _Intarsia):
    __doc__ = """Learns a class, one of two or of several, in several related tasks, whose blocks of columns may be missing as a whole.
""" + _PARAMETERS + """
    classes_ : array
        The classes, in order.
    """

    def fit(self, X, y):
        """Fits the model.

        Parameters
        ----------
        X : dict of data frames by task, or one data frame or array
            Missing cells are NaN; a task may lack columns that others have.
        y : dict of arrays by task, or one array
            Labels of any type.
        """
        return self._fit(X, y, "classes")

    def _encoded(self, responses, kind):
        labels = np.concatenate([np.asarray(values) for values in responses.values()])
        if SKLEARN:
            check_classification_targets(labels)
        if pd.isna(labels).any():
            raise ValueError("y contains NaN")
        classes = np.unique(labels)
        if len(classes) < 2:
            raise ValueError(f"y has one class only, {classes[0]!r}; to learn a class takes two")
        words = [str(label) for label in classes]
        # numbers are numbered: the program would take 1 and 1.0 for one level
        plain = isinstance(classes[0], str) and all(re.fullmatch(r"[^\W\d]\w*", word) for word in words)
        if not plain or len(set(words)) < len(words):
            words = [str(k) for k in range(len(classes))]
        self.classes_ = classes
        codes = {name: np.searchsorted(classes, np.asarray(values)) for name, values in responses.items()}
        if len(classes) == 2:
            return {name: [words[k] for k in of] for name, of in codes.items()}, words, "binary"
        return {name: [words[k] for k in of] for name, of in codes.items()}, words, kind

    def predict_proba(self, X):
        """The probability of each class, in the order of ``classes_``: arrays with a column a class."""
        tasks, rows, table = self._predicted(X)
        columns = table.iloc[:, 2:2 + (1 if len(self.classes_) == 2 else len(self.classes_))].to_numpy(dtype=float)
        if len(self.classes_) == 2:
            columns = np.column_stack([1 - columns[:, 0], columns[:, 0]])
        return tasks.gathered({name: columns[of] for name, of in rows.items()})

    def predict(self, X):
        """The most probable class of each row."""
        probable = self.predict_proba(X)
        if isinstance(probable, dict):
            return {name: self.classes_[np.argmax(of, axis=1)] for name, of in probable.items()}
        return self.classes_[np.argmax(probable, axis=1)]


class IntarsiaImputer(TransformerMixin, _Intarsia):
    __doc__ = """Fills in missing cells of the rows that it was fitted on: blocks by the model if it imputes them, all others by a joint
    normal distribution.
""" + _PARAMETERS + """
    draws : int, optional
        Also draw so many completed tables, for :meth:`drawn`.
    """

    def __init__(self, model="auto", *, draws=None, sources=None, task=None, repeats=None, options=None, time_limit=None, random_state=1,
                 n_jobs=None, program=None):
        super().__init__(model, sources=sources, task=task, repeats=repeats, options=options, time_limit=time_limit,
                         random_state=random_state, n_jobs=n_jobs, program=program)
        self.draws = draws

    def fit(self, X, y):
        """Fits the model, and completes its rows.

        Parameters
        ----------
        X : dict of data frames by task, or one data frame or array
        y : dict of arrays by task, or one array
            A quantity that rows are to predict: the model learns it.
        """
        return self._fit(X, y, "continuous")

    _encoded = IntarsiaRegressor._encoded

    def _finish(self, folder, tasks, study, files, seed):
        out = Path(folder) / "completed"
        options = [] if self.draws is None else ["--draws", str(self.draws)]
        Program(self.program).call("impute", Path(folder) / "run", "--study", Path(folder) / "study", "--out", out, "--seed", seed,
                                   *options)
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

    def fit_transform(self, X, y=None, **_):
        """Fits, and gives the completed rows."""
        return self.fit(X, y).transform(X)

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
