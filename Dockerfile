# yuqing for compose.yaml. Rules, sources and settings lie in a mounted folder, so an edit needs no new image.
# PYTHON_DIGEST=@sha256:… (docker buildx imagetools inspect python:3.11.14-slim-bookworm) pins the base image's bytes.
ARG PYTHON_VERSION=3.11.14
ARG PYTHON_DIGEST=
FROM python:${PYTHON_VERSION}-slim-bookworm${PYTHON_DIGEST}

WORKDIR /src
COPY . .
RUN pip install --no-cache-dir --constraint constraints.txt '.[all]'

RUN useradd --uid 1000 --create-home yuqing \
    && mkdir /work /data \
    && chown yuqing:yuqing /work /data
USER yuqing
WORKDIR /work
ENTRYPOINT ["yuqing"]
CMD ["schedule", "run"]
