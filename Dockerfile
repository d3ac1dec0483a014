# The program in an image of its own. The book is a volume:
#
#   docker build -t scorebook .
#   docker run --rm -v /srv/scorebook:/book scorebook run --wait 10m --keep 30d
#
# The folder has to belong to the user 10001, or name another: docker run --user.
FROM swift:6.3-bookworm AS build
RUN apt-get update && apt-get install -y --no-install-recommends \
      zlib1g-dev libssl-dev libisal-dev && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY Package.swift ./
RUN swift package resolve
COPY Sources Sources
COPY Tests Tests
RUN swift build -c release --product scorebook --static-swift-stdlib

FROM debian:bookworm-slim
RUN apt-get update && apt-get install -y --no-install-recommends \
      libisal2 libssl3 zlib1g tzdata && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /book --create-home scorebook
COPY --from=build /source/.build/release/scorebook /usr/local/bin/scorebook
COPY pipelines /usr/local/share/scorebook/pipelines
USER 10001
WORKDIR /book
VOLUME /book
ENTRYPOINT ["scorebook"]
CMD ["--help"]
