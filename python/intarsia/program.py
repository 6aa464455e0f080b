"""The program ``intarsia``: where it is, how it is called, what it answers."""

import json
import os
import shutil
import subprocess

FORMAT = 1


class IntarsiaError(ValueError):
    """What the program could not do, in its own line: what was given, what is wrong, what to do.

    Attributes
    ----------
    status : int
        The program's exit status: 2 for what can be put right, 1 for a defect of the program.
    """

    def __init__(self, message, status=2):
        super().__init__(message)
        self.status = status


class Program:
    """The program at a path.

    Parameters
    ----------
    path : str or path, optional
        The program or a name on the PATH. Default: the environment variable ``INTARSIA``, else ``intarsia`` on the PATH.

    Raises
    ------
    IntarsiaError
        If there is no such program.
    """

    def __init__(self, path=None):
        wanted = os.fspath(path) if path is not None else os.environ.get("INTARSIA") or "intarsia"
        self.path = shutil.which(wanted)
        if self.path is None:
            raise IntarsiaError(f"the program '{wanted}' is not found; put intarsia on the PATH, or name it by the environment variable "
                                "INTARSIA or the argument program=")

    def call(self, *arguments):
        """Runs a command with ``--json``.

        Returns
        -------
        dict
            The document (docs/json.md): its fields ``result`` and ``notes`` are what matters.

        Raises
        ------
        IntarsiaError
            With the program's own line, if it ends with one.
        """
        ended = subprocess.run([self.path, *map(os.fspath, arguments), "--json"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, encoding="utf-8", errors="replace", check=False)
        try:
            document = json.loads(ended.stdout)
        except json.JSONDecodeError:
            last = ended.stderr.strip().splitlines()[-1:] or ["nothing"]
            raise IntarsiaError(f"{self.path} ended with status {ended.returncode} and no document; it said: {last[0]}",
                                ended.returncode) from None
        if document["format"] != FORMAT:
            raise IntarsiaError(f"{self.path} answers in format {document['format']}; this package reads {FORMAT}")
        if document["error"] is not None:
            raise IntarsiaError(document["error"]["message"], document["status"])
        return document
