"""Run folders: what ``fit`` wrote, read without the program."""

import hashlib
import json
import struct
from pathlib import Path

import numpy as np
import pandas as pd

from .program import IntarsiaError, Program

_TYPES = {"F64": "<f8", "F32": "<f4"}
SUMS = "SHA256SUMS"


def read_safetensors(data):
    """The tensors of a safetensors file: a dict of arrays by name.

    Parameters
    ----------
    data : bytes or path
    """
    if not isinstance(data, (bytes, bytearray)):
        data = Path(data).read_bytes()
    length, = struct.unpack_from("<Q", data)
    header = json.loads(bytes(data[8:8 + length]).decode("utf-8"))
    header.pop("__metadata__", None)
    tensors = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        tensors[name] = np.frombuffer(data, dtype=_TYPES[entry["dtype"]], offset=8 + length + begin,
                                      count=(end - begin) // np.dtype(_TYPES[entry["dtype"]]).itemsize).reshape(entry["shape"])
    return tensors


class Run:
    """A fitted model with all that is known of it, as files in memory; can be pickled.

    Attributes
    ----------
    files : dict of bytes by name
    """

    def __init__(self, files):
        self.files = files

    @classmethod
    def read(cls, folder):
        """Reads a folder, and checks it by its own list of digests.

        Raises
        ------
        IntarsiaError
            If it is no run folder, or a file is not as it was written.
        """
        folder = Path(folder)
        if not (folder / SUMS).is_file() or not (folder / "model.json").is_file():
            raise IntarsiaError(f"{folder}: is no folder that fit wrote: it has no model.json and {SUMS}")
        files = {SUMS: (folder / SUMS).read_bytes()}
        for line in files[SUMS].decode("utf-8").splitlines():
            digest, name = line.split(maxsplit=1)
            if not (folder / name).resolve().is_relative_to(folder.resolve()):
                raise IntarsiaError(f"{folder}: {SUMS} names {name}, which is not in the folder; fit again")
            try:
                files[name] = (folder / name).read_bytes()
            except OSError as e:
                raise IntarsiaError(f"{folder}: {name} cannot be read: {e.strerror}") from None
            if hashlib.sha256(files[name]).hexdigest() != digest:
                raise IntarsiaError(f"{folder}: {name} is not as it was written; fit again")
        return cls(files)

    def write(self, folder):
        """Writes the folder again, for the program."""
        for name, data in self.files.items():
            file = Path(folder) / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)

    def json(self, name):
        """A JSON file, such as ``model.json``, ``metrics.json`` or ``provenance.json``."""
        return json.loads(self.files[name])

    def table(self, name):
        """A CSV file as a data frame, such as ``scores.csv``, ``held-out.csv`` or ``importance.csv``."""
        from io import BytesIO
        return pd.read_csv(BytesIO(self.files[name]), float_precision="round_trip")

    @property
    def kind(self):
        """The model's kind, such as ``auto`` or ``gp``."""
        return self.json("model.json")["kind"]

    @property
    def schema(self):
        """How columns are read, what responses are called."""
        return self.json("model.json").get("schema")

    @property
    def metrics(self):
        """Held-out figures: ``metrics["tasks"][task][method][metric]``."""
        return self.json("metrics.json")

    @property
    def weights(self):
        """The weights of the model, by file and name; of a mixture those of each member."""
        return {name: read_safetensors(data) for name, data in self.files.items() if name.endswith(".safetensors")}

    def predict(self, csv, task=None, interval=None, program=None):
        """What the program predicts for the rows of a CSV file in the study's columns, as a data frame."""
        from tempfile import TemporaryDirectory
        with TemporaryDirectory(prefix="intarsia-") as folder:
            self.write(Path(folder) / "run")
            options = ([] if task is None else ["--task", task]) + ([] if interval is None else ["--interval", repr(float(interval))])
            table = Program(program).call("predict", Path(folder) / "run", csv, *options)["result"]["predictions"]
        return pd.DataFrame(table["rows"], columns=table["columns"])


def load_run(folder):
    """Reads the folder that ``intarsia fit ... --out`` wrote: a :class:`Run`."""
    return Run.read(folder)
