# Two stages: build the wheel with the locked tools, then install it with the locked dependencies only.
FROM python:3.13-slim-trixie AS build
RUN apt-get update && apt-get install -y --no-install-recommends make && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY requirements.lock requirements-bootstrap.lock pyproject.toml README.md LICENSE Makefile ./
COPY tools tools
COPY api api
COPY db db
COPY docs/guide docs/guide
COPY docs/images docs/images
COPY frontend frontend
RUN make build \
 && .cache/uv/bin/uv venv /opt/curbstop \
 && .cache/uv/bin/uv pip install --python /opt/curbstop/bin/python --constraints requirements.lock dist/*.whl

FROM python:3.13-slim-trixie
RUN useradd --system --create-home --home-dir /var/lib/curbstop curbstop
COPY --from=build /opt/curbstop /opt/curbstop
ENV PATH=/opt/curbstop/bin:$PATH CURBSTOP_DATA_DIR=/var/lib/curbstop/data PYTHONUNBUFFERED=1
USER curbstop
VOLUME /var/lib/curbstop/data
EXPOSE 8000
ENTRYPOINT ["curbstop"]
CMD ["serve", "--host", "0.0.0.0"]
