"""What `make run` does before the server: database, migrations, static files, demo; each only when it is needed.

`--where` prints the data folder, `--reset` empties it.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "site"), str(ROOT)]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lapinblanc.settings.dev")

from lapinblanc.settings.database import data_folder, stop_embedded  # noqa: E402  the path is set above


def main() -> int:
    folder = data_folder(ROOT)
    if "--where" in sys.argv:
        print(folder)
        return 0
    if "--reset" in sys.argv:
        stop_embedded(folder)
        shutil.rmtree(folder, ignore_errors=True)
        return 0
    if shutil.disk_usage(folder.parent if folder.parent.exists() else "/").free < 500 * 1024 * 1024:
        print("✗ Less than 500 MB are free on the disk of the data folder: make room, or set LB_DATA_DIR.", file=sys.stderr)
        return 1
    run_if_changed("migrations", fingerprint("**/migrations/*.py", "constraints.txt"), "Preparing the database (a minute the first time)", "migrate", "--verbosity", "0")
    run_if_changed("static", fingerprint("themes/**/*", "constraints.txt"), "Collecting static files", "collectstatic", "--noinput", "--verbosity", "0")
    if os.environ.get("LB_DEMO", "1") == "1":
        run_if_changed("demo", "loaded", "Loading the demo marketplace", "load_demo", "--if-empty")
    # An index is made by this code from this vocabulary for this engine: when one changes, it is built anew.
    mark = fingerprint("site/lapinblanc/search/**/*.py", "site/lapinblanc/search/vocabulary/**/*.txt", "**/search.py") + os.environ.get("SEARCH_ENGINE", "")
    run_if_changed("search", mark, "Building the search index", "rebuild_search")
    return 0


def run_if_changed(name: str, mark: str, sentence: str, *command: str) -> None:
    """Run a management command unless its mark says that it was done; the mark is written last."""
    path = data_folder(ROOT) / "marks" / f"{name}-{os.environ.get('LB_DB', 'lapinblanc')}"
    if path.exists() and path.read_text() == mark:
        return
    print(f"· {sentence}", flush=True)
    done = subprocess.run([sys.executable, str(ROOT / "manage.py"), *command], cwd=ROOT, check=False)
    if done.returncode:
        raise SystemExit(f"✗ « {sentence} » stopped: see the lines above, then run the command again.")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(mark)


def fingerprint(*patterns: str) -> str:
    """Changes when a file of the repository under these patterns does."""
    digest = hashlib.sha256()
    for pattern in patterns:
        for path in sorted(ROOT.glob(pattern)):
            if path.is_file() and ".venv" not in path.parts:
                digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit("✗ Stopped half-way: the same command goes on from there.")
