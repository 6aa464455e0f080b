"""What scikit-learn's base classes give, where scikit-learn is not installed."""

import inspect


class NotFittedError(ValueError, AttributeError):
    """An estimator was used before it was fitted."""


class BaseEstimator:
    """Options by name."""

    @classmethod
    def _names(cls):
        return [name for name in inspect.signature(cls.__init__).parameters if name != "self"]

    def get_params(self, deep=True):
        """The options."""
        return {name: getattr(self, name) for name in self._names()}

    def set_params(self, **options):
        """Sets options by name."""
        for name, value in options.items():
            if name not in self._names():
                raise ValueError(f"Invalid parameter {name!r} for estimator {self!r}. Valid parameters are: {self._names()!r}.")
            setattr(self, name, value)
        return self

    def __repr__(self):
        defaults = inspect.signature(type(self).__init__).parameters
        given = [f"{name}={value!r}" for name, value in self.get_params().items() if value != defaults[name].default]
        return f"{type(self).__name__}({', '.join(given)})"

    def __sklearn_tags__(self):
        raise AttributeError("scikit-learn is not installed")


class RegressorMixin:
    """Nothing more."""


class ClassifierMixin:
    """Nothing more."""


class TransformerMixin:
    """Nothing more."""
