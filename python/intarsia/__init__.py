"""Multi-task models for data with missing blocks.

Estimators with the names and habits of scikit-learn, which the program ``intarsia`` fits: it is called through files and ``--json``.
"""

from .estimators import IntarsiaClassifier, IntarsiaImputer, IntarsiaRegressor
from .program import IntarsiaError, Program
from .run import Run, load_run, read_safetensors

__all__ = ["IntarsiaClassifier", "IntarsiaError", "IntarsiaImputer", "IntarsiaRegressor", "Program", "Run", "load_run", "read_safetensors"]
