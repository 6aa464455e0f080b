# scikit-learn on a split of bench/panel: panel.py hist-gradient-boosting KIND TABLE COLUMNS SPLIT PREDICTIONS; panel.py check METHOD.
import csv
import sys
import time

try:
    import numpy as np
    import sklearn
    from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor
except ImportError as e:
    sys.exit("%s (Debian: python3-sklearn)" % e)

if sys.argv[1] == "check":
    print("scikit-learn " + sklearn.__version__)
    sys.exit(0)
method, kind, table, columns, split, predictions = sys.argv[1:]
kinds = {row["column"]: row["kind"] for row in csv.DictReader(open(columns, encoding="utf-8"))}
rows = list(csv.DictReader(open(table, encoding="utf-8")))
part = [row["part"] for row in csv.DictReader(open(split, encoding="utf-8"))]
tasks = {name: i for i, name in enumerate(sorted({row["task"] for row in rows}))}
x = np.array([[tasks[row["task"]]] + [float(row[c]) if row[c] else np.nan for c in kinds] for row in rows])
y = np.array([float(row["response"]) for row in rows])
train, validation, test = (np.array([p == name for p in part]) for name in ("train", "validation", "test"))
if kind == "continuous":  # as our models do, and as the loss weighs tasks: standardized within each task
    shift, scale = np.zeros(len(tasks)), np.ones(len(tasks))
    for t in range(len(tasks)):
        learned = y[(x[:, 0] == t) & ~test]
        shift[t] = learned.mean()
        scale[t] = learned.std() or 1
    shift, scale = shift[x[:, 0].astype(int)], scale[x[:, 0].astype(int)]
    y = (y - shift) / scale
categorical = [0] + [1 + i for i, c in enumerate(kinds) if kinds[c] == "categorical"]
if len(tasks) > 255:
    sys.exit("takes at most 255 tasks as a categorical column")


def model(leaves, iterations):
    kind_of = HistGradientBoostingClassifier if kind == "binary" else HistGradientBoostingRegressor
    return kind_of(learning_rate=0.05, max_iter=iterations, max_leaf_nodes=leaves, categorical_features=categorical, early_stopping=False,
                   random_state=0)


def loss(truth, predicted):
    if kind == "binary":
        p = np.clip(predicted[:, 1], 1e-15, 1 - 1e-15)
        return -np.mean(np.where(truth == 1, np.log(p), np.log(1 - p)))
    return np.mean((truth - predicted) ** 2)


# The size of trees and their number by validation rows, then both parts together: what boosting does here too.
start = time.time()
best = None
for leaves in (4, 8, 16):
    fitted = model(leaves, 500).fit(x[train], y[train])
    staged = fitted.staged_predict_proba(x[validation]) if kind == "binary" else fitted.staged_predict(x[validation])
    for iterations, predicted in enumerate(staged, 1):
        found = loss(y[validation], predicted)
        best = (found, leaves, iterations) if best is None or found < best[0] else best
fitted = model(best[1], best[2]).fit(x[train | validation], y[train | validation])
predicted = fitted.predict_proba(x[test])[:, 1] if kind == "binary" else fitted.predict(x[test])
seconds = time.time() - start
if kind == "continuous":
    predicted = predicted * scale[test] + shift[test]
with open(predictions, "w", encoding="utf-8") as out:
    out.write("row,prediction\n")
    for row, value in zip(np.flatnonzero(test), predicted):
        out.write("%d,%r\n" % (row, float(value)))
print("seconds %.3f" % seconds)
