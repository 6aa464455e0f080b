"""The package against the program, which INTARSIA or the PATH names.  Run in python/ as  python -m unittest discover tests"""

import importlib.util
import json
import os
import pickle
import struct
import sys
import tempfile
import unittest
from pathlib import Path

import numpy as np
import pandas as pd

sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parents[1])]

from data import clinics  # noqa: E402
from intarsia import IntarsiaClassifier, IntarsiaError, IntarsiaImputer, IntarsiaRegressor, IntarsiaSurvival  # noqa: E402
from intarsia import Program, load_run, read_safetensors  # noqa: E402
from intarsia.study import Tasks, blocks_of  # noqa: E402


def installed(name):
    return importlib.util.find_spec(name) is not None


class StudyTest(unittest.TestCase):
    """What needs no program."""

    def test_columns_that_the_same_tasks_have_are_one_source(self):
        X, _ = clinics()
        self.assertEqual(blocks_of(X), {"everywhere": ["age", "sex", "stage"], "block 1": ["crp"]})
        X["north"]["empty"] = np.nan
        self.assertEqual(list(blocks_of(X)), ["everywhere", "block 1"])

    def test_results_come_back_in_the_order_of_the_rows(self):
        frame = pd.DataFrame({"task": list("abab"), "x": [1.0, 2, 3, 4]}, index=[7, 5, 3, 1])
        tasks = Tasks(frame, "task")
        self.assertEqual(tasks.gathered({name: of.x.to_numpy() for name, of in tasks.frames.items()}).tolist(), [1, 2, 3, 4])
        pd.testing.assert_frame_equal(tasks.gathered(tasks.frames), frame[["x"]])

    def test_what_is_no_task_is_refused(self):
        X, y = clinics()
        for bad, words in ((lambda: Tasks({}), "no task"), (lambda: Tasks(X, "task"), "names its tasks itself"),
                           (lambda: Tasks(X["north"], "clinic"), "no column 'clinic'"),
                           (lambda: Tasks(pd.DataFrame({"t": ["a", None]}), "t"), "row 1 has no task"),
                           (lambda: Tasks(X).split({"north": y["north"]}, "y"), "y must be a dict"),
                           (lambda: Tasks(X).split({name: of[:5] for name, of in y.items()}, "y"), "has 40 rows"),
                           (lambda: Tasks(X["north"]).split([1.0] * 3, "sample_weight"), "X has 40 rows, sample_weight has 3"),
                           (lambda: Tasks(X["north"]).numbers([1.0] * 39 + [-1], "sample_weight", least=0), "row 39: sample_weight is -1"),
                           (lambda: Tasks(X["north"]).numbers([1.0] * 39 + [0], "exposure", above=0), "exposure is 0 and must be above 0"),
                           (lambda: Tasks(X["north"]).numbers([1.0] * 39 + [.5], "y", whole=True), "y is 0.5 and must be a count"),
                           (lambda: Tasks(X["north"]).names([1.0] * 39 + [None], "groups"), "row 39: groups is missing"),
                           (lambda: Tasks({1: X["north"], "1": X["north"]}), "two tasks have one name")):
            with self.assertRaisesRegex(ValueError, words):
                bad()

    def test_a_run_folder_names_no_file_outside(self):
        with tempfile.TemporaryDirectory() as folder:
            run = Path(folder) / "run"
            run.mkdir()
            (run / "model.json").write_text("{}")
            for name in ("../outside", str(Path(folder) / "outside")):
                (run / "SHA256SUMS").write_text(f"00  {name}\n")
                with self.assertRaisesRegex(IntarsiaError, "which is not in the folder"):
                    load_run(run)

    def test_a_program_that_is_not_there_is_said(self):
        with self.assertRaisesRegex(IntarsiaError, "'no-such-program' is not found"):
            Program("no-such-program")


class ProgramTest(unittest.TestCase):
    """Each estimator once, on a study that is fitted in a moment."""

    @classmethod
    def setUpClass(cls):
        cls.X, cls.y = clinics()
        cls.model = IntarsiaRegressor("regression", repeats=2).fit(cls.X, cls.y)

    def test_predictions_by_task(self):
        predicted = self.model.predict(self.X)
        self.assertEqual(list(predicted), list(self.X))
        for name, values in predicted.items():
            self.assertEqual(values.shape, (40,))
            self.assertLess(np.mean((values - self.y[name]) ** 2), 0.8 * np.var(self.y[name]))
        ends = self.model.predict_interval({"north": self.X["north"]}, 0.8)["north"]
        self.assertTrue((ends[:, 0] < predicted["north"]).all() and (predicted["north"] < ends[:, 1]).all())
        self.assertEqual(set(self.model.scores_.task), set(self.X))

    def test_one_frame_with_a_task_column_is_the_same(self):
        whole = pd.concat([frame.assign(site=name) for name, frame in self.X.items()], ignore_index=True)
        order = np.random.default_rng(3).permutation(len(whole))
        y = np.concatenate(list(self.y.values()))[order]
        mixed = whole.iloc[order]
        predicted = IntarsiaRegressor("regression", repeats=2, task="site").fit(mixed, y).predict(mixed)
        expected = np.concatenate(list(self.model.predict(self.X).values()))[order]
        np.testing.assert_allclose(predicted, expected, rtol=1e-12)

    def test_a_pickled_model_predicts_the_same_bits(self):
        again = pickle.loads(pickle.dumps(self.model))
        np.testing.assert_array_equal(again.predict(self.X)["north"], self.model.predict(self.X)["north"])

    def test_new_rows_may_lack_blocks_and_be_other_than_known(self):
        rows = self.X["north"].head(2).drop(columns="crp")
        self.assertTrue(np.isfinite(self.model.predict({"north": rows})["north"]).all())
        with self.assertRaisesRegex(ValueError, "'III' is no level"):
            self.model.predict({"north": rows.assign(stage="III")})
        with self.assertRaisesRegex(IntarsiaError, "nowhere"):
            self.model.predict({"nowhere": rows})
        with self.assertRaisesRegex(ValueError, "infinity"):
            self.model.predict({"north": rows.assign(age=np.inf)})
        with self.assertRaisesRegex(ValueError, "lack column 'age' of source 'everywhere'"):
            self.model.predict({"north": rows.drop(columns="age")})
        with self.assertRaisesRegex(ValueError, "column 'sex': 0.7 is not 0 or 1"):
            self.model.predict({"north": rows.assign(sex=0.7)})
        with self.assertRaisesRegex(ValueError, "column 'age': .*old"):
            self.model.predict({"north": rows.assign(age="old")})

    def test_the_programs_line_is_the_exception(self):
        with self.assertRaisesRegex(IntarsiaError, "^--model nosuch: there are ") as caught:
            IntarsiaRegressor("nosuch").fit(self.X, self.y)
        self.assertEqual(caught.exception.status, 2)
        with self.assertRaisesRegex(IntarsiaError, "no_such_key"):
            IntarsiaRegressor("gp", options={"no_such_key": 1}).fit(self.X, self.y)
        with self.assertRaises(ValueError):
            IntarsiaRegressor().predict(self.X)

    def test_run_folders_are_read(self):
        with tempfile.TemporaryDirectory() as folder:
            self.model.run_.write(folder)
            run = load_run(folder)
            self.assertEqual(run.kind, "regression")
            self.assertIn("rmse", run.metrics["tasks"]["north"]["regression"])
            self.assertEqual(len(run.table("scores.csv").columns), 5)
            weights = run.weights["weights.safetensors"]
            self.assertTrue(weights and all(np.isfinite(of).all() for of in weights.values()))
            (Path(folder) / "model.json").write_text("{}")
            with self.assertRaisesRegex(IntarsiaError, "model.json is not as it was written"):
                load_run(folder)
            with self.assertRaisesRegex(IntarsiaError, "no folder that fit wrote"):
                load_run(Path(folder) / "figures")

    @unittest.skipUnless(installed("safetensors"), "Python's safetensors is not installed")
    def test_the_safetensors_library_reads_the_same(self):
        from safetensors.numpy import load
        for name, ours in self.model.run_.weights.items():
            theirs = load(self.model.run_.files[name])
            self.assertEqual(set(theirs), set(ours))
            for key, tensor in theirs.items():
                self.assertEqual(tensor.dtype, ours[key].dtype)
                np.testing.assert_array_equal(tensor, ours[key])

    def test_safetensors_are_read(self):
        header = json.dumps({"__metadata__": {"a": "b"}, "t": {"dtype": "F32", "shape": [2, 1], "data_offsets": [0, 8]}}).encode()
        data = struct.pack("<Q", len(header)) + header + struct.pack("<2f", 1.5, -2)
        np.testing.assert_array_equal(read_safetensors(data)["t"], np.array([[1.5], [-2]], dtype=np.float32))

    def test_classes(self):
        random = np.random.default_rng(5)
        X = pd.DataFrame({"a": random.normal(size=90), "b": random.normal(size=90)})
        for labels in (np.array(["ill", "well"]), np.array([3, 1, 2]), np.array(["=1", "-", "x y"])):
            y = labels[np.digitize(X.a, [0] if len(labels) == 2 else [-0.5, 0.5])]
            model = IntarsiaClassifier("regression", repeats=2).fit(X, y)
            self.assertEqual(model.classes_.tolist(), sorted(labels.tolist()))
            probable = model.predict_proba(X)
            np.testing.assert_allclose(probable.sum(axis=1), 1, rtol=1e-12)
            self.assertGreater(np.mean(model.predict(X) == y), 0.8)
        with self.assertRaisesRegex(ValueError, "one class only"):
            IntarsiaClassifier("regression").fit(X, np.ones(90))

    def test_grades(self):
        random = np.random.default_rng(6)
        X = pd.DataFrame({"a": random.normal(size=120)})
        words = np.array(["mild", "fair", "severe"])[np.digitize(X.a + random.normal(0, .3, 120), [-0.5, 0.5])]
        y = pd.Series(pd.Categorical(words, ["mild", "fair", "severe"], ordered=True))
        model = IntarsiaClassifier("regression", repeats=2, ordered=True).fit(X, y)
        self.assertEqual(model.classes_.tolist(), ["mild", "fair", "severe"])
        self.assertEqual(model.run_.schema["responses"][0]["family"]["kind"], "ordered")
        self.assertGreater(model.score(X, words), 0.7)
        held = model.predict_set(X, 0.8)
        self.assertEqual(held.shape, (120, 3))
        self.assertFalse((held[:, 0] & held[:, 2] & ~held[:, 1]).any())
        again = IntarsiaClassifier("regression", repeats=2, ordered=True).fit({"a": X}, {"a": y})
        np.testing.assert_array_equal(again.classes_, model.classes_)
        other = pd.Series(pd.Categorical(words, ["severe", "fair", "mild"], ordered=True))
        with self.assertRaisesRegex(ValueError, "two orders"):
            IntarsiaClassifier(ordered=True).fit({"a": X, "b": X}, {"a": y, "b": other})

    def test_sets_of_classes(self):
        random = np.random.default_rng(5)
        X = pd.DataFrame({"a": random.normal(size=150)})
        for cuts in ([0], [-0.5, 0.5]):
            y = np.array(["low", "middle", "high"])[np.digitize(X.a + random.normal(0, .5, 150), cuts)]
            model = IntarsiaClassifier("regression", repeats=2).fit(X, y)
            held = model.predict_set(X, 0.8)
            self.assertEqual(held.shape, (150, len(model.classes_)))
            self.assertGreater(held[np.arange(150), np.searchsorted(model.classes_, y)].mean(), 0.7)
            self.assertLess(held.mean(), 0.9)

    def test_weights_groups_and_offsets(self):
        fitted = IntarsiaRegressor("regression", repeats=2)
        ones = {name: np.ones(40) for name in self.X}
        same = fitted.fit(self.X, self.y, sample_weight=ones).predict(self.X)
        np.testing.assert_array_equal(same["north"], self.model.predict(self.X)["north"])
        # rows of weight 0 do not teach the response: those of the other half are far off
        bent = {name: np.where(np.arange(40) < 20, of, of + 1000) for name, of in self.y.items()}
        half = {name: (np.arange(40) < 20).astype(float) for name in self.X}
        predicted = fitted.fit(self.X, bent, half).predict(self.X)
        self.assertLess(max(np.abs(predicted[name] - self.y[name]).max() for name in self.X), 50)
        self.assertLess(fitted.score(self.X, bent), 0.1)
        self.assertGreater(fitted.score(self.X, bent, half), 0.3)
        # a known part is not learned again
        known = {name: 30 * np.arange(40.0) for name in self.X}
        shifted = {name: of + known[name] for name, of in self.y.items()}
        np.testing.assert_allclose(fitted.fit(self.X, shifted, offset=known).predict(self.X)["north"],
                                   self.model.predict(self.X)["north"], rtol=1e-9)
        pairs = {name: np.repeat(np.arange(20), 2) for name in self.X}
        fitted.fit(self.X, self.y, groups=pairs)
        held = fitted.run_.table("held-out.csv").query("method == 'regression'")
        held = held.assign(pair=(held.row - 1) // 2)
        self.assertGreater(len(held), 20)
        self.assertTrue((held.groupby(["split", "task", "pair"]).size() == 2).all())
        for bad, words in ((dict(sample_weight=np.ones(80)), "sample_weight must be a dict with the tasks of X"),
                           (dict(sample_weight={name: np.zeros(40) for name in self.X}), "sample_weight is zero for all rows"),
                           (dict(exposure=ones), "exposure= is of counts")):
            with self.assertRaisesRegex(ValueError, words):
                fitted.fit(self.X, self.y, **bad)

    def test_counts(self):
        random = np.random.default_rng(8)
        X = pd.DataFrame({"site": np.repeat(["a", "b"], 60), "x": random.normal(size=120)})
        years = random.uniform(1, 5, 120)
        rate = np.exp(0.5 + 0.6 * X.x)
        y = random.poisson(rate * years)
        model = IntarsiaRegressor("regression", kind="count", repeats=2, task="site").fit(X, y, exposure=years)
        self.assertLess(np.abs(np.log(model.predict(X) / rate)).max(), 0.5)
        low, high = model.predict_interval(X, 0.8).T
        self.assertTrue((low <= high).all() and (low >= 0).all())
        with self.assertRaisesRegex(ValueError, "task 'a', row 1: y is 0.5 and must be a count"):
            IntarsiaRegressor(kind="count", task="site").fit(X, np.where(np.arange(120) == 1, 0.5, y))
        with self.assertRaisesRegex(ValueError, "of a count give exposure="):
            IntarsiaRegressor(kind="count", task="site").fit(X, y, offset=years)

    def test_survival(self):
        random = np.random.default_rng(9)
        X, y = {}, {}
        for name, rows in (("north", 90), ("south", 60)):
            frame = pd.DataFrame({"x": random.normal(size=rows), "z": random.normal(size=rows)})
            time = random.exponential(10 * np.exp(-frame.x))
            ends = random.uniform(2, 20, rows)
            X[name] = frame
            y[name] = np.array(list(zip(time <= ends, np.minimum(time, ends))), dtype=[("died", bool), ("days", float)])
        model = IntarsiaSurvival("regression", times=[2, 5, 10], repeats=2).fit(X, y)
        self.assertEqual(model.times_.tolist(), [2, 5, 10])
        at = model.predict_survival_function(X)["north"]
        self.assertTrue((np.diff(at, axis=1) <= 0).all() and (at > 0).all() and (at < 1).all())
        between = model.predict_survival_function(X, [0, 2, 3.5, 10])["north"]
        np.testing.assert_allclose(between[:, 0], 1)
        np.testing.assert_allclose(between[:, [1, 3]], at[:, [0, 2]], rtol=1e-12)
        np.testing.assert_allclose(between[:, 2], np.sqrt(at[:, 0] * at[:, 1]), rtol=1e-12)
        risk = model.predict(X)["north"]
        self.assertGreater(np.corrcoef(risk, X["north"].x)[0, 1], 0.7)
        self.assertGreater(model.score(X, y), 0.65)
        ends = model.predict_interval(X, 0.8)["south"]
        self.assertTrue((ends[:, 0] <= ends[:, 1]).all() and np.isinf(ends[:, 1]).any())
        # data frames, one table, entries
        frames = {name: pd.DataFrame({"event": of["died"].astype(int), "time": of["days"], "entry": 0.0}) for name, of in y.items()}
        same = IntarsiaSurvival("regression", times=[2, 5, 10], repeats=2).fit(X, frames)
        np.testing.assert_array_equal(same.predict(X)["north"], risk)
        whole = pd.concat([frame.assign(clinic=name) for name, frame in X.items()], ignore_index=True)
        late = pd.concat(list(frames.values()), ignore_index=True)
        late["entry"] = late.time / 3
        entered = IntarsiaSurvival("regression", times=[2, 5, 10], repeats=2, task="clinic").fit(whole, late)
        self.assertEqual(entered.predict(whole).shape, (150,))
        self.assertGreater(entered.score(whole, late), 0.6)
        self.assertGreater(np.abs(entered.predict(whole)[:90] - risk).max(), 1e-3)
        for bad, words in ((y["north"], "y must be a dict"), ({name: np.ones(len(of)) for name, of in y.items()}, "structured array"),
                           ({name: of.assign(event=2) for name, of in frames.items()}, "must be true or false"),
                           ({name: of.assign(time=0.0) for name, of in frames.items()}, "no time after its entry"),
                           ({name: of.rename(columns={"time": "t", "entry": "e"}) for name, of in frames.items()}, "one other field")):
            with self.assertRaisesRegex(ValueError, words):
                IntarsiaSurvival("regression").fit(X, bad)
        with self.assertRaisesRegex(ValueError, "times: 11 is not from 0 to 10"):
            model.predict_survival_function(X, [11])

    def test_concordance_is_counted_pair_by_pair(self):
        """Four rows by hand: of the five pairs that can be compared three are in order, and one is a tie."""
        model = IntarsiaSurvival()
        y = pd.DataFrame({"event": [1, 0, 1, 0], "time": [1.0, 1.0, 2.0, 3.0]})
        model.predict = lambda X: np.array([3.0, 1.0, 2.0, 2.0])
        self.assertEqual(model.score(np.zeros((4, 1)), y), (3 + 0.5) / 4)

    def test_explanations_add_up(self):
        parts = self.model.explain(self.X, by="column")
        for name, frame in self.X.items():
            own = parts[name]
            self.assertEqual(list(own.index), list(frame.index))
            columns = [column for column in own if column.startswith("column ")]
            np.testing.assert_allclose(own.baseline + own[columns].sum(axis=1), own.linear, rtol=1e-9)
            np.testing.assert_allclose(own.linear, self.model.predict(self.X)[name], rtol=1e-9)
        whole = pd.concat([frame.assign(site=name) for name, frame in self.X.items()])
        one = IntarsiaRegressor("regression", repeats=2, task="site").fit(whole, np.concatenate(list(self.y.values())))
        self.assertEqual(one.explain(whole.iloc[::-1]).shape[0], 80)

    def test_errors_name_tasks_and_rows(self):
        with self.assertRaisesRegex(IntarsiaError, "^(?!.*/tmp)study.toml:\\d+:\\d+: .*no_such_key"):
            IntarsiaRegressor("gp", options={"no_such_key": 1}).fit(self.X, self.y)
        with self.assertRaisesRegex(IntarsiaError, "^the rows, row 40: the model knows no task 'nowhere'"):
            self.model.predict({"north": self.X["north"], "nowhere": self.X["north"]})

    def test_imputation(self):
        imputer = IntarsiaImputer("regression", repeats=2, draws=2)
        whole = imputer.fit_transform(self.X, self.y)
        for name, frame in self.X.items():
            self.assertFalse(whole[name].isna().any(axis=None))
            self.assertIn("crp", whole[name])
            for column in frame:
                there = frame[column].notna()
                self.assertTrue((whole[name].loc[there, column] == frame.loc[there, column]).all(), column)
        part = imputer.transform({"south, ü": self.X["south, ü"].iloc[[5, 3]]})["south, ü"]
        pd.testing.assert_frame_equal(part, whole["south, ü"].iloc[[5, 3]])
        drawn = imputer.drawn()
        self.assertEqual(len(drawn), 2)
        self.assertTrue((drawn[0]["south, ü"].crp != drawn[1]["south, ü"].crp).all())
        with self.assertRaisesRegex(ValueError, "was not fitted on"):
            imputer.transform({"north": self.X["north"].assign(age=1.0)})

    def test_the_examples_of_the_readme_run(self):
        home = Path(__file__).resolve().parents[2]
        quick = (('examples/', f"{home}/examples/"), ('model="auto"', 'model="regression", repeats=1'),
                 ("IntarsiaSurvival(", 'IntarsiaSurvival("regression", repeats=1, '))
        names = {}
        for part in (home / "python/README.md").read_text(encoding="utf-8").split("```python\n")[1:]:
            code = part.split("```")[0]
            for there, here in quick:
                code = code.replace(there, here)
            exec(code, names)
        self.assertEqual(names["model"].predict_proba({"va": names["X"]["va"].head(3)})["va"].shape, (3, 2))
        self.assertEqual(len(names["model"].tasks_), 4)
        self.assertGreater(names["relapse"].score(names["clinics"], names["seen"]), 0.55)

    @unittest.skipUnless(installed("onnxruntime"), "Python's onnxruntime is not installed")
    def test_the_example_of_the_page_on_onnx_runs(self):
        home = Path(__file__).resolve().parents[2]
        code = (home / "docs/onnx.md").read_text(encoding="utf-8").split("```python\n")[1].split("```")[0]
        with tempfile.TemporaryDirectory() as folder:
            run, model = Path(folder) / "run1", Path(folder) / "model.onnx"
            Program().call("fit", home / "examples/heart-disease", "--model", "regression", "--repeats", "1", "--quiet", "--out", run)
            Program().call("export", run, "--onnx", model)
            names = {}
            exec(code.replace("model.onnx", str(model)).replace("session.run(", "found = session.run("), names)
            patients = pd.DataFrame({"age": [63, 41], "sex": [1, 0], "cp": [4, 2], "trestbps": [145, 130], "restecg": [2, 0],
                                     "thalach": [150, 172], "exang": [0, 0], "oldpeak": [2.3, np.nan], "chol": [233, np.nan],
                                     "fbs": [0, np.nan]})
            patients.assign(slope="", ca="", thal="").to_csv(Path(folder) / "rows.csv", index=False)
            expected = load_run(run).predict(Path(folder) / "rows.csv", task="cleveland").probability
            np.testing.assert_allclose(names["found"][0][:, 0], expected, rtol=1e-12)

    @unittest.skipUnless(installed("jsonschema"), "Python's jsonschema is not installed")
    def test_documents_are_valid_by_another_validator(self):
        import jsonschema
        schema = Path(__file__).resolve().parents[2] / "cli/src/main/resources/intarsia/cli/json/schema.json"
        validator = jsonschema.Draft202012Validator(json.loads(schema.read_text()))
        with tempfile.TemporaryDirectory() as folder:
            self.model.run_.write(folder)
            validator.validate(Program().call("describe", folder))
            validator.validate(Program().call("doctor", "--kernels", "scalar"))


@unittest.skipUnless(installed("sklearn"), "scikit-learn is not installed")
@unittest.skipUnless(os.environ.get("INTARSIA_CHECK"), "scikit-learn's checks take a minute or more; INTARSIA_CHECK=yes runs them")
class ScikitLearnTest(unittest.TestCase):
    """scikit-learn's own checks of estimators, but for those that do not apply, each with its reason."""

    def test_estimators(self):
        from sklearn.utils import estimator_checks
        # its name from 1.6 on
        checks = getattr(estimator_checks, "estimator_checks_generator", None) or (
            lambda estimator: estimator_checks.check_estimator(estimator, generate_only=True))
        # weights are relative, their mean being 1, splits are drawn by rows, and a row of weight 0 teaches imputation
        weights = {"check_sample_weight_equivalence_on_dense_data", "check_sample_weight_equivalence_on_sparse_data"}
        # the imputer completes the rows that it was fitted on, no others
        excused = {IntarsiaRegressor: weights, IntarsiaClassifier: weights, IntarsiaImputer: weights | {"check_fit_idempotent"}}
        for kind in (IntarsiaRegressor, IntarsiaClassifier, IntarsiaImputer):
            passed, failed = 0, {}
            for estimator, check in checks(kind("regression", repeats=1)):
                name = check.func.__name__
                try:
                    check(estimator)
                    passed += 1
                except unittest.SkipTest:
                    pass
                except Exception as e:  # what a check raises is what it found
                    failed[name] = f"{type(e).__name__}: {e}"
            with self.subTest(kind.__name__):
                self.assertEqual({name: why for name, why in failed.items() if name not in excused[kind]}, {})
                self.assertGreater(passed, 30)


if __name__ == "__main__":
    unittest.main()
