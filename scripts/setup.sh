# Sourced by every script: goes to the project's root, finds uv (or takes it from PyPI into .tools/), installs what the lock says.
# Needs a POSIX shell and Python 3.11 or newer; everything else is set up here.
set -eu
cd "$(dirname "$0")/.."

python=""
for name in "${PYTHON:-}" python3.13 python3.12 python3.11 python3 python; do
    if [ -n "$name" ] && command -v "$name" >/dev/null 2>&1 &&
        "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        python=$(command -v "$name")
        break
    fi
done
if [ -z "$python" ]; then
    echo "Нужен Python 3.11 или новее / Python 3.11 or newer is needed." >&2
    exit 1
fi

if command -v uv >/dev/null 2>&1; then
    uv=uv
else
    uv=.tools/uv/bin/uv
    if [ ! -x "$uv" ]; then
        echo "Беру uv с PyPI в папку .tools / fetching uv from PyPI into .tools …" >&2
        "$python" -m venv .tools/uv >&2 || "$python" -m venv --without-pip .tools/uv >&2
        if [ -x .tools/uv/bin/pip ]; then
            .tools/uv/bin/pip install --quiet --disable-pip-version-check uv >&2
        else
            "$python" -m pip install --quiet --disable-pip-version-check --prefix .tools/uv uv >&2
        fi
    fi
fi

UV_PYTHON=$python
UV_PYTHON_DOWNLOADS=never
export UV_PYTHON UV_PYTHON_DOWNLOADS
"$uv" sync --locked --quiet >&2
PATH="$PWD/.venv/bin:$PATH"
export PATH
