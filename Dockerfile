# yuqing for compose.yaml. The settings, rules and sources are mounted, so an edit needs no new image.
FROM python:3.11-slim

WORKDIR /src
COPY . .
RUN pip install --no-cache-dir --constraint constraints.txt '.[all]'

RUN useradd --uid 1000 --create-home yuqing \
    && mkdir -p /app/data /app/out /app/backups \
    && chown -R yuqing:yuqing /app
USER yuqing
WORKDIR /app
ENTRYPOINT ["yuqing"]
CMD ["schedule", "run"]
