@echo off
rem Windows without make: the first call installs into .venv, every call reads data\raw and writes data\parquet.
if not exist .venv\Scripts\checksheet.exe (
    py -3.11 -m venv .venv || exit /b 2
    .venv\Scripts\python -m pip install --quiet --require-hashes --requirement requirements.lock || exit /b 2
    .venv\Scripts\python -m pip install --quiet --no-deps --no-build-isolation --editable . || exit /b 2
)
.venv\Scripts\checksheet ingest %*
