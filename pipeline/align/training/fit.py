"""Features and labels in, a linear step out: logistic regression whose weights keep their sign."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.align.model import Step
from pipeline.align.vectors import Floats

_LEAST_SPREAD = 0.2
_CHOICE_PENALTY = 1.0
_PENALTY = 5.0  # of squared weights; held-out figures hardly change between 0.5 and 50


@dataclass(frozen=True, slots=True)
class Labelled:
    """Features, sameness (0 to 1) and weight of pairs."""

    features: Floats
    sameness: Floats
    weight: Floats


def fit_step(labelled: Labelled, signs: Sequence[float]) -> Step:
    """Logistic regression with squared penalty, each weight held to its sign.

    A likeness cannot count against a pair: without that bound, features that say nearly the same get weights of
    opposite sign, which fit the labelled forms and fail on others.
    """
    from scipy.optimize import minimize  # noqa: PLC0415  slow import

    # A feature that is seldom set would else get a weight as large as a handful of pairs asks for.
    scale = np.maximum(labelled.features.std(axis=0), _LEAST_SPREAD)
    scaled = labelled.features / scale

    def loss(weights: Floats) -> tuple[float, Floats]:
        logits = scaled @ weights[:-1] + weights[-1]
        error = labelled.weight * (1.0 / (1.0 + np.exp(-logits)) - labelled.sameness)
        fit = float((labelled.weight * (np.logaddexp(0.0, logits) - labelled.sameness * logits)).sum())
        slope = np.r_[scaled.T @ error + 2 * _PENALTY * weights[:-1], error.sum()]
        return fit + _PENALTY * float((weights[:-1] ** 2).sum()), slope

    bounds = [(0.0, None) if sign > 0 else (None, 0.0) for sign in signs] + [(None, None)]
    solution = minimize(loss, np.zeros(len(bounds)), jac=True, method="L-BFGS-B", bounds=bounds).x
    return Step(tuple((solution[:-1] / scale).tolist()), float(solution[-1]))


def fit_choice(features: Floats, right: Floats, rows: NDArray[np.intp], signs: Sequence[float]) -> Step:
    """Weights by which the right candidates of each query come first: a conditional logit, each weight held to its sign.

    The loss is minus the log of the share of a query's softmax that its right candidates have (McFadden, 1974; ListNet's top one
    of Cao et al., 2007, with several right ones); queries without a right candidate teach nothing. There is no constant.
    """
    from scipy.optimize import minimize  # noqa: PLC0415  slow import

    taught = (np.bincount(rows, weights=right) > 0)[rows]
    features, right = features[taught], right[taught]
    queries = np.unique(rows[taught], return_inverse=True)[1]
    scale = np.maximum(features.std(axis=0), _LEAST_SPREAD / 10)
    scaled, count = features / scale, int(queries.max()) + 1

    def loss(weights: Floats) -> tuple[float, Floats]:
        logits = scaled @ weights
        best = np.full(count, -np.inf)
        np.maximum.at(best, queries, logits)
        chances = np.exp(logits - best[queries])
        chances /= np.bincount(queries, weights=chances, minlength=count)[queries]
        share = np.bincount(queries, weights=chances * right, minlength=count)
        slope = scaled.T @ (chances - chances * right / share[queries])
        penalty = _CHOICE_PENALTY * float((weights**2).sum())
        return float(-np.log(share).sum()) + penalty, slope + 2 * _CHOICE_PENALTY * weights

    bounds = [(0.0, None) if sign > 0 else (None, 0.0) for sign in signs]
    solution = minimize(loss, np.full(len(signs), 0.01) * signs, jac=True, method="L-BFGS-B", bounds=bounds).x
    return Step(tuple((solution / scale).tolist()), 0.0)
