"""Training, reading and using private models."""

from __future__ import annotations

from pathlib import Path

import pytest

import understudy

pandas = pytest.importorskip("pandas")


@pytest.fixture(scope="session")
def patients() -> object:
    """People whose readmission depends on age and ward."""
    rows = []
    for n in range(6000):
        age, ward = 20 + (n * 37) % 70, ["A", "B", "C"][n * n % 3]
        risk = (age > 60) * 45 + (ward == "B") * 25 + 10
        rows.append(
            {
                "age": age,
                "ward": ward,
                "days": 1 + (age > 60) * 6 + n % 3,
                "readmitted": "yes" if (n * 7919) % 100 < risk else "no",
            }
        )
    return pandas.DataFrame(rows)


@pytest.fixture(scope="session")
def trained(patients: object, tmp_path_factory: pytest.TempPathFactory) -> understudy.Model:
    folder = tmp_path_factory.mktemp("trained")
    (folder / "ledger").mkdir()
    return understudy.train(
        patients,
        target="readmitted",
        epsilon=3,
        output=folder / "model",
        ledger=folder / "ledger" / "ledger.sqlite",
    )


def _area(scores: list[float], labels: list[bool]) -> float:
    yes = [score for score, label in zip(scores, labels) if label]
    no = [score for score, label in zip(scores, labels) if not label]
    wins = sum((a > b) + 0.5 * (a == b) for a in yes[:400] for b in no[:400])
    return wins / (len(yes[:400]) * len(no[:400]))


def test_a_model_is_trained_read_and_used(trained: understudy.Model, patients: object) -> None:
    assert trained.epsilon == pytest.approx(3, abs=1e-3)
    assert trained.verify().is_passed
    points = trained.points()
    old = [p["points"] for p in points if p["column"] == "age" and p["to"] is None and p["from"]]
    young = [p["points"] for p in points if p["column"] == "age" and p["from"] is None and p["to"]]
    assert old and young and old[0] > young[0]
    scores = trained.predict(patients)
    assert scores.index.equals(patients.index) and scores.between(0, 1).all()
    assert _area(list(scores), list(patients["readmitted"] == "yes")) > 0.7
    assert "<iframe" in trained._repr_html_()
    card = trained.scorecard()
    assert {"age", "ward"} <= {column["name"] for column in card["columns"]}


def test_every_kind_of_table_is_scored_alike(trained: understudy.Model, patients: object) -> None:
    few = patients.head(40).drop(columns="readmitted")
    expected = list(trained.predict(few))
    assert trained.predict(few.to_dict("records")) == expected
    few.to_csv("few.csv", index=False)
    assert trained.predict("few.csv") == expected
    polars = pytest.importorskip("polars")
    assert trained.predict(polars.from_pandas(few)).to_list() == expected
    late = few.iloc[::-1]
    assert list(trained.predict(late)) == expected[::-1]
    assert list(trained.predict(late).index) == list(late.index)


def test_a_plan_spends_nothing(patients: object) -> None:
    plan = understudy.train_plan(patients, target="readmitted", epsilon=1, ignore=["days"])
    assert plan.family == "logistic" and set(plan.columns) == {"age", "ward"}
    assert not any((Path("..") / "ledger").iterdir())


def test_training_shares_the_budget_of_the_table(patients: object) -> None:
    understudy.budget.grant(patients, epsilon=0.9, delta=1e-9)
    understudy.train(patients, target="readmitted", epsilon=0.8, output="first")
    with pytest.raises(understudy.BudgetError):
        understudy.train(patients, target="days", epsilon=0.8, output="second")
    assert not Path("second").exists()


def test_a_target_that_is_not_there(patients: object) -> None:
    with pytest.raises(understudy.UnderstudyError) as caught:
        understudy.train(patients, target="nothing", epsilon=1, output="model")
    assert caught.value.remedy


def test_scikit_learn_meets_a_classifier(patients: object) -> None:
    pytest.importorskip("sklearn")
    from sklearn.base import clone
    from sklearn.metrics import roc_auc_score
    from sklearn.pipeline import make_pipeline

    from understudy.sklearn import PrivateClassifier

    features, readmitted = patients[["age", "ward"]], patients["readmitted"]
    model = PrivateClassifier(epsilon=3, output="model")
    assert clone(model).get_params()["epsilon"] == 3
    pipeline = make_pipeline(model).fit(features, readmitted)
    chances = pipeline.predict_proba(features)
    assert chances.shape == (6000, 2) and abs(chances.sum(axis=1) - 1).max() < 1e-9
    assert roc_auc_score(readmitted == "yes", chances[:, 1]) > 0.7
    assert set(pipeline.predict(features)) <= {"yes", "no"}
    assert pipeline.score(features, readmitted) > 0.6
    with pytest.raises(ValueError, match="was trained on"):
        pipeline.predict(features[["ward", "age"]])


def test_arrays_and_numbers_are_taken(patients: object) -> None:
    pytest.importorskip("sklearn")
    from understudy.sklearn import PrivateClassifier, PrivateRegressor

    numbers = patients[["age", "days"]].to_numpy()
    flags = (patients["readmitted"] == "yes").to_numpy()
    classifier = PrivateClassifier(epsilon=3).fit(numbers, flags)
    assert classifier.classes_.tolist() == [False, True] and classifier.n_features_in_ == 2
    assert classifier.predict(numbers).dtype == bool
    regressor = PrivateRegressor(epsilon=3, settings={"ledger": "another.sqlite"})
    regressor.fit(patients[["age", "ward"]], patients["days"])
    assert regressor.score(patients[["age", "ward"]], patients["days"]) > 0.5
    with pytest.raises(ValueError, match="classes"):
        PrivateClassifier().fit(numbers, patients["days"])
