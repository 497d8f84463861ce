"""Executes the notebooks of this folder top to bottom and writes their outputs into them, or (--check) says which are not current.

Outputs hold nothing of the machine or the moment: no path, no time, no version of Python. It makes no run: PAPERTIDE_RUN (and
PAPERTIDE_SWEEP) name the folders that the notebooks read, see the script `execute` beside it.
"""

import pathlib
import sys

import nbformat
from nbclient import NotebookClient

HERE = pathlib.Path(__file__).parent
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def executed(path):
    """The text of the notebook with the outputs that it gives now."""
    notebook = nbformat.read(path, as_version=4)
    place = {"metadata": {"path": HERE}}
    NotebookClient(notebook, timeout=300, record_timing=False, resources=place).execute()
    notebook.metadata = nbformat.from_dict(METADATA)
    for cell in notebook.cells:
        cell.metadata = nbformat.from_dict({})
    return nbformat.writes(notebook) + "\n"


def main():
    check = sys.argv[1:] == ["--check"]
    stale = []
    for path in sorted(HERE.glob("*.ipynb")):
        before, now = path.read_text(encoding="utf-8"), executed(path)
        if before != now and check:
            stale.append(path.name)
        elif before != now:
            path.write_text(now, encoding="utf-8")
        print(f"{path.name}: {'executed' if before != now else 'executed, nothing new'}")
    if stale:
        sys.exit(f"error: outputs that are not current: {', '.join(stale)}\nhint: run `notebooks/execute` and commit what it wrote")


main()
