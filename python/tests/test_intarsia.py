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
from intarsia import IntarsiaClassifier, IntarsiaError, IntarsiaImputer, IntarsiaRegressor  # noqa: E402
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
                           (lambda: Tasks(X).responses({"north": y["north"]}), "y must be a dict"),
                           (lambda: Tasks(X).responses({name: of[:5] for name, of in y.items()}), "has 40 rows"),
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

    def test_the_example_of_the_readme_runs(self):
        home = Path(__file__).resolve().parents[2]
        code = (home / "python/README.md").read_text(encoding="utf-8").split("```python\n")[1].split("```")[0]
        names = {}
        exec(code.replace("examples/", f"{home}/examples/").replace('model="auto"', 'model="regression", repeats=1'), names)
        self.assertEqual(names["model"].predict_proba({"va": names["X"]["va"].head(3)})["va"].shape, (3, 2))
        self.assertEqual(len(names["model"].tasks_), 4)

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
        from sklearn.utils.estimator_checks import check_estimator
        for estimator in (IntarsiaRegressor, IntarsiaClassifier, IntarsiaImputer):
            with self.subTest(estimator.__name__):
                excused = {"check_fit_idempotent": "transforms rows that were not fitted"} if estimator is IntarsiaImputer else {}
                done = check_estimator(estimator("regression", repeats=1), on_fail=None, on_skip=None, expected_failed_checks=excused)
                failed = {of["check_name"]: str(of["exception"]) for of in done if of["status"] == "failed"}
                self.assertEqual(failed, {})
                self.assertGreater(sum(of["status"] == "passed" for of in done), 40)


if __name__ == "__main__":
    unittest.main()
