# checksheet in a container: no root, no network while it reads, sheets and dataset in the volume /work/data.
#   docker build -t checksheet .
#   docker run --rm --network none -v "$PWD/data:/work/data" checksheet ingest
FROM python:3.11-slim AS build
WORKDIR /src
COPY requirements.lock ./
RUN python -m venv /opt/checksheet \
    && /opt/checksheet/bin/pip install --no-cache-dir --require-hashes --requirement requirements.lock
COPY pyproject.toml README.md ./
COPY extractors extractors
COPY normalizers normalizers
COPY pipeline pipeline
RUN /opt/checksheet/bin/pip install --no-cache-dir --no-deps --no-build-isolation .

FROM python:3.11-slim
RUN useradd --create-home --uid 1000 checksheet && mkdir -p /work/data && chown -R checksheet /work
COPY --from=build /opt/checksheet /opt/checksheet
ENV PATH=/opt/checksheet/bin:$PATH PYTHONDONTWRITEBYTECODE=1 CHECKSHEET_LANG=ja
USER checksheet
WORKDIR /work
VOLUME /work/data
ENTRYPOINT ["checksheet"]
CMD ["ingest"]
