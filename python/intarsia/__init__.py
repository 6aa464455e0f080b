"""Multi-task models for data with missing blocks.

Estimators with the names and habits of scikit-learn, which the program ``intarsia`` fits: it is called through files and ``--json``.
"""

from .classifier import IntarsiaClassifier
from .imputer import IntarsiaImputer
from .program import IntarsiaError, Program
from .regressor import IntarsiaRegressor
from .run import Run, load_run, read_safetensors
from .survival import IntarsiaSurvival

__all__ = ["IntarsiaClassifier", "IntarsiaError", "IntarsiaImputer", "IntarsiaRegressor", "IntarsiaSurvival", "Program", "Run",
           "load_run", "read_safetensors"]
