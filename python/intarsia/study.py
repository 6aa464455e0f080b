"""Data frames as a study folder, the program's input."""

import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pandas as pd

ALONE = "all"
"""The name of the task of a data frame that says nothing of tasks."""


def by_task(X):
    """Whether these are rows by task: a dict, and not one of scipy's matrices, some of which are dicts."""
    return isinstance(X, Mapping) and not hasattr(X, "shape")


class Tasks:
    """Rows by task, and how to give results back in the shape that rows came in.

    Parameters
    ----------
    X : dict of data frames by task, or one data frame or array
    task : str, optional
        The column of one data frame that names each row's task.
    """

    def __init__(self, X, task=None):
        self.by_name = by_task(X)
        if self.by_name:
            if task is not None:
                raise ValueError("task= names a column of one data frame; a dict names its tasks itself")
            if not X:
                raise ValueError("X has no task")
            self.frames = {str(name): _frame(rows) for name, rows in X.items()}
            self.keys = dict(zip(self.frames, X))
            if len(self.frames) < len(X):
                raise ValueError(f"two tasks have one name: {', '.join(map(str, X))}")
            return
        frame = _frame(X)
        self.index = frame.index
        if task is None:
            places = {ALONE: np.arange(len(frame))}
        else:
            task = _named(task)
            if task not in frame.columns:
                raise ValueError(f"X has no column '{task}' that names tasks")
            if frame[task].isna().any():
                raise ValueError(f"row {frame.index[frame[task].isna()][0]!r} has no task in column '{task}'")
            names = frame[task].astype(str).to_numpy()
            places = {name: np.flatnonzero(names == name) for name in pd.unique(names)}
            frame = frame.drop(columns=task)
        self.places = places
        self.frames = {name: frame.iloc[rows] for name, rows in places.items()}

    def split(self, values, name, columns=None):
        """Values of rows by task, such as responses or weights.

        Parameters
        ----------
        values : dict of arrays by task, or one array
            As the rows are.
        name : str
            What they are called in messages.
        columns : int, optional
            How many numbers a row has; one, in an array of one axis, if not given.

        Raises
        ------
        ValueError
            If they are not as many as there are rows.
        """
        if self.by_name:
            if not isinstance(values, Mapping) or {str(task) for task in values} != set(self.frames):
                raise ValueError(f"{name} must be a dict with the tasks of X: " + ", ".join(self.frames))
            split = {str(task): np.asarray(of) for task, of in values.items()}
        else:
            values = np.asarray(values)
            if values.ndim == 0 or len(values) != len(self.index):
                raise ValueError(f"X has {len(self.index)} rows, {name} has {len(values) if values.ndim else 'one value'}")
            split = {task: values[rows] for task, rows in self.places.items()}
        for task, of in split.items():
            rows = len(self.frames[task])
            if of.shape != ((rows,) if columns is None else (rows, columns)):
                raise ValueError(f"task '{task}' has {rows} rows, and {name} of shape {of.shape}")
        return {task: split[task] for task in self.frames}

    def numbers(self, values, name, **limits):
        """The same as texts that the program reads back to the bit; limits as of :meth:`texts`."""
        return self.texts(self.split(values, name), name, **limits)

    def texts(self, split, name, least=None, above=None, whole=False):
        """Numbers by task as texts.

        Raises
        ------
        ValueError
            If one of them is no number, or not finite, below ``least``, not above ``above``, or to be whole and is not.
        """
        done = {}
        for task, values in split.items():
            try:
                numbers = np.asarray(values, dtype=float)
            except (TypeError, ValueError):
                raise ValueError(f"task '{task}': {name} must be numbers") from None
            if not np.isfinite(numbers).all():
                raise ValueError(f"task '{task}': {name} contains NaN or infinity")
            for wrong, words in ((least is not None and numbers < least, f"at least {least}"),
                                 (above is not None and numbers <= above, f"above {above}"),
                                 (whole and ((numbers < 0) | (numbers != np.rint(numbers))), "a count: 0, 1, 2, ...")):
                if np.any(wrong):
                    at = np.flatnonzero(wrong)[0]
                    raise ValueError(f"task '{task}', row {at}: {name} is {numbers[at]:g} and must be {words}")
            done[task] = [str(int(number)) if whole else repr(float(number)) for number in numbers]
        return done

    def names(self, values, name):
        """Labels of rows by task, as texts."""
        split = self.split(values, name)
        for task, of in split.items():
            if pd.isna(of).any():
                raise ValueError(f"task '{task}', row {np.flatnonzero(pd.isna(of))[0]}: {name} is missing")
        return {task: [str(label) for label in of] for task, of in split.items()}

    def gathered(self, results):
        """Results by task in the shape that rows came in: a dict, or the rows of the data frame in their order."""
        if self.by_name:
            return {key: results[name] for name, key in self.keys.items()}
        if isinstance(next(iter(results.values())), pd.DataFrame):
            rows = np.concatenate(list(self.places.values()))
            return pd.concat(list(results.values())).iloc[np.argsort(rows, kind="stable")].set_axis(self.index)
        first = next(iter(results.values()))
        whole = np.empty((len(self.index),) + first.shape[1:], dtype=first.dtype)
        for name, rows in self.places.items():
            whole[rows] = results[name]
        return whole


def _named(column):
    """The name of a column; of one that has a number, as an array's columns have, ``x0``, ``x1`` and so on."""
    return column if isinstance(column, str) else f"x{column}"


def _frame(X):
    """Rows as a data frame whose columns have texts as names."""
    frame = X.copy(deep=False) if isinstance(X, pd.DataFrame) else pd.DataFrame(np.asarray(X))
    frame.columns = [_named(name) for name in frame.columns]
    if not frame.columns.is_unique:
        raise ValueError(f"two columns have one name: {frame.columns[frame.columns.duplicated()][0]}")
    return frame


def _kind(columns):
    """The kind of a column by what all tasks have in it, and its levels."""
    values = pd.concat(columns).dropna()
    if len(values) and values.map(lambda value: isinstance(value, (bool, np.bool_))).all():
        return "binary", []
    if all(pd.api.types.is_numeric_dtype(column) for column in columns):
        return "continuous", []
    try:
        values.astype(float)
        return "continuous", []
    except (TypeError, ValueError):
        return "categorical", sorted(set(map(str, values)))


def _toml(value):
    """A value as TOML: what JSON writes for numbers, texts, truth values and lists is TOML as well."""
    return json.dumps(value, ensure_ascii=False)


def _table(name, keys):
    """The lines of a table of TOML."""
    return [f"[{name}]", *(f"{_toml(key)} = {_toml(value)}" for key, value in keys.items())]


def blocks_of(frames):
    """Sources by the tasks that have their columns: columns that the same tasks have are measured together."""
    names = list(dict.fromkeys(name for frame in frames.values() for name in frame.columns))
    having = {name: tuple(task for task, frame in frames.items() if name in frame and frame[name].notna().any()) for name in names}
    patterns = sorted({tasks for tasks in having.values() if tasks}, key=lambda tasks: (-len(tasks), tasks))
    sources = {}
    for number, tasks in enumerate(patterns):
        title = "everywhere" if len(tasks) == len(frames) else f"block {number + (len(patterns[0]) < len(frames))}"
        sources[title] = [name for name in names if having[name] == tasks]
    return sources


class Study:
    """What has to be remembered of a study to write new rows as its own were.

    Parameters
    ----------
    frames : dict of data frames by task
    sources : dict of lists of columns by source, optional
        Default: columns that the same tasks have are one source.
    roles : list of str
        What else is known of rows: their response, weight and so on, in columns of these names if they are free.
    """

    def __init__(self, frames, sources=None, roles=("response",)):
        self.sources = blocks_of(frames) if sources is None else {str(name): list(map(_named, of)) for name, of in sources.items()}
        self.columns = [name for of in self.sources.values() for name in of]
        for name in self.columns:
            if not any(name in frame for frame in frames.values()):
                raise ValueError(f"sources: no task has column '{name}'")
        self.kinds = {name: _kind([frame[name] for frame in frames.values() if name in frame]) for name in self.columns}
        self.never = {task: set(self.columns) - set(frame.columns) for task, frame in frames.items()}
        self.roles = {role: _unused(role, self.columns) for role in roles}
        self.task = _unused("task", self.columns)

    def write(self, folder, frames, values, keys, options=None):
        """Writes the study: a CSV file for each task, and ``study.toml``.

        Parameters
        ----------
        values : dict by role of dicts by task
            What is known of rows, as texts.
        keys : dict
            Keys of ``[response]``.
        options : dict, optional
            Keys of ``[fit]``.

        Returns
        -------
        dict of file names by task
        """
        folder = Path(folder)
        files = {name: f"task-{number}.csv" for number, name in enumerate(frames, 1)}
        for name, frame in frames.items():
            cells = self._cells(frame)
            for role, column in self.roles.items():
                cells[column] = values[role][name]
            cells.to_csv(folder / files[name], index=False, lineterminator="\n")
        text = [f"weight = {_toml(self.roles['weight'])}"] if "weight" in self.roles else []
        text += _table("csv", {"separator": ",", "decimal": ".", "thousands": "", "comment": "", "usual_missing": False})
        text += _table("response", keys | {"column" if role == "response" else role: column for role, column in self.roles.items()
                                           if role not in ("weight", "group")})
        text += _table("design", {"group": self.roles["group"]}) if "group" in self.roles else []
        text += _table("tasks", files) + _table("sources", self.sources) + ["[columns]"]
        for name, (column, its) in self.kinds.items():
            if column != "continuous":
                text.append(f"{_toml(name)} = {{ kind = {_toml(column)}" + (f", levels = {_toml(its)}" if its else "") + " }")
        text += _table("fit", options) if options else []
        (folder / "study.toml").write_text("\n".join(text) + "\n", encoding="utf-8")
        return files

    def write_rows(self, file, frames):
        """Writes new rows of several tasks into one file; the column :attr:`task` names the task."""
        parts = []
        for name, frame in frames.items():
            self._check_sources(name, frame)
            cells = self._cells(frame)
            cells.insert(0, self.task, name)
            parts.append(cells)
        pd.concat(parts).to_csv(file, index=False, lineterminator="\n")

    def _check_sources(self, task, frame):
        """A source of new rows is there as a whole or not at all, but for columns that the task never had."""
        for source, columns in self.sources.items():
            wanted = [name for name in columns if name not in self.never.get(task, ())]
            lacking = [name for name in wanted if name not in frame]
            if lacking and len(lacking) < len(wanted):
                raise ValueError(f"the new rows lack column '{lacking[0]}' of source '{source}'; give all columns of a source or none")

    def _cells(self, frame):
        """The columns of the study as the program reads them."""
        cells = {}
        for name in self.columns:
            kind, levels = self.kinds[name]
            if name not in frame:
                cells[name] = pd.Series(np.full(len(frame), ""), index=frame.index)
                continue
            column = frame[name]
            if kind == "continuous":
                try:
                    numbers = pd.to_numeric(column).to_numpy(dtype=float, na_value=np.nan)
                except (TypeError, ValueError) as e:
                    raise ValueError(f"column '{name}': {e}") from None
                if np.isinf(numbers).any():
                    raise ValueError(f"column '{name}' contains infinity")
                cells[name] = pd.Series([repr(float(x)) if x == x else "" for x in numbers], index=frame.index)
            elif kind == "binary":
                wrong = [value for value in column if not pd.isna(value) and value not in (0, 1)]
                if wrong:
                    raise ValueError(f"column '{name}': {wrong[0]!r} is not 0 or 1")
                cells[name] = column.map(lambda value: "" if pd.isna(value) else str(int(value)))
            else:
                unknown = sorted(set(map(str, column.dropna())) - set(levels))
                if unknown:
                    raise ValueError(f"column '{name}': {unknown[0]!r} is no level of it; there are {', '.join(levels)}")
                cells[name] = column.map(lambda value: "" if pd.isna(value) else str(value))
        return pd.DataFrame(cells, index=frame.index, columns=self.columns)


def _unused(name, taken):
    while name in taken:
        name += "_"
    return name
