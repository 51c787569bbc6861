"""Estimators for scikit-learn, so that a notebook moves with its next line.

    from understudy.sklearn import PrivateClassifier    # was: LogisticRegression
    model = PrivateClassifier(epsilon=1).fit(X, y)
    model.predict_proba(X_new)

Every ``fit`` spends a budget, also those of a grid search or a cross-validation: fit once, and
judge on people who were set aside.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any, List, Optional, Tuple

import numpy as np
from sklearn.base import BaseEstimator, ClassifierMixin, RegressorMixin
from sklearn.utils.validation import check_is_fitted

from .models import Model, train


class _PrivateEstimator(BaseEstimator):  # type: ignore[misc]
    """What both estimators share.

    Args:
        epsilon: How much ``fit`` may reveal about any one person.
        output: The folder of the model. Without it the model is kept in a private folder that ends
            with this object, though its cost stays charged.
        schema: A schema of the columns of X and of the target; without it types are inferred from
            the rows, a hazard.
        model: ``additive``, ``linear``, ``logistic`` or ``poisson``.
        target: The name of the target in the schema and in the model; by default y's own name.
        settings: Further settings of :func:`understudy.train`, such as the ledger.
    """

    def __init__(
        self,
        epsilon: float = 1.0,
        *,
        output: Optional[str] = None,
        schema: Any = None,
        model: Optional[str] = None,
        target: Optional[str] = None,
        settings: Optional[dict[str, Any]] = None,
    ) -> None:
        self.epsilon = epsilon
        self.output = output
        self.schema = schema
        self.model = model
        self.target = target
        self.settings = settings

    def _fit(self, X: Any, y: Any) -> Any:
        table, names = _table(X)
        target = self.target or str(getattr(y, "name", None) or "target")
        if target in names:
            raise ValueError(
                f"A column of X has the name '{target}' of the target. Name the target in target=."
            )
        table[target] = np.asarray(y)
        output = self.output
        if output is None:
            self._folder = tempfile.TemporaryDirectory(prefix="understudy-model-")
            output = str(Path(self._folder.name) / "model")
        self.model_ = train(
            table,
            target=target,
            epsilon=self.epsilon,
            output=output,
            schema=self.schema,
            model=self.model,
            **(self.settings or {}),
        )
        self.n_features_in_ = len(names)
        self.feature_names_in_ = np.array(names, dtype=object)
        return self

    def _scores(self, X: Any) -> Any:
        check_is_fitted(self, "model_")
        table, names = _table(X)
        if names != list(self.feature_names_in_):
            raise ValueError(
                f"The columns of X are {', '.join(names)}; the model was trained on "
                f"{', '.join(self.feature_names_in_)}."
            )
        model: Model = self.model_
        return model.predict(table).to_numpy(dtype=float)


class PrivateClassifier(ClassifierMixin, _PrivateEstimator):  # type: ignore[misc]
    """Predicts which of two classes a row belongs to, by a model with a guarantee.

    The second class in order counts as yes; ``predict_proba`` gives both, as scikit-learn does. If
    a schema says that the target is a category, name that class in ``settings={"event": …}``.
    """

    def fit(self, X: Any, y: Any) -> Any:
        values = np.asarray(y)
        self.classes_ = np.unique(values)
        if len(self.classes_) != 2:
            raise ValueError(
                f"The target has {len(self.classes_)} classes; a private classifier takes two. "
                "Make one classifier for each class against the others."
            )
        if self.schema is not None:
            return self._fit(X, y)
        # A flag's two words are public, so that nothing is spent on learning them.
        flags = np.where(values == self.classes_[1], "yes", "no")
        return self._fit(X, _Named(flags, getattr(y, "name", None)))

    def predict_proba(self, X: Any) -> Any:
        scores = self._scores(X)
        return np.column_stack([1 - scores, scores])

    def predict(self, X: Any) -> Any:
        return self.classes_[(self._scores(X) >= 0.5).astype(int)]


class PrivateRegressor(RegressorMixin, _PrivateEstimator):  # type: ignore[misc]
    """Predicts a number by a model with a guarantee."""

    def fit(self, X: Any, y: Any) -> PrivateRegressor:
        self._fit(X, y)
        return self

    def predict(self, X: Any) -> Any:
        return self._scores(X)


class _Named:
    """An array with the name of the Series that it came from."""

    def __init__(self, values: Any, name: Optional[Any]) -> None:
        self.values = values
        self.name = name

    def __array__(self, dtype: Any = None, copy: Any = None) -> Any:
        return np.asarray(self.values, dtype=dtype)


def _table(X: Any) -> Tuple[Any, List[str]]:
    """X as a pandas frame with texts as names; columns of an array are x0, x1, …"""
    import pandas as pd

    if type(X).__module__.split(".")[0] == "polars":
        X = X.to_pandas()
    if isinstance(X, pd.DataFrame):
        table = X.set_axis([str(name) for name in X.columns], axis=1)
    else:
        values = np.asarray(X)
        if values.ndim != 2:
            raise ValueError(f"X has {values.ndim} dimensions; it needs rows and columns.")
        table = pd.DataFrame(values, columns=[f"x{place}" for place in range(values.shape[1])])
    return table, list(table.columns)
