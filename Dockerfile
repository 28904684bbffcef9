# One image: the bot alone. The playground is the outside world of a development machine and is not in here.
FROM python:3.11-slim-bookworm AS build
COPY --from=ghcr.io/astral-sh/uv:0.13.9 /uv /usr/local/bin/uv
WORKDIR /app
COPY pyproject.toml uv.lock ./
RUN uv sync --locked --no-default-groups --compile-bytecode

FROM python:3.11-slim-bookworm
RUN useradd --system --uid 10001 --create-home cabinet && install -d -o 10001 /var/lib/cabinet
WORKDIR /app
COPY --from=build /app/.venv .venv
COPY bot bot
COPY handlers handlers
COPY fsm fsm
COPY services services
COPY locales locales
COPY migrations migrations
ENV PATH=/app/.venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    CABINET_DATABASE=sqlite:/var/lib/cabinet/cabinet.db \
    CABINET_FILES__FOLDER=/var/lib/cabinet/files \
    CABINET_WEB__HOST=0.0.0.0
USER 10001
VOLUME /var/lib/cabinet
EXPOSE 8089
HEALTHCHECK --interval=30s --timeout=3s CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8090/live', timeout=2)"]
STOPSIGNAL SIGTERM
CMD ["python", "-m", "bot", "run"]
